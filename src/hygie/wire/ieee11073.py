"""IEEE 11073-20601 over TCP: what a personal health device says when it associates, and its attributes when asked for.

Read: the system id (maker, card), the standard configuration, model, serial number, revisions and specialisations.
Measures, persistent stores and anything of the person are not read.
Source: ISO/IEEE 11073-20601 annex A (A.8 association, A.10 data and attribute types), section 6.3.2 (MDS attributes);
IEEE 11073-10404, 10407, 10408, 10415, 10417 (standard configurations).
"""

import struct
from collections.abc import Iterator

from hygie.facts import mdc, oui
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import card_of_eui64
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

REQUEST, RESPONSE, RELEASE, RELEASED, ABORT, DATA = range(0xE2, 0xE8)
"""Choices of an APDU; the second byte is 0."""
PROTOCOL = 0x5079
AGENT = 0x00800000
_GOT = 0x0203
"""rors-cmip-get: the answer with the attributes of an object; the device itself is object 0."""
_OPERATIONS = frozenset((*range(0x0100, 0x0108), *range(0x0200, 0x0208), 0x0300, 0x0400))
_MODEL, _PRODUCTION, _SPECIALISATIONS = 0x0928, 0x092D, 0x0A5A
_MOST = 64
_PRODUCTION_TRAITS = {1: Trait.SERIAL, 3: Trait.HARDWARE_VERSION, 4: Trait.VERSION, 5: Trait.FIRMWARE}
"""ProdSpecEntry's spec-type -> trait."""
_SPECIALISED = {4: 4100, 7: 4103, 8: 4104, 15: 4111, 17: 4113}
"""Hundreds of a standard configuration (IEEE 11073-104nn: nn * 100 and on) -> term of its profile."""
_SURE = 0.7
"""A gateway may carry the talk of several devices."""


def looks_like(payload: bytes) -> bool:
    """An association that names the protocol, or data whose three lengths agree."""
    if len(payload) < 12 or payload[1] or not REQUEST <= payload[0] <= DATA:
        return False
    size, first, operation = struct.unpack_from(">2xHH2xH", payload)
    if payload[0] == REQUEST:
        return size >= 40 and payload[4:8] == b"\x80\0\0\0" and payload[12:14] == b"\x50\x79"
    if payload[0] == RESPONSE:
        return size == 44 and first <= 0x0009 and payload[6:8] == b"\x50\x79"
    inner = int.from_bytes(payload[10:12], "big")
    return payload[0] == DATA and size == first + 2 == inner + 8 and operation in _OPERATIONS


def length(payload: bytes) -> int:
    """One APDU. Raises ValueError where none begins."""
    if len(payload) < 4:
        return 0
    if payload[1] or not REQUEST <= payload[0] <= DATA:
        raise ValueError("no APDU of 20601")
    return 4 + int.from_bytes(payload[2:4], "big")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an agent says of itself. Raises ValueError, struct.error."""
    if len(payload) < 4:
        raise ValueError("an APDU cut short")
    if payload[0] == REQUEST:
        yield from _association(payload)
    elif payload[0] == DATA and len(payload) >= 18:
        operation, handle, count, size = struct.unpack_from(">HxxHHH", payload, 8)
        if operation == _GOT and handle == 0:
            yield from _attributes(payload, 18, min(len(payload), 18 + size), count)


def _association(payload: bytes) -> Iterator[Said]:
    protocol, system_type, size = struct.unpack_from(">H16xIH", payload, 12)
    if protocol != PROTOCOL or system_type != AGENT or size != 8:
        return
    number, offset = payload[36:44], 36
    (configuration,) = struct.unpack_from(">H", payload, 44)
    card = card_of_eui64(number)
    if card:
        yield Said("sender", Trait.MAC, card, offset, 0.5)
    made_by = oui.maker(number[:6].hex(":"))
    if made_by:
        yield Said("sender", Trait.MANUFACTURER, made_by, offset, 0.5)
    yield from _kind(_SPECIALISED.get(configuration // 100, 0), 44)


def _kind(term: int, offset: int) -> Iterator[Said]:
    kind = mdc.KINDS.get(mdc.PROFILES + term, "")
    if kind:
        yield Said("sender", Trait.KIND, kind, offset, _SURE)


def _attributes(payload: bytes, offset: int, end: int, count: int) -> Iterator[Said]:
    for _ in range(min(count, _MOST)):
        if offset >= end:
            return
        number, size = struct.unpack_from(">HH", payload, offset)
        start, offset = offset + 4, offset + 4 + size
        if offset > end:
            raise ValueError(f"an attribute cut at {start}")
        if number == _MODEL:
            manufacturer, after = _string(payload, start, offset)
            model, _after = _string(payload, after, offset)
            for trait, text in ((Trait.MANUFACTURER, manufacturer), (Trait.PRODUCT, model)):
                if text:
                    yield Said("sender", trait, text, start, _SURE)
        elif number == _PRODUCTION:
            yield from _production(payload, start, offset)
        elif number == _SPECIALISATIONS:
            for at in range(start + 4, min(offset - 3, start + 4 + 4 * _MOST), 4):
                yield from _kind(int.from_bytes(payload[at : at + 2], "big"), at)


def _string(payload: bytes, offset: int, end: int) -> tuple[str, int]:
    """(text, offset after it) of an octet string. Raises ValueError, struct.error."""
    (size,) = struct.unpack_from(">H", payload, offset)
    if offset + 2 + size > end:
        raise ValueError(f"a string cut at {offset}")
    return plain(payload[offset + 2 : offset + 2 + size], 64), offset + 2 + size


def _production(payload: bytes, start: int, end: int) -> Iterator[Said]:
    """Serial number and revisions of the device as a whole: the first of each."""
    told: set[int] = set()
    offset = start + 4
    while offset + 6 <= end:
        (kind,) = struct.unpack_from(">H", payload, offset)
        text, after = _string(payload, offset + 4, end)
        trait = _PRODUCTION_TRAITS.get(kind)
        if trait and text and kind not in told:
            told.add(kind)
            yield Said("sender", trait, text, offset, _SURE)
        offset = after


DISSECTOR = Dissector("ieee11073", frozenset({"tcp"}), looks_like, dissect, length=length, reach=8_192, units=8)
