"""A GMAO's (CMMS) export, or any list of devices with a number each -> evidence, one statement a cell.

The header stands anywhere; columns are recognised in French and English (`facts.headings`). A subject is named by its
inventory number where that stands on one line; a number on several lines (a system) is told apart by serial number or
MAC address; a line without a number is named by make and serial number, MAC address, or a hash of what it says: never
by its row, which changes from one export to the next. A cell that is not of its column's kind (a date that is none)
is refused by place; its text goes nowhere, since a wrong cell may hold anything.
"""

import hashlib
from collections import Counter, abc
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from hygie.facts import headings
from hygie.facts.functions import functions
from hygie.model.bulk import Bulk
from hygie.model.evidence import Evidence, Refusal, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.opening.refusals import shown
from hygie.sources.opening.secrets import Secret
from hygie.sources.table.answers import standing
from hygie.sources.table.columns import Column, Headings, Mapping, mapping
from hygie.sources.table.fitting import settled
from hygie.sources.table.rows import (
    Doubts,
    Look,
    Table,
    coverage,
    data,
    date_orders,
    is_table,
    letters,
    normal,
    place,
    unread,
    without_secrets,
)
from hygie.sources.table.titles import date_in, titles

HEADINGS = Headings(
    "gmao", headings.DEVICE, headings.UNREAD, frozenset((Trait.MAC, Trait.IP, Trait.HOST_NAME, Trait.AE_TITLE))
)
_NAMED = (Trait.INVENTORY.value, Trait.SERIAL.value)
_WHAT = (Trait.DESIGNATION.value, Trait.PRODUCT.value, Trait.MANUFACTURER.value, Trait.COMMERCIAL_NAME.value,
         Trait.MODEL_NUMBER.value)  # fmt: skip
_THING = (Trait.DESIGNATION.value, Trait.PRODUCT.value)
_MAKE = (Trait.MANUFACTURER.value,)
_ESSENTIAL = (
    frozenset((Trait.MANUFACTURER.value,)),
    frozenset((Trait.PRODUCT.value, Trait.MODEL_NUMBER.value, Trait.COMMERCIAL_NAME.value, Trait.UDI_DI.value)),
    frozenset((Trait.INVENTORY.value, Trait.SERIAL.value, Trait.MAC.value)),
)
"""Without one of each a device cannot be matched, or not be told from another."""
_ASKED = (Trait.MANUFACTURER.value, Trait.PRODUCT.value, Trait.INVENTORY.value)
"""What is asked for where one is missing."""
_MARKED = (Trait.DESIGNATION, Trait.MANUFACTURER, Trait.PRODUCT, Trait.MODEL_NUMBER, Trait.COMMISSIONED, Trait.WARD,
           Trait.LOCATION)  # fmt: skip
"""What tells a line without any number from another."""
_ALONE = frozenset((Trait.INVENTORY, Trait.SERIAL, Trait.MAC))
"""What makes a line of a single cell a device."""
_SUMS = frozenset("total totaux sous nombre nb page fin sum count end subtotal".split())
"""First words of a line that sums up the list or ends it; no number of a thing begins with one and a space."""
MOST = 300_000
"""Lines of one list. A large hospital owns 30,000 things; what has ten times more is a log, or a whole region's."""
_REMEMBERED = 20_000
"""Texts of one column whose normal form is remembered."""
_ASSUMED = 0.75
"""Confidence of what stands in a column whose meaning is assumed."""


MANY = 5_000
"""Cells that are given together."""

Cell = tuple[str, Trait, str, str, str, float]
"""Subject, trait, normal form, text, place and confidence of what a cell says."""


class Used(NamedTuple):
    """A column that is read."""

    at: int
    heading: str
    field: Trait
    letters: str
    """Place of its cells but for the row: "Parc!B"."""
    form: Callable[[str], list[str] | None]
    """Normal forms of a text; [] nothing said, None unreadable. Remembers what it was asked."""
    confidence: float


