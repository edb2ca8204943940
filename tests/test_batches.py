"""Reading here and elsewhere gives the same, whatever happens to the others."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from door import TODAY, small
from hygie import batches, confined
from hygie.ground import Ground
from hygie.jobs import pool
from hygie.model.evidence import Reading
from hygie.model.seams import Given
from hygie.serve.clock import SystemClock
from hygie.sources import intake
from hygie.sources.series import Terms
from hygie.sources.table import gmao as table_gmao
from hygie.store import Part, Parts, open_workspace


def quiet(*_: object) -> None:
    """No progress."""


def read(workspace: Path, *paths: Path) -> tuple[batches.Known, str]:
    with open_workspace(workspace, write=True) as store:
        with pool.Pool(pool.spare()) as processes:
            known = batches.read(store, map(str, paths), Terms(), SystemClock(TODAY), quiet, processes)
        return known, store.digest()


def plain(readings: list[Reading]) -> list[tuple[object, ...]]:
    return [(r.id, r.name, r.path, r.stated, r.refused, r.secrets, r.supersedes) for r in readings]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every file is left to another process; the requests that were made."""
    made: list[bytes] = []
    submit = pool.Pool.submit

    def noted(self: pool.Pool, target: str, request: bytes, *terms: Any) -> None:
        made.append(request)
        submit(self, target, request, *terms)

    for name, value in {"ALONE_FILES": 0, "GROUP_FILES": 3, "WAITING": 1 << 40}.items():
        monkeypatch.setattr(batches, name, value)
    monkeypatch.setattr(pool, "spare", lambda: 2)
    monkeypatch.setattr(pool.Pool, "submit", noted)
    return made


@pytest.fixture
def folder(tmp_path: Path, hospital: Path) -> Path:
    """The example, with a compressed file, a damaged one, and the same content twice."""
    made = tmp_path / "in"
    shutil.copytree(hospital, made)
    some = sorted(made.rglob("*.json"))
    with gzip.open(made / "packed.json.gz", "wb") as packed:
        packed.write(some[0].read_bytes())
    some[0].unlink()
    (made / "cut.json").write_bytes(some[1].read_bytes()[:2000])
    shutil.copyfile(some[2], made / "twice.json")
    return made


