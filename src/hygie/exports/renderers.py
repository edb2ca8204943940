"""Formats that leave: name -> files of that format, each with its bytes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from hygie.exports import report, workbook
from hygie.exports.listing import FLOW_COLUMNS, TABLES, as_csv, as_json, columns, complete
from hygie.exports.pen import Pen
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
    return {"hygie.xlsx": workbook.workbook(_page(picture, name, pen) for name in TABLES)}


def _page(picture: Picture, name: str, pen: Pen) -> workbook.Page:
    headings = [workbook.Column(heading(pen, c), 18) for c in columns(name)]
    rows = complete(picture, name, pen)
    if name == "flows":
        rows = _outside(rows, pen)
    return workbook.Page(pen.text(f"table.{name}"), headings, rows, more=lambda n: pen.rest(0, n, f"{name}.csv"))


_OUTSIDE = FLOW_COLUMNS.index("outside")
_ENDS = {end: FLOW_COLUMNS.index(end) for end in ("client", "server")}


def _outside(rows: Iterable[Sequence[Any]], pen: Pen) -> Iterator[tuple[Any, ...]]:
    """Flows with words for the end that is outside, whose address is marked."""
    for row in rows:
        ends = row[_OUTSIDE].split()
        cells = list(row)
        cells[_OUTSIDE] = ", ".join(pen.text(f"flow.outside.{end}") for end in ends)
        for place in (_OUTSIDE, *(_ENDS[end] for end in ends)) if ends else ():
            cells[place] = workbook.Marked(cells[place])
        yield tuple(cells)


def html_file(picture: Picture, language: str) -> dict[str, bytes]:
    """The report."""
    return {"report.html": "".join(report.render(picture, language)).encode()}


def heading(pen: Pen, column: str) -> str:
    """A column's heading for people; its stable name where there is no text."""
    return pen.known(f"column.{column}", column)


RENDERERS: dict[str, Render] = {"csv": csv_files, "json": json_file, "xlsx": xlsx_file, "html": html_file}
"""Format -> renderer."""
