from typing import Any

import pytest

from handmade import DAY, START, row
from hygie.act import propose
from hygie.act.network import local_only
from hygie.facts.functions import functions
from hygie.model import Answer, Device, Flow, Measure, ProfileOf, Vulnerability
from hygie.model.evidence import Speaker
from hygie.model.verdict import Authority, MeasureKind, Verdict
from plant import ground, permission, remedy, seen


def controls(*rows: Any, **given: Any) -> list[Measure]:
    return [m for m in propose(ground(*rows, **given)) if m.kind is MeasureKind.NETWORK]


def reasons(m: Measure) -> set[str]:
    return {b.key.removeprefix("measure.because.") for b in m.because}


def test_the_hospital_restricts_alone_only_with_permission_and_observed_flows() -> None:
    [m] = controls(*seen(), permission("network_control"))
    assert (m.authority, m.flows, m.days) == (Authority.HOSPITAL, 1, 3.0)
    assert {"allowed", "flow", "flows"} <= reasons(m)
    assert next(b.origin for b in m.because if b.key.endswith(".flow")) == "c#packet 7"


def test_without_the_manufacturer_s_word_it_is_decided_together_with_it() -> None:
    [m] = controls(*seen())
    assert (m.authority, m.decided_by) == (Authority.JOINT, ("biomedical", "it", "ward", "manufacturer"))
    assert {"together_word", "no_requirements"} <= reasons(m)


def test_without_observation_it_is_decided_together() -> None:
    [m] = controls(permission("network_control"))
    assert (m.authority, m.flows, m.days) == (Authority.JOINT, 0, 0.0)
    assert {"together_unseen", "no_flows", "unwatched"} <= reasons(m)


@pytest.mark.parametrize(
    "kind", [k for k, f in functions().items() if f.serves in ("therapy", "monitoring") or f.safety == "critical"]
)
def test_on_therapy_monitoring_and_critical_functions_it_is_never_the_hospital_alone(kind: str) -> None:
    [m] = controls(*seen(), permission("network_control"), kind=kind)
    assert m.authority is Authority.JOINT
    assert "ward" in m.decided_by


def test_on_an_unknown_function_it_is_decided_together() -> None:
    [m] = controls(*seen(), permission("network_control"), kind="")
    assert m.authority is Authority.JOINT


def test_against_the_manufacturer_s_word_it_needs_its_word() -> None:
    [m] = controls(*seen(), permission("network_control", False))
    assert (m.authority, "refused" in reasons(m)) == (Authority.MANUFACTURER_WORD, True)


def test_the_manufacturer_s_requirements_are_listed() -> None:
    answer = row(Answer, reading="form", place="C9", question="CONN-6", answer="no", raw="No")
    [m] = controls(*seen(), answer)
    assert "conn_6" in reasons(m)
    assert "no_requirements" not in reasons(m)


def test_a_flaw_that_needs_local_access_is_no_reason_to_cut() -> None:
    rows = ground(*seen())
    rows.rows["vulnerability"] = [row(Vulnerability, id="CVE-1", cvss="CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    assert [m for m in propose(rows) if m.kind is MeasureKind.NETWORK] == []
    assert local_only([row(Vulnerability, cvss="AV:L/AC:L/Au:N/C:P/I:N/A:N")])
    assert not local_only(
        [row(Vulnerability, cvss="CVSS:3.1/AV:A/AC:L"), row(Vulnerability, cvss="CVSS:3.1/AV:L/AC:L")]
    )
    assert not local_only([row(Vulnerability)])


def test_what_is_only_unknown_cuts_nothing() -> None:
    assert controls(*seen(), verdict=Verdict.UNKNOWN) == []


def test_conversations_are_counted_once_and_groups_are_left_out() -> None:
    again = seen()[1]
    later = row(Flow, reading="c", site="local", client="10.0.0.5", server="10.0.0.9", transport="tcp", port=104,
                service="dicom", first=START + DAY, last=START + DAY, place="9")  # fmt: skip
    group = row(Flow, reading="c", site="local", client="10.0.0.5", server="239.1.1.1", transport="udp", port=1900,
                first=START, last=START, place="3")  # fmt: skip
    [m] = controls(*seen(), again, later, group)
    assert m.flows == 1


def test_devices_whose_zone_was_not_watched_are_counted() -> None:
    other = row(Device, id="E", site="local", model="M", kind="radiography", zone="elsewhere")
    [m] = controls(*seen(), other, row(ProfileOf, device="E", profile="P"), permission("network_control"))
    assert "unwatched=1" in m.args
    assert m.authority is Authority.JOINT


def test_what_an_advisory_asks_of_the_network_is_shown_in_its_words() -> None:
    told = remedy("mitigation", "Close TCP 22 towards the robot.")
    [m] = controls(*seen(), told)
    assert (m.text, m.speaker, m.authority) == (told.details, Speaker.MANUFACTURER, Authority.JOINT)
    assert m.because[0].origin == f"{told.reading}#{told.place}"
    assert "no_requirements" not in reasons(m)
    other = remedy("workaround", "Limit network access.", speaker=Speaker.THIRD_PARTY, place="/r/9")
    [m] = controls(*seen(), told, other)
    assert (m.text, m.speaker) == (told.details, Speaker.MANUFACTURER)
    assert "workaround.third_party" in reasons(m)
    [m] = controls(*seen(), other)
    assert (m.text, m.speaker, m.authority) == (other.details, Speaker.THIRD_PARTY, Authority.JOINT)
