"""pcapng files: sections of either byte order, several interfaces, three packet blocks, statistics of losses.

A block whose two lengths disagree starts a search for the next sound one; what lies between is told.
Source: draft-ietf-opsawg-pcapng, sections 3.1 (blocks), 3.5 (options), 4.1 to 4.6 (SHB, IDB, SPB, EPB, ISB), appendix A
(the obsolete packet block).
"""

import struct
from collections.abc import Iterator

import numpy as np

from hygie.sources.capture.frames import MOST_FRAME, Damage, Frame, Interface
from hygie.sources.capture.window import Window

SECTION, INTERFACE, OLD_PACKET, SIMPLE, STATISTICS, ENHANCED = 0x0A0D0D0A, 1, 2, 3, 5, 6
MAGIC = b"\x0a\x0d\x0d\x0a"
ORDERS = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
MOST_BLOCK = 16 << 20
"""Longest block that is believed, in bytes."""
MOST_INTERFACES = 4096
SEARCHED = 1 << 20
LATEST = 7_258_118_400_000_000
"""Microseconds from which a clock is not believed: the year 2200."""
_NAME, _RESOLUTION, _OFFSET = 2, 9, 14
"""Options of an interface block."""
_DROPPED_BY_INTERFACE, _DROPPED_BY_SYSTEM = 5, 7
"""Options of a statistics block."""


def recognises(head: bytes) -> bool:
    """Whether bytes begin a pcapng file."""
    return head[:4] == MAGIC and head[8:12] in ORDERS


class Section:
    """Where reading stands: byte order, first interface of the section, number of the last frame."""

    __slots__ = ("first", "frames", "interfaces", "number", "order", "time")

    def __init__(self, interfaces: list[Interface]) -> None:
        self.interfaces = interfaces
        self.order = "<"
        self.first = 0
        self.number = 0
        self.frames = 0
        self.time = 0

    def interface(self, index: int) -> int:
        """Index over the whole file. Raises ValueError for one that the section did not describe."""
        if self.first + index >= len(self.interfaces):
            raise ValueError("an interface that was not described")
        return self.first + index


def read(window: Window, interfaces: list[Interface]) -> Iterator[Frame | Damage]:
    """Frames of a file, damage between them. Appends interfaces as they are described."""
    state = Section(interfaces)
    while window.has(12):
        found = following(window, state)
        if found:
            yield found
    if window.left():
        yield Damage("refusal.capture.truncated", window.place(), window.left())


def following(window: Window, state: Section) -> Frame | Damage | None:
    """What the block that begins here holds; None what is no packet. 12 bytes must be there."""
    size, offset = _block(window, state), window.place()
    if not size:
        _search(window, state.order)
        return Damage("refusal.capture.skipped", offset, window.place() - offset)
    if not window.has(size):
        left = window.left()
        window.at += left
        return Damage("refusal.capture.truncated", offset, left)
    start = window.at
    window.at += size
    try:
        return _read(bytes(window.bytes[start : start + size]), state)
    except (ValueError, IndexError, struct.error):
        return Damage("refusal.capture.block", offset, size)


def _block(window: Window, state: Section) -> int:
    """Size of the block that begins here, its last length checked where it is there; 0 not sound."""
    if window.bytes[window.at : window.at + 4] == MAGIC:
        order = ORDERS.get(bytes(window.bytes[window.at + 8 : window.at + 12]))
        if not order:
            return 0
        state.order = order
    size: int = struct.unpack_from(state.order + "I", window.bytes, window.at + 4)[0]
    if size % 4 or not 12 <= size <= MOST_BLOCK:
        return 0
    if window.has(size):
        (again,) = struct.unpack_from(state.order + "I", window.bytes, window.at + size - 4)
        return size if again == size else 0
    # The end of the file lies within the block: truncated, unless a sound block hides in what is left.
    return size if not _sound(window, state.order, window.at + 4, len(window.bytes)) else 0


def _search(window: Window, order: str) -> None:
    """Moves the window to the next sound block; to the end where there is none."""
    window.at += 1
    while window.has(12):
        window.has(SEARCHED + MOST_BLOCK)
        stop = min(window.at + SEARCHED, len(window.bytes) - 11)
        found = _sound(window, order, window.at, stop)
        if found:
            window.at = found
            return
        window.at = stop
    window.at += window.left()


