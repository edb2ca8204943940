import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest

from hygie.store.parts import Parts, texts


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


def fill(parts: Parts, name: str = "a.parquet") -> None:
    parts.write(name, {"reading": texts(["R1", "R2", "R1"]), "value": texts(["x", "y", "é"]), "n": np.array([1, 2, 3])})


def test_a_part_comes_back_whole_and_chosen(parts: Parts) -> None:
    fill(parts)
    assert parts.read(["a.parquet"])["value"].tolist() == ["x", "y", "é"]
    assert parts.read(["a.parquet"], "reading", ["R1", "R9"])["n"].tolist() == [1, 3]
    assert parts.read(["a.parquet"], "reading", [])["n"].tolist() == []


def test_a_column_name_cannot_end_the_query(parts: Parts) -> None:
    fill(parts)
    with pytest.raises(duckdb.Error):
        parts.read(["a.parquet"], 'reading" = 1 --', ["R1"])


def test_rewriting_leaves_a_reading_out(parts: Parts) -> None:
    fill(parts)
    assert parts.rewrite("a.parquet", "b.parquet", ["R1"]) == 1
    assert parts.read(["b.parquet"])["value"].tolist() == ["y"]
    assert parts.rewrite("a.parquet", "c.parquet", ["R1", "R2"]) == 0
    assert not (parts.folder / "c.parquet").exists()


def test_fingerprints_do_not_depend_on_the_order_of_rows(parts: Parts) -> None:
    fill(parts)
    parts.write(
        "b.parquet", {"reading": texts(["R1", "R1", "R2"]), "value": texts(["é", "x", "y"]), "n": np.array([3, 1, 2])}
    )
    columns = ["reading", "value", "n"]
    assert parts.fingerprints(["a.parquet"], columns) == parts.fingerprints(["b.parquet"], columns)
    assert len(set(parts.fingerprints(["a.parquet"], columns))) == 3


def test_nothing_outside_the_folder_is_read(parts: Parts, tmp_path: Path) -> None:
    fill(parts)
    outside = tmp_path.parent / "outside.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        parts._connect().execute(f"SELECT * FROM read_csv('{outside}')")
    with pytest.raises(duckdb.Error):
        parts._connect().execute("SET enable_external_access = true")


def test_pandas_is_hidden_only_meanwhile(parts: Parts) -> None:
    before = sys.modules.get("pandas", "absent")
    fill(parts)
    assert sys.modules.get("pandas", "absent") == before


def test_sweeping_leaves_what_is_named(parts: Parts) -> None:
    fill(parts)
    fill(parts, "b.parquet")
    (parts.folder / "c.parquet.tmp").write_bytes(b"half")
    parts.sweep(frozenset({"a.parquet"}))
    assert [f.name for f in parts.folder.iterdir()] == ["a.parquet"]
    parts.remove(["a.parquet", "gone.parquet"])
    assert list(parts.folder.iterdir()) == []
