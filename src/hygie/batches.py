"""The stage `read`: files -> readings in the store, in batches; where there is much to read, on all cores.

What comes in: paths, the person's terms, the store. What goes out: what was read, what was known, what was refused.

This process recognises and identifies every file, in name order, so what supersedes what is decided here alone. Rows
of single files it may leave to other processes (`jobs`): they write parts, as this one does, and answer with the
names and counts; this one commits them. What they cannot do is done here. The result is the same either way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec

from hygie import confined
from hygie.confined import File, Request
from hygie.jobs import pool
from hygie.model.bulk import Bulk
from hygie.model.evidence import Reading, Refusal
from hygie.model.seams import Clock, Given, Reader
from hygie.sources import READERS
from hygie.sources.intake import Arrival, Rows, Shelf, Spill, intake, rows_of
from hygie.sources.opening import UNREADABLE, Coming, Content, Limits, refusal
from hygie.sources.opening.limits import DEFAULTS
from hygie.sources.series import Terms, unread
from hygie.store import Ledger, Part
from hygie.store.signers import Signers
from hygie.streams import Streams, Tell

BATCH_ROWS = 150_000
"""Rows that are gathered before a part is written."""

BATCH_FILES = 1_000
"""Files whose rows are gathered before a part is written."""

ALONE = 4_000_000
"""Bytes of new files that are read here before another process is asked: starting one takes half a second."""

ALONE_FILES = 40
"""Files that are read here before another process is asked."""

TARGET = f"{confined.__name__}:answer"
"""What other processes are asked for."""

GROUP, GROUP_FILES = 3_000_000, 60
"""Bytes, and files, of one request: enough that answering is little of the work."""

WAITING = 2 * GROUP
"""Bytes that may wait for each other process; beyond, files are read here. A larger file waits behind less than it."""

Over = Callable[[Reading], bool]
"""Whether a file is not to be read again: see `Shelf.over`."""


class Known(NamedTuple):
    """What reading did."""

    read: list[Reading]
    known: int
    """Files whose reading was here already."""
    refusals: list[Refusal]
    """In the order of the files."""


class Answer(NamedTuple):
    """Readings with their counts, and the parts that hold their rows."""

    readings: tuple[Reading, ...]
    parts: tuple[Part, ...]
    failed: Refusal | None
    """Why a file that was alone could not be read."""


def read_here(file: File, spill: Spill | None = None) -> tuple[Reading, Rows]:
    """Reads what another process could not; of a file that is gone or changed meanwhile, the reading of its refusal.

    That reading is another than the one that was to be: it retires nothing, it only remembers what stood there, and the
    file is tried again.
    """
    try:
        return rows_of(confined.same(file), READERS[file.reading.kind], file.reading, file.given, spill)
    except UNREADABLE as error:
        return refused(file, refusal(file.name, error))


def refused(file: File, why: Refusal) -> tuple[Reading, Rows]:
    """The reading of a file that could not be read after all, with its refusal."""
    whole = unread(file.name, file.reading.path, Terms(file.reading.site), file.reading.read_at)
    whole = replace(whole, refused=1, supersedes=file.reading.supersedes)
    return whole, {"refusal": [replace(why, reading=whole.id, whole=True)]}


class Batch:
    """What is read and not yet committed, here and elsewhere."""

    def __init__(
        self,
        store: Ledger,
        processes: pool.Pool,
        streams: Streams,
        terms: Terms,
        limits: Limits,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self._store = store
        self._processes = processes
        self._waiting = waiting
        self._workers = pool.spare()
        self._terms = terms
        self._limits = limits
        self._streams = streams
        self._alone_only = confined.possible() and processes.workers > 0
        """Whether captures are read by other processes only: those give up their rights."""
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

    def receive(self, arrival: Arrival) -> tuple[Reading, Rows]:
        """Reads what comes once: see `Shelf.receive`."""
        reading, rows, parts = self._streams.receive(arrival)
        self._spilled[reading.id] = parts
        return reading, rows

    def rows(self, item: Content, reader: Reader, reading: Reading, given: Given) -> tuple[Reading, Rows]:
        """Reads what stays here; what holds a capture without being a file is passed on. Raises UNREADABLE."""
        if not (reader.streams and self._alone_only):
            return rows_of(item, reader, reading, given, self.spill)
        came, rows, parts = self._streams.receive(Arrival(item, reader, self._terms, reading.read_at, given.mapping))
        if came.id != reading.id:
            raise ValueError("refusal.changed")
        self._spilled[reading.id] = parts
        return replace(reading, stated=came.stated, refused=came.refused), rows

    def leave(self, item: Content, reading: Reading, given: Given) -> bool:
        """Leaves a file to another process, if it can be found again there and not too much waits.

        A workbook stays: it has a process of its own, which none without rights could start. A capture always goes.
        """
        path = item.path or item.packed
        capture = self._alone_only and READERS[reading.kind].streams
        if not path or not _text(path) or item.workbook or not (capture or self._workers):
            return False
        gathered = sum(file.size for file in self._group)
        waiting = sum(self._asked.values()) + gathered
        if not capture and (not self._much(item.size) or waiting > max(WAITING * self._workers, item.size)):
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
        captures = [file for file in self._group if self._apart(file)]
        for file in self._group:
            if file not in captures:
                self._retake(file)
        self._group = captures
        self._ask()
        if self._waiting and self._asked and self._alone[0] > ALONE:
            self._waiting()
        while self._asked:
            for done in self._processes.rest():
                self._settle(done)
        self._commit()

    def _apart(self, file: File) -> bool:
        """Whether a file may be read by processes without rights only."""
        return self._alone_only and READERS[file.reading.kind].streams

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
            self._send(tuple(self._group))
            self._group.clear()

    def _send(self, files: tuple[File, ...]) -> None:
        """Asks for files: where the kernel can, of a process that gives up its rights."""
        folder = self._store.parts.folder
        request = msgspec.msgpack.encode(Request(str(folder), files, self._limits))
        self._asked[request] = sum(file.size for file in files)
        if not confined.possible():
            self._processes.submit(TARGET, request)
            return
        largest = max((file.size for file in files if READERS[file.reading.kind].streams), default=0)
        self._processes.submit(TARGET, request, confined.room(folder, largest), [file.path for file in files])

    def _settle(self, done: pool.Done) -> None:
        """Commits what another process read; what it could not is read here, but for captures."""
        del self._asked[done.request]
        files = msgspec.msgpack.decode(done.request, type=Request).files
        if done.answer is None:
            for file in files:
                self._unanswered(file, len(files))
            return
        told = msgspec.msgpack.decode(done.answer, type=Answer)
        if told.failed:
            self._give_up(files[0], told.failed)
            return
        self._store.add([(reading, {}) for reading in told.readings], told.parts)
        self.left.update((reading.id, reading) for reading in told.readings)
        refused = [reading.id for reading in told.readings if reading.refused]
        for row in self._store.select("refusal", "reading", refused) if refused else ():
            self.refused.setdefault(row.reading, []).append(row)

    def _unanswered(self, file: File, among: int) -> None:
        """What becomes of a file over which, or beside which, a process died."""
        if not self._apart(file):
            self._retake(file)
        elif among > 1:
            self._send((file,))  # perhaps it was another one's fault
        else:
            self._give_up(file, Refusal("", file.name, "", "refusal.reader", (), True))

    def _give_up(self, file: File, why: Refusal) -> None:
        """Keeps why a file was not read."""
        reading, rows = refused(file, why)
        self.left[file.reading.id] = reading
        self.refused[file.reading.id] = rows["refusal"]
        self.take(reading, rows)

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
    paths: Iterable[str | Coming],
    terms: Terms,
    clock: Clock,
    tell: Tell,
    processes: pool.Pool,
    over: Over = lambda _: False,
    limits: Limits = DEFAULTS,
    waiting: Callable[[], None] | None = None,
) -> Known:
    """Reads every file under the paths that is not here yet. Writes in batches, each whole or not at all.

    `processes`: those that may read beside this one; nothing else is asked of them meanwhile. `waiting`: called when
    much was read and all that is left to do here is to wait for them.
    """
    with Streams(store.parts, tell) as streams:
        batch = Batch(store, processes, streams, terms, limits, waiting)
        shelf = Shelf(
            clock,
            store.readings(),
            store.mapping,
            [store.folder],
            succeed=batch.succeed,
            elsewhere=batch.leave,
            over=over,
            spill=batch.spill,
            receive=batch.receive,
            rows=batch.rows,
            limits=limits,
            trusted=Signers(store).holding,
        )
        return _taken(store, batch, intake(paths, terms, shelf), tell)


def _taken(store: Ledger, batch: Batch, coming: Iterable[tuple[Reading, Rows | None]], tell: Tell) -> Known:
    """Takes all that `intake` gives."""
    readings: list[Reading] = []
    refusals: list[tuple[str, list[Refusal]]] = []
    """Of each reading: those told at once, else its id."""
    met = 0
    fresh: set[str] = set()
    for reading, rows in coming:
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
