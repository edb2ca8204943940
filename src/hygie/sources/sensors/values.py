"""Values of sensors' records: addresses, cards, counts, instants; and their lines, one at a time.

What is none raises ValueError without its text: a line is refused, and nothing of it is kept.

Source: RFC 3339 (instants of Suricata); Zeek's times (seconds since 1970 with a fraction).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from hygie.model.evidence import Refusal
from hygie.model.seams import Input
from hygie.sources.opening.documents import lines

LONGEST = 1 << 20
"""Bytes of a line."""
MOST_COUNT = 1 << 48
"""Packets or bytes of one record that are believed."""
MOST_REFUSALS = 100
"""Lines that are told one by one; more are added up."""
_LATEST = 253_402_300_800
"""Seconds: the year 10000."""
_CARD = re.compile(r"[0-9A-Fa-f]{1,2}(?:[:-][0-9A-Fa-f]{1,2}){5}")
_SECONDS = re.compile(r"(\d{1,12})(?:\.(\d{1,9}))?", re.ASCII)


@lru_cache(maxsize=65_536)
def address(text: str) -> bytes:
    """4 or 16 bytes. Raises ValueError."""
    try:
        found = ip_address(text)
    except ValueError:
        raise ValueError("no address") from None
    if found.version == 6 and found.ipv4_mapped is not None:
        return found.ipv4_mapped.packed
    return found.packed


@lru_cache(maxsize=65_536)
def card(text: str) -> bytes:
    """6 bytes; b"" for what is no MAC."""
    if not _CARD.fullmatch(text):
        return b""
    return bytes(int(part, 16) for part in re.split("[:-]", text))


def count(value: object) -> int:
    """Packets or bytes; 0 not told. Raises ValueError."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("no count")
    found = int(value)
    if not 0 <= found < MOST_COUNT:
        raise ValueError("no count")
    return found


def port(value: object) -> int:
    """A port; 0 none. Raises ValueError."""
    found = count(value)
    if found > 65_535:
        raise ValueError("no port")
    return found


def seconds(value: object) -> int:
    """Seconds since 1970, or of a duration, with a fraction -> microseconds; 0 not told. Raises ValueError."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        raise ValueError("no time")
    if isinstance(value, int | float):
        if not 0 <= value < _LATEST:
            raise ValueError("no time")
        return round(value * 1_000_000)
    found = _SECONDS.fullmatch(str(value))
    if not found or int(found[1]) >= _LATEST:
        raise ValueError("no time")
    return int(found[1]) * 1_000_000 + int((found[2] or "0")[:6].ljust(6, "0"))


def instant(value: object) -> int:
    """An instant with its zone (none: UTC) -> microseconds since 1970; 0 not told. Raises ValueError."""
    if not value:
        return 0
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("no instant")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("no instant") from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    whole = found - datetime(1970, 1, 1, tzinfo=UTC)
    return max(0, (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds)


def text(value: Any) -> str:
    """A scalar as text; "" for nothing and for what is no scalar."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def numbered(source: Input) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of the lines that are not empty. Raises what the stream raises, ValueError for one too long."""
    for number, line in enumerate(lines(source, LONGEST), 1):
        if line.strip():
            yield number, line.rstrip(b"\r")


class Broken:
    """Lines or records that could not be read: the first are told by their place, the rest by their number."""

    def __init__(self, name: str, reading: str, unit: str, key: str) -> None:
        """Of the file shown as `name`; `unit`: "line" or "record"; `key`: the reason of those added up."""
        self.name = name
        self.reading = reading
        self.unit = unit
        self.key = key
        self.count = 0

    def meet(self, number: int, reason: str, *args: str) -> Iterator[Refusal]:
        """One more."""
        self.count += 1
        if self.count <= MOST_REFUSALS:
            yield Refusal(self.reading, self.name, f"{self.unit} {number}", reason, args)

    def end(self) -> Iterator[Refusal]:
        """Those that were not told."""
        if self.count > MOST_REFUSALS:
            yield Refusal(self.reading, self.name, "", self.key, (f"count={self.count - MOST_REFUSALS}",))
