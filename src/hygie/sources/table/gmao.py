"""A GMAO's (CMMS) export, or any list of devices with a number each -> evidence, one statement a cell.

The header stands anywhere; columns are recognised in French and English (`facts.headings`). A subject is named by its
inventory number where that stands on one line; a number on several lines (a system) is told apart by serial number or
MAC address; a line without a number is named by make and serial number, MAC address, or a hash of what it says: never
by its row, which changes from one export to the next. A cell that is not of its column's kind (a date that is none)
is refused by place; its text goes nowhere, since a wrong cell may hold anything.
"""

import hashlib
from collections import Counter, abc
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from hygie.facts import headings
from hygie.facts.functions import functions
from hygie.model.bulk import Bulk
from hygie.model.evidence import Evidence, Refusal, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.names.standing import coming
from hygie.sources.opening.secrets import Secret
from hygie.sources.table import noticing
from hygie.sources.table.answers import standing
from hygie.sources.table.columns import Column, Headings, Mapping, letters, mapping
from hygie.sources.table.dating import orders_of
from hygie.sources.table.fitting import bears_out, settled
from hygie.sources.table.leaving import GONE, Leaving, doubted, leaving, left, says_gone, speaks_of_gone
from hygie.sources.table.naming import subject
from hygie.sources.table.rows import (
    DISPOSAL_DATE,
    Doubts,
    Look,
    Table,
    coverage,
    data,
    is_table,
    normal,
    place,
    without_secrets,
)
from hygie.sources.table.sections import FEW, Section, Title, says_sum, sections, sums_up, title_of
from hygie.sources.table.titles import date_in, titles
from hygie.sources.table.wards import ward_of

HEADINGS = Headings(
    "gmao",
    MappingProxyType({**headings.DEVICE, DISPOSAL_DATE: headings.DISPOSAL}),
    (*headings.UNREAD, *headings.BOUGHT),
    frozenset((Trait.MAC, Trait.IP, Trait.HOST_NAME, Trait.AE_TITLE)),
    fits=bears_out,
)
_NAMED = (Trait.INVENTORY.value, Trait.SERIAL.value)
_WHAT = (Trait.DESIGNATION.value, Trait.PRODUCT.value, Trait.MANUFACTURER.value, Trait.COMMERCIAL_NAME.value,
         Trait.MODEL_NUMBER.value)  # fmt: skip
_THING = (Trait.DESIGNATION.value, Trait.PRODUCT.value)
_MAKE = (Trait.MANUFACTURER.value,)
_ALONE = frozenset((Trait.INVENTORY, Trait.SERIAL, Trait.MAC))
"""What makes a line of a single cell a device."""
MOST = 300_000
"""Lines of one list. A large hospital owns 30,000 things; what has ten times more is a log, or a whole region's."""
_REMEMBERED = 20_000
"""Texts of one column whose normal form is remembered."""
IN_USE = "in service"
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
    essential: int
    """What it gives of what a list has to tell (see `noticing.essential`)."""


class List(NamedTuple):
    """One table of the file that is read."""

    sheet: Sheet
    understood: Mapping
    used: list[Used]
    leaving: Leaving
    title: Title | None
    """What stands right above its header, else what the sheet's name says."""
    sheet_title: Title | None
    """What the sheet's name says of things that left: it holds where no other title does."""
    guessed: dict[int, str]
    """Columns of dates whose order nothing tells -> the order that is taken."""


