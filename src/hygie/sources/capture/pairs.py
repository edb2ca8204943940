"""Which card sent with which address, and when: columns, because behind one router there may be a million addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hygie.sources.capture.grouping import Groups
from hygie.sources.capture.keys import address, card, card_of, numbers
from hygie.sources.capture.metering import Columns

CARD, HIGH, LOW, FAMILY, NUMBER, FIRST, LAST, NEAR, SENSORS = range(9)
"""Columns; those before NUMBER are the key. FAMILY: 4 or 6. NUMBER: of the first packet."""
PAIR = 9
_LEAST = 1 << 14
"""Rows that wait before they are added up."""
_AT_ONCE = 1 << 14
"""Rows that are objects at once."""


@dataclass(slots=True)
class Seen:
    """When and where something was seen."""

    place: int
    """Packet number."""
    first: int
    last: int
    confidence: float = 1.0
    near: bool = False
    """A packet arrived as its sender began it."""
    sensors: int = 0
    """Bit set of interfaces; those from `ends.MANY` on share a bit."""

    def again(self, place: int, time: int, confidence: float = 0.0) -> None:
        """Seen once more."""
        self.place = min(self.place, place)
        self.first = min(self.first, time) if self.first and time else self.first or time
        self.last = max(self.last, time)
        self.confidence = max(self.confidence, confidence)


class Pairs:
    """The table: at most so many rows, those that came first."""

    __slots__ = ("_added", "_alone", "_dropped", "_most", "_rows", "_waiting")

    def __init__(self, most: int) -> None:
        self._most = most
        self._rows: Columns = np.zeros((0, PAIR), np.int64)
        self._added: list[Columns] = []
        self._alone: list[list[int]] = []
        self._waiting = 0
        self._dropped = 0

    def add(self, rows: Columns) -> None:
        """Adds some, n x PAIR, before those that were added alone."""
        self._added.append(rows)
        self._wait(len(rows))

    def _wait(self, count: int) -> None:
        self._waiting += count
        if self._waiting > max(_LEAST, len(self._rows) // 4):
            self._sum()

    def sent(self, sender: bytes, end: bytes, near: bool, sensors: int, place: int, first: int, last: int) -> None:
        """Adds one."""
        high, low = numbers(end)
        family = 4 if len(end) == 4 else 6
        self._alone.append([card(sender), high, low, family, place, first, last, int(near), sensors])
        self._wait(1)

    def rows(self) -> Columns:
        """All, each once, in the order in which they first came; until more are added."""
        self._sum()
        return self._rows

    def dropped(self) -> int:
        """Rows not kept because the table was full."""
        self._sum()
        return self._dropped

    def __len__(self) -> int:
        return len(self.rows())

    def items(self) -> Iterator[tuple[tuple[bytes, bytes], Seen]]:
        """((card, address), when): card b"" where the link was not recorded. Few are objects at the same time."""
        rows = self.rows()
        for begin in range(0, len(rows), _AT_ONCE):
            for row in rows[begin : begin + _AT_ONCE].tolist():
                seen = Seen(row[NUMBER], row[FIRST], row[LAST], 1.0, row[NEAR] > 0, row[SENSORS])
                yield (card_of(row[CARD]), address(row[FAMILY], row[HIGH], row[LOW])), seen

    def _sum(self) -> None:
        """Makes one row of equal pairs."""
        if not self._waiting:
            return
        alone = np.array(self._alone, np.int64).reshape(-1, PAIR)
        rows, at = self._rows, len(self._rows)
        rows.resize((at + self._waiting, PAIR), refcheck=False)  # in place: what is held twice is held most
        for some in (*self._added, alone):
            rows[at : at + len(some)] = some
            at += len(some)
        self._added.clear()
        self._alone.clear()
        self._waiting = 0
        groups = Groups(rows[:, :NUMBER])
        count = len(groups.heads)
        rows[:count, NUMBER], rows[:count, FIRST] = groups.least(rows[:, NUMBER]), groups.begins(rows[:, FIRST])
        rows[:count, LAST] = groups.greatest(rows[:, LAST])
        rows[:count, NEAR], rows[:count, SENSORS] = groups.bits(rows[:, NEAR]), groups.bits(rows[:, SENSORS])
        for column in range(NUMBER):
            rows[:count, column] = rows[groups.heads, column]
        self._dropped += max(0, count - self._most)
        rows.resize((min(count, self._most), PAIR), refcheck=False)
