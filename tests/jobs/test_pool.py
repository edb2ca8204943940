import os
import sys
from pathlib import Path

import pytest

from hygie.jobs.child import Room
from hygie.jobs.pool import Hands, Pool, lent, spare
from hygie.rights.giving import LANDLOCK, lacking

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
def contents(said, files):
    return b"|".join(os.pread(file, 100, 0) for file in files)
def drained(said, files):
    with open(files[0], "rb", closefd=False) as stream:
        return stream.read()
def tried(said, files=()):
    found = []
    for path in said.decode().split():
        try:
            found.append(pathlib.Path(path).read_bytes() and b"read")
        except OSError as error:
            found.append(type(error).__name__.encode())
    return b" ".join(found)
def environment(said):
    return " ".join(sorted(os.environ)).encode()
def ready():
    return [os.environ["HOME"] + "/kept"]
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


def asked(target: str, request: bytes, room: Room | None = None, files: tuple[str | int, ...] = ()) -> bytes | None:
    with Pool(1) as pool:
        pool.submit(f"plain_worker:{target}", request, room, files)
        (done,) = pool.rest()
    return done.answer


def test_files_come_open_and_in_order(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name * 3)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert asked("contents", b"", None, (str(tmp_path / "b"), str(tmp_path / "a"))) == b"bbb|aaa"
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_comes_once_is_read_once_and_closed_here(tmp_path: Path) -> None:
    there, here = os.pipe()
    os.write(here, b"what comes")
    os.close(here)
    assert asked("drained", b"", None, (there,)) == b"what comes"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(there)


def test_whoever_writes_to_a_process_that_died_learns_of_it() -> None:
    there, here = os.pipe()
    assert asked("never", b"bad", None, (there,)) is None
    with pytest.raises(BrokenPipeError):
        os.write(here, b"x")
    os.close(here)


def test_a_file_that_is_not_there_is_not_answered(tmp_path: Path) -> None:
    assert asked("contents", b"", None, (str(tmp_path / "absent"),)) is None


def test_in_a_room_only_what_is_handed_over_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if LANDLOCK in lacking():
        pytest.skip("kernel without Landlock")
    home = tmp_path / "home"
    for name in ("kept", "private"):
        (home / name).mkdir(parents=True)
        (home / name / "file").write_text("x")
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path[:-1], str(Path(__file__).parent), str(tmp_path / "code")])
    (tmp_path / "code").mkdir()
    (tmp_path / "plain_worker.py").rename(tmp_path / "code" / "plain_worker.py")
    monkeypatch.setenv("HOME", str(home))
    paths = f"{home}/kept/file {home}/private/file".encode()
    room = Room(str(tmp_path / "out"))
    assert asked("tried", paths) == b"read read"
    assert asked("tried", paths, room) == b"PermissionError PermissionError"
    assert asked("tried", paths, room._replace(ready="plain_worker:ready")) == b"read PermissionError"
    assert asked("contents", b"", room, (f"{home}/private/file",)) == b"x"


def test_in_a_room_the_environment_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "token")
    assert b"SECRET" in (asked("environment", b"") or b"")
    found = asked("environment", b"", Room(str(tmp_path))) or b""
    assert b"PATH" in found
    assert b"SECRET" not in found


def test_a_process_in_a_room_is_asked_for_nothing_outside(tmp_path: Path) -> None:
    rooms = [None, Room(str(tmp_path)), Room(str(tmp_path), "builtins:list"), Room(str(tmp_path)), None]
    answers = []
    with Pool(1) as pool:
        for room in rooms:
            pool.submit("plain_worker:who", b"", room)
            answers += [done.answer for done in pool.rest()]
    assert len(set(answers)) == 4
    assert answers[2] == answers[3]  # what was made ready for more does less, too


def test_hands_are_one_at_least_and_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    with Hands() as hands, lent(hands) as same:
        assert same is hands
        assert hands.workers == 1
    with lent(None) as own:
        assert isinstance(own, Hands)


def test_one_aside_is_begun_once_and_ends_with_the_hands() -> None:
    with Hands() as hands:
        hands.begin("plain_worker:who")
        hands.begin("plain_worker:who")
        hands.aside.submit("plain_worker:who", b"")
        begun, asked_for = hands.aside.rest()
        assert begun.answer == asked_for.answer
        number = int(begun.answer or b"0")
        os.kill(number, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
