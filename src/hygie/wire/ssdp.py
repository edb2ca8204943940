"""SSDP: the product that a device announces. Locations and identifiers are not read.

Source: UPnP Device Architecture 2.0, sections 1.2 and 1.3.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import http
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way


def looks_like(payload: bytes) -> bool:
    """NOTIFY and M-SEARCH of everything, or the answer to it."""
    return payload.startswith((b"NOTIFY * HTTP/1.1", b"M-SEARCH * HTTP/1.1", b"HTTP/1.1 200 OK"))


def sender(payload: bytes) -> str:
    """Searches come from clients."""
    return "server" if payload.startswith(b"HTTP/") else "client"


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The SERVER field."""
    head = http.head(payload)
    server = plain(head.fields.get("server", b""))
    if server and head.method != "M-SEARCH":
        yield Said("sender", Trait.HTTP_SERVER, server, 0, 0.9)


DISSECTOR = Dissector("ssdp", frozenset({"udp"}), looks_like, dissect, frozenset({1900}), sender, of_sender=True)
