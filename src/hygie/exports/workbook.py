"""Workbooks (XLSX): what the hospital fills in, and tables for spreadsheets.

Every cell from outside is written as text, never as a formula or an address. The same content gives the same bytes.
`questions` and `hospital` leave with what was answered before; the next `assess` reads them back.
Source: ECMA-376 (Office Open XML), through XlsxWriter.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import xlsxwriter

from hygie.exports.cells import shown
from hygie.exports.pen import Pen
from hygie.model.picture import Picture

CELL, SHEET = 32_767, 100_000
"""Characters that a cell may hold; rows of one sheet, beyond which spreadsheets are no longer of use."""
SAFETY_WORDS = ("negligible", "marginal", "critical", "catastrophic")
MISSION_WORDS = ("degraded", "crippled", "mef failure", "mission failure")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Column(NamedTuple):
    """A column: heading, width in characters, words to choose from, whether people fill it."""

    heading: str
    width: int = 18
    choices: tuple[str, ...] = ()
    filled: bool = False


class Marked(NamedTuple):
    """A cell that stands out."""

    cell: Any


class Page(NamedTuple):
    """A sheet."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: str = ""
    """A line above the headings."""
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
    last, rows = top, iter(page.rows)
    for last, row in enumerate(islice(rows, SHEET), top + 1):
        for j, cell in enumerate(row):
            _cell(sheet, last, j, cell, look["fill" if page.columns[j].filled else "text"], look["mark"])
    if left := sum(1 for _ in rows):
        sheet.write_string(last + 1, 0, page.more(left), look["note"])
    for j, column in enumerate(page.columns):
        if column.choices and last > top:
            sheet.data_validation(top + 1, j, last, j, {"validate": "list", "source": list(column.choices)})
    sheet.freeze_panes(top + 1, 0)
    if page.columns:
        sheet.autofilter(top, 0, max(last, top), len(page.columns) - 1)


def _cell(sheet: Any, row: int, column: int, cell: Any, style: Any, mark: Any) -> None:
    """One cell: numbers as numbers, everything else as text."""
    if isinstance(cell, Marked):
        cell, style = cell.cell, mark
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, shown(cell)[:CELL], style)


def questions(picture: Picture, language: str, to: str = "") -> bytes:
    """Open and answered questions; `to` keeps those for one addressee ("hospital" or a make)."""
    pen = Pen(language, picture.readings)
    said = {d.about: d for d in sorted(picture.decisions, key=lambda d: d.when)}
    columns = (
        Column(pen.text("sheet.id"), 14),
        Column(pen.text("sheet.to"), 16),
        Column(pen.text("sheet.question"), 90),
        Column(pen.text("sheet.options"), 28),
        Column(pen.text("sheet.answer"), 18, filled=True),
        Column(pen.text("sheet.name"), 18, filled=True),
        Column(pen.text("sheet.date"), 12, filled=True),
        Column(pen.text("sheet.note"), 30, filled=True),
    )
    rows = []
    for one in sorted(picture.questions, key=lambda q: (bool(q.answer), -q.weight, q.id)):
        if to and one.to != to:
            continue
        options = " / ".join(_word(pen, option) for option in one.options)
        known = said.get(one.id)
        answer = (_word(pen, known.answer), known.who, known.when, known.note) if known else ("", "", "", "")
        addressee = pen.text("sheet.hospital") if one.to == "hospital" else one.to
        rows.append((one.id, addressee, pen.text(one.reason, *one.args), options, *answer))
    return workbook([Page(pen.text("sheet.questions"), columns, rows, pen.text("sheet.questions.note"))])


def _word(pen: Pen, answer: str) -> str:
    return pen.known(f"answer.{answer}", pen.known(f"function.{answer}", answer))


def hospital(picture: Picture, language: str) -> bytes:
    """What was assumed of clinical functions and wards, to be confirmed or corrected by a named person."""
    pen = Pen(language, picture.readings)
    return workbook([_functions(picture, pen), _units(picture, pen)])


def _functions(picture: Picture, pen: Pen) -> Page:
    said = {d.about: d for d in sorted(picture.decisions, key=lambda d: d.when)}
    counts = Counter(d.kind for d in picture.devices if d.kind)
    columns = (
        Column(pen.text("sheet.key"), 22),
        Column(pen.text("sheet.function"), 30),
        Column(pen.text("sheet.devices"), 10),
        Column(pen.text("sheet.safety"), 16, tuple(pen.text(f"safety.{w}") for w in SAFETY_WORDS), filled=True),
        Column(pen.text("sheet.confirmed_by"), 20, filled=True),
        Column(pen.text("sheet.date"), 12, filled=True),
        Column(pen.text("sheet.without_device"), 50),
        Column(pen.text("sheet.without_network"), 50),
        Column(pen.text("sheet.degraded"), 50),
        Column(pen.text("sheet.why"), 50),
    )
    rows = []
    known_kinds = [key for key in counts if key in picture.functions]
    for key in sorted(known_kinds, key=lambda k: (-SAFETY_WORDS.index(picture.functions[k].safety), -counts[k], k)):
        function = picture.functions[key]
        known = said.get(f"function:{key}")
        safety = pen.text(f"safety.{known.answer if known and known.answer else function.safety}")
        texts = (
            function.lost_without_device,
            function.lost_without_network,
            function.degraded_mode,
            function.rationale,
        )
        who = (known.who, known.when) if known else ("", "")
        rows.append((key, pen.kind(key), counts[key], safety, *who, *(pen.text(text) for text in texts)))
    return Page(pen.text("sheet.functions"), columns, rows, pen.text("sheet.functions.note"))


def _units(picture: Picture, pen: Pen) -> Page:
    said = {d.about: d for d in sorted(picture.decisions, key=lambda d: d.when)}
    counts = Counter(d.ward for d in picture.devices if d.ward)
    columns = (
        Column(pen.text("sheet.unit"), 34),
        Column(pen.text("sheet.devices"), 10),
        Column(pen.text("sheet.mission"), 40, tuple(pen.text(f"mission.{w}") for w in MISSION_WORDS), filled=True),
        Column(pen.text("sheet.confirmed_by"), 20, filled=True),
        Column(pen.text("sheet.date"), 12, filled=True),
    )
    rows = []
    for ward in sorted(counts):
        known = said.get(f"unit:{ward}")
        mission = pen.text(f"mission.{known.answer}") if known and known.answer else ""
        rows.append((ward, counts[ward], mission, *((known.who, known.when) if known else ("", ""))))
    return Page(pen.text("sheet.units"), columns, rows, pen.text("sheet.units.note"))
