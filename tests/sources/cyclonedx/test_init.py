import json
from pathlib import Path
from typing import Any

import pytest

import hostile
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Advisory, Bom, Component, Statement
from hygie.sources.cyclonedx import READER

SAMPLE: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 2,
    "metadata": {
        "timestamp": "2024-01-01T00:00:00Z",
        "supplier": {"name": "Acme"},
        "component": {
            "bom-ref": "main",
            "type": "device",
            "name": "Pump",
            "version": "3.1",
            "cpe": "cpe:2.3:h:acme:pump:3.1:*:*:*:*:*:*:*",
            "components": [{"type": "firmware", "name": "boot", "version": 7}],
        },
    },
    "components": [
        {
            "bom-ref": "ssl",
            "type": "library",
            "group": "org",
            "name": "openssl",
            "version": "1.0",
            "purl": "pkg:generic/openssl@1.0",
            "hashes": [{"alg": "SHA-256", "content": "ab"}],
            "components": [{"type": "new-kind", "name": "inner", "publisher": "Someone"}],
        },
        {"type": "operating-system", "name": "Windows", "version": "10", "supplier": {"name": "Microsoft"}},
    ],
    "compositions": [{"aggregate": "complete", "assemblies": ["main"]}],
    "vulnerabilities": [{"id": "CVE-2020-1000", "analysis": {"state": "not_affected"}, "affects": [{"ref": "ssl"}]}],
}
BYTES = json.dumps(SAMPLE, separators=(",", ":")).encode()


def test_every_part_of_a_document() -> None:
    found = hostile.rows(READER, SAMPLE)
    bom = hostile.of(Bom, found)[0]
    assert (bom.make, bom.product, bom.version, bom.components) == ("Acme", "Pump", "3.1", 4)
    assert (bom.format, bom.speaker, bom.completeness) == ("CycloneDX 1.6", Speaker.MANUFACTURER, "complete")
    assert (bom.dated, bom.document) == ("2024-01-01T00:00:00Z", SAMPLE["serialNumber"])
    rows = {c.name: c for c in hostile.of(Component, found)}
    assert [(c.place, c.type) for c in rows.values()] == [
        ("/metadata/component", "device"),
        ("/metadata/component/components/0", "firmware"),
        ("/components/0", "library"),
        ("/components/0/components/0", "new-kind"),
        ("/components/1", "operating-system"),
    ]
    assert (rows["Pump"].make, rows["Pump"].cpe) == ("Acme", "cpe:2.3:h:acme:pump:3.1:*:*:*:*:*:*:*")
    assert (rows["boot"].version, rows["openssl"].make, rows["inner"].make) == ("7", "org", "Someone")
    assert (rows["Windows"].make, rows["openssl"].hashes) == ("Microsoft", ("SHA-256:ab",))
    assert hostile.of(Advisory, found)[0].revision == "2"
    assert len(hostile.of(Statement, found)) == 1


def test_series_and_date() -> None:
    source = hostile.content(BYTES)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == (SAMPLE["serialNumber"], "2024-01-01T00:00:00Z")
    named = {key: value for key, value in SAMPLE.items() if key != "serialNumber"}
    assert READER.series(hostile.content(json.dumps(named).encode())) == "Acme Pump 3.1"
    nameless = [
        READER.series(hostile.content(json.dumps({"bomFormat": "CycloneDX", "version": v}).encode())) for v in (1, 2)
    ]
    assert len({"", *nameless}) == 3, "documents that name nothing never supersede each other"


def test_without_a_product_it_is_told() -> None:
    found = hostile.rows(READER, {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a"}]})
    assert hostile.reasons(found) == [("/metadata/component", "refusal.bom.product")]
    assert (len(hostile.of(Component, found)), hostile.of(Bom, found)[0].product) == (1, "")
    assert hostile.of(Bom, found)[0].speaker is Speaker.THIRD_PARTY


@pytest.mark.parametrize(
    ("composition", "said"),
    [
        ({"aggregate": "incomplete_third_party_only"}, "incomplete"),
        ({"aggregate": "not_specified"}, "unknown"),
        ({"aggregate": "complete", "assemblies": ["ssl"]}, ""),
    ],
)
def test_completeness(composition: dict[str, Any], said: str) -> None:
    document = {**SAMPLE, "compositions": [composition]}
    assert hostile.of(Bom, hostile.rows(READER, document))[0].completeness == said


def test_depth_is_bounded() -> None:
    deep: dict[str, Any] = {"type": "library", "name": "end"}
    for _ in range(100):
        deep = {"type": "library", "name": "l", "components": [deep]}
    found = hostile.rows(READER, {"bomFormat": "CycloneDX", "components": [deep]})
    assert len(hostile.of(Component, found)) == 64
    assert "refusal.bom.deep" in {reason for _, reason in hostile.reasons(found)}


def test_a_damaged_component_costs_only_itself() -> None:
    damaged = {**SAMPLE, "components": [*SAMPLE["components"], {"name": ["a"]}, 3], "compositions": {}}
    found = hostile.rows(READER, damaged)
    assert len(hostile.of(Component, found)) == 5
    assert hostile.reasons(found) == [(p, "refusal.part") for p in ("/components/2", "/components/3", "/compositions")]


def test_damage() -> None:
    for data in (*hostile.truncations(BYTES), *hostile.flips(BYTES), *hostile.swaps(SAMPLE), *hostile.nested()):
        hostile.endures(READER, data)


def counted(document: dict[str, Any]) -> int:
    """Components by another way: a walk over plain dictionaries."""
    waiting = [
        *document.get("components", []),
        *document.get("metadata", {}).get("component", {}).get("components", []),
    ]
    count = 0
    while waiting:
        count += 1
        waiting += waiting.pop().get("components", [])
    return count


def test_valid_documents(shared: Path) -> None:
    files = sorted((shared / "conformance" / "cyclonedx" / "tools").rglob("valid-*.json"))
    total = 0
    for file in files:
        document = json.loads(file.read_bytes())
        source = hostile.content(file.read_bytes())
        assert READER.recognises(source)
        found = list(READER.read(source, hostile.GIVEN))
        components = [c for c in hostile.of(Component, found) if c.place != "/metadata/component"]
        assert len(components) == counted(document), file.name
        assert {reason for _, reason in hostile.reasons(found)} <= {"refusal.bom.product"}, file.name
        assert all(b.components == len(components) for b in hostile.of(Bom, found))
        total += len(components)
    assert len(files) > 90 and total > 100


def test_invalid_documents(shared: Path) -> None:
    files = sorted((shared / "conformance" / "cyclonedx" / "tools").rglob("invalid-*.json"))
    for file in files:
        found = hostile.endures(READER, file.read_bytes())
        document = json.loads(file.read_bytes())
        components = [c for c in hostile.of(Component, found) if c.place != "/metadata/component"]
        assert len(components) == counted(document), "what is wrong elsewhere loses no component"
    assert len(files) == 69


def test_examples(shared: Path) -> None:
    read = 0
    for file in sorted((shared / "conformance" / "cdx-examples").rglob("*.json")):
        document = json.loads(file.read_bytes())
        found = hostile.rows(READER, file.read_bytes())
        components = [c for c in hostile.of(Component, found) if c.place != "/metadata/component"]
        assert len(components) == counted(document), file.name
        assert {r for _, r in hostile.reasons(found)} <= {"refusal.bom.product", "refusal.cyclonedx.reference"}
        read += 1
    assert read > 50


@pytest.mark.parametrize("other", [b"{}", b'{"bomFormat": "AnotherFormat"}', b"[]", b"<bom/>"])
def test_other_documents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))
