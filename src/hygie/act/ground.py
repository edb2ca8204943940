"""What this room asks of whoever calls it."""

from collections.abc import Iterable
from typing import Any, Protocol


class Ground(Protocol):
    """Rows by kind, of the readings that count."""

    as_of: str
    """ISO 8601 date that stands for today."""

    def __getitem__(self, kind: str) -> list[Any]:
        """All rows of a kind. Raises LookupError for a kind that is none."""
        ...

    def chosen(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        """Rows whose column is one of values."""
        ...
