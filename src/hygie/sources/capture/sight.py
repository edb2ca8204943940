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
        """Folds the half of all talks that was silent longest."""
        rows = self.meter.halves_so_far()
        begun = rows[:, c.TALK]
        last = np.zeros(len(rows), np.int64)
        np.maximum.at(last, begun, rows[:, c.LAST])
        ages = last[begun == np.arange(len(rows))]
        idle = (last <= np.partition(ages, len(ages) // 2)[len(ages) // 2])[begun]
        self._fold(rows, np.flatnonzero(idle))
        places = np.where(idle, -1, np.cumsum(~idle) - 1)
        kept: Columns = rows[~idle]
        kept[:, c.TALK] = places[kept[:, c.TALK]]
        kept[:, c.OTHER] = np.where(kept[:, c.OTHER] >= 0, places[np.maximum(kept[:, c.OTHER], 0)], -1)
        self.hearing.moved(places)
        self.meter.keep(kept)

    def fold_all(self) -> None:
        """Folds every talk: the end of the walk."""
        self.hearing.settle(self.meter.word_times())
        rows = self.meter.halves_so_far()
        self._fold(rows, np.arange(len(rows)))

    def _fold(self, rows: Columns, members: Column) -> None:
        """Talks become conversations. members: rows of their halves."""
        made = folding.fold(rows, self.hearing.known(), self.services, self.ends, members)
        self.conversations = folding.summed(np.concatenate((self.conversations, made)))

    def is_full(self) -> bool:
        """Whether conversations should be given out before going on."""
        return len(self.conversations) > self.most

    def hand_over(self) -> Columns:
        """The conversations, to be told; there are none any more then."""
        rows, self.conversations = self.conversations, np.zeros((0, folding.CONVERSATION), np.int64)
        return rows
