"""TLS: version offered and chosen, and a server's certificate subject. The name that a client asks for is never read.

Source: RFC 5246 sections 6.2.1, 7.4.1 and 7.4.2; RFC 8446 section 4.2.1.
"""

from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.codec import handshake
from hygie.wire.way import Dissector, Way

looks_like, sender, length = handshake.looks_like, handshake.sender, handshake.length


def dissect(payload: bytes, way: Way) -> Iterator[Said]:
    """The handshake messages that lie whole in one record."""
    yield from handshake.said(payload, way.sender == "server")


DISSECTOR = Dissector("tls", frozenset({"tcp"}), looks_like, dissect, frozenset({443, 8443}), sender, length, units=4)
