"""Text tables: encoding, separator, cells.

Encoding: a byte order mark decides, else strict UTF-8, else cp1252 (what French exports are); never guessed by
statistics, which took cp1252 for cp1250. Nothing is inferred of types: every cell stays text ("000000" is no zero).
A record's row number is the line that it begins on: lines that it goes on over leave empty rows.

A long table stays text in memory; its cells are made anew each time they are gone through, a block of lines at a time
(a list of 212,000 devices took 400 MB as cells, and takes 45 as lines).
"""

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import overload

from hygie.model.seams import Input, Sheet
from hygie.sources.opening.limits import DEFAULTS

csv.field_size_limit(1 << 28)  # its own limit of 131,072 characters loses the whole file; ours, the cell alone
SEPARATORS = ";\t|,"
"""In order of preference: a decimal comma must not win over a semicolon."""
_SAMPLE = 300
"""Lines looked at to find the separator."""
_RUNAWAY = 25
"""Lines that one quoted cell may span; beyond, its quote was a stray one (inches, say)."""
_BLOCK = 1000
"""Lines whose cells are made at once."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = bytes(frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b"))
_PROMPT = re.compile(
    rb"(?:\s*(?:<~?[\w.\-]{1,64}>|\[[~*]?[\w.@\-]{1,64}\])[ \t]*\r?\n){0,9}"
    rb"\s*(?:<~?[\w.\-]{1,64}>|\[[~*]?[\w.@\-]{1,64}\])[ \t]*(?:[>#][ \t]*)?"
    rb"(?:dis[a-z]{0,4}[ \t]|screen-|system-|sys\r?\n|ter[a-z]* |undo |show |/?[a-z]+ [a-z ]*print)"
    rb"|\{\w{1,20}:\d\}[ \t]*\r?\n"
)
"""A terminal's first lines that begin like XML or JSON: Huawei, Comware, MikroTik; Junos names its master
("{master:0}")."""
_JOINED = re.compile(r"[\r\n]+")


def looks_text(head: bytes) -> bool:
    """That these first bytes are text: a byte order mark, or hardly a control character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    begin = head[:8192]
    return bool(head) and len(begin) - len(begin.translate(None, _CONTROL)) <= len(begin) // 20


def looks_tabular(head: bytes) -> bool:
    """That it is text, and neither JSON nor XML; a switch's prompt ("<SW>display arp", "[SW]") is neither."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return looks_text(head) and (start[:1] not in (b"{", b"[", b"<") or _PROMPT.match(start) is not None)


def whole_lines(head: bytes) -> bytes:
    """Without the last line where the head ends in the middle of one. UTF-16 may lose half a character instead."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2]
    end = head.rfind(b"\n")
    return head[: end + 1] if end > 0 else head


