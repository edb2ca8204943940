"""Tunnels: which frame a packet carries. GRE and the mirrors in it, IP in IP, VXLAN, CAPWAP.

Source: RFC 2784 and 2890 (GRE), draft-foschiano-erspan-03 (ERSPAN I to III), RFC 2003 and 2473 (IP in IP), RFC 7348
section 5 (VXLAN), RFC 5415 section 4.3 (CAPWAP data).
"""

RAW, ETHERNET, RADIO = 101, 1, 105
"""Link types of what is carried."""
DEEPEST = 12
"""Headers of tunnels that are followed."""
_IP_IN_IP = frozenset((4, 41))
_GRE, _UDP = 47, 17
_VXLAN, _CAPWAP = 4789, 5247


class SealedError(Exception):
    """An encrypted tunnel: what it carries cannot be read."""


def inside(protocol: int, data: bytes, at: int, stop: int) -> tuple[int, bytes] | None:
    """(link type, bytes) that the packet's payload data[at:stop] carries; None no tunnel. Raises SealedError."""
    if protocol in _IP_IN_IP and at < stop:
        return RAW, data[at:stop]
    if protocol == _GRE and at + 4 <= stop:
        return _generic(data, at, stop)
    if protocol == _UDP and at + 16 <= stop:
        source, target = data[at] << 8 | data[at + 1], data[at + 2] << 8 | data[at + 3]
        if target == _VXLAN and data[at + 8] & 0x08:
            return ETHERNET, data[at + 16 : stop]
        if _CAPWAP in (source, target):
            return _capwap(data, at + 8, stop)
    return None


def _generic(data: bytes, at: int, stop: int) -> tuple[int, bytes] | None:
    """GRE: optional checksum, key and sequence number, then what the type says."""
    flags, kind = data[at] << 8 | data[at + 1], data[at + 2] << 8 | data[at + 3]
    if flags & 7:
        return None
    start = at + 4 + 4 * sum(bool(flags & bit) for bit in (0x8000, 0x2000, 0x1000))
    if kind == 0x88BE:
        # Type I has no sequence number and no header of its own.
        return ETHERNET, data[start + (8 if flags & 0x1000 else 0) : stop]
    if kind == 0x22EB and start + 12 <= stop:
        return ETHERNET, data[start + (20 if data[start + 11] & 1 else 12) : stop]
    if kind == 0x6558:
        return ETHERNET, data[start:stop]
    if kind in (0x0800, 0x86DD):
        return RAW, data[start:stop]
    return None


def _capwap(data: bytes, at: int, stop: int) -> tuple[int, bytes] | None:
    """CAPWAP data: bridged or radio frames, of one in fragments what the first holds; keep-alives carry none."""
    if data[at] & 15 == 1:
        raise SealedError
    if data[at] or at + 8 > stop:
        return None
    size = (data[at + 1] >> 3) * 4
    later = data[at + 3] & 0x80 and (data[at + 6] << 8 | data[at + 7]) >> 3
    if size < 8 or data[at + 3] & 0x08 or later:
        return None
    return (RADIO if data[at + 2] & 1 else ETHERNET), data[at + size : stop]
