import struct

from hygie.wire import netbios
from wire.hostile import said, survives


def encoded(name: bytes, suffix: int) -> bytes:
    raw = name.ljust(15) + bytes((suffix,))
    return b" " + bytes(c for b in raw for c in (0x41 + (b >> 4), 0x41 + (b & 15))) + b"\0"


def registration(name: bytes, suffix: int, group: int = 0) -> bytes:
    head = struct.pack(">6H", 1, 0x2910, 1, 0, 0, 1)
    return (
        head
        + encoded(name, suffix)
        + b"\0\x20\0\1"
        + b"\xc0\x0c\0\x20\0\1"
        + struct.pack(">IHBB", 300, 6, group, 0)
        + bytes((10, 1, 1, 5))
    )


def status(*rows: tuple[bytes, int, int]) -> bytes:
    table = bytes((len(rows),)) + b"".join(n.ljust(15) + bytes((s, flags, 0)) for n, s, flags in rows)
    data = table + bytes.fromhex("020000000005") + bytes(40)
    return (
        struct.pack(">6H", 1, 0x8400, 0, 1, 0, 0)
        + encoded(b"*", 0)
        + struct.pack(">HHIH", 0x21, 1, 0, len(data))
        + data
    )


def announcement(name: bytes, kinds: int = 0x1003) -> bytes:
    body = b"\x01\0" + struct.pack("<I", 60000) + name.ljust(16, b"\0") + bytes((6, 1)) + struct.pack("<I", kinds)
    body += b"\x0f\x01\x55\xaaBureau de Mme Martin\0"
    return (
        b"\x11\x02\0\1"
        + bytes((10, 1, 1, 5))
        + b"\0\x8a"
        + b"\0\xbb\0\0"
        + encoded(name, 0)
        + encoded(b"CHU", 0x1D)
        + b"\xffSMB"
        + bytes(40)
        + b"\\MAILSLOT\\BROWSE\0"
        + body
    )


STATUS = status((b"ECG-07", 0, 4), (b"CARDIO", 0, 0x84), (b"DUPONT.MARIE", 3, 4), (b"ECG-07", 0x20, 4))


def test_a_machine_registers_its_name() -> None:
    assert said(netbios.NAMES, registration(b"ECG-07", 0)) == {("sender", "netbios_name", "ECG-07")}
    assert said(netbios.NAMES, registration(b"CARDIO", 0, 0x80)) == {("sender", "workgroup", "CARDIO")}


def test_the_name_of_a_user_is_never_said() -> None:
    assert said(netbios.NAMES, registration(b"DUPONT.MARIE", 3)) == set()
    assert not [one for one in said(netbios.NAMES, STATUS) if "DUPONT" in one[2]]


def test_a_node_status_lists_names_and_card() -> None:
    assert said(netbios.NAMES, STATUS) == {
        ("sender", "netbios_name", "ECG-07"),
        ("sender", "workgroup", "CARDIO"),
        ("sender", "mac", "02:00:00:00:00:05"),
    }


def test_a_question_says_nothing() -> None:
    question = struct.pack(">6H", 1, 0x0110, 1, 0, 0, 0) + encoded(b"SOMEONE", 0x20) + b"\0\x20\0\1"
    assert netbios.looks_like_names(question)
    assert said(netbios.NAMES, question) == set()


def test_a_browser_announcement() -> None:
    found = said(netbios.DATAGRAMS, announcement(b"ECG-07"))
    assert found == {("10.1.1.5", "netbios_name", "ECG-07"), ("10.1.1.5", "smb_os", "Windows 6.1")}
    assert ("10.1.1.5", "smb_os", "Windows 6.1") not in said(netbios.DATAGRAMS, announcement(b"NAS", 0x1803))


def test_hostile() -> None:
    survives(netbios.NAMES, [registration(b"ECG-07", 0), STATUS])
    survives(netbios.DATAGRAMS, [announcement(b"ECG-07")])
