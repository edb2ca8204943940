"""Whose name stands in a column "Hostname" beside MAC addresses: that of the switch or router that was asked, or that
of the machine. The headings leave it open; the cells tell, or nobody does and the column is left aside, which is told.
"""

from itertools import islice

from hygie.model.seams import Sheet
from hygie.names import fields
from hygie.sources.opening.text import below
from hygie.sources.table.columns import Mapping

OPEN = "named"
"""Field of a column whose heading leaves it open."""
_LOOKED_AT = 500
"""Rows whose cells are looked at."""
_FEWEST = 6
"""Names that are all different from which on they are the machines': no list asks so many switches for one each."""
_REPEATED = 4
"""Rows from which on a name that stands in half of them and more is the switch's."""


def settled(sheet: Sheet, found: Mapping) -> Mapping:
    """The columns, with the open one given to the switch or to the machine, or to nobody."""
    at = found.fields.get(OPEN, [-1])[0]
    if at < 0:
        return found
    rows = islice(below(sheet.rows, found.header + 1), _LOOKED_AT)
    texts = [fields.fold(row[at]) for row in rows if at < len(row) and not fields.is_blank(row[at])]
    field = _whose(texts, switch="switch" in found.fields)
    columns = (c._replace(field=field, how=c.how if field else "unknown") if c.at == at else c for c in found.columns)
    return found._replace(columns=tuple(columns))


def _whose(texts: list[str], *, switch: bool) -> str:
    """Field that names fill; "" where they do not tell. `switch`: another column names the switch."""
    different = len(set(texts))
    if switch or different == len(texts) >= _FEWEST:
        return "host_name"
    return "switch" if len(texts) >= _REPEATED and different * 2 <= len(texts) else ""
