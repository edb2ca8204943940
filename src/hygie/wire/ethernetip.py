"""EtherNet/IP: the identity that a device gives when all are asked: maker, product, revision, serial number.

Tags, their values and services within sessions are never read.
Source: ODVA, The CIP Networks Library volume 2, sections 2-3 (encapsulation) and 2-4.2 (ListIdentity); volume 1,
section 5-2 (identity object).
"""

import struct
from collections.abc import Iterator

from hygie.facts import cip
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_HEAD = struct.Struct("<HHII8sI")
_NOP, _SERVICES, _IDENTITY, _INTERFACES = 0, 4, 0x63, 0x64
_REGISTER, _UNREGISTER, _DATA, _CONNECTED = 0x65, 0x66, 0x6F, 0x70
_COMMANDS = frozenset((_SERVICES, _IDENTITY, _INTERFACES, _REGISTER, _UNREGISTER, _DATA, _CONNECTED))
_EMPTY = frozenset((_SERVICES, _IDENTITY, _INTERFACES))
"""Requests that carry nothing: they are sure only where nothing stands in them at all."""
_NO_CONTEXTS = (bytes(8), b"\xc1\xde\xbe\xd1\0\0\0\0")
"""With which clients ask for a list: nothing, or what Rockwell's own put there."""
_ITEM = 0x0C
_SURE = 0.95


def looks_like(payload: bytes) -> bool:
    """A header of a known command and of the length that it says, without options."""
    if len(payload) < _HEAD.size or payload[0] not in _COMMANDS or payload[1]:
        return False
    command, size, session, status, context, options = _HEAD.unpack_from(payload)
    if options or status > 0x69 or size > 4096 or len(payload) > _HEAD.size + size:
        return False
    if command == _REGISTER:
        return bool(size == 4 and payload[24:28] == b"\1\0\0\0")
    if command in _EMPTY:
        return context in _NO_CONTEXTS if size == 0 else _counts(payload)
    return bool(session) and (command == _UNREGISTER or (size >= 16 and payload[24:28] == bytes(4)))


def _counts(payload: bytes) -> bool:
    """An answer with a few items."""
    return len(payload) >= 30 and 1 <= int.from_bytes(payload[24:26], "little") <= 4


def sender(payload: bytes) -> str:
    """Those who ask carry nothing, those who answer do."""
    if not looks_like(payload) or payload[0] not in _EMPTY:
        return ""
    return "server" if payload[2:4] != b"\0\0" else "client"


def length(payload: bytes) -> int:
    """One message. Raises ValueError where none begins."""
    if len(payload) < _HEAD.size:
        return 0
    if payload[0] not in (*_COMMANDS, _NOP) or payload[1]:
        raise ValueError("no message of EtherNet/IP")
    return _HEAD.size + int.from_bytes(payload[2:4], "little")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The identity items of an answer. Raises struct.error, IndexError, ValueError."""
    if payload[:2] != b"\x63\0" or payload[2:4] == b"\0\0":
        return
    (count,) = struct.unpack_from("<H", payload, 24)
    at = 26
    for _each in range(min(count, 4)):
        kind, size = struct.unpack_from("<HH", payload, at)
        if at + 4 + size > len(payload):
            raise ValueError(f"an item cut at {at}")
        if kind == _ITEM and size >= 33:
            yield from _identity(payload[at + 4 : at + 4 + size], at + 4)
        at += 4 + size


def _identity(item: bytes, at: int) -> Iterator[Said]:
    """Version, socket address, vendor, type, product code, revision, status, serial number, name."""
    vendor, _kind, _code, major, minor, _status, serial, size = struct.unpack_from("<HHHBBHIB", item, 18)
    name = plain(item[33 : 33 + size])
    if vendor in cip.VENDORS:
        yield Said("sender", Trait.MANUFACTURER, cip.VENDORS[vendor], at + 18, _SURE)
    if name:
        yield Said("sender", Trait.PRODUCT, name, at + 33, _SURE)
    yield Said("sender", Trait.FIRMWARE, f"{major}.{minor:03}", at + 24, _SURE)
    if serial:
        yield Said("sender", Trait.SERIAL, f"{serial:08X}", at + 28, _SURE)


DISSECTOR = Dissector(
    "ethernetip",
    frozenset({"tcp", "udp"}),
    looks_like,
    dissect,
    frozenset({44818, 2222}),
    sender,
    length,
    reach=2_048,
    units=8,
)
