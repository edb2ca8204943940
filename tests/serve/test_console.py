import io
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from door import run, started
from hygie.serve.console import Console, default_language, plain

ROWS = [("a\x1b[2J", "=1+1", None), ("é", "x", 3)]


def test_the_language_is_the_locale_s(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert default_language() == "en"
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert default_language() == "fr"
    monkeypatch.setenv("LC_ALL", "C")
    assert default_language() == "en"


def test_text_from_outside_moves_no_cursor() -> None:
    out = io.StringIO()
    console = Console("en", out=out)
    console.line("name \x1b[31m\x9b2K\r\nend")
    console.listing(("one", "two", "three"), ROWS, "table")
    assert "\x1b" not in out.getvalue()
    assert "\x9b" not in out.getvalue()
    assert "\r" not in out.getvalue()
    assert plain("é à") == "é à"


def test_listings_for_programs() -> None:
    out = io.StringIO()
    Console("fr", out=out).listing(("one", "two", "three"), ROWS, "json")
    assert json.loads(out.getvalue()) == [dict(zip(("one", "two", "three"), row, strict=True)) for row in ROWS]
    out = io.StringIO()
    Console("fr", out=out).listing(("one", "two", "three"), ROWS, "csv")
    assert out.getvalue().splitlines()[0] == "one,two,three"
    assert "\n=1+1" not in out.getvalue().replace(",", "\n")


def test_a_reader_that_has_seen_enough_is_no_error(whole: Path) -> None:
    for form in ("csv", "table", "json"):
        process = started("flows", "--workspace", whole, "--format", form)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""
        process.stderr.close()


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0"}])
def test_any_locale_will_do(little: Path, locale: dict[str, str]) -> None:
    found = run("devices", "--workspace", little, "--format", "csv", "--lang", "fr", env=locale)
    assert (found.code, found.err) == (0, "")
    assert "000101" in found.out


def test_a_full_disk_at_the_other_end_is_told(little: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("/dev/full is not here")
    with full.open("wb") as out:
        found = run("devices", "--workspace", little, stdout=out)
    assert found.code == 3
    assert found.err.startswith("Cannot write the output")


def test_without_any_output(little: Path, root: Path) -> None:
    line = f"exec {sys.executable} -m hygie devices --workspace '{little}' >&- 2>&-"
    done = subprocess.run(["/bin/sh", "-c", line], env={"PYTHONPATH": str(root / "src")}, check=False)
    assert done.returncode == 0


def test_short_work_says_nothing_elsewhere_than_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console("en", out=io.StringIO())
    console.progress("read", 1)
    console.line("done")
    assert capsys.readouterr().err == ""


def test_long_work_is_seen_to_go_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("hygie.serve.console.EVERY", 0.02)
    for language, word in (("fr", "Lecture"), ("en", "Reading")):
        console, said = Console(language, out=io.StringIO()), ""
        console.progress("read", 7)
        deadline = time.monotonic() + 20
        while said.count("\n") < 2 and time.monotonic() < deadline:
            said += capsys.readouterr().err
        console.line("done")
        assert said.startswith(word)
        assert "7" in said.splitlines()[0]
        assert said.splitlines()[1].endswith(" s)")
        capsys.readouterr()
        time.sleep(0.1)
        assert capsys.readouterr().err == ""  # it ends with the work


def test_long_work_says_nothing_where_silence_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hygie.serve.console.EVERY", 0.01)
    Console("en", quiet=True, out=io.StringIO()).progress("read", 7)
    time.sleep(0.1)
    assert capsys.readouterr().err == ""


def test_progress_that_nobody_reads_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hygie.serve.console.EVERY", 0.01)
    shut = io.StringIO()
    monkeypatch.setattr("sys.stderr", shut)
    console = Console("en", out=io.StringIO())
    console.progress("read", 1)
    shut.close()
    time.sleep(0.1)
    monkeypatch.undo()
    console.line("done")


def test_progress_is_shown_on_a_terminal(tmp_path: Path, little: Path) -> None:
    leader, follower = pty.openpty()
    found = run("assess", little.parent / "in", "--workspace", tmp_path / "w", stderr=follower)
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 4096):
            shown += chunk
    except OSError:
        pass  # the terminal's other end is closed
    os.close(leader)
    assert found.code == 1
    assert b"Reading" in shown
    assert "\x1b" not in found.out
