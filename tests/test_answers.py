"""What people fill in, from workbook to workbook: given, kept, changed, taken back; whatever the order."""

import shutil
from pathlib import Path

import pytest

from door import FLEET, TODAY, assess, call, cells, fill, gmao, small
from hygie import walk
from hygie.model.verdict import Verdict
from hygie.store import open_workspace
from spreadsheets import workbook

BED = "connectable:hospital_bed"
FAILS = {"Mission if the devices are lost": "one essential function fails", "Confirmed by": "Dr Roy"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assess(tmp_path / "ws", small(tmp_path / "in"))
    return tmp_path / "ws"


def answer(workspace: Path, **written: str) -> None:
    fill(
        workspace / "questions.xlsx",
        "Id",
        {BED: {name.replace("_", " ").capitalize(): t for name, t in written.items()}},
    )
    assess(workspace)


def said(workspace: Path) -> list[tuple[str, str, str]]:
    with open_workspace(workspace, write=False) as store:
        return sorted((d.about, d.answer, d.who) for d in walk.Ground(store, TODAY)["decision"])


def shown(workspace: Path) -> list[str]:
    return next(row for row in cells(workspace / "questions.xlsx")["Questions"] if row[0] == BED)


def test_an_answer_is_given_changed_and_taken_back(workspace: Path) -> None:
    answer(workspace, answer="no", name="Ann", date="2026-08-30")
    assert said(workspace) == [(BED, "no", "Ann")]
    assert shown(workspace)[8] == "no, Ann, 2026-08-30"
    answer(workspace, answer="yes", name="Bob", date="")
    assert said(workspace) == [(BED, "yes", "Bob")]  # without a date: it was answered in view of the other
    answer(workspace, answer="", name="Carl", date="2026-08-31")
    assert said(workspace) == [(f"withdrawn:{BED}", "yes, Bob", "Carl")]
    assert shown(workspace)[4:10] == [""] * 6
    answer(workspace, answer="yes", name="Bob")
    assert (BED, "yes", "Bob") in said(workspace)


def test_who_takes_an_answer_back_is_asked_for_the_name(workspace: Path) -> None:
    answer(workspace, answer="no", name="Ann")
    fill(workspace / "questions.xlsx", "Id", {BED: {"Answer": "", "Name": ""}})
    told = call("assess", "--workspace", workspace, "--as-of", TODAY)
    assert told.code == 1
    assert "write the name of the person who takes it back" in told.out + told.err
    assert said(workspace) == [(BED, "no", "Ann")]
    answer(workspace, name="Ann")
    assert said(workspace) == [(f"withdrawn:{BED}", "no, Ann", "Ann")]


def test_copies_filled_in_elsewhere_give_one_result_in_any_order(workspace: Path, tmp_path: Path) -> None:
    answer(workspace, answer="no", name="Ann", date="2026-08-30")
    copies = {name: tmp_path / f"{name}.xlsx" for name in ("kept", "changed", "cleared")}
    for file in copies.values():
        shutil.copy(workspace / "questions.xlsx", file)
    fill(copies["changed"], "Id", {BED: {"Answer": "yes", "Name": "Bob", "Date": "2026-08-31"}})
    fill(copies["cleared"], "Id", {BED: {"Answer": "", "Name": "Carl"}})
    found = set()
    for order in (("kept", "changed", "cleared"), ("cleared", "changed", "kept"), ("changed", "cleared", "kept")):
        other = tmp_path / "-".join(order)
        shutil.copytree(workspace, other)
        for name in order:
            assess(other, copies[name])
        assess(other, *copies.values())
        found.add(tuple(said(other)))
    assert found == {((BED, "yes", "Bob"), (f"withdrawn:{BED}", "no, Ann, 2026-08-30", "Carl"))}


def test_a_decision_on_what_is_gone_survives_the_next_filling_in(workspace: Path, tmp_path: Path) -> None:
    fill(workspace / "hospital.xlsx", "Ward", {"Imagerie": FAILS})
    assess(workspace)
    kept = ("unit:Imagerie", "mef failure", "Dr Roy")
    assert said(workspace) == [kept]
    (tmp_path / "in" / "gmao.csv").write_bytes(gmao(*(row for row in FLEET if row[5] != "Imagerie")))
    assess(workspace, tmp_path / "in")
    assert (
        next(row for row in cells(workspace / "hospital.xlsx")["Wards"] if row[0] == "Imagerie")[1] == "no longer there"
    )
    fill(workspace / "hospital.xlsx", "Ward", {"Chirurgie": FAILS})
    assess(workspace)
    assert kept in said(workspace)
    fill(workspace / "hospital.xlsx", "Ward", {"Imagerie": {"Mission if the devices are lost": ""}})
    assess(workspace)
    assert {about for about, *_ in said(workspace)} == {"unit:Chirurgie", "withdrawn:unit:Imagerie"}


def test_rows_that_are_deleted_take_nothing_back(workspace: Path) -> None:
    fill(workspace / "hospital.xlsx", "Key", {"ventilator": {"Confirmed by": "Dr Roy"}})
    assess(workspace)
    before = said(workspace)
    assert [about for about, *_ in before] == ["function:ventilator"]
    sheets = cells(workspace / "hospital.xlsx")
    left = {name: [row for row in page if row[0] != "ventilator"] for name, page in sheets.items()}
    (workspace / "hospital.xlsx").write_bytes(workbook(left))
    assess(workspace)
    with open_workspace(workspace, write=False) as store:
        assert len([r for r in store.readings() if r.kind == "hospital"]) == 2
    assert said(workspace) == before


def test_forgetting_what_took_an_answer_back_brings_it_back(workspace: Path) -> None:
    answer(workspace, answer="no", name="Ann")
    answer(workspace, answer="", name="Carl")
    with open_workspace(workspace, write=False) as store:
        (reading,) = [d.reading for d in walk.Ground(store, TODAY)["decision"]]
    assert call("forget", reading, "--workspace", workspace, "--as-of", TODAY).code == 0
    assert said(workspace) == [(BED, "no", "Ann")]


def test_a_row_of_ones_own_accepts_a_risk_and_leaves_the_verdict(hospital: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "ws"
    assess(workspace, hospital / "gmao.csv", hospital / "csaf")
    with open_workspace(workspace, write=False) as store:
        found = next(f for f in store.rows("finding") if f.part == "product" and f.verdict is Verdict.AFFECTED)
    sheets = cells(workspace / "questions.xlsx")
    sheets["Questions"].append([f"finding:{found.id}", "", "", "", "risk accepted", "Dr Roy", "", "isolated", "", ""])
    (workspace / "questions.xlsx").write_bytes(workbook(sheets))
    assess(workspace)
    row = next(row for row in cells(workspace / "questions.xlsx")["Findings"] if row[0] == f"finding:{found.id}")
    assert row[3].startswith("affected.")
    assert (row[5], row[8], row[9]) == ("risk accepted", "isolated", "risk accepted, Dr Roy")
    told = call("why", found.id, "--workspace", workspace).out
    assert "Decided by Dr Roy (undated): risk accepted « isolated »" in told
