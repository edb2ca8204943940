"""Link and network headers: from a recorded frame to addresses and the transport's bytes.

`decode` goes down to the innermost network header: labels, sessions and tunnels are followed (`tunnels`). The other
functions raise ValueError, IndexError or struct.error on headers that do not hold.
Source: IEEE 802.3-2022 clause 3.2, 802.1Q-2022 clause 9, 802.11-2020 clause 9.2; RFC 791 section 3.1; RFC 8200 sections
3 and 4; RFC 3032 section 2.1, RFC 4448 section 4.4, RFC 2516 section 4; libpcap's LINKTYPE registry (NULL, RAW,
LINUX_SLL, LINUX_SLL2, IEEE802_11, IEEE802_11_RADIOTAP).
"""

import struct
from typing import NamedTuple

from hygie.sources.capture import tunnels
from hygie.sources.capture.tunnels import ETHERNET, RADIO, RAW

NULL, RAW_OLD, RAW_BSD, LOOP, SLL, RADIOTAP, IPV4, IPV6, SLL2 = 0, 12, 14, 108, 113, 127, 228, 229, 276
LINKS = frozenset((NULL, ETHERNET, RAW_OLD, RAW_BSD, RAW, LOOP, SLL, IPV4, IPV6, SLL2, RADIO, RADIOTAP))
"""Link types that are read."""
TYPE_IPV4, TYPE_IPV6 = 0x0800, 0x86DD
_LABELS, _SESSION = (0x8847, 0x8848), 0x8864
_CARRIED = {0x0021: TYPE_IPV4, 0x0057: TYPE_IPV6}
"""Protocols of PPP."""
UNREADABLE = (ValueError, IndexError, struct.error)
"""What headers that do not hold raise."""
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


class Bridged(NamedTuple):
    """Another frame begins inside this one."""

    start: int


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
    """It is a part of a packet: what follows is not the whole of its transport."""
    of: int = ETHERNET
    """Of a fragment: the link type of the frame that it stands in."""


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
    if kind == RADIO:
        return _radio(data, 0)
    if kind == RADIOTAP:
        size = data[2] | data[3] << 8
        if size < 8:
            raise ValueError("a radiotap header cut short")
        return _radio(data, size)
    raise ValueError(f"link type {kind}")


def _radio(data: bytes, at: int) -> Link:
    """802.11: data frames that are not encrypted, and what their LLC header says."""
    control, flags = data[at], data[at + 1]
    if control & 3:
        # The version is always 0: some access points send both bytes the other way round.
        control, flags = flags, control
    if control >> 2 & 3 != 2 or flags & 0x40 or control & 0x40 or at + 24 > len(data):
        raise ValueError("no readable data frame")
    to, off = flags & 1, flags & 2
    start = at + 24 + (6 if to and off else 0) + (2 + (4 if flags & 0x80 else 0) if control & 0x80 else 0)
    if data[start : start + 2] != b"\xaa\xaa" or start + 8 > len(data):
        raise ValueError("no header of LLC")
    target = data[at + 16 : at + 22] if to else data[at + 4 : at + 10]
    if off:
        source = data[at + 24 : at + 30] if to else data[at + 16 : at + 22]
    else:
        source = data[at + 10 : at + 16]
    return _typed(data, start + 6, source, target)


def within(found: Link, data: bytes) -> Link | Bridged:
    """What labels (MPLS) and sessions (PPPoE) between link and network carry; the same where there are none."""
    if found.kind in _LABELS:
        start = found.start
        for _ in range(tunnels.DEEPEST):
            bottom = data[start + 2] & 1
            data[start + 3]
            start += 4
            if bottom:
                break
        if data[start] >> 4 == 0:
            # A control word, then a bridged frame.
            return Bridged(start + 4)
        return found._replace(kind=_by_version(data[start]), start=start)
    if found.kind == _SESSION:
        protocol = data[found.start + 6] << 8 | data[found.start + 7]
        if protocol in _CARRIED:
            return found._replace(kind=_CARRIED[protocol], start=found.start + 8)
    return found


def decode(kind: int, data: bytes) -> tuple[Link, Packet | None, bytes] | None:
    """(innermost link, its packet or None for other types, the bytes they count in) of a frame; None unreadable.

    Where what a tunnel carries does not hold, the frame is that of the tunnel. Raises tunnels.SealedError for an
    encrypted one.
    """
    held: tuple[Link, Packet | None, bytes] | None = None
    for _ in range(tunnels.DEEPEST):
        try:
            found = within(link(kind, data), data)
            if isinstance(found, Bridged):
                kind, data = ETHERNET, data[found.start :]
                continue
            if found.kind not in (TYPE_IPV4, TYPE_IPV6):
                # A mirror shows frames that are not IP too; other tunnels carry none that matters here.
                return (found, None, data) if held is None or kind == ETHERNET else held
            packet = network(found.kind, data, found.start)
        except UNREADABLE:
            return held
        held = found, packet, data
        if packet.fragment:
            return found, packet._replace(of=kind), data
        inside = tunnels.inside(packet.protocol, data, packet.start, packet.stop)
        if inside is None:
            return held
        kind, data = inside
    return held


def _by_version(byte: int) -> int:
    return {4: TYPE_IPV4, 6: TYPE_IPV6}.get(byte >> 4, 0)


def _ethernet(data: bytes, kind: int) -> Link:
    """Both cards, then what follows them."""
    return _typed(data, 12, data[6:12], data[:6], kind)


def _typed(data: bytes, at: int, source: bytes, target: bytes, kind: int = -1) -> Link:
    """What follows the cards: VLAN tags, then a type or an LLC header."""
    kind, start = kind if kind >= 0 else data[at] << 8 | data[at + 1], at + 2
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
    part = (data[start + 6] & 0x3F) << 8 | data[start + 7]
    return Packet(
        data[start + 12 : start + 16],
        data[start + 16 : start + 20],
        data[start + 9],
        start + size,
        stop,
        data[start + 8],
        part > 0,
    )


def _ipv6(data: bytes, start: int) -> Packet:
    """The fixed header and its extensions, at most `MOST_EXTENSIONS`."""
    if data[start] >> 4 != 6 or start + 40 > len(data):
        raise ValueError("no header of IPv6")
    size = data[start + 4] << 8 | data[start + 5]
    stop = min(len(data), start + 40 + size) if size else len(data)
    protocol, at, part = data[start + 6], start + 40, False
    for _ in range(MOST_EXTENSIONS):
        if protocol not in _EXTENSIONS or at + 8 > stop:
            break
        if protocol == 44:
            # A packet may have the header and be whole (RFC 6946).
            part = (data[at + 2] << 8 | data[at + 3]) & 0xFFF9 > 0
            length = 8
        elif protocol == 51:
            length = (data[at + 1] + 2) * 4
        else:
            length = (data[at + 1] + 1) * 8
        protocol = data[at]
        at += length
        if part:
            break
    return Packet(
        data[start + 8 : start + 24], data[start + 24 : start + 40], protocol, at, stop, data[start + 7], part
    )
