import itertools

import pytest

from hygie.names.windows import compare, parse


def test_builds_and_releases_ascend() -> None:
    versions = ["XP", "Vista", "7", "8.1", "1507", "1809", "1909", "2004", "20H2", "22H2", "11 21H2", "11 24H2"]
    for low, high in itertools.pairwise(versions):
        assert compare(low, high) == -1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("10.0.17763.1", "10.0.17763.2029", -1),
        ("1809", "10.0.17763.2029", None),
        ("1809", "10.0.18362.1", -1),
        ("10.0.17763.1", "10.0.0", 1),
        ("1809", "1809", 0),
        ("Windows 10 1809", "Version 1809", 0),
        ("7 SP1", "7 SP2", -1),
        ("Server 2019", "Server 2022", -1),
        ("10.0.17763.5329", "17763.5329", 0),
        ("anything", "1809", None),
    ],
)
def test_compare(one: str, other: str, expected: int | None) -> None:
    assert compare(one, other) == expected
    assert compare(other, one) == (None if expected is None else -expected)


def test_a_number_alone_is_no_build() -> None:
    assert parse("12") is None
