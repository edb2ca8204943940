"""What the terminal shows: sentences, tables, progress; and the exit codes.

Progress is one line that changes on a terminal. Elsewhere (a log, a scheduled task) it is a plain line every ten
seconds, so that short work says nothing and long work is seen to go on.
"""

import io
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from hygie import words
from hygie.exports.cells import comma_separated, shown

DONE, REFUSED, USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: done; done but some input was refused; wrong usage; could not do the job."""


EVERY = 10.0
"""Seconds between two lines of progress, where there is no terminal."""


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
        self.out = out or sys.stdout or _nowhere()
        self._drawn = False
        self._beat: _Beat | None = None

    def text(self, key: str, *args: str) -> str:
        """The sentence of a key."""
        return words.say(self.language, key, args)

    def say(self, key: str, *args: str) -> None:
        """Prints the sentence of a key."""
        self.line(self.text(key, *args))

    def line(self, text: str = "") -> None:
        """Prints a line for people."""
        self._clear()
        print(plain(text), file=self.out)

    def note(self, key: str, *args: str) -> None:
        """Says something beside the answer, where programs that read the answer do not see it."""
        self._clear()
        print(plain(self.text(key, *args)), file=sys.stderr)

    def progress(self, what: str, done: int) -> None:
        """Shows what is being done."""
        if self.quiet or sys.stderr is None:
            return
        label = self.text(f"progress.{what}", f"done={done}")
        if not sys.stderr.isatty():
            self._beat = self._beat or _Beat(lambda *args: self.text("progress.plain", *args))
            self._beat.what = label
            return
        print(f"\r\x1b[2K{label}", end="", file=sys.stderr, flush=True)
        self._drawn = True

    def fail(self, code: int, key: str, *args: str) -> NoReturn:
        """Says why, and ends with the code."""
        self.note(key, *args)
        raise SystemExit(code)

    def listing(self, headings: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
        """Rows as a table for people, JSON for programs, or CSV for spreadsheets. `headings` are stable field names."""
        if form == "json":
            self._clear()
            listed = [dict(zip(headings, row, strict=True)) for row in rows]
            print(json.dumps(listed, ensure_ascii=False, indent=1), file=self.out)
        elif form == "csv":
            self._clear()
            print(comma_separated(headings, rows).replace("\r\n", "\n").rstrip("\n"), file=self.out)
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
            table.add_row(*(plain(shown(cell)) for cell in row))
        self._clear()
        drawn = io.StringIO()
        width = os.get_terminal_size(self.out.fileno()).columns if self.out.isatty() else 200
        Terminal(file=drawn, width=width or 200, highlight=False, markup=False, emoji=False).print(table)
        print(drawn.getvalue(), end="", file=self.out)

    def _heading(self, name: str) -> str:
        text = words.catalogue(self.language).get(f"column.{name}")
        return text or name.replace("_", " ")

    def _clear(self) -> None:
        if self._beat is not None:
            self._beat.stop()
            self._beat = None
        if self._drawn:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._drawn = False


class _Beat:
    """Says now and then what is being done, until it is stopped."""

    def __init__(self, sentence: Callable[..., str]) -> None:
        self.what = ""
        self._sentence = sentence
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Says no more."""
        self._ended.set()
        self._thread.join()

    def _go(self) -> None:
        while not self._ended.wait(EVERY):
            line = self._sentence(f"what={self.what}", f"seconds={time.monotonic() - self._began:.0f}")
            try:
                print(plain(line), file=sys.stderr, flush=True)
            except (OSError, ValueError):  # nobody reads it any more: the work goes on
                return


def plain(text: str) -> str:
    """Text from outside without control characters: a name cannot move the cursor."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def hush() -> None:
    """Nothing more is written: what waits in the buffer goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _nowhere() -> TextIO:
    """Where output goes when there is no standard output."""
    return Path(os.devnull).open("w", encoding="utf-8")
