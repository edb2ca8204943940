"""ARP: which network card answers for which IPv4 address.

Probes (sender address unset) bind nothing. A reply binds its receiver too.
Source: RFC 826; RFC 5227 section 1.1 (probes and announcements).
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.way import Dissector, Way

_HEAD = struct.Struct(">HHBBH")


def looks_like(payload: bytes) -> bool:
    """Ethernet and IPv4, a request or a reply."""
    return len(payload) >= 28 and payload[:6] == b"\0\1\x08\0\6\4" and payload[6:8] in (b"\0\1", b"\0\2")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Bindings, said of the card's address."""
    hardware, protocol, hlen, plen, _operation = _HEAD.unpack_from(payload)
    if (hardware, protocol, hlen, plen) != (1, 0x0800, 6, 4) or len(payload) < 28:
        raise ValueError("ARP of other than Ethernet and IPv4")
    for offset, (card, address) in zip((14, 24), bindings(payload), strict=False):
        if is_card(card) and is_host(address):
            yield Said(mac_text(card), Trait.IP, ip_text(address), offset)


def bindings(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(card, address) of the sender, and of the receiver of a reply. payload: 28 bytes or more."""
    yield payload[8:14], payload[14:18]
    if payload[7] == 2:
        yield payload[18:24], payload[24:28]


DISSECTOR = Dissector("arp", frozenset({"ethernet"}), looks_like, dissect, frozenset({0x0806}))
