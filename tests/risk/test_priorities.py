import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import DAY, START, Ground, row
from hygie import risk, words
from hygie.facts import ssvc
from hygie.model import (
    Binding,
    Coverage,
    Decision,
    Device,
    Exploited,
    Finding,
    Flow,
    Profile,
    ProfileOf,
    Score,
    Vulnerability,
    Zone,
)
from hygie.model.verdict import Outcome, Verdict
from hygie.risk import rank, stand

WORM = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def heard(client: str, server: str, place: str) -> Flow:
    at = {"first": START, "last": START, "place": place}
    return row(Flow, reading="c", site="local", client=client, server=server, opened=True, **at)


def hospital(*more: object, verdict: Verdict = Verdict.AFFECTED) -> Ground:
    """Two ventilators: one opened from outside, one seen inside only."""
    rows: list[object] = [
        row(Zone, id="Z", site="local", cidr="10.0.0.0/24"),
        row(Coverage, reading="c", site="local", first=START, last=START + 3 * DAY, networks=("10.0.0.0/24",)),
        row(Profile, id="P", model="M", devices=2),
        row(Finding, id="F", profile="P", vulnerability="CVE-1", verdict=verdict),
        row(Vulnerability, id="CVE-1", reading="v", place="/0", source="cve5", cvss=WORM),
        row(
            Flow,
            reading="c",
            site="local",
            client="8.8.8.8",
            server="10.0.0.1",
            opened=True,
            first=START,
            last=START,
            place="1",
        ),
        row(
            Flow,
            reading="c",
            site="local",
            client="10.0.0.2",
            server="10.0.0.1",
            opened=True,
            first=START,
            last=START,
            place="2",
        ),
    ]
    for n in (1, 2):
        rows.append(row(Device, id=f"D{n}", site="local", zone="Z", kind="ventilator", ward="Réanimation"))
        rows.append(row(Binding, site="local", kind="ip", value=f"10.0.0.{n}", device=f"D{n}"))
        rows.append(row(ProfileOf, device=f"D{n}", profile="P"))
    return Ground(*rows, *more)


def test_one_priority_per_exposure_with_its_devices() -> None:
    controlled, exposed = rank(hospital())
    assert [(p.exposure, p.devices) for p in (controlled, exposed)] == [("controlled", 1), ("open", 1)]
    assert controlled.outcome == Outcome.SCHEDULED
    assert exposed.outcome == Outcome.OUT_OF_CYCLE
    assert exposed.human_impact == "very high"


def test_what_is_disposed_of_is_not_ranked_unless_it_was_met() -> None:
    for met, count in ((0, 2), (START, 3)):
        third = row(Device, id="D3", site="local", zone="Z", kind="syringe_pump", status="disposed", first=met)
        found = rank(hospital(third, row(ProfileOf, device="D3", profile="P")))
        assert sorted(p.exposure for p in found if p.kind == "ventilator") == ["controlled", "open"]
        assert len(found) == count


def test_exploited_open_life_support_is_immediate() -> None:
    ground = hospital(row(Exploited, reading="k", place="line 2", vulnerability="CVE-1", added="2026-01-01"))
    assert {(p.exposure, p.outcome) for p in rank(ground)} == {
        ("open", Outcome.IMMEDIATE),
        ("controlled", Outcome.OUT_OF_CYCLE),
    }


def test_epss_changes_no_outcome() -> None:
    score = row(Score, reading="e", vulnerability="CVE-1", epss=0.99, percentile=0.999, dated="2026-01-01")
    assert [p.outcome for p in rank(hospital(score))] == [p.outcome for p in rank(hospital())]
    assert all("priority.epss" in {b.key for b in p.because} for p in rank(hospital(score)))


def test_verdicts_that_are_settled_are_not_ranked() -> None:
    for verdict in (Verdict.NOT_AFFECTED, Verdict.FIXED):
        assert rank(hospital(verdict=verdict)) == []
    for verdict in (Verdict.POSSIBLE, Verdict.UNKNOWN):
        assert len(rank(hospital(verdict=verdict))) == 2


def test_every_input_has_its_because() -> None:
    for priority in rank(hospital()):
        inputs = {b.key.split(".")[1] for b in priority.because if b.key.startswith("priority.")}
        assert inputs >= {"exploitation", "exposure", "automatable", "mission", "safety"}


