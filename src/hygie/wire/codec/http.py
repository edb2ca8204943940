"""HTTP-like messages: the kind of first line, the fields, the body. Targets of requests are never returned.

Source: RFC 9112 sections 2 to 7; RFC 9110 sections 5, 8.4.1, 10.1.5 (User-Agent) and 10.2.4 (Server).
"""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain

LONGEST_HEAD = 32768
MOST_FIELDS = 100
_METHODS = rb"(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|PROPFIND|CONNECT|TRACE|M-SEARCH|NOTIFY)"
_REQUEST = re.compile(_METHODS + rb" [^\r\n]{1,8192} HTTP/1\.[01] ?\r?\n")
_STARTS = re.compile(_METHODS + rb" [!-~]")
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r\n]")
_LAST_CHUNK = len("\r\n0\r\n\r\n")
"""Bytes that come after the last chunk with content, at least."""
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?\r\n")
_END = re.compile(rb"\r?\n\r?\n")


_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9 _.+-]{1,40}(?:/[A-Za-z0-9][A-Za-z0-9_.+-]{0,30})?")
_BROWSER = re.compile(r"Mozilla/|Opera/|Microsoft-CryptoAPI|Windows-Update-Agent|Microsoft BITS", re.IGNORECASE)
_SYSTEMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:Windows NT |Microsoft-CryptoAPI/|Windows-Update-Agent/)(\d{1,2}\.\d)"), "Windows NT {}"),
    (re.compile(r"Microsoft BITS/"), "Windows"),
    (re.compile(r"; Android (\d{1,2})\b"), "Android {}"),
    (re.compile(r"\(Macintosh; "), "macOS"),
    (re.compile(r"\(X11; (?:\w+; )?Linux "), "Linux"),
)
"""What browsers and Windows' own services say of the system, the most telling first."""


class Head(NamedTuple):
    """A message's head."""

    method: str
    """"" for an answer."""
    status: int
    """0 for a request."""
    fields: dict[str, bytes]
    """Lower-case name -> first value."""
    length: int
    """Bytes of the head, blank line included; of what there is where the head is not whole."""


def starts(payload: bytes) -> bool:
    """Whether bytes begin like a request or an answer."""
    return bool(_STATUS.match(payload) or _STARTS.match(payload[:16]))


def is_request(payload: bytes) -> bool:
    """Whether bytes begin like a request."""
    return bool(_STARTS.match(payload[:16]))


def head_length(payload: bytes) -> int:
    """Bytes of the head; 0 not whole yet. Raises ValueError where it is longer than `LONGEST_HEAD`."""
    found = _END.search(payload, 0, LONGEST_HEAD)
    if found:
        return found.end()
    if len(payload) >= LONGEST_HEAD:
        raise ValueError("a head without end")
    return 0


def head(payload: bytes) -> Head:
    """The head at the beginning of bytes. Raises ValueError where there is none."""
    status, request = _STATUS.match(payload), _REQUEST.match(payload)
    if not status and not request:
        raise ValueError("no first line of HTTP")
    found = _END.search(payload, 0, LONGEST_HEAD)
    end = found.end() if found else min(len(payload), LONGEST_HEAD)
    fields: dict[str, bytes] = {}
    for line in payload[:end].split(b"\n")[1 : MOST_FIELDS + 1]:
        key, colon, value = line.partition(b":")
        if colon and key.strip() and len(key) < 64:
            fields.setdefault(key.strip().lower().decode("latin-1"), value.strip())
    return Head(request.group(1).decode() if request else "", int(status.group(1)) if status else 0, fields, end)


def aims_at(payload: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether a request's target holds what a pattern looks for. The target itself, with identifiers, stays here."""
    line = payload[: payload.find(b"\n", 0, 8192) + 1 or 8192]
    return bool(is_request(payload) and pattern.search(line.split(b" ", 2)[1]))


def message_length(payload: bytes, found: Head) -> int:
    """Bytes of head and body; 0 more are needed to know. Raises ValueError.

    A body in chunks ends with the last chunk that is there; one that ends with its connection, with what is there.
    """
    if b"chunked" in found.fields.get("transfer-encoding", b"").lower():
        start, stop = max(_chunks(payload, found.length), default=(0, -1))
        return stop + (2 if start == stop else _LAST_CHUNK) if stop >= 0 else 0
    text = found.fields.get("content-length", b"")
    if text.isdigit() and len(text) <= 12:
        return found.length + int(text)
    if text:
        raise ValueError("a length that is no number")
    if found.status < 200 or found.status in (204, 304):
        return found.length
    return len(payload) if len(payload) > found.length else 0


def body(payload: bytes, found: Head, most: int) -> bytes:
    """The body's beginning, out of its chunks and unpacked: at most `most` bytes. Raises ValueError."""
    if b"chunked" in found.fields.get("transfer-encoding", b"").lower():
        raw = b"".join(payload[start:stop] for start, stop in _chunks(payload, found.length))
    else:
        raw = payload[found.length :]
    if found.fields.get("content-encoding", b"").lower() not in (b"gzip", b"x-gzip", b"deflate"):
        return raw[:most]
    try:
        return zlib.decompressobj(47).decompress(raw, most)
    except zlib.error as error:
        raise ValueError("a packed body that does not hold") from error


def _chunks(payload: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """(start, stop) of chunks (RFC 9112 section 7.1); the last may reach beyond what is there. Raises ValueError."""
    while size := _SIZE.match(payload, offset):
        start = size.end()
        stop = start + int(size.group(1), 16)
        yield start, stop
        if stop == start or stop >= len(payload):
            return
        offset = stop + 2


def unit_length(payload: bytes, wanted: Callable[[Head], bool]) -> int:
    """Bytes of the head, with the body where it is wanted; 0 more are needed. Raises ValueError: no head begins."""
    if len(payload) < 16:
        return 0
    if not starts(payload):
        raise ValueError("no head of HTTP")
    if not head_length(payload):
        return 0
    found = head(payload)
    return message_length(payload, found) if wanted(found) else found.length


def products(found: Head) -> Iterator[Said]:
    """The server's product; the client's where it is a device's. Of a person's browser only the system is said."""
    if found.status:
        server = plain(found.fields.get("server", b""))
        if server:
            yield Said("sender", Trait.HTTP_SERVER, server, 0)
        return
    agent = plain(found.fields.get("user-agent", b""), 256)
    if _BROWSER.match(agent):
        for pattern, name in _SYSTEMS:
            if system := pattern.search(agent):
                yield Said("sender", Trait.OS, name.format(*system.groups()), 0, 0.7)
                return
        return
    product = _PRODUCT.match(agent)
    if product and "@" not in agent:
        yield Said("sender", Trait.HTTP_USER_AGENT, product.group(0).strip(), 0, 0.9)
