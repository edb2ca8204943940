import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.firmware import compare, key, parse

ASCENDING = [
    ["1.0", "1.0.1", "1.1", "1.10", "2.0"],
    ["2.8.123", "2.8.123d", "2.8.123e", "2.8.124"],
    ["1.1.1", "1.1.1a", "1.1.1z", "1.1.1za", "1.1.1zg", "1.1.2"],
    ["1.0.2", "1.0.2u", "1.0.2zd"],
    ["VB20A", "VB20A_SP02", "VB20A_SP03", "VB20B", "VB30A"],
    ["VA1.1_build 22", "VA1.1_build 23", "VA1.2", "VB1.0"],
    ["7.0.0-alpha1", "7.0.0-beta", "7.0.0rc1", "7.0.0rc2", "7.0.0", "7.0.1"],
    ["8.5p1", "9.2p1", "9.8p1"],
    ["A.01", "A.02", "B.06.18", "C.00.04", "C.02"],
    ["J", "K", "N"],
    ["V16", "V17", "V17 Update 5", "V17 Update 6", "V18"],
    ["4.20", "4.20 SR1", "4.30"],
    ["1.8.4", "1.8.4 Service Pack 01", "1.8.4 SP2", "1.8.5"],
    ["BT02", "BT03", "BT06"],
    ["R9C", "R10A", "R10C", "R11A"],
    ["D24", "D25"],
    ["3.0 D14", "3.0 D15", "3.1"],
    ["2023.3_Build_9341", "2023.3 build 9342", "2024.1"],
    ["1.1.3 Build 10", "1.1.3 build 11"],
    ["012U000040", "012U000061"],
]


@pytest.mark.parametrize("versions", ASCENDING)
def test_ascending(versions: list[str]) -> None:
    for low, high in itertools.pairwise(versions):
        assert (compare(low, high), compare(high, low)) == (-1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.0", "1.0.0"),
        ("07.0.07", "7.0.7"),
        ("V3.0.3", "3.0.3"),
        ("1.8.4 SP01", "1.8.4 service pack 1"),
        ("Rev. B", "b"),
        ("1.2a", "1.2A"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert compare(one, other) == compare(other, one) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U61", "L81"),
        ("012U000061", "012L000060"),
        ("VB20A", "3.0"),
        ("2.03", "2.1"),
        ("2.8.123e", "2.8.123.1"),
        ("1.1.3", "1.1.3 build 10"),
        ("V17 SP1", "V17 Update 1"),
        ("1.0-9d9eff4", "1.0-aaaaaa1"),
        ("Windows 10 Professional", "1.0"),
        ("", "1.0"),
        ("14.1.x", "14.1"),
        ("MMT-1711", "2.1"),
    ],
)
def test_what_cannot_be_compared_is_said(one: str, other: str) -> None:
    assert compare(one, other) is None
    assert compare(other, one) is None


VERSIONS = st.from_regex(r"\A[vV]?[0-9]{1,3}(\.[0-9]{1,3}){0,3}([a-c]|rc[0-9]|_SP[0-9]| build [0-9])?\Z")


@given(VERSIONS, VERSIONS)
def test_the_order_is_antisymmetric(one: str, other: str) -> None:
    answer = compare(one, other)
    assert compare(other, one) == (None if answer is None else -answer)


@given(VERSIONS, VERSIONS)
def test_keys_agree_with_the_order(one: str, other: str) -> None:
    a, b = key(one), key(other)
    if a is not None and b is not None:
        assert compare(one, other) == (a > b) - (a < b)


@given(VERSIONS, VERSIONS, VERSIONS)
def test_the_order_is_transitive_where_it_answers(a: str, b: str, c: str) -> None:
    if compare(a, b) in (-1, 0) and compare(b, c) in (-1, 0):
        assert compare(a, c) in (-1, 0, None)


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert parse(text) is None or compare(text, text) == 0
