"""SMB 1 to 3: dialect chosen, machine and domain names, Windows build. User names, shares and files are never read.

Source: [MS-SMB2] sections 2.2.1, 2.2.4 and 2.2.6; [MS-CIFS] sections 2.2.3.1 and 2.2.4.53.2; RFC 1002 section
4.3.1 (framing).
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ntlm, tickets
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

DIALECTS = {0x0202: "SMB 2.0.2", 0x0210: "SMB 2.1", 0x0300: "SMB 3.0", 0x0302: "SMB 3.0.2", 0x0311: "SMB 3.1.1"}
NEGOTIATE, SESSION_SETUP = 0, 1
_SMB1, _SMB2 = b"\xffSMB", b"\xfeSMB"
_SMB1_NEGOTIATE, _SMB1_SESSION = 0x72, 0x73


def looks_like(payload: bytes) -> bool:
    """A session message that holds an SMB header, or a request to open a NetBIOS session."""
    return len(payload) >= 8 and payload[0] == 0 and payload[4:8] in (_SMB1, _SMB2)


def sender(payload: bytes) -> str:
    """By the reply flag."""
    if payload[4:8] == _SMB1 and len(payload) > 13:
        return "server" if payload[13] & 0x80 else "client"
    if payload[4:8] == _SMB2 and len(payload) > 20:
        return "server" if payload[20] & 1 else "client"
    return ""


def length(payload: bytes) -> int:
    """One session message. Raises ValueError where none begins."""
    if len(payload) < 4:
        return 0
    if payload[0] not in (0, 0x81, 0x82, 0x83, 0x84, 0x85):
        raise ValueError("no session message")
    return 4 + int.from_bytes(payload[1:4], "big")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What negotiation and session set-up say."""
    if payload[4:8] == _SMB2:
        command, flags = struct.unpack_from("<H2xI", payload, 16)
        if command == NEGOTIATE and flags & 1:
            (dialect,) = struct.unpack_from("<H", payload, 4 + 64 + 4)
            if dialect in DIALECTS:
                yield Said("sender", Trait.SMB_DIALECT, DIALECTS[dialect], 72)
        elif command == SESSION_SETUP:
            yield from ntlm.said(payload)
            yield from tickets.said(payload)
    elif payload[4:8] == _SMB1:
        yield from _old(payload)


def _old(payload: bytes) -> Iterator[Said]:
    """SMB 1: that it is spoken at all, and the system that a server's session set-up names."""
    command, reply = payload[8], payload[13] & 0x80
    if command == _SMB1_NEGOTIATE and reply and len(payload) > 38 and payload[37:39] != b"\xff\xff" and payload[36]:
        yield Said("sender", Trait.SMB_DIALECT, "SMB 1", 36)
    if command != _SMB1_SESSION:
        return
    yield from ntlm.said(payload)
    if reply and payload[36] in (3, 4):
        yield from _native(payload)


def _native(payload: bytes) -> Iterator[Said]:
    """NativeOS of an answer (words, byte count, [blob], OS, LAN manager, domain)."""
    (flags2,) = struct.unpack_from("<H", payload, 14)
    words = payload[36]
    (blob,) = struct.unpack_from("<H", payload, 43) if words == 4 else (0,)
    start = 37 + 2 * words + 2 + blob
    if flags2 & 0x8000:
        # Unicode strings are aligned to two bytes from the SMB header, which begins at 4.
        start += (start - 4) & 1
        raw = payload[start : start + 200]
        text = raw.decode("utf-16-le", "replace").partition("\0")[0]
    else:
        text = plain(payload[start : start + 100].partition(b"\0")[0])
    if plain(text):
        yield Said("sender", Trait.SMB_OS, plain(text, 64), start, 0.9)


DISSECTOR = Dissector(
    "smb", frozenset({"tcp"}), looks_like, dissect, frozenset({139, 445}), sender, length, reach=4_096, units=6
)