def understand(sheet: Sheet, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
    """How the columns of a list of devices are understood; None where no header is found."""
    found = mapping(sheet, HEADINGS, saved)
    return None if found is None else settled(sheet, found)


def _listing(sheet: Sheet, found: Mapping) -> Mapping | None:
    """The columns of another table of the same sheet; None where they do not make a list of devices."""
    known = found.fields
    named = any(f in known for f in _NAMED) and any(f in known for f in _WHAT)
    if not named and not (any(f in known for f in _THING) and any(f in known for f in _MAKE)):
        return None
    return settled(sheet, found)


def parts(sheet: Sheet, saved: abc.Mapping[str, str] | None = None) -> list[tuple[Sheet, Mapping]]:
    """Each table of a sheet with how its columns are understood, but for those that make no list of devices."""
    found = understand(sheet, saved)
    listed = sections(sheet, found, HEADINGS, _listing, saved) if found is not None else ()
    return [(part.sheet, part.understood) for part in listed if part.understood is not None]


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
    lists: list[List] = []
    saved = dict(given.mapping)
    day = given.dated or dated(source) or given.today
    for sheet in _bounded(source):
        yield from noticing.unseen(source, given, sheet)
        cleared, secrets = without_secrets(sheet)
        yield from secrets
        understood = understand(cleared, saved)
        if understood is not None and (saved or _fits(cleared)):
            for part in sections(cleared, understood, HEADINGS, _listing, saved):
                if part.understood is None:
                    where = place(part.sheet, part.header, 0)
                    yield Refusal(given.reading, source.name, where, "refusal.section")
                else:
                    lists.append(_list(part, part.understood, day))
        elif is_table(sheet):
            yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))
    tables = [noticing.Table(source, given, one.sheet, one.understood) for one in lists]
    if tables:
        name = f"{given.site}/{TABLE.kind}/{series(source)}"
        for table in tables:
            yield from noticing.told(table, name)
        yield from noticing.cut(tables[-1])
        yield from noticing.orders(zip(tables, (one.guessed for one in lists), strict=True))
    count = noticing.Count()
    yield from _cells(lists, doubts, count)
    yield from count.told(tables[0]) if tables else ()
    if count.none:
        yield Refusal(given.reading, source.name, "", "refusal.no_device", (), True)
    yield from doubts.refusals()


def _list(part: Section, understood: Mapping, day: str) -> List:
    """A table with what reads its columns."""
    orders, open_ = orders_of(part.sheet, understood)
    gone = leaving(part.sheet, understood, orders, day)
    used = list(_used(part.sheet, understood, orders, day))
    named = Title(part.sheet.name, part.header, 0) if speaks_of_gone(part.sheet.name) else None
    return List(part.sheet, understood, used, gone, part.title or named, named, open_)


def _cells(lists: list[List], doubts: Doubts, count: noticing.Count) -> Iterator[Cell]:
    """What the cells of all lines say."""
    numbers = _numbers(lists)
    taken: Counter[str] = Counter()
    for one in lists:
        for row, texts, said, title, ward in _lines(one, doubts):
            name = _name(said, numbers)
            taken[name] += 1
            if taken[name] > 1:
                name = f"{name}#{taken[name]}"
            status, filled, repeats, line = "", 0, False, str(row + 1)
            for column, values, text in said:
                filled |= column.essential
                if column.field is Trait.STATUS:
                    status = values[0]
                elif column.field is Trait.INVENTORY:
                    repeats = numbers[values[0]] > 1
                for value in values:
                    yield name, column.field, value, text, column.letters + line, column.confidence
            yield from _under(one, ward, said, name)
            count.line(filled, repeats)
            if one.leaving.at >= 0 or title is not None:
                for text, where in left(one.leaving, row, texts, status, title, doubts):
                    yield name, Trait.STATUS, GONE, text, where, 1.0


def _under(one: List, ward: Title | None, said: "Said", name: str) -> Iterator[Cell]:
    """The ward that a line stands under, where the line says none itself."""
    if ward is not None and not any(column.field is Trait.WARD for column, _, _ in said):
        yield name, Trait.WARD, ward.text, ward.text, place(one.sheet, ward.row, ward.column), 1.0


def _lines(one: List, doubts: Doubts) -> Iterator[tuple[int, list[str], "Said", Title | None, Title | None]]:
    """The lines of a list that say something of a device, with the title and the ward that they stand under."""
    doubts.overrun(one.sheet, one.understood.header)
    title = _heard(one, one.title, doubts)
    ward = _ward(title, True)
    for row, texts in data(one.sheet, one.understood.header):
        few = len(texts) - texts.count("") <= FEW
        above = title_of(texts, row) if few else None
        if few and (above is not None or sums_up(texts)):
            title, ward = _heard(one, above, doubts) or one.sheet_title, _ward(above)
            if ward is None:
                doubts.line(place(one.sheet, row, 0))
        elif said := _line(row, texts, one, doubts):
            yield row, texts, said, title, ward
        else:
            doubts.line(place(one.sheet, row, 0))


