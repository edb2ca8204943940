"""RADIUS: who asks and who answers, and which address a card was given (accounting).

User names, passwords, the numbers of sessions and all other attributes are never read.
Source: RFC 2865 sections 3 and 5 (5.8 Framed-IP-Address, 5.31 Calling-Station-Id); RFC 2866 section 5.1; RFC 3580
section 3.21 (form of the card's address).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.way import Dissector, Way

REQUEST, ACCEPT, REJECT, ACCOUNTING, ACCOUNTED, CHALLENGE = 1, 2, 3, 4, 5, 11
_SENT = {REQUEST: "client", ACCOUNTING: "client", ACCEPT: "server", REJECT: "server", ACCOUNTED: "server", 11: "server"}
_DYNAMIC = frozenset((12, *range(40, 46)))
_HEAD = 20
_FRAMED, _CALLING, _STATUS = 8, 31, 40
_GOES_ON = (b"\0\0\0\1", b"\0\0\0\3")
"""Start, and in between: not the end of a session."""
_CARD = re.compile(rb"([0-9A-Fa-f]{2})[-:]?([0-9A-Fa-f]{2})[-:.]?([0-9A-Fa-f]{2})[-:]?([0-9A-Fa-f]{2})[-:.]?"
                   rb"([0-9A-Fa-f]{2})[-:]?([0-9A-Fa-f]{2})")  # fmt: skip


def looks_like(payload: bytes) -> bool:
    """A known code, the length that it says, and attributes that fill it."""
    if len(payload) < _HEAD or (payload[0] not in _SENT and payload[0] not in _DYNAMIC):
        return False
    size = int.from_bytes(payload[2:4], "big")
    if size != len(payload) or not any(payload[4:20]) or (payload[0] in (REQUEST, ACCOUNTING) and size == _HEAD):
        return False
    try:
        return sum(1 for _ in _attributes(payload)) < 256
    except ValueError:
        return False


def _attributes(payload: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(type, place, value). Raises ValueError where they do not fill the bytes."""
    at = _HEAD
    while at < len(payload):
        size = payload[at + 1] if at + 1 < len(payload) else 0
        if size < 2 or at + size > len(payload) or not payload[at]:
            raise ValueError(f"an attribute cut at {at}")
        yield payload[at], at, payload[at + 2 : at + size]
        at += size


def sender(payload: bytes) -> str:
    """By the code; those who change a session may be either."""
    return _SENT.get(payload[0], "") if looks_like(payload) else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Which address a card has, as accounting tells. Raises ValueError."""
    if payload[:1] != bytes((ACCOUNTING,)):
        return
    found = {kind: (at, value) for kind, at, value in _attributes(payload) if kind in (_FRAMED, _CALLING, _STATUS)}
    at, end = found.get(_FRAMED, (0, b""))
    written = _CARD.fullmatch(found.get(_CALLING, (0, b""))[1])
    card = bytes.fromhex(b"".join(written.groups()).decode()) if written else b""
    if found.get(_STATUS, (0, b""))[1] in _GOES_ON and len(end) == 4 and is_host(end) and is_card(card):
        yield Said(mac_text(card), Trait.IP, ip_text(end), at, 0.9)


DISSECTOR = Dissector(
    "radius", frozenset({"udp"}), looks_like, dissect, frozenset({1812, 1813, 1645, 1646}), sender, of_sender=True
)
