"""What is not read is known for what it is, and told what to hand over instead."""

import json

import pytest

from hostile import content, nested
from hygie.model.evidence import Refusal
from hygie.sources import reader_of, unread

MANY = {
    "refusal.sbom_xml": (
        '<?xml version="1.0"?>\n<bom serialNumber="urn:uuid:1" xmlns="http://cyclonedx.org/schema/bom/1.4"></bom>',
        '<rdf:RDF xmlns:spdx="http://spdx.org/rdf/terms#"/>',
    ),
    "refusal.markup": (
        "<html><body><table><tr><th>N° inventaire</th></tr></table></body></html>",
        "\ufeff<!DOCTYPE HTML>\n<HTML>",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ),
    "refusal.xml": ('<?xml version="1.0"?>\n<nmaprun scanner="nmap"/>', '<?xml version="1.0"?><a/>'),
    "refusal.sbom_own": (
        json.dumps({"artifacts": [], "source": {}, "descriptor": {"name": "syft"}}),
        json.dumps({"SchemaVersion": 2, "ArtifactName": "x", "Results": []}),
        json.dumps({"version": "1.2", "meta": {}, "project": {}, "findings": []}),
    ),
    "refusal.nvd_old": (json.dumps({"CVE_data_type": "CVE", "CVE_Items": []}),),
    "refusal.index": (
        json.dumps({"canonical_url": "x", "metadata_version": "2.0", "publisher": {}}),
        json.dumps({"aggregator": {}, "csaf_providers": []}),
        json.dumps({"feed": {"id": "x"}}),
    ),
    "refusal.json": ('{"a": 1}',),
    "refusal.unknown": ("<not markup we know", "Bonjour,\nvoici"),
}


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in MANY.items() for text in texts])
def test_each_is_told_for_what_it_is(reason: str, text: str) -> None:
    told = reader_of(content(text.encode()))
    assert isinstance(told, Refusal)
    assert told.reason == reason


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_told(order: str) -> None:
    for text in ("N° inventaire;Marque\n1;a\n", '{"bomFormat": "CycloneDX"}', "Nom;Marque\n"):
        told = reader_of(content(text.encode(order)))
        assert isinstance(told, Refusal)
        assert told.reason in ("refusal.encoding", "refusal.unknown")
    assert unread.reason(content("Inventaire;Marque".encode(order))) == ("refusal.encoding", "detail=UTF-16")
    assert unread.reason(content("N° inventaire;Désignation".encode(order))) == ("refusal.encoding", "detail=UTF-16")


def test_the_index_files_of_csaf_are_told(shared: object) -> None:
    from pathlib import Path

    folder = Path(str(shared)) / "csaf-2.1" / "examples"
    for name in ("ROLIE", "aggregator", "provider-metadata"):
        for file in sorted((folder / name).glob("*.json")):
            told = unread.reason(content(file.read_bytes()))
            assert told == ("refusal.index",), file.name


def test_depth_and_damage_do_no_harm() -> None:
    for data in nested(20_000):
        assert isinstance(unread.reason(content(data)), tuple)
