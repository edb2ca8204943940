import duckdb
import pytest
import sqlalchemy as sa

from hygie.store.trouble import BROKEN, trouble

SQL = [
    ("database or disk is full", "workspace.disk"),
    ("attempt to write a readonly database", "workspace.disk"),
    ("unable to open database file", "workspace.disk"),
    ("database is locked", "workspace.locked"),
    ("database disk image is malformed", "workspace.damaged"),
    ("file is not a database", "workspace.damaged"),
]


@pytest.mark.parametrize(("said", "key"), SQL)
def test_what_sqlite_says(said: str, key: str) -> None:
    error = sa.exc.OperationalError("INSERT INTO reading VALUES ('DUPONT')", {}, Exception(said))
    assert isinstance(error, BROKEN)
    found = trouble(error)
    assert found[0] == key
    assert "DUPONT" not in found[1]


def test_what_duckdb_says() -> None:
    assert trouble(duckdb.OutOfMemoryException("Out of Memory Error: failed")) == ("workspace.memory", "")
    full = duckdb.IOException('IO Error: Could not write file "/w/parts/a.parquet.tmp": No space left on device')
    assert trouble(full)[0] == "workspace.disk"
    damaged = duckdb.InvalidInputException("No magic bytes found at end of file '/secret/w/parts/evidence-12.parquet'")
    assert trouble(damaged) == ("workspace.damaged", "evidence-12.parquet")
