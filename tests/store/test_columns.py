from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.model import ROWS
from hygie.model.evidence import Evidence, Speaker, Trait
from hygie.model.knowledge import Permission, Statement, Status
from hygie.model.verdict import Because, Finding, Verdict
from hygie.store.columns import Met, clean, decode, encode, layout


def test_every_noun_that_rests_has_columns() -> None:
    for row in ROWS.values():
        assert layout(row)


@given(st.text(), st.text(), st.floats(0, 1), st.integers(-(2**63), 2**63 - 1))
def test_evidence_comes_back(subject: str, value: str, confidence: float, first: int) -> None:
    rows = [Evidence("R1", clean(subject), Trait.MAC, clean(value), clean(value), "B2", confidence, first)]
    assert decode(Evidence, encode(Evidence, rows), 1) == rows


def test_nested_reasons_and_unknown_answers_come_back() -> None:
    because = (Because("a.b", ("x=1", "y=é"), "R1#B2"), Because("c"))
    finding = Finding("F", "P", "CVE-2020-1", "os", Verdict.POSSIBLE, "hygie", "", 0.5, because)  # type: ignore[arg-type]
    back = decode(Finding, encode(Finding, [finding]), 1)[0]
    assert back.because == because
    assert back.verdict is Verdict.POSSIBLE
    for allowed in (True, False, None):
        row = Permission("R", "A1", "manufacturer", "m", "p", "", "patch", allowed, "", "", "", "")  # type: ignore[arg-type]
        assert decode(Permission, encode(Permission, [row]), 1)[0].allowed is allowed


def test_text_that_cannot_rest_is_made_visible() -> None:
    assert clean("a\0b") == "a\ufffdb"
    assert clean("a\ud800b") == "a?b"


def test_a_missing_column_takes_its_default_or_is_an_error() -> None:
    columns = encode(Evidence, [Evidence("R", "s", Trait.IP, "v", "v", "p")])
    del columns["first"]
    assert decode(Evidence, columns, 1)[0].first == 0
    del columns["value"]
    with pytest.raises(TypeError):
        decode(Evidence, columns, 1)


def test_a_missing_value_takes_its_default_or_is_an_error() -> None:
    """As of an old part that lacks a column and is read together with parts that have it."""
    rows = [Evidence("R", "s", Trait.IP, "v", "v", "p", 0.5, 7, 9)] * 2
    columns = encode(Evidence, rows)
    for name in ("first", "confidence", "value"):
        columns[name] = np.ma.masked_array(columns[name], [True, False])
    with pytest.raises(TypeError):
        decode(Evidence, columns, 2)
    columns["value"] = columns["value"].data
    old, new = decode(Evidence, columns, 2)
    assert (old.first, old.confidence) == (0, 1.0)
    assert (new.first, new.confidence) == (7, 0.5)


def test_an_old_part_is_read_beside_a_new_one(tmp_path: Path) -> None:
    """An older version wrote neither the justification nor the identifiers."""
    said = ("R", "A", "B2", Speaker.MANUFACTURER, "Norvane", "2026-08-01", "CVE-2026-1", (), Status.AFFECTED)
    new = Statement(*said, "", "Norvane", "Lumira", "1", False, justification="word", identifiers=("sku=1",))
    columns = encode(Statement, [new])
    old = {name: column for name, column in columns.items() if name not in ("justification", "identifiers")}
    with duckdb.connect() as connection:
        for name, held in (("new", columns), ("old", old)):
            connection.register("held", dict(held))
            connection.execute(f"COPY (SELECT * FROM held) TO '{tmp_path / name}.parquet' (FORMAT parquet)")
            connection.unregister("held")
        found = connection.execute(f"FROM read_parquet('{tmp_path}/*.parquet', union_by_name = true)").fetchnumpy()
    assert sorted(decode(Statement, found, 2), key=lambda s: s.justification) == [
        replace(new, justification="", identifiers=()),
        new,
    ]


def test_an_annotation_without_column_is_an_error() -> None:
    @dataclass
    class Odd:
        what: list[int]

    with pytest.raises(TypeError):
        layout(Odd)


def test_texts_that_repeat_are_kept_once() -> None:
    rows = [Evidence("r" * 9, f"device:row={i}", Trait.IP, "10.0.0.1", "10.0.0.1", f"B{i}") for i in range(3000)]
    met: Met = {}
    one = decode(Evidence, encode(Evidence, rows[:2000]), 2000, met)
    two = decode(Evidence, encode(Evidence, rows[2000:]), 1000, met)
    assert one + two == rows
    assert len({id(row.value) for row in one + two}) == 1
    assert len({id(row.reading) for row in one + two}) == 1


def test_reasons_that_repeat_are_kept_once() -> None:
    because = (Because("because.match.version", ("version=1",), "r#1"),)
    rows = [Finding(str(i), "p", "v", "product", Verdict.POSSIBLE, Speaker.HYGIE, "", 0.5, because) for i in range(100)]
    back = decode(Finding, encode(Finding, rows), 100)
    assert back == rows
    assert len({id(row.because) for row in back}) == 1
