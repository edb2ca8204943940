"""Records of a capture by the batch, for the compiled pass; what is odd comes as the plain readers give it."""

from collections.abc import Iterator

import numpy as np

from hygie.kernel import records
from hygie.sources.capture import pcap, pcapng
from hygie.sources.capture.fast import Batch
from hygie.sources.capture.frames import MOST_FRAME, Damage, Frame, Interface
from hygie.sources.capture.window import Window

CHUNK = 4 << 20
"""Bytes read at once."""
_ROWS = 1 << 15
"""Records of one batch."""
_FINEST = 1 << 43
"""Ticks in a second from which a clock is left to the plain reader: its products would not fit 64 bits."""


def of_pcap(window: Window, interfaces: list[Interface]) -> Iterator[Batch | Frame | Damage]:
    """Records of a pcap file. Raises ValueError where the header is cut."""
    reading = pcap.begin(window, interfaces)
    rows = np.zeros((_ROWS, 5), np.int64)
    big = reading.head.format.startswith(">")
    while window.has(16):
        data = np.frombuffer(window.memory, np.uint8)
        count, at, seconds = records.pcap(
            data, window.at, len(window.bytes), big, reading.ticks, reading.seconds, pcap.FAR, MOST_FRAME, rows
        )
        if not count:
            yield reading.next()
            continue
        window.at, reading.seconds = int(at), int(seconds)
        yield Batch(data, rows, int(count), reading.number)
        reading.number += int(count)
    yield from pcap.rest(window)


def of_pcapng(window: Window, interfaces: list[Interface]) -> Iterator[Batch | Frame | Damage]:
    """Records of a pcapng file."""
    section = pcapng.Section(interfaces)
    rows = np.zeros((_ROWS, 5), np.int64)
    clocks, known = _clocks(interfaces), 0
    while window.has(12):
        if known != len(interfaces):
            clocks, known = _clocks(interfaces), len(interfaces)
        data = np.frombuffer(window.memory, np.uint8)
        count, at = records.pcapng(
            data,
            window.at,
            len(window.bytes),
            section.order == ">",
            section.first,
            *clocks,
            pcapng.LATEST,
            MOST_FRAME,
            rows,
        )
        if count:
            window.at = int(at)
            yield Batch(data, rows, int(count), section.frames)
            section.frames += int(count)
            continue
        found = pcapng.following(window, section)
        if found:
            yield found
    yield from pcap.rest(window)


def _clocks(
    interfaces: list[Interface],
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]":
    """(ticks, offsets) of the interfaces; ticks 0 where they are left to the plain reader."""
    plain = [one.ticks >= _FINEST or abs(one.offset) > pcapng.LATEST // 1_000_000 for one in interfaces]
    ticks = [0 if odd else one.ticks for one, odd in zip(interfaces, plain, strict=True)]
    offsets = [0 if odd else one.offset for one, odd in zip(interfaces, plain, strict=True)]
    return np.array(ticks, np.int64), np.array(offsets, np.int64)
