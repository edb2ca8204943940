import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import row
from hygie import act, words
from hygie.act import plan, propose
from hygie.facts.functions import function_of, functions
from hygie.model import Measure
from hygie.model.evidence import Speaker
from hygie.model.verdict import Authority, MeasureKind, Outcome, Verdict
from plant import ground, permission, remedy, seen

CATEGORIES = (
    "vendor_fix",
    "optional_patch",
    "mitigation",
    "workaround",
    "no_fix_planned",
    "none_available",
    "fix_planned",
)
SUBJECTS = ("patch", "os_update", "component_patch", "antivirus", "allow_listing", "configuration", "network_control")

advice = st.builds(
    lambda category, speaker: remedy(category, speaker=speaker, place=f"/r/{category}/{speaker}"),
    st.sampled_from(CATEGORIES),
    st.sampled_from([Speaker.MANUFACTURER, Speaker.THIRD_PARTY]),
)
letters = st.builds(
    lambda subject, allowed, speaker: permission(subject, allowed, speaker=speaker),
    st.sampled_from(SUBJECTS),
    st.sampled_from([True, False, None]),
    st.sampled_from([Speaker.MANUFACTURER, Speaker.THIRD_PARTY, Speaker.HOSPITAL]),
)
scenes = st.fixed_dictionaries(
    {
        "remedies": st.lists(advice, max_size=3),
        "letters": st.lists(letters, max_size=3),
        "watched": st.booleans(),
        "kind": st.sampled_from(["", *functions()]),
        "part": st.sampled_from(["product", "os", "firmware", "openssl 1.0"]),
        "os": st.sampled_from(["", "Windows 7", "Windows 10 1809"]),
        "ce_class": st.sampled_from(["", "IIb"]),
        "verdict": st.sampled_from([Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.UNKNOWN]),
        "speaker": st.sampled_from([Speaker.MANUFACTURER, Speaker.THIRD_PARTY]),
    }
)


def proposed(scene: dict[str, Any]) -> list[Measure]:
    rows = (*scene["remedies"], *scene["letters"], *(seen() if scene["watched"] else ()))
    device = {"os": scene["os"], "ce_class": scene["ce_class"]}
    finding = {name: scene[name] for name in ("part", "verdict", "speaker")}
    return propose(ground(*rows, kind=scene["kind"], device=device, **finding))


@settings(max_examples=150, deadline=None)
@given(scenes)
def test_on_a_marked_device_the_hospital_alone_needs_the_manufacturer_s_permission(scene: dict[str, Any]) -> None:
    marked = function_of(scene["kind"]).marked != "no" or scene["ce_class"]
    given_by_maker = [p for p in scene["letters"] if p.allowed is True and p.speaker is Speaker.MANUFACTURER]
    for m in proposed(scene):
        if m.authority is Authority.HOSPITAL and marked:
            assert given_by_maker
            assert any(b.key == "measure.because.allowed" and b.origin for b in m.because)


@settings(max_examples=150, deadline=None)
@given(scenes)
def test_every_measure_speaks_of_both_safeties_and_names_who_decides(scene: dict[str, Any]) -> None:
    for m in proposed(scene):
        assert m.on_attacker
        assert m.on_care
        assert m.because
        assert m.decided_by
        assert m.devices > 0
        if m.authority in (Authority.MANUFACTURER, Authority.MANUFACTURER_WORD):
            assert "manufacturer" in m.decided_by
        if m.authority is Authority.JOINT:
            assert {"biomedical", "it", "ward"} <= set(m.decided_by)


@settings(max_examples=100, deadline=None)
@given(scenes)
def test_a_network_control_on_therapy_or_monitoring_is_never_the_hospital_alone(scene: dict[str, Any]) -> None:
    for m in proposed(scene):
        if m.kind is MeasureKind.NETWORK and function_of(scene["kind"]).serves in ("therapy", "monitoring", "unknown"):
            assert m.authority in (Authority.JOINT, Authority.MANUFACTURER_WORD)


