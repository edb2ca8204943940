"""What readers of tables share: places of cells, data rows, cells that cannot be read, secrets."""

import hashlib
from collections import Counter, abc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from hygie.facts.headings import DOUBLES
from hygie.model.evidence import Evidence, Refusal, Speaker, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields, standing
from hygie.sources.opening.refusals import shown
from hygie.sources.opening.secrets import Secret, find, may_hold
from hygie.sources.opening.text import Changed, below
from hygie.sources.table.columns import Headings, Mapping, assumed, letters, mapping

_OVERRUN = "refusal.row_over"
_MORE = {
    "refusal.cell": "refusal.cells_more",
    "refusal.left": "refusal.left_more",
    "refusal.planned": "refusal.planned_more",
    "refusal.astray": "refusal.astray_more",
    "refusal.left_title": "refusal.left_title_more",
}
"""Reason of a cell -> that of all the others like it."""
DISPOSAL_DATE = "disposal_date"
"""Field of the day on which a thing left; no trait: it tells the status."""
_LOOKED_AT = 200
"""Rows by which the usual number of cells is told."""
SHOWN = 10
"""Cells of one column that are refused one by one; the rest is told by its number."""
LONGEST = 1000
"""Characters of a cell that is read."""


class Look(NamedTuple):
    """What recognition sees of a content: its beginning."""

    sheets: list[Sheet]
    lines: list[str]
    """First lines of a text; [] for an office file."""


class Table(NamedTuple):
    """A kind of table: one row of `table.TABLES`."""

    kind: str
    version: int
    recognises: Callable[[Look], float]
    """0 (not this kind) to 1."""
    read: Callable[[Input, Given], Iterator[Any]]
    snapshot: bool
    speaker: Speaker = Speaker.HOSPITAL
    series: Callable[[Input], str] = lambda _: ""
    dated: Callable[[Input], str] = lambda _: ""
    bulk: Callable[[Input, Given], Iterator[Any]] | None = None
    """See `model.seams.Reader`."""
    columns: Callable[[Sheet, abc.Mapping[str, str] | None], Mapping | None] | None = None
    """How a sheet's columns are understood, with a saved mapping; None where the kind has no columns of this sort."""
    fields: frozenset[str] = frozenset()
    """What a person may say that a column means."""


def place(sheet: Sheet, row: int, column: int) -> str:
    """Cell reference of indices: "B12", or "Parc!B12" in a workbook."""
    cell = f"{letters(column)}{row + 1}"
    return f"{sheet.name}!{cell}" if sheet.name else cell


def coverage(
    sheet: Sheet, headings: Headings, *needed: tuple[str, ...], saved: abc.Mapping[str, str] | None = None
) -> float:
    """How well a sheet fits a kind: 0 without one of each of the needed fields, else 0.5 to 1 by its columns."""
    understood = mapping(sheet, headings, saved)
    if understood is None:
        return 0.0
    fields_ = understood.fields
    if any(not any(field in fields_ for field in choice) for choice in needed):
        return 0.0
    named = understood.named
    points = sum(c.likeness / 100 if c.field else 0.5 * (c.how in ("free text", "unread")) for c in named)
    return 0.5 + 0.5 * points / len(named)


def data(sheet: Sheet, header: int) -> Iterator[tuple[int, list[str]]]:
    """Rows below the header with their index; empty ones and repetitions of the header left out, and those that run
    over it (`overrun`): a cell cut in two shifts all that follow."""
    head = [cell.strip() for cell in sheet.rows[header]]
    over = _over(sheet, header)
    key = next((i for i, cell in enumerate(head) if cell), 0)
    for index, row in enumerate(below(sheet.rows, header + 1), header + 1):
        if not any(row) or not any(map(str.strip, row)) or over(row):
            continue
        if len(row) > key and row[key].strip() == head[key] and [cell.strip() for cell in row] == head:
            continue
        yield index, row


