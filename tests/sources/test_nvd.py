import json
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.knowledge import Applicability, Exploited, Vulnerability
from hygie.sources.nvd import READER

V31, V2 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:N/AC:L/Au:N/C:C/I:C/A:C"
SAMPLE: dict[str, Any] = {
    "resultsPerPage": 1,
    "startIndex": 2000,
    "totalResults": 9000,
    "format": "NVD_CVE",
    "version": "2.0",
    "timestamp": "2024-05-01T10:00:00.123",
    "vulnerabilities": [
        {
            "cve": {
                "id": "CVE-2020-1000",
                "published": "2020-01-01T00:00:00.000",
                "lastModified": "2021-01-01T00:00:00.000",
                "vulnStatus": "Analyzed",
                "cisaExploitAdd": "2022-01-01",
                "cisaActionDue": "2022-02-01",
                "cisaVulnerabilityName": "Acme Overflow",
                "cisaRequiredAction": "Update",
                "descriptions": [{"lang": "es", "value": "Largo"}, {"lang": "en", "value": "Long"}],
                "metrics": {
                    "cvssMetricV2": [
                        {"source": "n", "type": "Primary", "cvssData": {"vectorString": V2, "baseScore": 10}}
                    ],
                    "cvssMetricV31": [
                        {"source": "c", "type": "Secondary", "cvssData": {"vectorString": V31, "baseScore": 9.9}},
                        {"source": "n", "type": "Primary", "cvssData": {"vectorString": V31, "baseScore": 9.8}},
                    ],
                },
                "weaknesses": [
                    {"description": [{"lang": "en", "value": "CWE-79"}]},
                    {"description": [{"value": "NVD-CWE-noinfo"}]},
                ],
                "references": [
                    {"url": "https://e.example", "tags": ["Exploit", "Patch"]},
                    {"url": "https://f.example"},
                ],
                "configurations": [
                    {
                        "operator": "AND",
                        "nodes": [
                            {
                                "operator": "OR",
                                "negate": False,
                                "cpeMatch": [
                                    {
                                        "vulnerable": True,
                                        "criteria": "cpe:2.3:o:acme:fw:*:*:*:*:*:*:*:*",
                                        "versionStartIncluding": "1",
                                        "versionEndExcluding": "2",
                                    }
                                ],
                            },
                            {
                                "operator": "OR",
                                "cpeMatch": [{"vulnerable": False, "criteria": "cpe:2.3:h:acme:p:-:*:*:*:*:*:*:*"}],
                            },
                        ],
                    }
                ],
            }
        }
    ],
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_page() -> None:
    found = hostile.rows(READER, SAMPLE)
    known = hostile.of(Vulnerability, found)[0]
    assert (known.id, known.description, known.cwes, known.rejected) == ("CVE-2020-1000", "Long", ("CWE-79",), False)
    assert (known.cvss, known.cvss_score, known.cvss_source) == (V31, 9.8, "n"), "newest version, NVD's own"
    assert (known.exploit_references, known.modified) == (("https://e.example",), "2021-01-01T00:00:00Z")
    firmware, hardware = hostile.of(Applicability, found)
    assert (firmware.start, firmware.end, firmware.end_included, firmware.version) == ("1", "2", False, "")
    assert (hardware.vulnerable, hardware.node, hardware.configuration_operator) == (False, 1, "AND")
    assert hardware.place == "/vulnerabilities/0/cve/configurations/0/nodes/1/cpeMatch/0"
    assert [(e.added, e.due, e.name) for e in hostile.of(Exploited, found)] == [
        ("2022-01-01", "2022-02-01", "Acme Overflow")
    ]


def test_series_and_date() -> None:
    source = hostile.content(BYTES)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == ("2000 CVE-2020-1000", "2024-05-01T10:00:00Z")


def test_rejected() -> None:
    page = {"vulnerabilities": [{"cve": {"id": "CVE-2020-1000", "vulnStatus": "Rejected"}}, {"cve": {"id": "no"}}]}
    found = hostile.rows(READER, page)
    assert hostile.of(Vulnerability, found)[0].rejected
    assert hostile.reasons(found) == [("/vulnerabilities/1/cve/id", "refusal.cve5.id")]
    assert READER.recognises(hostile.content(json.dumps(page).encode()))


@pytest.mark.parametrize(
    "other", [b"{}", b'{"vulnerabilities": [{"cve": "CVE-2020-1000"}]}', b'{"vulnerabilities": 1}', b"x"]
)
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_damage() -> None:
    for data in (*hostile.truncations(BYTES), *hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)


def test_real_configurations(shared: Path) -> None:
    """Three thousand CVEs in NVD's form, counted by plain dictionaries."""
    items, matches = [], 0
    for file in sorted((shared / "nvd-cpe-overrides" / "data").rglob("CVE-*.json")):
        cve = json.loads(file.read_bytes())["cve"]
        items.append({"cve": {"id": file.stem, **cve}})
        matches += sum(len(n["cpeMatch"]) for c in cve.get("configurations", []) for n in c["nodes"])
    found = hostile.rows(READER, {"format": "NVD_CVE", "vulnerabilities": items})
    assert len(hostile.of(Vulnerability, found)) == len(items) > 3000
    assert len(hostile.of(Applicability, found)) == matches > 3000
    assert {reason for _, reason in hostile.reasons(found)} <= {"refusal.range.empty"}
