"""The ward that lines stand under: "Service : Réanimation" alone on its row, above them.

What comes in: a title of a list of devices. What goes out: the ward that it names.
"""

import re

from hygie.names import fields
from hygie.sources.table.sections import Title

_WARD = re.compile(
    r"\W*(?:service|uf|u\.\s?f\.?|unit[eé](?:\s+(?:fonctionnelle|de\s+soins))?|d[eé]partement|ward|department|dept\.?|care\s+unit"
    r"|afdeling|dienst|abteilung)(?:\s+(?:n\s?[°o]\s*)?[\w.]*\d[\w.]*)?\s*[:=]\s*(?P<name>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_OWNERS = re.compile(
    r"biomed\w*|medico technique|informatique|dsi|technique\w*|maintenance|medical engineering|achats?"
)
"""Who keeps the list, not where its devices stand."""


def ward_of(title: Title | None, above_header: bool = False) -> str:
    """The ward that a title names; "" none. `above_header`: the title of a whole list may name who keeps it."""
    found = _WARD.fullmatch(title.text) if title is not None else None
    name = fields.clean(found["name"]).strip(" *-=") if found else ""
    if not name or fields.is_blank(name) or (above_header and _OWNERS.search(fields.fold(name))):
        return ""
    return name
