"""Headers of one recorded frame, down to the innermost network layer: the compiled twin of the capture's `layers`.

Tunnels are followed to `DEEPEST` headers; where what is inside does not hold, the frame is that of the tunnel.
Source: IEEE 802.3-2022 clause 3.2, 802.1Q-2022 clause 9, 802.11-2020 clause 9.2; RFC 791, 8200, 3032, 2516, 2784, 7348,
5415; draft-foschiano-erspan-03; libpcap's LINKTYPE registry; radiotap.org.
"""

import numpy as np

from hygie.kernel.columns import THERE
from hygie.kernel.compiled import Array, Number, Truth, compiled

UNREAD, PACKET, OTHER, PART, SEALED = 0, 1, 2, 3, 4
"""What a frame is: not decodable, an IP packet, another type, a fragment of one, an encrypted CAPWAP tunnel."""
WHAT, KIND, START, TAG, SOURCE, TARGET, FAMILY, A_HIGH, A_LOW, B_HIGH, B_LOW, PROTOCOL, AT, STOP, HOPS = range(15)
"""Places of the result array."""
SLOTS = 15
DEEPEST = 12
"""Headers of tunnels that are followed."""
_MOST_EXTENSIONS = 16


@compiled
def _u16(data: Array, at: Number) -> Number:
    return (np.int64(data[at]) << 8) | np.int64(data[at + 1])


@compiled
def _u32(data: Array, at: Number) -> Number:
    return (_u16(data, at) << 16) | _u16(data, at + 2)


@compiled
def _u64(data: Array, at: Number) -> Number:
    return (_u32(data, at) << 32) | _u32(data, at + 4)


@compiled
def _card(data: Array, at: Number) -> Number:
    return (_u16(data, at) << 32) | _u32(data, at + 2) | THERE


@compiled
def _by_version(byte: Number) -> Number:
    if byte >> 4 == 4:
        return 0x0800
    if byte >> 4 == 6:
        return 0x86DD
    return 0


@compiled
def _is_tag(kind: Number) -> Truth:
    return kind == 0x8100 or kind == 0x88A8 or kind == 0x9100 or kind == 0x9200


@compiled
def _ethernet(data: Array, at: Number, end: Number, out: Array) -> Number:
    """EtherType or LLC access point into out; -1 where the header does not hold."""
    if at + 14 > end:
        return -1
    out[TARGET] = _card(data, at)
    out[SOURCE] = _card(data, at + 6)
    return _typed(data, at + 12, end, out)


@compiled
def _typed(data: Array, at: Number, end: Number, out: Array) -> Number:
    """What follows the cards: VLAN tags, then a type or an LLC header."""
    kind, start, tag, tags = _u16(data, at), at + 2, np.int64(0), 0
    while _is_tag(kind) and tags < 4:
        if start + 4 > end:
            return -1
        number = _u16(data, start) & 0xFFF
        kind = _u16(data, start + 2)
        start += 4
        # Number 0 only carries a priority (802.1Q table 9-2).
        if number:
            tag = tag * 4096 + number
            tags += 1
    out[TAG] = tag
    if kind < 1536:
        if start >= end:
            return -1
        if start + 3 <= end and data[start] == 0xAA and data[start + 1] == 0xAA and data[start + 2] == 3:
            if start + 8 > end:
                return -1
            kind, start = _u16(data, start + 6), start + 8
        else:
            kind, start = np.int64(data[start]), start + 3
    out[KIND], out[START] = kind, start
    return 0


@compiled
def _cooked(data: Array, end: Number, kind: Number, start: Number, address: Number, size: Number, out: Array) -> Number:
    """Linux cooked captures keep the sender's address only; a VLAN tag may follow."""
    out[TAG] = 0
    if _is_tag(kind):
        if start + 4 > end:
            return -1
        out[TAG] = _u16(data, start) & 0xFFF
        kind, start = _u16(data, start + 2), start + 4
    card = _card(data, address)
    out[SOURCE] = card if size == 6 and card != THERE else 0
    out[TARGET] = 0
    out[KIND], out[START] = kind, start
    return 0


@compiled
def _raw(data: Array, at: Number, end: Number, out: Array) -> Number:
    if at >= end:
        return -1
    out[SOURCE] = out[TARGET] = out[TAG] = 0
    out[KIND], out[START] = _by_version(data[at]), at
    return 0


