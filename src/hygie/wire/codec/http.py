"""Heads of HTTP-like messages: the kind of first line and the fields. Targets of requests are never returned.

Source: RFC 9112 sections 2 to 5; RFC 9110 section 5.
"""

import re
from typing import NamedTuple

LONGEST_HEAD = 32768
MOST_FIELDS = 100
_METHODS = rb"(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|PROPFIND|CONNECT|TRACE|M-SEARCH|NOTIFY)"
_REQUEST = re.compile(_METHODS + rb" [^\r\n]{1,8192} HTTP/1\.[01] ?\r?\n")
_STARTS = re.compile(_METHODS + rb" [!-~]")
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r\n]")
_END = re.compile(rb"\r?\n\r?\n")


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
