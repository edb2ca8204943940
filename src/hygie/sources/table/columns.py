"""Which column of a table means what: the header is found wherever it stands, also in two lines; `guessing` tells what
a heading means.

What is assumed has to bear its cells out: a column whose cells are of another sort is not used. A saved mapping
overrides all of it, but for where the header stands. Headings of free text are not read unless the saved mapping asks.
"""

import re
from collections import abc
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from hygie.model.seams import Sheet
from hygie.names.fields import clean, fold, is_blank
from hygie.sources.opening.refusals import shown
from hygie.sources.opening.text import below
from hygie.sources.table.guessing import ASSUMED, SURE, Headings, guess, score

__all__ = ["SURE", "Column", "Headings", "Mapping", "assumed", "find_header", "guess", "headed", "letters", "mapping"]

_LOOKED_AT = 60
"""Rows among which the header is sought."""
_LAST = 1_000_000
"""Added to the rank of a column that says nothing."""
_SEEN = 200
"""Rows whose cells bear out what a column was assumed to hold."""
_FIGURE = re.compile(r"\d")
_LABELS = frozenset("nom name libelle intitule designation texte valeur denomination raison sociale".split())
"""Lower lines of a heading that leave its meaning to the upper one."""
_IGNORE = "-"
"""What a saved mapping says of a column that is not to be read."""


class Column(NamedTuple):
    """How one column is understood."""

    at: int
    """Index in the row."""
    heading: str
    field: str
    """Trait or field that it fills; "" not read."""
    likeness: float
    """0 to 100; 100 for a known heading or a saved mapping."""
    how: str
    """known, assumed, saved, ignored (by the saved mapping), free text, unread (known, not read), second (another
    column fills the field), unknown, unnamed (no heading: the place of its heading stands for it)."""


class Mapping(NamedTuple):
    """How a table is understood."""

    header: int
    """Index of the header's row."""
    columns: tuple[Column, ...]
    sample: tuple[tuple[str, ...], ...]
    """First rows below the header, cells of the columns in their order; "" for those not read."""

    @property
    def fields(self) -> dict[str, list[int]]:
        """Field -> indices of its columns."""
        found: dict[str, list[int]] = {}
        for column in self.columns:
            if column.field:
                found.setdefault(column.field, []).append(column.at)
        return found

    @property
    def named(self) -> tuple[Column, ...]:
        """Columns with a heading."""
        return tuple(c for c in self.columns if c.how != "unnamed")

    @property
    def assumed(self) -> tuple[Column, ...]:
        """Columns used without being sure."""
        return tuple(c for c in self.columns if c.how == "assumed")

    @property
    def unused(self) -> tuple[Column, ...]:
        """Columns that are not read."""
        return tuple(c for c in self.columns if not c.field)


def separated(sheets: Iterable[Sheet]) -> bool:
    """That a text has separated columns."""
    return any(
        sheet.separator and sum(sum(map(bool, row)) > 1 for row in sheet.rows) > len(sheet.rows) // 2
        for sheet in sheets
    )


def find_header(sheet: Sheet, headings: Headings) -> int:
    """Index of the row that holds most headings, the first among equals; -1 where no row holds two."""
    best, found = 1.5, -1
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        if len(row) > 1:
            points = score(row, headings)
            if points > best:
                best, found = points, index
    return found


def in_two(sheet: Sheet, header: int, headings: Headings) -> int:
    """The lower line of the header, where the row below it goes on with its headings; else the row itself."""
    if header < 0 or header + 1 >= len(sheet.rows) or not _worded(sheet.rows[header + 1]):
        return header
    alone = score([clean(cell) for cell in sheet.rows[header]], headings)
    both = score(_joined(sheet.rows[header], sheet.rows[header + 1], headings), headings)
    below_ = score([clean(cell) for cell in sheet.rows[header + 1]], headings)
    return header + 1 if below_ >= 2.0 and both >= alone + 1.0 else header


def _heads(sheet: Sheet, header: int, headings: Headings) -> list[str]:
    """The headings of a row; with those of the row above it where both lines together tell more."""
    lower = [clean(cell) for cell in sheet.rows[header]]
    if header < 1 or not _worded(sheet.rows[header - 1]):
        return lower
    both = _joined(sheet.rows[header - 1], sheet.rows[header], headings)
    return both if score(both, headings) >= score(lower, headings) + 1.0 else lower


def _worded(row: list[str]) -> bool:
    """That a row may be a line of headings: two cells or more, words without a digit."""
    said = [cell for cell in row if cell.strip()]
    return len(said) > 1 and all(len(cell) <= 60 and not _FIGURE.search(cell) and fold(cell) for cell in said)


def _joined(upper: list[str], lower: list[str], headings: Headings) -> list[str]:
    """The headings of two lines: the upper one where the lower says nothing or is only "name"; else the lower, unless
    it is known only together with the upper."""
    found = []
    for at in range(max(len(upper), len(lower))):
        above, own = (clean(row[at]) if at < len(row) else "" for row in (upper, lower))
        if not own or not above:
            found.append(own or above)
        elif fold(own) in _LABELS and guess(above, headings)[0]:
            found.append(above)
        else:
            whole = guess(own, headings)[1] < SURE <= guess(f"{above} {own}", headings)[1]
            found.append(f"{above} {own}" if whole else own)
    return found