def _sound(window: Window, order: str, start: int, stop: int) -> int:
    """Index of the first block between start and stop that lies whole in the window; 0 none."""
    data = window.bytes
    span = min(stop, len(data) - 11) - start
    while span > 0:
        part = min(span, SEARCHED)
        raw = np.frombuffer(data, np.uint8, part + 7, start).astype(np.uint32)
        big = order == ">"
        kind, size = _numbers(raw, 0, part, big), _numbers(raw, 4, part, big)
        fits = (kind <= 6) | (kind == 0x0A0D0D0A)
        for place in np.flatnonzero(fits & (size % 4 == 0) & (size >= 16) & (size <= MOST_BLOCK)):
            at, length = start + int(place), int(size[place])
            if data[at + length - 4 : at + length] == struct.pack(order + "I", length):
                return at
        start += part
        span -= part
    return 0


def _numbers(
    raw: "np.ndarray[tuple[int], np.dtype[np.uint32]]", at: int, span: int, big: bool
) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    """32-bit numbers that begin at each byte."""
    parts = [raw[at + i : at + i + span] << np.uint32(8 * (3 - i if big else i)) for i in range(4)]
    return np.asarray(parts[0] | parts[1] | parts[2] | parts[3])


def _read(block: bytes, state: Section) -> Frame | None:
    """What one block holds. Raises ValueError, IndexError, struct.error."""
    (kind,) = struct.unpack_from(state.order + "I", block)
    if kind == SECTION:
        state.first = len(state.interfaces)
        state.number += 1
    elif kind == INTERFACE:
        _interface(block, state)
    elif kind == STATISTICS:
        _statistics(block, state)
    elif kind == SIMPLE:
        (size,) = struct.unpack_from(state.order + "I", block, 8)
        stored = min(size, len(block) - 16)
        return _frame(state, state.interface(0), 0, size, block[12 : 12 + stored])
    elif kind in (ENHANCED, OLD_PACKET):
        return _packet(block, kind, state)
    return None


def _packet(block: bytes, kind: int, state: Section) -> Frame:
    """Enhanced and obsolete packet blocks differ in their first word only."""
    first, high, low, stored, size = struct.unpack_from(state.order + "IIIII", block, 8)
    if kind == OLD_PACKET:
        first = struct.unpack_from(state.order + "H", block, 8)[0]
    if stored > len(block) - 32 or stored > MOST_FRAME:
        raise ValueError("a packet longer than its block")
    index = state.interface(first)
    source = state.interfaces[index]
    ticks = high << 32 | low
    time = source.offset * 1_000_000 + (ticks if source.ticks == 1_000_000 else ticks * 1_000_000 // source.ticks)
    return _frame(state, index, time, size, block[28 : 28 + stored])


def _frame(state: Section, index: int, time: int, size: int, data: bytes) -> Frame:
    state.frames += 1
    # A clock beyond the year 2200 is damage: the time is not known.
    return Frame(state.frames, time if 0 < time < LATEST else 0, index, max(size, len(data)), data)


def _options(block: bytes, offset: int, order: str) -> Iterator[tuple[int, bytes]]:
    """(code, value) of a block's options. Raises struct.error."""
    while offset + 4 <= len(block) - 4:
        code, size = struct.unpack_from(order + "HH", block, offset)
        if code == 0:
            return
        yield code, block[offset + 4 : offset + 4 + size]
        offset += 4 + size + (-size % 4)


def _interface(block: bytes, state: Section) -> None:
    if len(state.interfaces) >= MOST_INTERFACES:
        raise ValueError("too many interfaces")
    found = Interface(struct.unpack_from(state.order + "H", block, 8)[0], section=state.number)
    state.interfaces.append(found)
    for code, value in _options(block, 16, state.order):
        if code == _NAME:
            found.name = "".join(c for c in value[:64].decode("utf-8", "replace") if c.isprintable())
        elif code == _RESOLUTION and value:
            exponent = value[0] & 0x7F
            if exponent <= 63:
                found.ticks = 2**exponent if value[0] & 0x80 else 10 ** min(exponent, 20)
        elif code == _OFFSET and len(value) == 8:
            (found.offset,) = struct.unpack(state.order + "q", value)


def _statistics(block: bytes, state: Section) -> None:
    """Losses are counted from the beginning of the capture: the last statistics of an interface win."""
    (index,) = struct.unpack_from(state.order + "I", block, 8)
    lost = 0
    for code, value in _options(block, 20, state.order):
        if code in (_DROPPED_BY_INTERFACE, _DROPPED_BY_SYSTEM) and len(value) == 8:
            lost += struct.unpack(state.order + "Q", value)[0]
    found = state.interfaces[state.interface(index)]
    found.lost = max(found.lost, lost)
