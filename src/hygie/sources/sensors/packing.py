"""Packed blocks of nfdump's files: LZO1X, LZ4, bzip2. What comes out is bounded.

Source: LZ4 block format description; LZO stream format as understood by Linux' LZO decompressor (its documentation).
"""

import bz2
from collections.abc import Callable

MOST = 16 << 20
"""Bytes of one unpacked block."""
_LEAST = 4
"""Bytes of LZ4's shortest match."""


def lz4(data: bytes) -> bytes:
    """One block. Raises ValueError, IndexError."""
    out, at = bytearray(), 0
    while at < len(data):
        token = data[at]
        size, at = _more(data, at + 1, token >> 4)
        _literals(out, data, at, size)
        at += size
        if at == len(data):
            break
        distance = data[at] | data[at + 1] << 8
        size, at = _more(data, at + 2, token & 15)
        _match(out, distance, size + _LEAST)
    return bytes(out)


def _more(data: bytes, at: int, size: int) -> tuple[int, int]:
    """A length that goes on where it is 15, and where what follows begins. Raises IndexError."""
    if size < 15:
        return size, at
    while True:
        size += data[at]
        at += 1
        if data[at - 1] < 255:
            return size, at


def lzo(data: bytes) -> bytes:
    """One LZO1X stream. Raises ValueError, IndexError."""
    out, at, state = bytearray(), 0, 0
    if data[0] > 17:
        state = data[0] - 17
        _literals(out, data, 1, state)
        at, state = 1 + state, min(state, 4)
    while True:
        token = data[at]
        at += 1
        if token < 16 and not state:
            size, at = _run(data, at, token, 15)
            _literals(out, data, at, size + 3)
            at, state = at + size + 3, 4
            continue
        size, distance, state, at = _copied(data, at, token, state)
        if not distance:
            return bytes(out)
        _match(out, distance, size)
        _literals(out, data, at, state)
        at += state


def _copied(data: bytes, at: int, token: int, state: int) -> tuple[int, int, int, int]:
    """(bytes, distance, literals that follow, where) of a match; distance 0 at the end. Raises IndexError."""
    if token < 16:
        far = state == 4
        return 2 + far, (data[at] << 2) + (token >> 2) + (2049 if far else 1), token & 3, at + 1
    if token >= 64:
        return (token >> 5) + 1, (data[at] << 3) + (token >> 2 & 7) + 1, token & 3, at + 1
    if token >= 32:
        size, at = _run(data, at, token & 31, 31)
        distance, base = 0, 1
    else:
        size, at = _run(data, at, token & 7, 7)
        distance, base = (token & 8) << 11, 16_384
    pair = data[at] | data[at + 1] << 8
    distance += pair >> 2
    if token < 32 and not distance:
        return 0, 0, 0, at + 2
    return size + 2, distance + base, pair & 3, at + 2


def _run(data: bytes, at: int, size: int, most: int) -> tuple[int, int]:
    """A length that is told by what follows where it is 0. Raises IndexError."""
    if size:
        return size, at
    size = most
    while not data[at]:
        size, at = size + 255, at + 1
    return size + data[at], at + 1


def _literals(out: bytearray, data: bytes, at: int, size: int) -> None:
    """Bytes as they stand. Raises ValueError."""
    if at + size > len(data) or len(out) + size > MOST:
        raise ValueError("bytes that are not there")
    out += data[at : at + size]


def _match(out: bytearray, distance: int, size: int) -> None:
    """Bytes that were there before. Raises ValueError."""
    if not 0 < distance <= len(out) or len(out) + size > MOST:
        raise ValueError("a match that is not there")
    start = len(out) - distance
    if distance >= size:
        out += out[start : start + size]
    else:
        part = bytes(out[start:])
        out += (part * (size // distance + 1))[:size]


def bzip2(data: bytes) -> bytes:
    """One stream. Raises ValueError, OSError, EOFError."""
    machine = bz2.BZ2Decompressor()
    out = machine.decompress(data, MOST + 1)
    if len(out) > MOST or not machine.eof:
        raise ValueError("a block that does not end")
    return out


UNPACK: dict[int, Callable[[bytes], bytes]] = {0: bytes, 1: lzo, 2: bzip2, 3: lz4}
"""Compression as the file's head tells it -> what unpacks a block."""
