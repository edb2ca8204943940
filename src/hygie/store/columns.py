"""Rows <-> columns: a flat dataclass's annotations say how each field becomes a NumPy column and comes back.

str and StrEnum are text; int is int64; float is float64 (None = NaN); bool is bool; bool or None is "true", "false" or
""; tuples are JSON text. Text never holds lone surrogates or NUL: such characters become U+FFFD.
"""

import types
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
import numpy as np
from numpy.typing import NDArray

from hygie.model.bulk import Bulk

Column = NDArray[Any]

SQL_TYPES = {"O": "VARCHAR", "i": "BIGINT", "f": "DOUBLE", "b": "BOOLEAN"}
"""DuckDB type of a column by NumPy kind."""


SAMPLE = 1000
"""Values by which it is told whether a column's texts repeat."""


class Field(NamedTuple):
    """One field: how it is written, how it is read, what stands for it where an older part lacks it."""

    name: str
    dtype: str
    write: Callable[[Any], Any] | None
    read: Callable[[Any], Any] | None
    default: Any
    many: bool = False
    """Holds several values."""


@cache
def layout(row: type) -> tuple[Field, ...]:
    """The columns of a row type. Raises TypeError for an annotation that has no column."""
    hints = get_type_hints(row)
    return tuple(_field(f.name, hints[f.name], f.default) for f in fields(row))


def encode(row: type, rows: Sequence[Any]) -> dict[str, Column]:
    """Columns of `rows`, each of shape (len(rows),)."""
    return {field.name: _column(field, list(map(attrgetter(field.name), rows))) for field in layout(row)}


def spread(rows: Bulk, start: int, end: int) -> dict[str, Column]:
    """Columns of the rows from `start` up to `end`, each of shape (end - start,)."""
    columns: dict[str, Column] = {}
    one = {"reading": rows.reading, **rows.same}
    for field in layout(rows.row):
        if field.name in rows.columns:
            columns[field.name] = _column(field, list(rows.columns[field.name][start:end]))
        else:
            value = one.get(field.name, field.default)
            columns[field.name] = np.full(
                end - start, value if field.write is None else field.write(value), field.dtype
            )
    return columns


def _column(field: Field, values: list[Any]) -> Column:
    """One column."""
    if field.many and field.write is not None:
        values = _written(values, field.write)
    elif field.write is not None and not (field.write is clean and holdable(values)):
        values = list(map(field.write, values))
    column = np.empty(len(values), dtype=field.dtype)
    column[:] = values
    return column


def _written(values: list[Any], write: Callable[[Any], Any]) -> list[Any]:
    """Each value as it rests; one that several rows share (the reasons of findings that are alike) is written once."""
    kept = {id(value): value for value in values}
    texts = {key: write(value) for key, value in kept.items()}
    return [texts[id(value)] for value in values]


Met = dict[str, dict[Any, Any]]
"""By field: each value that was met, so that equal ones are kept once."""


def decode(row: type, columns: Mapping[str, Column], count: int, met: Met | None = None) -> list[Any]:
    """Rows from columns; a column that is missing gives the field's default, and so does a value that is (of a part
    that lacks the column, read together with parts that have it). Raises TypeError where there is no default.

    `met`: of earlier calls for the same rows, to share their values.
    """
    met = {} if met is None else met
    rows: list[Any] = list(map(object.__new__, repeat(row, count)))
    for field in layout(row):
        column = columns.get(field.name)
        if column is not None:
            given = column.tolist()
            # Numbers of NumPy are never missing, unless they are masked.
            if column.dtype == object or isinstance(column, np.ma.MaskedArray):
                given = _filled(row, field, given)
            values = _read(field, given, met.setdefault(field.name, {}))
        elif field.default is not MISSING:
            values = repeat(field.default, count)
        else:
            raise TypeError(f"{row.__name__} has no {field.name} here and no default")
        # A frozen row's own way takes three times as long: it goes through object.__setattr__ field by field.
        deque(map(getattr(row, field.name).__set__, rows, values), maxlen=0)
    return rows


def _filled(row: type, field: Field, values: list[Any]) -> list[Any]:
    """A column's values with the default, as it rests, where one is missing."""
    if None not in values:
        return values
    if field.default is MISSING:
        raise TypeError(f"{row.__name__} lacks some {field.name} here and has no default")
    rests = field.default if field.write is None else field.write(field.default)
    return [rests if value is None else value for value in values]


def _read(field: Field, values: list[Any], met: dict[Any, Any]) -> Iterable[Any]:
    """A column's values as the row holds them; where texts repeat, equal ones are one object."""
    if field.dtype != "O":
        return values if field.read is None else map(field.read, values)
    some = values[:: len(values) // SAMPLE + 1]
    if 2 * len(set(some)) > len(some) > 1:
        return values if field.read is None else map(field.read, values)
    if field.read is None:
        return map(met.setdefault, values, values)
    for value in set(values).difference(met):
        met[value] = field.read(value)
    return map(met.__getitem__, values)


def _field(name: str, hint: Any, default: Any) -> Field:
    """The column of one annotation."""
    if get_origin(hint) in (Union, types.UnionType):
        return _optional(name, hint, default)
    if get_origin(hint) is tuple:
        inside = get_args(hint)[0]
        return Field(name, "O", write_tuple, _read_str_tuple if inside is str else _reader(inside), default, many=True)
    if hint is str:
        return Field(name, "O", clean, None, default)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Field(name, "O", str, {member.value: member for member in hint}.__getitem__, default)
    kinds = {int: "i8", float: "f8", bool: "?"}
    if hint in kinds:
        return Field(name, kinds[hint], None, None, default)
    raise TypeError(f"{name}: {hint} has no column")


def _optional(name: str, hint: Any, default: Any) -> Field:
    """The column of `float | None` or `bool | None`."""
    kinds = set(get_args(hint)) - {type(None)}
    if kinds == {float}:
        return Field(name, "f8", _write_float, _read_float, default)
    if kinds == {bool}:
        return Field(name, "O", {True: "true", False: "false", None: ""}.__getitem__, _read_bool, default)
    raise TypeError(f"{name}: {hint} has no column")


def clean(text: str) -> str:
    """Text that UTF-8 and Parquet can hold."""
    if text.isascii():
        return text.replace("\0", "\ufffd") if "\0" in text else text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def holdable(texts: Sequence[str]) -> bool:
    """Whether all of these texts can rest as they are: asked once for the whole column."""
    joined = "".join(texts)
    if "\0" in joined:
        return False
    try:
        joined.encode()
    except UnicodeEncodeError:
        return False
    return True


def write_tuple(value: tuple[Any, ...]) -> str:
    """A tuple as JSON text; "" for none."""
    if not value:
        return ""
    if isinstance(value[0], str):
        value = tuple(map(clean, value))
    return msgspec.json.encode(value).decode()


@cache
def _reader(inside: type) -> Callable[[str], tuple[Any, ...]]:
    decoder = msgspec.json.Decoder(tuple[inside, ...])  # type: ignore[valid-type]
    return lambda text: decoder.decode(text) if text else ()


_read_str_tuple = _reader(str)


def _write_float(value: float | None) -> float:
    return float("nan") if value is None else value


def _read_float(value: float) -> float | None:
    return None if value != value else value


def _read_bool(value: str) -> bool | None:
    return {"true": True, "false": False}.get(value)