def understand(sheet: Sheet, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
    """How the columns of a list of devices are understood; None where no header is found."""
    found = mapping(sheet, HEADINGS, saved)
    return None if found is None else settled(sheet, found)


def recognises(look: Look) -> float:
    """A column that numbers things and one that says what they are; or, without numbers, what and of which make."""
    return max((_fits(sheet) for sheet in look.sheets), default=0.0)


def _fits(sheet: Sheet) -> float:
    """How well a sheet fits a list of devices."""
    return coverage(sheet, HEADINGS, _NAMED, _WHAT) or 0.9 * coverage(sheet, HEADINGS, _THING, _MAKE)


def numbered(look: Look) -> bool:
    """That a sheet numbers things and says what they are, line by line: such a list is of devices, whatever else it
    tells of them (their addresses, say)."""
    return any(_counted(sheet) for sheet in look.sheets)


def _counted(sheet: Sheet) -> bool:
    """That half of a sheet's lines, or more, bear an inventory or serial number and say what the thing is."""
    understood = understand(sheet) if coverage(sheet, HEADINGS, _NAMED, _WHAT) else None
    if understood is None:
        return False
    columns = understood.fields
    ways = [[at for field in choice for at in columns.get(field, ())] for choice in (_NAMED, _WHAT)]
    lines = [row for _, row in data(sheet, understood.header)]
    told = sum(all(any(at < len(row) and not fields.is_blank(row[at]) for at in way) for way in ways) for row in lines)
    return told > 0 and told * 2 >= len(lines)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of every line, `Secret` for cells that hold one, a Refusal for what could not be read."""
    for said in _said(source, given):
        yield said if isinstance(said, Refusal | Secret) else Evidence(given.reading, *said)


def bulk(source: Input, given: Given) -> Iterator[Any]:
    """The same with the evidence as columns, `MANY` cells at a time."""
    gathered: list[Cell] = []
    for said in _said(source, given):
        if isinstance(said, Refusal | Secret):
            yield said
            continue
        gathered.append(said)
        if len(gathered) >= MANY:
            yield _columns(given.reading, gathered)
            gathered = []
    if gathered:
        yield _columns(given.reading, gathered)


def _columns(reading: str, gathered: list[Cell]) -> Bulk:
    """Evidence as columns."""
    names = ("subject", "trait", "value", "raw", "place", "confidence")
    return Bulk(Evidence, reading, dict(zip(names, zip(*gathered, strict=True), strict=True)), {})


def _said(source: Input, given: Given) -> Iterator[Cell | Refusal | Secret]:
    """What the cells of all lines say, cells that hold a secret, and what could not be read."""
    doubts = Doubts(source, given)
    sheets: list[tuple[Sheet, int, list[Used]]] = []
    saved = dict(given.mapping)
    for sheet in _bounded(source):
        cleared, secrets = without_secrets(sheet)
        yield from secrets
        understood = understand(cleared, saved)
        if understood is not None and (saved or _fits(cleared)):
            sheets.append((cleared, understood.header, list(_used(cleared, understood))))
            yield from _unread(source, given, cleared, understood)
            yield from _missing(source, given, cleared, understood)
            yield from _cut(source, given, cleared, understood)
            yield from _unnumbered(source, given, cleared, understood)
        elif is_table(sheet):
            yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))
    yield from _cells(sheets, doubts)
    yield from doubts.refusals()


def _cells(sheets: list[tuple[Sheet, int, list[Used]]], doubts: Doubts) -> Iterator[Cell]:
    """What the cells of all lines say."""
    numbers = _numbers(sheets)
    taken: Counter[str] = Counter()
    for sheet, header, used in sheets:
        doubts.overrun(sheet, header)
        for row, texts in data(sheet, header):
            said = _line(row, texts, used, doubts)
            if not said:
                doubts.line(place(sheet, row, 0))
                continue
            name = _name(said, numbers)
            taken[name] += 1
            if taken[name] > 1:
                name = f"{name}#{taken[name]}"
            line = str(row + 1)
            for column, values, text in said:
                for value in values:
                    yield name, column.field, value, text, column.letters + line, column.confidence


def _bounded(source: Input) -> list[Sheet]:
    """The sheets. Raises ValueError where one is longer than any hospital's list: before anything of it is told."""
    sheets = source.sheets()
    for sheet in sheets:
        if len(sheet.rows) > MOST:
            raise ValueError("refusal.devices", f"limit={MOST}", f"place={sheet.name}")
    return sheets


def _used(sheet: Sheet, understood: Mapping) -> Iterator[Used]:
    """The columns that fill a trait."""
    orders = date_orders(sheet, understood)
    for column in understood.columns:
        if column.field not in Trait._value2member_map_:
            continue
        field, order = Trait(column.field), orders.get(column.at, "dmy")
        prefix = f"{sheet.name}!" if sheet.name else ""
        sure = _ASSUMED if column.how == "assumed" else 1.0
        yield Used(column.at, column.heading, field, prefix + letters(column.at), _remembering(column, order), sure)


def _remembering(column: Column, order: str) -> Callable[[str], list[str] | None]:
    """The normal form of a column's texts, most of which stand in it many times."""
    known: dict[str, list[str] | None] = {"": []}
    field = Trait(column.field)

    def form(text: str) -> list[str] | None:
        if text not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            if fields.is_blank(text):
                known[text] = []
            elif field is Trait.STATUS:
                known[text] = standing(column.heading, text)
            else:
                known[text] = _kind(text) if field is Trait.KIND else normal(field, text, order)
        return known[text]

    return form


def _numbers(sheets: list[tuple[Sheet, int, list[Used]]]) -> Counter[str]:
    """How many lines bear each inventory number."""
    found: Counter[str] = Counter()
    for sheet, header, used in sheets:
        for column in used:
            if column.field is Trait.INVENTORY:
                texts = (row[column.at] for _, row in data(sheet, header) if column.at < len(row))
                found.update(number for text in texts for number in column.form(text) or ())
    return found


Said = list[tuple[Used, list[str], str]]
"""Column, normal forms and text of the cells of a line that say something."""


def _line(row: int, texts: list[str], used: list[Used], doubts: Doubts) -> Said:
    """One row in normal form; [] where it says nothing of a device (a total, a note)."""
    said: Said = []
    filled = 0
    for column in used:
        at = column.at
        text = texts[at] if at < len(texts) else ""
        if not text:
            continue
        values = column.form(text)
        if column.field is Trait.INVENTORY and _sums_up(text):
            return []
        if values:
            said.append((column, values, text))
            filled += 1
        elif values is None:
            filled += 1
            doubts.add(f"{column.letters}{row + 1}", column.heading, column.field.value)
    return said if filled > 1 or any(column.field in _ALONE for column, _, _ in said) else []


def _sums_up(text: str) -> bool:
    """ "Total : 412 équipements", "Nombre de lignes : 12", "Page 3" where an inventory number should stand."""
    words = text.split()
    first = fields.fold(words[0]) if words else ""
    return first in _SUMS if len(words) > 1 else first in ("total", "totaux")


def _unread(source: Input, given: Given, sheet: Sheet, understood: Mapping) -> Iterator[Refusal]:
    """Told once: columns that say something, that nobody asked to leave out, and that are not understood."""
    names = unread(sheet, understood)
    if names:
        where = place(sheet, understood.header, 0)
        yield Refusal(
            given.reading, source.name, where, "refusal.columns", (f"columns={', '.join(map(shown, names))}",)
        )


def _missing(source: Input, given: Given, sheet: Sheet, understood: Mapping) -> Iterator[Refusal]:
    """Told once: that no column gives the maker, the model, or a number."""
    fields_ = understood.fields.keys()
    missing = [asked for asked, ways in zip(_ASKED, _ESSENTIAL, strict=True) if not ways & fields_]
    if missing:
        where = place(sheet, understood.header, 0)
        args = (f"expected={', '.join(missing)}", f"example={missing[0]}")
        yield Refusal(given.reading, source.name, where, "refusal.essential", args)


def _unnumbered(source: Input, given: Given, sheet: Sheet, understood: Mapping) -> Iterator[Refusal]:
    """Told once: no column gives the inventory number, and one whose heading says too little may."""
    if Trait.INVENTORY.value in understood.fields:
        return
    for column in understood.unused:
        asked = column.how != "ignored" and fields.fold(column.heading) in headings.NUMBERS
        if asked and _tells_apart(row[column.at] for _, row in data(sheet, understood.header) if column.at < len(row)):
            args = (f"heading={shown(column.heading)}", f"source={given.site}/{TABLE.kind}/{series(source)}")
            where = place(sheet, understood.header, column.at)
            yield Refusal(given.reading, source.name, where, "refusal.number", args)
            return


def _tells_apart(texts: Iterable[str]) -> bool:
    """Whether the cells of a column differ nearly all, and do not count lines from 0 or 1."""
    said = [text for text in texts if not fields.is_blank(text) and not _sums_up(text)]
    if len(set(said)) * 20 < len(said) * 19 or len(said) < 2:
        return False
    return any(text not in (str(i), str(i + 1)) for i, text in enumerate(said))


def _cut(source: Input, given: Given, sheet: Sheet, understood: Mapping) -> Iterator[Refusal]:
    """Told where a text's last line alone ends before its last columns, as that of a file cut short does."""
    width, last = len(sheet.rows[understood.header]), len(sheet.rows) - 1
    if sheet.separator and last > understood.header and len(sheet.rows[last]) < width:
        short = (row for row, texts in data(sheet, understood.header) if len(texts) < width)
        if next(short, -1) == last:
            yield Refusal(given.reading, source.name, place(sheet, last, 0), "refusal.cut")


def _kind(text: str) -> list[str] | None:
    """A clinical kind by its key."""
    key = text.strip().lower()
    return [key] if key in functions() else None


def _name(said: Said, numbers: Counter[str]) -> str:
    """Subject: the strongest of what names the thing within its source."""
    first = {column.field: values[0] for column, values, _ in reversed(said)}
    number, serial = first.get(Trait.INVENTORY, ""), first.get(Trait.SERIAL, "")
    if number and numbers[number] == 1:
        return f"device:inv={number}"
    if number and serial:
        return f"device:inv={number}#serial={serial}"
    if serial:
        return f"device:serial={fields.fold(first.get(Trait.MANUFACTURER, ''))}|{serial}"
    mac = first.get(Trait.MAC, "")
    own = f"mac={mac}" if mac else f"line={_digest(first)}"
    return f"device:inv={number}#{own}" if number else f"device:{own}"


def _digest(first: dict[Trait, str]) -> str:
    """Eight hexadecimal digits of what the line says."""
    said = "\x1f".join(fields.fold(first.get(trait, "")) for trait in _MARKED)
    return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()


def series(source: Input) -> str:
    """Fingerprint of the header: another layout is another source. Raises ValueError beyond `MOST` lines."""
    for sheet in _bounded(source):
        if _fits(sheet):
            understood = mapping(sheet, HEADINGS)
            if understood is not None:
                said = "\x1f".join(fields.fold(c.heading) for c in understood.columns)
                return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
    return ""


def dated(source: Input) -> str:
    """Date of the export, from a title above the header or from a sheet of notes."""
    return date_in(titles(source.sheets(), HEADINGS))


TABLE = Table("gmao", 2, recognises, read, snapshot=True, series=series, dated=dated, bulk=bulk, columns=understand,
              fields=frozenset(trait.value for trait in Trait))  # fmt: skip
