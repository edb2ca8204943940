import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.knowledge import Exploited
from hygie.sources.kev import READER

ENTRY = {
    "cveID": "CVE-2020-1000",
    "vendorProject": "Acme",
    "product": "Pump",
    "vulnerabilityName": "Acme, Overflow",
    "dateAdded": "2022-01-01",
    "shortDescription": "d",
    "requiredAction": "a",
    "dueDate": "2022-02-01",
    "knownRansomwareCampaignUse": "Known",
    "notes": "n",
    "cwes": ["CWE-79"],
}
SAMPLE: dict[str, Any] = {
    "title": "t",
    "catalogVersion": "2024.01.01",
    "dateReleased": "2024-01-01T10:00:00.5Z",
    "count": 2,
    "vulnerabilities": [ENTRY, {**ENTRY, "cveID": "CVE-2020-1001", "dateAdded": "2023-01-01"}],
}
BYTES = json.dumps(SAMPLE).encode()
COLUMNS = [k for k in ENTRY if k != "cwes"]
CSV = "\n".join(
    [
        ",".join(COLUMNS),
        'CVE-2020-1000,Acme,Pump,"Acme, Overflow",2022-01-01,"two\nlines",a,2022-02-01,Known,n',
        "CVE-2020-1001,Acme,Pump,x,2023-01-01,d,a,,Unknown,",
        "",
    ]
).encode()


@pytest.mark.parametrize("data", [BYTES, CSV, b"\xef\xbb\xbf" + CSV])
def test_both_layouts(data: bytes) -> None:
    assert READER.recognises(hostile.content(data)) and READER.series(hostile.content(data)) == ""
    first, second = hostile.of(Exploited, hostile.rows(READER, data))
    assert (first.vulnerability, first.added, first.due) == ("CVE-2020-1000", "2022-01-01", "2022-02-01")
    assert (first.name, first.ransomware, first.notes) == ("Acme, Overflow", "Known", "n")
    assert second.vulnerability == "CVE-2020-1001"
    assert first.place in ("/vulnerabilities/0", "line 3")


def test_dates() -> None:
    assert READER.dated(hostile.content(BYTES)) == "2024-01-01T10:00:00Z"
    assert READER.dated(hostile.content(CSV)) == "2023-01-01", "the newest entry's day"


def test_parts_that_are_none_are_told() -> None:
    lines = CSV + b"CVE-2020-1002,short\nno,Acme,Pump,x,2023-01-01,d,a,,Unknown,\n"
    assert hostile.reasons(hostile.rows(READER, lines)) == [
        ("line 5", "refusal.kev.width"),
        ("line 6", "refusal.cve5.id"),
    ]
    assert hostile.reasons(hostile.rows(READER, {"vulnerabilities": [ENTRY, 3]})) == [
        ("/vulnerabilities/1", "refusal.part")
    ]


@pytest.mark.parametrize("other", [b"{}", b'{"vulnerabilities": []}', b"cve,epss,percentile\n", b"", b"\xff\xfe\x00"])
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_damage() -> None:
    for data in (
        *hostile.truncations(BYTES),
        *hostile.truncations(CSV),
        *hostile.flips(BYTES),
        *hostile.flips(CSV),
        *hostile.swaps(SAMPLE),
    ):
        source = hostile.content(data)
        if READER.recognises(source):
            hostile.endures(READER, data)


def test_the_real_list_in_both_layouts(shared: Path) -> None:
    folder = shared / "kev-epss" / "kev"
    data = gzip.decompress((folder / "known_exploited_vulnerabilities.json.gz").read_bytes())
    catalog = json.loads(data)
    found = hostile.rows(READER, data)
    assert [e.vulnerability for e in found] == [v["cveID"] for v in catalog["vulnerabilities"]]
    table = hostile.rows(READER, gzip.decompress((folder / "known_exploited_vulnerabilities.csv.gz").read_bytes()))
    assert {(e.vulnerability, e.added, e.due, e.ransomware) for e in table} == {
        (e.vulnerability, e.added, e.due, e.ransomware) for e in found
    }
    assert len(found) == len(table) == catalog["count"] == 1404
