from dataclasses import replace

import pytest

from hygie.facts.makers import makers
from hygie.model.evidence import Evidence, Reading, Speaker, Trait
from hygie.model.label import ATTRIBUTES, Label
from hygie.register import Ground, build
from hygie.register.scoring import ALL, DEVICE, TRAFFIC, Known, Score, by_traffic, calibration_error, figures, score


def reading(ident: str, speaker: Speaker, kind: str) -> Reading:
    return Reading(ident, f"s{ident}", "local", kind, 1, speaker, kind == "gmao", "f", "", 1, "0", "2026-08-01", "")


READINGS = {"G": reading("G", Speaker.HOSPITAL, "gmao"), "C": reading("C", Speaker.OBSERVED, "pcap")}


def say(source: str, subject: str, trait: Trait, value: str, sure: float = 1.0) -> Evidence:
    seen = 1_700_000_000_000_000 if source == "C" else 0
    return Evidence(source, subject, trait, value, value, "A2", sure, seen, seen)


ONE, TWO, THREE = "device:inv=000101", "device:inv=000102", "device:inv=000103"
CARD = "02:00:00:00:00:01"
HEARD = f"device:mac={CARD}"
EVIDENCE = [
    say("G", ONE, Trait.INVENTORY, "000101"),
    say("G", ONE, Trait.MAC, CARD),
    say("G", ONE, Trait.MANUFACTURER, "Norvane"),
    say("G", ONE, Trait.DESIGNATION, "Scanner"),
    say("G", ONE, Trait.VERSION, "4.2"),
    say("G", TWO, Trait.INVENTORY, "000102"),
    say("G", TWO, Trait.SERIAL, "VE200"),
    say("G", TWO, Trait.MANUFACTURER, "Quillane"),
    say("G", THREE, Trait.INVENTORY, "000103"),
    say("C", HEARD, Trait.MAC, CARD),
    say("C", HEARD, Trait.IP, "10.1.2.3"),
    say("C", HEARD, Trait.MANUFACTURER, "Orlimont", 0.8),
    say("C", HEARD, Trait.VERSION, "4.2", 0.8),
]


@pytest.fixture
def ground() -> Ground:
    return Ground(EVIDENCE, READINGS, makers=makers())


def scored(ground: Ground, *labels: Label, site: str = "") -> Score:
    made = build(ground)
    known = Known(made.devices, made.members, EVIDENCE, READINGS)
    return score(labels, known, by_traffic(ground), makers(), site)


def label(place: str, key: tuple[str, str], **known: str) -> Label:
    return Label(place, (key,), tuple(known.items()))


def figure(found: Score, basis: str, attribute: str) -> tuple[object, ...]:
    return next(one[2:] for one in figures([found]) if one[:2] == (basis, attribute))


def test_all_sources_and_traffic_alone_are_told_apart(ground: Ground) -> None:
    found = scored(
        ground,
        label("A2", ("inventory_number", "000101"), kind="scanner", manufacturer="Norvane", version="4.3"),
        label("A3", ("serial_number", "ve-200"), manufacturer="Quillane", model="Veille"),
    )
    assert figure(found, ALL, DEVICE) == (2, 2, None, None, 1.0, None, None)
    assert figure(found, TRAFFIC, DEVICE) == (2, 1, None, None, 0.5, None, None)
    assert figure(found, ALL, "manufacturer")[:4] == (2, 2, 2, 0)
    assert figure(found, ALL, "model") == (1, 0, 0, 0, 0.0, None, None)
    assert figure(found, ALL, "version")[:4] == (1, 1, 0, 1)
    assert figure(found, TRAFFIC, "manufacturer") == (1, 1, 0, 1, 1.0, 0.0, 0.8)
    assert figure(found, TRAFFIC, "kind")[:2] == (1, 0)
    assert {(one.place, one.basis, one.attribute, one.told) for one in found.wrong} == {
        ("A2", ALL, "version", "4.2"),
        ("A2", TRAFFIC, "version", "4.2"),
        ("A2", TRAFFIC, "manufacturer", "Orlimont"),
    }


def test_every_attribute_has_a_row_even_of_nothing() -> None:
    rows = figures([])
    assert [row.attribute for row in rows] == [DEVICE, *ATTRIBUTES] * 2
    assert {row[2:] for row in rows} == {(0, 0, None, None, None, None, None), (0, 0, 0, 0, None, None, None)}


def test_lines_that_cannot_be_compared_are_kept_apart(ground: Ground) -> None:
    absent = label("A2", ("mac", "02:00:00:00:00:99"), manufacturer="X")
    two = Label("A3", (("inventory_number", "000101"), ("serial_number", "VE200")), (("manufacturer", "Norvane"),))
    first = label("A4", ("ip", "10.1.2.3"), kind="bidule", manufacturer="Norvane")
    again = label("A5", ("mac", CARD), manufacturer="Norvane")
    found = scored(ground, absent, two, first, again)
    assert (found.missing, found.doubtful, found.twice, found.unclear) == ([absent], [two], [again], [first])
    assert (found.labels, found.met) == (3, {ALL: 1, TRAFFIC: 1})
    assert figure(found, ALL, "kind")[:2] == (0, 0), "words that mean no kind are not known"


def test_a_key_that_names_nothing_stands_behind_one_that_does(ground: Ground) -> None:
    line = Label("A2", (("inventory_number", "999"), ("mac", CARD)), (("manufacturer", "Norvane"),))
    assert scored(ground, line).met[ALL] == 1


def test_only_devices_of_the_site(ground: Ground) -> None:
    assert scored(ground, label("A2", ("mac", CARD), manufacturer="Norvane"), site="other").met[ALL] == 0


def test_several_lists_add_up(ground: Ground) -> None:
    one = scored(ground, label("A2", ("mac", CARD), manufacturer="Norvane"))
    rows = {row[:2]: row for row in figures([one, one])}
    assert rows[ALL, "manufacturer"][2:6] == (2, 2, 2, 0)
    assert rows[ALL, DEVICE][2:4] == (2, 2)


def test_the_order_of_labels_and_devices_changes_nothing(ground: Ground) -> None:
    labels = [
        label("A2", ("inventory_number", "000101"), manufacturer="Norvane", version="4.2"),
        label("A3", ("inventory_number", "000102"), manufacturer="Quillane"),
    ]
    other = replace_evidence(ground)
    assert figures([scored(ground, *labels)]) == figures([scored(other, *reversed(labels))])


def replace_evidence(ground: Ground) -> Ground:
    return ground._replace(evidence=list(reversed(ground.evidence)))


def test_calibration_error_is_the_weighted_gap() -> None:
    assert calibration_error([]) is None
    assert calibration_error([(1.0, True)] * 4) == 0.0
    assert calibration_error([(0.8, True)] * 4 + [(0.8, False)]) == 0.0
    # two bins: 0.9 of which half is right (4 rows), 0.3 of which none is (1 row)
    assert calibration_error([(0.9, True), (0.9, False)] * 2 + [(0.3, False)]) == round((4 * 0.4 + 0.3) / 5, 3)


def test_what_people_and_tables_say_is_no_traffic(ground: Ground) -> None:
    alone = by_traffic(ground)
    assert {e.reading for e in alone.evidence} == {"C"}
    assert [device.make for device in alone.devices] == ["Orlimont"]
    assert not by_traffic(replace_readings(ground)).devices


def replace_readings(ground: Ground) -> Ground:
    return ground._replace(readings={k: replace(r, speaker=Speaker.PERSON) for k, r in READINGS.items()})
