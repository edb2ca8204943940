import os
import sys
from pathlib import Path

import pytest

from hygie.jobs.pool import Hands, Pool, lent, spare

WORKER = """
import os, pathlib
def upper(said):
    return said.upper()
def who(said):
    return str(os.getpid()).encode()
def once(said):
    mark = pathlib.Path(said.decode())
    if not mark.exists():
        mark.write_text("")
        os._exit(9)
    return b"second"
def never(said):
    if said == b"bad":
        os.kill(os.getpid(), 9)
    return said
"""


@pytest.fixture(autouse=True)
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain_worker.py").write_text(WORKER)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])


def test_all_answers_come_and_say_what_they_answer() -> None:
    with Pool(2) as pool:
        for word in (b"a", b"b", b"c"):
            pool.submit("plain_worker:upper", word)
        assert {done.request: done.answer for done in pool.rest()} == {b"a": b"A", b"b": b"B", b"c": b"C"}
        assert not list(pool.rest())
        assert not list(pool.ready())


def test_it_is_another_process_and_the_same_for_all_requests() -> None:
    with Pool(1) as pool:
        pool.submit("plain_worker:who", b"1")
        pool.submit("plain_worker:who", b"2")
        found = {done.answer for done in pool.rest()}
    assert len(found) == 1
    assert found != {str(os.getpid()).encode()}


def test_a_process_that_dies_is_started_again_and_asked_once_more(tmp_path: Path) -> None:
    with Pool(1) as pool:
        pool.submit("plain_worker:once", str(tmp_path / "mark").encode())
        assert [done.answer for done in pool.rest()] == [b"second"]


def test_what_kills_every_process_is_given_back_and_the_rest_is_done() -> None:
    with Pool(1) as pool:
        for word in (b"bad", b"good"):
            pool.submit("plain_worker:never", word)
        assert {done.request: done.answer for done in pool.rest()} == {b"bad": None, b"good": b"good"}


def test_a_function_that_is_not_there_gives_everything_back() -> None:
    with Pool(1) as pool:
        pool.submit("plain_worker:absent", b"x")
        assert [done.answer for done in pool.rest()] == [None]


def test_leaving_ends_what_runs() -> None:
    with Pool(1) as pool:
        pool.submit("plain_worker:who", b"")
        (done,) = pool.rest()
        assert done.answer is not None
        alive = Path("/proc") / done.answer.decode()
        assert alive.exists()
    assert not alive.exists()


def test_nothing_is_started_before_it_is_asked() -> None:
    with Pool(3) as pool:
        assert not list(pool.ready())


def test_one_core_has_none_to_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert spare() == 0
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    assert spare() == 3


def test_dismissed_processes_end_and_are_started_again() -> None:
    with Pool(1) as pool:
        pool.submit("plain_worker:who", b"1")
        pool.dismiss()  # somebody waits for it: it goes on
        (first,) = pool.rest()
        pool.dismiss()
        with pytest.raises(ProcessLookupError):
            os.kill(int(first.answer or b"0"), 0)
        pool.submit("plain_worker:who", b"2")
        (second,) = pool.rest()
    assert first.answer != second.answer


def test_hands_that_are_there_go_on_and_others_end() -> None:
    with Hands() as hands:
        with lent(hands) as same:
            assert same is hands
        hands.submit("plain_worker:upper", b"a") if spare() else None
        assert [done.answer for done in hands.rest()] == [b"A"] * (spare() > 0)
    with lent(None) as own:
        assert own is not hands
