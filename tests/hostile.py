"""Ways to damage a document, and what every reader owes to a damaged one: rows, or an error that is caught."""

import copy
import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hygie.model.bulk import Bulk
from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Reader
from hygie.sources.opening import UNREADABLE, Content, Limits

GIVEN = Given(site="local", reading="r1")
ODD: tuple[Any, ...] = (None, True, -1, 1.5, "", "x", [], [None], ["x"], [[]], [{}], {}, {"x": 1}, {"x": [{}]})


def content(data: bytes, name: str = "sample") -> Content:
    return Content(name, lambda: io.BytesIO(data), Limits())


def rows(reader: Reader, data: bytes | dict[str, Any] | list[Any]) -> list[Any]:
    """All rows of a document that is read to its end."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(reader.read(content(raw), GIVEN))


def of(kind: type, found: list[Any]) -> list[Any]:
    return [row for row in found if isinstance(row, kind)]


def reasons(found: list[Any]) -> list[tuple[str, str]]:
    return [(row.place, row.reason) for row in of(Refusal, found)]


def endures(reader: Reader, data: bytes) -> list[Any]:
    """Rows until the reader breaks off as it may. Anything else than UNREADABLE fails the test."""
    source, found, whole = content(data), [], False
    try:
        reader.recognises(source)
        reader.series(source)
        reader.dated(source)
        for row in reader.read(source, GIVEN):
            assert row.reading == "r1"
            found.append(row)
        whole = True
    except UNREADABLE:
        pass
    if reader.bulk is not None:
        columns = spread(reader, data)
        assert Counter(columns) == Counter(found) if whole else Counter(columns) <= Counter(found)
    return found


def spread(reader: Reader, data: bytes) -> list[Any]:
    """Rows that a reader gives as columns, as objects; up to where it breaks off."""
    found: list[Any] = []
    assert reader.bulk is not None
    try:
        for row in reader.bulk(content(data), GIVEN):
            found.extend(row.rows() if isinstance(row, Bulk) else [row])
    except UNREADABLE:
        pass
    return found


def truncations(data: bytes) -> Iterator[bytes]:
    assert len(data) <= 4096
    return (data[:end] for end in range(len(data)))


def flips(data: bytes, count: int = 400) -> Iterator[bytes]:
    chance = random.Random(7)
    for _ in range(count):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        yield bytes(damaged)


def swaps(document: Any) -> Iterator[bytes]:
    """The document with each of its values replaced by each odd one."""
    for path in list(_paths(document)):
        for odd in ODD:
            changed = copy.deepcopy(document)
            place = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = odd
            yield json.dumps(changed).encode()


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*before, key)
        yield from _paths(inner, (*before, key))


def nested(levels: int = 100_000) -> Iterator[bytes]:
    """Depth alone, open and closed, and long rests without any."""
    yield b'{"a":' * levels
    yield b"[" * levels
    yield b'{"a":' * levels + b"1" + b"}" * levels
    yield b"[" * levels + b"]" * levels
    for filler in (b" ", b"x", b",", b'"', b'"",', b"\\", b'\\"', b":", b'{"'):
        yield b'{"a":' + filler * levels
        yield b'{"a":"' + filler * levels
