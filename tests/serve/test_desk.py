import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from door import TODAY, assess, call, gmao, read, run, small, started
from hygie.jobs.pool import spare
from hygie.store import open_workspace


@pytest.mark.parametrize(("lang", "word"), [("fr", "espace de travail"), ("en", "workspace")])
def test_no_workspace_yet(tmp_path: Path, lang: str, word: str) -> None:
    for command in (["devices"], ["why", "x"], ["assess"], ["forget", "R1"], ["cut", "internet"], ["feeds", "status"]):
        found = call(*command, "--workspace", tmp_path / "none", lang=lang)
        assert found.code == 3, command
        assert found.out == ""
        assert word in found.err or "lecture" in found.err or "reading" in found.err
    assert not (tmp_path / "none" / "report.html").exists()


def test_a_workspace_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("x")
    for command in (["devices"], ["why", "x"], ["assess"], ["forget", "R1"], ["export", "html"], ["plan"]):
        found = call(*command, "--workspace", tmp_path / "w", lang="en")
        assert (found.code, found.out, "is a file" in found.err) == (3, "", True), command


def test_a_second_writer_is_told_and_readers_go_on(little: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(little, workspace)
    with open_workspace(workspace, write=True):
        found = call("assess", "--workspace", workspace)
        assert (found.code, found.out) == (3, "")
        assert "at work" in found.err
        assert call("devices", "--workspace", workspace).code == 0


def test_two_at_once(tmp_path: Path, hospital: Path) -> None:
    files, workspace = small(tmp_path / "in", hospital), tmp_path / "w"
    both = [started("assess", files, "--workspace", workspace, "--as-of", TODAY) for _ in range(2)]
    codes = []
    for process in both:
        process.communicate(timeout=120)
        codes.append(process.returncode)
    assert sorted(codes) in ([1, 3], [1, 1])
    assert assess(workspace, files) == assess(tmp_path / "other", files)


def test_folders_that_will_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(gmao())
    assert "is a file" in call("assess", file, "--workspace", file).err
    assert call("assess", file, "--workspace", tmp_path).code == 3
    assert call("assess", file, "--workspace", file / "inside").code == 3
    monkeypatch.setattr("hygie.store.folder.file_system", lambda _: "nfs4")
    found = call("assess", file, "--workspace", tmp_path / "w")
    assert (found.code, "nfs4" in found.err, (tmp_path / "w" / "hygie.db").exists()) == (3, True, False)


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    file, closed = tmp_path / "gmao.csv", Path("/proc/sys")
    file.write_bytes(gmao())
    found = call("assess", file, "--workspace", closed / "w")
    assert found.code == 3
    assert "/proc/sys/w" in found.err


@pytest.mark.parametrize("name", ["hygie.db", "parts"])
def test_a_damaged_workspace_is_told(little: Path, tmp_path: Path, name: str) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(little, workspace)
    damaged = [workspace / name] if name != "parts" else list((workspace / "parts").iterdir())
    for file in damaged:
        file.write_bytes(b"not what it was" * 10)
    for found in (call("devices", "--workspace", workspace), call("cut", "internet", "--workspace", workspace)):
        assert found.code == 3
        assert "is damaged" in found.err


def test_a_disk_that_is_full_is_told_and_nothing_is_lost(little: Path, tmp_path: Path, hospital: Path) -> None:
    import resource

    files, workspace = small(tmp_path / "in", hospital), tmp_path / "w"
    digest = assess(workspace, files)
    (files / "other.csv").write_bytes(gmao(("7", "Scanner", "Norvane", "Spirale", "S7", "Imagerie", "", "")))

    for most in (1_000, 4_000):
        found = run(
            "assess", files, "--workspace", workspace, "--as-of", TODAY,
            env={"PYTHONDONTWRITEBYTECODE": "1"},  # it would leave modules cut short behind
            preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        )  # fmt: skip
        assert found.code == 3, found
        assert "Traceback" not in found.err
        assert str(workspace) in found.err
    (files / "other.csv").unlink()
    with open_workspace(workspace, write=True) as store:
        gone = [r.id for r in store.readings() if r.name.endswith("other.csv")]
    if not gone:
        assert assess(workspace, files) == digest


def test_too_little_memory_is_told(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def enough(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("hygie.walk.picture", enough)
    found = call("devices", "--workspace", little)
    assert (found.code, "memory" in found.err) == (3, True)


@pytest.mark.parametrize("after", [0.0, 0.4, 0.8, 1.2])
def test_interrupted_at_any_moment(tmp_path: Path, hospital: Path, after: float) -> None:
    files, workspace = small(tmp_path / "in", hospital), tmp_path / "w"
    process = started("assess", files, "--workspace", workspace, "--as-of", TODAY)
    deadline = time.monotonic() + 30
    while not workspace.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    said = err.decode()
    assert "Traceback" not in said
    assert process.returncode in (1, 3)
    assert process.returncode == 1 or said.strip().endswith("run the same command again to go on.")
    assert assess(workspace, files) == assess(tmp_path / "other", files)


def test_an_interrupted_query_is_an_interruption(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError("Query interrupted") from KeyboardInterrupt()

    monkeypatch.setattr("hygie.walk.picture", stopped)
    found = call("devices", "--workspace", little)
    assert (found.code, found.err) == (
        3,
        "Interrupted. What was recorded so far is good; run the same command again to go on.\n",
    )
    monkeypatch.setattr("hygie.walk.picture", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        call("devices", "--workspace", little)


def test_an_interruption_is_never_taken_for_damage(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb
    import sqlalchemy as sa

    def in_a_query(*_: object) -> None:
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")

    def while_rolling_back(*_: object) -> None:
        try:
            raise ValueError("closing") from KeyboardInterrupt()
        except ValueError as error:
            raise sa.exc.OperationalError("ROLLBACK", {}, Exception("cannot rollback")) from error

    for stopped in (in_a_query, while_rolling_back):
        monkeypatch.setattr("hygie.walk.picture", stopped)
        found = call("devices", "--workspace", little)
        assert (found.code, found.err.startswith("Interrupted.")) == (3, True), found


def test_a_date_that_is_none(little: Path) -> None:
    for option in ("--as-of",):
        found = call("devices", "--workspace", little, option, "31/12/2026")
        assert (found.code, "31/12/2026" in found.err) == (2, True)


def test_the_date_is_what_is_said(tmp_path: Path, hospital: Path) -> None:
    files = small(tmp_path / "in", hospital)
    outputs = []
    for name in ("a", "b"):
        call("assess", files, "--workspace", tmp_path / name, "--as-of", "2027-03-01")
        report = (tmp_path / name / "report.html").read_text(encoding="utf-8")
        listed = call("plan", "--workspace", tmp_path / name, "--format", "json").out
        outputs.append((report, listed, (tmp_path / name / "questions.xlsx").read_bytes()))
    assert outputs[0] == outputs[1]
    assert "2027" in outputs[0][0]


def test_no_home_and_no_room_to_run_programs(tmp_path: Path, hospital: Path) -> None:
    import subprocess

    files, place = small(tmp_path / "in", hospital), tmp_path / "tmp"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", str(place)], check=False, capture_output=True
    )
    try:
        env = {"HOME": "/nonexistent", "TMPDIR": str(place)}
        found = run("assess", files, "--workspace", tmp_path / "w", "--as-of", TODAY, env=env)
        assert found.code == 1, found.err
        assert list(place.iterdir()) == []
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "tmp", "w"]
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Files enough that other processes are asked to read some of them, and the digest of what they say."""
    folder = tmp_path_factory.mktemp("large")
    for n in range(4):  # many bytes that are soon read
        lines = (f"CVE-2020-{i:05},0.00123,0.45678" for i in range(10_000, 46_000))
        head = f"#model_version:v2026.03.14,score_date:2026-08-0{n + 1}T00:00:00+0000\ncve,epss,percentile\n"
        (folder / f"epss-{n}.csv").write_text(head + "\n".join(lines))
    for n in range(5):
        rows = ((f"X{n}{i:05}", "Moniteur", "Quillane", f"Veille {'xyz ' * 125}", "", "", "", "") for i in range(1500))
        (folder / f"gmao-{n}.csv").write_bytes(gmao(*rows))
    return folder, held(folder.with_name("large-whole"), folder)


def held(workspace: Path, files: Path) -> str:
    """Reads the files; gives the digest."""
    read(workspace, files)
    with open_workspace(workspace, write=True) as store:
        assert len(store.readings()) == 9
        return store.digest()


def children(pid: int) -> list[int]:
    """Processes that any thread of a process started, and that live."""
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(word) for word in file.read_text().split()]
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_no_process_is_left_behind(tmp_path: Path, large: tuple[Path, str], how: signal.Signals) -> None:
    (files, digest), workspace = large, tmp_path / "w"
    process = started("read", files, "--workspace", workspace)
    mine: list[int] = []
    deadline = time.monotonic() + 60
    while not mine and process.poll() is None and time.monotonic() < deadline:
        mine = children(process.pid)
        time.sleep(0.005)
    assert mine or spare() == 0
    time.sleep(0.1)
    process.send_signal(how)
    process.communicate(timeout=60)
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in mine) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [pid for pid in mine if Path(f"/proc/{pid}").exists()] == []
    assert held(workspace, files) == digest
