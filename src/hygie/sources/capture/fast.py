"""The compiled pass over frames: keeps the arrays of `kernel.flows` and lets them grow. `plain` says what it does."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hygie.kernel import columns as c
from hygie.kernel import flows, hashing
from hygie.sources.capture import layers
from hygie.sources.capture.fragments import Fragments, Left, Whole
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.metering import MOST_TAGS, PORTS, Columns, Event, Metered, Relieve, Rooms

EVENTS = 1 << 9
"""Events of one call."""


Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]


class Batch(NamedTuple):
    """Records that lie in one piece of memory."""

    data: Bytes
    rows: Columns
    """n x 5: start, bytes stored, bytes on the wire, microseconds, interface."""
    taken: int
    """Rows that are filled."""
    number: int
    """Of the frame before the first."""


class Fast:
    """The tables as arrays."""

    __slots__ = ("_fragments", "_linked", "interfaces", "rooms", "tables")

    def __init__(self, interfaces: list[Interface], rooms: Rooms, begin: int = 1 << 18, events: int = 0) -> None:
        self.interfaces = interfaces
        self.rooms = rooms
        self._fragments = Fragments()
        self._linked = 0
        self.tables = _tables(begin, events or EVENTS)

    def metered(self) -> Metered:
        """The counts as columns."""
        counts, used = self.tables.counts, np.flatnonzero(self.tables.sensors[:, c.N_PACKETS])
        sensors = self.tables.sensors[: used[-1] + 1 if used.size else 0]
        tags = [(int(interface), int(tag)) for interface, tag in self.tables.tags[: counts[c.TAGS]]]
        return Metered(sensors, counts, tags)

    def halves_so_far(self) -> Columns:
        """The halves that live."""
        return self.tables.halves[: self.tables.counts[c.HALVES]]

    def half(self, row: int) -> list[int]:
        """One of them."""
        values: list[int] = self.tables.halves[row].tolist()
        return values

    def hush(self, row: int, turn: int, until: int) -> None:
        """Nothing more is to be read of this round of a half; until: not before this sequence number, -1 never."""
        if self.tables.halves[row, c.ROUND] == turn:
            self.tables.halves[row, c.UNTIL] = until
            self.tables.halves[row, c.FLAGS] |= c.QUIET if until < 0 else 0

    def word_times(self) -> list[int]:
        """When each thing was last said, by number."""
        times: list[int] = self.tables.word_times[: self.tables.counts[c.WORDS]].tolist()
        return times

    def close(self) -> None:
        """Gives the memory of the tables back; the counts stay."""
        self.tables = _tables(1, len(self.tables.events), self.tables)

    def clear_words(self) -> None:
        """Forgets what was said."""
        self.tables.words.fill(0)
        self.tables.counts[c.WORDS] = 0

    def clear_channels(self) -> None:
        """Forgets how often each pair talked."""
        self.tables.channels.fill(0)
        self.tables.counts[c.CHANNELS] = 0

    def keep(self, halves: Columns) -> None:
        """Goes on with these halves only."""
        tables = self.tables
        tables.halves[: len(halves)] = halves
        tables.counts[c.HALVES] = len(halves)
        tables.tagged.fill(-1)
        tables.calls.fill(-1)
        flows.rebuild(tables.halves, len(halves), tables.tagged, tables.calls)

    def take(self, item: Batch | Frame, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Counts the records of a batch, or one frame that the plain reader gave."""
        batch = alone(item) if isinstance(item, Frame) else item
        for events, data in self.passes(batch, relieve):
            yield from told(events, data)

    def rest(self, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Takes in what is left of packets of which not all fragments came."""
        for events, data in self.ends(relieve):
            yield from told(events, data)

    def passes(self, batch: Batch, relieve: Relieve) -> Iterator[tuple[Columns, Bytes]]:
        """Counts the records of a batch; gives the events, n x EVENT, as often as there is no room for more, and the
        memory that they count in."""
        self._link()
        done = 0
        while done < batch.taken:
            done = self._meter(batch, done, _RECORDED, relieve)
            yield self._told(), batch.data
            parts, self.tables.counts[c.STOPPED] = int(self.tables.counts[c.STOPPED]), 0
            for row in range(done - parts, done):
                yield from self._put_together(self._part(batch, row, _RECORDED), relieve)

    def ends(self, relieve: Relieve) -> Iterator[tuple[Columns, Bytes]]:
        """Events, as `passes` gives them, of packets of which not all fragments came."""
        yield from self._put_together(self._fragments.rest(), relieve)

    def _meter(self, batch: Batch, done: int, whole: Whole, relieve: Relieve) -> int:
        """Takes records in, from one on; gives how far."""
        self._grow(relieve)
        tables = self.tables
        room = np.array([len(tables.halves), len(tables.channels) // 2, len(tables.word_times)], np.int64)
        room = np.minimum(room, np.array(self.rooms, np.int64))
        how = whole.link, whole.packets
        return int(flows.meter(tables, batch.data, batch.rows, done, batch.taken, batch.number, room, *how))

    def _told(self) -> Columns:
        """The events of the last call."""
        count, self.tables.counts[c.EVENTS] = int(self.tables.counts[c.EVENTS]), 0
        return self.tables.events[:count]

    def _part(self, batch: Batch, row: int, whole: Whole) -> list[Whole | Left]:
        """Hands the fragment of a row over; gives what is to be taken in, the next one last."""
        start, stored, size, time, interface = batch.rows[row].tolist()
        frame = Frame(batch.number + row + 1, time, interface, size, batch.data[start : start + stored].tobytes())
        link = self.interfaces[interface].link if whole.link < 0 else whole.link
        return self._fragments.of_frame(Whole(frame, link, whole.packets))

    def _put_together(self, found: list[Whole | Left], relieve: Relieve) -> Iterator[tuple[Columns, Bytes]]:
        """Takes in what fragments gave; it may be a fragment itself, of what a tunnel carried."""
        todo = found[::-1]
        while todo:
            item = todo.pop()
            if isinstance(item, Left):
                counts = self.tables.counts
                counts[c.FRAGMENTS] += item.packets
                counts[c.FRAGMENTS + 4] = counts[c.FRAGMENTS + 4] or item.number
                continue
            batch = alone(item.frame)
            self._meter(batch, 0, item, relieve)
            yield self._told(), batch.data
            parts, self.tables.counts[c.STOPPED] = int(self.tables.counts[c.STOPPED]), 0
            if parts:
                todo += self._part(batch, 0, item)[::-1]

    def _link(self) -> None:
        """Makes room for interfaces that were described since."""
        if self._linked == len(self.interfaces):
            return
        known = [one.link if one.link in layers.LINKS else -1 for one in self.interfaces]
        sensors = np.zeros((len(known), c.SENSOR), np.int64)
        old = self.tables.sensors[: len(known)]
        sensors[: len(old)] = old
        self.tables = self.tables._replace(links=np.array(known, np.int64), sensors=sensors)
        self._linked = len(known)

    def _grow(self, relieve: Relieve) -> None:
        """Doubles the tables that are full, up to their bounds; at the bounds asks for relief."""
        tables = self.tables
        halves, channels, words = (int(tables.counts[at]) for at in (c.HALVES, c.CHANNELS, c.WORDS))
        if halves >= self.rooms.halves or channels >= self.rooms.channels or words >= self.rooms.words:
            relieve(halves, channels, words)
            return
        if halves >= len(tables.halves):
            larger = np.zeros((2 * halves, c.HALF), np.int64)
            larger[:halves] = tables.halves
            tagged, calls = np.full(4 * halves, -1, np.int32), np.full(4 * halves, -1, np.int32)
            flows.rebuild(larger, halves, tagged, calls)
            tables = tables._replace(halves=larger, tagged=tagged, calls=calls)
        if 2 * channels >= len(tables.channels):
            keys, values = np.zeros(4 * channels, np.int64), np.zeros(4 * channels, np.int64)
            hashing.grown(tables.channels, tables.channel_counts, keys, values)
            tables = tables._replace(channels=keys, channel_counts=values)
        if words >= len(tables.word_times):
            keys, values, times = (
                np.zeros(4 * words, np.int64),
                np.zeros(4 * words, np.int64),
                np.zeros(2 * words, np.int64),
            )
            hashing.grown(tables.words, tables.word_numbers, keys, values)
            times[:words] = tables.word_times
            tables = tables._replace(words=keys, word_numbers=values, word_times=times)
        self.tables = tables


def told(events: Columns, data: Bytes) -> Iterator[tuple[Event, bytes]]:
    """Events (n x EVENT) with their payloads, which lie in data."""
    memory = memoryview(data)  # type: ignore[arg-type]
    for row in events.tolist():
        start = row[c.E_START]
        yield Event._make(row[: c.E_START]), bytes(memory[start : start + row[c.E_SIZE]])


def _tables(begin: int, events: int, before: "flows.Tables | None" = None) -> flows.Tables:
    """Empty tables with so much room, and for so many events; `before`: whose counts they go on with."""
    return flows.Tables(
        halves=np.zeros((begin, c.HALF), np.int64),
        tagged=np.full(2 * begin, -1, np.int32),
        calls=np.full(2 * begin, -1, np.int32),
        channels=np.zeros(2 * begin, np.int64),
        channel_counts=np.zeros(2 * begin, np.int64),
        words=np.zeros(2 * begin, np.int64),
        word_numbers=np.zeros(2 * begin, np.int64),
        word_times=np.zeros(begin, np.int64),
        tags=before.tags if before else np.zeros((MOST_TAGS, 2), np.int64),
        marks=before.marks if before else np.full(4 * MOST_TAGS, -1, np.int32),
        sensors=before.sensors if before else np.zeros((1, c.SENSOR), np.int64),
        counts=before.counts if before else np.zeros(c.COUNTS, np.int64),
        ports=np.frombuffer(PORTS, np.uint8).copy(),
        links=np.full(1, -1, np.int64),
        events=np.zeros((events, c.EVENT), np.int64),
    )


def alone(frame: Frame) -> Batch:
    """A batch of one frame."""
    data = np.frombuffer(bytearray(frame.data or b"\0"), np.uint8)
    rows = np.array([[0, len(frame.data), frame.size, frame.time, frame.interface]], np.int64)
    return Batch(data, rows, 1, frame.number - 1)


_RECORDED = Whole(Frame(0, 0, 0, 0, b""), -1, 1)
"""How frames are taken in that are no packet put together."""