def overrun(sheet: Sheet, header: int) -> Iterator[int]:
    """Indices of a text's rows with more cells than the header and than most rows, or that say something beyond the
    header's last column: where a separator stands in a cell without quotation marks, all that follows would be read one
    column too far."""
    if sheet.separator:
        over = _over(sheet, header)
        yield from (i for i, row in enumerate(below(sheet.rows, header + 1), header + 1) if over(row))


def _over(sheet: Sheet, header: int) -> Callable[[list[str]], bool]:
    """Whether a row runs over; none does in an office file, whose cells stand where they stand."""
    if not sheet.separator:
        return lambda _: False
    width = len(sheet.rows[header])
    lengths = Counter(len(row) for row in islice(below(sheet.rows, header + 1), _LOOKED_AT) if any(row))
    usual = max([width, *(length for length, _ in lengths.most_common(1))])
    return lambda row: len(row) > width and any(row) and (len(row) > usual or any(map(str.strip, row[width:])))


def unread(sheet: Sheet, understood: Mapping) -> list[str]:
    """Headings of the columns that say something, that nobody asked to leave out, and that are not understood; of one
    without a heading, its place."""
    odd = [c for c in understood.unused if c.how in ("unknown", "unnamed", "second")]
    empty = {c.at: c.heading for c in odd if c.how != "second" or fields.fold(c.heading) not in DOUBLES}
    filled: dict[int, str] = {}
    for _, row in data(sheet, understood.header) if empty else ():
        for at in [at for at in empty if at < len(row) and row[at].strip()]:
            filled[at] = empty.pop(at)
        if not empty:
            break
    return [filled[at] for at in sorted(filled)]


