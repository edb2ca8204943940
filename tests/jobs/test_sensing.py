"""The program that captures: started as it should be, in a network of its own that nobody else uses."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hygie.jobs import sensing
from hygie.jobs.sensing import Sensor


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program in the place of dumpcap, written by the test."""
    made = tmp_path / "dumpcap"

    def found() -> str:
        return str(made)

    monkeypatch.setattr(sensing, "program", found)
    yield made


def script(path: Path, text: str) -> None:
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("name", ["eth0", "enp3s0f1", "br-lan", "eth0.20", "any", "wg_1", "a:1"])
def test_names_of_interfaces(name: str) -> None:
    assert sensing.is_name(name)


@pytest.mark.parametrize("name", ["", "-", "-w", "--help", "a b", "../x", "a/b", "|sh", "x" * 65, "eth0\n"])
def test_nothing_else_is_handed_to_the_program(name: str) -> None:
    assert not sensing.is_name(name)


def test_it_is_asked_for_one_interface_and_to_write_no_file(fake: Path) -> None:
    script(fake, "import sys; print(sys.argv[1:])")
    sensor = Sensor("eth7", 60)
    said = sensor.stream.read()
    assert said.decode().strip() == str(["-q", "-n", "-i", "eth7", "-a", "duration:60", "-s", "0", "-w", "-"])
    assert sensor.end() == (True, "")


def test_it_keeps_the_capture_right_alone(fake: Path) -> None:
    if os.geteuid():
        pytest.skip("only root has rights to give up")
    script(fake, "print([l.split()[1] for l in open('/proc/self/status') if l[:6] in ('CapPrm', 'CapEff', 'CapBnd')])")
    sensor = Sensor("eth7", 60)
    assert sensor.stream.read().decode().strip() == str(["0000000000002000"] * 3)
    assert sensor.end()[0]


def test_why_it_failed_is_told(fake: Path) -> None:
    script(
        fake, "import sys; sys.stderr.write('Capturing\\ndumpcap: odd\\ndumpcap: no such device\\nTry\\n'); sys.exit(2)"
    )
    assert Sensor("eth7", 60).end() == (False, "no such device")


def test_it_stops_when_it_is_asked(fake: Path) -> None:
    script(
        fake,
        "import os, signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: (os.write(1, b'last words\\n'), sys.exit(0)))\n"
        "print('ready', flush=True)\ntime.sleep(60)",
    )
    sensor = Sensor("eth7", 60)
    assert sensor.stream.readline() == b"ready\n"
    sensor.stop()
    assert sensor.stream.read() == b"last words\n"
    assert sensor.end() == (True, "")
    sensor.stop()


def test_without_the_program_there_is_no_capture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensing.shutil, "which", lambda *_, **__: None)
    assert sensing.program() == ""
    with pytest.raises(FileNotFoundError):
        Sensor("eth7", 60)


def test_nothing_runs_once_it_has_ended(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(
        fake,
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('x', flush=True)\ntime.sleep(60)",
    )
    monkeypatch.setattr(sensing, "_PATIENCE", 0.2)
    sensor = Sensor("eth7", 60)
    sensor.stream.readline()
    assert sensor.end()[0] is False
    assert subprocess.run(["pgrep", "-f", str(fake)], check=False, capture_output=True).stdout == b""
