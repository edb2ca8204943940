"""pcap files: micro- and nanosecond, both byte orders; damaged records are stepped over.

A record's header that does not hold starts a search: the next place from which `CHAIN` headers follow each other (or
reach the end). What lies between is told with its offset and size.
Source: draft-ietf-opsawg-pcap, sections 4 (file header) and 5 (packet record).
"""

import struct
from collections.abc import Iterator

import numpy as np

from hygie.sources.capture.frames import MOST_FRAME, Damage, Frame, Interface
from hygie.sources.capture.window import Window

MAGICS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}
"""First bytes -> byte order, time units in a second."""
CHAIN = 6
"""Headers that must follow each other before a place is believed."""
SEARCHED = 1 << 20
"""Bytes searched at once."""
FAR = 30 * 86_400
"""Seconds between two packets from which a header is doubted."""
NEAR = 86_400
"""Seconds from the last good packet within which one header alone, that ends with the file, is believed."""
SHORTEST = 14
"""Bytes of the shortest frame that a search believes in."""


def recognises(head: bytes) -> bool:
    """Whether bytes begin a pcap file."""
    return head[:4] in MAGICS


def read(window: Window, interfaces: list[Interface]) -> Iterator[Frame | Damage]:
    """Frames of a file, damage between them. Appends its interface. Raises ValueError where the header is cut."""
    reading = begin(window, interfaces)
    while window.has(16):
        yield reading.next()
    yield from rest(window)


def rest(window: Window) -> Iterator[Damage]:
    """What is left at the end, too short for a header."""
    if window.left():
        yield Damage("refusal.capture.truncated", window.place(), window.left())
        window.at += window.left()


def begin(window: Window, interfaces: list[Interface]) -> "Reading":
    """Reads the file's header; appends its interface. Raises ValueError where it is cut."""
    if not window.has(24):
        raise ValueError("refusal.capture.header", f"place=offset {window.left()}")
    return Reading(window, interfaces)


class Reading:
    """Where reading of a file stands."""

    __slots__ = ("head", "number", "seconds", "ticks", "window")

    def __init__(self, window: Window, interfaces: list[Interface]) -> None:
        order, self.ticks = MAGICS[bytes(window.bytes[:4])]
        link = struct.unpack_from(order + "I", window.bytes, 20)[0] & 0xFFFF
        interfaces.append(Interface(link, ticks=self.ticks))
        window.at = 24
        self.window = window
        self.head = struct.Struct(order + "IIII")
        self.number = 0
        """Of the last frame."""
        self.seconds = 0
        """Of the last frame; 0 none."""

    def next(self) -> Frame | Damage:
        """The record that begins here, or what was damaged. 16 bytes must be there."""
        window, head, ticks, seconds = self.window, self.head, self.ticks, self.seconds
        now, part, stored, size = head.unpack_from(window.bytes, window.at)
        sound = part < ticks and stored <= size and (not seconds or abs(now - seconds) <= FAR)
        offset = window.place()
        if stored > MOST_FRAME or not (sound or _followed(window, head, stored)):
            _search(window, head, ticks, seconds)
            return Damage("refusal.capture.skipped", offset, window.place() - offset)
        if not window.has(16 + stored):
            # The file ends within this record; or its length lies, and sound records follow.
            left = window.left()
            _search(window, head, ticks, seconds)
            if not window.left():
                return Damage("refusal.capture.truncated", offset, left)
            return Damage("refusal.capture.skipped", offset, window.place() - offset)
        start = window.at + 16
        window.at = start + stored
        self.seconds = now
        self.number += 1
        time = now * 1_000_000 + part // (ticks // 1_000_000)
        return Frame(self.number, time, 0, max(size, stored), bytes(window.bytes[start : window.at]))


def _followed(window: Window, head: struct.Struct, stored: int) -> bool:
    """Whether another header, or the end, follows a record whose own header is odd."""
    if not stored:
        return False
    if not window.has(16 + stored + 16):
        return window.left() == 16 + stored
    _, _, following, size = head.unpack_from(window.bytes, window.at + 16 + stored)
    return bool(0 < following <= MOST_FRAME and size <= 4 * MOST_FRAME)


def _search(window: Window, head: struct.Struct, ticks: int, seconds: int) -> None:
    """Moves the window to the next place that holds; to the end where there is none."""
    window.at += 1
    while window.has(16):
        window.has(SEARCHED + 16)
        for candidate in _candidates(window, head, ticks):
            if _chained(window, head, ticks, candidate, seconds):
                window.at += candidate
                return
        window.at += min(SEARCHED, window.left() - 15)
    window.at += window.left()


def _candidates(window: Window, head: struct.Struct, ticks: int) -> list[int]:
    """Places, counted from the window's, where a header could stand."""
    span = min(SEARCHED, window.left() - 15)
    raw = np.frombuffer(window.bytes, np.uint8, span + 15, window.at).astype(np.uint32)
    big = head.format.startswith(">")

    def number(at: int) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
        parts = [raw[at + i : at + i + span] << np.uint32(8 * (3 - i if big else i)) for i in range(4)]
        return np.asarray(parts[0] | parts[1] | parts[2] | parts[3])

    stored, size = number(8), number(12)
    fits = (
        (number(4) < ticks)
        & (stored >= SHORTEST)
        & (stored <= MOST_FRAME)
        & (size >= stored)
        & (size <= 4 * MOST_FRAME)
    )
    return [int(place) for place in np.flatnonzero(fits & (number(0) > 0))]


def _chained(window: Window, head: struct.Struct, ticks: int, candidate: int, seconds: int) -> bool:
    """Whether headers follow each other from a place on, within days of each other, or reach the end exactly."""
    offset, before = candidate, seconds
    for count in range(CHAIN):
        if not window.has(offset + 16):
            return window.left() == offset and (count > 1 or (seconds > 0 and abs(before - seconds) <= NEAR))
        now, part, stored, size = head.unpack_from(window.bytes, window.at + offset)
        if part >= ticks or not SHORTEST <= stored <= MOST_FRAME or size < stored:
            return False
        if before and abs(now - before) > FAR:
            return False
        before = now
        offset += 16 + stored
    return True
