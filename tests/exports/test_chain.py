from dataclasses import replace

import pytest

from exports.pictures import ORIGIN, picture
from hygie.exports import chain
from hygie.exports.listing import finding_id
from hygie.exports.pen import Pen
from hygie.exports.tally import Tally
from hygie.model.evidence import Decision, Speaker
from hygie.model.fleet import Link, Seen
from hygie.names.whereabouts import Whereabouts
from hygie.words import LANGUAGES

KNOWN = picture(devices=5, models=2, each=5)
TRACES = list(Whereabouts(KNOWN.zones, KNOWN.bindings).trace(KNOWN.flows))
SAID = [
    chain.Statement("manufacturer", "Zéphyr", True, ORIGIN, Speaker.HOSPITAL, 1.0, "ZEPHYR"),
    chain.Statement("CONN-1", "no", False, "R9#/x", Speaker.MANUFACTURER, 1.0, "no"),
]
ONE = chain.Known(KNOWN.devices[0], SAID, TRACES)


def told(language: str = "fr") -> tuple[Tally, Pen]:
    return Tally(KNOWN), Pen(language, KNOWN.readings)


def test_a_device_tells_who_says_what_whom_it_talks_to_and_what_concerns_it() -> None:
    lines = list(chain.device(ONE, *told()))
    text = "\n".join(lines)
    assert lines[0] == "D-0000000  Zéphyr 0"
    assert "   fabricant: Zéphyr (ZEPHYR) · déclaré par l'hôpital [gmao.csv, cellule B12]" in lines
    assert " ≠ CONN-1: no · le fabricant le dit [lecture R9 (source disparue), champ /x]" in lines
    assert "→ tls/443 203.0.113.9  (hors de l'établissement) (18) [Zéphyr.pcap, paquet 2]" in text
    assert "→ tls/443 10.0.0.2 Zéphyr 1 (18)" in text
    assert "Affecté à « Zéphyr », mais son adresse est dans la zone « B »" in text
    assert finding_id("D-0000000", "CVE-2026-0000") in text
    assert "Constats : 5" in lines


def test_a_device_that_was_not_seen_may_be_one_that_was() -> None:
    one, other = KNOWN.devices[:2]
    fleet = [replace(one, seen=Seen.NOT_SEEN), replace(other, seen=Seen.NOT_IN_GMAO)]
    doubted = KNOWN._replace(devices=fleet, links=[Link("L1", one.id, other.id, 0.994, (), "")])
    tally, pen = Tally(doubted), Pen("en", doubted.readings)
    words = "Not seen for sure: perhaps it is Zéphyr 1 (D-0000001), which was seen (probability 99%): "
    words += "question L1 in questions.xlsx"
    assert f"  {words}" in chain.device(ONE._replace(device=fleet[0]), tally, pen)
    assert f"  {words}" in chain.finding(ONE._replace(device=fleet[0]), doubted.findings[0], tally, pen)
    back = "\n".join(chain.device(ONE._replace(device=fleet[1]), tally, pen))
    assert "Not in a GMAO for sure: perhaps it is Zéphyr 0 (D-0000000)" in back
    settled = Tally(doubted._replace(links=[Link("L1", one.id, other.id, 0.994, (), "different")]))
    assert "for sure" not in "\n".join(chain.device(ONE._replace(device=fleet[0]), settled, pen))


def test_the_same_in_another_spelling_is_no_contradiction() -> None:
    said = [
        chain.Statement("manufacturer", "PHILIPS", True, ORIGIN, Speaker.HOSPITAL, 1.0, "PHILIPS"),
        chain.Statement("manufacturer", "Philips", False, "R2#packet 3", Speaker.OBSERVED, 0.9, "Philips"),
        chain.Statement("manufacturer", "Philips Medical Systems", False, "R2#packet 4", Speaker.OBSERVED, 0.9, "x"),
        chain.Statement("manufacturer", "Siemens", False, "R2#packet 5", Speaker.OBSERVED, 0.9, "Siemens"),
        chain.Statement("ward", "Réanimation", True, ORIGIN, Speaker.HOSPITAL, 1.0, "x"),
        chain.Statement("ward", "REANIMATION", False, ORIGIN, Speaker.HOSPITAL, 1.0, "x"),
        chain.Statement("serial_number", "A-11", True, ORIGIN, Speaker.HOSPITAL, 1.0, "x"),
        chain.Statement("serial_number", "A-111", False, ORIGIN, Speaker.HOSPITAL, 1.0, "x"),
    ]
    lines = [line for line in chain.device(ONE._replace(said=said), *told()) if line.startswith(" ≠")]
    assert [line.split(" · ")[0] for line in lines] == [" ≠ fabricant: Siemens", " ≠ numéro de série: A-111 (x)"]


