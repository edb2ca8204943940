import struct

import pytest

from hygie.wire import smb
from wire.hostile import said, survives


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def second(command: int, reply: int, body: bytes) -> bytes:
    return framed(
        b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ", 64, 0, 0, command, 0, reply, 0, 1, 0, 0, 0) + bytes(16) + body
    )


def pair(kind: int, text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<HH", kind, len(raw)) + raw


def challenge() -> bytes:
    pairs = pair(1, "SRV-PACS") + pair(2, "CHU") + pair(3, "srv-pacs.chu.example") + bytes(4)
    head = b"NTLMSSP\0" + struct.pack("<IHHII", 2, 0, 0, 56, 0x02000001) + bytes(16)
    head += struct.pack("<HHI", len(pairs), len(pairs), 56) + struct.pack("<BBH4x", 10, 0, 17763)
    return head + pairs


def authenticate() -> bytes:
    user, host = "DURAND.Marie".encode("utf-16-le"), "POSTE-12".encode("utf-16-le")
    head = b"NTLMSSP\0" + struct.pack("<I", 3) + bytes(16) + struct.pack("<HHI", 0, 0, 72)
    head += struct.pack("<HHI", len(user), len(user), 72) + struct.pack("<HHI", len(host), len(host), 72 + len(user))
    head += bytes(8) + struct.pack("<I", 0x02000001) + struct.pack("<BBH4x", 6, 1, 7601)
    return head + user + host


def first(command: int, body: bytes, reply: int = 0x80) -> bytes:
    return framed(
        b"\xffSMB" + bytes((command,)) + bytes(4) + bytes((reply,)) + struct.pack("<H", 0x8000) + bytes(20) + body
    )


TICKET = bytes.fromhex(
    "00000c0dfe534d42400001000000000001000020100000000000000001000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000001900000101000000000000005800b50b000000000000000060820bb106062b06"
    "01050502a0820ba530820ba1a018301606092a864882f71201020206092a864886f712010202a2820b8304820b7f60820b7b"
    "06092a864886f71201020201006e820b6a30820b66a003020105a10302010ea20703050020000000a382047d618204793082"
    "0475a003020105a10d1b0b4348552e4558414d504c45a2253023a003020101a11c301a1b04636966731b127372762d61642e"
    "6368752e6578616d706c65a382043630820432a003020112a103020101a2"
)
"""The beginning of a session set-up with a ticket of Kerberos, made by Samba's smbclient 4.17."""
NEGOTIATED = second(0, 1, struct.pack("<HHHH", 65, 1, 0x0311, 0) + bytes(60))
CHALLENGE = second(1, 1, bytes(8) + challenge())
AUTHENTICATE = second(1, 0, bytes(24) + authenticate())
OLD = first(0x73, b"\3" + bytes(6) + b"\x40\0" + b"\0" + "Windows 5.1".encode("utf-16-le") + bytes(2))


def test_the_dialect_chosen() -> None:
    assert said(smb.DISSECTOR, NEGOTIATED) == {("sender", "smb_dialect", "SMB 3.1.1")}


def test_a_challenge_names_the_machine() -> None:
    assert said(smb.DISSECTOR, CHALLENGE) == {
        ("sender", "netbios_name", "SRV-PACS"),
        ("sender", "host_name", "srv-pacs.chu.example"),
        ("sender", "workgroup", "CHU"),
        ("sender", "smb_os", "Windows 10.0.17763"),
    }


def test_users_are_never_said() -> None:
    assert said(smb.DISSECTOR, AUTHENTICATE) == {
        ("sender", "netbios_name", "POSTE-12"),
        ("sender", "smb_os", "Windows 6.1.7601"),
    }


def test_a_ticket_names_the_machine_that_it_is_shown_to() -> None:
    assert said(smb.DISSECTOR, TICKET) == {("receiver", "host_name", "srv-ad.chu.example")}


def test_the_old_dialect() -> None:
    assert said(smb.DISSECTOR, OLD) == {("sender", "smb_os", "Windows 5.1")}
    chosen = first(0x72, b"\x11\5\0" + bytes(32))
    assert said(smb.DISSECTOR, chosen) == {("sender", "smb_dialect", "SMB 1")}
    refused = first(0x72, b"\1\xff\xff\0\0\0\0\0")
    assert said(smb.DISSECTOR, refused) == set()


def test_units() -> None:
    assert smb.length(NEGOTIATED + b"x") == len(NEGOTIATED)
    with pytest.raises(ValueError, match="no session"):
        smb.length(b"GET / HTTP")
    assert (smb.sender(NEGOTIATED), smb.sender(AUTHENTICATE), smb.sender(OLD)) == ("server", "client", "server")


def test_hostile() -> None:
    survives(smb.DISSECTOR, [NEGOTIATED, CHALLENGE, AUTHENTICATE, OLD, TICKET])
