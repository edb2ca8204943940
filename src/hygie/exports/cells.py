"""Cells of tables that leave: as text, harmless in a spreadsheet; and the CSV made of them.

Source: RFC 4180; OWASP, CSV Injection.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

_DANGEROUS = frozenset("=+-@\t\r\n")
"""First characters that make a spreadsheet read a cell as a formula."""


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""Controls, marks that turn or hide text, and halves of characters (Unicode categories Cc, Cf, Cs)."""


def visible(text: str) -> str:
    """The text with a visible sign in place of what would hide, turn or break it."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


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
    return "'" + cell if cell[:1] in _DANGEROUS and not _number(cell) else cell


def comma_separated(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV (comma, CR LF) with harmless cells."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(cell if cell.__class__ is str else shown(cell)) for cell in row])
    return text.getvalue()


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.strip() == cell
