from typing import Any

import pytest

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Remedy, Statement, Status, Vulnerability
from hygie.sources.cyclonedx import READER


def read(*entries: Any, **top: Any) -> list[Any]:
    document = {
        "bomFormat": "CycloneDX",
        "serialNumber": "urn:uuid:1",
        "metadata": {
            "timestamp": "2024-01-01T00:00:00Z",
            "manufacturer": {"name": "Acme"},
            "component": {"bom-ref": "main", "type": "device", "name": "Pump", "version": "3"},
        },
        "components": [{"bom-ref": "ssl", "type": "library", "name": "openssl", "version": "1.0"}],
        "vulnerabilities": list(entries),
        **top,
    }
    return hostile.rows(READER, document)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("resolved", Status.FIXED),
        ("resolved_with_pedigree", Status.FIXED),
        ("exploitable", Status.AFFECTED),
        ("in_triage", Status.UNDER_INVESTIGATION),
        ("false_positive", Status.NOT_AFFECTED),
        ("not_affected", Status.NOT_AFFECTED),
        ("something_new", Status.UNKNOWN),
        ("", Status.AFFECTED),
    ],
)
def test_states(state: str, status: Status) -> None:
    found = read({"id": "CVE-2020-1000", "analysis": {"state": state}, "affects": [{"ref": "ssl"}]})
    assert [s.status for s in hostile.of(Statement, found)] == [status]


def test_a_component_of_the_product() -> None:
    analysis = {
        "state": "not_affected",
        "justification": "code_not_present",
        "detail": "no",
        "lastUpdated": "2024-02-01",
    }
    part, main = hostile.of(
        Statement, read({"id": "CVE-2020-1000", "analysis": analysis, "affects": [{"ref": "ssl"}, {"ref": "main"}]})
    )
    assert (part.product, part.version, part.inside_product, part.inside_version) == ("openssl", "1.0", "Pump", "3")
    assert (part.speaker, part.publisher, part.dated) == (Speaker.MANUFACTURER, "Acme", "2024-02-01")
    assert (part.justification, part.text, part.document) == ("code_not_present", "no", "urn:uuid:1")
    assert (main.product, main.make, main.inside_product) == ("Pump", "Acme", "")


def test_versions() -> None:
    versions = [
        {"version": "2.4"},
        {"range": "vers:generic/>=2.9|<=4.1", "status": "affected"},
        {"version": "5", "status": "unaffected"},
        {"version": "6", "status": "unknown"},
    ]
    found = read(
        {
            "id": "CVE-2020-1000",
            "analysis": {"state": "exploitable"},
            "affects": [{"ref": "main", "versions": versions}],
        }
    )
    assert [(s.version, s.version_is_range, s.status) for s in hostile.of(Statement, found)] == [
        ("2.4", False, Status.AFFECTED),
        ("vers:generic/>=2.9|<=4.1", True, Status.AFFECTED),
        ("5", False, Status.NOT_AFFECTED),
        ("6", False, Status.UNKNOWN),
    ]


def test_references_elsewhere() -> None:
    affects = [{"ref": "urn:cdx:2/1#pkg:npm/left-pad@1.0"}, {"ref": "urn:cdx:2/1#product"}, {"ref": "gone"}]
    found = read({"id": "CVE-2020-1000", "analysis": {"state": "resolved"}, "affects": affects})
    assert [(s.product, s.version) for s in hostile.of(Statement, found)] == [("left-pad", "1.0")]
    assert hostile.reasons(found) == [
        ("/vulnerabilities/0/affects/1", "refusal.cyclonedx.reference"),
        ("/vulnerabilities/0/affects/2", "refusal.cyclonedx.reference"),
    ]


def test_names_scores_and_weaknesses() -> None:
    ratings = [
        {"source": {"name": "NVD"}, "score": 9.8, "method": "CVSSv3", "vector": "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
        {"score": 1, "method": "CVSSv31", "vector": "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"},
        {"score": 10, "method": "OWASP", "vector": "SL:1/M:1"},
    ]
    entry = {
        "id": "SNYK-1",
        "references": [{"id": "cve-2020-1000"}],
        "ratings": ratings,
        "cwes": [79, "x"],
        "rejected": "2024-01-01",
    }
    found = hostile.of(Vulnerability, read(entry))[0]
    assert (found.id, found.aliases, found.cwes, found.rejected) == ("CVE-2020-1000", ("SNYK-1",), ("CWE-79",), True)
    assert (found.cvss[:8], found.cvss_score) == ("CVSS:3.1", 1.0)
    assert hostile.reasons(read({"description": "d"})) == [("/vulnerabilities/0", "refusal.cyclonedx.nameless")]


def test_remedies() -> None:
    entry = {
        "id": "CVE-2020-1000",
        "recommendation": "Update",
        "workaround": "Isolate",
        "analysis": {"response": ["update", "will_not_fix", "odd"], "detail": "d"},
        "affects": [{"ref": "ssl"}, {"ref": "ssl"}],
    }
    assert [(r.category, r.details, r.product_ids) for r in hostile.of(Remedy, read(entry))] == [
        ("vendor_fix", "Update", ("ssl",)),
        ("workaround", "Isolate", ("ssl",)),
        ("no_fix_planned", "d", ("ssl",)),
    ]
    assert hostile.of(Remedy, read({"id": "CVE-2020-1000", "recommendation": "Look"}))[0].category == "mitigation"
