"""Texts of real advisories with what a careful reader says of a version: inside, outside, cannot be said (None)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names import ranges
from hygie.names.ranges import ALL, Interval, Range, coarse, contains, parse

NOT_UNDERSTOOD = "not understood"

LABELLED: tuple[tuple[str, str, object], ...] = (
    # one version, a list of versions
    ("1.0.13", "1.0.13", True), ("1.0.13", "1.0.14", False), ("1.0.13", "", None), ("1.0", "1.0.0", True),
    (" 2.03-00", "2.03-00", True), ("Version v1.0", "1.0", True), ("v4.70", "4.70", True),
    ("V1.10.1", "1.10.1", True), ("1.1 | 1.2 | 1.4 | 1.5", "1.4", True), ("1.1 | 1.2 | 1.4 | 1.5", "1.3", False),
    ("9.13 | 9.19 | 9.33 | 12.1", "12.1", True), ("9.13 | 9.19 | 9.33 | 12.1", "12.1.2", False),
    ("3.0|3.1", "3.1", True), ("4.20 | 4.20 SR1 | 4.30", "4.20 SR1", True),
    ("4.20 | 4.20 SR1 | 4.30", "4.20 SR2", False), ("1.1.7.333 | 2.1.1.3069", "2.1.1.3069", True),
    ("3.36 | 3.40", "3.36", True), ("2131 and 2141", "2141", True), ("A10 | A11", "A11", True),
    ("A10 | A11", "A12", False), ("B.02 | C.02 | C.03", "C.02", True), ("BT02 | BT03 | BT04 | BT06", "BT05", False),
    ("BT02 | BT03 | BT04 | BT06", "BT06", True), ("C.03", "C.03", True), ("SV20.1 | SV23.0", "SV23.0", True),
    ("R10C", "R10C", True), ("R10C", "R11A", False), ("1.1.3 Build 10", "1.1.3 Build 10", True),
    ("1.1.3 Build 10", "1.1.3 build 11", False), ("1.1.3 Build 10", "1.1.3", None),
    ("1.01.01 (build 2149)", "1.01.01 build 2149", True), ("1.4.2.0-9d9eff4", "1.4.2.0-9d9eff4", True),
    ("5.89.05b", "5.89.05b", True), ("5.89.05b", "5.89.05c", False), ("2.4A", "2.4A", True),
    ("3.3 SP2 (part of SPR1 2023.0)", "3.3 SP2", True), ("6.3V1L10", "6.3V1L10", True),
    ("MMT-1711 | MMT-1712 | MMT-1751 | MMT-1752", "2.1", None), ("24950 | 24952", "24952", True),
    # bounds
    ("< 3.0", "2.9.9", True), ("< 3.0", "3.0", False), ("< 3.0", "3.0.1", False), ("<3.0", "3.0-rc1", True),
    ("< 3.0", "", None), ("<= 2.3.6", "2.3.6", True), ("<= 2.3.6", "2.3.7", False), ("<= 2.3.6", "2.3.6.1", None),
    ("<=12.1.3", "12.1.3", True), ("<= 7.2.8.810", "7.2.8.809", True), ("<=2.3.5", "10.0", False),
    (">= 2.0", "2.0", True), (">= 2.0", "1.9", False), (">= 3.00", "3.1", True), ("< 1.52", "1.51", True),
    ("<= 2.36.3.3", "2.36.3.2", True), ("< 7.2.5.7", "7.2.5.7", False), ("< 1.8.4 Service Pack 01", "1.8.4", True),
    ("< 1.8.4 Service Pack 01", "1.8.4 SP1", False), ("< 1.8.4 Service Pack 01", "1.8.5", False),
    ("< V17 Update 6", "V17 Update 5", True), ("All versions < V17 Update 6", "V17 Update 6", False),
    ("All versions < V17 Update 6", "V16", True), ("< V6.0 SP9 Upd4", "V6.0 SP9 Upd3", True),
    ("< V6.0 SP9 Upd4", "V6.0 SP10", False), ("<= D25", "D24", True), ("<= D25", "D26", False),
    ("<= 3.0 D15", "3.0 D14", True), ("<= 3.0 D15", "3.0 D16", False), ("<= B.12", "A.07", True),
    ("<= C.00.04", "C.00.05", False), ("< B.06.18", "B.06.17", True), ("<=N", "M", True), ("<=N", "P", False),
    ("<= K", "K", True), ("<= R4.1L1", "R4.1L1", True), ("<= 012U000061", "012U000060", True),
    ("<= 012U000061", "012L000060", None), ("<= U61 |<= L81", "U61", True), ("<= U61 |<= L81", "L82", None),
    ("<= 2.6A", "2.5A", True), ("<= 2.6A", "2.6", True), ("<= 2.6A", "2.6B", False), ("<= VM5.0", "VM4.9", True),
    ("<= 5.17.1-754993421", "5.17.0", True), ("<=2023.3_Build_9342", "2023.3 build 9341", True),
    ("<=2023.3_Build_9342", "2023.4", False), ("< 1.003", "1.002", True), ("<= 1.10", "1.9", True),
    ("< 2.1", "2.03", None), ("<= GEH-1.1 (integrated into GE MobileLink)", "GEH-1.0", True),
    ("<= 2.01 (end-of-life Nov 2017)", "2.00", True),
    # intervals
    (">= 2.0 | <= 3.0", "2.5", True), (">= 2.0 | <= 3.0", "3.1", False), (">= 2.0 | <= 3.0", "1.9", False),
    (">= 1.3.4 | < 1.5.3", "1.5.3", False), (">= 2.2.0 < 2.2.3", "2.2.2", True),
    (">=12.0.1|<=12.0.15", "12.0.15", True), (">= 5.01 | <= 7.0.0", "6.4.0", True),
    (">=BT02 | <= BT06", "BT04", True), (">= 2018-1 | <= 2021-1", "2019-4", True), ("28  - 32", "30", True),
    ("28  - 32", "33", False), ("01.14.000 -01.47.000", "01.20.000", True), ("1.265B -1.285X", "1.270C", True),
    (">= 6.x | <= 10.x", "10.5", True), (">= 6.x | <= 10.x", "11.0", False), ("Rev B-M", "H", True),
    ("Rev B-M", "N", False), ("A10 < A11", "A10", True), ("A10 < A11", "A11", None),
    ("A10 < A11", "A12", False), ("A10 < A11", "A9", False), (">= 9.3.0 -  but not including 9.3.8", "9.3.7", True),
    (">= 9.3.0 -  but not including 9.3.8", "9.3.8", False), ("All Versions >= 1.16.4 < 1.17.2", "1.17.1", True),
    ("13.0  | < 13.0.1", "13.0", True), ("13.0  | < 13.0.1", "12.0", None), ("13.0  | < 13.0.1", "13.0.1", False),
    (">= 2.0.0 | 2.6.2", "2.5", True), (">= 2.0.0 | 2.6.2", "3.0", None), (">= 2.0.0 | 2.6.2", "1.0", False),
    ("A.01 <= C.0x | 4.0", "B.01", True),
    # wildcards
    ("14.1.x", "14.1", True), ("14.1.x", "14.1.7", True), ("14.1.x", "14.2", False), ("1.X", "1.9.3", True),
    ("4.X | 5.X", "6.0", False), ("5.x.x", "5.3.1", True), ("<= 11.x", "11.9", True), ("<= 11.x", "12.0", False),
    ("<= 12.2.x.x", "12.2.8.4", True), ("<= 12.2.x.x", "12.3", False), ("< 3.x", "2.9", True),
    ("< 3.x", "3.0", False), ("2.0.x", "2.0.4.1", True),
    # vers
    ("vers:all/*", "7.1", True), ("vers:all/*", "", True), ("vers:all/<V3.0.3", "V3.0.2", True),
    ("vers:all/<V3.0.3", "3.0.3", False), ("vers:all/>=V7.80<V9.40", "V8.0", True),
    ("vers:all/>=V7.80<V9.40", "V9.40", False), ("vers:generic/>=1|<2", "1.5", True),
    ("vers:generic/>=1|<2", "2", False), ("vers:pypi/>=1.0|!=1.2|<2.0", "1.2", False),
    ("vers:npm/1.2.3|>=2.0.0|<2.5.0", "2.4.9", True), ("vers:all/<V20.3 HotfixRev12", "V20.3 HotfixRev11", True),
    # words
    ("2.3.6 and  below", "2.3.6", True), ("2.3.6 and  below", "2.4", False),
    ("prior to VB20A_SP03", "VB20A_SP02", True), ("prior to VB20A_SP03", "VB20A_SP03", False),
    ("prior to VB20A_SP03", "3.0", None), ("v5.0 through 6.2", "6.2", True), ("v5.0 through 6.2", "4.9", False),
    ("all versions", "", True), ("All Versions", "9", True), ("3.2 and later", "3.3", True),
    ("3.2 and later", "3.1", False), ("versions before 4.1", "4.0.9", True), ("4.1 or older", "4.1", True),
    ("up to 2.5", "2.5", True), ("between 1.0 and 2.0", "1.5", True), ("earlier than 7.1", "7.1", False),
    ("from 1.0 to 1.5", "1.5", True), ("7.0 and prior versions", "6.0", True), ("toutes les versions", "", True),
    ("versions antérieures à 4.2", "4.1", True), ("versions antérieures à 4.2", "4.2", False),
    ("4.2 et antérieures", "4.2", True), ("jusqu'à 3.1", "3.2", False), ("à partir de 2.0", "2.1", True),
    ("2.0 et ultérieures", "1.9", False),
    # conditions and dates
    ("6.x model 35700BAX", "6.3", None), ("6.x model 35700BAX", "8.0", False),
    ("9.x (with Wireless Battery Modules >= 22D19 | <= v22D28)", "9.1", None),
    ("<=11.2 on Windows 8.1 with IIS 7.5", "11.0", None), ("<=11.2 on Windows 8.1 with IIS 7.5", "11.3", False),
    ("* running on old, unsupported operating systems such as Windows 2000", "2.0", None),
    ("distributed  < april 1, 2018", "1.0", None), (">= 6.1.0.0 | <= 6.4.0.0 (CVE-2022-37434 only)", "6.2", None),
    ("<8/30/2024", "2024-08-29", True), ("<8/30/2024", "2.1", None), ("<  july 1 2017", "2017-07-01", False),
    ("<May 2018", "May 2018", False), ("<April/13/2023", "2023-04-12", True),
    # not understood: never guessed
    ("7100 | 7900 MRI", "1.0", NOT_UNDERSTOOD), ("cobas h 232 POC", "1.0", NOT_UNDERSTOOD),
    ("< august 28", "1.0", NOT_UNDERSTOOD), ("882160 Gemini Dual", "1.0", NOT_UNDERSTOOD),
    ("16XXXXXXXXX.", "1.0", NOT_UNDERSTOOD), ("<= R7x", "1.0", NOT_UNDERSTOOD),
    ("053L000091 (global) / 054U000091 (U.S.) and 053L000092 (global) / 054U000092 (U.S.)", "1", NOT_UNDERSTOOD),
    ("9.4 | FP2  Hotfix 5", "9.4", NOT_UNDERSTOOD),
    ("base units (BU)|handheld base units (HBU)", "1", NOT_UNDERSTOOD),
    ("with wireless option (shipped between 2016-August 2018)", "1", NOT_UNDERSTOOD),
    ("<= Serial Numbers 2310****", "1", NOT_UNDERSTOOD), ("vers:nobody/<3", "2", NOT_UNDERSTOOD),
)  # fmt: skip


@pytest.mark.parametrize(("text", "version", "expected"), LABELLED)
def test_labelled(text: str, version: str, expected: object) -> None:
    known = parse(text)
    if expected is NOT_UNDERSTOOD:
        assert known is None
    else:
        assert known is not None
        assert contains(known, version) is expected


def test_texts_of_real_advisories_are_mostly_understood(shared) -> None:
    texts = set(_texts(shared / "csaf-icsma"))
    understood = {text for text in texts if parse(text) is not None}
    assert len(texts) == 637
    assert len(understood) >= 570


def _texts(folder):
    def walk(branches):
        for branch in branches or ():
            if branch.get("category") in ("product_version", "product_version_range"):
                yield branch["name"]
            yield from walk(branch.get("branches"))

    for file in folder.rglob("*.json"):
        yield from walk(json.loads(file.read_text(encoding="utf-8")).get("product_tree", {}).get("branches"))


def test_everything_and_lists_say_how_specific_they_are() -> None:
    assert (ALL.specificity, parse("< 3").specificity, parse("1.0 | 2.0").specificity) == (0, 2, 3)
    assert parse("1.0 | 2.0").listed
    assert not parse("1.0 | < 0.5").listed


def test_a_scheme_that_the_text_names_goes_before_the_product_s() -> None:
    assert contains(parse("vers:npm/<1.0.0"), "1.0.0-beta", "firmware") is True
    assert contains(parse("vers:deb/<1.0"), "1.0~rc1", "firmware") is True


def test_an_unknown_scheme_is_told() -> None:
    with pytest.raises(LookupError):
        contains(Range((Interval(end="2"),)), "1", "no such scheme")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    known = parse(text)
    assert known is None or contains(known, "1.0") in (True, False, None)


@given(st.text(alphabet="<>=!|,.0123456789vx*() ", max_size=60), st.text(alphabet="0123456789.", max_size=12))
def test_what_lies_in_no_reading_lies_outside(text: str, version: str) -> None:
    known = parse(text)
    if known is not None and not known.everything and not known.condition and not known.dates:
        answers = (
            [ranges.within(one, version, "firmware") for one in (*known.intervals, *known.doubtful)]
            if version
            else [None]
        )
        if contains(known, version) is False and not known.excluded:
            assert all(answer is False for answer in answers)


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("Rev B-M", "M.03", True),
        ("Rev B-M", "N.01", False),
        ("2 and below", "2.3.6", True),
        ("2.3 and below", "2.3.6", None),
        ("2.0 and below", "2.0.6", None),
        ("2.0 and below", "2.3", False),
        ("7.0 through 7.2", "7.2.1", None),
        ("vers:all/<=V3.0", "V3.0.3", None),
        ("<2.3", "2.3.6", False),
    ],
)
def test_a_bound_written_shorter_never_clears_its_family(text: str, version: str, expected: bool | None) -> None:
    known = parse(text)
    assert known is not None
    assert contains(known, version) is expected


@pytest.mark.parametrize(
    ("text", "version", "may"),
    [
        ("B.02", "B.02.02", True),
        ("B.02", "B.02", False),
        ("B.02", "B.03", False),
        ("2.3", "2.3.1", True),
        ("2.3", "2.30", False),
        ("< 2.3", "2.3.1", False),
        ("1.0 | 2.3", "2.3.1", True),
        ("2.3.1", "2.3", False),
    ],
)
def test_a_version_written_shorter_may_mean_all_that_begin_with_it(text: str, version: str, may: bool) -> None:
    known = ranges.parse(text)
    assert known is not None
    assert ranges.shorter(known, version) is may


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        (">= 4.0.1", "4", None), (">= 4.0.1", "4.0", None), (">= 4.0.1", "4.0.1", True), (">= 4.0.1", "3.9", False),
        ("< 12.2.8.410", "12", None), ("< 12.2.8.410", "12.2", None), ("< 12.2.8.410", "12.2.8", None),
        ("< 12.2.8.410", "v12.2", None), ("< 12.2.8.410", "12.2.8.410", False), ("< 12.2.8.410", "12.1", True),
        ("< 12.2.8.410", "13", False), ("<= 4.0", "4.0", True), ("< 5.1", "4.0", True), ("< 4.0", "4", False),
        ("<= 4.0", "4", True), (">= 4.0.0", "4", True), ("4.0.1", "4", None), ("14.1.x", "14", None),
        ("14.1.x", "13", False),
        ("< 2.6a", "2.6", True), ("< 12.30", "12.3", True), ("B.02.02", "B.02", None), ("!= 4.0.1", "4", None),
        (">= 4.0, < 4.0.1", "4.0", True), (">= 4.0, < 4.0.1", "4", None),
    ],
)  # fmt: skip
def test_a_version_that_stops_where_a_bound_goes_on_may_lie_on_either_side(
    text: str, version: str, expected: bool | None
) -> None:
    known = parse(text)
    assert known is not None
    assert contains(known, version) is expected


def test_a_version_of_a_package_is_what_its_scheme_says() -> None:
    known = parse(">= 4.0.1")
    assert known is not None
    for scheme in ("semver", "pypi", "deb", "maven", "generic"):
        assert contains(known, "4.0", scheme) is False


def test_a_version_too_short_for_a_bound_is_told_from_one_that_cannot_be_ordered() -> None:
    short, full, of_family = parse("< 12.2.8.410"), parse("vers:semver/<12.2.8"), parse("14.1.x")
    assert short is not None and full is not None and of_family is not None
    assert coarse(short, "12.2") and coarse(of_family, "14")
    assert not coarse(short, "12.1") and not coarse(short, "L81") and not coarse(full, "12.2")
