"""BACnet/IP: device number, vendor number, and what a device's own properties say of it.

Source: ASHRAE 135-2020 annex J.2 (BVLL), clauses 6.2 (NPDU), 20.1 (APDU), 20.2 (encoding), 16.10.2 (I-Am), 15.5
(ReadProperty).
"""

from collections.abc import Iterator
from typing import NamedTuple

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_host
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

FORWARDED, UNICAST, BROADCAST, DISTRIBUTE = 0x04, 0x0A, 0x0B, 0x09
CONFIRMED, UNCONFIRMED, COMPLEX_ACK = 0, 1, 3
_DEVICE = 8
"""Object type of devices (clause 21)."""
PROPERTIES = {12: Trait.VERSION, 44: Trait.FIRMWARE, 70: Trait.PRODUCT, 77: Trait.HOST_NAME, 121: Trait.MANUFACTURER}
"""Properties of a device object: application version, firmware, model, object name, vendor name (clause 21)."""


class Unit(NamedTuple):
    """Where the application's part lies."""

    start: int
    origin: str
    """Address that a forwarded unit comes from; "" the sender itself."""
    routed: bool
    """It comes from another network: the sender is only a router."""


def looks_like(payload: bytes) -> bool:
    """BVLL of BACnet/IP with its own length, and NPDU version 1 where one follows."""
    if len(payload) < 4 or payload[0] != 0x81 or payload[1] > 0x0C:
        return False
    if int.from_bytes(payload[2:4], "big") != len(payload):
        return False
    return payload[1] not in (UNICAST, BROADCAST) or (len(payload) > 5 and payload[4] == 1)


def sender(payload: bytes) -> str:
    """By the PDU's type: requests from clients, answers from servers."""
    try:
        kind = payload[_unit(payload).start] >> 4
    except (ValueError, IndexError):
        return ""
    return {CONFIRMED: "client", 2: "server", COMPLEX_ACK: "server", 5: "server"}.get(kind, "")


def _unit(payload: bytes) -> Unit:
    """Steps over BVLL and NPDU. Raises ValueError, IndexError."""
    function, offset, origin = payload[1], 4, ""
    if function == FORWARDED:
        if is_host(payload[4:8]):
            origin = ip_text(payload[4:8])
        offset = 10
    elif function not in (UNICAST, BROADCAST, DISTRIBUTE):
        raise ValueError(f"BVLL function {function} carries no unit")
    if payload[offset] != 1:
        raise ValueError("an NPDU of unknown version")
    control = payload[offset + 1]
    if control & 0x80:
        raise ValueError("a message of the network layer")
    offset += 2
    if control & 0x20:
        offset += 3 + payload[offset + 2]
    if control & 0x08:
        offset += 3 + payload[offset + 2]
    if control & 0x20:
        offset += 1
    return Unit(offset, origin, bool(control & 0x08))


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """I-Am, and answers to ReadProperty of a device object."""
    if payload[1] not in (FORWARDED, UNICAST, BROADCAST, DISTRIBUTE) or len(payload) < 8:
        return
    control = payload[(10 if payload[1] == FORWARDED else 4) + 1]
    if control & 0x80:
        return
    unit = _unit(payload)
    if unit.routed:
        return
    about, start = unit.origin or "sender", unit.start
    kind = payload[start] >> 4
    if kind == UNCONFIRMED and payload[start + 1] == 0:
        yield from _i_am(payload, start + 2, about)
    elif kind == COMPLEX_ACK and not payload[start] & 8 and payload[start + 2] == 12:
        yield from _property(payload, start + 3, about)


def _i_am(payload: bytes, offset: int, about: str) -> Iterator[Said]:
    """Object identifier, largest unit, segmentation, vendor: four application-tagged values."""
    values: list[int] = []
    at = offset
    for expected in (12, 2, 9, 2):
        tag, size = payload[at] >> 4, payload[at] & 7
        if tag != expected or not 1 <= size <= 4 or at + 1 + size > len(payload):
            raise ValueError(f"an I-Am of odd form at {at}")
        values.append(int.from_bytes(payload[at + 1 : at + 1 + size], "big"))
        at += 1 + size
    if values[0] >> 22 == _DEVICE:
        yield Said(about, Trait.BACNET_DEVICE, f"device {values[0] & 0x3FFFFF} vendor {values[3]}", offset)


def _property(payload: bytes, offset: int, about: str) -> Iterator[Said]:
    """[0] object, [1] property, [3] value: only character strings of a device object."""
    if payload[offset] != 0x0C or payload[offset + 5] != 0x19:
        return
    kind = int.from_bytes(payload[offset + 1 : offset + 5], "big") >> 22
    trait = PROPERTIES.get(payload[offset + 6])
    at = offset + 7
    if kind != _DEVICE or trait is None or payload[at] != 0x3E or payload[at + 1] >> 4 != 7:
        return
    size, at = payload[at + 1] & 7, at + 2
    if size == 5:
        size, at = payload[at], at + 1
    if size > 253 or at + size > len(payload):
        raise ValueError(f"a character string cut at {at}")
    # The first byte is the character set: 0 is UTF-8 (clause 20.2.9).
    raw = payload[at + 1 : at + size]
    text = device_name(raw) if trait is Trait.HOST_NAME else plain(raw)
    if payload[at] == 0 and text:
        yield Said(about, trait, text, at, 0.9)


DISSECTOR = Dissector("bacnet", frozenset({"udp"}), looks_like, dissect, frozenset({47808}), sender, of_sender=True)
