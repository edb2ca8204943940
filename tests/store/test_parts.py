import dataclasses
from pathlib import Path

import duckdb
import numpy as np
import pytest

from hygie.model.bulk import Bulk
from hygie.model.knowledge import Component, Score
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


def test_types_come_from_the_columns_not_from_the_first_cells(parts: Parts) -> None:
    rows = [Score("r1", "", 0.5, 0.5, "")] * 2_000 + [Score("r1", "CVE-2020-1000", 0.5, 0.5, "2026-01-01")]
    parts.keep("score", rows)
    (name,) = [file.name for file in parts.folder.iterdir()]
    assert parts.read([name])["vulnerability"].tolist() == [row.vulnerability for row in rows]
    assert parts.read([name], "vulnerability", ["CVE-2020-1000"])["dated"].tolist() == ["2026-01-01"]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_columns_rest_as_the_same_rows_do(parts: Parts, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr("hygie.store.parts.PART_ROWS", 2)
    columns = {"vulnerability": [f"CVE-2020-{n}\0" for n in range(count)], "epss": [n / 9 for n in range(count)]}
    bulk = Bulk(Score, "r1", columns, {"percentile": 0.5, "dated": "2026-01-01"})
    there, here = parts.keep("score", bulk), parts.keep("score", list(bulk.rows()))
    assert [(part.rows, dict(part.holders)) for part in there] == [(part.rows, dict(part.holders)) for part in here]
    names = [field.name for field in dataclasses.fields(Score)]
    for one, other in zip(there, here, strict=True):
        assert parts.fingerprints([one.file], names) == parts.fingerprints([other.file], names)


def test_parts_of_one_keeping_are_named_in_order(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hygie.store.parts.PART_ROWS", 1)
    rows = [Score("r1", f"CVE-2020-{n}", 0.5, 0.5, "") for n in range(12)]
    names = [part.file for part in parts.keep("score", rows)]
    assert names == sorted(names)
    assert parts.read(names)["vulnerability"].tolist() == [row.vulnerability for row in rows]


def test_columns_without_a_field_have_its_default(parts: Parts) -> None:
    same = dict.fromkeys(("document", "place", "reference", "type", "make", "version"), "x")
    (part,) = parts.keep("component", Bulk(Component, "r1", {"name": ["a", "b"]}, same))
    columns = parts.read([part.file])
    assert columns["name"].tolist() == ["a", "b"]
    assert columns["reading"].tolist() == ["r1", "r1"]
    assert columns["hashes"].tolist() == columns["purl"].tolist() == ["", ""]


def test_sweeping_leaves_what_is_named(parts: Parts) -> None:
    fill(parts)
    fill(parts, "b.parquet")
    (parts.folder / "c.parquet.tmp").write_bytes(b"half")
    parts.sweep(frozenset({"a.parquet"}))
    assert [f.name for f in parts.folder.iterdir()] == ["a.parquet"]
    parts.remove(["a.parquet", "gone.parquet"])
    assert list(parts.folder.iterdir()) == []
