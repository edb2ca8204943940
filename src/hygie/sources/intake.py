"""Files -> readings with their rows: recognises, identifies, reads; never twice what is known.

What comes in: paths, what the person says of them, and a shelf of what is known. What goes out: each file's reading
with its rows by kind, or None for the rows where the reading is known. What could not be read at all is a reading too:
it carries its refusal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from hygie import sources
from hygie.model import READ_ROWS
from hygie.model.evidence import Reading, Refusal
from hygie.model.seams import Clock, Given, Input, Reader
from hygie.sources.opening import Secret, files, refusal
from hygie.sources.series import Terms, identify, predecessor, series_of, unread

Rows = dict[str, list[Any]]
"""Rows by kind."""
KIND_OF = {row: kind for kind, row in READ_ROWS.items()}
"""Row type -> kind."""


class Shelf(NamedTuple):
    """What reading needs to know of what is there already."""

    clock: Clock
    known: Mapping[str, Reading]
    """Readings by id; may grow while reading goes on."""
    mapping: Callable[[str], Mapping[str, str]]
    """Saved column mapping of a source."""
    without: Iterable[Path] = ()
    """Folders left out in silence: the workspace itself."""


def intake(paths: Iterable[str], terms: Terms, shelf: Shelf) -> Iterator[tuple[Reading, Rows | None]]:
    """Each file under the paths, in name order, with its rows; None where its reading is known. Raises nothing."""
    for item in files(paths, without=shelf.without):
        if isinstance(item, Refusal):
            yield _refused(item, "", terms, shelf)
            continue
        found = sources.reader_of(item)
        if isinstance(found, Refusal):
            yield _refused(found, item.path, terms, shelf)
        else:
            try:
                yield _one(item, found, terms, shelf)
            except sources.UNREADABLE as error:
                yield _refused(refusal(item.name, error), item.path, terms, shelf)
        item.close()


def _one(item: Input, reader: Reader, terms: Terms, shelf: Shelf) -> tuple[Reading, Rows | None]:
    """One recognised file. Raises what looking into it raises."""
    mapping = shelf.mapping(series_of(item, reader, terms))
    reading = identify(item, reader, terms, shelf.clock.now(), mapping)
    known = shelf.known.get(reading.id)
    if known is not None and not known.forgotten:
        return known, None
    rows: Rows = {}
    secrets = 0
    for row in sources.read(item, reader, Given(terms.site, reading.id, mapping, terms.dated)):
        if isinstance(row, Secret):
            secrets += 1
        else:
            rows.setdefault(KIND_OF[type(row)], []).append(row)
    refused = len(rows.get("refusal", []))
    stated = sum(map(len, rows.values())) - refused
    before = predecessor(reading, list(shelf.known.values()))
    return replace(reading, stated=stated, refused=refused, secrets=secrets, supersedes=before), rows


def _refused(found: Refusal, path: str, terms: Terms, shelf: Shelf) -> tuple[Reading, Rows]:
    """The reading of a file that could not be read; it replaces itself when tried again."""
    reading = replace(unread(found.name, path, terms, shelf.clock.now()), refused=1)
    return reading, {"refusal": [replace(found, reading=reading.id)]}
