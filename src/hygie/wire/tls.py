"""TLS: version offered and chosen, a client's JA3 and JA4, and a server's certificate subject.

The name that a client asks for is never said: it is compared with those of remote maintenance, and only that is said.
Source: RFC 5246 sections 6.2.1, 7.4.1 and 7.4.2; RFC 8446 section 4.2.1; RFC 6066 section 3; as of
`codec.fingerprints`.
"""

from collections.abc import Iterator

from hygie.facts import remote
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import fingerprints, handshake
from hygie.wire.way import Dissector, Way

looks_like, sender, length = handshake.looks_like, handshake.sender, handshake.length


def dissect(payload: bytes, way: Way) -> Iterator[Said]:
    """The handshake messages that lie whole in one record."""
    for one in handshake.said(payload, way.sender == "server"):
        yield one
        if one.trait is Trait.TLS_SUBJECT and one.value in remote.SUBJECTS:
            yield one._replace(about="receiver", trait=Trait.REMOTE_MAINTENANCE, value=remote.SUBJECTS[one.value])
    if looks_like(payload):
        service = remote.service(handshake.asked_for(payload))
        if service:
            yield Said("sender", Trait.REMOTE_MAINTENANCE, service, 0, 0.9)
        offered = fingerprints.hello(payload)
        if offered is not None:
            yield Said("sender", Trait.TLS_JA4, fingerprints.ja4(offered), 9)
            if known := fingerprints.ja3(offered):
                yield Said("sender", Trait.TLS_JA3, known, 9)


DISSECTOR = Dissector("tls", frozenset({"tcp"}), looks_like, dissect, frozenset({443, 8443}), sender, length, units=4)
