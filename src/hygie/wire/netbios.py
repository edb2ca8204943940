"""NetBIOS over UDP: names that machines register or answer to, and browser announcements.

Names with suffix 03 belong to users who are logged on: never read. Questions are not read either.
Source: RFC 1002 sections 4.2 (name service) and 4.4 (datagrams), RFC 1001 section 14 (encoding); [MS-BRWS] section 2.2
(announcements), [MS-NBTE] section 1.8 (suffixes).
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_host
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

_REGISTERING = frozenset({5, 8, 9, 15})
"""Opcodes registration, refresh, refresh (alternate), multihomed registration."""
_NB, _NBSTAT = 0x20, 0x21
_MAILSLOT = b"\\MAILSLOT\\BROWSE\0"
_ANNOUNCEMENTS = {1: "host", 0x0F: "local master", 0x0C: "domain"}
_WORKSTATION, _FILE_SERVER = 0x00, 0x20


def looks_like_names(payload: bytes) -> bool:
    """A header, then an encoded name of 32 letters A to P."""
    return len(payload) >= 46 and payload[12] == 32 and all(0x41 <= b <= 0x50 for b in payload[13:45])


def sender(payload: bytes) -> str:
    """By the response bit."""
    return ("server" if payload[2] & 0x80 else "client") if len(payload) > 2 else ""


def _decoded(encoded: bytes) -> tuple[bytes, int]:
    """(name, suffix) of 32 half-byte letters. Raises ValueError."""
    if len(encoded) != 32 or not all(0x41 <= b <= 0x50 for b in encoded):
        raise ValueError("no encoded NetBIOS name")
    raw = bytes((encoded[i] - 0x41) << 4 | encoded[i + 1] - 0x41 for i in range(0, 32, 2))
    return raw[:15].rstrip(b" \0"), raw[15]


def dissect_names(payload: bytes, _: Way) -> Iterator[Said]:
    """Registered names of the sender; names in answers, said of their address or of the sender."""
    _, flags, _, answers, _, additional = struct.unpack_from(">6H", payload)
    if payload[12] != 32:
        raise ValueError("a NetBIOS name of odd length")
    name, suffix = _decoded(payload[13:45])
    offset = 46
    opcode, answer = flags >> 11 & 15, bool(flags & 0x8000)
    if not answer and opcode in _REGISTERING and additional == 1:
        # 4.2.2: the question, then a record whose name is a pointer to it.
        group = payload[offset + 4 + 12]
        yield from _named(name, suffix, bool(group & 0x80), "sender", 13)
    elif answer and answers and not flags & 15:
        kind, _, _, size = struct.unpack_from(">HHIH", payload, offset)
        data = payload[offset + 10 : offset + 10 + size]
        if kind == _NBSTAT:
            yield from _status(data, offset + 10)
        elif kind == _NB and len(data) >= 6 and is_host(data[2:6]):
            about = ip_text(data[2:6]) if opcode == 0 else "receiver"
            yield from _named(name, suffix, bool(data[0] & 0x80), about, 13)


def _named(name: bytes, suffix: int, group: bool, about: str, offset: int) -> Iterator[Said]:
    if name.startswith(b"\x01\x02") or not device_name(name) or name == b"*":
        return
    if group:
        if suffix in (0x00, 0x1E):
            yield Said(about, Trait.WORKGROUP, device_name(name), offset)
    elif suffix in (_WORKSTATION, _FILE_SERVER):
        yield Said(about, Trait.NETBIOS_NAME, device_name(name), offset)
    elif suffix == 0x1B:
        yield Said(about, Trait.WORKGROUP, device_name(name), offset, 0.8)


def _status(data: bytes, offset: int) -> Iterator[Said]:
    """A node's table of names (4.2.18), then its MAC."""
    count = data[0]
    if len(data) < 1 + 18 * count:
        raise ValueError("a table of names cut short")
    for i in range(count):
        at = 1 + 18 * i
        entry = data[at : at + 18]
        yield from _named(entry[:15].rstrip(b" \0"), entry[15], bool(entry[16] & 0x80), "sender", offset + at)
    card = data[1 + 18 * count : 7 + 18 * count]
    if len(card) == 6 and any(card) and not card[0] & 1:
        yield Said("sender", Trait.MAC, card.hex(":"), offset + 1 + 18 * count, 0.9)


def looks_like_datagram(payload: bytes) -> bool:
    """A direct or broadcast datagram with an encoded source name."""
    return (
        len(payload) >= 82
        and 0x10 <= payload[0] <= 0x12
        and payload[14] == 32
        and all(0x41 <= b <= 0x50 for b in payload[15:47])
    )


def dissect_datagram(payload: bytes, _: Way) -> Iterator[Said]:
    """The sender's name and what a browser announcement adds: workgroup, system, role. Comments are not read."""
    if not looks_like_datagram(payload):
        raise ValueError("no NetBIOS datagram")
    address = payload[4:8]
    about = ip_text(address) if is_host(address) else "sender"
    name, suffix = _decoded(payload[15:47])
    yield from _named(name, suffix, False, about, 15)
    at = payload.find(_MAILSLOT)
    if at < 0:
        return
    body = at + len(_MAILSLOT)
    kind = _ANNOUNCEMENTS.get(payload[body]) if body < len(payload) else None
    if kind == "domain":
        yield from _named(payload[body + 6 : body + 21].partition(b"\0")[0], 0, True, about, body + 6)
    elif kind:
        yield from _announcement(payload, body, about)


def _announcement(payload: bytes, body: int, about: str) -> Iterator[Said]:
    major, minor, kinds = struct.unpack_from("<BBI", payload, body + 22)
    # Samba and other look-alikes announce themselves as "Unix" (0x800); the version is then not Windows'.
    if kinds & 0x1000 and not kinds & 0x800 and 3 < major < 12:
        yield Said(about, Trait.SMB_OS, f"Windows {major}.{minor}", body + 22, 0.7)
    roles = ((0x18, "domain controller"), (0x04, "sql server"), (0x200, "print server"))
    yield from (Said(about, Trait.ROLE, plain(role), body + 24, 0.7) for bit, role in roles if kinds & bit)


NAMES = Dissector("netbios-ns", frozenset({"udp"}), looks_like_names, dissect_names, frozenset({137}), sender)
DATAGRAMS = Dissector("netbios-dgm", frozenset({"udp"}), looks_like_datagram, dissect_datagram, frozenset({138}))
