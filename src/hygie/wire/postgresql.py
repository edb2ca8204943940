"""PostgreSQL: the version that a server states once a client is let in. Users, databases and statements are not read.

Source: PostgreSQL 17 manual, sections 53.2.1 (start-up), 53.2.10 (SSL) and 53.7 (message formats).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import packaged
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_ASKS = (b"\0\0\0\x08\x04\xd2\x16\x2f", b"\0\0\0\x08\x04\xd2\x16\x30")
"""A client asks for TLS, for GSS."""
_LET_IN = b"R\0\0\0\x08\0\0\0\0S\0\0\0"
_VERSION = b"server_version\0"


def looks_like(payload: bytes) -> bool:
    """A client's first message, or a server's that lets it in."""
    if payload[:8] in _ASKS:
        return len(payload) == 8
    if payload[4:8] == b"\0\3\0\0":
        return payload[8:13] == b"user\0" and int.from_bytes(payload[:4], "big") == len(payload) and payload[-1] == 0
    return payload.startswith(_LET_IN)


def sender(payload: bytes) -> str:
    """By the form: only a client's first messages have no letter."""
    if not looks_like(payload):
        return ""
    return "client" if payload[0] == 0 else "server"


def length(payload: bytes) -> int:
    """One message: a letter and a length; a client's first ones have no letter. Raises ValueError where none begins."""
    if payload in (b"S", b"N", b"G"):
        # The answer to who asks for TLS or GSS.
        return 1
    if len(payload) < 5:
        return 0
    if payload[0] == 0:
        return int.from_bytes(payload[:4], "big")
    size = int.from_bytes(payload[1:5], "big")
    if not 0x31 <= payload[0] <= 0x7A or not 4 <= size < 1 << 24:
        raise ValueError("no message of PostgreSQL")
    return 1 + size


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The parameter that states the server's version."""
    if payload[:1] == b"S" and payload[5 : 5 + len(_VERSION)] == _VERSION:
        start = 5 + len(_VERSION)
        text = plain(payload[start : payload.index(b"\0", start)])
        if text[:1].isdigit():
            yield Said("sender", Trait.SERVER_SOFTWARE, f"PostgreSQL {text.partition(' ')[0]}", start)
            yield from packaged.said(text, start)


DISSECTOR = Dissector(
    "postgresql", frozenset({"tcp"}), looks_like, dissect, frozenset({5432}), sender, length, reach=4_096, units=24
)
