"""QUIC: that it is spoken, by the first packet of a connection. What it holds is encrypted and is not opened.

The first packet's keys follow from its own bytes, so the name asked for could be read: it is a name that people visit.
Source: RFC 8999 section 5.1; RFC 9000 sections 14.1, 17.2 and 17.2.1; RFC 9369 section 3.2 (version 2).
"""

from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

ONE, TWO = 1, 0x6B3343CF
_DRAFTS = range(0xFF000017, 0xFF000023)
"""Drafts 23 to 34, which the first devices still speak."""
_INITIAL = {ONE: 0, TWO: 1}
"""Version -> type of a first packet."""
_LEAST = 1200
"""Bytes of a datagram with a client's first packet."""
_LONGEST = 20
"""Bytes of a connection's number."""


def _ends(payload: bytes) -> int:
    """Where the numbers of both ends are over; 0 where they are none."""
    at = 5
    for _ in range(2):
        if at >= len(payload) or payload[at] > _LONGEST:
            return 0
        at += 1 + payload[at]
    return at if at <= len(payload) else 0


def looks_like(payload: bytes) -> bool:
    """A long header of a known version: a first packet that fills a datagram, or a server's choice of versions."""
    if len(payload) < 21 or payload[0] & 0x80 == 0:
        return False
    version, at = int.from_bytes(payload[1:5], "big"), _ends(payload)
    if not at:
        return False
    if version == 0:
        offered = payload[at:]
        known = (int.from_bytes(offered[i : i + 4], "big") for i in range(0, len(offered), 4))
        return len(offered) % 4 == 0 and any(one in _INITIAL or one in _DRAFTS for one in known)
    if version not in _INITIAL and version not in _DRAFTS:
        return False
    first = payload[0] >> 4 & 3 == _INITIAL.get(version, 0)
    return bool(payload[0] & 0x40) and first and len(payload) >= _LEAST and payload[5] + payload[6 + payload[5]] >= 8


def sender(payload: bytes) -> str:
    """A server that chooses versions tells itself; else the first packet's direction does."""
    return "server" if payload[1:5] == bytes(4) and looks_like(payload) else ""


def dissect(_: bytes, __: Way) -> Iterator[Said]:
    """Nothing is read."""
    return iter(())


DISSECTOR = Dissector("quic", frozenset({"udp"}), looks_like, dissect, frozenset({443}), sender)
