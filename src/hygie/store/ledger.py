"""The store of one workspace: SQLite's manifest over Parquet parts."""

import hashlib
import os
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from hygie.model import DERIVED_ROWS, READ_ROWS, ROWS
from hygie.model.evidence import Reading, Speaker
from hygie.store import schema
from hygie.store.columns import Met, decode, layout
from hygie.store.folder import Lock, LockHeldError, Presence, alone
from hygie.store.parts import Part, Parts

NOT_IN_DIGEST = frozenset({"read_at", "path", "name"})
"""Of a reading: when and where it was found is no part of what is known."""

FORGETTING = "forgetting"
"""Remembered while what was forgotten is not yet purged."""

WRITTEN = "written."
"""Remembered of each file that was written for people: its hash."""


AT_ONCE = 50_000
"""Rows of a part, or of several, that are made at once: their columns are held beside the rows meanwhile."""


class Ledger:
    """Implements `hygie.model.seams.Store`."""

    def __init__(self, folder: Path, engine: sa.Engine, lock: Lock | Presence) -> None:
        """`lock`: a writer's, or a reader's presence: all that a reader asks is answered as of one moment."""
        self.folder = folder
        self._engine = engine
        self._lock = lock
        self.parts = Parts(folder / "parts")
        self._moment: sa.Connection | None = None
        if isinstance(lock, Presence):
            self._moment = engine.connect()
            self._moment.exec_driver_sql("BEGIN")
        else:
            self._recover()

    def _recover(self) -> None:
        """Deletes what a writer left behind that died, or that had to leave it to readers; ends a forgetting."""
        for file in self.folder.glob(".*.tmp"):
            file.unlink()
        with alone(self.folder) as free:
            if free and self.recall(FORGETTING):
                self._purge()
            elif free:
                self.parts.sweep(self._named())

    def close(self) -> None:
        """Lets go of files, memory and the lock."""
        self.parts.close()
        if self._moment is not None:
            self._moment.close()
        self._engine.dispose()
        self._lock.close()

    @contextmanager
    def _looking(self) -> Iterator[sa.Connection]:
        """A connection to read by."""
        if self._moment is not None:
            yield self._moment
        else:
            with self._engine.connect() as connection:
                yield connection

    def _named(self) -> frozenset[str]:
        """Parts that count."""
        with self._looking() as connection:
            return frozenset(connection.execute(sa.select(schema.part.c.file)).scalars())

    def _discard(self, names: list[str]) -> None:
        """Deletes parts that no longer count; while somebody reads they stay, and the next writer deletes them."""
        with alone(self.folder) as free:
            if free:
                self.parts.remove(names)

    def readings(self) -> list[Reading]:
        """All readings, forgotten ones too, by id."""
        with self._looking() as connection:
            found = connection.execute(sa.select(schema.reading).order_by(schema.reading.c.id)).mappings()
            return [Reading(**{**row, "speaker": Speaker(row["speaker"])}) for row in found]

    def add(self, batch: Iterable[tuple[Reading, Mapping[str, list[Any]]]], written: Iterable[Part] = ()) -> None:
        """Writes the batch's rows as parts, then commits their readings: all or nothing.

        `written`: parts of theirs that `Parts.keep` wrote already. A reading that is here already is replaced.
        Raises LookupError for an unknown kind, OSError.
        """
        taken = list(batch)
        by_kind: dict[str, list[Any]] = defaultdict(list)
        for _, rows in taken:
            for kind, items in rows.items():
                if kind not in READ_ROWS:
                    raise LookupError(f"{kind} is not read")
                by_kind[kind].extend(items)
        files = [*written, *(part for kind, items in by_kind.items() for part in self.parts.keep(kind, items))]
        ids = [reading.id for reading, _ in taken]
        stale = self._rewrite(self._holding(ids), ids)
        with self._engine.begin() as connection:
            self._drop(connection, stale)
            connection.execute(sa.delete(schema.reading).where(schema.among(schema.reading.c.id, ids)))
            if taken:
                connection.execute(schema.reading.insert(), [asdict(reading) for reading, _ in taken])
            for part in files:
                self._name(connection, part, "")
        self._discard([old for old, _, _ in stale])

    def succeed(self, ident: str, before: str) -> None:
        """Lets a reading count again, as the successor of reading `before` ("" of none).

        What had taken its place takes over what it had replaced: no reading comes back by this but this one.
        """
        reading = schema.reading.c
        with self._engine.begin() as connection:
            first = connection.execute(sa.select(reading.supersedes).where(reading.id == ident)).scalar() or ""
            change = sa.update(schema.reading)
            connection.execute(change.where(reading.supersedes == ident).values(supersedes=first))
            connection.execute(change.where(reading.id == ident).values(supersedes=before))

    def rows(self, kind: str, readings: Iterable[str] | None = None) -> list[Any]:
        """Rows of a kind, of these readings (None: all), in no promised order."""
        names = self._files(kind)
        if readings is None:
            return self._decoded(kind, names)
        wanted = set(readings)
        whole, mixed = [], []
        for name, holders in self._holders(names).items():
            if holders <= wanted:
                whole.append(name)
            elif holders & wanted:
                mixed.append(name)
        return self._decoded(kind, whole) + self._decoded(kind, mixed, "reading", wanted)

    def select(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        """Rows whose column is one of values. Raises LookupError for an unknown column."""
        if column not in {f.name for f in layout(ROWS[kind])}:
            raise LookupError(f"{kind} has no {column}")
        return self._decoded(kind, self._files(kind), column, values)

    def keep(self, stage: str, fingerprint: str, rows: Mapping[str, list[Any]], written: Iterable[Part] = ()) -> None:
        """Replaces what a stage derived; `written`: parts of it that `Parts.keep` wrote already.

        Raises LookupError for a kind that no stage derives.
        """
        if unknown := set(rows) - set(DERIVED_ROWS):
            raise LookupError(f"not derived: {sorted(unknown)}")
        files = [*written, *(made for kind, items in rows.items() for made in self.parts.keep(kind, items))]
        part = schema.part.c
        with self._engine.begin() as connection:
            old = list(connection.execute(sa.select(part.file).where(part.stage == stage)).scalars())
            connection.execute(sa.delete(schema.part).where(part.stage == stage))
            connection.execute(sa.delete(schema.stage).where(schema.stage.c.name == stage))
            connection.execute(schema.stage.insert().values(name=stage, fingerprint=fingerprint))
            for made in files:
                self._name(connection, made, stage)
        self._discard(old)

    def fingerprint(self, stage: str) -> str:
        """Fingerprint under which a stage's result is kept; "" none, or a part of it is gone: then it is made again."""
        query = sa.select(schema.stage.c.fingerprint).where(schema.stage.c.name == stage)
        with self._looking() as connection:
            kept = str(connection.execute(query).scalar() or "")
            files = connection.execute(sa.select(schema.part.c.file).where(schema.part.c.stage == stage)).scalars()
            return kept if all((self.parts.folder / file).exists() for file in files) else ""

    def holdings(self) -> dict[str, dict[str, int]]:
        """Rows by kind and reading."""
        query = sa.select(schema.part.c.kind, schema.held.c.reading, sa.func.sum(schema.held.c.rows)).join(
            schema.held, schema.held.c.file == schema.part.c.file
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        with self._looking() as connection:
            for kind, reading, count in connection.execute(query.group_by(schema.part.c.kind, schema.held.c.reading)):
                found[kind][reading] = int(count)
        return dict(found)

    def forget(self, readings: Iterable[str]) -> None:
        """Takes readings' rows out of every part, drops all that was derived, and vacuums; id, dates, author remain.

        Files written for people go too, unless somebody changed them since. A process that dies within leaves a word
        for the next writer, who ends it. Raises LockHeldError while somebody reads, OSError.
        """
        with alone(self.folder) as free:
            if not free:
                raise LockHeldError(str(self.folder))
            self._forget(sorted(set(readings)))
            self._purge()

    def _forget(self, ids: list[str]) -> None:
        """Takes the readings out of the manifest."""
        words = [(file, "decision") for file in self._files("decision")]  # those that only repeat a word go with it
        stale = self._rewrite(sorted({*self._holding(ids), *words}), ids, repeated=True)
        reading, part = schema.reading.c, schema.part.c
        blank = {"source": "", "name": "", "path": "", "sha256": "", "size": 0, "stated": 0, "refused": 0, "secrets": 0}
        with self._engine.begin() as connection:
            self._drop(connection, stale)
            connection.execute(sa.delete(schema.part).where(part.stage != ""))
            connection.execute(sa.delete(schema.stage))
            gone = schema.among(reading.id, ids)
            connection.execute(sa.update(schema.reading).where(gone).values(**blank, forgotten=True))
            self._say(connection, FORGETTING, "1")

    def _purge(self) -> None:
        """Deletes every byte that no longer counts: parts, free pages and log of the database, files for people."""
        self.parts.sweep(self._named())
        for name in self._written():
            if not self.touched(name):
                (self.folder / name).unlink(missing_ok=True)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.remember(FORGETTING, "")

    def digest(self) -> str:
        """SHA-256 over all logical rows in key order: no clock, no row numbers."""
        total = hashlib.sha256()
        names = [f.name for f in fields(Reading) if f.name not in NOT_IN_DIGEST]
        for row in self.readings():
            total.update(repr([getattr(row, name) for name in names]).encode())
        for kind in sorted(ROWS):
            files = self._files(kind)
            total.update(f"\n{kind}\n".encode())
            if files:
                for line in self.parts.fingerprints(files, [f.name for f in layout(ROWS[kind])]):
                    total.update(line.encode())
        return total.hexdigest()

    def write(self, name: str, content: bytes) -> None:
        """Writes a file for people into the workspace, whole or not at all."""
        known, mark = f"{WRITTEN}{name}", hashlib.sha256(content).hexdigest()
        temporary = self.folder / f".{name}.tmp"
        with temporary.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        self.remember(known, f"{mark} {self.recall(known)}")  # either is ours, wherever this process may die
        temporary.rename(self.folder / name)
        self.remember(known, mark)

    def touched(self, name: str) -> bool:
        """Whether a file that was written for people is there and no longer as it was written."""
        found = self.mark(name)
        return found is not None and found not in self.recall(f"{WRITTEN}{name}").split()

    def mark(self, name: str) -> str | None:
        """Hash of a file of the workspace; "" where it cannot be read, None where it is not there."""
        try:
            return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        except FileNotFoundError:
            return None
        except OSError:
            return ""

    def unread(self, names: Iterable[str]) -> set[str]:
        """Those of these files that people changed and that no reading took in full."""
        taken = {r.sha256 for r in self.readings() if not (r.forgotten or r.refused)}
        return {name for name in names if self.touched(name) and self.mark(name) not in taken}

    def _written(self) -> list[str]:
        """Files that were written for people."""
        name = schema.meta.c.name
        with self._looking() as connection:
            found = connection.execute(sa.select(name).where(name.startswith(f"said.{WRITTEN}"))).scalars()
            return [str(one).removeprefix(f"said.{WRITTEN}") for one in found]

    def remember(self, name: str, value: str) -> None:
        """Keeps a word about the workspace itself; no part of the digest."""
        with self._engine.begin() as connection:
            self._say(connection, name, value)

    def _say(self, connection: sa.Connection, name: str, value: str) -> None:
        connection.execute(sa.delete(schema.meta).where(schema.meta.c.name == f"said.{name}"))
        connection.execute(schema.meta.insert().values(name=f"said.{name}", value=value))

    def recall(self, name: str) -> str:
        """What was remembered; "" nothing."""
        query = sa.select(schema.meta.c.value).where(schema.meta.c.name == f"said.{name}")
        with self._looking() as connection:
            return str(connection.execute(query).scalar() or "")

    def mapping(self, source: str) -> dict[str, str]:
        """Saved column mapping of a source: heading -> trait or "-"."""
        return self.mappings().get(source, {})

    def mappings(self) -> dict[str, dict[str, str]]:
        """All saved column mappings, by source."""
        table = schema.mapping.c
        found: dict[str, dict[str, str]] = defaultdict(dict)
        with self._looking() as connection:
            for source, heading, trait in connection.execute(sa.select(table.source, table.heading, table.trait)):
                found[source][heading] = trait
        return dict(found)

    def save_mapping(self, source: str, columns: Mapping[str, str]) -> None:
        """Replaces the saved mapping of a source."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.mapping).where(schema.mapping.c.source == source))
            for heading, trait in columns.items():
                connection.execute(schema.mapping.insert().values(source=source, heading=heading, trait=trait))

    def _decoded(self, kind: str, names: list[str], column: str = "", values: Iterable[str] = ()) -> list[Any]:
        if not names:
            return []
        rows: list[Any] = []
        met: Met = {}
        for some in [names] if column else self._portions(names):
            columns = self.parts.read(some, column, values)
            rows += decode(ROWS[kind], columns, len(next(iter(columns.values()))), met)
        return rows

    def _portions(self, names: list[str]) -> Iterator[list[str]]:
        """The parts, so many at a time as hold `AT_ONCE` rows."""
        with self._looking() as connection:
            found = connection.execute(sa.select(schema.part.c.file, schema.part.c.rows))
            held = {str(file): int(rows) for file, rows in found}
        some: list[str] = []
        for name in names:
            some.append(name)
            if sum(held[one] for one in some) >= AT_ONCE:
                yield some
                some = []
        if some:
            yield some

    def _files(self, kind: str) -> list[str]:
        query = sa.select(schema.part.c.file).where(schema.part.c.kind == kind).order_by(schema.part.c.file)
        with self._looking() as connection:
            return list(connection.execute(query).scalars())

    def _holders(self, names: list[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {name: set() for name in names}
        with self._looking() as connection:
            for reading, file in connection.execute(sa.select(schema.held.c.reading, schema.held.c.file)):
                if file in found:
                    found[file].add(reading)
        return found

    def _holding(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Parts (file, kind) that hold rows of these readings."""
        query = (
            sa.select(schema.part.c.file, schema.part.c.kind)
            .join(schema.held, schema.held.c.file == schema.part.c.file)
            .where(schema.among(schema.held.c.reading, ids))
            .distinct()
            .order_by(schema.part.c.file)
        )
        with self._looking() as connection:
            return [(str(file), str(kind)) for file, kind in connection.execute(query)]

    def _rewrite(
        self, parts: list[tuple[str, str]], without: list[str], repeated: bool = False
    ) -> list[tuple[str, str, int]]:
        """New parts without these readings' rows, nor words that were `repeated` from them: (old, new, rows kept)."""
        done = []
        for old, kind in parts:
            new = f"{kind}-{secrets.token_hex(8)}.parquet"
            columns = ("reading", "first") if repeated and kind == "decision" else ("reading",)
            done.append((old, new, self.parts.rewrite(old, new, without, columns)))
        return done

    def _drop(self, connection: sa.Connection, stale: list[tuple[str, str, int]]) -> None:
        """Lets the manifest name the rewritten parts instead of the old ones."""
        part, held = schema.part.c, schema.held.c
        for old, new, rows in stale:
            kind = connection.execute(sa.select(part.kind).where(part.file == old)).scalar_one()
            connection.execute(sa.delete(schema.held).where(held.file == old))
            connection.execute(sa.delete(schema.part).where(part.file == old))
            if rows:
                self._name(connection, Part(new, kind, rows, self._still(new)), "")

    def _still(self, new: str) -> dict[str, int]:
        """Rows of a rewritten part by reading."""
        return dict(Counter(self.parts.read([new])["reading"].tolist()))

    def _name(self, connection: sa.Connection, made: Part, stage: str) -> None:
        """Lets the manifest name a part: from here on it counts."""
        row = {"file": made.file, "kind": made.kind, "stage": stage, "rows": made.rows}
        connection.execute(schema.part.insert().values(**row))
        for reading, count in made.holders.items():
            connection.execute(schema.held.insert().values(reading=reading, file=made.file, rows=count))
