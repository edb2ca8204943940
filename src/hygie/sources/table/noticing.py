"""What is told once of a list of devices: columns that are not read, that are assumed or missing, dates whose order
nothing tells, numbers that repeat, lines that say too little.

What comes in: a table, how its columns are understood, and how many of its lines say what. What goes out: refusals,
each with the command or the correction that mends it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hygie.facts import headings
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.opening.refusals import shown
from hygie.sources.table.columns import Mapping, assumed
from hygie.sources.table.rows import data, place, unread
from hygie.sources.table.sections import says_sum

_ESSENTIAL = (
    frozenset((Trait.MANUFACTURER.value,)),
    frozenset((Trait.PRODUCT.value, Trait.MODEL_NUMBER.value, Trait.COMMERCIAL_NAME.value, Trait.UDI_DI.value)),
    frozenset((Trait.INVENTORY.value, Trait.SERIAL.value, Trait.MAC.value)),
)
"""Without one of each a device cannot be matched, or not be told from another."""
_ASKED = (Trait.MANUFACTURER.value, Trait.PRODUCT.value, Trait.INVENTORY.value)
"""What is asked for where one is missing."""
_BOUGHT = frozenset(headings.BOUGHT)
_FEWEST = 5
"""Lines from which on it is told that most of them say too little."""


class Table(NamedTuple):
    """A table at hand."""

    source: Input
    given: Given
    sheet: Sheet
    understood: Mapping

    def tell(self, column: int, reason: str, *args: str, row: int = -1) -> Refusal:
        """A refusal at a cell of the header, or of another row."""
        where = place(self.sheet, self.understood.header if row < 0 else row, column)
        return Refusal(self.given.reading, self.source.name, where, reason, args)


def told(one: Table, series: str) -> Iterator[Refusal]:
    """What is told of a table's columns. `series`: name of its source, for the commands."""
    names = unread(one.sheet, one.understood)
    if names:
        yield one.tell(0, "refusal.columns", f"columns={', '.join(map(shown, names))}")
    taken = assumed(one.understood)
    if taken:
        yield one.tell(0, "refusal.assumed", *taken)
    yield from _missing(one)
    yield from _unnumbered(one, series)
    yield from _bought(one)


def unseen(source: Input, given: Given, sheet: Sheet) -> Iterator[Refusal]:
    """Sheets and rows that whoever opens the workbook does not see; they are read like the others."""
    if sheet.hidden:
        yield Refusal(given.reading, source.name, sheet.name, "refusal.hidden_sheet", (f"sheet={sheet.name}",))
    if sheet.unseen:
        yield Refusal(given.reading, source.name, "", "refusal.hidden_rows", (f"count={sheet.unseen}",))


def orders(tables: Iterable[tuple[Table, dict[int, str]]]) -> Iterator[Refusal]:
    """Told once a file: the columns of dates that may be read two ways, each with the order that is taken."""
    found: dict[str, None] = {}
    first: tuple[Table, int, str] | None = None
    for one, open_ in tables:
        for at, order in open_.items():
            found.update({shown(c.heading): None for c in one.understood.columns if c.at == at})
            first = first or (one, at, order)
    if first is not None:
        yield first[0].tell(first[1], f"refusal.order_{first[2]}", f"columns={', '.join(found)}")


def _missing(one: Table) -> Iterator[Refusal]:
    """No column gives the maker, the model, or a number."""
    known = one.understood.fields.keys()
    missing = [asked for asked, ways in zip(_ASKED, _ESSENTIAL, strict=True) if not ways & known]
    if missing:
        yield one.tell(0, "refusal.essential", f"expected={', '.join(missing)}", f"example={missing[0]}")


def _unnumbered(one: Table, series: str) -> Iterator[Refusal]:
    """No column gives the inventory number, and one whose heading says too little may."""
    if Trait.INVENTORY.value in one.understood.fields:
        return
    for column in one.understood.unused:
        asked = column.how != "ignored" and fields.fold(column.heading) in headings.NUMBERS
        if asked and _tells_apart(
            row[column.at] for _, row in data(one.sheet, one.understood.header) if column.at < len(row)
        ):
            yield one.tell(column.at, "refusal.number", f"heading={shown(column.heading)}", f"source={series}")
            return


def _tells_apart(texts: Iterable[str]) -> bool:
    """Whether the cells of a column differ nearly all, and do not count lines from 0 or 1."""
    said = [text for text in texts if not fields.is_blank(text) and not says_sum(text)]
    if len(set(said)) * 20 < len(said) * 19 or len(said) < 2:
        return False
    return any(text not in (str(i), str(i + 1)) for i, text in enumerate(said))


def _bought(one: Table) -> Iterator[Refusal]:
    """No column gives the day of first service, and one gives that of a purchase or a delivery."""
    if Trait.COMMISSIONED.value in one.understood.fields:
        return
    for column in one.understood.columns:
        if column.how == "unread" and fields.fold(column.heading) in _BOUGHT and _filled(one, column.at):
            yield one.tell(column.at, "refusal.bought", f"heading={shown(column.heading)}")
            return


def _filled(one: Table, at: int) -> bool:
    """That a column says something."""
    return any(at < len(row) and row[at].strip() for _, row in data(one.sheet, one.understood.header))


def cut(one: Table) -> Iterator[Refusal]:
    """A text's last line alone ends before its last columns, as that of a file cut short does."""
    sheet, header = one.sheet, one.understood.header
    width, last = len(sheet.rows[header]), len(sheet.rows) - 1
    if sheet.separator and last > header and len(sheet.rows[last]) < width:
        short = (row for row, texts in data(sheet, header) if len(texts) < width)
        if next(short, -1) == last:
            yield one.tell(0, "refusal.cut", row=last)


_GROUPS = (*zip(_ASKED, _ESSENTIAL, strict=True), (Trait.DESIGNATION.value, frozenset((Trait.DESIGNATION.value,))))
"""What a list has to tell, and the fields that give it."""


def essential(field: str) -> int:
    """Which of `_GROUPS` a field gives, as a bit; 0 none."""
    return sum(1 << at for at, (_, ways) in enumerate(_GROUPS) if field in ways)


class Count:
    """How many lines of a list say what."""

    def __init__(self) -> None:
        self._lines: Counter[int] = Counter()
        """Lines by what they give, as bits (`essential`)."""
        self._repeated = 0
        """Lines whose inventory number stands on others too."""

    def line(self, filled: int, repeats: bool) -> None:
        """One line: what it gives, and whether its number stands on others."""
        self._lines[filled] += 1
        self._repeated += repeats

    @property
    def none(self) -> bool:
        """That no line named a device."""
        return not self._lines

    def told(self, one: Table) -> Iterator[Refusal]:
        """That most lines lack what a column is there for, or share their number."""
        known, total = one.understood.fields.keys(), sum(self._lines.values())
        if total < _FEWEST:
            return
        for at, (what, ways) in enumerate(_GROUPS):
            said = sum(count for filled, count in self._lines.items() if filled >> at & 1)
            if ways & known and said * 2 < total:
                yield one.tell(0, "refusal.poor", f"expected={what}", f"count={said}", f"total={total}")
        if self._repeated * 2 > total:
            at = one.understood.fields.get(Trait.INVENTORY.value, [0])[0]
            heading = next((c.heading for c in one.understood.columns if c.at == at), "")
            args = (f"count={self._repeated}", f"total={total}", f"heading={shown(heading)}")
            yield one.tell(at, "refusal.repeats", *args)
