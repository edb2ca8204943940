"""Parquet parts: immutable files of one kind of row, written whole or not at all.

DuckDB reads and writes them from and to NumPy; it may open nothing outside the parts' folder, and loads no extension.
"""

import os
import secrets
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from hygie.model import READ_ROWS, ROWS
from hygie.model.bulk import Bulk
from hygie.store.columns import SQL_TYPES, Column, clean, encode, spread

PART_ROWS = 100_000
"""Rows of one part: bounds the memory that writing takes."""


class Part(NamedTuple):
    """A part that was written and is not yet named."""

    file: str
    kind: str
    rows: int
    holders: Mapping[str, int]
    """Rows by reading; empty for what stages derive."""


class Parts:
    """The parts of one workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def write(self, name: str, columns: Mapping[str, Column]) -> None:
        """Writes, flushes and renames one part. Raises OSError, duckdb.Error."""
        chosen = ", ".join(
            f"CAST({_quoted(c)} AS {SQL_TYPES[a.dtype.kind]}) AS {_quoted(c)}" for c, a in columns.items()
        )
        with self._lock:
            connection = self._connect()
            with registered(connection, "incoming", columns):
                self._copy(name, f"SELECT {chosen} FROM incoming")

    def keep(self, kind: str, rows: Sequence[Any] | Bulk) -> list[Part]:
        """Writes rows of a kind as parts of at most `PART_ROWS`. Raises OSError, duckdb.Error."""
        made: list[Part] = []
        token = secrets.token_hex(8)
        for start in range(0, len(rows), PART_ROWS):
            end = min(start + PART_ROWS, len(rows))
            if isinstance(rows, Bulk):
                columns, holders = spread(rows, start, end), {rows.reading: end - start}
            else:
                piece = rows[start:end]
                columns = encode(ROWS[kind], piece)
                holders = dict(Counter(row.reading for row in piece)) if kind in READ_ROWS else {}
            file = f"{kind}-{token}-{len(made):05}.parquet"  # names in order: so the rows of a stage come back
            self.write(file, columns)
            made.append(Part(file, kind, end - start, holders))
        return made

    def rename(self, part: Part, reading: str) -> Part:
        """Writes a part of one reading anew under another reading's id, and deletes the old. Raises OSError,
        duckdb.Error."""
        new = f"{part.kind}-{secrets.token_hex(8)}-00000.parquet"
        with self._lock, registered(self._connect(), "wanted", {"value": texts([reading])}):
            query = "SELECT * REPLACE ((SELECT value FROM wanted) AS reading) FROM "
            self._copy(new, query + self._source([part.file]))
        self.remove([part.file])
        return Part(new, part.kind, part.rows, {reading: part.rows})

    def rewrite(self, old: str, new: str, without: Sequence[str], columns: Sequence[str] = ("reading",)) -> int:
        """Writes part `new` with the rows of `old` that have none of these values in the columns; gives the rows kept.

        A column that the part lacks says nothing.
        """
        there = set(self.read([old], "reading", ()))
        named = [f"coalesce({_quoted(c)}, '') NOT IN (SELECT value FROM wanted)" for c in columns if c in there]
        kept = f"FROM {self._source([old])} WHERE {' AND '.join(named)}"
        with self._lock, registered(self._connect(), "wanted", {"value": texts(without)}):
            found = self._connect().execute(f"SELECT count(*) {kept}").fetchone()
            rows = int(found[0]) if found else 0
            if rows:
                self._copy(new, f"SELECT * {kept}")
        return rows

    def read(self, names: Sequence[str], column: str = "", values: Iterable[str] = ()) -> dict[str, Column]:
        """Columns of all rows of these parts, or of those whose `column` is one of `values`."""
        query = f"SELECT * FROM {self._source(names)}"
        if not column:
            with self._lock:
                return self._connect().execute(query).fetchnumpy()
        query += f" WHERE {_quoted(column)} IN (SELECT value FROM wanted)"
        with self._lock, registered(self._connect(), "wanted", {"value": texts(sorted(set(values)))}):
            return self._connect().execute(query).fetchnumpy()

    def fingerprints(self, names: Sequence[str], columns: Sequence[str]) -> list[str]:
        """One hash per row, sorted: what a digest is made of."""
        text = ", ".join(f"coalesce(CAST({_quoted(c)} AS VARCHAR), '')" for c in columns)
        query = f"SELECT md5(concat_ws(chr(31), {text})) AS h FROM {self._source(names)} ORDER BY h"
        with self._lock:
            return [str(row[0]) for row in self._connect().execute(query).fetchall()]

    def remove(self, names: Sequence[str]) -> None:
        """Deletes files; one that is gone already is no error."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def sweep(self, named: frozenset[str]) -> None:
        """Deletes what no manifest row names: leftovers of a process that died."""
        for file in self.folder.iterdir():
            if file.name not in named:
                file.unlink()

    def close(self) -> None:
        """Gives DuckDB's memory back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _copy(self, name: str, query: str) -> None:
        temporary = self.folder / f"{name}.tmp"
        target = str(temporary).replace("'", "''")
        self._connect().execute(
            f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
        )
        with temporary.open("rb+") as file:
            os.fchmod(file.fileno(), 0o600)
            os.fsync(file.fileno())
        temporary.rename(self.folder / name)
        flush_folder(self.folder)

    def _source(self, names: Sequence[str]) -> str:
        files = ", ".join("'" + str(self.folder / name).replace("'", "''") + "'" for name in names)
        return f"read_parquet([{files}], union_by_name = true)"

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            connection = duckdb.connect(
                ":memory:",
                config={
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    "threads": "2",
                    "memory_limit": "600MB",
                    "temp_directory": "",
                    "pandas_analyze_sample": "0",
                },
            )
            folder = str(self.folder).replace("'", "''")
            connection.execute(f"SET allowed_directories = ['{folder}']")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET preserve_insertion_order = true")
            connection.execute("SET lock_configuration = true")
            self._connection = connection
        return self._connection


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, Column]) -> Iterator[None]:
    """Lets queries see NumPy columns as a table.

    The types of the columns are known: without `pandas_analyze_sample` at 0 DuckDB would look at a thousand cells of
    each column, up to four times a query, and for each of them try to import pandas (0.9 s for 5,000 rows, and 0.01 s).
    """
    connection.register(name, dict(columns))
    try:
        yield
    finally:
        connection.unregister(name)


def texts(values: Sequence[str]) -> Column:
    """Text as a column, an empty one too."""
    column = np.empty(len(values), dtype="O")
    column[:] = [clean(value) for value in values]
    return column


def flush_folder(folder: Path) -> None:
    """Makes a rename in the folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