def columned(kind: Headings) -> Callable[[Sheet, abc.Mapping[str, str] | None], Mapping | None]:
    """How a sheet's columns are understood by the headings of one kind."""

    def understand(sheet: Sheet, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
        return mapping(sheet, kind, saved)

    return understand


def is_table(sheet: Sheet) -> bool:
    """That a sheet holds more than one column of text: what is not read of it has to be told."""
    wide = (row for row in sheet.rows if sum(bool(cell.strip()) for cell in row) > 1)
    return len(list(islice(wide, 2))) > 1


class Doubts:
    """Cells that could not be read: the first of each column one by one, then their number. Their text goes nowhere."""

    def __init__(self, source: Input, given: Given) -> None:
        self._source = source
        self._given = given
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._kept: list[Refusal] = []
        self._last: dict[tuple[str, str, str], str] = {}
        self._left: dict[str, str] = {}

    def columns(self, sheet: Sheet, understood: Mapping) -> None:
        """Columns of a table that say something and are not read, and those that are assumed; told once a sheet."""
        taken = assumed(understood)
        if taken:
            self._kept.append(self._told(place(sheet, understood.header, 0), "refusal.assumed", *taken))
        names = unread(sheet, understood)
        if names:
            self._left[place(sheet, understood.header, 0)] = ", ".join(map(shown, names))
        self.overrun(sheet, understood.header)

    def overrun(self, sheet: Sheet, header: int) -> None:
        """Rows that run over the header and are not read for that; told once a sheet."""
        for row in overrun(sheet, header):
            self.line(place(sheet, row, 0), _OVERRUN)

    def add(self, where: str, heading: str, expected: str, reason: str = "refusal.cell", *more: str) -> None:
        """One cell at a place; `expected`: what it should have held (see `refusal.cell`); `more`: arguments of the
        reason."""
        self._counts[heading, expected, reason] += 1
        self._last[heading, expected, reason] = where
        if self._counts[heading, expected, reason] <= SHOWN:
            self._kept.append(self._told(where, reason, f"column={heading}", f"expected={expected}", *more))

    def line(self, where: str, why: str = "refusal.row") -> None:
        """One row or line that says nothing that could be used, or that is not read for another reason."""
        self._counts["", "", why] += 1
        self._last["", "", why] = where
        if self._counts["", "", why] <= SHOWN:
            self._kept.append(self._told(where, why))

    def refusals(self) -> Iterator[Refusal]:
        """What was refused."""
        for where, names in self._left.items():
            yield self._told(where, "refusal.columns_other", f"columns={names}")
        yield from self._kept
        for (heading, expected, reason), count in self._counts.items():
            if count > SHOWN:
                where = self._last[heading, expected, reason]
                more = f"count={count - SHOWN}"
                if heading:
                    yield self._told(where, _MORE[reason], f"column={heading}", f"expected={expected}", more)
                else:
                    yield self._told(where, "refusal.rows_more", more)

    def _told(self, where: str, reason: str, *args: str) -> Refusal:
        return Refusal(self._given.reading, self._source.name, where, reason, args)


def secrets(sheet: Sheet) -> Iterator[tuple[int, int, Secret]]:
    """Cells that hold a secret, with row and column; every cell is looked at, read or not."""
    for index, row in enumerate(sheet.rows):
        if may_hold("\x1f".join(row)):
            for column, cell in enumerate(row):
                pattern = find(cell)
                if pattern:
                    yield index, column, Secret(place(sheet, index, column), pattern)


def without_secrets(sheet: Sheet, first: int = 0) -> tuple[Sheet, list[Secret]]:
    """The sheet with the cells that hold a secret emptied, and what was found; cells before column `first` stay."""
    found = [one for one in secrets(sheet) if one[1] >= first]
    if not found:
        return sheet, []
    rows: dict[int, list[str]] = {}
    for row, column, _ in found:
        cells = rows.get(row, sheet.rows[row])
        rows[row] = [*cells[:column], "", *cells[column + 1 :]]
    cleared = Changed(sheet.rows, rows)
    return Sheet(sheet.name, cleared, sheet.separator, sheet.encoding), [secret for _, _, secret in found]


def secret_lines(lines: list[str]) -> Iterator[Secret]:
    """Lines of a text that hold a secret."""
    for number, line in enumerate(lines, 1):
        pattern = find(line)
        if pattern:
            yield Secret(f"line {number}", pattern)


_FORM_OF: dict[str, Callable[[str], str | None]] = {"mac": fields.mac, "ip": fields.ip}


class Cells:
    """Cells of one row by field, and evidence made of them."""

    def __init__(self, source: Input, given: Given, sheet: Sheet, understood: Mapping, doubts: Doubts) -> None:
        self._source = source
        self._given = given
        self._sheet = sheet
        self._at = {field: columns[0] for field, columns in understood.fields.items()}
        self._headings = {column.at: column.heading for column in understood.columns}
        self._doubts = doubts
        self._header = understood.header
        doubts.columns(sheet, understood)
        self.sheet_name = sheet.name
        self.row = 0
        self.texts: list[str] = []

    def rows(self, header: int = -1) -> Iterator[int]:
        """Goes through the rows below the header (where it was found, unless told); gives their index."""
        for index, texts in data(self._sheet, self._header if header < 0 else header):
            self.row, self.texts = index, texts
            yield index

    def pairs(self, one: str, other: str) -> Iterator[tuple[str, str]]:
        """Goes through the rows; gives the addresses (MAC or IP) of two columns, and tells a row that lacks one."""
        for _ in self.rows():
            first, second = self.one(one, _FORM_OF[one]), self.one(other, _FORM_OF[other])
            if first and second:
                yield first, second
            else:
                self._doubts.line(self.place(other))

    def text(self, field: str) -> str:
        """Text of a field's cell; "" where the column is missing or says nothing."""
        text = self.written(field)
        return "" if fields.is_blank(text) else text

    def written(self, field: str) -> str:
        """What stands in a field's cell, also where it says nothing ("unknown", a dash)."""
        at = self._at.get(field, -1)
        return fields.clean(self.texts[at]) if 0 <= at < len(self.texts) else ""

    def has(self, field: str) -> bool:
        """Whether a column fills a field."""
        return field in self._at

    def place(self, field: str) -> str:
        """Reference of a field's cell; of the row's first cell where there is no such column."""
        return place(self._sheet, self.row, self._at.get(field, 0))

    def one(self, field: str, form: Callable[[str], str | None], expected: str = "") -> str:
        """Normal form of a field's cell; "" for a blank, and for what is not of the kind: that is a doubt."""
        text = self.text(field)
        value = form(text) if text else ""
        if value is None:
            self.refuse(field, expected or field)
        return value or ""

    def headed(self, heading: str) -> bool:
        """That a column bears this heading."""
        return heading in self._headings.values()

    def refuse(self, field: str, expected: str) -> None:
        """A doubt about a field's cell."""
        self._doubts.add(self.place(field), self._headings.get(self._at.get(field, -1), field), expected)

    def say(self, subject: str, field: Trait, value: str, column: str = "", **more: Any) -> Iterator[Evidence]:
        """Evidence of a field with its value, if there is any; `column`: field of the cell where it stands."""
        if value:
            raw = self.text(column or field) or value
            yield Evidence(self._given.reading, subject, field, value, raw, self.place(column or field), **more)


def not_read(source: Input, given: Given, sheets: Iterable[Sheet]) -> Iterator[Refusal]:
    """Of tables whose columns are not those of the kind that they are taken for: that they are not read."""
    for sheet in sheets:
        if is_table(sheet):
            yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))


