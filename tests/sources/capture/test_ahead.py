"""The pass that runs ahead gives the rows of the one that waits, whoever is slow, and ends when nobody reads on."""

import io
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hygie.kernel import columns as c
from hygie.kernel.compiled import HERE as COMPILED
from hygie.model.bulk import Bulk
from hygie.sources import capture
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.hearing import Hearing
from hygie.sources.capture.metering import Rooms
from hygie.sources.capture.window import Window
from sources.capture import ward
from sources.capture.made import GIVEN, Connection, Held, chatter, form, pcap, rows, walked

pytestmark = pytest.mark.skipif(not COMPILED, reason="numba is not installed")
if COMPILED:
    from hygie.kernel import flows
    from hygie.sources.capture import ahead, fast, gathering
    from hygie.sources.capture.ahead import Ahead, Full, Lot

CARDS = ("02:00:00:00:00:01", "02:00:00:00:00:02")


@pytest.fixture(autouse=True)
def nobody_stays() -> Iterator[None]:
    before = threading.active_count(), sys.getswitchinterval()
    yield
    assert (threading.active_count(), sys.getswitchinterval()) == before


def small(monkeypatch: pytest.MonkeyPatch, lots: int, events: int, batch: int = 7) -> None:
    """Lots of few events, of which few wait; batches of few records."""
    monkeypatch.setattr(ahead, "EVENTS", events)
    monkeypatch.setattr(gathering, "_ROWS", batch)
    monkeypatch.setattr(ahead.Ahead.__init__, "__defaults__", (lots,))


@pytest.mark.parametrize(("lots", "events", "batch"), [(1, 1, 1), (1, 3, 50), (50, 2, 9), (4, 4096, 32_768)])
@pytest.mark.parametrize("seed", [31, 32])
def test_lots_of_any_size(monkeypatch: pytest.MonkeyPatch, lots: int, events: int, batch: int, seed: int) -> None:
    data = ward.capture(seed, groups=60)
    expected = walked(data, False)
    small(monkeypatch, lots, events, batch)
    assert walked(data, True, ahead=True) == expected
    rooms = Rooms(halves=20, channels=10, words=6)
    assert walked(data, True, rooms, 3, ahead=True) == walked(data, False, rooms, 3)


