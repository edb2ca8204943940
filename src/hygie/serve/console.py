"""What the terminal shows: sentences, tables, progress; and the exit codes."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TextIO

from hygie import words
from hygie.exports.cells import comma_separated, shown

DONE, REFUSED, USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: done; done but some input was refused; wrong usage; could not do the job."""


def default_language() -> str:
    """fr or en, from the locale."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


class Console:
    """One run's terminal."""

    def __init__(self, language: str, quiet: bool = False, out: TextIO | None = None) -> None:
        self.language = language
        self.quiet = quiet
        self.out = out or sys.stdout
        self._drawn = False

    def text(self, key: str, *args: str) -> str:
        """The sentence of a key."""
        return words.say(self.language, key, args)

    def say(self, key: str, *args: str) -> None:
        """Prints the sentence of a key."""
        self.line(self.text(key, *args))

    def line(self, text: str = "") -> None:
        """Prints a line; a reader that went away ends the program quietly."""
        self._clear()
        try:
            print(text, file=self.out)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())
            raise SystemExit(DONE) from None

    def progress(self, what: str, done: int) -> None:
        """Shows what is being done, on a terminal only."""
        if self.quiet or not sys.stderr.isatty():
            return
        label = self.text(f"progress.{what}", f"done={done}")
        print(f"\r\x1b[2K{label}", end="", file=sys.stderr, flush=True)
        self._drawn = True

    def fail(self, code: int, key: str, *args: str) -> NoReturn:
        """Says why, and ends with the code."""
        self._clear()
        print(self.text(key, *args), file=sys.stderr)
        raise SystemExit(code)

    def listing(self, headings: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
        """Rows as a table for people, JSON for programs, or CSV for spreadsheets. `headings` are stable field names."""
        if form == "json":
            self.line(json.dumps([dict(zip(headings, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        elif form == "csv":
            self.line(comma_separated(headings, rows).replace("\r\n", "\n").rstrip("\n"))
        else:
            self._table(headings, rows)

    def _table(self, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        from rich.box import SIMPLE
        from rich.console import Console as Terminal
        from rich.table import Table

        table = Table(box=SIMPLE, pad_edge=False)
        for heading in headings:
            table.add_column(self._heading(heading), overflow="fold")
        for row in rows:
            table.add_row(*(_plain(shown(cell)) for cell in row))
        self._clear()
        width = None if self.out.isatty() else 200
        Terminal(file=self.out, width=width, highlight=False, markup=False, emoji=False).print(table)

    def _heading(self, name: str) -> str:
        text = words.catalogue(self.language).get(f"column.{name}")
        return text or name.replace("_", " ")

    def _clear(self) -> None:
        if self._drawn:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._drawn = False


def _plain(text: str) -> str:
    """Text from outside without control characters: a name cannot move the cursor."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
