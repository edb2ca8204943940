"""Rows made by hand for tests: what is not given is empty. And a ground that serves them."""

import types
from collections.abc import Iterable
from dataclasses import fields
from enum import EnumType
from functools import cache
from typing import Any, TypeVar, get_type_hints

from hygie.model import ROWS

T = TypeVar("T")

DAY = 86_400_000_000
START = 1_790_000_000_000_000
"""Microseconds; some day in 2026."""


def row(cls: type[T], **given: Any) -> T:
    """A row of `cls`: fields not given are "", 0, False, () or the enumeration's first member."""
    hints = hints_of(cls)
    values = {f.name: given.get(f.name, empty(hints[f.name])) for f in fields(cls)}  # type: ignore[arg-type]
    assert set(given) <= set(values), set(given) - set(values)
    return cls(**values)


@cache
def hints_of(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def empty(kind: Any) -> Any:
    if isinstance(kind, EnumType):
        return next(iter(kind))
    if isinstance(kind, types.UnionType):
        return None
    return {str: "", int: 0, float: 0.0, bool: False}.get(kind, ())


class Ground:
    """Serves rows as the walk does."""

    def __init__(self, *rows: Any, as_of: str = "2026-11-23") -> None:
        self.as_of = as_of
        kinds = {cls: kind for kind, cls in ROWS.items()}
        self.rows: dict[str, list[Any]] = {kind: [] for kind in ROWS}
        for one in rows:
            self.rows[kinds[type(one)]].append(one)

    def __getitem__(self, kind: str) -> list[Any]:
        return self.rows[kind]

    def chosen(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        wanted = set(values)
        return [one for one in self.rows[kind] if getattr(one, column) in wanted]
