"""In which order a table's dates are written, day first or month first: by the dates that can be read one way only.

What comes in: a sheet and how its columns are understood. What goes out: the order of each column of dates, and the
columns whose order nothing tells.
"""

from itertools import chain

from hygie.model.seams import Sheet
from hygie.names import fields
from hygie.sources.table.columns import Mapping
from hygie.sources.table.rows import DATES, data


def date_orders(sheet: Sheet, understood: Mapping) -> dict[int, str]:
    """Column -> order of its dates (see `fields.date_order`), for columns of dates; each may tell for the others."""
    return _orders(_dates(sheet, understood))


def orders_of(sheet: Sheet, understood: Mapping) -> tuple[dict[int, str], dict[int, str]]:
    """The same, and of these the columns whose order nothing tells, though it matters."""
    dates = _dates(sheet, understood)
    orders = _orders(dates)
    every = list(chain.from_iterable(dates.values()))
    return orders, {at: orders[at] for at, texts in dates.items() if fields.order_open(texts, every)}


def _dates(sheet: Sheet, understood: Mapping) -> dict[int, set[str]]:
    """The texts of the columns of dates."""
    dates: dict[int, set[str]] = {c.at: set() for c in understood.columns if c.field in DATES}
    for _, row in data(sheet, understood.header) if dates else ():
        for at, texts in dates.items():
            if at < len(row):
                texts.add(row[at])
    return dates


def _orders(dates: dict[int, set[str]]) -> dict[int, str]:
    return {at: fields.date_order(texts, chain.from_iterable(dates.values())) for at, texts in dates.items()}
