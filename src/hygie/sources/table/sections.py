"""Several tables in one sheet: where a new header begins, titles between the lines, lines that sum up.

What comes in: a sheet with the header of its first table. What goes out: each table with its own header, as a sheet
whose other rows are empty, so that places stay those of the sheet; one whose header is not understood is given as such.
A title is a text that stands alone on its row and is worded; it holds for the lines below it, until the next title or
the next sum.
"""

import re
from collections import abc
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from hygie.model.seams import Sheet
from hygie.names import fields
from hygie.sources.opening.text import Part, below
from hygie.sources.table.columns import SURE, Headings, Mapping, guess, headed

_FEWEST = 3
"""Headings that a row within a list holds to be a header; 2 below an empty row or a title."""
_SUMS = frozenset(
    "total totaux sous nombre nb page fin sum count end subtotal grand somme summe gesamt zwischensumme anzahl".split()
)
"""First words of a line that sums up the list or ends it; no number of a thing begins with one and a space."""
_TOTAL = re.compile(
    r"(?:total|totaux|sous total|sous totaux|subtotal|sub total|grand total|general total|summe|zwischensumme|gesamt)"
    r"(?: (?:general|partiel|global))?"
)
MOST = 50
"""Tables of one sheet; what follows the last of them is refused."""
FEW = 3
"""Cells that a title, or a line which sums up, fills at most."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?<=[a-zé]\s)(?:(?:en|de|in)\s)?20\d\d\b")
"""A year behind a word that is no letters of a number: "Réformés 2025"."""


class Title(NamedTuple):
    """A text alone on its row, above lines."""

    text: str
    row: int
    column: int


class Section(NamedTuple):
    """One table of a sheet."""

    sheet: Sheet
    """The sheet, empty but for this table."""
    header: int
    understood: Mapping | None
    """None: its headings do not make a list of devices."""
    title: Title | None = None
    """What stands right above its header."""


def sections(
    sheet: Sheet, first: Mapping, kind: Headings, understand: Callable[[Sheet, Mapping], Mapping | None],
    saved: abc.Mapping[str, str] | None = None,
) -> Iterator[Section]:  # fmt: skip
    """The tables of a sheet, in their order. `understand`: settles what a header's columns hold, None where they make
    no list."""
    begins = [first.header, *islice(_headers(sheet, first.header, kind), MOST)]
    last = begins[MOST] if len(begins) > MOST else -1
    for begin, end in zip(begins, [*begins[1:], len(sheet.rows)], strict=True):
        if len(begins) == 1:
            yield Section(sheet, begin, first, title_above(sheet, begin))
            return
        part = Sheet(sheet.name, Part(sheet.rows, begin, end), sheet.separator, sheet.encoding)
        if begin == first.header:
            found: Mapping | None = first
        else:
            found = understand(part, headed(part, begin, kind, saved)) if begin != last else None
        yield Section(part, begin, found, title_above(sheet, begin))


def _headers(sheet: Sheet, header: int, kind: Headings) -> Iterator[int]:
    """Rows below the first header that are headers of another layout."""
    head = [cell.strip() for cell in sheet.rows[header]]
    parted = False
    for index, row in enumerate(below(sheet.rows, header + 1), header + 1):
        filled = len(row) - row.count("")
        if filled < 2:
            parted = True
            continue
        first = row[0] or next((cell for cell in row if cell), "")
        if _known(first, kind) and _is_header(row, kind, parted):
            again = [cell.strip() for cell in row]
            if again != head:
                yield index
            head = again
        parted = False


def _is_header(row: list[str], kind: Headings, parted: bool) -> bool:
    """That most of a row's cells are headings; `parted`: below an empty row or a title, where half of them do."""
    cells = [cell for cell in row if cell.strip()]
    known = sum(_known(cell, kind) for cell in cells)
    if parted:
        return known >= 2 and known * 2 >= len(cells)
    return known >= _FEWEST and known * 3 >= len(cells) * 2


def _known(cell: str, kind: Headings) -> bool:
    """That a cell is a heading: the words of one, and no number among them."""
    if _DIGIT.search(cell) or len(cell) < 2 or len(cell) > 60:
        return False
    folded = fields.fold(cell)
    return len(folded) > 1 and guess(cell, kind)[1] >= SURE


def lone(row: list[str]) -> int:
    """Index of the only cell of a row that says something; -1 where none or several do."""
    if len(row) - row.count("") > 1 and sum(bool(cell.strip()) for cell in row) != 1:
        return -1
    return next((at for at, cell in enumerate(row) if cell.strip()), -1)


def title_of(row: list[str], index: int) -> Title | None:
    """The title that a row is: worded, and alone; None for an inventory number or an address that stands alone."""
    at = lone(row)
    text = fields.clean(row[at]) if at >= 0 else ""
    timeless = _YEAR.sub("", text)
    worded = len(_WORD.findall(text)) > 1 or (len(timeless) > 2 and not any(letter.isdigit() for letter in timeless))
    return Title(text, index, at) if worded and fields.mac(text) is None else None


def title_above(sheet: Sheet, header: int) -> Title | None:
    """The title on the row above a header, or above the empty row there."""
    for index in range(header - 1, max(header - 3, -1), -1):
        row = sheet.rows[index]
        if any(cell.strip() for cell in row):
            return title_of(row, index)
    return None


def sums_up(row: list[str]) -> bool:
    """ "Total : 412 équipements", "Sous-total Cardio;2", "Nombre de lignes : 12", "Page 3" at a line's beginning."""
    if len(row) - row.count("") > FEW:
        return False
    text = next((cell for cell in row if cell.strip()), "")
    return says_sum(text) and sum(bool(cell.strip()) for cell in row) <= FEW


def says_sum(text: str) -> bool:
    """That a text sums up a list: a word for it alone, or before others."""
    if " " not in text and _DIGIT.search(text):
        return False
    folded = fields.fold(text)
    if _TOTAL.fullmatch(folded):
        return True
    first = folded.partition(" ")[0]
    return first in _SUMS and (len(text.split()) > 1 or folded.startswith("sous tota"))
