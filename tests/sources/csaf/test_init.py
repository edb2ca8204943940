import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Advisory, Remedy, Statement, Status, Vulnerability
from hygie.sources.csaf import READER

SAMPLE: dict[str, Any] = {
    "document": {
        "category": "csaf_vex",
        "csaf_version": "2.1",
        "title": "Pumps",
        "aggregate_severity": {"text": "High"},
        "publisher": {"category": "vendor", "name": "Acme PSIRT", "namespace": "https://acme.example"},
        "references": [{"category": "self", "summary": "s", "url": "https://acme.example/a.json"}],
        "tracking": {
            "current_release_date": "2024-05-02T10:00:00+02:00",
            "id": "ACME-1",
            "status": "final",
            "version": "3",
        },
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "Acme ",
                "branches": [
                    {
                        "category": "product_name",
                        "name": "Pump",
                        "branches": [
                            {
                                "category": "product_version_range",
                                "name": "2.3.6 and  below",
                                "product": {
                                    "name": "Pump old",
                                    "product_id": "P1",
                                    "product_identification_helper": {
                                        "cpe": "cpe:/o:acme:pump",
                                        "serial_numbers": ["A*"],
                                    },
                                },
                            },
                            {
                                "category": "product_version",
                                "name": "3.0",
                                "product": {"name": "Pump 3", "product_id": "P2"},
                            },
                        ],
                    }
                ],
            }
        ],
        "product_groups": [{"group_id": "G", "product_ids": ["P1", "P2"]}],
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2024-1001",
            "title": "Overflow",
            "cwes": [{"id": "CWE-121", "name": "n", "version": "4.12"}],
            "ids": [{"system_name": "s", "text": "ACME-V-7"}],
            "notes": [{"category": "description", "text": "Too long"}],
            "flags": [{"label": "component_not_present", "product_ids": ["P2"]}],
            "product_status": {"known_affected": ["P1"], "known_not_affected": ["P2"]},
            "threats": [{"category": "impact", "details": "Not built in", "product_ids": ["P2"]}],
            "metrics": [
                {
                    "products": ["P1"],
                    "content": {
                        "cvss_v3": {"baseScore": 1, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}
                    },
                }
            ],
            "remediations": [
                {"category": "mitigation", "details": "Isolate", "group_ids": ["G"]},
                {
                    "category": "vendor_fix",
                    "details": "Update",
                    "url": "https://acme.example/u",
                    "date": "2024-06-01T00:00:00Z",
                    "product_ids": ["P1"],
                    "restart_required": {"category": "machine"},
                    "entitlements": ["contract"],
                },
                {"category": "no_fix_planned", "details": "None"},
            ],
        }
    ],
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_document() -> None:
    found = hostile.rows(READER, SAMPLE)
    assert Counter(type(row).__name__ for row in found) == {
        "Advisory": 1,
        "Vulnerability": 1,
        "Statement": 2,
        "Remedy": 3,
    }
    advisory = hostile.of(Advisory, found)[0]
    assert (advisory.document, advisory.revision, advisory.released) == ("ACME-1", "3", "2024-05-02T08:00:00Z")
    assert (advisory.speaker, advisory.aggregate_severity) == (Speaker.MANUFACTURER, "High")
    assert advisory.address == "https://acme.example/a.json"
    known = hostile.of(Vulnerability, found)[0]
    assert (known.id, known.aliases, known.cwes, known.description) == (
        "CVE-2024-1001",
        ("ACME-V-7",),
        ("CWE-121",),
        "Too long",
    )
    assert (known.cvss_score, known.cvss_source) == (9.8, "Acme PSIRT"), "the vector is right, not the score beside it"
    old, new = hostile.of(Statement, found)
    assert (old.make, old.product, old.version, old.version_is_range) == ("Acme ", "Pump", "2.3.6 and  below", True)
    assert (old.cpe, old.limits, old.status) == ("cpe:/o:acme:pump", ("serial_number=A*",), Status.AFFECTED)
    assert old.place == "/vulnerabilities/0/product_status/known_affected/0"
    assert (new.version, new.version_is_range, new.status) == ("3.0", False, Status.NOT_AFFECTED)
    assert (new.justification, new.text, new.speaker) == (
        "component_not_present",
        "Not built in",
        Speaker.MANUFACTURER,
    )
    isolate, update, none = hostile.of(Remedy, found)
    assert (isolate.product_ids, update.product_ids, none.product_ids) == (("P1", "P2"), ("P1",), ())
    assert (update.restart, update.entitlements, update.dated) == ("machine", ("contract",), "2024-06-01T00:00:00Z")
    assert update.place == "/vulnerabilities/0/remediations/1"


