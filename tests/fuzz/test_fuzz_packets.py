"""The harness reads damaged packets and finds nothing in some thousands; and it does find what is planted."""

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz import fuzz_packets
from hygie.kernel.compiled import HERE as COMPILED
from hygie.sources.capture.plain import Plain

HARNESS = Path(__file__).with_name("fuzz_packets.py")
PLANTED = """
import sys, time
sys.argv[0] = {harness!r}
sys.path[:0] = [{tests!r}]
from fuzz import fuzz_packets, packets
from hygie import wire
from hygie.sources.capture import hearing, plain

def dies(*_):
    import os
    os._exit(9)

def hangs(*_):
    time.sleep(60)

kept = []
fuzz_packets.__file__ = __file__
fuzz_packets.MOST_MEMORY, fuzz_packets.MOST_FINDINGS = 600, 1
planted = sys.argv[-1]
if planted == "hangs":
    fuzz_packets.SLOW = 5
if "--work" in sys.argv:
    planted = open({mark!r}).read()
    plain.Plain._see = {{"dies": dies, "hangs": hangs}}.get(planted, plain.Plain._see)
    if planted == "grows":
        kept.append(bytearray(b"x" * (700 << 20)))
    sys.exit(fuzz_packets.main(sys.argv[1:]))
open({mark!r}, "w").write(planted)
sys.exit(fuzz_packets.main(["--packets", "9000", "--seeds", {seeds!r}, "--into", {into!r}]))
"""

pytestmark = pytest.mark.skipif(not COMPILED, reason="numba is not installed")


def test_thousands_of_packets_and_nothing_is_found(tmp_path: Path, hospital: Path) -> None:
    command = [sys.executable, HARNESS, "--packets", "9000", "--into", tmp_path, "--seeds", hospital]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("0 findings\n")
    assert int(done.stdout.split(" ")[0].replace(",", "")) >= 9000


@pytest.mark.parametrize(
    ("planted", "told"), [("dies", "the process ended with 9"), ("hangs", "took longer than 5"), ("grows", " MB\n")]
)
def test_what_is_planted_is_found(tmp_path: Path, hospital: Path, planted: str, told: str) -> None:
    script, mark = tmp_path / "planted.py", tmp_path / "mark"
    paths = {"harness": str(HARNESS), "tests": str(HARNESS.parents[1]), "mark": str(mark)}
    script.write_text(PLANTED.format(**paths, seeds=str(hospital), into=str(tmp_path / "out")))
    done = subprocess.run([sys.executable, script, planted], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert told in done.stdout


def test_a_pass_that_counts_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    data = fuzz_packets.packets.batch(1, fuzz_packets.packets.seeds([]), 50)
    assert fuzz_packets.read(data) > 40
    see = Plain._see

    def more(self: Plain, frame: object) -> list[int]:
        row = see(self, frame)  # type: ignore[arg-type]
        row[1] += 1
        return row

    monkeypatch.setattr(Plain, "_see", more)
    with pytest.raises(AssertionError, match="passes differ"):
        fuzz_packets.read(data)
