"""The side of `read` that runs without rights: files, and what comes once, -> parts, where nothing else can be opened.

What comes in: requests of `batches` and `streams`, and the files open. What goes out: parts in one folder, and readings
with their counts. Nothing here opens a path: that was done by who asks.

The store is imported when rights are gone already: DuckDB begins a thread as it is loaded, which would keep them.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from hygie.jobs.child import Room
from hygie.model.bulk import Bulk
from hygie.model.evidence import Reading, Refusal
from hygie.model.seams import Given
from hygie.rights.giving import LANDLOCK, lacking
from hygie.sources import READERS
from hygie.sources.capture import LARGE
from hygie.sources.intake import PASSING, Rows, rows_of, streamed
from hygie.sources.opening import UNREADABLE, Coming, Content, again, files, refusal
from hygie.sources.opening.limits import DEFAULTS, Limits
from hygie.sources.series import Terms

if TYPE_CHECKING:
    from hygie.store import Part, Parts

READY = "hygie.sources.capture.priming:prime"
"""Makes compiled loops ready before rights go."""
MOST_MEMORY = 2 << 30
"""Bytes that a process may hold: some three times what the largest captures take. A parser gone wild ends there."""


class File(NamedTuple):
    """A file that another process is to read."""

    path: str
    name: str
    """As shown: with the member, where the file is compressed."""
    size: int
    reading: Reading
    given: Given


class Request(NamedTuple):
    """Files to read, and the folder for their parts."""

    folder: str
    files: tuple[File, ...]
    limits: Limits = DEFAULTS


class Passage(NamedTuple):
    """What comes once, to be read as it comes."""

    folder: str
    name: str
    """Of what is opened: the compressed stream, where it is one."""
    kind: str
    terms: Terms
    read_at: str
    limits: Limits = DEFAULTS


def possible() -> bool:
    """Whether this kernel can take a process's rights over files."""
    return LANDLOCK not in lacking()


def room(folder: Path, size: int) -> Room:
    """What reading so many bytes (-1 unknown) needs: a capture that is large, compiled loops too."""
    return Room(str(folder), READY if size < 0 or size >= LARGE else "", MOST_MEMORY)


def answer(request: bytes, opened: Sequence[int] = ()) -> bytes:
    """Reads the files of a request and writes their parts: (readings, parts, None); of a file that is alone and cannot
    be read, ((), (), its refusal). `opened`: their numbers. Raises OSError, duckdb.Error, UNREADABLE, MemoryError: then
    none counts.
    """
    asked = msgspec.msgpack.decode(request, type=Request)
    try:
        return msgspec.msgpack.encode((*_files(asked, opened), None))
    except UNREADABLE as error:
        if len(asked.files) > 1:
            raise
        return msgspec.msgpack.encode(((), (), refusal(asked.files[0].name, error)))
    except MemoryError:
        if len(asked.files) > 1 or not READERS[asked.files[0].reading.kind].streams:
            raise  # who asks may read it with more
        return msgspec.msgpack.encode(((), (), _too_much(asked.files[0].name)))


def _too_much(name: str) -> Refusal:
    """Why a content was given up that asked for more memory than there is, or than may be held."""
    return Refusal("", name, "", "refusal.memory", (f"limit={MOST_MEMORY >> 20}",), True)


def _files(asked: Request, opened: Sequence[int]) -> "tuple[list[Reading], list[Part]]":
    """Readings and parts of several files. Raises as `answer`."""
    rows: Rows = {}
    readings: list[Reading] = []
    made: list[Part] = []
    parts = _parts(asked.folder)
    try:
        for place, file in enumerate(asked.files):
            item = same(file, opened[place] if opened else -1, asked.limits)
            spill = partial(_spilled, parts, made)
            reading, found = rows_of(item, READERS[file.reading.kind], file.reading, file.given, spill)
            readings.append(reading)
            for kind, items in found.items():
                rows.setdefault(kind, []).extend(items)
        made.extend(part for kind, items in rows.items() for part in parts.keep(kind, items))
    finally:
        parts.close()
    return readings, made


def take(request: bytes, opened: Sequence[int]) -> bytes:
    """Reads what comes once: (its reading, parts, refusals); (None, (), why not) where it cannot be read.

    Raises duckdb.Error.
    """
    asked = msgspec.msgpack.decode(request, type=Passage)
    parts = _parts(asked.folder)
    with open(opened[0], "rb", buffering=0, closefd=False) as stream:
        try:
            return msgspec.msgpack.encode(_taken(asked, stream, parts))
        except UNREADABLE as error:
            return msgspec.msgpack.encode((None, (), (refusal(asked.name, error),)))
        except MemoryError:
            return msgspec.msgpack.encode((None, (), (_too_much(asked.name),)))
        finally:
            parts.close()


def _taken(asked: Passage, stream: Any, parts: "Parts") -> "tuple[Reading | None, list[Part], list[Refusal]]":
    """The first content of a stream. Raises UNREADABLE, duckdb.Error."""
    made: list[Part] = []
    refused: list[Refusal] = []
    for item in files([Coming(asked.name, stream)], asked.limits):
        if isinstance(item, Refusal):
            refused.append(item)
            continue
        reader = READERS[asked.kind]
        if not reader.recognises(item):
            raise ValueError("refusal.changed")
        reading, rows = streamed(item, reader, asked.terms, asked.read_at, {}, partial(_spilled, parts, made))
        made = renamed(parts, made, reading.id)
        refused = rows.pop("refusal", [])
        made.extend(part for kind, items in rows.items() for part in parts.keep(kind, items))
        return reading, made, refused
    return None, made, refused


def renamed(parts: "Parts", made: "Sequence[Part]", ident: str) -> "list[Part]":
    """Parts that were written before their reading's id was known, under its id. Raises OSError, duckdb.Error."""
    return [parts.rename(part, ident) if PASSING in part.holders else part for part in made]


def same(file: File, opened: int = -1, limits: Limits = DEFAULTS) -> Content:
    """The content that was identified. Raises ValueError where another stands there now, OSError, UNREADABLE."""
    item = again(file.path, file.name, opened, limits)
    if item.sha256() != file.reading.sha256:
        raise ValueError("refusal.changed")
    return item


def _spilled(parts: "Parts", made: "list[Part]", _: str, kind: str, rows: Sequence[Any] | Bulk) -> None:
    """Writes rows of a file that is not through."""
    made.extend(parts.keep(kind, rows))


def _parts(folder: str) -> "Parts":
    from hygie.store import Parts

    return Parts(Path(folder))
