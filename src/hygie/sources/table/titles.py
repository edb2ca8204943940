"""The day of a list, from a title above its header or from a sheet of notes: "export du 14/08/2026"."""

import re
from collections.abc import Iterable, Iterator

from hygie.model.seams import Sheet
from hygie.names import fields
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.rows import is_table

_DATED = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}|\d{1,2}(?:er)?\s+[^\W\d_]{3,9}\.?\s+\d{4}",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"export|extrac|edit|imprim|inventaire|date|jour|\bau\b|situation|gener|as of|print|report|liste|etat|version|le\b"
)


def date_in(texts: Iterable[str]) -> str:
    """The first full date in a title such as "export du 14/08/2026", ISO; "" none."""
    for text in texts:
        if len(text) < 300 and _TITLE.search(fields.fold(text)):
            for match in _DATED.finditer(text):
                value = fields.date(match.group())
                if value and len(value) == 10:
                    return value
    return ""


def titles(sheets: Iterable[Sheet], headings: Headings) -> Iterator[str]:
    """Cells above the headers, then those of sheets of one column of text."""
    later: list[Sheet] = []
    for sheet in sheets:
        understood = mapping(sheet, headings)
        if understood is None or not is_table(sheet):
            later.append(sheet)
            continue
        for row in sheet.rows[: understood.header]:
            yield from (cell for cell in row if cell.strip())
    for sheet in later:
        if not is_table(sheet):
            for row in sheet.rows[:20]:
                yield from (cell for cell in row if cell.strip())
