import csv
import json
import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from hygie.facts import ssvc
from hygie.model.verdict import Outcome


def rows(shared: Path, name: str) -> list[list[str]]:
    with (shared / "ssvc" / "data" / "csv" / "ssvc" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_deployer_table_is_the_upstream_one(shared: Path) -> None:
    upstream = rows(shared, "deployer_patch_application_priority_1_0_0.csv")
    assert len(upstream) == 72
    for _, exploitation, exposure, automatable, human, outcome in upstream:
        assert ssvc.deploy(exploitation, exposure, automatable, human) == outcome


def test_human_impact_table_is_the_upstream_one(shared: Path) -> None:
    upstream = rows(shared, "human_impact_1_0_0.csv")
    assert len(upstream) == 16
    for _, safety, mission, human in upstream:
        assert ssvc.human_impact(safety, mission.removeprefix("mef support ")) == human


def test_outcomes_number_as_the_facts_say() -> None:
    outcomes = Counter(
        ssvc.deploy(*values) for values in product(ssvc.EXPLOITATION, ssvc.EXPOSURE, ssvc.AUTOMATABLE, ssvc.HUMAN)
    )
    assert outcomes == {
        Outcome.DEFER: 7,
        Outcome.SCHEDULED: 42,
        Outcome.OUT_OF_CYCLE: 20,
        Outcome.IMMEDIATE: 3,
    }


def test_immediate_only_where_exploited_and_open() -> None:
    immediate = {
        values
        for values in product(ssvc.EXPLOITATION, ssvc.EXPOSURE, ssvc.AUTOMATABLE, ssvc.HUMAN)
        if ssvc.deploy(*values) == Outcome.IMMEDIATE
    }
    assert immediate == {
        ("active", "open", "no", "very high"),
        ("active", "open", "yes", "high"),
        ("active", "open", "yes", "very high"),
    }


def test_safety_first_is_the_upstream_wording(shared: Path) -> None:
    """Reads the conditions of the value definitions and compares cell by cell."""
    file = shared / "ssvc" / "data" / "json" / "decision_points" / "ssvc" / "human_impact_2_0_2.json"
    values = json.loads(file.read_text(encoding="utf-8"))["values"]
    missions = {"degraded": "degraded", "crippled": "crippled", "mef failure": "mef failure"}
    said: dict[tuple[str, str], str] = {}
    for value in values[:3]:
        for safety, mission in re.findall(
            r"Safety Impact:\(?(\w+)\)? AND Mission Impact:\(?([\w ]+?)\)*(?: OR \(|$)",
            value["definition"].replace("Degraded OR Crippled", "Degraded or Crippled"),
        ):
            for part in mission.lower().split(" or "):
                said[safety.lower(), missions[part.strip()]] = value["name"].lower()
    assert len(said) == 8
    for (safety, mission), human in said.items():
        assert ssvc.human_impact(safety, mission, ssvc.SAFETY_FIRST) == human
    assert ("critical", "mef failure") not in said
    for safety, mission in product(ssvc.SAFETY, ssvc.MISSION):
        if safety == "catastrophic" or mission == "mission failure":
            assert ssvc.human_impact(safety, mission, ssvc.SAFETY_FIRST) == "very high"


def test_profiles_differ_in_four_cells_and_only_upwards() -> None:
    differing = [
        (safety, mission)
        for safety, mission in product(ssvc.SAFETY, ssvc.MISSION)
        if ssvc.human_impact(safety, mission) != ssvc.human_impact(safety, mission, ssvc.SAFETY_FIRST)
    ]
    assert len(differing) == 4
    for safety, mission in differing:
        table = ssvc.human_impact(safety, mission)
        wording = ssvc.human_impact(safety, mission, ssvc.SAFETY_FIRST)
        assert ssvc.HUMAN.index(wording) == ssvc.HUMAN.index(table) + 1


def test_a_value_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises((KeyError, ValueError)):
        ssvc.deploy("maybe", "open", "yes", "low")
    with pytest.raises((KeyError, ValueError)):
        ssvc.human_impact("marginal", "unheard of")
