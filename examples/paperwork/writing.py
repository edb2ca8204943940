"""Writing files that come out byte for byte the same: JSON, XLSX, CSV in the code page of a Windows GMAO."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

CREATED = datetime(2026, 8, 14, 8, 0, 0)  # noqa: DTZ001 - XlsxWriter wants it without zone
"""Creation date that every workbook bears."""


def save(path: Path, content: bytes) -> None:
    """Write bytes, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def save_json(path: Path, value: Any) -> None:
    """JSON in UTF-8, indented by one, in the order of `value`."""
    save(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def save_gzip(path: Path, content: bytes) -> None:
    """Gzip without name and date in its header."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as packed:
        packed.write(content)
    save(path, buffer.getvalue())


def save_csv(path: Path, rows: Iterable[Sequence[str]], separator: str = ";", encoding: str = "cp1252") -> None:
    """CSV as a Windows program exports it: CR LF, quotes only where needed."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(rows)
    save(path, buffer.getvalue().encode(encoding))


def workbook_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]], author: str = "") -> bytes:
    """XLSX of named sheets; `date` cells become Excel dates, None stays empty."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED, "author": author})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(i, j, datetime(value.year, value.month, value.day), dates)  # noqa: DTZ001
                elif isinstance(value, (int, float)):
                    sheet.write_number(i, j, value)
                elif value:
                    sheet.write_string(i, j, value)
    book.close()
    return buffer.getvalue()


def save_workbook(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]], author: str = "") -> None:
    """`workbook_bytes` into a file."""
    save(path, workbook_bytes(sheets, author))