def test_series_and_date() -> None:
    source = hostile.content(BYTES)
    assert READER.recognises(source) and READER.snapshot
    assert READER.series(source) == "https://acme.example ACME-1"
    assert READER.dated(source) == "2024-05-02T08:00:00Z"


def test_head_that_ends_within_the_document() -> None:
    notes = [{"category": "general", "text": "x" * 1000}] * 100
    long = {**SAMPLE, "document": {"csaf_version": "2.0", "notes": notes, **SAMPLE["document"]}}
    source = hostile.content(json.dumps(long).encode())
    assert READER.recognises(source)
    assert READER.series(source) == "https://acme.example ACME-1"


def test_document_after_its_other_parts() -> None:
    turned = {"product_tree": {"x": "y" * 70_000}, "document": SAMPLE["document"]}
    assert READER.recognises(hostile.content(json.dumps(turned).encode()))


@pytest.mark.parametrize("other", [b"{}", b'{"document": {"title": 1}}', b"[]", b"text", b'{"vulnerabilities": []}'])
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_unknown_versions_and_missing_ids_are_told() -> None:
    found = hostile.rows(READER, {"document": {"csaf_version": "9"}})
    assert hostile.reasons(found) == [
        ("/document/csaf_version", "refusal.csaf.version"),
        ("/document/tracking/id", "refusal.csaf.tracking"),
    ]
    assert hostile.of(Advisory, found)[0].document == "sample"


def test_truncation_at_every_byte() -> None:
    for data in hostile.truncations(BYTES):
        source = hostile.content(data)
        with pytest.raises(hostile.UNREADABLE):
            list(READER.read(source, hostile.GIVEN))
    assert READER.recognises(hostile.content(BYTES[:60])), "a truncated advisory is still known for one"


def test_flips_swaps_and_depth() -> None:
    for data in (*hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)


def test_a_swap_never_loses_more_than_its_part() -> None:
    damaged = json.loads(BYTES)
    damaged["vulnerabilities"][0]["threats"] = {"a": 1}
    damaged["vulnerabilities"][0]["remediations"][0]["category"] = []
    found = hostile.rows(READER, damaged)
    assert len(hostile.of(Statement, found)) == 2 and len(hostile.of(Remedy, found)) == 2
    assert {place for place, _ in hostile.reasons(found)} == {
        "/vulnerabilities/0/threats",
        "/vulnerabilities/0/remediations/0",
    }


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "branches",
                        "category",
                        "name",
                        "product",
                        "product_id",
                        "cve",
                        "product_status",
                        "known_affected",
                        "relationships",
                        "product_reference",
                        "full_product_name",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json(value: Any) -> None:
    hostile.endures(
        READER, json.dumps({"document": SAMPLE["document"], "product_tree": value, "vulnerabilities": [value]}).encode()
    )


# The figures below are counted by another way than the reader's: plain dictionaries, walked by hand.


def counted(folder: Path) -> Counter[str]:
    """Entries, products and remediations of a folder of advisories."""
    found: Counter[str] = Counter()
    for file in folder.rglob("*.json"):
        document = json.loads(file.read_bytes())
        found["files"] += 1
        waiting = list(document["product_tree"].get("branches", []))
        while waiting:
            branch = waiting.pop()
            waiting += branch.get("branches", [])
            found["products"] += "product" in branch
        for entry in document["vulnerabilities"]:
            found["entries"] += 1
            found["affected"] += len(entry["product_status"]["known_affected"])
            for remediation in entry["remediations"]:
                found[remediation["category"]] += 1
    return found


