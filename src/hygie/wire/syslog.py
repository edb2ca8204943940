"""Syslog: that machines report, and where to. Messages are never read: they name people, patients and what they did.

Nor are the names of machines in them: whoever passes messages on is not who they speak of.
Source: RFC 5424 section 6 (form); RFC 3164 section 4.1 (the older form); RFC 5426 (UDP); RFC 6587 section 3.4 (TCP).
"""

import re
from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MESSAGE = re.compile(
    rb"(?:[1-9]\d{0,4} )?<(?:0|[1-9]\d?|1[0-8]\d|19[01])>"
    rb"(?:1 (?:\d{4}-\d\d-\d\dT|- )|" + _MONTH + rb" [ \d]\d |\d{4}-\d\d-\d\dT|\d{1,10}: |"
    rb"(?:[\w.-]{1,64} )?%[A-Z][A-Z0-9_-]{1,30}-[0-7]-|[\w./-]{1,48}(?:\[\d{1,7}\])?: |date=\d{4}-)"
)


def looks_like(payload: bytes) -> bool:
    """A priority and what goes behind it: a version, a time, a label."""
    return payload[:1] in b"<123456789" and bool(_MESSAGE.match(payload))


def sender(payload: bytes) -> str:
    """Who reports."""
    return "client" if looks_like(payload) else ""


def length(payload: bytes) -> int:
    """What is there: only the first message of a connection is looked at."""
    return len(payload)


def dissect(_: bytes, __: Way) -> Iterator[Said]:
    """Nothing is read."""
    return iter(())


DISSECTOR = Dissector(
    "syslog",
    frozenset({"tcp", "udp"}),
    looks_like,
    dissect,
    frozenset({514, 601}),
    sender,
    length,
    units=1,
    of_sender=True,
)