def test_a_finding_tells_the_chain_in_its_order() -> None:
    found = KNOWN.findings[0]
    text = "\n".join(chain.finding(ONE, found, *told()))
    marks = [
        "affecté",
        "Ce qui en est dit",
        "Verdict : affecté",
        "est affecté, ",
        "Priorité : ",
        "Mesures : 2",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "D'autres disent autrement" in text


def test_a_finding_that_asks_for_nothing_has_no_priority() -> None:
    fixed = KNOWN.findings[3]
    assert fixed.verdict.value == "fixed"
    assert "Priorité" not in "\n".join(chain.finding(ONE, fixed, *told()))


def test_a_measure_tells_both_safeties_and_whose_words_it_carries() -> None:
    text = "\n".join(chain.measure(KNOWN.measures[0], *told()))
    assert "« Zéphyr » (le fabricant le dit)" in text
    assert text.index("attaquant") < text.index("patients") < text.index("Repose sur")
    assert "CVE-2026-0000, CVE-2026-0001" in text


def test_what_sources_call_a_thing_and_say_of_it_is_said_in_words() -> None:
    said = [chain.Statement("status", "in service", True, ORIGIN, Speaker.HOSPITAL, 1.0, "OK")]
    said.append(chain.Statement("connectable", "yes", True, ORIGIN, Speaker.HOSPITAL, 1.0, "Oui"))
    text = "\n".join(chain.device(chain.Known(KNOWN.devices[0], said, []), *told()))
    assert "statut: en service (OK)" in text
    assert "connectable: oui (Oui)" in text
    member = next(m for m in KNOWN.members if m.device == KNOWN.devices[0].id)
    assert member.source not in text
    pen = told()[1]
    assert pen.series("gone") == "gone"
    assert chain._subject("device:inv=12#serial=A7", pen) == "numéro d'inventaire 12, numéro de série A7"
    assert chain._subject("device:row=17", pen) == "ligne 17"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_shows_where_words_should(language: str) -> None:
    tally, pen = told(language)
    lines = [*chain.device(ONE, tally, pen), *chain.finding(ONE, KNOWN.findings[0], tally, pen)]
    for measure in KNOWN.measures:
        lines += chain.measure(measure, tally, pen)
    assert [
        line for line in lines if any(f" {word}." in line for word in ("because", "measure", "trait", "chain"))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_decided_and_took_back_is_part_of_the_chain(language: str) -> None:
    found, device = KNOWN.findings[0], KNOWN.devices[0]
    said = [
        Decision("R1", f"finding:{found.id}", "accepted", "Dr Roy", "2026-08-19", "isolated", "E3"),
        Decision("R1", "withdrawn:L1", "same, Ann", "Paul", "2026-08-20", "", "E4", "", ("R2",)),
        Decision("R1", f"unit:{device.ward}", "degraded", "Anne", "", "", "C4"),
    ]
    tally, pen = Tally(KNOWN._replace(decisions=said)), Pen(language, KNOWN.readings)
    text = "\n".join(chain.finding(ONE, found, tally, pen))
    assert all(word in text for word in (pen.text("answer.accepted"), "Dr Roy", "« isolated »", "gmao.csv"))
    assert "Paul" not in text
    text = "\n".join(chain.device(ONE, tally, pen))
    assert pen.text("decided.withdrawn", "who=Paul", "when=2026-08-20", "said=same, Ann") in text
    assert pen.text("mission.degraded") in text


def test_only_the_files_that_speak_of_the_device_are_named() -> None:
    tally, pen = told("en")
    one = next(m for m in KNOWN.members if m.device == ONE.device.id)
    two = {KNOWN.readings[0].id, "gone"}
    known = chain.Known(ONE.device, SAID, [], {(one.source, one.subject): frozenset(two)})
    lines = [line for line in chain.device(known, tally, pen) if pen.text(one.reason, *one.args) in line]
    assert lines[0].startswith(f"   {pen.file(KNOWN.readings[0].name)}, ")
