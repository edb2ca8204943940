"""Modbus/TCP: the identification that a device gives when asked: maker, product code, product, model, revision.

Registers and coils are never read, nor is the name that users give to their application.
Source: Modbus Messaging on TCP/IP 1.0b section 3.1.3; Modbus Application Protocol 1.1b3 sections 6.21
(function 43, type 14, and its table of objects) and 7 (exceptions).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_BEGINS = re.compile(rb"..\0\0\0([\x02-\xfe]).[\x01-\x18\x2b\x81-\x98\xab]", re.DOTALL)
ENCAPSULATED, IDENTIFICATION = 0x2B, 0x0E
_HEAD = 14
"""Bytes before the first object of an answer."""
OBJECTS = {0: Trait.MANUFACTURER, 1: Trait.MODEL_NUMBER, 2: Trait.FIRMWARE, 4: Trait.PRODUCT}
MODEL = 5
_ITSELF = (0, 1, 255)
"""Units that stand for the device at the address; others may lie behind a gateway."""


def looks_like(payload: bytes) -> bool:
    """A header of protocol 0, a known function, and units that fill the bytes."""
    at = 0
    while at < len(payload):
        if not _BEGINS.match(payload, at) or (at and payload[at + 6] != payload[6]):
            return False
        at += 6 + payload[at + 5]
    return 0 < at == len(payload)


def length(payload: bytes) -> int:
    """One unit. Raises ValueError where none begins."""
    if len(payload) < 8:
        return 0
    if not _BEGINS.match(payload):
        raise ValueError("no unit of Modbus")
    return 6 + payload[5]


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The objects of an identification. Raises ValueError, IndexError."""
    if payload[7:9] != bytes((ENCAPSULATED, IDENTIFICATION)) or len(payload) < _HEAD:
        return
    sure = 0.9 if payload[6] in _ITSELF else 0.6
    at, found = _HEAD, dict[int, tuple[int, str]]()
    for _each in range(payload[_HEAD - 1]):
        number, size = payload[at], payload[at + 1]
        if at + 2 + size > len(payload):
            raise ValueError(f"an object cut at {at}")
        found[number] = at, plain(payload[at + 2 : at + 2 + size])
        at += 2 + size
    # The model's name stands for the product where no product is named.
    if MODEL in found and not found.get(4, (0, ""))[1]:
        found[4] = found[MODEL]
    for number, trait in OBJECTS.items():
        offset, value = found.get(number, (0, ""))
        if value:
            yield Said("sender", trait, value, offset, sure)


DISSECTOR = Dissector("modbus", frozenset({"tcp"}), looks_like, dissect, frozenset({502}), length=length, units=16)
