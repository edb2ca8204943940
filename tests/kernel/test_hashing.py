import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import hashing
from hygie.kernel.compiled import HERE

pytestmark = pytest.mark.skipif(not HERE, reason="numba is not installed")

WORDS = st.integers(-(1 << 63), (1 << 63) - 1)
MASK = (1 << 64) - 1
few = settings(deadline=None, database=None, max_examples=60)


def signed(value: int) -> int:
    return (value & MASK) - (1 << 64 if value >> 63 & 1 else 0)


def stirred(value: int, more: int) -> int:
    """`stir` in whole numbers."""
    mixed = ((value ^ more) & MASK) * (-7046029254386353131 & MASK) & MASK
    mixed ^= mixed >> 29
    mixed = mixed * (-4658895280553007687 & MASK) & MASK
    return signed(mixed ^ mixed >> 32)


@few
@given(WORDS, WORDS)
def test_stirring_wraps_around_as_written(value: int, more: int) -> None:
    assert hashing.stir(np.int64(value), np.int64(more)) == stirred(value, more)


@few
@given(st.binary(max_size=70), st.integers(0, 5), WORDS)
def test_bytes_are_hashed_eight_at_a_time(data: bytes, before: int, seed: int) -> None:
    array = np.frombuffer(b"\xaa" * before + data + b"\xbb" * 3, np.uint8)
    value = stirred(seed, len(data))
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        value = stirred(value, signed(int.from_bytes(data[at : at + 8], "big")))
    value = stirred(value, int.from_bytes(data[whole:], "big")) or 1
    assert hashing.of_bytes(array, before, before + len(data), np.int64(seed)) == value


def test_lengths_and_zeros_make_different_hashes() -> None:
    array = np.zeros(64, np.uint8)
    assert len({hashing.of_bytes(array, 0, size, np.int64(7)) for size in range(64)}) == 64


@few
@given(st.lists(st.integers(-3, 40).filter(bool), max_size=30), st.integers(0, 2))
def test_a_table_of_hashes_is_a_dictionary(keys: list[int], growth: int) -> None:
    size = 64
    table, values = np.zeros(size, np.int64), np.zeros(size, np.int64)
    known: dict[int, int] = {}
    for number, key in enumerate(keys):
        at = hashing.place(table, np.int64(key))
        assert table[at] == (key if key in known else 0)
        table[at], values[at] = key, number
        known[key] = number
    for _ in range(growth):
        size *= 2
        larger, numbers = np.zeros(size, np.int64), np.zeros(size, np.int64)
        hashing.grown(table, values, larger, numbers)
        table, values = larger, numbers
    assert {int(k): int(v) for k, v in zip(table, values, strict=True) if k} == known
    assert all(values[hashing.place(table, np.int64(key))] == number for key, number in known.items())


def test_places_that_collide_go_round_the_end() -> None:
    table = np.zeros(8, np.int64)
    for key in (7, 15, 23):
        table[hashing.place(table, np.int64(key))] = key
    assert table.tolist() == [15, 23, 0, 0, 0, 0, 0, 7]


@few
@given(st.lists(st.tuples(st.integers(-1, 1), WORDS), max_size=40), st.integers(1, 3))
def test_groups_equal_a_dictionary(rows: list[tuple[int, int]], repeat: int) -> None:
    rows = rows * repeat
    table = np.array(rows, np.int64).reshape(-1, 2)
    groups = np.empty(len(rows), np.int64)
    slots = np.full(1 << (2 * len(rows)).bit_length(), -1, np.int32)
    count = hashing.group(table, slots, groups)
    numbers: dict[tuple[int, int], int] = {}
    assert groups.tolist() == [numbers.setdefault(row, len(numbers)) for row in rows]
    assert count == len(numbers)
