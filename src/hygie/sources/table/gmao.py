"""A GMAO's (CMMS) export, or any list of devices with a number each -> evidence, one statement a cell.

The header stands anywhere; columns are recognised in French and English (`facts.headings`). A subject is named by its
inventory number where that stands on one line; a number on several lines (a system) is told apart by serial number or
MAC address; a line without a number is named by make and serial number, MAC address, or a hash of what it says: never
by its row, which changes from one export to the next. A cell that is not of its column's kind (a date that is none)
is refused by place; its text goes nowhere, since a wrong cell may hold anything.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from hygie.facts import headings
from hygie.facts.functions import functions
from hygie.model.evidence import Evidence, Refusal, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.table.columns import Column, Headings, Mapping, mapping
from hygie.sources.table.rows import (
    DATES,
    Doubts,
    Look,
    Table,
    coverage,
    data,
    date_in,
    is_table,
    normal,
    place,
    titles,
    without_secrets,
)

HEADINGS = Headings(
    "gmao", headings.DEVICE, headings.UNREAD, frozenset((Trait.MAC, Trait.IP, Trait.HOST_NAME, Trait.AE_TITLE))
)
_NAMED = (Trait.INVENTORY.value, Trait.SERIAL.value)
_WHAT = (Trait.DESIGNATION.value, Trait.PRODUCT.value, Trait.MANUFACTURER.value, Trait.COMMERCIAL_NAME.value)
_CODE_WORDS = frozenset(("uf", "unite fonctionnelle", "uf affectation"))
"""Headings under which stands the name or the number of a care unit."""
_NAME_WORDS = ("service", "libelle", "ward", "department", "nom")
_MARKED = (Trait.DESIGNATION, Trait.MANUFACTURER, Trait.PRODUCT, Trait.MODEL_NUMBER, Trait.COMMISSIONED, Trait.WARD,
           Trait.LOCATION)  # fmt: skip
"""What tells a line without any number from another."""
_ASSUMED = 0.75
"""Confidence of what stands in a column whose meaning is assumed."""


class Cell(NamedTuple):
    """What one cell says."""

    field: Trait
    values: tuple[str, ...]
    raw: str
    at: int
    """Column."""
    confidence: float


class Line(NamedTuple):
    """One row of a list of devices."""

    sheet: Sheet
    row: int
    cells: tuple[Cell, ...]

    def value(self, field: Trait) -> str:
        """First value of a field; "" none."""
        return next((cell.values[0] for cell in self.cells if cell.field is field), "")


def understand(sheet: Sheet, saved: dict[str, str] | None = None) -> Mapping | None:
    """How the columns of a list of devices are understood; None where no header is found."""
    found = mapping(sheet, HEADINGS, saved)
    return None if found is None else found._replace(columns=_part_wards(found))


def _part_wards(found: Mapping) -> tuple[Column, ...]:
    """ "UF" beside "Service" is the unit's number."""
    wards = [c for c in found.columns if c.field == Trait.WARD]
    spare = [c for c in found.columns if c.how == "second" and fields.fold(c.heading) in _CODE_WORDS]
    coded = any(c.field == Trait.WARD_CODE for c in found.columns)
    if not wards or coded:
        return found.columns
    swap: dict[Column, Column] = {}
    if fields.fold(wards[0].heading) in _CODE_WORDS:
        named = [c for c in found.columns if c.how == "second" and fields.fold(c.heading).startswith(_NAME_WORDS)]
        if named:
            swap = {wards[0]: wards[0]._replace(field=Trait.WARD_CODE.value)}
            swap[named[0]] = named[0]._replace(field=Trait.WARD.value, how="known")
    elif spare:
        swap = {spare[0]: spare[0]._replace(field=Trait.WARD_CODE.value, how="known")}
    return tuple(swap.get(c, c) for c in found.columns)