def tables(source: Input, given: Given, headings: Headings, doubts: Doubts) -> Iterator[Secret | Refusal | Cells]:
    """Of each sheet what it holds of secrets, then its cells without them, where its columns are understood; a Refusal
    where those of none are."""
    left = []
    sheets = source.sheets()
    for sheet in sheets:
        sheet, found = without_secrets(sheet)
        yield from found
        understood = mapping(sheet, headings, given.mapping)
        if understood is None:
            left.append(sheet)
        else:
            yield Cells(source, given, sheet, understood, doubts)
    if len(left) == len(sheets):
        yield from not_read(source, given, left)


def _text(text: str) -> str | None:
    return fields.clean(text) if len(text) <= LONGEST else None


_FORMS: dict[str, Callable[[str], str | None]] = {
    Trait.INVENTORY: fields.inventory,
    Trait.SYSTEM: fields.inventory,
    Trait.SERIAL: fields.serial,
    Trait.HOST_NAME: fields.host_name,
    Trait.AE_TITLE: fields.ae_title,
    Trait.VLAN: fields.vlan,
    Trait.CIDR: fields.cidr,
    Trait.GATEWAY: fields.ip,
    Trait.PURCHASE_COST: fields.decimal,
    Trait.STATUS: standing.status,
    Trait.CE_CLASS: fields.ce_class,
    Trait.CONNECTABLE: fields.yes_no,
}
_MANY: dict[str, Callable[[str], list[str] | None]] = {Trait.MAC: fields.macs, Trait.IP: fields.ips}
DATES = frozenset(
    (
        Trait.COMMISSIONED.value, Trait.WARRANTY_END.value, Trait.SUPPORT_END.value, Trait.LAST_MAINTENANCE.value,
        Trait.NEXT_MAINTENANCE.value, DISPOSAL_DATE,
    )
)  # fmt: skip
_NOT_FIXED = frozenset("dhcp dynamique auto automatique dynamic wifi filaire fixe reserve".split())
"""Words in an address column that say how, not which."""


def normal(field: Trait, text: str, order: str = "dmy") -> list[str] | None:
    """Normal forms of a cell; [] where it names nothing ("0000" as a serial, "DHCP" as an address); None unreadable."""
    if len(text) > LONGEST:
        return None
    if field in _MANY:
        return [] if fields.fold(text) in _NOT_FIXED else _MANY[field](text)
    if field in DATES:
        value = fields.date(text, order)
    elif field in (Trait.INVENTORY, Trait.SYSTEM, Trait.SERIAL):
        found = _FORMS[field](text)
        return [found] if found else []
    else:
        value = _FORMS.get(field, _text)(text)
    return None if value is None else [value] if value else []


def layout(source: Input, *kinds: Headings) -> str:
    """Fingerprint of a file's headings, as the first of `kinds` finds them: another layout is another source."""
    for sheet in source.sheets():
        for headings in kinds:
            understood = mapping(sheet, headings)
            if understood is not None:
                said = "\x1f".join(fields.fold(column.heading) for column in understood.named)
                return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
    return ""