def read(folder: Path) -> tuple[Counter[str], list[Any]]:
    """The same figures by the reader's rows, and its refusals."""
    found: Counter[str] = Counter()
    refused: list[Any] = []
    for file in sorted(folder.rglob("*.json")):
        source = hostile.content(file.read_bytes(), file.name)
        assert READER.recognises(source)
        rows = list(READER.read(source, hostile.GIVEN))
        found["files"] += 1
        found["products"] += len({s.product_id for s in hostile.of(Statement, rows)})
        found["entries"] += len(hostile.of(Vulnerability, rows))
        found["affected"] += sum(s.status is Status.AFFECTED for s in hostile.of(Statement, rows))
        found.update(r.category for r in hostile.of(Remedy, rows))
        refused += hostile.of(Refusal, rows)
    return found, refused


def test_all_medical_advisories_yield_all_that_they_hold(shared: Path) -> None:
    cves, mine, theirs, refused = set(), Counter[str](), Counter[str](), []
    for folder in sorted((shared / "csaf-icsma").glob("20*")):
        mine += counted(folder)
        found, told = read(folder)
        theirs += found
        refused += told
        for file in folder.glob("*.json"):
            cves |= {v["cve"] for v in json.loads(file.read_bytes())["vulnerabilities"]}
    assert theirs == mine
    assert (mine["files"], mine["entries"], len(cves), mine["products"]) == (144, 433, 428, 607)
    assert (mine["vendor_fix"], mine["mitigation"]) == (1254, 740)
    # two advisories on scanners with Windows XP score three products each and give them no status
    assert Counter((r.name, r.reason) for r in refused) == {
        ("icsma-17-215-01.json", "refusal.csaf.silent"): 3,
        ("icsma-17-215-02.json", "refusal.csaf.silent"): 3,
    }


def test_other_advisories_are_read_without_refusal(shared: Path) -> None:
    folder = shared / "csaf-icsma" / "_nonmedical_icsa_2023"
    found, refused = read(folder)
    assert found == counted(folder) and found["files"] == 148
    assert refused == []


def test_products_without_status_are_unknown(shared: Path) -> None:
    data = (shared / "csaf-icsma" / "2017" / "icsma-17-215-01.json").read_bytes()
    unknown = [s for s in hostile.of(Statement, hostile.rows(READER, data)) if s.status is Status.UNKNOWN]
    assert {s.product for s in unknown} == {
        "Siemens SPECT/CT Systems Windows XP-Based",
        "Siemens SPECT Systems Windows XP-Based",
        "Siemens PET/CT Systems Windows XP-Based",
    }


def test_conformance_files(shared: Path) -> None:
    folder = shared / "csaf-conformance" / "csaf_2.0" / "test" / "validator" / "data"
    tests = json.loads((folder / "testcases.json").read_bytes())["tests"]
    valid = {folder / case["name"] for test in tests for case in test.get("valid", [])}
    seen = 0
    for file in sorted(folder.rglob("oasis_csaf_tc-*.json")):
        found = hostile.rows(READER, file.read_bytes())
        assert len(hostile.of(Advisory, found)) == 1
        reasons = {reason for _, reason in hostile.reasons(found)} - {"refusal.csaf.silent"}
        if file in valid:
            assert reasons == set(), file.name
            seen += 1
    assert seen > 60


def test_conformance_failures_are_told(shared: Path) -> None:
    folder = shared / "csaf-conformance" / "csaf_2.0" / "test" / "validator" / "data" / "mandatory"
    for number, reason in (("01-01", "product"), ("02-01", "duplicate"), ("03-01", "unmade"), ("04-02", "group")):
        data = (folder / f"oasis_csaf_tc-csaf_2_0-2021-6-1-{number}.json").read_bytes()
        assert f"refusal.csaf.{reason}" in {r for _, r in hostile.reasons(hostile.rows(READER, data))}, number


def test_examples_of_2_1(shared: Path) -> None:
    files = sorted((shared / "csaf-2.1" / "examples" / "csaf").rglob("*.json"))
    statements = 0
    for file in files:
        document = json.loads(file.read_bytes())
        found = hostile.rows(READER, file.read_bytes())
        said = hostile.of(Statement, found)
        named = [
            one
            for v in document.get("vulnerabilities", [])
            for ids in v.get("product_status", {}).values()
            for one in ids
        ]
        assert len([s for s in said if "/product_status/" in s.place]) == len(named), file.name
        assert {reason for _, reason in hostile.reasons(found)} <= {"refusal.csaf.silent"}
        statements += len(said)
    assert len(files) == 23 and statements > 300