def recognises(look: Look) -> float:
    """A column that numbers things and one that says what they are."""
    return max((coverage(sheet, HEADINGS, _NAMED, _WHAT) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of every line, `Secret` for cells that hold one, a Refusal for what could not be read."""
    doubts = Doubts(source, given)
    lines: list[Line] = []
    saved = dict(given.mapping)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        understood = understand(sheet, saved)
        if understood is None or not (saved or coverage(sheet, HEADINGS, _NAMED, _WHAT)):
            if is_table(sheet):
                yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))
            continue
        lines.extend(_lines(sheet, understood, doubts))
    numbers = Counter(line.value(Trait.INVENTORY) for line in lines)
    taken: Counter[str] = Counter()
    for line in lines:
        name = _name(line, numbers)
        taken[name] += 1
        if taken[name] > 1:
            name = f"{name}#{taken[name]}"
        yield from _say(line, name, given.reading)
    yield from doubts.refusals()


def _lines(sheet: Sheet, understood: Mapping, doubts: Doubts) -> Iterator[Line]:
    """Rows in normal form. What says nothing of a device (a total, a note) is a doubt."""
    used = []
    for column in understood.columns:
        if column.field in Trait._value2member_map_:
            order = "dmy"
            if column.field in DATES:
                below = (row[column.at] for _, row in data(sheet, understood.header) if column.at < len(row))
                order = fields.date_order(below)
            form = partial(_kind) if column.field == Trait.KIND else partial(normal, Trait(column.field), order=order)
            sure = _ASSUMED if column.how == "assumed" else 1.0
            used.append((column.at, column.heading, Trait(column.field), form, sure))
    for row, texts in data(sheet, understood.header):
        cells = []
        filled = 0
        for at, heading, field, form, sure in used:
            text = texts[at] if at < len(texts) else ""
            if not text or fields.is_blank(text):
                continue
            filled += 1
            values = form(text)
            if values is None:
                doubts.add(place(sheet, row, at), heading, field.value)
            elif values:
                cells.append(Cell(field, tuple(values), text, at, sure))
        if filled > 1 or any(cell.field in (Trait.INVENTORY, Trait.SERIAL, Trait.MAC) for cell in cells):
            yield Line(sheet, row, tuple(cells))
        else:
            doubts.line(place(sheet, row, 0))


def _kind(text: str) -> list[str] | None:
    """A clinical kind by its key."""
    key = text.strip().lower()
    return [key] if key in functions() else None


def _name(line: Line, numbers: Counter[str]) -> str:
    """Subject: the strongest of what names the thing within its source."""
    number, serial, mac = (line.value(trait) for trait in (Trait.INVENTORY, Trait.SERIAL, Trait.MAC))
    if number and numbers[number] == 1:
        return f"device:inv={number}"
    make = fields.fold(line.value(Trait.MANUFACTURER))
    own = f"serial={make}|{serial}" if serial else f"mac={mac}" if mac else f"line={_digest(line)}"
    if number:
        return f"device:inv={number}#{own.replace(f'{make}|', '', 1) if serial else own}"
    return f"device:{own}"


def _digest(line: Line) -> str:
    """Eight hexadecimal digits of what the line says."""
    said = "\x1f".join(fields.fold(line.value(trait)) for trait in _MARKED)
    return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()


def _say(line: Line, name: str, reading: str) -> Iterator[Evidence]:
    for cell in line.cells:
        where = place(line.sheet, line.row, cell.at)
        for value in cell.values:
            yield Evidence(reading, name, cell.field, value, cell.raw, where, cell.confidence)


def series(source: Input) -> str:
    """Fingerprint of the header: another layout is another source."""
    for sheet in source.sheets():
        if coverage(sheet, HEADINGS, _NAMED, _WHAT):
            understood = mapping(sheet, HEADINGS)
            if understood is not None:
                said = "\x1f".join(fields.fold(c.heading) for c in understood.columns)
                return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
    return ""


def dated(source: Input) -> str:
    """Date of the export, from a title above the header or from a sheet of notes."""
    return date_in(titles(source.sheets(), HEADINGS))


TABLE = Table("gmao", 1, recognises, read, snapshot=True, series=series, dated=dated)
