"""Bytes made by pymodbus 3.6, server and client."""

import pytest

from hygie.wire import DISSECTORS, Way, modbus
from wire.hostile import said, survives

READ = bytes.fromhex("000100000006000300010002")
VALUES = bytes.fromhex("00010000000700030400110011")
ASKED = bytes.fromhex("000300000005002b0e0200")
BASIC = bytes.fromhex("000200000027002b0e01830000030010416c646562657274204d65646963616c01054754432d370204322e3131")
REGULAR = bytes.fromhex(
    "000300000064002b0e02830000070010416c646562657274204d65646963616c01054754432d370204322e31310318"
    "68747470733a2f2f616c6465626572742e6578616d706c6504094761732070616e656c050947544320372064756f06"
    "0b426c6f6320445552414e44"
)


def test_what_a_device_is() -> None:
    basic = {
        ("sender", "manufacturer", "Aldebert Medical"),
        ("sender", "model_number", "GTC-7"),
        ("sender", "firmware_version", "2.11"),
    }
    assert said(modbus.DISSECTOR, BASIC) == basic
    assert said(modbus.DISSECTOR, REGULAR) == {*basic, ("sender", "product", "Gas panel")}
    assert said(modbus.DISSECTOR, READ) == said(modbus.DISSECTOR, VALUES) == said(modbus.DISSECTOR, ASKED) == set()


def test_the_name_that_users_give_is_not_said() -> None:
    assert b"Bloc DURAND" in REGULAR
    assert "DURAND" not in str(said(modbus.DISSECTOR, REGULAR))


def test_a_unit_behind_a_gateway_is_less_sure() -> None:
    behind = BASIC[:6] + b"\x07" + BASIC[7:]
    assert {one.confidence for one in modbus.dissect(behind, Way("tcp"))} == {0.6}


def test_a_model_stands_for_the_product() -> None:
    unit = bytes.fromhex("00020000000f002b0e0183000001") + b"\x05\x05GTC 7"
    assert said(modbus.DISSECTOR, unit) == {("sender", "product", "GTC 7")}


def test_units() -> None:
    assert modbus.looks_like(READ + READ)
    assert not modbus.looks_like(READ + b"x")
    assert modbus.length(READ + VALUES) == len(READ)
    assert modbus.length(READ[:7]) == 0
    with pytest.raises(ValueError, match="no unit"):
        modbus.length(b"GET / HTTP/1.1")
    for unit in (READ, VALUES, ASKED, REGULAR):
        assert [n for n, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit)] == ["modbus"]


def test_hostile() -> None:
    survives(modbus.DISSECTOR, [READ, VALUES, ASKED, BASIC, REGULAR])
