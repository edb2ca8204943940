"""What comes once becomes the same reading as its file; broken off, what came is kept."""

import gzip
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from door import TODAY
from hygie import batches, confined
from hygie.jobs.pool import Pool
from hygie.model.evidence import Reading
from hygie.serve.clock import SystemClock
from hygie.sources import intake
from hygie.sources.capture import READERS
from hygie.sources.opening import Coming, Limits, files
from hygie.sources.series import Terms
from hygie.store import open_workspace

KEPT = 1 << 20
"""Little is kept of a stream in these tests: what is longer passes."""


def read(
    workspace: Path, *paths: str | Coming, tell: Callable[[str, int], None] = lambda *_: None, **limits: int
) -> tuple[batches.Known, str]:
    bounds = Limits(**{"kept": KEPT, **limits})
    with open_workspace(workspace, write=True) as store:
        with Pool(1) as processes:
            known = batches.read(store, paths, Terms(), SystemClock(TODAY), tell, processes, limits=bounds)
        return known, store.digest()


def alike(readings: list[Reading]) -> list[tuple[object, ...]]:
    return [(r.id, r.source, r.kind, r.sha256, r.size, r.stated, r.refused) for r in readings]


class Broken(io.RawIOBase):
    """A stream that ends with an exception."""

    def __init__(self, data: bytes, error: BaseException) -> None:
        self.stream, self.error = io.BytesIO(data), error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self.stream.readinto(buffer)
        if not count:
            raise self.error
        return count


@pytest.fixture(scope="module")
def capture(hospital: Path) -> bytes:
    return (hospital / "capture.pcap").read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, hospital: Path) -> tuple[batches.Known, str]:
    """What its file gives."""
    return read(tmp_path_factory.mktemp("whole") / "w", str(hospital / "capture.pcap"))


@pytest.fixture(params=["passing", "short", "packed"])
def stream(request: pytest.FixtureRequest, capture: bytes) -> tuple[BinaryIO, int]:
    """The capture as it may come, and how much is kept."""
    data = gzip.compress(capture, 1) if request.param == "packed" else capture
    return io.BytesIO(data), len(data) if request.param == "short" else min(KEPT, len(data) // 2)


@pytest.mark.parametrize("possible", [True, False])
def test_a_stream_gives_the_rows_of_its_file(
    stream: tuple[BinaryIO, int],
    whole: tuple[batches.Known, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    possible: bool,
) -> None:
    if not possible:
        monkeypatch.setattr(confined, "possible", lambda: False)
    known, digest = read(tmp_path / "w", Coming("-", stream[0]), kept=stream[1])
    assert alike(known.read) == alike(whole[0].read)
    assert digest == whole[1]
    assert known.refusals == []


def test_nothing_touches_the_disk_but_parts(
    capture: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[batches.Known, str]
) -> None:
    from hygie.sources.opening import coming

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(coming.tempfile, "TemporaryFile", never)
    monkeypatch.setattr(coming.tempfile, "SpooledTemporaryFile", never)
    for size in (KEPT, len(capture)):
        assert read(tmp_path / f"{size}", Coming("-", io.BytesIO(capture)), kept=size)[1] == whole[1]


def test_again_it_is_known(capture: bytes, hospital: Path, tmp_path: Path, whole: tuple[batches.Known, str]) -> None:
    for content in (Coming("-", io.BytesIO(capture)), str(hospital / "capture.pcap"), Coming("-", io.BytesIO(capture))):
        _, digest = read(tmp_path / "w", content)
        assert digest == whole[1]
    known, _ = read(tmp_path / "w", Coming("-", io.BytesIO(capture)))
    assert (known.read, known.known) == ([], 1)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(KeyboardInterrupt(), "refusal.interrupted"), (OSError(5, "Input/output error"), "refusal.disk")],
)
def test_broken_off_what_came_is_kept_and_it_is_said(
    capture: bytes, tmp_path: Path, error: BaseException, reason: str
) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    cut = 2_000_000
    known, _ = read(tmp_path / "w", Coming("-", cast(BinaryIO, Broken(capture[:cut], error))))
    (reading,) = known.read
    assert reading.size == cut
    assert reading.stated > 100
    assert [one.reason for one in known.refusals][-1] == reason
    assert all(one.reading == reading.id and not one.whole for one in known.refusals)
    with open_workspace(tmp_path / "w", write=False) as store:
        assert sorted(store.rows("refusal"), key=str) == sorted(known.refusals, key=str)
        assert len(store.rows("flow")) > 10


def test_at_the_limit_that_the_user_set_it_stops_and_says_so(capture: bytes, tmp_path: Path) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    known, _ = read(tmp_path / "w", Coming("-", io.BytesIO(capture)), size=3_000_000)
    (reading,) = known.read
    assert 2_000_000 < reading.size <= 3_000_000
    assert "refusal.limit" in [one.reason for one in known.refusals]


def test_a_process_that_dies_over_it_is_a_refusal(
    capture: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    monkeypatch.setattr(confined, "take", os.abort)
    known, _ = read(tmp_path / "w", Coming("-", io.BytesIO(capture)))
    assert [(one.reason, one.whole) for one in known.refusals] == [("refusal.reader", True)]
    monkeypatch.undo()
    known, _ = read(tmp_path / "w", Coming("-", io.BytesIO(capture)))
    assert [(one.kind, one.refused) for one in known.read] == [("pcap", 0)]
    with open_workspace(tmp_path / "w", write=False) as store:
        assert store.readings()[0].supersedes or len(store.readings()) == 2


def test_how_much_has_come_is_told(capture: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    told: list[tuple[str, int]] = []
    monkeypatch.setattr("hygie.streams._TOLD", 1_000_000)
    read(tmp_path / "w", Coming("-", io.BytesIO(capture)), tell=lambda *said: told.append(said))
    amounts = [done for what, done in told if what == "stream"]
    assert amounts == sorted(amounts)
    assert amounts[-1] in range(4, 6)


def test_a_table_that_comes_is_settled(tmp_path: Path) -> None:
    rows = "".join(f"BM{n};Pompe;ACME\n" for n in range(20_000))
    text = f"N° inventaire;Désignation;Marque\n{rows}".encode()
    known, _ = read(tmp_path / "w", Coming("-", io.BytesIO(text)), kept=100_000)
    assert [(one.kind, one.size) for one in known.read] == [("gmao", len(text))]


def test_memory_does_not_grow_with_the_stream(capture: bytes) -> None:
    """Thirty times as long, and what is held of it is what is kept."""
    taken = [0]

    def fill(sink: int) -> None:
        with os.fdopen(sink, "wb") as out:
            out.write(capture)
            for _ in range(30):
                taken[0] += out.write(capture[24:])

    there, here = os.pipe()
    writer = threading.Thread(target=fill, args=(here,))
    writer.start()
    with os.fdopen(there, "rb") as source:
        for item in files([Coming("-", source)], Limits(kept=KEPT)):
            assert not hasattr(item, "reason")
            with item.open() as stream:  # type: ignore[union-attr]
                while stream.read(1 << 20):
                    pass
            assert len(item.passing.kept) < 2 * KEPT + (1 << 20)  # type: ignore[union-attr]
    writer.join()
    assert taken[0] > 100 << 20


def test_the_readers_of_captures_are_those_that_stream() -> None:
    assert all(reader.streams for reader in READERS.values())
    assert intake.PASSING not in READERS
