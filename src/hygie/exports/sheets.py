"""Sheets of a workbook (XLSX), as bytes.

What comes in: pages, each with columns and rows. What goes out: the file. Every cell from outside is written as text,
never as a formula or an address. The same content gives the same bytes.
Source: ECMA-376 (Office Open XML), through XlsxWriter.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import xlsxwriter

from hygie.exports.cells import shown

CELL, SHEET = 32_767, 100_000
"""Characters that a cell may hold; rows of one sheet, beyond which spreadsheets are no longer of use."""
HELP = 255
"""Characters of a list to choose from, and of a cell's help (ECMA-376 18.3.1.32)."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Column(NamedTuple):
    """A column: heading, width in characters, words to choose from, whether people fill it."""

    heading: str
    width: int = 18
    choices: tuple[str, ...] = ()
    filled: bool = False
    quiet: bool = False
    """Of no matter to people: written in grey."""
    other: bool = False
    """Words that are not among the choices may be written, too."""
    help: str = ""
    """Shown beside a cell that is chosen; 255 characters at most."""


class Marked(NamedTuple):
    """A cell that stands out."""

    cell: Any


class Pick(NamedTuple):
    """A cell with words to choose from, where each row has its own."""

    cell: Any
    choices: tuple[str, ...]


class Page(NamedTuple):
    """A sheet."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: str = ""
    """A line above the headings."""
    blank: int = 0
    """Rows below the last one that are to be filled in, too."""
    more: Callable[[int], str] = str
    """What the last line says of rows that were left out, by their number."""


def workbook(pages: Iterable[Page], large: bool = False) -> bytes:
    """The file. `large`: rows wait in temporary files that only the owner may read, not in memory."""
    target = io.BytesIO()
    plain = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    options = {"constant_memory": large, "in_memory": not large, **dict.fromkeys(plain, False)}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _EPOCH, "author": "Hygie"})
    look = {
        "head": book.add_format({"bold": True, "bg_color": "#E3E9EE", "text_wrap": True, "valign": "top", "bottom": 2}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "fill": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFFAE5", "border": 1}),
        "mark": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F6D5B8", "bold": True}),
        "quiet": book.add_format({"font_color": "#9AA5AE", "font_size": 8, "valign": "top"}),
        "note": book.add_format({"italic": True}),
    }
    for page in pages:
        _write(book.add_worksheet(page.name[:31]), page, look)
    book.close()
    return target.getvalue()


def _write(sheet: Any, page: Page, look: dict[str, Any]) -> None:
    top = 1 if page.note else 0
    if page.note:
        sheet.write_string(0, 0, page.note, look["note"])
    for j, column in enumerate(page.columns):
        sheet.set_column(j, j, column.width)
        sheet.write_string(top, j, column.heading, look["head"])
    styles = [look["fill" if c.filled else "quiet" if c.quiet else "text"] for c in page.columns]
    last, rows = top, iter(page.rows)
    for last, row in enumerate(islice(rows, SHEET), top + 1):
        for j, cell in enumerate(row):
            _cell(sheet, last, j, cell, styles[j], look["mark"])
    if left := sum(1 for _ in rows):
        sheet.write_string(last + 1, 0, page.more(left), look["note"])
    for i in range(last + 1, last + 1 + page.blank):
        for j, style in enumerate(styles):
            sheet.write_blank(i, j, None, style)
    if last + page.blank > top:
        _offer(sheet, page.columns, top + 1, last + page.blank)
    sheet.freeze_panes(top + 1, 0)
    if page.columns:
        sheet.autofilter(top, 0, max(last, top), len(page.columns) - 1)


def _offer(sheet: Any, columns: Sequence[Column], first: int, last: int) -> None:
    """Words to choose from and help, in the cells of these rows."""
    for j, column in enumerate(columns):
        if choice := _choice(column.choices, column.help, column.other):
            sheet.data_validation(first, j, last, j, choice)


def _choice(choices: tuple[str, ...], told: str = "", other: bool = False) -> dict[str, Any]:
    """What a cell offers to choose from, and its help; {} nothing. A list that the format cannot hold is left out."""
    found: dict[str, Any] = {"input_message": told[:HELP]} if told else {}
    if choices and len(",".join(choices)) <= HELP and not any("," in choice for choice in choices):
        found |= {"validate": "list", "source": list(choices), "show_error": not other}
    return {"validate": "any", **found} if found else {}


def _cell(sheet: Any, row: int, column: int, cell: Any, style: Any, mark: Any) -> None:
    """One cell: numbers as numbers, everything else as text."""
    if isinstance(cell, Marked):
        cell, style = cell.cell, mark
    if isinstance(cell, Pick):
        if choice := _choice(cell.choices):
            sheet.data_validation(row, column, row, column, choice)
        cell = cell.cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, shown(cell)[:CELL], style)