@settings(max_examples=100, deadline=None)
@given(scenes)
def test_a_third_party_alone_never_suffices(scene: dict[str, Any]) -> None:
    for m in proposed(scene):
        if m.speaker is Speaker.THIRD_PARTY and m.kind in (MeasureKind.PATCH, MeasureKind.CONFIGURATION):
            marked = function_of(scene["kind"]).marked != "no" or scene["ce_class"]
            assert m.authority is Authority.MANUFACTURER_WORD or not marked


@settings(max_examples=50, deadline=None)
@given(scenes)
def test_ids_are_unique_and_the_same_in_any_order(scene: dict[str, Any]) -> None:
    forward = proposed(scene)
    assert len({m.id for m in forward}) == len(forward)
    backward = proposed(scene | {"remedies": scene["remedies"][::-1], "letters": scene["letters"]})
    assert [m.id for m in forward] == [m.id for m in backward]


def test_nothing_found_nothing_proposed() -> None:
    assert propose(ground(verdict=Verdict.FIXED)) == []
    assert propose(ground(verdict=Verdict.NOT_AFFECTED)) == []


def test_a_page_starts_with_the_most_urgent_model_and_keeps_its_measures_together() -> None:
    made = [
        row(Measure, id="1", model="A", outcome=Outcome.SCHEDULED, devices=50, kind=MeasureKind.NETWORK),
        row(Measure, id="2", model="B", outcome=Outcome.DEFER, devices=1, kind=MeasureKind.PATCH),
        row(Measure, id="3", model="B", outcome=Outcome.IMMEDIATE, devices=1, kind=MeasureKind.NETWORK),
        row(Measure, id="4", model="A", outcome=Outcome.SCHEDULED, devices=50, kind=MeasureKind.PATCH),
        row(Measure, id="5", model="C", outcome=Outcome.SCHEDULED, devices=60, kind=MeasureKind.PATCH),
    ]
    assert [m.id for m in plan(made)] == ["3", "2", "5", "4", "1"]
    assert plan(made[::-1]) == plan(made)


def test_what_is_sure_comes_before_what_is_only_possible() -> None:
    made = [
        row(Measure, id="1", model="A", outcome=Outcome.IMMEDIATE, devices=50, kind=MeasureKind.PATCH, doubtful=True),
        row(Measure, id="2", model="B", outcome=Outcome.IMMEDIATE, devices=1, kind=MeasureKind.PATCH),
        row(Measure, id="3", model="C", outcome=Outcome.SCHEDULED, devices=9, kind=MeasureKind.PATCH),
        row(Measure, id="4", model="B", outcome=Outcome.DEFER, devices=1, kind=MeasureKind.NETWORK, doubtful=True),
    ]
    assert [m.id for m in plan(made)] == ["2", "4", "1", "3"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_message_of_this_room_has_its_text(language: str) -> None:
    texts = words.catalogue(language)
    source = "".join(f.read_text(encoding="utf-8") for f in Path(act.__file__ or "").parent.glob("*.py"))
    keys = set(re.findall(r'"((?:measure|cut)\.[a-z_.]+)"', source))
    assert len(keys) > 30
    keys |= {f"measure.compensate.{c}" for c in CATEGORIES[4:]}
    keys |= {f"measure.because.{c}.{who}" for c in CATEGORIES for who in ("manufacturer", "third_party")}
    keys |= {f"measure.because.{how}" for how in ("allowed", "refused", "open")}
    keys |= {f"measure.because.conn_{n}" for n in (2, 4, 6)}
    keys |= {f"measure.because.together_{why}" for why in ("care", "grave", "word", "unseen")}
    keys |= {f"measure.{subject}" for subject in ("os_update", "component_patch", "antivirus", "allow_listing")}
    assert {k for k in keys if k not in texts and not k.endswith("_")} == set()
