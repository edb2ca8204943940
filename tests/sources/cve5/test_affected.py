import json
from typing import Any

import pytest
from msgspec import Raw

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.sources.cve5.affected import base, plain, rows
from hygie.sources.opening.documents import Told

ACME = "cpe:2.3:a:acme:viewer:1.0:p1:*:*:*:*:*:*"


def read(*entries: Any, told: Told | None = None) -> list[Applicability]:
    raw = Raw(json.dumps(list(entries)).encode())
    speakers = {"": Speaker.THIRD_PARTY, "Acme": Speaker.MANUFACTURER}
    return list(rows(told or Told("f", "r1"), raw, "/a", "CVE-2024-1001", "cna:acme", speakers))


def one(**version: Any) -> list[tuple[str, str, str, bool, bool]]:
    found = read({"vendor": "Acme", "product": "Viewer", "versions": [{"status": "affected", **version}]})
    return [(r.version, r.start, r.end, r.end_included, r.affected) for r in found]


def test_single_versions_and_ranges() -> None:
    assert one(version="1.2") == [("1.2", "", "", False, True)]
    assert one(version=">= 1.0, < 2") == [(">= 1.0, < 2", "", "", False, True)]
    assert one(version="1.0", lessThan="2.0") == [("", "1.0", "2.0", False, True)]
    assert one(version="1.0", lessThanOrEqual="2.0") == [("", "1.0", "2.0", True, True)]
    assert one(version="unspecified", lessThan="2.0") == [("", "", "2.0", False, True)]
    assert one(version="0", lessThan="*") == [("*", "", "", False, True)]
    assert one(version="*") == [("*", "", "", False, True)]
    assert one(version="3", lessThanOrEqual="*") == [("", "3", "", False, True)]
    assert one(version="n/a") == [("", "", "", False, True)], "not said is not all"


def test_changes_cut_a_range() -> None:
    changes = [{"at": "1.4", "status": "unaffected"}, {"at": "1.6", "status": "affected"}]
    assert one(version="1", lessThan="2", changes=changes) == [
        ("", "1", "1.4", False, True),
        ("", "1.4", "1.6", False, False),
        ("", "1.6", "2", False, True),
    ]
    assert one(version="10.2", lessThan="10.2.2", changes=[{"at": "10.2.2", "status": "unaffected"}]) == [
        ("", "10.2", "10.2.2", False, True)
    ]


def test_not_knowing_is_never_not_affected() -> None:
    found = read({"vendor": "Acme", "product": "Viewer", "versions": [{"status": "unknown", "version": "1"}]})
    assert [(r.affected, r.unknown) for r in found] == [(True, True)]
    found = read({"vendor": "Acme", "product": "Viewer"})
    assert [(r.affected, r.unknown, r.version) for r in found] == [(True, True, "")]


def test_default_status_without_versions() -> None:
    found = read(
        *({"vendor": "Acme", "product": "V", "defaultStatus": status} for status in ("affected", "unaffected"))
    )
    assert [(r.affected, r.unknown, r.version, r.configuration) for r in found] == [
        (True, False, "*", 0),
        (False, False, "*", 1),
    ]


def test_distinct_base_cpes_by_versions() -> None:
    cpes = [ACME, ACME.replace(":1.0:p1:", ":1.1:*:"), ACME.replace("viewer", "server")]
    versions = [{"version": v, "status": "affected"} for v in ("1.0", "1.1")]
    found = read({"vendor": "acme", "product": "viewer", "cpes": cpes, "versions": versions})
    assert len(found) == 4
    assert {r.cpe for r in found} == {base(ACME), base(ACME.replace("viewer", "server"))}
    assert base(ACME) == "cpe:2.3:a:acme:viewer:*:*:*:*:*:*:*:*"
    assert base("cpe:/a:acme:viewer:1.0:p1") == "cpe:/a:acme:viewer"


def test_an_update_that_stands_for_a_version_stays() -> None:
    """CISA names Windows 7 so: with Service Pack 1, and with none said nobody knows."""
    assert base("cpe:2.3:o:microsoft:windows_7:-:sp1:*:*:*:*:*:*") == "cpe:2.3:o:microsoft:windows_7:*:sp1:*:*:*:*:*:*"
    assert base("cpe:2.3:o:microsoft:windows_7:-:-:*:*:*:*:*:*") == "cpe:2.3:o:microsoft:windows_7:*:*:*:*:*:*:*:*"
    assert base("cpe:2.3:o:microsoft:windows_7:1.0:sp1:*:*:*:*:*:*") == "cpe:2.3:o:microsoft:windows_7:*:*:*:*:*:*:*:*"


def test_cpes_tell_versions_where_nothing_else_does() -> None:
    found = read(
        {"vendor": "n/a", "product": "n/a", "cpes": [ACME], "versions": [{"version": "n/a", "status": "affected"}]}
    )
    assert [(r.version, r.cpe, r.make, r.product) for r in found] == [("1.0", ACME, "acme", "viewer")]


def test_entries_without_a_product_give_no_row() -> None:
    assert read({"vendor": "n/a", "product": "n/a", "versions": [{"version": "n/a", "status": "affected"}]}) == []


def test_who_speaks() -> None:
    found = read({"vendor": "Acme", "product": "V"}, {"vendor": "Other", "product": "V"})
    assert [r.speaker for r in found] == [Speaker.MANUFACTURER, Speaker.THIRD_PARTY]


@pytest.mark.parametrize(
    ("entry", "purl"),
    [
        ({"packageURL": "pkg:npm/left-pad"}, "pkg:npm/left-pad"),
        ({"collectionURL": "https://registry.npmjs.example", "packageName": "@a/left-pad"}, "pkg:npm/%40a/left-pad"),
        ({"collectionURL": "https://repo.maven.example/maven2", "packageName": "org.a:b"}, "pkg:maven/org.a/b"),
        ({"collectionURL": "https://nowhere.example", "packageName": "b"}, ""),
    ],
)
def test_purls(entry: dict[str, str], purl: str) -> None:
    assert [r.purl for r in read({"vendor": "Acme", "product": "V", **entry})] == [purl]


def test_backslashes_of_cpe_names_are_taken_off() -> None:
    assert plain("6.0\\(2\\)a6\\(1\\)") == "6.0(2)a6(1)"
    assert plain("C:\\dir") == "C:\\dir"


def test_empty_ranges_and_bombs_are_told() -> None:
    told = Told("f", "r1")
    versions = [{"version": "22", "lessThan": "2", "status": "affected"}]
    assert len(read({"vendor": "Acme", "product": "V", "versions": versions, "platforms": ["x86"]}, told=told)) == 1
    many = [{"version": str(i), "status": "affected"} for i in range(300)]
    cpes = [f"cpe:2.3:a:acme:v{i}:*:*:*:*:*:*:*:*" for i in range(300)]
    assert read({"vendor": "Acme", "product": "V", "versions": many, "cpes": cpes}, told=told) == []
    assert hostile.reasons(told.rows) == [("/a/0/versions/0", "refusal.range.empty"), ("/a/0", "refusal.cve5.many")]
