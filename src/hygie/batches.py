"""The stage `read`: files -> readings in the store, in batches; where there is much to read, on all cores.

What comes in: paths, the person's terms, the store. What goes out: what was read, what was known, what was refused.

This process recognises and identifies every file, in name order, so what supersedes what is decided here alone. Rows
of single files it may leave to other processes (`jobs`): they write parts, as this one does, and answer with the
names and counts; this one commits them. What they cannot do is done here. The result is the same either way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from hygie.jobs import pool
from hygie.model.bulk import Bulk
from hygie.model.evidence import Reading, Refusal
from hygie.model.seams import Clock, Given
from hygie.sources import READERS
from hygie.sources.intake import Rows, Shelf, Spill, intake, rows_of
from hygie.sources.opening import UNREADABLE, Content, again, refusal
from hygie.sources.series import Terms, unread
from hygie.store import Ledger, Part, Parts

BATCH_ROWS = 150_000
"""Rows that are gathered before a part is written."""

BATCH_FILES = 1_000
"""Files whose rows are gathered before a part is written."""

ALONE = 4_000_000
"""Bytes of new files that are read here before another process is asked: starting one takes half a second."""

ALONE_FILES = 40
"""Files that are read here before another process is asked."""

GROUP, GROUP_FILES = 3_000_000, 60
"""Bytes, and files, of one request: enough that answering is little of the work."""

WAITING = 2 * GROUP
"""Bytes that may wait for each other process; beyond, files are read here. A larger file waits behind less than it."""

Over = Callable[[Reading], bool]
"""Whether a file is not to be read again: see `Shelf.over`."""
Tell = Callable[[str, int], None]
"""Progress: what is being done, and how much of it."""


class Known(NamedTuple):
    """What reading did."""

    read: list[Reading]
    known: int
    """Files whose reading was here already."""
    refusals: list[Refusal]
    """In the order of the files."""


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


class Answer(NamedTuple):
    """Readings with their counts, and the parts that hold their rows."""

    readings: tuple[Reading, ...]
    parts: tuple[Part, ...]


def answer(request: bytes) -> bytes:
    """Reads the files of a request and writes their parts. Raises OSError, duckdb.Error, UNREADABLE: then none counts.

    Runs in a process of its own.
    """
    asked = msgspec.msgpack.decode(request, type=Request)
    rows: Rows = {}
    readings = []
    parts = Parts(Path(asked.folder))
    made: list[Part] = []
    try:
        for file in asked.files:
            spill = partial(_spilled, parts, made)
            reading, found = rows_of(_same(file), READERS[file.reading.kind], file.reading, file.given, spill)
            readings.append(reading)
            for kind, items in found.items():
                rows.setdefault(kind, []).extend(items)
        made.extend(part for kind, items in rows.items() for part in parts.keep(kind, items))
    finally:
        parts.close()
    return msgspec.msgpack.encode(Answer(tuple(readings), tuple(made)))


def _spilled(parts: Parts, made: list[Part], _: str, kind: str, rows: Sequence[Any] | Bulk) -> None:
    """Writes rows of a file that is not through."""
    made.extend(parts.keep(kind, rows))


def _same(file: File) -> Content:
    """The content that was identified. Raises ValueError where another stands there now, OSError, UNREADABLE."""
    item = again(file.path, file.name)
    if item.sha256() != file.reading.sha256:
        raise ValueError("refusal.changed")
    return item


def read_here(file: File, spill: Spill | None = None) -> tuple[Reading, Rows]:
    """Reads what another process could not; of a file that is gone or changed meanwhile, the reading of its refusal.

    That reading is another than the one that was to be: it retires nothing, it only remembers what stood there, and the
    file is tried again.
    """
    try:
        return rows_of(_same(file), READERS[file.reading.kind], file.reading, file.given, spill)
    except UNREADABLE as error:
        whole = unread(file.name, file.reading.path, Terms(file.reading.site), file.reading.read_at)
        whole = replace(whole, refused=1, supersedes=file.reading.supersedes)
        return whole, {"refusal": [refusal(file.name, error, whole.id, whole=True)]}


class Batch:
    """What is read and not yet committed, here and elsewhere."""

    def __init__(self, store: Ledger, processes: pool.Pool, workers: int) -> None:
        self._store = store
        self._processes = processes
        self._workers = workers
        self._here: list[tuple[Reading, Rows]] = []
        self._size = 0
        self._spilled: dict[str, list[Part]] = {}
        """Parts of each reading that is not through: one that is refused in the end leaves them to be swept."""
        self._parts: list[Part] = []
        """Parts of what is read and not yet committed."""
        self._alone = [0, 0]
        """Bytes and files read here, while no other process is asked."""
        self._group: list[File] = []
        self._asked: dict[bytes, int] = {}
        """Bytes of the files of each request that is not answered."""
        self.left: dict[str, Reading] = {}
        """Readings that were left to others; with counts once they are through."""
        self.refused: dict[str, list[Refusal]] = {}
        """Refusals by reading, of those left to others."""

    def take(self, reading: Reading, rows: Rows) -> None:
        """Keeps what was read here, and commits when it is much."""
        self._here.append((reading, rows))
        self._parts.extend(self._spilled.pop(reading.id, ()))
        self._size += sum(map(len, rows.values()))
        if self._size > BATCH_ROWS or len(self._here) >= BATCH_FILES:
            self._commit()

    def spill(self, reading: str, kind: str, rows: Sequence[Any] | Bulk) -> None:
        """Writes rows of a long file before it is through. Raises OSError, duckdb.Error."""
        self._spilled.setdefault(reading, []).extend(self._store.parts.keep(kind, rows))

    def leave(self, item: Content, reading: Reading, given: Given) -> bool:
        """Leaves a file to another process, if it can be found again there and not too much waits."""
        path = item.path or item.packed
        gathered = sum(file.size for file in self._group)
        waiting = sum(self._asked.values()) + gathered
        if not (self._workers and path and _text(path) and self._much(item.size)):
            return False
        if waiting > max(WAITING * self._workers, item.size):
            return False
        self._group.append(File(path, item.name, item.size, reading, given))
        self.left[reading.id] = reading
        if gathered + item.size > GROUP or len(self._group) >= GROUP_FILES:
            self._ask()
        return True

    def gather(self) -> None:
        """Commits what others are through with."""
        for done in self._processes.ready():
            self._settle(done)

    def settle(self) -> None:
        """Waits for all that was left to others, and commits everything."""
        for file in self._group:
            self._retake(file)
        self._group.clear()
        for done in self._processes.rest():
            self._settle(done)
        self._commit()

    def succeed(self, ident: str, before: str) -> None:
        """See `Shelf.succeed`: both readings must be in the store by then."""
        self.settle()
        self._store.succeed(ident, before)

    def _much(self, size: int) -> bool:
        """Whether there is enough to read for several processes."""
        if self._alone[0] > ALONE or self._alone[1] >= ALONE_FILES:
            return True
        self._alone[0] += max(0, size)
        self._alone[1] += 1
        return self._alone[0] > ALONE

    def _ask(self) -> None:
        """Sends the group."""
        if self._group:
            request = msgspec.msgpack.encode(Request(str(self._store.parts.folder), tuple(self._group)))
            self._asked[request] = sum(file.size for file in self._group)
            self._group.clear()
            self._processes.submit(f"{__name__}:{answer.__name__}", request)

    def _settle(self, done: pool.Done) -> None:
        """Commits what another process read; what it could not is read here."""
        del self._asked[done.request]
        if done.answer is None:
            for file in msgspec.msgpack.decode(done.request, type=Request).files:
                self._retake(file)
            return
        told = msgspec.msgpack.decode(done.answer, type=Answer)
        self._store.add([(reading, {}) for reading in told.readings], told.parts)
        self.left.update((reading.id, reading) for reading in told.readings)
        refused = [reading.id for reading in told.readings if reading.refused]
        for row in self._store.select("refusal", "reading", refused) if refused else ():
            self.refused.setdefault(row.reading, []).append(row)

    def _retake(self, file: File) -> None:
        """Reads here what was to be read elsewhere."""
        reading, rows = read_here(file, self.spill)
        if not reading.stated:
            self._spilled.pop(file.reading.id, None)
        self.left[file.reading.id] = reading
        self.refused[file.reading.id] = rows.get("refusal", [])
        self.take(reading, rows)

    def _commit(self) -> None:
        """Writes what was read here."""
        if self._here:
            self._store.add(self._here, self._parts)
            self._here.clear()
            self._parts.clear()
            self._size = 0


def _text(path: str) -> bool:
    """Whether a path is text: one that is not could not be named to another process."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def read(
    store: Ledger,
    paths: Iterable[str],
    terms: Terms,
    clock: Clock,
    tell: Tell,
    processes: pool.Pool,
    over: Over = lambda _: False,
) -> Known:
    """Reads every file under the paths that is not here yet. Writes in batches, each whole or not at all.

    `processes`: those that may read beside this one; nothing else is asked of them meanwhile.
    """
    readings: list[Reading] = []
    refusals: list[tuple[str, list[Refusal]]] = []
    """Of each reading: those told at once, else its id."""
    met, workers = 0, pool.spare()
    batch = Batch(store, processes, workers)
    known, within = store.readings(), [store.folder]
    shelf = Shelf(clock, known, store.mapping, within, batch.succeed, batch.leave, over, batch.spill)
    fresh: set[str] = set()
    for reading, rows in intake(paths, terms, shelf):
        tell("read", len(readings) + met + 1)
        batch.gather()
        if rows is not None:
            batch.take(reading, rows)
        elif reading.id not in batch.left or reading.id in fresh:
            met += 1
            found = store.select("refusal", "reading", [reading.id]) if reading.refused else []
            refusals.append(("", found))
            continue
        fresh.add(reading.id)
        readings.append(reading)
        refusals.append(("", rows.get("refusal", [])) if rows is not None else (reading.id, []))
    batch.settle()
    left, refused = batch.left, batch.refused
    told = [row for ident, rows in refusals for row in (refused.get(ident, []) if ident else rows)]
    return Known([left.get(reading.id, reading) for reading in readings], met, told)
