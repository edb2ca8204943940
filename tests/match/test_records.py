import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.match.naming import Naming
from hygie.match.records import Asked, Records, cpe_key, scheme_of_cpe, shown, version_truth
from hygie.names.cpe import parse
from match.making import cpe, row

KEY = ("v", "p")


def test_rows_that_hold_together_are_kept_apart() -> None:
    alone = row(cpe("v", "p"), "2.0")
    pair = [
        row(cpe("v", "fw"), configuration_operator="AND", configuration=1),
        row(cpe("v", "hw"), node=1, vulnerable=False, configuration_operator="AND", configuration=1),
    ]
    records = Records(Naming(), [alone, *pair])
    assert records.of_cpe(KEY) == [alone]
    assert list(records.joint.values()) == [pair]
    assert list(records.joint_of_cpe(("v", "fw"))) == list(records.joint)
    assert list(records.joint_of_cpe(("v", "hw"))) == []
    assert ("v", "hw") in dict(records.index.find("v", "hw"))


def test_commits_are_left_out_where_versions_are_told() -> None:
    commits = row(make="Linux", product="Linux", end="9d9eff4", version_type="git", source="cna:Linux")
    versions = row(make="Linux", product="Linux", end="6.1", version_type="semver", source="cna:Linux", place="/1")
    assert Records(Naming(), [commits, versions]).named(("Linux", "Linux")) == [versions]
    assert Records(Naming(), [commits]).named(("Linux", "Linux")) == [commits]


@pytest.mark.parametrize(
    ("record", "asked", "expected"),
    [
        (row(cpe("v", "p"), "2.0"), Asked("1.9", "generic"), True),
        (row(cpe("v", "p"), "2.0"), Asked("2.0", "generic"), False),
        (row(cpe("v", "p"), "2.0", end_included=True), Asked("2.0", "generic"), True),
        (row(cpe("v", "p"), "2.0", start="1.0", start_excluded=True), Asked("1.0", "generic"), False),
        (row(cpe("v", "p"), "2.0"), Asked("", "generic"), None),
        (row(cpe("v", "p"), "2.0"), Asked("VB20A", "generic"), None),
        (row(cpe("v", "p", "1.1.1k")), Asked("1.1.1k", "generic"), True),
        (row(cpe("v", "p", "*")), Asked("", "generic"), True),
        (row(cpe("v", "p", "-")), Asked("1.0", "generic"), False),
        (row(cpe("v", "p", "-", "h")), Asked("1.0", "generic"), True),
        (row(make="v", product="p"), Asked("1.0", "generic"), None),
        (row(make="v", product="p", version="< 1.2"), Asked("1.1", "generic"), True),
        (row(make="v", product="p", version="cobas h 232"), Asked("1.1", "generic"), None),
        (row(make="v", product="p", end="1.0.0", version_type="semver"), Asked("1.0.0-rc1", "generic"), True),
    ],
)
def test_versions(record, asked, expected) -> None:
    assert version_truth(record, asked) is expected


def test_updates_and_targets_that_the_thing_does_not_say_are_unknown() -> None:
    records = Records(Naming(), [])
    packed = row(cpe("v", "p", "1.0", rest="sp1:*:*:*:*:*:*"))
    assert records.truth(packed, Asked("1.0", "generic", "sp1")) is True
    assert records.truth(packed, Asked("1.0", "generic", "sp2")) is False
    assert records.truth(packed, Asked("1.0", "generic")) is None
    plugin = row(cpe("v", "p", "1.0", rest="*:*:*:*:node.js:*:*"))
    assert records.truth(plugin, Asked("1.0", "npm")) is True
    assert records.truth(plugin, Asked("1.0", "generic")) is None
    assert (
        records.truth(plugin, Asked("1.0", "generic", name=parse(cpe("v", "p", "1.0", rest="*:*:*:*:wordpress:*:*"))))
        is False
    )


VERSIONS = st.sampled_from(
    ["", "1.0", "1.2", "1.10", "2.0", "2.03", "2.1", "1.1.1k", "1.1.1n", "VB20A", "3.0rc1", "10"]
)
BOUNDS = st.sampled_from(["", "1.0", "1.2", "1.9", "2.0", "2.03", "1.1.1l", "3.0", "VB20B"])


@st.composite
def rows(draw):
    start, end = draw(BOUNDS), draw(BOUNDS)
    version = "" if start or end else draw(st.sampled_from(["*", "1.2", "2.0", "1.1.1k", "-"]))
    return row(
        cpe("v", "p"),
        end,
        start=start,
        version=version,
        start_excluded=draw(st.booleans()),
        end_included=draw(st.booleans()),
    )


@given(st.lists(rows(), max_size=6), st.lists(VERSIONS, min_size=1, max_size=6))
def test_the_bulk_answer_is_that_of_one_by_one(members, versions) -> None:
    records = Records(Naming(), members)
    asked = [Asked(version, "generic") for version in versions]
    bulk = {(place, id(hit.row)): hit.truth for place, hit in records.stab(records.of_cpe(KEY), asked)}
    slow = {
        (place, id(one)): records.truth(one, asked[place]) for place in range(len(asked)) for one in records.of_cpe(KEY)
    }
    assert bulk == {key: truth for key, truth in slow.items() if truth is not False}


def test_keys_and_schemes() -> None:
    assert cpe_key("cpe:2.3:a:V:P:1:*:*:*:*:*:*:*") == KEY
    assert cpe_key("cpe:/a:v:p:1") == KEY
    assert cpe_key("nonsense") is None
    assert cpe_key("") is None
    assert scheme_of_cpe(("microsoft", "windows_10"), None) == "windows"
    assert scheme_of_cpe(KEY, parse(cpe("v", "p", rest="*:*:*:*:python:*:*"))) == "pypi"


def test_ranges_are_shown_as_people_read_them() -> None:
    assert shown(row(cpe("v", "p"), "2.0", start="1.0")) == ">= 1.0, < 2.0"
    assert shown(row(cpe("v", "p", "1.5"))) == "1.5"
    assert shown(row(make="v", product="p")) == "?"
    assert shown(row(cpe("microsoft", "windows_7", "-", "o", "sp1:*:*:*:*:*:*"))) == "sp1"
    assert shown(row(cpe("v", "p", "-"))) == "-"
    assert shown(row("cpe:2.3:a:v:nonsense", version="-", end="1")) == "-"


@pytest.mark.parametrize(
    ("product", "version", "expected"),
    [
        ("windows_7", "6.1.7601", True),
        ("windows_7", "", True),
        ("windows_10", "1507", True),
        ("windows_10", "1809", False),
        ("windows_10", "", None),
    ],
)
def test_a_windows_without_version_is_told_by_its_name(product: str, version: str, expected: bool | None) -> None:
    assert version_truth(row(cpe("microsoft", product, "-", "o")), Asked(version, "windows")) is expected
