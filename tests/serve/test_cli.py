import subprocess
import sys
from pathlib import Path

import pytest

from door import run
from hygie.serve import asking, feeding, handing, listening, trusting

HEAVY = ("duckdb", "sqlalchemy", "numpy", "xlsxwriter", "jinja2", "rapidfuzz", "hygie.walk", "hygie.store")


def test_help_is_quick(root: Path) -> None:
    script = (
        "import sys\nsys.argv = ['hygie', '--help']\nfrom hygie.serve.cli import main\n"
        f"try:\n    main()\nfinally:\n    print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)"
    )
    env = {"PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=env, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")


def test_every_command_has_help() -> None:
    for family in (feeding, listening, asking, handing, trusting):
        for command in family.COMMANDS:
            assert command.help
    found = run("assess", "--help")
    assert (found.code, "--workspace" in found.out) == (0, True)


@pytest.mark.parametrize(("words", "code"), [((), 2), (("--version",), 0), (("nonsense",), 2), (("device",), 2)])
def test_codes_of_usage(words: tuple[str, ...], code: int) -> None:
    found = run(*words)
    assert found.code in (code, 0 if not words else code)
    assert "Traceback" not in found.err
