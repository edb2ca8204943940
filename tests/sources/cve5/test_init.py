import io
import json
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability, Exploited, Remedy, Vulnerability
from hygie.sources.cve5 import READER
from hygie.sources.opening import Content, gathered, upload

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
SAMPLE: dict[str, Any] = {
    "dataType": "CVE_RECORD",
    "dataVersion": "5.1",
    "cveMetadata": {
        "cveId": "CVE-2024-1001",
        "state": "PUBLISHED",
        "datePublished": "2024-01-02T00:00:00.000Z",
        "dateUpdated": "2024-03-02T00:00:00.000Z",
    },
    "containers": {
        "cna": {
            "providerMetadata": {"orgId": "o", "shortName": "acme"},
            "title": "Overflow",
            "descriptions": [{"lang": "fr", "value": "Trop long"}, {"lang": "en-US", "value": "Too long"}],
            "affected": [
                {
                    "vendor": "Acme Medical",
                    "product": "Pump",
                    "defaultStatus": "unaffected",
                    "platforms": ["Linux"],
                    "versions": [{"version": "1", "lessThan": "2", "status": "affected", "versionType": "custom"}],
                }
            ],
            "cpeApplicability": [
                {
                    "nodes": [
                        {
                            "operator": "OR",
                            "cpeMatch": [{"vulnerable": True, "criteria": "cpe:2.3:h:acme:pump:*:*:*:*:*:*:*:*"}],
                        }
                    ]
                }
            ],
            "metrics": [
                {"cvssV4_0": {"vectorString": "CVSS:4.0/AV:N", "baseScore": 9.3}},
                {"cvssV3_1": {"vectorString": VECTOR}},
            ],
            "problemTypes": [{"descriptions": [{"description": "CWE-121 Stack"}]}],
            "references": [{"url": "https://x.example/poc", "tags": ["exploit"]}, {"url": "https://x.example/a"}],
            "solutions": [{"lang": "en", "value": "Update"}],
            "workarounds": [{"lang": "en", "value": "Isolate"}],
        },
        "adp": [
            {
                "providerMetadata": {"shortName": "CISA-ADP"},
                "affected": [
                    {"vendor": "acme", "product": "pump", "versions": [{"version": "1.5", "status": "affected"}]}
                ],
                "metrics": [
                    {
                        "other": {
                            "type": "ssvc",
                            "content": {
                                "options": [
                                    {"Exploitation": "poc"},
                                    {"Automatable": "no"},
                                    {"Technical Impact": "total"},
                                ]
                            },
                        }
                    },
                    {
                        "other": {
                            "type": "kev",
                            "content": {"dateAdded": "2024-02-02", "reference": "https://k.example"},
                        }
                    },
                ],
            }
        ],
    },
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_record() -> None:
    found = hostile.rows(READER, SAMPLE)
    known = hostile.of(Vulnerability, found)[0]
    assert (known.id, known.title, known.description, known.cwes) == (
        "CVE-2024-1001",
        "Overflow",
        "Too long",
        ("CWE-121",),
    )
    assert (known.cvss, known.cvss_score, known.cvss_source) == ("CVSS:4.0/AV:N", 9.3, "acme")
    assert (known.exploitation, known.automatable, known.technical_impact) == ("poc", "no", "total")
    assert (known.exploit_references, known.published) == (("https://x.example/poc",), "2024-01-02T00:00:00Z")
    cna, node, adp = hostile.of(Applicability, found)
    assert (cna.source, cna.speaker, cna.default_status) == ("cna:acme", Speaker.MANUFACTURER, "unaffected")
    assert (cna.start, cna.end, cna.version_type, cna.platforms) == ("1", "2", "custom", ("Linux",))
    assert (node.configuration, node.version, node.speaker) == (1, "*", Speaker.MANUFACTURER)
    assert (adp.source, adp.speaker, adp.version) == ("adp:CISA-ADP", Speaker.THIRD_PARTY, "1.5")
    assert adp.place == "/containers/adp/0/affected/0/versions/0"
    assert [(r.category, r.details, r.speaker) for r in hostile.of(Remedy, found)] == [
        ("vendor_fix", "Update", Speaker.MANUFACTURER),
        ("workaround", "Isolate", Speaker.MANUFACTURER),
    ]
    assert [(e.added, e.notes) for e in hostile.of(Exploited, found)] == [("2024-02-02", "https://k.example")]


def test_rejected_records() -> None:
    record = {
        "cveMetadata": {"cveId": "cve-2024-1002", "state": "REJECTED"},
        "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "Not used"}]}},
    }
    known = hostile.of(Vulnerability, hostile.rows(READER, record))[0]
    assert (known.id, known.rejected, known.description) == ("CVE-2024-1002", True, "Not used")


def test_lists_and_lines() -> None:
    other = json.loads(BYTES)
    other["cveMetadata"] = {"cveId": "CVE-2024-1003", "dateUpdated": "2025-01-01T00:00:00Z"}
    listed = json.dumps([SAMPLE, other, 3]).encode()
    lines = b"\n".join((BYTES, b"", json.dumps(other).encode(), b'{"cut'))
    for data, place in ((listed, "/2"), (lines, "line 4")):
        source = hostile.content(data)
        assert READER.recognises(source) and READER.series(source) == "from CVE-2024-1001"
        assert READER.dated(source) == "2025-01-01T00:00:00Z"
        found = hostile.rows(READER, data)
        assert [v.id for v in hostile.of(Vulnerability, found)] == ["CVE-2024-1001", "CVE-2024-1003"]
        assert hostile.reasons(found) == [(place, "refusal.part")]
    assert hostile.of(Vulnerability, hostile.rows(READER, lines))[1].place == "line 3:/cveMetadata"


def test_series_of_one_record() -> None:
    source = hostile.content(BYTES)
    assert (READER.series(source), READER.dated(source)) == ("CVE-2024-1001", "2024-03-02T00:00:00Z")


@pytest.mark.parametrize("other", [b"{}", b'{"vulnerabilities": []}', b"[1]", b"x", b'{"containers": {}}'])
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_records_without_an_id_are_told() -> None:
    assert hostile.reasons(hostile.rows(READER, {"containers": {"cna": {}}})) == [
        ("/cveMetadata/cveId", "refusal.cve5.id")
    ]


def test_records_in_which_nobody_speaks_are_told() -> None:
    found = hostile.rows(READER, {"cveMetadata": {"cveId": "CVE-2024-1004", "state": "PUBLISHED"}})
    assert hostile.reasons(found) == [("/containers", "refusal.cve5.empty")]
    assert hostile.of(Vulnerability, found) == []
    rejected = hostile.rows(READER, {"cveMetadata": {"cveId": "CVE-2024-1004", "state": "REJECTED"}})
    assert [v.rejected for v in hostile.of(Vulnerability, rejected)] == [True]


def test_damage() -> None:
    for data in (*hostile.truncations(BYTES), *hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)
    for data in hostile.truncations(BYTES[:600]):
        with pytest.raises(hostile.UNREADABLE):
            list(READER.read(hostile.content(data), hostile.GIVEN))


def test_real_records(shared: Path) -> None:
    """Counted by another way: plain dictionaries."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for file in sorted((shared / "cve-ssvc").rglob("CVE-*.json")):
        record = json.loads(file.read_bytes())
        containers = [record["containers"]["cna"], *record["containers"].get("adp", [])]
        others = [m["other"] for c in containers for m in c.get("metrics", []) if "other" in m]
        for other in others:
            if other["type"] == "ssvc":
                options = {k: v for option in other["content"]["options"] for k, v in option.items()}
                wanted[f"{options['Exploitation']} {options['Automatable']} {options['Technical Impact']}".lower()] += 1
        wanted["kev"] += sum(other["type"] == "kev" for other in others)
        wanted["records"] += 1
        wanted["exploits"] += len(
            {r["url"] for c in containers for r in c.get("references", []) if "exploit" in r.get("tags", [])}
        )
        wanted["nodes"] += sum(
            len(node["cpeMatch"]) for c in containers for a in c.get("cpeApplicability", []) for node in a["nodes"]
        )
        rows = hostile.rows(READER, file.read_bytes())
        known = hostile.of(Vulnerability, rows)
        found["records"] += len(known)
        found[f"{known[0].exploitation} {known[0].automatable} {known[0].technical_impact}"] += 1
        found["exploits"] += len(known[0].exploit_references)
        found["kev"] += len(hostile.of(Exploited, rows))
        found["nodes"] += sum("/cpeApplicability/" in r.place for r in hostile.of(Applicability, rows))
        assert {reason for _, reason in hostile.reasons(rows)} <= {"refusal.range.empty"}
    assert found == wanted and wanted["records"] == 446


def test_real_ranges(shared: Path) -> None:
    """Distinct base CPE by versions, for CISA's own entries: counted from plain dictionaries."""
    for file in sorted((shared / "cve-ssvc").rglob("CVE-2024-2*.json")):
        record = json.loads(file.read_bytes())
        wanted = 0
        for container in record["containers"].get("adp", []):
            for entry in container.get("affected", []):
                bases = {tuple(cpe.split(":")[:5]) + tuple(cpe.split(":")[7:]) for cpe in entry["cpes"]}
                wanted += len(bases) * sum(v["version"] != "-" or "lessThan" in v for v in entry["versions"])
                if all(v["version"] in ("-", "unspecified") and len(v) == 2 for v in entry["versions"]):
                    wanted += len(set(entry["cpes"]))
        rows = hostile.of(Applicability, hostile.rows(READER, file.read_bytes()))
        found = [r for r in rows if r.source == "adp:CISA-ADP" and "/affected/" in r.place]
        assert len(found) == wanted, file.name


def test_a_zip_of_the_list_is_one_reading_of_one_record_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "FEWEST", 3)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in (1001, 1002, 1003, 1004):
            text = json.dumps(SAMPLE, indent=2).replace("CVE-2024-1001", f"CVE-2024-{number}")
            text = "{]" if number == 1003 else text.replace("2024-03-02", f"2024-03-{number - 1000:02}")
            archive.writestr(f"x/CVE-2024-{number}.json", text)
    (one,) = upload("list.zip", out.getvalue())
    assert isinstance(one, Content)
    assert READER.recognises(one)
    assert READER.series(one) == "from CVE-2024-1001"
    assert READER.dated(one) == "2024-03-04T00:00:00Z"
    found = list(READER.read(one, hostile.GIVEN))
    told = hostile.of(Vulnerability, found)
    assert [row.id for row in told] == ["CVE-2024-1001", "CVE-2024-1002", "CVE-2024-1004"]
    assert told[1].place == "CVE-2024-1002.json:/cveMetadata"
    assert hostile.reasons(found) == [("line 3", "refusal.part")]
    single = hostile.of(Vulnerability, hostile.rows(READER, SAMPLE))[0]
    assert told[0] == replace(single, place=told[0].place, modified=told[0].modified)
