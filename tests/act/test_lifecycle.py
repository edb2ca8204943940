from typing import Any

from handmade import row
from hygie.act import propose
from hygie.act.allowed import ALSO_SYSTEM
from hygie.model import Device, Measure, Model, ProfileOf
from hygie.model.verdict import Authority, Because, MeasureKind, Outcome, Verdict
from plant import ground


def systems(*rows: Any, **given: Any) -> list[Measure]:
    return [m for m in propose(ground(*rows, **given)) if m.model.startswith("os:")]


def test_one_measure_per_system_out_of_support_over_all_models() -> None:
    more = [row(Device, id=f"E{n}", os="Win7", ward="Bloc", model=f"M{n}") for n in range(3)]
    [m] = systems(*more, device={"os": "Windows 7", "os_version": "SP1"})
    assert (m.model, m.subject, m.devices) == ("os:Windows 7", "measure.system_end", 4)
    assert (m.authority, m.kind) == (Authority.JOINT, MeasureKind.ORGANISATION)
    assert m.wards == ("Bloc", "W")
    assert "end=2020-01-14" in m.args


def test_its_findings_are_those_of_the_system_alone() -> None:
    [m] = systems(device={"os": "Windows 7"}, part="os")
    assert (m.findings, m.outcome) == (1, Outcome.OUT_OF_CYCLE)
    [m] = systems(device={"os": "Windows 7"}, part="product")
    assert (m.findings, m.outcome) == (0, Outcome.SCHEDULED)


def test_it_says_which_finding_makes_it_urgent() -> None:
    [m] = systems(device={"os": "Windows 7"}, part="os")
    told = {b.key: b.args for b in m.because}
    assert told["measure.because.urgency_finding"] == ("vulnerability=CVE-1", "outcome=out-of-cycle", "findings=1")
    [m] = systems(device={"os": "Windows 7"}, part="product")
    assert "measure.because.urgency_none" in {b.key for b in m.because}


def test_a_flaw_of_the_product_that_its_system_has_too_counts() -> None:
    [m] = systems(device={"os": "Windows 7"}, because=(Because(ALSO_SYSTEM),))
    assert (m.findings, m.outcome) == (1, Outcome.OUT_OF_CYCLE)


def test_what_nobody_knows_lends_no_urgency() -> None:
    [m] = systems(device={"os": "Windows 7"}, part="os", verdict=Verdict.UNKNOWN)
    assert (m.findings, m.outcome) == (0, Outcome.SCHEDULED)


def test_it_says_what_replacing_takes_from_an_attacker_and_costs_care() -> None:
    [m] = systems(device={"os": "Windows 7"}, part="os")
    assert m.on_attacker == (Because("measure.attacker.system_end", ("vulnerabilities=1",)),)
    assert m.on_care == (Because("measure.care.system_end"),)


def test_one_line_for_what_people_call_one_system() -> None:
    """Its name, and a number that it shares with a server: counted together, and said."""
    [m] = systems(row(Device, id="E", os="Windows", os_version="6.1.7601", model="M2"), device={"os": "Windows 7"})
    assert (m.model, m.devices) == ("os:Windows 7", 2)
    shared = [b.args for b in m.because if b.key == "measure.because.shared"]
    assert shared == [("system=Windows 7 / Server 2008 R2", "devices=1")]


def test_releases_whose_support_ended_on_different_days_say_so() -> None:
    [m] = systems(row(Device, id="E", os="Windows 10 1709"), device={"os": "Windows 10 1703"})
    assert (m.model, m.subject) == ("os:Windows 10", "measure.system_end.several")
    assert {"end=2018-10-09", "latest=2019-04-09"} <= set(m.args)
    assert len([b for b in m.because if b.key == "measure.because.system_end"]) == 2


def test_ended_and_not_known_stand_in_two_lines_of_one_system() -> None:
    found = systems(row(Device, id="E", os="Windows 10 1809"), device={"os": "Windows 10 1703"})
    assert {(m.model, m.subject, m.devices) for m in found} == {
        ("os:Windows 10", "measure.system_end", 1),
        ("os:Windows 10", "measure.system_edition", 1),
    }


def test_an_edition_nobody_gave_is_to_be_found_out() -> None:
    [m] = systems(device={"os": "Windows 10 1809"}, part="os")
    assert m.subject == "measure.system_edition"
    assert any(b.key == "measure.because.edition" for b in m.because)


def test_finding_out_an_edition_is_never_urgent_and_takes_nothing_from_an_attacker() -> None:
    [m] = systems(device={"os": "Windows 10 1809"}, part="os")
    assert (m.outcome, m.findings, m.vulnerabilities) == (Outcome.SCHEDULED, 0, ())
    assert [b.key for b in m.on_attacker] == ["measure.attacker.system_edition"]
    assert any(b.key == "measure.because.urgency_edition" for b in m.because)


def test_a_supported_or_unknown_system_asks_for_nothing() -> None:
    assert systems(device={"os": "Windows Server 2022"}) == []
    assert systems(device={"os": "VxWorks 6.9"}) == []
    assert systems(device={"os": "maison"}) == []
    assert systems(device={"os": "Windows 7", "status": "disposed"}) == []


def test_devices_of_one_profile_with_other_systems_are_not_counted() -> None:
    other = row(Device, id="E", os="Debian 12", model="M")
    [m] = systems(other, row(ProfileOf, device="E", profile="P"), device={"os": "Windows 7"}, part="os")
    assert (m.devices, m.findings) == (1, 1)


def test_an_extension_is_told() -> None:
    [m] = systems(device={"os": "Ubuntu 18.04"})
    assert any(b.key == "measure.because.extended" for b in m.because)


def test_the_end_of_a_model_s_support_asks_for_a_replacement_plan() -> None:
    rows = ground()
    rows.rows["model"] = [
        row(Model, id="M", make="Aterys", product="Souffle 3", kind="ventilator", support_end="2025-12-31",
            support_source="evidence:letters#D4")
    ]  # fmt: skip
    [m] = [m for m in propose(rows) if m.subject == "measure.support_end"]
    assert (m.kind, m.devices, m.because[0].origin) == (MeasureKind.REPLACEMENT, 1, "letters#D4")
    assert "end=2025-12-31" in m.args


def test_a_support_that_lasts_asks_for_nothing() -> None:
    for day, number in (("2026-11-23", 0), ("2026-11-22", 1)):
        found = [m for m in propose(ground(device={"support_end": day})) if m.subject == "measure.support_end"]
        assert len(found) == number


def test_the_end_of_a_model_s_support_says_what_makes_it_urgent_and_what_replacing_takes() -> None:
    [m] = [m for m in propose(ground(device={"support_end": "2025-01-31"})) if m.subject == "measure.support_end"]
    assert (m.outcome, m.vulnerabilities) == (Outcome.OUT_OF_CYCLE, ("CVE-1",))
    assert {b.key for b in m.because} == {"measure.because.support_end", "measure.because.urgency_model"}
    assert m.on_attacker[0].args == ("vulnerabilities=1",)
    scene = ground(device={"support_end": "2025-01-31"}, verdict=Verdict.UNKNOWN)
    [m] = [m for m in propose(scene) if m.subject == "measure.support_end"]
    assert (m.outcome, m.findings) == (Outcome.SCHEDULED, 0)
    assert "measure.because.urgency_no_model" in {b.key for b in m.because}
