import itertools
import json
from functools import cmp_to_key, partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.version import FIRMWARE, ORDERS, compare, known, order

CONFORMANCE = ("alpm", "conan", "datetime", "gentoo", "lexicographic", "nuget")


@pytest.mark.parametrize("name", CONFORMANCE)
def test_vers_spec(shared, name: str) -> None:
    passed = total = 0
    for file in (shared / "conformance" / "vers-spec" / "tests").glob(f"{name}*"):
        for case in json.loads(file.read_text(encoding="utf-8"))["tests"]:
            if case["test_type"] not in ("comparison", "equality"):
                continue
            total += 1
            texts, scheme, expected = case["input"]["versions"], case["input"]["input_scheme"], case["expected_output"]
            if case["test_type"] == "equality":
                passed += (compare(*texts, scheme) == 0) is expected
            else:
                ascending = sorted(texts, key=cmp_to_key(partial(compare, scheme=scheme)))
                passed += [text.lower() for text in ascending] == [text.lower() for text in expected]
    assert total > 0
    assert passed == total


@pytest.mark.parametrize(
    ("scheme", "low", "high"),
    [
        ("semver", "1.0.0-alpha", "1.0.0"),
        ("npm", "4.17.20", "4.17.21"),
        ("pypi", "1.0.dev1", "1.0"),
        ("pypi", "1.0", "1.0.post1"),
        ("maven", "2.14.1", "2.15.0"),
        ("maven", "1.0-SNAPSHOT", "1.0"),
        ("deb", "1.0~rc1", "1.0"),
        ("deb", "9:1.0", "10:0.1"),
        ("rpm", "1.0-1", "1.0-2"),
        ("gem", "1.0.a", "1.0"),
        ("openssl", "1.0.2u", "1.1.1k"),
        ("windows", "1809", "22H2"),
        ("firmware", "VB20A", "VB20A_SP03"),
        ("generic", "1.1.1k", "1.1.1n"),
    ],
)
def test_each_scheme_has_its_order(scheme: str, low: str, high: str) -> None:
    assert (compare(low, high, scheme), compare(high, low, scheme), compare(low, low, scheme)) == (-1, 1, 0)


def test_four_numbers_are_no_semantic_version() -> None:
    assert compare("1.2.3.4", "1.2.3", "semver") is None
    assert compare("1.2.3.4", "1.2.3", FIRMWARE) == 1


def test_a_text_that_is_no_version_of_the_scheme_is_not_compared() -> None:
    assert compare("VA1.1_build 23", "1.0", "npm") is None


def test_a_scheme_that_nobody_knows_is_told() -> None:
    with pytest.raises(LookupError):
        order("no such scheme")
    assert not known("no such scheme")
    assert known("maven")
    assert FIRMWARE in ORDERS


def test_semantic_versioning_section_11() -> None:
    ascending = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
    ]
    for low, high in itertools.pairwise([*ascending, "1.0.1", "1.1", "2"]):
        assert compare(low, high, "semver") == -1
    assert compare("1.0.0+build.5", "v1.0", "npm") == 0


TEXTS = st.sampled_from(
    (
        "1.0 1.0.0 1.0.1 10.0 1.0-rc1 1.0a1 1.0.post1 1.0.dev2 1.0-SNAPSHOT 1.0-alpha.1 1.0.0+5 v1.2.3 1.2 1.0.Final"
        " 1.0-jre 1.0.0.0 1-2 1_2 1.0~rc1 1.0b2 1.0c 3 1.0.0-rc.11 1.0.0-rc.2"
    ).split()
)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["semver", "npm", "pypi", "maven", "firmware", "lexicographic"]))
def test_keys_are_sorted_as_versions_are_compared(a: str, b: str, c: str, scheme: str) -> None:
    keys = [order(scheme).key(text) for text in (a, b, c)]
    if all(key is not None for key in keys):
        assert compare(a, b, scheme) == (keys[0] > keys[1]) - (keys[0] < keys[1])
        if keys[0] <= keys[1] <= keys[2]:
            assert keys[0] <= keys[2]
