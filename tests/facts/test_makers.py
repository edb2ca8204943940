"""The table of makers: every spelling of the real advisories collapses to its maker."""

import json

import pytest

from hygie.facts.makers import FAMILIES, GROUPS, RELATIONS, SPELLING, makers
from hygie.names.maker import fold, fold_maker, index, maker, related


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Phillips", "Philips"),
        ("Koninklijke Philips N.V.", "Philips"),
        ("General Electric (GE)", "GE HealthCare"),
        ("GE Medical Systems SCS", "GE HealthCare"),
        ("DRAEGER MEDICAL SAS", "Dräger"),
        ("Drägerwerk AG & Co. KGaA", "Dräger"),
        ("Becton, Dickinson and Company (BD)", "BD"),
        ("B.BRAUN MEDICAL SAS", "B. Braun"),
        ("Medtronic ", "Medtronic"),
        ("Siemens Healthcare GmbH", "Siemens Healthineers"),
        ("Toshiba Medical Systems", "Canon Medical"),
        ("Maquet", "Getinge"),
        ("Mortara Instrument", "Mortara"),
        ("BECTON", "BD"),
        ("BD KIESTRA", "BD"),
        ("IVAC", "CareFusion"),
        ("CAREFUSION FRANCE 309", "CareFusion"),
        ("FRESENIUS KABI VIAL", "Fresenius Kabi"),
        ("FK", "Fresenius Kabi"),
        ("TYCO HEALTHCARE", "Covidien"),
        ("COVIDIEN MEDTRONIC", "Covidien"),
        ("DRAEGER / SIEMENS", "Dräger"),
        ("HP PHILIPS", "Philips"),
        ("PHILIPS CAPSULE", "Capsule Technologies"),
        ("HILL-ROM / WELCH ALLYN", "Welch Allyn"),
        ("DATEX", "GE HealthCare"),
    ],
)
def test_spellings(text: str, normal: str) -> None:
    found, probability = maker(text, makers())
    assert found == normal
    assert probability >= SPELLING


def test_every_spelling_of_the_real_advisories_is_known(shared) -> None:
    spellings = set()
    for file in (shared / "csaf-icsma").glob("20*/*.json"):
        tree = json.loads(file.read_text(encoding="utf-8")).get("product_tree", {})
        spellings |= {branch["name"] for branch in tree.get("branches", ()) if branch.get("category") == "vendor"}
    assert len(spellings) == 55
    table = index(makers()).folded
    assert {name for name in spellings if fold_maker(name) not in table and fold(name) not in table} == set()
    assert len({maker(name, makers())[0] for name in spellings}) == 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BD", "CareFusion"),
        ("BD", "CME Medical"),
        ("Baxter", "Vantive"),
        ("B. Braun", "Braun"),
        ("Baxter", "Hillrom"),
        ("Hillrom", "Welch Allyn"),
        ("Philips", "Respironics"),
        ("Siemens", "Siemens Healthineers"),
        ("Siemens Healthineers", "Varian"),
        ("Abbott", "St. Jude Medical"),
        ("ICU Medical", "Smiths Medical"),
    ],
)
def test_mergers_and_brands_are_less_than_spellings(one: str, other: str) -> None:
    assert 0.0 < related(one, other, makers()) == related(other, one, makers()) < SPELLING


def test_competitors_are_not_tied() -> None:
    assert related("Philips", "Dräger", makers()) == 0.0
    assert related("Fresenius Kabi", "Fresenius Medical Care", makers()) < 0.75


def test_no_spelling_means_two_makers() -> None:
    meant: dict[str, set[str]] = {}
    for group in GROUPS:
        for spelling in (group.normal, *group.spellings):
            meant.setdefault(fold_maker(spelling), set()).add(group.normal)
    assert {spelling: names for spelling, names in meant.items() if len(names) > 1} == {}


def test_relations_name_makers_of_the_table_and_their_source() -> None:
    names = {group.normal for group in GROUPS}
    assert {one for row in RELATIONS for one in (row.one, row.other)} <= names
    assert all(row.source and row.kind in ("brand", "division", "merger", "spin-off") for row in RELATIONS)
    assert all(group.source for group in GROUPS)


def test_families_are_folded_words() -> None:
    assert all(word == fold(word) and members for word, members in FAMILIES.items())
