"""KNXnet/IP: what an interface or a router of a building's bus says of itself: card, serial number, maker, model.

What goes over the bus (switches, values, addresses of groups) is never read, nor are the names that people give.
Source: KNX Standard 3/8/1 section 2.3 (header), 3/8/2 sections 7.5.4 (description information blocks) and 7.6 to 7.7
(search and description); the maker's number leads the serial number (3/5/1 section 4.3.11).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import is_card, mac_text
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

SEARCH, SEARCHED, DESCRIBE, DESCRIBED, SEARCH_MORE, SEARCHED_MORE = 0x201, 0x202, 0x203, 0x204, 0x20B, 0x20C
_SERVICES = frozenset((*range(0x201, 0x20D), *range(0x310, 0x312), *range(0x420, 0x424), 0x530, 0x531, 0x532))
_ASKED = frozenset((SEARCH, DESCRIBE, SEARCH_MORE, 0x205, 0x207, 0x209))
_ANSWERED = frozenset((SEARCHED, DESCRIBED, SEARCHED_MORE, 0x206, 0x208, 0x20A))
_HEAD, _ENDPOINT, _DEVICE = 6, 8, 54
_NAMED_BY_MAKER = re.compile(r"\b(?:KNX|EIB)\b|\bIP[ -]?(?:Router|Interface|Gateway)\b|\bIP[RS]/S", re.IGNORECASE)
"""Names that makers give; others are those of who put it in place."""
_MAKERS = {1: "Siemens", 2: "ABB", 4: "Jung", 5: "Bticino", 6: "Berker", 7: "Busch-Jaeger", 8: "Gira", 9: "Hager"}
"""Numbers that the KNX Association gave first."""


def looks_like(payload: bytes) -> bool:
    """A header of version 1.0, a known service and the whole length."""
    return (
        len(payload) >= _HEAD + 2
        and payload[:2] == b"\x06\x10"
        and int.from_bytes(payload[2:4], "big") in _SERVICES
        and int.from_bytes(payload[4:6], "big") == len(payload)
    )


def sender(payload: bytes) -> str:
    """By the service: asked or answered; what goes over the bus tells neither."""
    service = int.from_bytes(payload[2:4], "big") if looks_like(payload) else 0
    if service in _ASKED:
        return "client"
    return "server" if service in _ANSWERED else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The device's block of an answer. Raises ValueError, IndexError."""
    service = int.from_bytes(payload[2:4], "big")
    if service not in (SEARCHED, DESCRIBED, SEARCHED_MORE):
        return
    at = _HEAD if service == DESCRIBED else _HEAD + _ENDPOINT
    while at + 2 <= len(payload):
        size = payload[at]
        if size < 2 or at + size > len(payload):
            raise ValueError(f"a block cut at {at}")
        if payload[at + 1] == 1 and size == _DEVICE:
            yield from _device(payload, at)
        at += size


def _device(payload: bytes, at: int) -> Iterator[Said]:
    """Medium, status, address, project, serial number, group address, card, name."""
    serial, card = payload[at + 8 : at + 14], payload[at + 18 : at + 24]
    name = plain(payload[at + 24 : at + 54].partition(b"\0")[0].decode("latin-1"))
    yield Said("sender", Trait.KIND, "building_management", at, 0.8)
    if _NAMED_BY_MAKER.search(name):
        yield Said("sender", Trait.PRODUCT, name, at + 24, 0.7)
    if any(serial) and serial != b"\xff" * 6:
        yield Said("sender", Trait.SERIAL, f"{serial[:2].hex()}:{serial[2:].hex()}".upper(), at + 8, 0.9)
        maker = _MAKERS.get(int.from_bytes(serial[:2], "big"))
        if maker:
            yield Said("sender", Trait.MANUFACTURER, maker, at + 8, 0.8)
    if is_card(card):
        yield Said("sender", Trait.MAC, mac_text(card), at + 18, 0.9)


DISSECTOR = Dissector("knx", frozenset({"udp"}), looks_like, dissect, frozenset({3671}), sender, of_sender=True)
