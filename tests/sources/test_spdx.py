import json
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Bom, Component
from hygie.sources.spdx import READER

SAMPLE: dict[str, Any] = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "pump-sbom",
    "documentNamespace": "https://acme.example/1",
    "creationInfo": {
        "created": "2024-01-01T00:00:00Z",
        "creators": ["Tool: t", "Organization: Acme Inc. (a@b.example)"],
    },
    "packages": [
        {
            "SPDXID": "SPDXRef-p",
            "name": "Pump",
            "versionInfo": "3.1",
            "supplier": "Organization: Acme (x@acme.example)",
            "primaryPackagePurpose": "DEVICE",
        },
        {
            "SPDXID": "SPDXRef-o",
            "name": "openssl",
            "versionInfo": "NOASSERTION",
            "supplier": "Person: Jane Doe (j@d.example)",
            "originator": "Organization: OpenSSL",
            "externalRefs": [
                {
                    "referenceCategory": "SECURITY",
                    "referenceType": "http://spdx.org/rdf/references/cpe22Type",
                    "referenceLocator": "cpe:/a:o:o",
                },
                {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:o:o:1:*:*:*:*:*:*:*"},
                {"referenceType": "purl", "referenceLocator": "pkg:generic/openssl@1"},
                {"referenceType": "purl", "referenceLocator": "pkg:generic/second@1"},
            ],
            "checksums": [{"algorithm": "SHA1", "checksumValue": "ab"}],
        },
    ],
    "relationships": [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-p"},
        {"spdxElementId": "SPDXRef-p", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "NOASSERTION"},
    ],
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_document() -> None:
    found = hostile.rows(READER, SAMPLE)
    bom = hostile.of(Bom, found)[0]
    assert (bom.make, bom.product, bom.version, bom.components) == ("Acme", "Pump", "3.1", 1)
    assert (bom.format, bom.speaker, bom.completeness) == ("SPDX-2.3", Speaker.MANUFACTURER, "unknown")
    assert (bom.place, bom.document, bom.dated) == ("/packages/0", "https://acme.example/1", "2024-01-01T00:00:00Z")
    pump, ssl = hostile.of(Component, found)
    assert (pump.type, pump.reference) == ("device", "SPDXRef-p")
    assert (ssl.make, ssl.version, ssl.purl) == ("OpenSSL", "", "pkg:generic/openssl@1")
    assert (ssl.cpe, ssl.hashes) == ("cpe:2.3:a:o:o:1:*:*:*:*:*:*:*", ("SHA1:ab",))
    assert "Jane" not in repr(found), "persons stay out"


def test_series_and_date() -> None:
    source = hostile.content(BYTES)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == ("pump-sbom, Pump 3.1", "2024-01-01T00:00:00Z")


def test_other_ways_to_describe() -> None:
    for way in (
        {"relationships": [], "documentDescribes": ["SPDXRef-p"]},
        {
            "relationships": [
                {
                    "spdxElementId": "SPDXRef-p",
                    "relationshipType": "DESCRIBED_BY",
                    "relatedSpdxElement": "SPDXRef-DOCUMENT",
                }
            ]
        },
    ):
        assert [b.product for b in hostile.of(Bom, hostile.rows(READER, {**SAMPLE, **way}))] == ["Pump"]
    found = hostile.rows(READER, {**SAMPLE, "relationships": []})
    assert hostile.reasons(found) == [("/documentDescribes", "refusal.bom.product")]
    assert len(hostile.of(Component, found)) == 2


def test_a_tool_is_no_manufacturer() -> None:
    document = {**SAMPLE, "creationInfo": {"creators": ["Tool: Acme", "Person: Acme"]}}
    assert hostile.of(Bom, hostile.rows(READER, document))[0].speaker is Speaker.THIRD_PARTY


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"SPDXVersion: SPDX-2.2\nDataLicense: CC0-1.0\n", "tag-value"),
        (b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}', "3.0"),
    ],
)
def test_other_forms_are_refused_with_what_to_ask_for(data: bytes, form: str) -> None:
    source = hostile.content(data)
    assert READER.recognises(source) and READER.series(source)
    with pytest.raises(ValueError) as refused:
        list(READER.read(source, hostile.GIVEN))
    assert refused.value.args == ("refusal.spdx.form", f"form={form}")


def test_many_described_packages() -> None:
    packages = [{"SPDXID": f"SPDXRef-{i}", "name": f"p{i}"} for i in range(150)]
    document = {**SAMPLE, "packages": packages, "documentDescribes": [p["SPDXID"] for p in packages]}
    found = hostile.rows(READER, document)
    assert (len(hostile.of(Bom, found)), len(hostile.of(Component, found))) == (100, 150)
    assert [reason for _, reason in hostile.reasons(found)] == ["refusal.spdx.many"]


def test_damage() -> None:
    for data in (*hostile.truncations(BYTES), *hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)


@pytest.mark.parametrize("other", [b"{}", b'{"spdxVersion": 2}', b"[]", b"text about SPDXVersion: SPDX-2.2"])
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_examples(shared: Path) -> None:
    """Every 2.2 and 2.3 JSON document; packages counted from plain dictionaries."""
    read = refused = 0
    for file in sorted(set((shared / "spdx").iterdir()) - {shared / "spdx" / "SOURCES.md"}):
        source = hostile.content(file.read_bytes(), file.name)
        assert READER.recognises(source), file.name
        document = json.loads(file.read_bytes()) if file.suffix == ".json" else {}
        if "spdxVersion" not in document:
            with pytest.raises(ValueError, match=r"refusal\.spdx\.form"):
                list(READER.read(source, hostile.GIVEN))
            refused += 1
            continue
        found = list(READER.read(source, hostile.GIVEN))
        assert len(hostile.of(Component, found)) == len(document["packages"]), file.name
        assert hostile.of(Bom, found) and hostile.reasons(found) == [], file.name
        read += 1
    assert (read, refused) == (17, 34)
