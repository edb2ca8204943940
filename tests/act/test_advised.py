from dataclasses import replace
from typing import Any

import pytest

from hygie.act import propose
from hygie.model import Measure
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Statement, Status
from hygie.model.verdict import Authority, Because, MeasureKind, Outcome, Verdict
from hygie.words import say
from plant import ground, permission, remedy, row


def measures(*rows: Any, **given: Any) -> list[Measure]:
    own = ("measure.watch", "measure.patch", "measure.configuration", "measure.replace", "measure.compensate")
    return [m for m in propose(ground(*rows, **given)) if m.subject.startswith(own)]


def test_a_manufacturer_s_fix_is_done_by_the_manufacturer() -> None:
    [m] = measures(remedy("vendor_fix"))
    assert (m.kind, m.authority, m.text) == (MeasureKind.PATCH, Authority.MANUFACTURER, "Version 5")
    assert (m.devices, m.findings, m.wards, m.outcome) == (1, 1, ("W",), Outcome.OUT_OF_CYCLE)
    assert m.because[0].origin == "adv#/r/vendor_fix"


def test_the_hospital_patches_alone_only_where_the_manufacturer_allows_it() -> None:
    [m] = measures(remedy("vendor_fix"), permission("patch"))
    assert m.authority is Authority.HOSPITAL
    assert any(b.key == "measure.because.allowed" and b.origin == "letters#B2" for b in m.because)
    [m] = measures(remedy("vendor_fix"), permission("patch", False))
    assert m.authority is Authority.MANUFACTURER
    assert any(b.key == "measure.because.refused" for b in m.because)
    [m] = measures(remedy("vendor_fix"), permission("patch", None))
    assert m.authority is Authority.MANUFACTURER


def test_a_third_party_s_fix_needs_the_manufacturer_s_word_even_where_patching_is_allowed() -> None:
    for rows in ((), (permission("patch"),)):
        [m] = measures(remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), *rows)
        assert m.authority is Authority.MANUFACTURER_WORD
        assert m.because[0].key == "measure.because.vendor_fix.third_party"
        assert m.subject.startswith("measure.patch.third_party")


def test_a_general_permission_is_shown_and_the_question_is_about_this_fix() -> None:
    [m] = measures(remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), permission("patch"))
    assert (m.authority, m.decided_by) == (Authority.MANUFACTURER_WORD, ("manufacturer", "biomedical"))
    assert m.subject == "measure.patch.third_party.general"
    assert {"make=Aterys", "product=Souffle 3 4.2"} <= set(m.args)
    allowed, confirmed = m.because[-2:]
    assert (allowed.key, allowed.origin) == ("measure.because.allowed", "letters#B2")
    assert confirmed.key == "measure.because.not_confirmed.patch"
    assert confirmed.args == (m.args[0],)
    french = say("fr", m.subject, m.args)
    assert "Demander au fabricant Aterys : « Confirmez-vous que le correctif dont parle " in french
    assert "est le vôtre et qu'il est applicable à Souffle 3 4.2 ?" in french
    assert "Aterys autorise les mises à jour en général" in french
    assert "{" not in french + say("en", m.subject, m.args) + say("fr", confirmed.key, confirmed.args)


@pytest.mark.parametrize("allowed", [None, False])
def test_without_a_general_permission_a_third_party_s_fix_asks_as_before(allowed: bool | None) -> None:
    [m] = measures(remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), permission("patch", allowed))
    assert (m.subject, m.because[-1].key) == ("measure.patch.third_party", "measure.because.not_said")
    [m] = measures(remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), permission("patch"), kind="printer")
    assert (m.subject, m.authority) == ("measure.patch.third_party", Authority.HOSPITAL)


def test_a_general_permission_to_change_settings_is_no_word_on_a_third_party_s_setting() -> None:
    rows = remedy("mitigation", "Désactiver le service", speaker=Speaker.THIRD_PARTY), permission("configuration")
    [m] = measures(*rows)
    assert (m.subject, m.authority) == ("measure.configuration", Authority.MANUFACTURER_WORD)
    assert [b.key for b in m.because[-2:]] == [
        "measure.because.allowed",
        "measure.because.not_confirmed.configuration",
    ]


@pytest.mark.parametrize("category", ["mitigation", "workaround"])
def test_a_mitigation_is_a_configuration_as_its_speaker_states_it(category: str) -> None:
    [m] = measures(remedy(category, "Désactiver le service d'export"))
    assert (m.kind, m.text) == (MeasureKind.CONFIGURATION, "Désactiver le service d'export")
    assert m.authority is Authority.MANUFACTURER
    [m] = measures(remedy(category, speaker=Speaker.THIRD_PARTY))
    assert m.authority is Authority.MANUFACTURER_WORD
    [m] = measures(remedy(category), permission("configuration"))
    assert m.authority is Authority.HOSPITAL