def test_a_rejected_record_says_nothing() -> None:
    ground = hospital()
    ground.rows["vulnerability"] = [row(Vulnerability, id="CVE-1", cvss=WORM, rejected=True, exploitation="active")]
    assert {p.exploitation for p in rank(ground)} == {"none"}


def test_persons_words_change_function_mission_and_exposure() -> None:
    ground = hospital(
        row(Decision, about="function:ventilator", answer="marginale", who="A", reading="h", place="B2"),
        row(Decision, about="unit:Réanimation", answer="dégradée", who="A", reading="h", place="B3"),
        row(Decision, about="exposure:Z", answer="faible", who="A", reading="h", place="B4"),
    )
    [priority] = rank(ground)
    assert (priority.safety, priority.mission, priority.exposure, priority.devices) == (
        "marginal",
        "degraded",
        "small",
        2,
    )
    assert priority.human_impact == "low"


def test_safety_first_is_a_named_profile() -> None:
    ground = hospital(row(Decision, about="function:ventilator", answer="marginale", who="A"))
    assert {p.human_impact for p in rank(ground)} == {"low"}
    assert {p.human_impact for p in rank(ground, profile=ssvc.SAFETY_FIRST)} == {"medium"}


def test_standings_are_those_of_the_priorities() -> None:
    ground = hospital()
    stands = stand(ground)
    found = {device: (one.exposure, one.mission) for device, one in stands.items()}
    assert found == {"D1": ("open", "crippled"), "D2": ("controlled", "crippled")}
    assert {(p.exposure, p.mission) for p in rank(ground)} == set(found.values())
    assert rank(ground, stands) == rank(ground)


def test_reasons_of_a_group_are_counted() -> None:
    ground = hospital()
    ground.rows["coverage"] = []
    ground.rows["flow"] = []
    [priority] = rank(ground)
    [why] = [b for b in priority.because if b.key == "priority.exposure.not_covered"]
    assert why.args[-1] == "devices=2"


@given(
    st.sampled_from(["", "pacs", "ventilator", "printer", "no such kind"]),
    st.sampled_from(["", WORM, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "?"]),
    st.sampled_from(["", "none", "poc", "active"]),
    st.sampled_from(["", "yes", "no"]),
)
def test_every_outcome_is_the_table_s_own(kind: str, cvss: str, exploitation: str, automatable: str) -> None:
    ground = Ground(
        row(Device, id="D", kind=kind),
        row(Profile, id="P"),
        row(ProfileOf, device="D", profile="P"),
        row(Finding, id="F", profile="P", vulnerability="V", verdict=Verdict.POSSIBLE),
        row(Vulnerability, id="V", cvss=cvss, exploitation=exploitation, automatable=automatable),
    )
    [p] = rank(ground)
    assert p.exposure == "open"
    assert p.safety in ssvc.SAFETY
    assert (p.safety != "negligible") or kind == "printer"
    assert p.outcome == ssvc.deploy(p.exploitation, p.exposure, p.automatable, ssvc.human_impact(p.safety, p.mission))


def test_the_order_of_rows_changes_nothing() -> None:
    forward, backward = hospital(), hospital()
    for rows in backward.rows.values():
        rows.reverse()
    assert rank(forward) == rank(backward)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_because_has_its_text(language: str) -> None:
    """Every message key that this room can give, gathered from its source."""
    texts = words.catalogue(language)
    source = "".join(file.read_text(encoding="utf-8") for file in Path(risk.__file__ or "").parent.glob("*.py"))
    fixed = set(re.findall(r'"(priority\.[a-z_.]+)"', source))
    assert len(fixed) > 15
    made = {f"priority.safety.{of}.{value}" for of in ("function", "person") for value in ssvc.SAFETY}
    made |= {f"priority.mission.person.{value.replace(' ', '_')}" for value in ssvc.MISSION}
    made |= {f"priority.exposure.person.{value}" for value in ssvc.EXPOSURE}
    made |= {f"priority.automatable.record_{value}" for value in ssvc.AUTOMATABLE}
    assert {key for key in fixed | made if key not in texts} == set()
