"""The whole way on small input: order, repetition, replacement, sites, people's words, forgetting, sudden death."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from door import FLEET, LEASES, TODAY, assess, call, cells, everything, fill, gmao, inventory, live, plan, read, small
from hygie import act, walk
from hygie.jobs import pool
from hygie.serve.clock import SystemClock
from hygie.store import LockHeldError, open_workspace


@pytest.fixture
def folder(tmp_path: Path, hospital: Path) -> Path:
    return small(tmp_path / "in", hospital)


def quiet(*_: object) -> None:
    """No progress."""


def forget(workspace: Path, *names: str) -> set[str]:
    with open_workspace(workspace, write=True) as store:
        gone = [r for r in store.readings() if Path(r.name).name in names]
        assert len(gone) >= len(names)
        return walk.forget(store, gone, SystemClock(TODAY), "en", quiet)


# ---------------------------------------------------------------- order and repetition


def test_twice_in_pieces_or_reversed_is_the_same(folder: Path, tmp_path: Path) -> None:
    once = assess(tmp_path / "once", folder)
    assert assess(tmp_path / "once", folder) == once
    assert assess(tmp_path / "once") == once
    pieces = sorted(folder.iterdir(), reverse=True)
    for piece in pieces:
        assess(tmp_path / "pieces", piece)
    assert assess(tmp_path / "pieces") == once
    read(tmp_path / "read", *pieces)
    read(tmp_path / "read", folder)
    assert assess(tmp_path / "read", folder) == once


def test_the_example_in_any_order_is_the_same(hospital: Path, tmp_path: Path) -> None:
    files = sorted(f for f in hospital.rglob("*") if f.is_file())
    random.Random(5).shuffle(files)
    for start in range(0, len(files), 20):
        read(tmp_path / "a", *files[start : start + 20])
    assert assess(tmp_path / "a") == assess(tmp_path / "b", hospital)


def test_stages_whose_input_is_unchanged_are_skipped(folder: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", folder)
    ran: list[str] = []
    with open_workspace(tmp_path / "w", write=True) as store:
        walk.assess(store, [str(folder)], walk.Terms(), SystemClock(TODAY), lambda what, _: ran.append(what))
        assert set(ran) == {"read"}
        assert not walk.behind(store)
        walk.read(store, [str(small(folder / "more") / "plan.csv")], walk.Terms(), SystemClock(TODAY), quiet)
        (folder / "more" / "leases.csv").write_bytes(LEASES)
        walk.read(store, [str(folder / "more" / "leases.csv")], walk.Terms(), SystemClock(TODAY), quiet)
        assert walk.behind(store)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every stage that can is run by another process; the requests that were made."""
    made: list[bytes] = []
    submit = pool.Pool.submit

    def noted(self: pool.Pool, target: str, request: bytes, *terms: Any) -> None:
        if target.startswith(walk.__name__):
            made.append(request)
        submit(self, target, request, *terms)

    monkeypatch.setattr(walk, "APART", -1)
    monkeypatch.setattr(pool, "spare", lambda: 1)
    monkeypatch.setattr(pool.Pool, "submit", noted)
    return made


