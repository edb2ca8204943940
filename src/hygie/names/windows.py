"""The order of Windows versions: builds, release names, service packs.

"10.0.17763.5329" has build 17763 and revision 5329; "1809" is build 17763 of an unknown revision: it is before every
later build, after every earlier one, and against a revision of the same build the answer is None.
Source: Microsoft's release information pages for Windows 10, Windows 11 and Windows Server.
"""

import re
from functools import lru_cache
from typing import NamedTuple

RELEASES: dict[str, int] = {
    "2000": 2195, "xp": 2600, "server 2003": 3790, "vista": 6000, "server 2008": 6001, "7": 7600,
    "server 2008 r2": 7600, "8": 9200, "server 2012": 9200, "8.1": 9600, "server 2012 r2": 9600,
    "1507": 10240, "1511": 10586, "1607": 14393, "1703": 15063, "1709": 16299, "1803": 17134, "1809": 17763,
    "1903": 18362, "1909": 18363, "2004": 19041, "20h2": 19042, "21h1": 19043, "21h2": 19044, "22h2": 19045,
    "server 2016": 14393, "server 2019": 17763, "server 2022": 20348, "server 2025": 26100,
    "11 21h2": 22000, "11 22h2": 22621, "11 23h2": 22631, "11 24h2": 26100, "11 25h2": 26200,
}  # fmt: skip
"""Build of each release; without "11 " the release names are those of Windows 10."""

PACKS = {6001: "sp1", 6002: "sp2", 6003: "sp2", 7601: "sp1"}
"""Builds that a service pack alone has, of Vista, 7 and the servers of their time."""

_BUILD = re.compile(r"(?:(\d+)\.(\d+)\.)?(\d{1,5})(?:\.(\d+))?")
_PACK = re.compile(r"\b(?:sp|service pack)[ _-]*(\d+)")


class Place(NamedTuple):
    """Where a version stands in the order."""

    build: int
    revision: int | None
    """None: not said."""
    pack: int | None
    """Service pack; None: not said."""


@lru_cache(maxsize=20_000)
def parse(text: str) -> Place | None:
    """Place of a version text; None where it is not one."""
    low = " ".join(text.lower().replace("_", " ").replace(",", " ").split()).removeprefix("microsoft ")
    low = low.removeprefix("windows ").strip()
    found = _PACK.search(low)
    pack = int(found.group(1)) if found else None
    low = _PACK.sub("", low).strip()
    if low in RELEASES:
        return Place(RELEASES[low], None, pack)
    bare = low.removeprefix("10 ").removeprefix("version ").strip()
    if bare in RELEASES:
        return Place(RELEASES[bare], None, pack)
    found = _BUILD.fullmatch(low)
    if found and (found.group(1) or int(found.group(3)) >= 7600):
        return Place(int(found.group(3)), int(found.group(4)) if found.group(4) else None, pack)
    return Place(0, 0, pack) if not low and pack is not None else None


def compare(one: str, other: str) -> int | None:
    """-1, 0, 1 as `one` is before, equal to, after `other`; None where that cannot be said."""
    a, b = parse(one), parse(other)
    if a is None or b is None:
        return None
    if a.build != b.build:
        return (a.build > b.build) - (a.build < b.build)
    for left, right in ((a.pack, b.pack), (a.revision, b.revision)):
        if left is not None and right is not None and left != right:
            return (left > right) - (left < right)
    return 0 if a == b else None