@pytest.fixture
def alone(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[batches.Known, str]:
    """What this process makes of the folder by itself."""
    with monkeypatch.context() as patched:
        patched.setattr(pool, "spare", lambda: 0)
        return read(tmp_path / "alone", folder)


def test_elsewhere_is_the_same_as_here(
    folder: Path, tmp_path: Path, alone: tuple[batches.Known, str], asked: list[bytes]
) -> None:
    known, digest = read(tmp_path / "shared", folder)
    assert len(asked) > 3
    assert digest == alone[1]
    assert plain(known.read) == plain(alone[0].read)
    assert known.refusals == alone[0].refusals
    assert known.refusals
    assert known.known == alone[0].known
    names = {file.name for one in asked for file in msgspec.msgpack.decode(one, type=batches.Request).files}
    assert str(folder / "packed.json.gz" / "packed.json") in names


def test_again_nothing_is_read(folder: Path, tmp_path: Path, asked: list[bytes]) -> None:
    first, digest = read(tmp_path / "w", folder)
    before = len(asked)
    second, same = read(tmp_path / "w", folder)
    assert (len(second.read), same) == (sum(r.kind == "unread" for r in first.read), digest)
    assert len(asked) == before


def test_changed_files_replace_what_stood_there(
    folder: Path, tmp_path: Path, alone: tuple[batches.Known, str], asked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path / "shared", folder)
    for file in sorted(folder.rglob("*.csv")):
        file.write_bytes(file.read_bytes() + b"\n")
    (folder / "packed.json.gz").unlink()
    _, shared = read(tmp_path / "shared", folder)
    monkeypatch.setattr(pool, "spare", lambda: 0)
    _, here = read(tmp_path / "alone", folder)
    assert shared == here != alone[1]
    assert asked


def test_where_processes_die_all_but_captures_is_read_here(
    folder: Path, tmp_path: Path, alone: tuple[batches.Known, str], asked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "TARGET", "os:abort")
    known, digest = read(tmp_path / "shared", folder)
    assert asked
    refused = {r.name for r in known.refusals if r.reason == "refusal.reader"}
    if confined.possible():
        assert refused == {str(folder / "capture.pcap"), str(folder / "capture-rea.pcapng")}
    else:
        assert digest == alone[1]
    kept = [r for r in plain(alone[0].read) if r[1] not in refused]
    assert [r for r in plain(known.read) if r[1] not in refused] == kept
    assert [r for r in known.refusals if r.name not in refused] == alone[0].refusals


def test_little_is_read_here_but_for_captures(
    tmp_path: Path, hospital: Path, asked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ALONE_FILES", 40)
    known, _ = read(tmp_path / "w", small(tmp_path / "in", hospital))
    assert len(known.read) > 5
    names = [file.name for one in asked for file in msgspec.msgpack.decode(one, type=batches.Request).files]
    assert names == [str(tmp_path / "in" / "capture-rea.pcapng")] * confined.possible()


def test_one_bad_capture_spoils_no_other(
    folder: Path, tmp_path: Path, alone: tuple[batches.Known, str], asked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "fatal_worker.py"
    worker.write_text(
        "import os\nfrom hygie import confined\n"
        "def answer(request, opened=()):\n"
        "    if b'capture-rea' in request: os._exit(9)\n"
        "    return confined.answer(request, opened)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(batches, "TARGET", "fatal_worker:answer")
    known, _ = read(tmp_path / "shared", folder)
    refused = [r.name for r in known.refusals if r.reason == "refusal.reader"]
    assert refused == [str(folder / "capture-rea.pcapng")] * confined.possible()
    stated = {r.name: r.stated for r in known.read}
    assert stated[str(folder / "capture.pcap")] > 1000


def test_a_file_that_is_gone_meanwhile_is_refused(tmp_path: Path, alone: tuple[batches.Known, str]) -> None:
    reading = next(r for r in alone[0].read if r.kind == "csaf")
    gone = batches.File(str(tmp_path / "gone.json"), "gone.json", 1, reading, Given("local", reading.id))
    refused, rows = batches.read_here(gone)
    assert (refused.kind, refused.refused, refused.supersedes) == ("unread", 1, reading.supersedes)
    assert refused.id != reading.id
    assert [(row.reading, row.name, row.whole) for row in rows["refusal"]] == [(refused.id, "gone.json", True)]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("other", [None, b"cve,epss,percentile\nCVE-2020-1000,0.9,0.9\n"])
def test_a_file_that_is_another_meanwhile_takes_the_place_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: bytes | None
) -> None:
    scores = tmp_path / "epss.csv"
    scores.write_bytes(b"cve,epss,percentile\nCVE-2020-1000,0.1,0.1\n")
    read(tmp_path / "w", scores)
    newer = b"cve,epss,percentile\nCVE-2020-1000,0.2,0.2\n"
    scores.write_bytes(newer)
    leave = batches.Batch.leave

    def swapped(self: batches.Batch, *told: object) -> bool:
        taken = leave(self, *told)  # type: ignore[arg-type]
        scores.unlink() if other is None else scores.write_bytes(other)
        return taken

    with monkeypatch.context() as patched:
        patched.setattr(batches.Batch, "leave", swapped)
        known, _ = read(tmp_path / "w", scores)
    assert [(r.kind, r.refused) for r in known.read] == [("unread", 1)]
    scores.write_bytes(newer)
    read(tmp_path / "w", scores)
    with open_workspace(tmp_path / "w", write=False) as store:
        assert [s.epss for s in Ground(store, TODAY)["score"]] == [0.2]


def test_an_answer_names_parts_and_counts(tmp_path: Path, alone: tuple[batches.Known, str], folder: Path) -> None:
    reading = next(r for r in alone[0].read if r.kind == "csaf" and Path(r.path).exists())
    file = batches.File(reading.path, reading.name, 1, reading, Given("local", reading.id))
    parts = tmp_path / "parts"
    parts.mkdir()
    said = confined.answer(msgspec.msgpack.encode(batches.Request(str(parts), (file,))))
    told = msgspec.msgpack.decode(said, type=batches.Answer)
    assert plain(list(told.readings)) == plain([reading])
    assert {part.file for part in told.parts} == {made.name for made in parts.iterdir()}
    assert sum(part.rows for part in told.parts) == reading.stated + reading.refused
    assert all(part.holders == {reading.id: part.rows} for part in told.parts)


def test_a_long_file_is_written_before_it_is_through_and_comes_to_the_same(
    hospital: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, digest = read(tmp_path / "whole", hospital)
    kept: list[int] = []
    keep = Parts.keep

    def noted(self: Parts, kind: str, rows: list[object]) -> list[Part]:
        kept.append(len(rows))
        return keep(self, kind, rows)

    monkeypatch.setattr(intake, "SPILL", 50)
    monkeypatch.setattr(table_gmao, "MANY", 50)
    monkeypatch.setattr(Parts, "keep", noted)
    spilled, same = read(tmp_path / "spilled", hospital)
    assert kept.count(50) > 50
    assert same == digest
    assert plain(spilled.read) == plain(whole.read)


def test_what_was_written_of_a_file_that_is_refused_in_the_end_is_named_by_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "gmao.csv"
    listed.write_text("N° inventaire;Désignation;Marque\n" + "".join(f"BM{n};Pompe;ACME\n" for n in range(200)))
    monkeypatch.setattr(intake, "SPILL", 100)
    monkeypatch.setattr(table_gmao, "MANY", 100)
    keep, times = Parts.keep, iter(range(9))

    def full(self: Parts, kind: str, rows: list[object]) -> list[Part]:
        if next(times) == 2:
            raise OSError(28, "No space left on device")
        return keep(self, kind, rows)

    monkeypatch.setattr(Parts, "keep", full)
    with open_workspace(tmp_path / "ws", write=True) as store:
        with pool.Pool(0) as processes:
            known = batches.read(store, [str(listed)], Terms(), SystemClock(TODAY), quiet, processes)
        assert [one.reason for one in known.refusals] == ["refusal.disk"]
        assert store.rows("evidence") == []


def test_who_waits_for_others_learns_of_it_once_much_was_read(
    folder: Path, tmp_path: Path, asked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ALONE", -1)
    assert asked == []
    called: list[int] = []
    with open_workspace(tmp_path / "w", write=True) as store, pool.Pool(1) as processes:
        terms, clock = Terms(), SystemClock(TODAY)
        batches.read(store, [str(folder)], terms, clock, quiet, processes, waiting=lambda: called.append(1))
    assert asked
    assert called == [1]
