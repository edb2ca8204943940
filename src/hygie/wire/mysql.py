"""MySQL and MariaDB: the version with which a server greets, and the distribution that it was packaged for.

What clients send (names, passwords, statements) is not looked at.
Source: MySQL internals manual, "Protocol::HandshakeV10"; MariaDB, "Connection: initial handshake packet" (its prefix
5.5.5-).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import packaged
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_GREETING = re.compile(rb"(..)\0\0\x0a(?:5\.5\.5-(?=1\d\.))?(\d{1,2}\.\d{1,2}\.\d{1,3})([ -~]{0,80})\0", re.DOTALL)
_LEAST = 21
"""Bytes after the version: number of the connection, challenge, filler, what the server can do."""


def looks_like(payload: bytes) -> bool:
    """A server's greeting with a version, of the length that it says."""
    found = _GREETING.match(payload)
    if not found:
        return False
    size = 4 + int.from_bytes(payload[:2], "little")
    return len(payload) <= size and found.end() + _LEAST <= size


def sender(payload: bytes) -> str:
    """The server greets."""
    return "server" if looks_like(payload) else ""


def length(payload: bytes) -> int:
    """One packet."""
    return 4 + int.from_bytes(payload[:3], "little") if len(payload) >= 4 else 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Product, version, system."""
    found = _GREETING.match(payload)
    if not found:
        return
    rest = plain(found.group(3))
    name = "MariaDB" if "mariadb" in rest.lower() else "MySQL"
    yield Said("sender", Trait.SERVER_SOFTWARE, f"{name} {found.group(2).decode()}", 5)
    yield from packaged.said(rest, 5)


DISSECTOR = Dissector(
    "mysql", frozenset({"tcp"}), looks_like, dissect, frozenset({3306}), sender, length, reach=512, units=1
)
