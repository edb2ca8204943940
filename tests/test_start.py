"""Starting costs little: help loads none of the large libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"numpy", "numba", "duckdb", "sqlalchemy", "fastapi", "jinja2"}
PROBE = """
import os, runpy, sys
os._exit = sys.exit  # to look around afterwards
sys.argv = ["hygie", *{words!r}]
try:
    runpy.run_module("hygie", run_name="__main__", alter_sys=True)
except SystemExit as end:
    print("exit", end.code or 0)
print("loaded", *sorted({heavy!r} & {{name.partition(".")[0] for name in sys.modules}}))
"""


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["assess", "--help"], ["devices", "--help"]])
def test_help_loads_no_large_library(root: Path, words: list[str]) -> None:
    probe = PROBE.format(words=words, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root / 'src')!r})\n{probe}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *told, code, loaded = done.stdout.splitlines()
    assert code == "exit 0"
    assert loaded == "loaded"
    assert told
