"""SNMP answers: description, object identifier, name and inventory of a device. Communities and users are never read.

Source: RFC 1157 section 4.1, RFC 3416 section 3, RFC 3412 section 6 (v3), RFC 3414 section 2.4, RFC 3411 section 5
(engine identifiers), RFC 3418 (system group), RFC 6933 (entity MIB).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ber
from hygie.wire.codec.addresses import is_card, mac_text
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

GET, NEXT, RESPONSE, SET, TRAP_V1, BULK, INFORM, TRAP_V2, REPORT = range(0xA0, 0xA9)
_SYSTEM = "1.3.6.1.2.1.1."
_ENTITY = "1.3.6.1.2.1.47.1.1.1.1."
TEXTS = {
    _SYSTEM + "1.0": Trait.SNMP_DESCRIPTION,
    _SYSTEM + "5.0": Trait.HOST_NAME,
    _ENTITY + "8.1": Trait.HARDWARE_VERSION,
    _ENTITY + "9.1": Trait.FIRMWARE,
    _ENTITY + "10.1": Trait.VERSION,
    _ENTITY + "11.1": Trait.SERIAL,
    _ENTITY + "12.1": Trait.MANUFACTURER,
    _ENTITY + "13.1": Trait.PRODUCT,
}
"""Objects whose text is read. Contact and location name people and rooms in free text: not read."""
OBJECT_ID = _SYSTEM + "2.0"
_VERSIONS = {0: "snmp v1", 1: "snmp v2c"}


def looks_like(payload: bytes) -> bool:
    """A sequence with version 0, 1 or 3 and what follows it in that version."""
    try:
        outer = ber.element(payload, 0, len(payload))
        parts = ber.children(payload, outer)
        version = next(parts)
        second = next(parts)
    except (ValueError, StopIteration):
        return False
    number = payload[version.start] if version.stop - version.start == 1 else 9
    return outer.tag == 0x30 and version.tag == 2 and (number, second.tag) in ((0, 4), (1, 4), (3, 0x30))


def sender(payload: bytes) -> str:
    """By the PDU's tag; v3 by the reportable flag (RFC 3412 section 6.4)."""
    try:
        version, parts = _parts(payload)
        if version == 3:
            _, _, flags, _ = ber.children(payload, parts[1])
            return "client" if payload[flags.start] & 4 else "server"
        tag = parts[2].tag
    except (ValueError, IndexError):
        return ""
    if tag == RESPONSE:
        return "server"
    return "client" if GET <= tag <= TRAP_V2 else ""


def _parts(payload: bytes) -> tuple[int, list[ber.Element]]:
    outer = ber.element(payload, 0, len(payload))
    parts = list(ber.children(payload, outer))
    if len(parts) < 3:
        raise ValueError("an SNMP message of too few parts")
    return ber.integer(payload, parts[0]), parts


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an answer or a trap says of its sender."""
    version, parts = _parts(payload)
    if version == 3:
        yield from _secured(payload, parts)
        return
    if version not in _VERSIONS:
        raise ValueError(f"SNMP version {version}")
    pdu = parts[2]
    yield Said("sender", Trait.CLEARTEXT, _VERSIONS[version], 0)
    fields = list(ber.children(payload, pdu))
    if pdu.tag == TRAP_V1:
        yield Said("sender", Trait.SNMP_OBJECT_ID, ber.oid(payload, fields[0]), fields[0].start, 0.9)
    elif pdu.tag in (RESPONSE, TRAP_V2, INFORM):
        yield from _values(payload, fields[3])


def _values(payload: bytes, bindings: ber.Element) -> Iterator[Said]:
    for binding in ber.children(payload, bindings):
        pair = list(ber.children(payload, binding))
        if len(pair) != 2:
            raise ValueError("a variable binding of odd form")
        name = ber.oid(payload, pair[0])
        value = pair[1]
        if name == OBJECT_ID and value.tag == 6:
            yield Said("sender", Trait.SNMP_OBJECT_ID, ber.oid(payload, value), value.start)
        elif name in TEXTS and value.tag == 4:
            raw = payload[value.start : value.stop]
            text = device_name(raw) if TEXTS[name] is Trait.HOST_NAME else plain(raw, 256)
            if text:
                yield Said("sender", TEXTS[name], text, value.start)


def _secured(payload: bytes, parts: list[ber.Element]) -> Iterator[Said]:
    """v3: the engine identifier of an answering agent names its enterprise, sometimes its MAC."""
    _, _, flags, model = ber.children(payload, parts[1])
    if ber.integer(payload, model) != 3 or payload[flags.start] & 4 or parts[2].tag != 4:
        return
    security = ber.element(payload, parts[2].start, parts[2].stop)
    engine = next(ber.children(payload, security), None)
    if engine is None or engine.stop - engine.start < 5:
        return
    value = payload[engine.start : engine.stop]
    enterprise = int.from_bytes(value[:4], "big") & 0x7FFFFFFF
    yield Said("sender", Trait.SNMP_OBJECT_ID, f"1.3.6.1.4.1.{enterprise}", engine.start, 0.6)
    if value[0] & 0x80 and value[4] == 3 and is_card(value[5:]):
        yield Said("sender", Trait.MAC, mac_text(value[5:]), engine.start + 5, 0.7)


DISSECTOR = Dissector("snmp", frozenset({"udp"}), looks_like, dissect, frozenset({161, 162}), sender, of_sender=True)
