import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.exports.cells import comma_separated, harmless, shown


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "\n=1"])
def test_formulas_are_made_text(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-12.5", "+33", "", "a=b", "000123"])
def test_the_rest_stays(cell: str) -> None:
    assert harmless(cell) == cell


def test_values_become_text() -> None:
    assert [shown(v) for v in (None, ("a", "b"), [], 3, 0.5)] == ["", "a b", "", "3", "0.5"]


# How long making a table takes depends on what else the machine does, and says nothing of what is tested.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_rows_come_back_and_nothing_is_a_formula(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(comma_separated(["a", "b"], rows), newline="")))
    assert back[0] == ["a", "b"]
    assert [[harmless(c) for c in row] for row in rows] == back[1:]
    assert not any(cell.startswith(("=", "@")) for row in back[1:] for cell in row)