def _ward(title: Title | None, above_header: bool = False) -> Title | None:
    """The title with the name of the ward alone, where it names one."""
    name = ward_of(title, above_header)
    return title._replace(text=name) if title is not None and name else None


def _heard(one: List, title: Title | None, doubts: Doubts) -> Title | None:
    """The title, told where it may say that the things below it left, and no column or certainty bears it out."""
    if title is None or says_gone(title.text, one.leaving.day):
        return title
    if speaks_of_gone(title.text) and not one.leaving.statuses:
        doubts.line(place(one.sheet, title.row, title.column), "refusal.title")
    return title


def _bounded(source: Input) -> list[Sheet]:
    """The sheets. Raises ValueError where one is longer than any hospital's list: before anything of it is told."""
    sheets = source.sheets()
    for sheet in sheets:
        if len(sheet.rows) > MOST:
            raise ValueError("refusal.devices", f"limit={MOST}", f"place={sheet.name}")
    return sheets


def _used(sheet: Sheet, understood: Mapping, orders: dict[int, str], day: str) -> Iterator[Used]:
    """The columns that fill a trait. `day`: to which the list speaks, ISO."""
    for column in understood.columns:
        if column.field not in Trait._value2member_map_:
            continue
        field, order = Trait(column.field), orders.get(column.at, "dmy")
        prefix = f"{sheet.name}!" if sheet.name else ""
        sure = _ASSUMED if column.how == "assumed" else 1.0
        way = _remembering(column, order, day)
        what = noticing.essential(column.field)
        yield Used(column.at, column.heading, field, prefix + letters(column.at), way, sure, what)


def _remembering(column: Column, order: str, day: str) -> Callable[[str], list[str] | None]:
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
                known[text] = [IN_USE] if coming(text, day) else standing(column.heading, text)
            else:
                known[text] = _kind(text) if field is Trait.KIND else normal(field, text, order)
        return known[text]

    return form


def _numbers(lists: list[List]) -> Counter[str]:
    """How many lines bear each inventory number."""
    found: Counter[str] = Counter()
    for one in lists:
        for column in one.used:
            if column.field is Trait.INVENTORY:
                rows = data(one.sheet, one.understood.header)
                texts = (row[column.at] for _, row in rows if column.at < len(row))
                found.update(number for text in texts for number in column.form(text) or ())
    return found


Said = list[tuple[Used, list[str], str]]
"""Column, normal forms and text of the cells of a line that say something."""


def _line(row: int, texts: list[str], one: List, doubts: Doubts) -> Said:
    """One row in normal form; [] where it says nothing of a device (a total, a note)."""
    said: Said = []
    filled = 0
    for column in one.used:
        at = column.at
        text = texts[at] if at < len(texts) else ""
        if not text:
            continue
        values = column.form(text)
        if column.field is Trait.INVENTORY and says_sum(text):
            return []
        if values:
            said.append((column, values, text))
        filled += values is None or bool(values)
        if values is None or column.field is Trait.STATUS:
            doubted(column, text, values, f"{column.letters}{row + 1}", one.leaving.day, doubts)
    return said if filled > 1 or any(column.field in _ALONE for column, _, _ in said) else []


def _kind(text: str) -> list[str] | None:
    """A clinical kind by its key."""
    key = text.strip().lower()
    return [key] if key in functions() else None


def _name(said: Said, numbers: Counter[str]) -> str:
    """Subject: the strongest of what names the thing within its source."""
    first = {column.field: values[0] for column, values, _ in reversed(said)}
    return subject(first, numbers[first.get(Trait.INVENTORY, "")] == 1)


def series(source: Input) -> str:
    """Fingerprint of the header: another layout is another source. Raises ValueError beyond `MOST` lines."""
    for sheet in _bounded(source):
        if _fits(sheet):
            understood = mapping(sheet, HEADINGS)
            if understood is not None:
                said = "\x1f".join(fields.fold(c.heading) for c in understood.named)
                return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
    return ""


def dated(source: Input) -> str:
    """Date of the export, from a title above the header or from a sheet of notes."""
    return date_in(titles(source.sheets(), HEADINGS))


TABLE = Table("gmao", 4, recognises, read, snapshot=True, series=series, dated=dated, bulk=bulk, columns=understand,
              fields=frozenset((*(trait.value for trait in Trait), DISPOSAL_DATE)))  # fmt: skip
