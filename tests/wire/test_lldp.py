import struct

from hygie.wire import lldp
from wire.hostile import said, survives


def tlv(kind: int, value: bytes) -> bytes:
    return struct.pack(">H", kind << 9 | len(value)) + value


UNIT = (
    tlv(1, b"\4" + bytes.fromhex("001122334455"))
    + tlv(2, b"\5port-1")
    + tlv(3, b"\0\x78")
    + tlv(5, b"INFUSION-RACK-7")
    + tlv(6, b"Example SpaceStation fw 8.2")
    + tlv(7, b"\0\x24\0\x04")
    + tlv(8, b"\5\1\x0a\x14\1\7\2\0\0\0\1\0")
    + tlv(127, b"\x00\x12\xbb\x08SN-4711")
    + tlv(127, b"\x00\x12\xbb\x0aRack 3")
    + tlv(0, b"")
)


def test_what_a_sender_says() -> None:
    assert said(lldp.DISSECTOR, UNIT) == {
        ("sender", "mac", "00:11:22:33:44:55"),
        ("sender", "host_name", "INFUSION-RACK-7"),
        ("sender", "lldp_description", "Example SpaceStation fw 8.2"),
        ("sender", "role", "switch"),
        ("sender", "ip", "10.20.1.7"),
        ("sender", "serial_number", "SN-4711"),
        ("sender", "product", "Rack 3"),
    }


def test_hostile() -> None:
    survives(lldp.DISSECTOR, [UNIT])