def test_a_stage_in_a_process_of_its_own_gives_the_same(
    hospital: Path, tmp_path: Path, beside: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = assess(tmp_path / "there", hospital)
    assert [msgspec.msgpack.decode(one, type=walk.Apart).stage for one in beside] == ["register"]
    monkeypatch.setattr(walk, "APART", 1 << 40)
    assert assess(tmp_path / "here", hospital) == there
    assert len(beside) == 1


def test_a_stage_whose_process_dies_is_run_here(
    folder: Path, tmp_path: Path, beside: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk.apart, "__name__", "nowhere")
    there = assess(tmp_path / "there", folder)
    assert beside
    monkeypatch.setattr(walk, "APART", 1 << 40)
    assert assess(tmp_path / "here", folder) == there


def test_a_relative_path_and_a_whole_one_are_one(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = assess(tmp_path / "w", folder)
    monkeypatch.chdir(tmp_path)
    assess(tmp_path / "w", "in")
    assert assess(tmp_path / "w", folder) == once  # a refusal's name is shown as it was given last


def test_many_small_files(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for i in range(2000):
        (many / f"note{i:04}.bin").write_bytes(f"\x01\x02 nothing that anybody reads {i}".encode())
    (many / "gmao.csv").write_bytes(gmao())
    started = time.monotonic()
    outcome = read(tmp_path / "w", many)
    assert len(outcome.refusals) == 2000
    assert read(tmp_path / "w", many).known == 1
    assert time.monotonic() - started < 60
    with open_workspace(tmp_path / "w", write=False) as store:
        assert len(store.readings()) == 2001


# ---------------------------------------------------------------- replacement


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "gmao.csv"
    file.write_bytes(gmao())
    return file


def known(workspace: Path) -> set[str]:
    with open_workspace(workspace, write=False) as store:
        return inventory(store)


def test_a_replaced_export_retires_what_is_no_longer_in_it(export: Path, tmp_path: Path) -> None:
    first = assess(tmp_path / "w", export)
    export.write_bytes(gmao(*FLEET[1:]))
    assess(tmp_path / "w", export)
    assert known(tmp_path / "w") == {"000102", "000103", "000104"}
    export.write_bytes(gmao())  # what was there before is put back
    assess(tmp_path / "w", export)
    assert known(tmp_path / "w") == {"000101", "000102", "000103", "000104"}
    again = assess(tmp_path / "w", export)
    assert assess(tmp_path / "w", export) == again != first
    export.write_bytes(gmao(*FLEET[1:]))
    assess(tmp_path / "w", export)
    assert known(tmp_path / "w") == {"000102", "000103", "000104"}


MANY = tuple((f"0002{i:02}", "Moniteur patient", "Quillane", "Veille 3", f"VX2{i:02}", "", "", "") for i in range(29))


@pytest.mark.parametrize("dated", [False, True])
def test_an_export_that_lost_most_of_its_devices_retires_them_by_a_word_alone(tmp_path: Path, dated: bool) -> None:
    workspace, files = tmp_path / "w", [tmp_path / "one.csv", tmp_path / ("two.csv" if dated else "one.csv")]
    files[0].write_bytes(gmao(*MANY, title="Export du 01/02/2026" if dated else ""))
    assess(workspace, files[0])
    files[1].write_bytes(gmao(*MANY[:2], title="Export du 01/08/2026" if dated else ""))
    said = call("assess", files[1], "--workspace", workspace)
    assert said.code == 1 and "27 of 29 devices of the earlier export" in said.out
    assert known(workspace) == {row[0] for row in MANY}
    assert "27 of 29 devices" in (workspace / "report.html").read_text()
    once = assess(workspace, *files)
    assert assess(workspace, *files) == once
    with open_workspace(workspace, write=False) as store:
        (asked,) = [q for q in store.rows("question") if q.reason == "question.shrunk"]
    cut, whole = asked.options
    word = {"Name": "A. Person", "Date": "2026-08-30"}
    fill(workspace / "questions.xlsx", "Id", {asked.id: {"Answer": whole, **word}})
    assess(workspace)
    assert known(workspace) == {row[0] for row in MANY}
    with open_workspace(workspace, write=False) as store:
        assert not [q for q in store.rows("question") if q.reason == "question.shrunk"]
    fill(workspace / "questions.xlsx", "Id", {asked.id: {"Answer": cut, **word}})
    assess(workspace)
    assert known(workspace) == {row[0] for row in MANY[:2]}
    assert call("assess", files[1], "--workspace", workspace).code == 0


def test_forgetting_the_longer_export_settles_it_too(export: Path, tmp_path: Path) -> None:
    export.write_bytes(gmao(*MANY))
    assess(tmp_path / "w", export)
    (whole,) = [r.id for r in store_readings(tmp_path / "w") if r.kind == "gmao"]
    export.write_bytes(gmao(*MANY[:2]))
    assess(tmp_path / "w", export)
    assert call("forget", whole, "--workspace", tmp_path / "w").code == 0
    assert known(tmp_path / "w") == {row[0] for row in MANY[:2]}


def test_an_export_without_any_line_takes_no_place(export: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", export)
    full = export.read_bytes()
    for _ in range(2):
        export.write_bytes(full.split(b"\r\n")[0] + b"\r\nTotal : 0\r\n")
        said = call("assess", export, "--workspace", tmp_path / "w")
        assert said.code == 1 and "takes the place of no earlier export" in said.out
        assert known(tmp_path / "w") == {row[0] for row in FLEET}
        export.write_bytes(gmao(*FLEET[:3]))  # then a whole one: it takes the place of the one before
        assert call("assess", export, "--workspace", tmp_path / "w").code == 0
        assert known(tmp_path / "w") == {row[0] for row in FLEET[:3]}
        export.write_bytes(full)
        assess(tmp_path / "w", export)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newer_date_wins_whenever_the_older_is_read(tmp_path: Path, order: tuple[int, int]) -> None:
    files = [tmp_path / "old.csv", tmp_path / "new.csv"]
    files[0].write_bytes(gmao(title="Export du 01/02/2026"))
    files[1].write_bytes(gmao(*FLEET[:2], title="Export du 01/08/2026"))
    for i in order:
        assess(tmp_path / "w", files[i])
    assert known(tmp_path / "w") == {"000101", "000102"}
    assert assess(tmp_path / "both", *files) == assess(tmp_path / "w")
    shutil.copy(files[0], files[1])  # the older one over the newer: its date says so
    assess(tmp_path / "w", files[1])
    assert known(tmp_path / "w") == {"000101", "000102"}


def test_a_date_once_given_stays(export: Path, tmp_path: Path) -> None:
    given = assess(tmp_path / "w", export, dated="2026-05-01")
    assert assess(tmp_path / "w", export) == given
    (tmp_path / "copy.csv").write_bytes(export.read_bytes())
    assert assess(tmp_path / "w", tmp_path / "copy.csv") == given


def test_two_exports_without_date_both_count_and_a_person_tells(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_bytes(gmao(*FLEET[:3]))
    other.write_bytes(gmao(*FLEET[1:]))
    workspace = tmp_path / "w"
    assess(workspace, one, other)
    assert known(workspace) == {"000101", "000102", "000103", "000104"}
    with open_workspace(workspace, write=False) as store:
        (asked,) = [q for q in store.rows("question") if q.id.startswith("newest:local/gmao/")]
        newest = next(r.id for r in store.readings() if r.name.endswith("other.csv"))
    assert set(asked.options) == {r.id for r in store_readings(workspace) if r.kind == "gmao"}
    shown = next(row for row in cells(workspace / "questions.xlsx")["Questions"] if row[0] == asked.id)
    assert newest in shown[3]
    assert "answer." not in " ".join(shown)
    fill(workspace / "questions.xlsx", "Id", {asked.id: {"Answer": newest, "Name": "A. Person", "Date": "2026-08-30"}})
    settled = assess(workspace)
    assert known(workspace) == {"000102", "000103", "000104"}
    assert assess(workspace, one, other) == settled
    third = tmp_path / "third.csv"
    third.write_bytes(gmao(*FLEET[:1]))
    assess(workspace, third)
    assert known(workspace) == {"000101", "000102", "000103", "000104"}  # a later one is a question of its own


def store_readings(workspace: Path) -> list[walk.Reading]:
    with open_workspace(workspace, write=False) as store:
        return store.readings()


def test_another_layout_in_its_place_retires_it_too(export: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", export)
    export.write_text(
        "Inventory number;Manufacturer;Model;Serial number\nA1;Norvane;Spirale;S1\nA2;Norvane;Spirale;S2\n"
    )
    assess(tmp_path / "w", export)
    assert known(tmp_path / "w") == {"A1", "A2"}


def test_what_is_mended_is_no_longer_refused(export: Path, tmp_path: Path) -> None:
    good = export.read_bytes()
    export.write_bytes(b"PK\x03\x04 a workbook cut short")
    assess(tmp_path / "w", export)
    export.write_bytes(good)
    mended = assess(tmp_path / "w", export)
    with open_workspace(tmp_path / "w", write=False) as store:
        assert walk.picture(store).refusals == []
    export.write_bytes(b"PK\x03\x04 again cut short")
    assess(tmp_path / "w", export)
    with open_workspace(tmp_path / "w", write=False) as store:
        assert len(walk.picture(store).refusals) == 1
        assert live(store) == ["gmao.csv"]  # what was read before still counts
    export.write_bytes(good)
    assert assess(tmp_path / "w", export) == assess(tmp_path / "w")
    with open_workspace(tmp_path / "w", write=False) as store:
        assert walk.picture(store).refusals == []
        assert inventory(store) == {row[0] for row in FLEET}
    assert mended


def test_a_saved_mapping_changes_how_the_same_file_is_read(export: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", export)
    with open_workspace(tmp_path / "w", write=True) as store:
        source = next(r.source for r in store.readings())
        assert {d.serial for d in store.rows("device")} == {row[4] for row in FLEET}
        store.save_mapping(source, {"N° série": "-"})
    assess(tmp_path / "w", export)
    with open_workspace(tmp_path / "w", write=True) as store:
        assert {d.serial for d in store.rows("device")} == {""}
        assert live(store) == ["gmao.csv"]
        store.save_mapping(source, {})
    assess(tmp_path / "w", export)
    with open_workspace(tmp_path / "w", write=False) as store:
        assert {d.serial for d in store.rows("device")} == {row[4] for row in FLEET}


def test_a_source_named_for_a_whole_folder_keeps_documents_apart(folder: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", folder, source="Optim")
    with open_workspace(tmp_path / "w", write=False) as store:
        assert len(live(store, "csaf")) == 2
        assert {r.source for r in store.readings() if r.kind == "gmao"} == {"local/gmao/Optim"}


# ---------------------------------------------------------------- sites


def test_two_hospitals_with_the_same_numbers_never_mix(tmp_path: Path, hospital: Path) -> None:
    north, south = small(tmp_path / "north", hospital), small(tmp_path / "south", hospital)
    (south / "gmao.csv").write_bytes(gmao(*[(*row[:5], f"Sud {row[5]}", *row[6:]) for row in FLEET]))
    (south / "leases.csv").write_bytes(LEASES)
    workspace = tmp_path / "w"
    assess(workspace, north, site="north", source="GMAO")
    assess(workspace, south, site="south", source="GMAO")
    with open_workspace(workspace, write=False) as store:
        found = walk.picture(store)
        sites = {d.id: d.site for d in found.devices}
        for ward, site in (("Réanimation", "north"), ("Sud Réanimation", "south")):
            assert {d.site for d in found.devices if d.ward == ward} == {site}
        assert all(
            len([d for d in found.devices if (d.site, d.inventory) == (s, "000101")]) == 1 for s in ("north", "south")
        )
        of = {r.id: r.site for r in store.readings()}
        source = {(r.source, r.site) for r in store.readings() if r.kind != "unread"}
        assert len({name for name, _ in source}) == len(source)
        for member in found.members:
            assert member.source.startswith(f"{sites[member.device]}/")
        for bound in found.bindings:
            assert not bound.device or sites[bound.device] == bound.site
        assert {of[f.reading] for f in found.flows} == {"north", "south"}
        for link in found.links:
            assert sites.get(link.left, "") == sites.get(link.right, sites.get(link.left, ""))
        ground = walk.Ground(store, TODAY)
        north_device = next(d for d in found.devices if d.site == "north" and "10.1.2.3" in d.addresses)
        lost = act.cut(north_device.id, ground)
        assert {row.ward for row in lost.rows} <= {"Réanimation", ""}
    alone = tmp_path / "alone"
    assess(alone, north, site="north", source="GMAO")
    with open_workspace(alone, write=False) as store:
        assert set(store.rows("device")) == {d for d in found.devices if d.site == "north"}


# ---------------------------------------------------------------- people's words


ANSWER = {"connectable:hospital_bed": {"Answer": "no", "Name": "A. Person", "Date": "2026-08-30"}}


def decided(workspace: Path) -> dict[str, str]:
    with open_workspace(workspace, write=False) as store:
        return {d.about: d.answer for d in walk.Ground(store, TODAY)["decision"]}


def test_answers_are_read_back_and_survive(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assess(workspace, folder)
    fill(workspace / "questions.xlsx", "Id", ANSWER)
    fill(workspace / "hospital.xlsx", "Key", {"ct_scanner": {"Safety impact": "marginal", "Confirmed by": "B. Person"}})
    fill(
        workspace / "hospital.xlsx",
        "Ward",
        {"Imagerie": {"Mission if the devices are lost": "degraded", "Confirmed by": "C"}},
    )
    after = assess(workspace)
    said = {"connectable:hospital_bed": "no", "function:ct_scanner": "marginal", "unit:Imagerie": "degraded"}
    assert decided(workspace) == said
    assert assess(workspace) == assess(workspace, folder) == after
    for name in ("report.html", "questions.xlsx", "hospital.xlsx"):
        (workspace / name).unlink()
    assert assess(workspace) == after
    assert decided(workspace) == said
    assert "A. Person" in str(cells(workspace / "questions.xlsx"))
    assert "B. Person" in str(cells(workspace / "hospital.xlsx"))


def test_the_later_answer_of_one_day_counts(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assess(workspace, folder)
    for answer in ("no", "yes", "no", "yes"):
        fill(
            workspace / "questions.xlsx",
            "Id",
            {"connectable:hospital_bed": {**ANSWER["connectable:hospital_bed"], "Answer": answer}},
        )
        assess(workspace)
        assert decided(workspace)["connectable:hospital_bed"] == answer


def test_an_answer_without_a_name_is_told_and_stays_in_the_file(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assess(workspace, folder)
    fill(workspace / "questions.xlsx", "Id", {"connectable:hospital_bed": {"Answer": "no"}})
    written = (workspace / "questions.xlsx").read_bytes()
    with open_workspace(workspace, write=True) as store:
        outcome = walk.assess(store, [], walk.Terms(), SystemClock(TODAY), quiet)
        assert [r.reason for r in outcome.refusals] == ["refusal.unsigned"]
        paths = walk.answer(store, walk.picture(store), "en")
        assert [p.name for p in paths] == ["report.html", "hospital.xlsx"]
    assert (workspace / "questions.xlsx").read_bytes() == written
    fill(workspace / "questions.xlsx", "Id", ANSWER)
    assess(workspace)
    assert decided(workspace) == {"connectable:hospital_bed": "no"}
    with open_workspace(workspace, write=False) as store:
        assert [r for r in walk.picture(store).refusals if r.reason == "refusal.unsigned"] == []


def test_an_unreadable_file_of_answers_loses_no_decision(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assess(workspace, folder)
    fill(workspace / "questions.xlsx", "Id", ANSWER)
    assess(workspace)
    whole = (workspace / "questions.xlsx").read_bytes()
    (workspace / "questions.xlsx").write_bytes(whole[:2000])
    with open_workspace(workspace, write=True) as store:
        outcome = walk.assess(store, [], walk.Terms(), SystemClock(TODAY), quiet)
        assert [Path(r.name).name for r in outcome.refusals] == ["questions.xlsx"]
        walk.answer(store, walk.picture(store), "en")
    assert (workspace / "questions.xlsx").read_bytes() == whole[:2000]
    assert decided(workspace) == {"connectable:hospital_bed": "no"}
    (workspace / "questions.xlsx").unlink()
    assess(workspace)
    assert decided(workspace) == {"connectable:hospital_bed": "no"}
    assert "A. Person" in str(cells(workspace / "questions.xlsx"))


# ---------------------------------------------------------------- forgetting


def test_forgetting_leaves_no_trace(tmp_path: Path) -> None:
    files = tmp_path / "in"
    files.mkdir()
    export, workspace = files / "tell-tale-export.csv", tmp_path / "w"
    marks = [b"TTSERIAL", b"TTMODEL", b"tell-tale-export", b"10.9.8.7", b"TTWARD", "Téléthon".encode()]
    export.write_bytes(gmao(("TT77", "Respirateur", "Téléthon", "TTMODEL", "TTSERIAL", "TTWARD", "10.9.8.7", "")))
    (files / "plan.csv").write_bytes(plan())
    (files / "leases.csv").write_bytes(LEASES)
    before = assess(workspace, files / "plan.csv", files / "leases.csv")
    assess(workspace, files)
    assert all(mark in everything(workspace) for mark in marks)
    with_it = assess(workspace)
    assert forget(workspace, "tell-tale-export.csv") == set()
    held = everything(workspace)
    assert [mark for mark in marks if mark in held] == []
    assert not (workspace / "hygie.db-wal").exists() or (workspace / "hygie.db-wal").stat().st_size == 0
    kept = next(r for r in store_readings(workspace) if r.forgotten)
    assert (kept.name, kept.path, kept.sha256, kept.stated) == ("", "", "", 0)
    assert assess(workspace, files / "plan.csv") != before  # that something was forgotten is known
    assert assess(workspace, files) == with_it


def test_a_decision_whose_ground_is_forgotten_is_shown_as_stale(tmp_path: Path) -> None:
    from hygie.register import keys

    export, leases, workspace = tmp_path / "gmao.csv", tmp_path / "leases.csv", tmp_path / "w"
    export.write_bytes(gmao())
    leases.write_bytes(LEASES)
    assess(workspace, export, leases)
    pair = keys.pair("local", "inv=000101", "mac=02:00:00:00:00:09")
    answers = tmp_path / "answers.csv"
    answers.write_text(f"Id;Question;Answer;Name;Date\n{pair};?;same;A. Person;2026-08-30\n")
    assess(workspace, answers)
    with open_workspace(workspace, write=False) as store:
        assert not [q for q in store.rows("question") if q.id.startswith("stale:")]
        (joined,) = [d for d in store.rows("device") if d.inventory == "000101"]
        assert joined.macs == ("02:00:00:00:00:09",)
    forget(workspace, "gmao.csv")
    with open_workspace(workspace, write=False) as store:
        (asked,) = [q for q in store.rows("question") if q.id.startswith("stale:")]
        assert asked.reason == "question.decision_stale"
    assess(workspace, export)
    with open_workspace(workspace, write=False) as store:
        assert not [q for q in store.rows("question") if q.id.startswith("stale:")]


def test_forgetting_reads_what_people_wrote_first(folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assess(workspace, folder)
    fill(workspace / "questions.xlsx", "Id", ANSWER)
    forget(workspace, "plan.csv")
    assert decided(workspace) == {"connectable:hospital_bed": "no"}
    (workspace / "questions.xlsx").write_bytes(b"PK\x03\x04 damaged")
    assert forget(workspace, "pfy-2026-007.json") == {"questions.xlsx"}
    assert (workspace / "questions.xlsx").read_bytes() == b"PK\x03\x04 damaged"


# ---------------------------------------------------------------- two at once, and sudden death


def test_readers_work_while_a_writer_writes(folder: Path, tmp_path: Path) -> None:
    assess(tmp_path / "w", folder)
    seen = []

    def look(*_: object) -> None:
        with open_workspace(tmp_path / "w", write=False) as reader:
            seen.append(len(walk.picture(reader).devices))
        with pytest.raises(LockHeldError), open_workspace(tmp_path / "w", write=True):
            pass

    (folder / "gmao.csv").write_bytes(gmao(*FLEET[:1]))
    with open_workspace(tmp_path / "w", write=True) as writer:
        walk.assess(writer, [str(folder)], walk.Terms(), SystemClock(TODAY), look)
        look()
    assert len(set(seen)) == 2
    assert seen == sorted(seen, reverse=True)


DYING = """
import os, signal, sys
sys.path[:0] = [{tests!r}, {src!r}]
from door import assess
count = 0
def counted(name):
    real = getattr(os, name)
    def call(*args, **more):
        global count
        count += 1
        if count == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
for name in ("fsync", "rename", "unlink", "open"):
    setattr(os, name, counted(name))
from pathlib import Path
assess(Path(sys.argv[1]), Path(sys.argv[2]))
print(count)
"""


def dying(root: Path, workspace: Path, folder: Path, moment: int) -> "subprocess.CompletedProcess[str]":
    script = DYING.format(tests=str(root / "tests"), src=str(root / "src"))
    words = [sys.executable, "-c", script, str(workspace), str(folder), str(moment)]
    return subprocess.run(words, check=False, capture_output=True, text=True)


def moments(last: int) -> Iterator[int]:
    yield from sorted(random.Random(7).sample(range(1, last + 1), 5))


def test_killed_at_any_write_then_run_again(folder: Path, tmp_path: Path, root: Path) -> None:
    (folder / "capture-rea.pcapng").unlink()
    calls = int(dying(root, tmp_path / "whole", folder, 0).stdout)
    assert calls > 50
    digest = assess(tmp_path / "whole", folder)
    for moment in moments(calls):
        workspace = tmp_path / str(moment)
        assert dying(root, workspace, folder, moment).returncode == -signal.SIGKILL
        assert assess(workspace, folder) == digest
        assert not list(workspace.glob(".*.tmp"))
        shutil.rmtree(workspace)


def test_killed_while_it_recomputes_then_run_again(folder: Path, tmp_path: Path, root: Path) -> None:
    assess(tmp_path / "start", folder)
    fill(tmp_path / "start" / "questions.xlsx", "Id", ANSWER)
    (folder / "gmao.csv").write_bytes(gmao(*FLEET[:3]))
    shutil.copytree(tmp_path / "start", tmp_path / "whole")
    digest = assess(tmp_path / "whole", folder)
    shutil.copytree(tmp_path / "start", tmp_path / "counted")
    calls = int(dying(root, tmp_path / "counted", folder, 0).stdout)
    for moment in (*moments(calls - 8), *range(calls - 7, calls + 1, 2)):
        shutil.copytree(tmp_path / "start", tmp_path / "w")
        assert dying(root, tmp_path / "w", folder, moment).returncode == -signal.SIGKILL
        assert assess(tmp_path / "w", folder) == digest, moment
        assert decided(tmp_path / "w") == {"connectable:hospital_bed": "no"}
        shutil.rmtree(tmp_path / "w")