@pytest.mark.parametrize("told", ["never", "late", "at once"])
def test_when_the_pass_learns_what_was_heard_changes_nothing(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """It may know what is not worth reading at any time between at once and never."""
    hushed: list[int] = []
    original = Ahead._hush

    def hush(self: "Ahead") -> None:
        if told == "at once" or (told == "late" and len(self._hushed) > 4):
            hushed.append(len(self._hushed))
            original(self)

    monkeypatch.setattr(Ahead, "_hush", hush)
    small(monkeypatch, 3, 2)
    for seed in (33, 34, 35):
        data = ward.capture(seed, groups=80)
        assert walked(data, True, ahead=True) == walked(data, False)
    assert bool(sum(hushed)) is (told != "never")


@pytest.mark.parametrize("slow", ["reading", "passing"])
def test_whoever_is_slow(monkeypatch: pytest.MonkeyPatch, slow: str) -> None:
    small(monkeypatch, 2, 3)
    data = ward.capture(36, groups=25)
    expected = walked(data, False)
    wait, turn = threading.Event(), [0]

    def slowly(function: Any) -> Any:
        def called(*args: Any) -> Any:
            turn[0] += 1
            if turn[0] % 11 == 0:
                wait.wait(0.002)
            return function(*args)

        return called

    if slow == "reading":
        monkeypatch.setattr(Hearing, "hear", slowly(Hearing.hear))
    else:
        monkeypatch.setattr(ahead.Ahead, "_put", slowly(Ahead._put))
    assert walked(data, True, ahead=True) == expected
    assert turn[0] > 20


def test_a_port_used_again_by_the_other_end() -> None:
    """What is heard late of one direction must not say who called after the other end called anew."""
    page = b"GET / HTTP/1.0\r\nUser-Agent: x\r\n\r\n"
    one = Connection(CARDS, ENDS_OF_TWO, (40_000, 80))
    frames = [*one.open(), *(one.send(0, page) for _ in range(10)), *(one.send(1, b"noise" * 40) for _ in range(10))]
    frames += [one.send(1, b"", 2), one.send(0, b"", 0x12)]
    frames += [*(one.send(0, page) for _ in range(10)), *(one.send(1, b"HTTP/1.0 200 OK\r\n\r\n") for _ in range(9))]
    rows(pcap(frames))


ENDS_OF_TWO = ("10.0.0.1", "10.0.0.2")


def test_payloads_are_copied_out_before_their_memory_is_used_again() -> None:
    interfaces = [Interface(1)]
    beside = Ahead(fast.Fast(interfaces, Rooms()), 100)
    frames = list(chatter(20))
    given = [Frame(n + 1, n + 1, 0, len(frame), frame) for n, frame in enumerate(frames)]
    items = list(beside.run(iter(given)))
    told = [pair for item in items for pair in beside.take(item, lambda *_: None)]
    assert [payload for _, payload in told] == [b"chatter" * (n + 1) for n in range(len(told))]
    assert all(isinstance(item, Lot) and item.payloads.size == item.events[:, c.E_SIZE].sum() for item in items)


def test_a_payload_outside_its_memory_is_refused() -> None:
    for start, size, room in ((90, 20, 20), (-1, 5, 5), (0, 20, 10), (0, -1, 5)):
        events = np.zeros((1, c.EVENT), np.int64)
        events[0, c.E_START], events[0, c.E_SIZE] = start, size
        with pytest.raises(IndexError):
            flows.gathered(np.zeros(100, np.uint8), events, np.zeros(room, np.uint8))


def test_full_tables_wait_until_all_before_was_read() -> None:
    data = ward.capture(37, groups=30)
    interfaces: list[Interface] = []
    rooms = Rooms(halves=9)
    beside = Ahead(fast.Fast(interfaces, rooms), 1000)
    items = gathering.of_pcap(Window(io.BytesIO(data)), interfaces)
    running = beside.run(items)
    for item in running:
        if isinstance(item, Full):
            assert item.halves >= rooms.halves
            assert not beside._ready  # nothing came after it
            break
    running.close()


def test_damage_stands_where_it_was_met() -> None:
    data = bytearray(ward.capture(38, groups=20))
    second = 24 + 16 + struct.unpack_from("<I", data, 24 + 8)[0]
    data[second : second + 16] = b"\xff" * 16
    interfaces: list[Interface] = []
    beside = Ahead(fast.Fast(interfaces, Rooms()))
    kinds = [type(item) for item in beside.run(gathering.of_pcap(Window(io.BytesIO(bytes(data))), interfaces))]
    assert kinds.count(Damage) == 1
    assert kinds[-1] is Lot
    rows(bytes(data))


def test_a_stream_that_breaks_off_is_told_after_what_came_before() -> None:
    data = ward.capture(39, groups=20)
    found: list[list[Any]] = []
    for beside in (False, True):
        found.append([])
        with pytest.raises(EOFError):
            found[-1].extend(capture.walk(Held(data, breaks=9000), GIVEN, form(data), True, ahead=beside))
    assert found[0]
    assert [type(row) for row in found[0]] == [type(row) for row in found[1]]
    assert [row for row in found[0] if type(row) is not Bulk] == [row for row in found[1] if type(row) is not Bulk]


def test_an_error_of_reading_ends_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Hearing, "hear", fails)
    with pytest.raises(MemoryError):
        walked(ward.capture(40, groups=20), True, ahead=True)


def test_rows_that_nobody_takes_end_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 1, 1)
    data = ward.capture(41, groups=60)
    walking = capture.walk(Held(data), GIVEN, form(data), True, Rooms(halves=8), 0, True)
    next(walking)
    walking.close()


def test_one_core_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert not capture.several()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3}, raising=False)
    assert capture.several()


CODE = """
import sys
from hygie.rights.giving import give_up
from hygie.sources.capture import priming
kept = priming.prime()
lacks = give_up([], kept)
import io, threading
from hygie.sources.capture import ahead
errors = []
original = ahead.Ahead._go
def go(self, items):
    for what in (lambda: open("/etc/passwd"), lambda: __import__("socket").socket()):
        try:
            what()
            errors.append("was let")
        except PermissionError:
            errors.append("refused")
    original(self, items)
ahead.Ahead._go = go
sys.path.insert(0, sys.argv[1])
from sources.capture import ward
from sources.capture.made import walked
data = ward.capture(5, groups=20)
assert walked(data, True, ahead=True) == walked(data, True)
print(lacks, errors)
"""


def test_a_thread_of_a_process_without_rights_has_none(tmp_path: Path) -> None:
    from hygie.rights.giving import lacking

    if lacking():
        pytest.skip(f"this kernel lacks {lacking()}")
    tests = str(Path(__file__).resolve().parents[2])
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([tests, *sys.path])}
    ran = subprocess.run([sys.executable, "-c", CODE, tests], capture_output=True, check=False, env=env, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout.decode().strip() == "() ['refused', 'refused']"