@pytest.mark.parametrize("text", ["Check the date on the pump.", "Vérifier : la date", "Surveiller, à chaque poste"])
def test_a_mitigation_that_asks_people_to_look_is_organisational(text: str) -> None:
    [m] = measures(remedy("mitigation", text))
    assert (m.kind, m.authority, m.text) == (MeasureKind.ORGANISATION, Authority.JOINT, text)


@pytest.mark.parametrize("text", ["", "Checkpoint firewalls should be used", "Please check", "Désactiver le port"])
def test_nothing_else_is_read_out_of_its_words(text: str) -> None:
    [m] = measures(remedy("mitigation", text))
    assert m.kind is MeasureKind.CONFIGURATION


def test_a_network_control_is_no_setting() -> None:
    assert measures(remedy("mitigation", "Close TCP 22 towards the robot.")) == []
    [m] = measures(remedy("mitigation", "Change the password. Close TCP 22 towards the robot."))
    assert m.kind is MeasureKind.CONFIGURATION


def test_no_fix_planned_asks_for_a_plan_and_a_replacement() -> None:
    found = measures(remedy("no_fix_planned"))
    assert {(m.kind, m.authority) for m in found} == {
        (MeasureKind.ORGANISATION, Authority.JOINT),
        (MeasureKind.REPLACEMENT, Authority.JOINT),
    }


@pytest.mark.parametrize("category", ["none_available", "fix_planned"])
def test_no_fix_yet_asks_for_a_plan_alone(category: str) -> None:
    [m] = measures(remedy(category))
    assert (m.kind, m.subject) == (MeasureKind.ORGANISATION, f"measure.compensate.{category}")


def test_one_line_for_one_text_said_of_many_vulnerabilities_or_by_two_speakers() -> None:
    assert len(measures(remedy("vendor_fix"), remedy("vendor_fix", place="/r/9"))) == 1
    [m] = measures(remedy("vendor_fix"), remedy("vendor_fix", "version  5", speaker=Speaker.THIRD_PARTY, place="/r/9"))
    assert m.speaker is Speaker.MANUFACTURER


def test_texts_of_one_document_are_one_measure_in_their_order() -> None:
    rows = (remedy("vendor_fix", "Version 6", place="/r/10"), remedy("vendor_fix", "Version 5.1", place="/r/9"))
    for given in (rows, rows[::-1]):
        [m] = measures(*given)
        assert m.text == "Version 5.1 / Version 6"
        assert [b.origin for b in m.because[:2]] == ["adv#/r/9", "adv#/r/10"]


def test_a_document_that_was_handed_over_for_two_sites_is_told_once() -> None:
    both = remedy("vendor_fix"), remedy("vendor_fix", reading="adv2")
    stated = row(Statement, reading="adv2", place="/s/0", vulnerability="CVE-1", product_id="p")
    because = Because("x", (), "adv#/s/0"), Because("x", (), "adv2#/s/0")
    [m] = measures(*both, stated, because=because)
    assert [b.key for b in m.because].count("measure.because.vendor_fix.manufacturer") == 1
    [m] = measures(both[0], replace(both[1], dated="2026-09-01"), stated, because=because)
    assert [b.key for b in m.because].count("measure.because.vendor_fix.manufacturer") == 2


def test_what_is_unknown_gets_no_patch() -> None:
    assert measures(remedy("vendor_fix"), verdict=Verdict.UNKNOWN) == []


def test_what_carries_no_mark_is_it_s_own_business() -> None:
    [m] = measures(remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), kind="printer")
    assert (m.authority, m.decided_by) == (Authority.HOSPITAL, ("it",))
    assert any(b.key == "measure.because.unmarked" for b in m.because)
    [m] = measures(remedy("vendor_fix"), kind="printer", device={"ce_class": "IIa"})
    assert m.authority is Authority.MANUFACTURER


@pytest.mark.parametrize(
    ("fixed", "told"), [("4.3", True), ("4.10", True), ("4.2", False), ("4.1", False), ("", False)]
)
def test_an_older_version_than_the_device_has_is_no_fix(fixed: str, told: bool) -> None:
    said = row(
        Statement,
        reading="letter",
        place="B4",
        vulnerability="CVE-1",
        status=Status.FIXED,
        version=fixed,
        speaker=Speaker.MANUFACTURER,
        document="letter.pdf",
    )
    why = (Because("because.match.statement.fixed", ("x=1",), "letter#B4"),)
    found = measures(said, because=why, verdict=Verdict.POSSIBLE)
    assert [m.text for m in found if m.subject == "measure.patch.version"] == ([fixed] if told else [])
