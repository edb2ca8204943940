import pytest

from hygie.act.effects import effects
from hygie.facts.functions import function_of
from hygie.model.verdict import Because, MeasureKind


@pytest.mark.parametrize("kind", list(MeasureKind))
def test_every_kind_of_measure_speaks_of_both_safeties(kind: MeasureKind) -> None:
    attacker, care = effects(kind, function_of("pacs"), (Because("function.not_validated"),), vulnerabilities=3)
    assert attacker
    assert care
    assert Because("function.not_validated") in care
    assert attacker[0].args == ("vulnerabilities=3",)


def test_a_patch_costs_the_device_and_a_network_control_its_network() -> None:
    function = function_of("central_station")
    patch = {b.key for b in effects(MeasureKind.PATCH, function, ())[1]}
    network = {b.key for b in effects(MeasureKind.NETWORK, function, ())[1]}
    assert function.lost_without_device in patch
    assert function.lost_without_network in network
    assert function.lost_without_device not in network


@pytest.mark.parametrize("kind", list(MeasureKind))
def test_of_what_nobody_knows_the_use_that_is_said_first(kind: MeasureKind) -> None:
    _, care = effects(kind, function_of(""), (Because("function.not_validated"),), vulnerabilities=1)
    assert care[0] == Because("measure.care.unknown_kind")
    assert all(b.key.startswith("measure.care.") for b in care)