@compiled
def _radio(data: Array, at: Number, end: Number, out: Array) -> Number:
    """802.11: data frames that are not encrypted, their LLC header."""
    if at + 24 > end:
        return -1
    control, flags = data[at], data[at + 1]
    if control & 3:
        # The version is always 0: some access points send both bytes the other way round.
        control, flags = flags, control
    if (control >> 2) & 3 != 2 or flags & 0x40 or control & 0x40:
        return -1
    size, to, off = 24, flags & 1, flags & 2
    if to and off:
        size += 6
    if control & 0x80:
        size += 2
        if flags & 0x80:
            size += 4
    start = at + size
    if start + 8 > end or data[start] != 0xAA or data[start + 1] != 0xAA:
        return -1
    out[TARGET] = _card(data, at + 16) if to else _card(data, at + 4)
    if off:
        out[SOURCE] = _card(data, at + 24) if to else _card(data, at + 16)
    else:
        out[SOURCE] = _card(data, at + 10)
    return _typed(data, start + 6, end, out)


@compiled
def _link(link: Number, data: Array, at: Number, end: Number, out: Array) -> Number:
    """The link header: 0 held, -1 not."""
    if link == 1:
        return _ethernet(data, at, end, out)
    if link == 101 or link == 12 or link == 14 or link == 228 or link == 229:
        return _raw(data, at, end, out)
    if link == 0 or link == 108:
        if at + 5 > end:
            return -1
        big = _u32(data, at)
        little = ((big & 0xFF) << 24) | ((big & 0xFF00) << 8) | ((big >> 8) & 0xFF00) | (big >> 24)
        family = min(big, little)
        out[SOURCE] = out[TARGET] = out[TAG] = 0
        six = family == 10 or family == 24 or family == 28 or family == 30
        out[KIND], out[START] = 0x86DD if six else _by_version(data[at + 4]), at + 4
        return 0
    if link == 113:
        if at + 16 > end:
            return -1
        return _cooked(data, end, _u16(data, at + 14), at + 16, at + 6, _u16(data, at + 4), out)
    if link == 276:
        if at + 20 > end:
            return -1
        return _cooked(data, end, _u16(data, at), at + 20, at + 12, np.int64(data[at + 11]), out)
    if link == 105:
        return _radio(data, at, end, out)
    if link == 127:
        if at + 4 > end:
            return -1
        size = np.int64(data[at + 2]) | (np.int64(data[at + 3]) << 8)
        return _radio(data, at + size, end, out) if size >= 8 else -1
    return -1


@compiled
def _within(data: Array, end: Number, out: Array) -> Number:
    """Labels and sessions between link and network: moves KIND and START; 1 an Ethernet frame follows, -1 broken."""
    kind, start = out[KIND], out[START]
    if kind == 0x8847 or kind == 0x8848:
        for _ in range(DEEPEST):
            if start + 4 > end:
                return -1
            bottom = data[start + 2] & 1
            start += 4
            if bottom:
                break
        if start >= end:
            return -1
        first = data[start] >> 4
        if first == 0:
            # A control word, then a bridged frame (RFC 4448).
            out[START] = start + 4
            return 1
        out[KIND], out[START] = _by_version(data[start]), start
    elif kind == 0x8864:
        if start + 8 > end:
            return -1
        protocol = _u16(data, start + 6)
        if protocol == 0x0021:
            out[KIND], out[START] = 0x0800, start + 8
        elif protocol == 0x0057:
            out[KIND], out[START] = 0x86DD, start + 8
    return 0


@compiled
def _network(data: Array, start: Number, end: Number, kind: Number, out: Array) -> Number:
    """The IPv4 or IPv6 header at start: PACKET, PART or UNREAD."""
    if kind == 0x86DD:
        return _ipv6(data, start, end, out)
    if start + 20 > end or data[start] >> 4 != 4:
        return UNREAD
    size = np.int64(data[start] & 15) * 4
    if size < 20 or start + size > end:
        return UNREAD
    total = _u16(data, start + 2)
    # A length of zero is left by cards that cut large packets themselves.
    out[STOP] = min(end, start + total) if total >= size else end
    out[FAMILY], out[A_HIGH], out[A_LOW] = 4, 0, _u32(data, start + 12)
    out[B_HIGH], out[B_LOW] = 0, _u32(data, start + 16)
    out[PROTOCOL], out[AT], out[HOPS] = data[start + 9], start + size, data[start + 8]
    return PART if _u16(data, start + 6) & 0x3FFF else PACKET


@compiled
def _is_extension(protocol: Number) -> Truth:
    return (
        protocol == 0
        or protocol == 43
        or protocol == 44
        or protocol == 51
        or protocol == 60
        or protocol == 135
        or protocol == 139
        or protocol == 140
    )


