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

MED = bytes.fromhex(
    "020704e20b4867b31c040703e20b4867b31c060200780a0e7a6570687972352d7265612d30320c29416c646562657274204d"
    "65646963616c205a657068797220352c20736f66747761726520342e322e310e04009c0080100c05010a0900010200000001"
    "0010181102fe80000000000000e00b48fffe67b31c0200000006000803777630fe0900120f030100000000fe0900120f0100"
    "80000036fe070012bb01003f01fe050012bb0542fe080012bb06322e3131fe090012bb07342e322e31fe0e0012bb085a4535"
    "2d303034343137fe140012bb09416c646562657274204d65646963616cfe0c0012bb0a5a65706879722035fe0f0012bb0b42"
    "6c6f6320445552414e440000"
)
"""Bytes made by lldpd 1.0 as a device of class 1, with an inventory; its asset's text is "Bloc DURAND"."""


def test_an_inventory() -> None:
    assert b"Bloc DURAND" in MED
    assert said(lldp.DISSECTOR, MED) == {
        ("sender", "mac", "e2:0b:48:67:b3:1c"),
        ("sender", "host_name", "zephyr5-rea-02"),
        ("sender", "lldp_description", "Aldebert Medical Zephyr 5, software 4.2.1"),
        ("sender", "ip", "10.9.0.1"),
        ("sender", "ip", "fe80::e00b:48ff:fe67:b31c"),
        ("sender", "hardware_version", "B"),
        ("sender", "firmware_version", "2.11"),
        ("sender", "software_version", "4.2.1"),
        ("sender", "serial_number", "ZE5-004417"),
        ("sender", "manufacturer", "Aldebert Medical"),
        ("sender", "product", "Zephyr 5"),
    }


def test_who_compiled_a_switchs_software_is_not_said() -> None:
    text = b"Cisco IOS Software, Version 12.2(44)SE\nCompiled Sat 05-Jan-08 00:15 by mdurand"
    unit = (
        bytes.fromhex("0207 04 0200000000aa 0403 05 6131".replace(" ", "")) + bytes((12, len(text))) + text + bytes(2)
    )
    assert ("sender", "lldp_description", "Cisco IOS Software, Version 12.2(44)SE") in said(lldp.DISSECTOR, unit)


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
