"""Bytes made by lldpd 1.0 speaking CDP; those of a switch and a telephone are put together after what Cisco's say."""

import struct

import pytest

from hygie.wire import Way, cdp
from wire.hostile import said, survives

DEVICE = bytes.fromhex(
    "0278156700010006766d00020011000000010101cc00040a0900010003000777763000040008000000100005002d416c6465626572"
    "74204d65646963616c205a657068797220352c20736f66747761726520342e322e310006000c5a65706879722035"
)
IOS = (
    b"Cisco IOS Software, C3560 Software (C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE, RELEASE SOFTWARE (fc1)\n"
    b"Copyright (c) 1986-2008 by Cisco Systems, Inc.\nCompiled Sat 05-Jan-08 00:15 by mdurand"
)


def field(kind: int, value: bytes) -> bytes:
    return struct.pack(">HH", kind, len(value) + 4) + value


def unit(*fields: tuple[int, bytes]) -> bytes:
    return b"\2\xb4\0\0" + b"".join(field(kind, value) for kind, value in fields)


SWITCH = unit(
    (1, b"N5K-1(SSI1234ABCD)"),
    (5, IOS),
    (6, b"cisco WS-C3560G-24PS"),
    (2, b"\0\0\0\2\1\1\xcc\0\4\0\0\0\0\1\1\xcc\0\4\xc0\xa8\0\1"),
    (3, b"GigabitEthernet0/5"),
    (4, b"\0\0\0\x29"),
    (0x0A, b"\0\1"),
)
PHONE = unit((1, b"SEP001122334455"), (6, b"Cisco IP Phone 7941"), (4, b"\0\0\4\x90"), (0x0A, b"\0\x0c"))


def test_a_device() -> None:
    assert said(cdp.DISSECTOR, DEVICE) == {
        ("sender", "host_name", "vm"),
        ("sender", "ip", "10.9.0.1"),
        ("sender", "lldp_description", "Aldebert Medical Zephyr 5, software 4.2.1"),
        ("sender", "product", "Zephyr 5"),
    }


def test_a_switch() -> None:
    assert said(cdp.DISSECTOR, SWITCH) == {
        ("sender", "host_name", "N5K-1"),
        ("sender", "serial_number", "SSI1234ABCD"),
        ("sender", "manufacturer", "Cisco"),
        ("sender", "product", "WS-C3560G-24PS"),
        ("sender", "lldp_description", IOS.partition(b"\n")[0].decode()),
        ("sender", "ip", "192.168.0.1"),
        ("sender", "role", "router"),
        ("sender", "role", "switch"),
    }
    assert "mdurand" not in str(said(cdp.DISSECTOR, SWITCH))


def test_a_telephone() -> None:
    assert said(cdp.DISSECTOR, PHONE) == {
        ("sender", "host_name", "SEP001122334455"),
        ("sender", "product", "Cisco IP Phone 7941"),
        ("sender", "role", "ip phone"),
        ("sender", "vlan", "12"),
    }


def test_an_address_of_the_sixth_version_and_padding() -> None:
    address = bytes.fromhex("fd000000000000000000000000000007")
    row = b"\0\0\0\1\2\x08\xaa\xaa\3\0\0\0\x86\xdd\0\x10" + address
    assert said(cdp.DISSECTOR, unit((1, b"x"), (0x16, row)) + bytes(20)) == {
        ("sender", "host_name", "x"),
        ("sender", "ip", "fd00::7"),
    }


def test_what_was_read_before_a_break_stays() -> None:
    row = cdp.DISSECTOR.dissect(DEVICE[:-3], Way("ethernet"))
    assert next(row).value == "vm"
    with pytest.raises(ValueError, match="cut"):
        list(row)
    assert not cdp.looks_like(bytes(40))


def test_hostile() -> None:
    survives(cdp.DISSECTOR, [DEVICE, SWITCH, PHONE])