@compiled
def _ipv6(data: Array, start: Number, end: Number, out: Array) -> Number:
    if start + 40 > end or data[start] >> 4 != 6:
        return UNREAD
    size = _u16(data, start + 4)
    stop = min(end, start + 40 + size) if size else end
    protocol, at, part = np.int64(data[start + 6]), start + 40, False
    for _ in range(_MOST_EXTENSIONS):
        if not _is_extension(protocol) or at + 8 > stop:
            break
        if protocol == 44:
            part = _u16(data, at + 2) & 0xFFF9 > 0
            length = np.int64(8)
        elif protocol == 51:
            length = (np.int64(data[at + 1]) + 2) * 4
        else:
            length = (np.int64(data[at + 1]) + 1) * 8
        protocol = np.int64(data[at])
        at += length
        if part:
            break
    out[FAMILY], out[STOP] = 6, stop
    out[A_HIGH], out[A_LOW] = _u64(data, start + 8), _u64(data, start + 16)
    out[B_HIGH], out[B_LOW] = _u64(data, start + 24), _u64(data, start + 32)
    out[PROTOCOL], out[AT], out[HOPS] = protocol, at, data[start + 7]
    return PART if part else PACKET


@compiled
def _tunnel(data: Array, out: Array) -> tuple[Number, Number]:
    """(link type that follows, its place) inside an IP packet; (-1, 0) no tunnel; (-2, 0) an encrypted one."""
    protocol, at, stop = out[PROTOCOL], out[AT], out[STOP]
    if (protocol == 4 or protocol == 41) and at < stop:
        return np.int64(101), at
    if protocol == 47 and at + 4 <= stop:
        return _generic(data, at, stop)
    if protocol == 17 and at + 16 <= stop:
        port = _u16(data, at + 2)
        if port == 4789 and data[at + 8] & 0x08:
            return np.int64(1), at + 16
        if port == 5247 or _u16(data, at) == 5247:
            return _capwap(data, at + 8, stop)
    return np.int64(-1), np.int64(0)


@compiled
def _generic(data: Array, at: Number, stop: Number) -> tuple[Number, Number]:
    """GRE (RFC 2784, 2890) and the mirrors that travel in it."""
    flags, kind = _u16(data, at), _u16(data, at + 2)
    if flags & 7:
        return np.int64(-1), np.int64(0)
    start = at + 4
    for bit in (0x8000, 0x2000, 0x1000):
        if flags & bit:
            start += 4
    if kind == 0x88BE:
        # Type I has no sequence number and no header of its own.
        return np.int64(1), start + (8 if flags & 0x1000 else 0)
    if kind == 0x22EB and start + 12 <= stop:
        return np.int64(1), start + (20 if data[start + 11] & 1 else 12)
    if kind == 0x6558:
        return np.int64(1), start
    if kind == 0x0800 or kind == 0x86DD:
        return np.int64(101), start
    return np.int64(-1), np.int64(0)


@compiled
def _capwap(data: Array, at: Number, stop: Number) -> tuple[Number, Number]:
    """CAPWAP data (RFC 5415 section 4.3)."""
    if data[at] & 15 == 1:
        return np.int64(-2), np.int64(0)
    if data[at] != 0 or at + 8 > stop:
        return np.int64(-1), np.int64(0)
    size = np.int64(data[at + 1] >> 3) * 4
    native, alive = data[at + 2] & 1, data[at + 3] & 0x08
    later = data[at + 3] & 0x80 and _u16(data, at + 6) >> 3
    if size < 8 or alive or later:
        return np.int64(-1), np.int64(0)
    return np.int64(105 if native else 1), at + size


@compiled
def _copy(inner: Array, out: Array) -> None:
    for slot in range(SLOTS):
        out[slot] = inner[slot]


@compiled
def decode(link: Number, data: Array, at: Number, end: Number, out: Array, inner: Array) -> None:
    """Fills out for the frame data[at:end] of a link type. inner: a scratch array like out."""
    out[WHAT] = UNREAD
    held = False
    for _ in range(DEEPEST):
        if _link(link, data, at, end, inner) < 0:
            return
        step = _within(data, end, inner)
        if step < 0:
            return
        if step == 1:
            link, at = np.int64(1), inner[START]
            continue
        kind = inner[KIND]
        if kind != 0x0800 and kind != 0x86DD:
            # A mirror shows frames that are not IP too; other tunnels carry none that matters here.
            if not held or link == 1:
                _copy(inner, out)
                out[WHAT] = OTHER
                out[STOP] = end
            return
        found = _network(data, inner[START], end, kind, inner)
        if found == UNREAD:
            return
        _copy(inner, out)
        out[WHAT] = found
        held = True
        if found == PART:
            return
        link, at = _tunnel(data, out)
        if link == -2:
            out[WHAT] = SEALED
            return
        if link < 0:
            return
        end = out[STOP]
