"""A process made ready compiles nothing more, and writes nothing more down."""

import subprocess
import sys
from pathlib import Path

import pytest

from hygie.kernel import compiled
from hygie.model.seams import Given
from hygie.sources.capture import PCAP, PCAPNG, pcap, pcapng, priming, walk

CODE = """
import sys
from hygie.sources.capture import priming
kept = priming.prime()
from hygie.kernel import compiled
before = sorted(str(p) for p in __import__("pathlib").Path(kept[0]).rglob("*"))
assert before
import numpy as np
from hygie.kernel import hashing
hashing.group(np.zeros((4, 2), np.int64), np.full(8, -1, np.int32), np.zeros(4, np.int64))
assert hashing.group.signatures
assert sorted(str(p) for p in __import__("pathlib").Path(kept[0]).rglob("*")) == before
print(kept[0])
"""


@pytest.mark.parametrize(("content", "form"), [(priming._pcap(), PCAP), (priming._pcapng(), PCAPNG)])
def test_what_it_runs_over_is_a_capture_without_damage(content: bytes, form: object) -> None:
    rows = list(walk(priming._Made(content), Given("", "R"), form, False))  # type: ignore[arg-type]
    assert (pcap if form is PCAP else pcapng).recognises(content)
    assert rows
    assert not [row for row in rows if type(row).__name__ == "Refusal"]


@pytest.mark.skipif(not compiled.HERE, reason="without numba nothing is compiled")
def test_once_sealed_nothing_is_written_to_the_folder_of_compiled_code() -> None:
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert Path(ran.stdout.decode().strip()) == compiled.folder()


def test_without_numba_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "HERE", False)
    assert priming.prime() == []
