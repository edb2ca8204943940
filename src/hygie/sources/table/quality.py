"""How good a list of devices is, column by column, before it is read: what is filled, unreadable, double."""

from collections import Counter
from typing import NamedTuple

from hygie.model.evidence import Trait
from hygie.model.seams import Sheet
from hygie.names import fields
from hygie.sources.table.answers import standing
from hygie.sources.table.columns import Mapping
from hygie.sources.table.dating import date_orders
from hygie.sources.table.rows import DISPOSAL_DATE, data, normal


class Quality(NamedTuple):
    """What one column holds."""

    heading: str
    field: str
    """Trait; "" a column that is not read."""
    rows: int
    filled: int
    """Cells that say something."""
    distinct: int
    """Different values among them (normal forms, where the column is read)."""
    unreadable: int
    """Cells that are not of the column's kind."""
    duplicates: int
    """Values of a serial or inventory number that stand on several lines; 0 for other columns."""


_UNIQUE = frozenset((Trait.INVENTORY.value, Trait.SERIAL.value, Trait.MAC.value, Trait.UDI_PI.value))


def quality(sheet: Sheet, mapping: Mapping) -> list[Quality]:
    """One row for each column that has a heading."""
    rows = [row for _, row in data(sheet, mapping.header)]
    orders = date_orders(sheet, mapping)
    found = []
    for column in mapping.columns:
        texts = [row[column.at] for row in rows if column.at < len(row) and not fields.is_blank(row[column.at])]
        order = orders.get(column.at, "dmy")
        known = column.field in Trait._value2member_map_
        values: Counter[str] = Counter()
        unreadable = 0
        for text in texts:
            if column.field == Trait.STATUS:
                forms = standing(column.heading, text)
            elif column.field == DISPOSAL_DATE:
                day = fields.date(text, order)
                forms = None if day is None else [day]
            else:
                forms = normal(Trait(column.field), text, order) if known else [text]
            unreadable += forms is None
            values.update(forms or ())
        double = sum(count > 1 for count in values.values()) if column.field in _UNIQUE else 0
        found.append(Quality(column.heading, column.field, len(rows), len(texts), len(values), unreadable, double))
    return found
