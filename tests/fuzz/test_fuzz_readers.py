"""The harness runs over every target and finds nothing in a few inputs; and it does find what is planted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.fuzz_readers import wanted

pytest.importorskip("atheris", reason="atheris has no wheel for this Python")

HARNESS = Path(__file__).with_name("fuzz_readers.py")
PLANTED = """
import sys, time
from pathlib import Path
sys.path[:0] = [{tests!r}]
from fuzz.fuzz_readers import Box, fuzz, instrumented
from fuzz.targets import Target

def raising(data):
    if data[:1] == b"h":
        raise ZeroDivisionError("planted")

def hanging(data):
    if data:
        time.sleep(30)

def greedy(data):
    kept = [bytearray(64 << 20) for _ in range(20)] if data else []
    end = time.monotonic() + 90
    while kept and time.monotonic() < end:
        time.sleep(0.1)

into = Path({into!r})
assert instrumented(into)
for name in ("raising", "hanging", "greedy"):
    (into / "seeds" / name).mkdir(parents=True)
    (into / "seeds" / name / "one").write_bytes(b"hello")
targets = [Target("sound", len), Target("raising", raising), Target("hanging", hanging)]
quick, patient = Box(1, 50, into, slow=1, memory=600), Box(1, 50, into, slow=60, memory=600)
# On a busy machine taking memory lasts longer than the quick box allows.
first = fuzz({{one.name: one for one in targets}}, quick, None)
sys.exit(min(first, fuzz({{"greedy": Target("greedy", greedy)}}, patient, None)))
"""


def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False)


def test_every_target_runs_and_nothing_is_found(tmp_path: Path) -> None:
    done = run(HARNESS, "58", "--runs", "40", "--into", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    from hygie import sources, wire

    named = {f"sources.{kind}" for kind in sources.READERS} | {f"wire.{service}" for service in wire.DISSECTORS}
    assert named < {name for name, _, _ in rows}
    assert [name for name, inputs, findings in rows if int(inputs) < 1 or findings != "0"] == []
    # Each starts from a sample of its own; the hospital has not answered any question, nor kept an export, yet.
    bare = {folder.name for folder in (tmp_path / "seeds").iterdir() if not any(folder.iterdir())}
    assert bare <= {"sources.questions", "sources.hospital", "sources.own", "wire.netbios-dgm"}


def test_what_is_planted_is_found_and_left_in_a_file(tmp_path: Path) -> None:
    script = tmp_path / "planted.py"
    script.write_text(PLANTED.format(tests=str(HARNESS.parents[1]), into=str(tmp_path / "out")))
    done = run(script)
    assert done.returncode == 1, done.stderr
    table = {row[0]: row[2] for line in done.stdout.splitlines() if len(row := line.split()) == 3}
    assert table["sound"] == "0"
    assert table["raising"] == "1"
    assert "raising: ZeroDivisionError" in done.stdout
    assert "hanging: too slow" in done.stdout
    assert "greedy: too much memory" in done.stdout
    notes = json.loads((tmp_path / "out" / "raising" / "notes.jsonl").read_text().splitlines()[0])
    assert Path(notes["file"]).read_bytes()[:1] == b"h"
    for name in ("hanging", "greedy"):
        left = [file for file in (tmp_path / "out").glob(f"{name}--*") if file.is_file()]
        assert left


def test_a_target_is_named_wholly_by_its_group_or_by_its_last_part() -> None:
    assert wanted("sources.csaf", [])
    assert wanted("sources.csaf", ["sources.csaf"])
    assert wanted("sources.csaf", ["wire", "csaf"])
    assert wanted("wire.arp", ["wire"])
    assert not wanted("sources.arp", ["wire", "csaf"])
