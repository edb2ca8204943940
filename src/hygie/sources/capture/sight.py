"""One capture as it is walked: the pass over frames, what is read of them, and the conversations that came of it.

The tables are bounded. Where the meter's are full, the talks that were silent longest become conversations, and what
was said is forgotten (and read again); conversations are given out in parts whose equal keys add up.
"""

from typing import Any

import numpy as np

from hygie.kernel import columns as c
from hygie.sources.capture import folding
from hygie.sources.capture.ends import Ends
from hygie.sources.capture.frames import Interface
from hygie.sources.capture.grouping import Column
from hygie.sources.capture.hearing import Hearing
from hygie.sources.capture.metering import Columns, Meter, Rooms

MOST_CONVERSATIONS = 400_000
"""Conversations before they are given out."""


class Sight:
    """State of a walk."""

    __slots__ = ("conversations", "ends", "hearing", "interfaces", "meter", "most", "rooms", "services")

    def __init__(self, interfaces: list[Interface], meter: Meter, rooms: Rooms, most: int = MOST_CONVERSATIONS) -> None:
        self.interfaces = interfaces
        self.meter = meter
        self.rooms = rooms
        self.most = most
        self.ends = Ends()
        self.hearing = Hearing(self.ends)
        self.services = folding.Services()
        self.conversations: Columns = np.zeros((0, folding.CONVERSATION), np.int64)

    def take(self, item: Any) -> None:
        """Takes a batch of records, or a frame, in."""
        hear = self.hearing.hear
        for event, payload in self.meter.take(item, self.relieve):
            hear(event, payload, self.meter)

    def relieve(self, halves: int, channels: int, words: int) -> None:
        """Makes room in the meter's tables that are full."""
        if words >= self.rooms.words:
            self.hearing.settle(self.meter.word_times())
            self.meter.clear_words()
        if channels >= self.rooms.channels:
            self.meter.clear_channels()
        if halves >= self.rooms.halves:
            self._fold_idle()

    def _fold_idle(self) -> None:
        """Folds a quarter of all talks: those that were silent longest."""
        rows = self.meter.halves_so_far()
        begun = rows[:, c.TALK]
        last = np.zeros(len(rows), np.int64)
        np.maximum.at(last, begun, rows[:, c.LAST])
        ages = last[begun == np.arange(len(rows))]
        idle = (last <= np.partition(ages, len(ages) // 4)[len(ages) // 4])[begun]
        self._fold(rows, np.flatnonzero(idle))
        places = np.where(idle, -1, np.cumsum(~idle) - 1)
        kept, done = np.flatnonzero(~idle), 0
        for begin in range(0, len(kept), folding.PIECE):
            # In place, from the first on: a copy of so large a table would be the most that is held.
            some: Columns = rows[kept[begin : begin + folding.PIECE]]
            some[:, c.TALK] = places[some[:, c.TALK]]
            some[:, c.OTHER] = np.where(some[:, c.OTHER] >= 0, places[np.maximum(some[:, c.OTHER], 0)], -1)
            rows[done : done + len(some)] = some
            done += len(some)
        self.hearing.moved(places)
        self.meter.keep(rows[:done])

    def fold_all(self) -> None:
        """Folds every talk: the end of the walk."""
        for event, payload in self.meter.rest(self.relieve):
            self.hearing.hear(event, payload, self.meter)
        self.hearing.settle(self.meter.word_times())
        rows = self.meter.halves_so_far()
        self._fold(rows, np.arange(len(rows)))
        self.hearing.moved(np.full(len(rows), -1))
        self.meter.close()

    def _fold(self, rows: Columns, members: Column) -> None:
        """Talks become conversations. members: rows of their halves."""
        self.gather(folding.fold(rows, self.hearing.known(), self.services, self.ends, members))

    def gather(self, made: Columns) -> None:
        """Adds conversations to those that are there."""
        rows, before = self.conversations, len(self.conversations)
        # In place, too.
        rows.resize((before + len(made), folding.CONVERSATION), refcheck=False)
        rows[before:] = made
        del made
        rows.resize((folding.add_up(rows), folding.CONVERSATION), refcheck=False)

    def is_full(self) -> bool:
        """Whether conversations should be given out before going on."""
        return len(self.conversations) > self.most

    def hand_over(self) -> Columns:
        """The conversations, to be told; there are none any more then."""
        rows, self.conversations = self.conversations, np.zeros((0, folding.CONVERSATION), np.int64)
        return rows
