"""Columns of a list of devices whose headings leave open what they hold: the columns beside them, or the cells, say it.

"UF" beside "Service" is the unit's number; "Situation" is where a thing is, or whether it is in use. A column whose
heading was only like a known one is taken for it where its cells are of that sort.
"""

from itertools import islice

from hygie.facts.headings import SITUATIONS
from hygie.model.evidence import Trait
from hygie.model.seams import Sheet
from hygie.names import fields, standing
from hygie.sources.opening.text import below
from hygie.sources.table.columns import Column, Mapping
from hygie.sources.table.rows import DATES, normal

_CODE_WORDS = frozenset(
    (
        "uf",
        "u f",
        "unite fonctionnelle",
        "uf affectation",
        "uf affect",
        "uf affectataire",
        "uf proprietaire",
        "owner dept",
    )
)
"""Headings under which stands the name or the number of a care unit."""
_NAME_WORDS = ("service", "libelle", "lib ", "ward", "department", "nom", "owner dept name")
_LOOKED_AT = 200
"""Rows whose cells tell what a column holds."""


_NUMBERS = frozenset((Trait.INVENTORY.value, Trait.SERIAL.value))
_LETTERED = frozenset((Trait.MANUFACTURER.value, Trait.DESIGNATION.value, Trait.OS.value, Trait.SUPPLIER.value,
                       Trait.MAINTAINER.value))  # fmt: skip
"""Fields that are said in words."""


def bears_out(field: str, texts: list[str]) -> bool:
    """Whether cells that say something may fill a field whose heading was only like a known one: most of them are of
    its sort, a number tells most of its lines apart, and no text of words is a list of dates. No cells say nothing
    against it.
    """
    if not texts:
        return True
    if field in _NUMBERS:
        numbered = sum(any(letter.isdigit() for letter in text) for text in texts)
        return len({fields.fold(text) for text in texts}) * 2 > len(texts) and numbered * 2 > len(texts)
    dated = sum(fields.date(text) is not None and not text.isdigit() for text in texts)
    if field in DATES:
        return sum(any(fields.date(text, way) for way in ("dmy", "mdy")) for text in texts) * 2 > len(texts)
    if dated * 2 > len(texts):
        return False
    if field in _LETTERED:
        return sum(any(letter.isalpha() for letter in text) for text in texts) * 2 > len(texts)
    if field == Trait.STATUS:
        return sum(standing.status(text) is not None for text in texts) * 2 > len(texts)
    if field in Trait._value2member_map_:
        return sum(normal(Trait(field), text) is not None for text in texts) * 2 > len(texts)
    return True


def settled(sheet: Sheet, found: Mapping) -> Mapping:
    """The columns, each with what it holds by the columns beside it and by its cells."""
    found = found._replace(columns=_part_wards(found))
    return found._replace(columns=tuple(_situation(sheet, found, column) for column in found.columns))


def _situation(sheet: Sheet, found: Mapping, column: Column) -> Column:
    """A column "Situation" whose cells are words of a status is that, unless another column is."""
    if fields.fold(column.heading) not in SITUATIONS or column.how in ("saved", "ignored"):
        return column
    rows = islice(below(sheet.rows, found.header + 1), _LOOKED_AT)
    texts = [row[column.at] for row in rows if column.at < len(row) and not fields.is_blank(row[column.at])]
    if sum(standing.status(text) is not None for text in texts) * 2 <= len(texts):
        return column
    taken = any(other.field == Trait.STATUS for other in found.columns)
    return column._replace(
        field="" if taken else Trait.STATUS.value, how="second" if taken else "known", likeness=100.0
    )


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
