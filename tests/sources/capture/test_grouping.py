import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel.compiled import HERE as COMPILED
from hygie.sources.capture import grouping
from hygie.sources.capture.grouping import Groups, earliest, grouped

TABLES = st.lists(st.tuples(*[st.integers(-2, 2)] * 3), max_size=60)


def test_times_of_zero_are_no_times() -> None:
    first, second = np.array([0, 5, 0, 7]), np.array([0, 0, 3, 2])
    assert earliest(first, second).tolist() == [0, 5, 3, 2]


@settings(deadline=None, database=None)
@given(TABLES)
def test_groups_equal_a_dictionary(rows: list[tuple[int, int, int]]) -> None:
    table = np.array(rows, np.int64).reshape(-1, 3)
    groups, count = grouped(table[:, :2])
    numbers: dict[tuple[int, int], int] = {}
    assert groups.tolist() == [numbers.setdefault(row[:2], len(numbers)) for row in rows]
    assert count == len(numbers)
    if rows:
        found = Groups(table[:, :2])
        values: dict[tuple[int, int], list[int]] = {}
        for row in rows:
            values.setdefault(row[:2], []).append(row[2])
        assert found.heads.tolist() == [[r[:2] for r in rows].index(key) for key in values]
        assert found.sums(table[:, 2]).tolist() == [sum(v) for v in values.values()]
        assert found.least(table[:, 2]).tolist() == [min(v) for v in values.values()]
        assert found.greatest(table[:, 2]).tolist() == [max(v) for v in values.values()]


@pytest.mark.skipif(not COMPILED, reason="numba is not installed")
def test_large_tables_are_grouped_by_compiled_code_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    table = (np.arange(60_000, dtype=np.int64) ** 3 % 61).reshape(-1, 2)
    by_kernel = grouped(table)
    monkeypatch.setattr(grouping, "_MANY", len(table))
    by_hand = grouped(table)
    assert by_kernel[0].tolist() == by_hand[0].tolist()
    assert by_kernel[1] == by_hand[1]


def test_the_earliest_of_a_group_leaves_out_what_has_no_time() -> None:
    groups = Groups(np.array([[1], [2], [1], [3], [2]]))
    assert groups.begins(np.array([0, 9, 5, 0, 7])).tolist() == [5, 7, 0]
    assert groups.bits(np.array([1, 2, 4, 8, 16])).tolist() == [5, 18, 8]
