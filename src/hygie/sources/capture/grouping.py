"""Rows with equal keys, as columns: which they are, and sums, least and greatest of them."""

import numpy as np

from hygie.sources.capture.metering import Columns

Column = np.ndarray[tuple[int], np.dtype[np.int64]]
NEVER = np.iinfo(np.int64).max
_MANY = 20_000
"""Rows from which compiled code is worth its start."""


def grouped(rows: Columns) -> tuple[Column, int]:
    """(number of each row's group, groups): equal rows have one, in the order in which they first come."""
    if len(rows) > _MANY:
        from hygie.kernel.compiled import HERE

        if HERE:
            from hygie.kernel.hashing import group

            size = 1 << (2 * len(rows)).bit_length()
            groups = np.empty(len(rows), np.int64)
            return groups, int(group(np.ascontiguousarray(rows), np.full(size, -1, np.int32), groups))
    numbers: dict[tuple[int, ...], int] = {}
    found = [numbers.setdefault(tuple(row), len(numbers)) for row in rows.tolist()]
    return np.array(found, np.int64), len(numbers)


class Groups:
    """Rows by group: sums, least and greatest of columns."""

    __slots__ = ("_order", "_starts", "heads")

    def __init__(self, keys: Columns) -> None:
        groups, _ = grouped(keys)
        self._order = np.argsort(groups, kind="stable")
        self._starts = np.flatnonzero(np.diff(groups[self._order], prepend=-1))
        self.heads: Column = self._order[self._starts]
        """First row of each group."""

    def sums(self, values: Column) -> Column:
        """Sum of each group."""
        return np.asarray(np.add.reduceat(values[self._order], self._starts) if len(values) else values)

    def least(self, values: Column) -> Column:
        """Least of each group."""
        return np.asarray(np.minimum.reduceat(values[self._order], self._starts) if len(values) else values)

    def greatest(self, values: Column) -> Column:
        """Greatest of each group."""
        return np.asarray(np.maximum.reduceat(values[self._order], self._starts) if len(values) else values)

    def bits(self, values: Column) -> Column:
        """Bits that are set somewhere in each group."""
        return np.asarray(np.bitwise_or.reduceat(values[self._order], self._starts) if len(values) else values)

    def begins(self, times: Column) -> Column:
        """Earliest time of each group, 0 standing for none."""
        first = self.least(np.where(times == 0, NEVER, times))
        return np.where(first == NEVER, 0, first)


def earliest(first: Column, second: Column) -> Column:
    """The lesser of two times, 0 standing for none."""
    least = np.minimum(np.where(first == 0, NEVER, first), np.where(second == 0, NEVER, second))
    return np.where(least == NEVER, 0, least)
