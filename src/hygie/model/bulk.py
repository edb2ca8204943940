"""Many rows of one kind as columns: what long lists give instead of an object for each of their lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any


@dataclass(frozen=True, slots=True)
class Bulk:
    """Rows of one reading."""

    row: type
    """Their type, one of `READ_ROWS`."""
    reading: str
    columns: Mapping[str, Sequence[Any]]
    """Field -> its values, one a row; all have one length."""
    same: Mapping[str, Any]
    """Field -> the one value that all rows have. Fields that stand nowhere have their default."""

    def __len__(self) -> int:
        """Rows."""
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> Iterator[Any]:
        """The same as objects."""
        given = {**{name: repeat(value) for name, value in self.same.items()}, **self.columns}
        for values in zip(*given.values(), strict=False):
            yield self.row(reading=self.reading, **dict(zip(given, values, strict=True)))


def merge(bulks: Sequence[Bulk]) -> Bulk:
    """One of several of the same type, reading and fields. Raises LookupError for none."""
    first = bulks[0]
    columns = {name: [value for bulk in bulks for value in bulk.columns[name]] for name in first.columns}
    return Bulk(first.row, first.reading, columns, first.same)
