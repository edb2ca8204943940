"""Formats that leave: name -> files of that format, each with its bytes."""

from collections.abc import Callable

from hygie.exports import report, workbook
from hygie.exports.listing import TABLES, as_csv, as_json
from hygie.exports.pen import Pen
from hygie.model.picture import Picture

Render = Callable[[Picture, str], dict[str, bytes]]
"""(what is known, language) -> file name -> content."""


def csv_files(picture: Picture, language: str) -> dict[str, bytes]:  # noqa: ARG001 - columns have stable names
    """One CSV per table, UTF-8 with a mark so that spreadsheets read the accents."""
    return {f"{name}.csv": as_csv(picture, name).encode("utf-8-sig") for name in TABLES}


def json_file(picture: Picture, language: str) -> dict[str, bytes]:  # noqa: ARG001
    """Everything as one document, reasons too."""
    return {"hygie.json": "".join(as_json(picture)).encode()}


def xlsx_file(picture: Picture, language: str) -> dict[str, bytes]:
    """One workbook, a sheet per table, headings in the reader's language."""
    pen = Pen(language, picture.readings)
    pages = []
    for name, table in TABLES.items():
        columns = [workbook.Column(heading(pen, c), 18) for c in table.columns]
        pages.append(workbook.Page(pen.text(f"table.{name}"), columns, table.rows(picture)))
    return {"hygie.xlsx": workbook.workbook(pages)}


def html_file(picture: Picture, language: str) -> dict[str, bytes]:
    """The report."""
    return {"report.html": "".join(report.render(picture, language)).encode()}


def heading(pen: Pen, column: str) -> str:
    """A column's heading for people; its stable name where there is no text."""
    text = pen.text(f"column.{column}")
    return column if text == f"column.{column}" else text


RENDERERS: dict[str, Render] = {"csv": csv_files, "json": json_file, "xlsx": xlsx_file, "html": html_file}
"""Format -> renderer."""
