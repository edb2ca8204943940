"""Cells of tables that leave: as text, harmless in a spreadsheet; and the CSV made of them.

Source: RFC 4180; OWASP, CSV Injection.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet read a cell as a formula."""


def shown(cell: Any) -> str:
    """A value as text: several parted by spaces, nothing for None."""
    if isinstance(cell, tuple | list):
        return " ".join(map(str, cell))
    return "" if cell is None else str(cell)


def day(microseconds: int) -> str:
    """UTC day and minute of microseconds since 1970."""
    return datetime.fromtimestamp(microseconds / 1e6, UTC).strftime("%Y-%m-%d %H:%M") if microseconds else ""


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet runs: a quote before what would be a formula; numbers stay."""
    return "'" + cell if cell.startswith(_DANGEROUS) and not _number(cell) else cell


def comma_separated(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV (comma, CR LF) with harmless cells."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(shown(cell)) for cell in row])
    return text.getvalue()


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.strip() == cell
