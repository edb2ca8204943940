import json
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Advisory, Remedy, Statement, Status, Vulnerability
from hygie.sources.openvex import READER

SAMPLE: dict[str, Any] = {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "https://acme.example/vex-1",
    "author": "Acme Inc",
    "role": "Product vendor",
    "timestamp": "2024-01-01T12:00:00+02:00",
    "last_updated": "2024-02-01T00:00:00Z",
    "version": 2,
    "statements": [
        {
            "vulnerability": {"name": "CVE-2023-1255", "description": "d", "aliases": ["GHSA-1"]},
            "products": [
                {
                    "@id": "pkg:oci/pump@1",
                    "subcomponents": [{"@id": "pkg:apk/alpine/libssl3@3.0.8-r3", "hashes": {"sha-256": "ab"}}],
                },
                {"@id": "https://acme.example/bed", "identifiers": {"cpe23": "cpe:2.3:h:acme:bed:2:*:*:*:*:*:*:*"}},
            ],
            "status": "not_affected",
            "justification": "vulnerable_code_not_present",
            "impact_statement": "not built in",
        },
        {
            "vulnerability": {"name": "cve-2023-1255"},
            "timestamp": "2023-01-01T00:00:00Z",
            "products": [{"@id": "pkg:oci/old"}],
            "status": "affected",
            "action_statement": "Update to 2",
        },
    ],
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_document() -> None:
    found = hostile.rows(READER, SAMPLE)
    advisory = hostile.of(Advisory, found)[0]
    assert (advisory.document, advisory.revision, advisory.speaker) == (
        "https://acme.example/vex-1",
        "2",
        Speaker.MANUFACTURER,
    )
    assert advisory.released == "2024-02-01T00:00:00Z"
    known = hostile.of(Vulnerability, found)
    assert [(v.id, v.aliases, v.source) for v in known] == [("CVE-2023-1255", ("GHSA-1",), "openvex")]
    part, bed, old = hostile.of(Statement, found)
    assert (part.make, part.product, part.version, part.hashes) == ("alpine", "libssl3", "3.0.8-r3", ("SHA-256:ab",))
    assert (part.inside_product, part.inside_version, part.inside_purl) == ("pump", "1", "pkg:oci/pump@1")
    assert (part.status, part.justification, part.text) == (
        Status.NOT_AFFECTED,
        "vulnerable_code_not_present",
        "not built in",
    )
    assert (part.dated, part.place) == ("2024-01-01T10:00:00Z", "/statements/0/products/0/subcomponents/0")
    assert (bed.make, bed.product, bed.version, bed.product_id) == ("acme", "bed", "2", "https://acme.example/bed")
    assert (old.version, old.dated, old.status) == ("", "2023-01-01T00:00:00Z", Status.AFFECTED)
    remedy = hostile.of(Remedy, found)[0]
    assert (remedy.details, remedy.product_ids, remedy.category) == ("Update to 2", ("pkg:oci/old",), "mitigation")


def test_series_and_date() -> None:
    source = hostile.content(BYTES)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == ("https://acme.example/vex-1", "2024-02-01T00:00:00Z")


MAKER, THIRD = Speaker.MANUFACTURER, Speaker.THIRD_PARTY


@pytest.mark.parametrize(
    ("author", "role", "product", "speaker"),
    [
        ("Nordelec", "", "pkg:generic/nordelec/echo-line-7@2.5", MAKER),
        ("Nordelec PSIRT <psirt@nordelec.example>", "Document Creator", "pkg:generic/nordelec/echo-7@2.5", MAKER),
        ("https://nordelec.example", "Vendor", "pkg:generic/nordelec/echo-line-7@2.5", MAKER),
        ("Lumis", "Manufacturer", "pkg:generic/nordelec/echo-line-7@2.5", THIRD),
        ("Hopital voisin", "Supplier", "pkg:generic/nordelec/echo-line-7@2.5", THIRD),
        ("Hopital voisin", "", "pkg:generic/nordelec/echo-line-7@2.5", THIRD),
        ("Hopital voisin", "Document Creator", "pkg:oci/echo-line-7@2.5", THIRD),
        ("Nordelec", "Manufacturer", "pkg:oci/echo-line-7@2.5", MAKER),
        ("Nordelec", "Manufacturer", "pkg:deb/debian/openssl@3.0.1", THIRD),
    ],
)
def test_who_speaks_is_told_by_the_product_s_maker_before_the_role(
    author: str, role: str, product: str, speaker: Speaker
) -> None:
    said = {"vulnerability": {"name": "CVE-2026-1"}, "products": [{"@id": product}], "status": "not_affected"}
    said["action_statement"] = "Update."
    document = {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": "https://nordelec.example/x",
        "author": author,
        "role": role,
    }
    found = hostile.rows(READER, {**document, "statements": [said]})
    (statement,) = hostile.of(Statement, found)
    assert statement.speaker is speaker
    assert hostile.of(Advisory, found)[0].speaker is speaker
    assert hostile.of(Remedy, found)[0].speaker is speaker


@pytest.mark.parametrize(
    ("author", "make"),
    [
        ("Nordelec", "Nordelec"),
        ("Nordelec SA <psirt@n.example>", "Nordelec SA"),
        ("https://www.nordelec.example/x", "nordelec"),
    ],
)
def test_a_product_without_a_maker_is_the_vendor_s_who_writes(author: str, make: str) -> None:
    said = {"vulnerability": {"name": "CVE-2026-1"}, "products": [{"@id": "pkg:oci/pump@1"}], "status": "fixed"}
    part = {**said, "products": [{"@id": "pkg:oci/pump@1", "subcomponents": [{"@id": "pkg:apk/alpine/git@2"}]}]}
    document = {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "urn:x", "author": author, "role": "Vendor"}
    whole, inside = hostile.of(Statement, hostile.rows(READER, {**document, "statements": [said, part]}))
    assert (whole.make, whole.inside_make) == (make, "")
    assert (inside.make, inside.inside_make) == ("alpine", make)
    document["role"] = "Researcher"
    whole, inside = hostile.of(Statement, hostile.rows(READER, {**document, "statements": [said, part]}))
    assert (whole.make, inside.inside_make) == ("", "")


def test_a_supplier_that_wrote_it_is_the_vendor() -> None:
    document = json.loads(BYTES)
    document["role"] = "Document Creator"
    speakers = [s.speaker for s in hostile.of(Statement, hostile.rows(READER, document))]
    assert speakers == [THIRD, MAKER, THIRD]
    document["statements"][0]["supplier"] = "ACME"
    speakers = [s.speaker for s in hostile.of(Statement, hostile.rows(READER, document))]
    assert speakers == [MAKER, MAKER, THIRD]


def test_the_first_form() -> None:
    document = {
        "@context": "https://openvex.dev/ns",
        "@id": "v",
        "statements": [
            {
                "vulnerability": "CVE-2023-1",
                "products": ["pkg:oci/pump@1"],
                "subcomponents": ["pkg:apk/alpine/git@2"],
                "status": "fixed",
            }
        ],
    }
    found = hostile.of(Statement, hostile.rows(READER, document))[0]
    assert (found.vulnerability, found.product, found.inside_product) == ("CVE-2023-1", "git", "pump")


def test_what_says_nothing_is_told() -> None:
    statements = [
        {"vulnerability": {"name": "CVE-2023-1255"}, "status": "perhaps", "products": ["a"]},
        {"vulnerability": {}, "status": "fixed", "products": ["a"]},
        {"vulnerability": {"name": "CVE-2023-1255"}, "status": "fixed"},
        {"vulnerability": {"name": "CVE-2023-1255"}, "status": "fixed", "products": [{}, 3]},
        {
            "vulnerability": {"name": "CVE-2023-1255"},
            "status": "fixed",
            "products": [{"@id": "a", "subcomponents": [{}]}],
        },
    ]
    found = hostile.rows(READER, {"@context": "openvex", "statements": statements})
    assert hostile.of(Statement, found) == [], "a damaged subcomponent never widens a statement to its product"
    assert hostile.reasons(found) == [
        ("/statements/0", "refusal.openvex.statement"),
        ("/statements/1", "refusal.openvex.statement"),
        ("/statements/2", "refusal.openvex.product"),
        ("/statements/3/products/0", "refusal.openvex.product"),
        ("/statements/3/products/1", "refusal.part"),
        ("/statements/3", "refusal.openvex.product"),
        ("/statements/4/products/0/subcomponents/0", "refusal.openvex.product"),
    ]


def test_damage() -> None:
    for data in (*hostile.truncations(BYTES), *hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)


@pytest.mark.parametrize(
    "other", [b"{}", b'{"@context": "https://spdx.org/rdf/3.0.1/x"}', b"[]", b"---\nformat: vex\n"]
)
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_examples(shared: Path) -> None:
    """Pairs of product and subcomponent, counted by plain dictionaries."""
    read = 0
    for file in sorted((shared / "conformance" / "openvex-go-vex").rglob("*.json")):
        document = json.loads(file.read_bytes())
        if "openvex" not in str(document.get("@context")):
            continue
        wanted = 0
        for statement in document["statements"]:
            for product in statement["products"]:
                inner = (
                    product.get("subcomponents", [])
                    if isinstance(product, dict)
                    else statement.get("subcomponents", [])
                )
                wanted += max(1, len(inner))
        source = hostile.content(file.read_bytes())
        found = list(READER.read(source, hostile.GIVEN))
        assert READER.recognises(source) and hostile.reasons(found) == []
        assert len(hostile.of(Statement, found)) == wanted
        read += 1
    assert read == 8
