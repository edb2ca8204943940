"""Runs the commands that the documentation shows, and puts what they print into its pages.

    python tools/refresh_docs.py [PAGE...]      default: every page that shows output

A block of kind `console` holds lines "$ command" with their output below. The commands of one page are run in its order
in a folder of their own, in which `examples` is the example hospital and `hygie` the program; a page under `fr/` speaks
French. Blocks of kind `sh` and `text` are left alone. tests/test_docs.py does the same and compares.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OPENING, CLOSING, PROMPT = "```console", "```", "$ "
SOME_REFUSED = 1
"""Exit code of a program that did its job, though some input was refused."""


def pages() -> list[Path]:
    """Pages that show output."""
    return [page for page in sorted(DOCS.rglob("*.md")) if OPENING in page.read_text(encoding="utf-8").splitlines()]


def refreshed(page: Path, folder: Path) -> str:
    """The page's text with the output that its commands have now, run in `folder`."""
    settings = prepare(folder, "fr_FR.UTF-8" if DOCS / "fr" in page.parents else "en_GB.UTF-8")
    return "\n".join(_lines(page.read_text(encoding="utf-8").split("\n"), folder, settings))


def prepare(folder: Path, language: str) -> dict[str, str]:
    """Puts the example and the program into a folder; gives the environment for commands."""
    (folder / "examples").symlink_to(ROOT / "examples")
    programs = folder / ".programs"
    programs.mkdir()
    (programs / "hygie").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hygie "$@"\n', encoding="utf-8")
    (programs / "hygie").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    own = {"PATH": path, "LANG": language, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "src")}
    return {**{name: value for name, value in os.environ.items() if not name.startswith("LC_")}, **own}


def _lines(lines: Iterable[str], folder: Path, settings: dict[str, str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if line == OPENING:
            inside = True
        elif line == CLOSING:
            inside = False
        elif inside and not line.startswith(PROMPT):
            continue
        yield line
        if inside and line.startswith(PROMPT):
            yield from _output(line.removeprefix(PROMPT), folder, settings)


def _output(command: str, folder: Path, settings: dict[str, str]) -> list[str]:
    """What a command prints, without empty lines at its ends. Raises RuntimeError where it could not do its job."""
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(
        shell, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    text = done.stdout.decode("utf-8")
    if done.returncode > SOME_REFUSED or "Traceback (most recent call last)" in text:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{text}")
    return [line.rstrip() for line in text.strip("\n").split("\n")] if text.strip() else []


def main(arguments: list[str]) -> int:
    """Refreshes pages in place."""
    for page in [Path(name).resolve() for name in arguments] or pages():
        with tempfile.TemporaryDirectory() as folder:
            text = refreshed(page, Path(folder))
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"refreshed: {page.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