def mapping(sheet: Sheet, headings: Headings, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
    """How a sheet's columns are understood; None where no header is found. `saved`: heading -> field, "-" ignores.

    A saved mapping finds the header only where the one that is found otherwise holds none of its headings.
    """
    said = {fold(heading): field for heading, field in (saved or {}).items()}
    header = in_two(sheet, find_header(sheet, headings), headings)
    if said and (
        header < 0 or not any(c.how in ("saved", "ignored") for c in headed(sheet, header, headings, saved).columns)
    ):
        asked = _saved_header(sheet, said)
        header = asked if asked >= 0 else header
    return None if header < 0 else headed(sheet, header, headings, saved)


def headed(sheet: Sheet, header: int, headings: Headings, saved: abc.Mapping[str, str] | None = None) -> Mapping:
    """How the columns below a row that is the header, or the lower line of one, are understood."""
    said = {fold(heading): field for heading, field in (saved or {}).items()}
    filled = _filled(sheet, header)
    heads = _heads(sheet, header, headings)
    columns = [_column(i, head, headings, said) for i, head in enumerate(heads) if head]
    borne = [_borne(sheet, header, column, headings) for column, _ in columns]
    ranks = [r for _, r in columns]
    fields_ = [column.field for column in borne if column.field]
    if len(set(fields_)) < len(fields_):  # an empty column takes no field from one that says something
        ranks = [rank + (0 if column.at in filled else _LAST) for column, rank in zip(borne, ranks, strict=True)]
    bare = [_unnamed(at, header, said) for at in sorted(filled) if at >= len(heads) or not heads[at]]
    settled = _settle([*borne, *bare], [*ranks, *(_LAST for _ in bare)], headings)
    found: Mapping = headings.settle(sheet, Mapping(header, tuple(sorted(settled, key=lambda column: column.at)), ()))
    return found._replace(sample=tuple(_sample(sheet, header, found.columns)))


def _unnamed(at: int, header: int, said: abc.Mapping[str, str]) -> Column:
    """A column that says something and has no heading, named by the place where that would stand."""
    place = f"{letters(at)}{header + 1}"
    field = said.get(fold(place), "")
    return Column(
        at, place, field.removeprefix(_IGNORE), 0.0, "ignored" if field == _IGNORE else "saved" if field else "unnamed"
    )


def letters(column: int) -> str:
    """Column letters of an index: 0 -> "A", 26 -> "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _filled(sheet: Sheet, header: int) -> set[int]:
    """Columns that say something in the rows that are looked at."""
    rows = islice(below(sheet.rows, header + 1), _SEEN)
    return {at for row in rows for at, cell in enumerate(row) if cell and not is_blank(cell)}


def _borne(sheet: Sheet, header: int, column: Column, headings: Headings) -> Column:
    """The column; not used where its meaning was assumed and its cells do not bear it out."""
    if column.how != "assumed":
        return column
    rows = islice(below(sheet.rows, header + 1), _SEEN)
    texts = [row[column.at] for row in rows if column.at < len(row) and not is_blank(row[column.at])]
    return column if headings.fits(column.field, texts) else column._replace(field="", how="unknown")


def _saved_header(sheet: Sheet, said: abc.Mapping[str, str]) -> int:
    """The row with most headings of the saved mapping; -1 where none holds half of them."""
    counts = [sum(fold(cell) in said for cell in row) for row in sheet.rows[:_LOOKED_AT]]
    most = max(counts, default=0)
    return counts.index(most) if most and most * 2 >= len(said) else -1


def _column(index: int, heading: str, headings: Headings, said: abc.Mapping[str, str]) -> tuple[Column, int]:
    asked = said.get(fold(heading))
    if asked is not None:
        field, how = ("", "ignored") if asked == _IGNORE else (asked, "saved")
        return Column(index, heading, field, 100.0, how), 0
    field, likeness, rank = guess(heading, headings)
    if field in headings.free:
        return Column(index, heading, "", likeness, "free text"), rank
    if not field:
        return Column(index, heading, "", likeness, "unread" if likeness >= ASSUMED else "unknown"), rank
    return Column(index, heading, field, likeness, "known" if likeness >= SURE else "assumed"), rank


def _settle(columns: list[Column], ranks: list[int], headings: Headings) -> Iterator[Column]:
    """One column a field, but for fields of many: saved ones, then the likest, the more usual word, the first."""
    order = sorted(
        range(len(columns)),
        key=lambda i: (columns[i].how != "saved", ranks[i] >= _LAST, -columns[i].likeness, ranks[i], i),
    )
    taken: set[str] = set()
    second: set[int] = set()
    for i in order:
        column = columns[i]
        if column.field in taken and column.how != "saved" and column.field not in headings.many:
            second.add(i)
        taken.add(column.field)
    for i, column in enumerate(columns):
        yield column._replace(field="", how="second") if i in second and column.field else column


def _sample(sheet: Sheet, header: int, columns: tuple[Column, ...]) -> Iterator[tuple[str, ...]]:
    shown = 0
    for row in below(sheet.rows, header + 1):
        if any(cell.strip() for cell in row):
            yield tuple(clean(row[c.at])[:60] if c.field and c.at < len(row) else "" for c in columns)
            shown += 1
        if shown == 3:
            return


def assumed(understood: Mapping) -> tuple[str, ...]:
    """Arguments of what tells the columns that are read without being sure; () none."""
    found = understood.assumed
    if not found:
        return ()
    named = ", ".join(f"“{shown(c.heading)}” ({c.field})" for c in found)
    return f"columns={named}", f"heading={shown(found[0].heading)}"
