"""Formats that leave: name -> files of that format, each with its bytes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from hygie.exports import letters, report
from hygie.exports.listing import FLOW_COLUMNS, TABLES, as_csv, as_json, columns, complete
from hygie.exports.pen import Pen
from hygie.exports.sheets import Column, Marked, Page, workbook
from hygie.model.picture import Picture

Render = Callable[[Picture, str], dict[str, bytes]]
"""(what is known, language) -> file name -> content."""


def csv_files(picture: Picture, language: str) -> dict[str, bytes]:
    """One CSV per table, UTF-8 with a mark so that spreadsheets read the accents. Columns have stable names."""
    return {f"{name}.csv": as_csv(picture, name, language).encode("utf-8-sig") for name in TABLES}


def json_file(picture: Picture, language: str) -> dict[str, bytes]:
    """Everything as one document, reasons too."""
    return {"hygie.json": "".join(as_json(picture, language)).encode()}


def xlsx_file(picture: Picture, language: str) -> dict[str, bytes]:
    """One workbook, a sheet per table, headings in the reader's language."""
    pen = Pen(language, picture.readings)
    return {"hygie.xlsx": workbook((_page(picture, name, pen) for name in TABLES), large=True)}


def _page(picture: Picture, name: str, pen: Pen) -> Page:
    headings = [Column(heading(pen, name, c), 18) for c in columns(name)]
    forms = [_FORMS.get(f"{name}.{c}", _FORMS.get(c, "")) for c in columns(name)]
    rows: Iterable[Sequence[Any]] = (_worded(row, forms, pen) for row in complete(picture, name, pen))
    if name == "flows":
        rows = _outside(rows, pen)
    return Page(pen.text(f"table.{name}"), headings, rows, more=lambda n: pen.rest(0, n, f"{name}.csv"))


_FORMS = {
    "verdict": "verdict.{}",
    "speaker": "speaker.{}",
    "outcome": "outcome.{}",
    "safety": "harm.{}",
    "human_impact": "impact.{}",
    "exposure": "exposure.{}",
    "mission": "mission.{}",
    "kind": "function.{}",
    "measures.kind": "measure_kind.{}",
    "readings.kind": "kind_of_reading.{}",
    "seen": "seen.{}",
    "connectable": "connectable.word.{}",
    "automatable": "answer.{}",
    "exploited": "answer.{}",
    "authority": "authority.{}",
    "decided_by": "who.{}",
    "missing": "trait.{}",
    "trait": "trait.{}",
    "zones.source": "zone.source.{}",
}
"""Columns that hold stable words: the key of each word's text."""


def _worded(row: Sequence[Any], forms: Sequence[str], pen: Pen) -> tuple[Any, ...]:
    """A row with its stable words in the reader's language."""
    return tuple(
        _word(cell, form, pen) if form or cell.__class__ is bool else cell
        for cell, form in zip(row, forms, strict=True)
    )


def _word(cell: Any, form: str, pen: Pen) -> Any:
    if isinstance(cell, bool):
        return pen.text("answer.yes" if cell else "answer.no")
    if isinstance(cell, tuple):
        return ", ".join(pen.known(form.format(word), word) for word in cell)
    return pen.known(form.format(cell), cell) if cell else cell


_OUTSIDE = FLOW_COLUMNS.index("outside")
_ENDS = {end: FLOW_COLUMNS.index(end) for end in ("client", "server")}


def _outside(rows: Iterable[Sequence[Any]], pen: Pen) -> Iterator[tuple[Any, ...]]:
    """Flows with words for the end that is outside, whose address is marked."""
    for row in rows:
        ends = row[_OUTSIDE].split()
        cells = list(row)
        cells[_OUTSIDE] = ", ".join(pen.text(f"flow.outside.{end}") for end in ends)
        for place in (_OUTSIDE, *(_ENDS[end] for end in ends)) if ends else ():
            cells[place] = Marked(cells[place])
        yield tuple(cells)


def html_file(picture: Picture, language: str) -> dict[str, bytes]:
    """The report."""
    return {"report.html": "".join(report.render(picture, language)).encode()}


def statements_file(picture: Picture, language: str) -> dict[str, bytes]:  # noqa: ARG001 - as all renderers
    """A blank table for makers' words that came by letter, mail or call."""
    return {"statements.xlsx": letters.blank(language)}


def heading(pen: Pen, table: str, column: str) -> str:
    """A column's heading for people."""
    return pen.known(f"column.{table}.{column}", "") or pen.text(f"column.{column}")


RENDERERS: dict[str, Render] = {
    "csv": csv_files,
    "json": json_file,
    "xlsx": xlsx_file,
    "html": html_file,
    "statements": statements_file,
}
"""Format -> renderer."""
