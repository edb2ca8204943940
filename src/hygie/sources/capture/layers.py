"""Link and network headers: from a recorded frame to addresses and the transport's bytes.

Functions raise ValueError, IndexError or struct.error on headers that do not hold.
Source: IEEE 802.3-2022 clause 3.2, 802.1Q-2022 clause 9; RFC 791 section 3.1; RFC 8200 sections 3 and 4; libpcap's
LINKTYPE registry (NULL, RAW, LINUX_SLL, LINUX_SLL2).
"""

import struct
from typing import NamedTuple

NULL, ETHERNET, RAW_OLD, RAW_BSD, RAW, LOOP, SLL, IPV4, IPV6, SLL2 = 0, 1, 12, 14, 101, 108, 113, 228, 229, 276
LINKS = frozenset((NULL, ETHERNET, RAW_OLD, RAW_BSD, RAW, LOOP, SLL, IPV4, IPV6, SLL2))
"""Link types that are read."""
TYPE_IPV4, TYPE_IPV6 = 0x0800, 0x86DD
_TAGS = frozenset((0x8100, 0x88A8, 0x9100, 0x9200))
_SNAP = b"\xaa\xaa\x03"
_BSD_IPV6 = frozenset((10, 24, 28, 30))
"""AF_INET6 of the systems that write NULL captures."""
_EXTENSIONS = frozenset((0, 43, 44, 51, 60, 135, 139, 140))
MOST_EXTENSIONS = 16
NOTHING = b""


class Link(NamedTuple):
    """A link header."""

    kind: int
    """EtherType; below 1536 the LLC service access point of an IEEE 802.3 frame."""
    start: int
    """First byte after the header."""
    vlan: str
    """"12", "100.12" with two tags; "" none."""
    source: bytes
    """6 bytes; b"" not recorded."""
    target: bytes


class Packet(NamedTuple):
    """A network header."""

    source: bytes
    """4 or 16 bytes."""
    target: bytes
    protocol: int
    start: int
    """First byte of the transport header."""
    stop: int
    """One past its last recorded byte: padding of the link is left out."""
    hops: int
    """Time to live or hop limit."""
    fragment: bool
    """It is a later part of a packet: no transport header."""


def link(kind: int, data: bytes) -> Link:
    """The link header of a frame."""
    if kind == ETHERNET:
        found = data[12] << 8 | data[13]
        if found in (TYPE_IPV4, TYPE_IPV6):
            return Link(found, 14, "", data[6:12], data[:6])
        return _ethernet(data, found)
    if kind in (RAW, RAW_OLD, RAW_BSD, IPV4, IPV6):
        return Link(_by_version(data[0]), 0, "", NOTHING, NOTHING)
    if kind in (NULL, LOOP):
        family = min(int.from_bytes(data[:4], "little"), int.from_bytes(data[:4], "big"))
        return Link(TYPE_IPV6 if family in _BSD_IPV6 else _by_version(data[4]), 4, "", NOTHING, NOTHING)
    if kind == SLL:
        _, size, address, found = struct.unpack_from(">2xHH8sH", data)
        return _cooked(data, found, 16, address, size)
    if kind == SLL2:
        found, _, size, address = struct.unpack_from(">HxxIxxxB8s", data)
        return _cooked(data, found, 20, address, size)
    raise ValueError(f"link type {kind}")


def _by_version(byte: int) -> int:
    return {4: TYPE_IPV4, 6: TYPE_IPV6}.get(byte >> 4, 0)


def _ethernet(data: bytes, kind: int) -> Link:
    """VLAN tags, then the type or an LLC header."""
    source, target, start = data[6:12], data[:6], 14
    tags: list[str] = []
    while kind in _TAGS and len(tags) < 4:
        number = (data[start] << 8 | data[start + 1]) & 0xFFF
        kind = data[start + 2] << 8 | data[start + 3]
        start += 4
        # Number 0 only carries a priority (802.1Q table 9-2).
        if number:
            tags.append(str(number))
    if kind < 1536:
        if data[start : start + 3] == _SNAP:
            kind = data[start + 6] << 8 | data[start + 7]
            start += 8
        else:
            kind, start = data[start], start + 3
    return Link(kind, start, ".".join(tags), source, target)


def _cooked(data: bytes, kind: int, start: int, address: bytes, size: int) -> Link:
    """Linux cooked captures keep the sender's address only; a VLAN tag may follow."""
    vlan = ""
    if kind in _TAGS:
        number = (data[start] << 8 | data[start + 1]) & 0xFFF
        kind, start, vlan = data[start + 2] << 8 | data[start + 3], start + 4, str(number) if number else ""
    return Link(kind, start, vlan, address[:6] if size == 6 and any(address[:6]) else NOTHING, NOTHING)


def network(kind: int, data: bytes, start: int) -> Packet:
    """The IPv4 or IPv6 header at start."""
    if kind == TYPE_IPV6:
        return _ipv6(data, start)
    first = data[start]
    size = (first & 15) * 4
    total = data[start + 2] << 8 | data[start + 3]
    if first >> 4 != 4 or size < 20 or start + size > len(data):
        raise ValueError("no header of IPv4")
    # A length of zero is left by cards that cut large packets themselves.
    stop = min(len(data), start + total) if total >= size else len(data)
    later = (data[start + 6] & 0x1F) << 8 | data[start + 7]
    return Packet(
        data[start + 12 : start + 16],
        data[start + 16 : start + 20],
        data[start + 9],
        start + size,
        stop,
        data[start + 8],
        later > 0,
    )


def _ipv6(data: bytes, start: int) -> Packet:
    """The fixed header and its extensions, at most `MOST_EXTENSIONS`."""
    if data[start] >> 4 != 6 or start + 40 > len(data):
        raise ValueError("no header of IPv6")
    size = data[start + 4] << 8 | data[start + 5]
    stop = min(len(data), start + 40 + size) if size else len(data)
    protocol, at, later = data[start + 6], start + 40, False
    for _ in range(MOST_EXTENSIONS):
        if protocol not in _EXTENSIONS or at + 8 > stop:
            break
        if protocol == 44:
            later = (data[at + 2] << 8 | data[at + 3]) >> 3 > 0
            length = 8
        elif protocol == 51:
            length = (data[at + 1] + 2) * 4
        else:
            length = (data[at + 1] + 1) * 8
        protocol = data[at]
        at += length
        if later:
            break
    return Packet(
        data[start + 8 : start + 24], data[start + 24 : start + 40], protocol, at, stop, data[start + 7], later
    )
