"""IPv6 neighbour discovery: which network card answers for which IPv6 address, and who is a router.

Source: RFC 4861 sections 4.2 (router advertisement), 4.4 (neighbour advertisement) and 4.6.1 (link-layer address).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.way import Dissector, Way

ROUTER_ADVERTISEMENT, NEIGHBOUR_ADVERTISEMENT = 134, 136
_TARGET_CARD = 2


def looks_like(payload: bytes) -> bool:
    """A router or neighbour advertisement."""
    return len(payload) >= 16 and payload[0] in (ROUTER_ADVERTISEMENT, NEIGHBOUR_ADVERTISEMENT) and payload[1] == 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The binding of a neighbour advertisement; the role of a router advertisement's sender."""
    if payload[0] == ROUTER_ADVERTISEMENT:
        # A lifetime of zero says "I am no default router" (section 4.2).
        if payload[6:8] != b"\0\0":
            yield Said("sender", Trait.ROLE, "router", 0, 0.9)
        return
    if len(payload) < 24:
        raise ValueError("a neighbour advertisement cut short")
    target, offset = payload[8:24], 24
    while offset + 8 <= len(payload):
        size = payload[offset + 1] * 8
        if not size:
            raise ValueError(f"an option without length at {offset}")
        card = payload[offset + 2 : offset + 8]
        if payload[offset] == _TARGET_CARD and is_card(card) and is_host(target):
            yield Said(mac_text(card), Trait.IP, ip_text(target), offset)
        offset += size


DISSECTOR = Dissector("ndp", frozenset({"icmpv6"}), looks_like, dissect)