def decode(data: bytes) -> tuple[str, str]:
    """Text with "\\n" line ends, and its encoding. Raises ValueError on NUL characters and on what is no text."""
    mark, encoding = next((pair for pair in _BOMS if data.startswith(pair[0])), (b"", "utf-8"))
    content = data[len(mark) :]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise
        encoding = "cp1252"
        text = _western(content)
    if "\0" in text:
        raise ValueError("refusal.nul", f"place=line {text.count(chr(10), 0, text.index(chr(0))) + 1}")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _western(content: bytes) -> str:
    """cp1252, or a ValueError that tells the line of the first byte that it does not have."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError("refusal.encoding", f"place=line {line}", "detail=cp1252") from error


def lines(source: Input, most: int = 0) -> list[str]:
    """Lines of a text input; of its head only where `most` is given (at most so many). Raises ValueError."""
    if most:
        head = source.head
        if not looks_text(head):
            return []
        if len(head) == source.size:
            return decode(head)[0].split("\n")[:most]
        return decode(whole_lines(head))[0].split("\n")[:most]
    within(source.size if source.path else 0)
    return decode(_bounded(source.bytes()))[0].split("\n")


def within(size: int, most: int = DEFAULTS.table) -> None:
    """Raises ValueError where a text of so many bytes is longer than any table is read."""
    if size > most:
        raise ValueError("refusal.table", f"limit={most // 1_000_000}")


def _bounded(data: bytes, most: int = DEFAULTS.lines) -> bytes:
    """The same bytes. Raises ValueError where they are too many lines, before anything is made of them."""
    within(len(data))
    if data.count(b"\n") > most:
        raise ValueError("refusal.lines", f"limit={most}")
    return data


def separator(sample: list[str]) -> str:
    """The one among ; tab | , that cuts most lines into the same number of cells; "" for none."""
    found, best = "", 0.0
    filled = [line for line in sample if line.strip()]
    if not filled:
        return ""
    for candidate in SEPARATORS:
        widths = Counter(len(row) for row in records(filled, candidate) if row)
        width, times = max(((w, n) for w, n in widths.items() if w > 1), key=lambda p: p[1] * p[0], default=(1, 0))
        score = times / len(filled) * (1 + min(width, 40) / 40)
        if width > 1 and score > best + 1e-9 and times / len(filled) >= 0.3:
            found, best = candidate, score
    return found


def records(rows: list[str], cut: str) -> Iterator[list[str]]:
    """One list of cells a line; a record over several lines is followed by as many empty ones. Raises csv.Error."""
    for cells, taken in _records(rows, cut, 0):
        yield cells
        yield from ([] for _ in range(taken - 1))


def _records(rows: list[str], cut: str, at: int) -> Iterator[tuple[list[str], int]]:
    """The records from line `at` on, and how many lines each takes. Raises csv.Error."""
    while at < len(rows):
        feed = _Feed(rows, at)
        for cells in csv.reader(feed, delimiter=cut):
            taken = feed.at - at
            if feed.ran_away:
                yield rows[at].split(cut), 1
                at += 1
                break
            yield [_JOINED.sub(" ", cell) for cell in cells] if taken > 1 else cells, taken
            at = feed.at
            feed.begin = at
        else:
            if not feed.ran_away:
                return


class _Feed:
    """Hands lines to a csv reader, and stops in the middle of a record that runs over too many."""

    def __init__(self, rows: list[str], at: int) -> None:
        self.rows = rows
        self.at = at
        self.begin = at
        self.ran_away = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.rows) or self.at - self.begin >= _RUNAWAY:
            self.ran_away = self.at > self.begin
            raise StopIteration
        self.at += 1
        return self.rows[self.at - 1] + "\n"


class Rows(Sequence[list[str]]):
    """The rows of a text table: each line's cells, made when they are asked for."""

    def __init__(self, lines: list[str], cut: str, most: int) -> None:
        """Goes through all of it once. `cut`: separator, "" none. Raises csv.Error, ValueError beyond `most` cells."""
        self._lines = lines
        self._cut = cut
        self._begins: list[int] = []
        """Line at which each block begins: the first of a record."""
        self._kept: tuple[int, list[list[str]]] = (-1, [])
        """Block and its rows, of the last one asked for."""
        at = cells = 0
        while at < len(lines):
            self._begins.append(at)
            rows = self._block(len(self._begins) - 1)
            cells += sum(map(len, rows))
            if cells > most:
                raise ValueError("refusal.cells", f"limit={most}", f"place=line {at + 1}")
            at += len(rows)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[list[str]]:
        for block in range(len(self._begins)):
            yield from self._block(block)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        return picked(len(self), index, self._row)

    def _row(self, at: int) -> list[str]:
        block = bisect_right(self._begins, at) - 1
        return self._block(block)[at - self._begins[block]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other))  # noqa: B905

    __hash__ = None  # type: ignore[assignment]

    def _block(self, number: int) -> list[list[str]]:
        """The rows of a block: `_BLOCK` lines, and the rest of a record that goes on beyond."""
        if self._kept[0] != number:
            self._kept = (number, self._made(self._begins[number]))
        return self._kept[1]

    def _made(self, start: int) -> list[list[str]]:
        """The rows from a line on that make a block."""
        lines = self._lines[start : start + _BLOCK]
        if not self._cut:
            return [[line] for line in lines]
        if not any('"' in line for line in lines):  # nothing can span lines: eight times as fast
            return list(csv.reader(lines, delimiter=self._cut))
        rows: list[list[str]] = []
        for cells, taken in _records(self._lines, self._cut, start):
            rows.append(cells)
            rows.extend([] for _ in range(taken - 1))
            if len(rows) >= _BLOCK:
                break
        return rows


class Changed(Sequence[list[str]]):
    """The rows of a table of which some are others."""

    def __init__(self, rows: Sequence[list[str]], changed: dict[int, list[str]]) -> None:
        self._rows = rows
        self._changed = changed

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[list[str]]:
        return (self._changed.get(index, row) for index, row in enumerate(self._rows))

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        return picked(len(self), index, lambda at: self._changed.get(at) or self._rows[at])


class Part(Sequence[list[str]]):
    """The rows of a table from one to before another; those before it are empty, so that each keeps its place."""

    def __init__(self, rows: Sequence[list[str]], begin: int, end: int) -> None:
        self._rows = rows
        self._begin = begin
        self._end = end

    def __len__(self) -> int:
        return self._end

    def __iter__(self) -> Iterator[list[str]]:
        # by place: the rows before it are not made
        return (self._rows[at] if at >= self._begin else [] for at in range(self._end))

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        return picked(len(self), index, lambda at: self._rows[at] if at >= self._begin else [])


def picked(length: int, index: int | slice, row: Callable[[int], list[str]]) -> list[str] | list[list[str]]:
    """What a view of `length` rows gives for an index or a slice; `row` gives one by its place. Raises IndexError."""
    if isinstance(index, slice):
        return [row(at) for at in range(*index.indices(length))]
    return row(range(length)[index])


def below(rows: Sequence[list[str]], first: int) -> Iterator[list[str]]:
    """The rows from an index on, without a list of them."""
    return islice(iter(rows), first, None)


def sheets(data: bytes, most: int, lines: int = DEFAULTS.lines) -> list[Sheet]:
    """The one table of a text; of one column where nothing separates. Raises ValueError where it is too large."""
    text, encoding = decode(_bounded(data, lines))
    rows = text.split("\n")
    if rows and rows[-1] == "":
        rows.pop()
    cut = ""
    if rows and rows[0].lower().startswith("sep=") and len(rows[0]) == 5:
        cut, rows[0] = rows[0][4], ""
    cut = cut or separator(rows[:_SAMPLE])
    return [Sheet("", Rows(rows, cut, most), cut, encoding)]
