"""Maker, model and version in the words with which telephones name themselves (SIP's User-Agent).

What comes in: the field. What goes out: `told(text)`, or None where no form of the table fits: a program on a computer
("baresip", "Linphone"), a telephone system, or a telephone that is not in the table.

Source: the makers' default User-Agent; the forms are those that their telephones send.
"""

import re
from functools import lru_cache
from typing import NamedTuple

VERSION = 1
"""Raised whenever a row changes meaning."""

LONGEST = 256
"""Characters that are looked at."""


class Told(NamedTuple):
    """What a telephone says."""

    make: str
    product: str
    version: str
    """"" not said."""


_V = r"(?P<version>\d[\w.-]{0,30})"
FORMS: tuple[tuple[str, str], ...] = (
    ("Yealink", rf"Yealink (?P<product>(?:SIP[- ])?[A-Z]+\d\w*) {_V}"),
    ("Snom", rf"(?P<product>snom[A-Z]?\d{{2,4}}\w?)(?:-SIP)?[/ ]{_V}"),
    ("Polycom", rf"(?:Polycom/\S+ )?Polycom(?:VVX|SoundPointIP|SoundStationIP|SoundStructure|Edge|CCX|Trio)-(?P<product>\w+)-UA/{_V}"),  # noqa: E501
    ("Cisco", rf"Cisco-(?P<product>CP-?\d{{4}}\w*)(?:-3PCC)?/{_V}"),
    ("Cisco", rf"Cisco/(?P<product>SPA\d{{3}}\w*)-{_V}"),
    ("Linksys", rf"Linksys/(?P<product>(?:SPA|PAP)\w+)-{_V}"),
    ("Grandstream", rf"Grandstream (?P<product>(?:GXP|GXV|GRP|HT|DP|GAC|WP)\w+) {_V}"),
    ("Mitel", rf"(?:Aastra|Mitel) (?P<product>\d{{3,4}}i)/{_V}"),
    ("Gigaset", rf"Gigaset (?P<product>[NA]\d{{3}}\w* IP(?: PRO)?)/{_V}"),
    ("Fanvil", rf"Fanvil (?P<product>[A-Z]\d\w*(?:-\w+)?) {_V}"),
    ("AudioCodes", rf"AUDC-IPPhone/{_V} \((?P<product>\d{{3}}HDG?)\b"),
    ("AudioCodes", rf"Audiocodes-Sip-Gateway-(?P<product>[\w -]+?)/v\.{_V}"),
)  # fmt: skip
"""Maker and form; groups `product` and `version`."""

_ROWS = tuple((make, re.compile(form)) for make, form in FORMS)


@lru_cache(maxsize=2048)
def told(text: str) -> Told | None:
    """What the first form that fits says; None: none fits."""
    for make, form in _ROWS:
        found = form.match(text[:LONGEST])
        if found:
            return Told(make, found["product"].strip(), found["version"].rstrip(".-"))
    return None
