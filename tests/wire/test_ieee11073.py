"""No agent that speaks over TCP could be had: units are written after annex H of ISO/IEEE 11073-20601."""

import struct

import pytest

from hygie.facts import oui
from hygie.wire import DISSECTORS, ieee11073
from wire.hostile import said, survives


def octets(text: bytes) -> bytes:
    return struct.pack(">H", len(text)) + text


def attribute(number: int, value: bytes) -> bytes:
    return struct.pack(">H", number) + octets(value)


def got(*attributes: bytes, operation: int = 0x0203, handle: int = 0) -> bytes:
    body = b"".join(attributes)
    inner = struct.pack(">HHH", handle, len(attributes), len(body)) + body
    data = struct.pack(">HH", 1, operation) + octets(inner)
    return b"\xe7\0" + octets(octets(data))


def production(*entries: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack(">HH", kind, 0) + octets(text) for kind, text in entries)
    return struct.pack(">HH", len(entries), len(body)) + body


ASSOCIATE = bytes.fromhex(
    "e200003280000000 0001002a50790026 80000000800080000000 0000000000800000 0008080019fffe3ed02d 0190 0001010000000000"
)
ACCEPTED = bytes.fromhex("e300002c0003507900268000000080008000000000000000800000000008") + bytes(18)
ATTRIBUTES = got(
    attribute(0x0A5A, struct.pack(">HHHH", 1, 4, 4103, 1)),
    attribute(0x0928, octets(b"Example\0") + octets(b"Tensio 3")),
    attribute(0x0984, octets(b"12345678")),
    attribute(0x092D, production((1, b"SN 77"), (1, b"SN of a part"), (5, b"1.0.9"), (3, b"B"), (4, b"2.1"))),
)


def test_an_association() -> None:
    assert said(ieee11073.DISSECTOR, ASSOCIATE) == {
        ("sender", "mac", "08:00:19:3e:d0:2d"),
        ("sender", "manufacturer", oui.maker("08:00:19:00:00:00")),
        ("sender", "clinical_kind", "pulse_oximeter"),
    }
    manager = ASSOCIATE.replace(bytes.fromhex("00800000"), bytes.fromhex("80000000"))
    assert said(ieee11073.DISSECTOR, manager) == set()
    assert said(ieee11073.DISSECTOR, ACCEPTED) == set()


def test_attributes() -> None:
    assert said(ieee11073.DISSECTOR, ATTRIBUTES) == {
        ("sender", "clinical_kind", "blood_pressure_monitor"),
        ("sender", "manufacturer", "Example"),
        ("sender", "product", "Tensio 3"),
        ("sender", "serial_number", "SN 77"),
        ("sender", "firmware_version", "1.0.9"),
        ("sender", "hardware_version", "B"),
        ("sender", "software_version", "2.1"),
    }


def test_measures_are_not_read() -> None:
    value = attribute(0x092D, production((1, b"DURAND")))
    assert said(ieee11073.DISSECTOR, got(value, operation=0x0101)) == set()
    assert said(ieee11073.DISSECTOR, got(value, handle=7)) == set()


def test_units() -> None:
    assert ieee11073.length(ATTRIBUTES + b"\xe7\0") == len(ATTRIBUTES)
    assert ieee11073.length(b"\xe2\0") == 0
    with pytest.raises(ValueError, match="no APDU"):
        ieee11073.length(b"GET / HTTP/1.1")
    with pytest.raises(ValueError, match="cut"):
        said(ieee11073.DISSECTOR, ATTRIBUTES[:60])


def test_content_is_enough_and_needed() -> None:
    for unit in (ASSOCIATE, ACCEPTED, ATTRIBUTES):
        assert (
            next(name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit))
            == "ieee11073"
        )
    assert not ieee11073.looks_like(b"\xe7\0\0\x10" + bytes(40))
    assert not ieee11073.looks_like(b"\xe2\0\0\x32" + bytes(60))


def test_hostile() -> None:
    survives(ieee11073.DISSECTOR, [ASSOCIATE, ACCEPTED, ATTRIBUTES])
