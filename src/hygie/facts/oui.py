"""Makers of network cards: prefix of a MAC address -> organisation that registered it.

Registries MA-L (24 bits), MA-M (28) and MA-S (36): the longest prefix wins. A locally administered or group address
has no maker. The table (`oui.txt.xz`) is made by `tools/make_oui.py`: one line per maker, a tab, then its prefixes in
hexadecimal.
Source: IEEE Registration Authority, MAC address block assignments.
"""

import lzma
from functools import cache
from importlib import resources

VERSION = 1
"""Raised whenever a row changes meaning."""

_LENGTHS = (9, 7, 6)


@cache
def makers() -> dict[str, str]:
    """Prefix (6, 7 or 9 upper-case hexadecimal digits) -> maker. Read once, on first use."""
    raw = resources.files("hygie.facts").joinpath("oui.txt.xz").read_bytes()
    table: dict[str, str] = {}
    for line in lzma.decompress(raw).decode("utf-8").splitlines():
        maker, _, prefixes = line.partition("\t")
        for prefix in prefixes.split():
            table[prefix] = maker
    return table


def maker(mac: str) -> str:
    """Maker of "aa:bb:cc:dd:ee:ff"; "" unknown, group or locally administered."""
    digits = mac.replace(":", "").replace("-", "").upper()
    if len(digits) != 12 or int(digits[1], 16) & 3:
        return ""
    table = makers()
    return next((table[digits[:n]] for n in _LENGTHS if digits[:n] in table), "")
