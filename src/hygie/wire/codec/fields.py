"""Messages that look like HTTP's but are not (SIP, RTSP): fields of the head, its length, products that are named.

Source: RFC 3261 section 7.3 (its compact names: section 20); RFC 2326 section 4; RFC 9110 section 10.1.5 (products).
"""

import re
from typing import NamedTuple

from hygie.wire.codec.text import device_name, plain

LONGEST, MOST = 16_384, 100
"""Bytes of a head and lines of it that are looked at."""
_END = re.compile(rb"\r?\n\r?\n")
_COMPACT = {b"v": b"via", b"m": b"contact", b"l": b"content-length"}
_PRODUCT = re.compile(r"[A-Za-z][\w.+-]{1,40}(?: [\w.+-]{1,40}){0,6}(?:/[\w.+-]{1,40})?", re.ASCII)


class Head(NamedTuple):
    """A message's head."""

    fields: dict[bytes, list[bytes]]
    """Lower-case name, the compact ones written out -> values."""
    length: int
    """Bytes with the blank line; 0 not whole."""

    def first(self, name: bytes) -> bytes:
        """The first value of a field; b"" none."""
        return self.fields.get(name, [b""])[0]


class FirstLine(NamedTuple):
    """By what messages of a protocol begin."""

    request: re.Pattern[bytes]
    answer: re.Pattern[bytes]
    starts: re.Pattern[bytes]
    """A first line whose end has not come yet."""
    longest: int
    """Bytes of such a line."""

    def begins(self, payload: bytes) -> bool:
        """A request's or an answer's first line."""
        return bool(self.answer.match(payload) or self.request.match(payload))

    def sender(self, payload: bytes) -> str:
        """By the first line: whoever answers serves."""
        if self.answer.match(payload):
            return "server"
        return "client" if self.request.match(payload) else ""

    def length(self, payload: bytes) -> int:
        """One message; 0 more bytes are needed to know. Raises ValueError where none begins."""
        if len(payload) < 12:
            return 0
        if not self.begins(payload):
            if len(payload) < self.longest and self.starts.match(payload):
                return 0
            raise ValueError("no message begins")
        return length(payload)


def head(payload: bytes) -> Head:
    """The head at the beginning of bytes, its first line left out. Raises ValueError where it has no end."""
    found = _END.search(payload, 0, LONGEST)
    if not found and len(payload) >= LONGEST:
        raise ValueError("a head without end")
    fields: dict[bytes, list[bytes]] = {}
    for line in payload[: found.end() if found else len(payload)].split(b"\n")[1 : MOST + 1]:
        name, colon, value = line.partition(b":")
        key = name.strip().lower()
        if colon and 0 < len(key) < 64:
            fields.setdefault(_COMPACT.get(key, key), []).append(value.strip())
    return Head(fields, found.end() if found else 0)


def length(payload: bytes) -> int:
    """Bytes of head and body; 0 more are needed to know. Raises ValueError."""
    found = head(payload)
    if not found.length:
        return 0
    told = found.first(b"content-length")
    if told and not (told.isdigit() and len(told) <= 9):
        raise ValueError("a length that is no number")
    return found.length + int(told or 0)


def product(raw: bytes) -> str:
    """The product that a field names first, without what stands in brackets behind; "" none, or a person's own."""
    before = plain(raw, 256).partition("(")[0]
    found = _PRODUCT.match(before) if device_name(before) else None
    return plain(found.group(0)) if found else ""
