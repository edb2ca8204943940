from handmade import Ground, row
from hygie.act.target import Fleet, may_be_marked
from hygie.facts.functions import function_of
from hygie.model import Decision, Device, Finding, Model, Priority, Profile, ProfileOf
from hygie.model.verdict import Outcome, Verdict


def ground(*more: object) -> Ground:
    return Ground(
        row(Model, id="M", make="Aterys", product="Souffle 3", kind="ventilator"),
        row(Profile, id="P1", model="M"),
        row(Profile, id="P2", model="M"),
        row(Profile, id="P3", make="Autre", product="Chose"),
        row(Device, id="D1", model="M", kind="ventilator", ward="Réanimation"),
        row(Device, id="D2", model="M", kind="ventilator", ward="SMUR"),
        row(Device, id="D3"),
        row(ProfileOf, device="D1", profile="P1"),
        row(ProfileOf, device="D2", profile="P2"),
        row(ProfileOf, device="D3", profile="P3"),
        row(ProfileOf, device="gone", profile="P3"),
        row(Finding, id="F1", profile="P1", vulnerability="V1", verdict=Verdict.AFFECTED),
        row(Finding, id="F2", profile="P2", vulnerability="V1", verdict=Verdict.POSSIBLE),
        row(Finding, id="F3", profile="P3", vulnerability="V2", verdict=Verdict.UNKNOWN),
        row(Finding, id="F4", profile="P1", vulnerability="V3", verdict=Verdict.NOT_AFFECTED),
        row(Finding, id="F5", profile="nobody", vulnerability="V3", verdict=Verdict.AFFECTED),
        row(Priority, finding="F1", exposure="open", outcome=Outcome.SCHEDULED),
        row(Priority, finding="F1", exposure="controlled", outcome=Outcome.IMMEDIATE),
        row(Priority, finding="F2", exposure="open", outcome=Outcome.DEFER),
        *more,
    )


def test_live_findings_are_gathered_by_model_else_by_profile() -> None:
    targets = {t.key: t for t in Fleet(ground()).targets}
    assert set(targets) == {"M", "profile:P3"}
    assert [f.id for f in targets["M"].findings] == ["F1", "F2"]
    assert [d.id for d in targets["M"].devices] == ["D1", "D2"]
    assert targets["M"].function.key == "ventilator"
    assert targets["profile:P3"].function.key == ""
    assert (targets["profile:P3"].make, targets["profile:P3"].product) == ("Autre", "Chose")


def test_scope_counts_devices_wards_and_the_most_urgent_outcome() -> None:
    fleet = Fleet(ground())
    scope = fleet.scope(fleet.targets[0].findings)
    assert (scope.devices, scope.findings, scope.wards) == (2, 2, ("Réanimation", "SMUR"))
    assert scope.outcome == Outcome.IMMEDIATE
    assert scope.vulnerabilities == ("V1",)


def test_what_is_disposed_of_needs_no_measure() -> None:
    gone = row(Device, id="D9", model="M", status="disposed", ward="Réserve")
    fleet = Fleet(ground(gone, row(ProfileOf, device="D9", profile="P1")))
    assert "D9" not in {d.id for target in fleet.targets for d in target.devices}
    assert "Réserve" not in fleet.scope(fleet.targets[0].findings).wards


def test_a_function_is_not_validated_until_a_named_person_confirms_it() -> None:
    function = function_of("ventilator")
    assert Fleet(ground()).validated(function)[0].key == "function.not_validated"
    said = row(
        Decision, about="function:ventilator", answer="oui", who="Dr A", when="2026-01-01", reading="h", place="B3"
    )
    [because] = Fleet(ground(said)).validated(function)
    assert (because.key, because.origin) == ("function.confirmed", "h#B3")


def test_what_may_carry_a_mark_is_taken_to_carry_it() -> None:
    plain = row(Device, id="D")
    assert may_be_marked(function_of("ventilator"), [plain])
    assert may_be_marked(function_of(""), [plain])
    assert may_be_marked(function_of("workstation"), [plain])
    assert not may_be_marked(function_of("printer"), [plain])
    assert may_be_marked(function_of("printer"), [plain, row(Device, id="E", ce_class="I")])
    assert may_be_marked(function_of("network_equipment"), [row(Device, id="E", system="S")])
