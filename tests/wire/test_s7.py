"""Asked and answered by Snap7 1.4, whose server gives the lists of a CPU 315-2 PN/DP. What newer controllers
state is laid out as recordings of an S7-1511 and an S7-1211C have it."""

import pytest

from hygie.wire import s7
from wire.hostile import said, survives

ASKED = bytes.fromhex("0300002102f080320700000100000800080001120411440100ff090004001c0000")
COMPONENTS = bytes.fromhex(
    "0300017d02f080320700000100000c0160000112081284010000000000ff09015c001c00000022000a0001534e4150372d534552564552"
    "00000000000000000000000000000000000000000002435055203331352d3220504e2f4450000000000000000000000000000000000000"
    "03000000000000000000000000000000000000000000000000000000000000000000044f726967696e616c205369656d656e7320457175"
    "69706d656e7400000000000000055320432d43325552323839323230313200000000000000000000000000000000000743505520333135"
    "2d3220504e2f4450000000000000000000000000000000000000084d4d4320323637464631314600000000000000000000000000000000"
    "000000000009002af60000010000000000000000000000000000000000000000000000000000000a000000000000000000000000000000"
    "0000000000000000000000000000000000000b0000000000000000000000000000000000000000000000000000000000000000"
)
MODULES = bytes.fromhex(
    "0300009902f080320700000200000c007c000112081284010000000000ff09007800110000001c0004000136455337203331352d324548"
    "31342d304142302000c000040001000636455337203331352d32454831342d304142302000c00004000100072020202020202020202020"
    "20202020202020202000c0560302060081426f6f74204c6f61646572202020202020202020000041200909"
)
STATED = (
    bytes.fromhex("0300004f02f0807201004032000004ca0000000136000287000000a1000001208200")
    + b"\x15\x1a1;6ES7 511-1AK00-0AB0;V1.8"
    + bytes(18)
)
ASKS_TOO = STATED[:11] + b"\x31" + STATED[12:]
READ = bytes.fromhex("0300001f02f080320100000500000e00000401120a10020001000184000000")


def test_what_a_controller_is() -> None:
    assert said(s7.DISSECTOR, COMPONENTS) == {
        ("sender", "serial_number", "S C-C2UR28922012"),
        ("sender", "product", "CPU 315-2 PN/DP"),
    }
    assert said(s7.DISSECTOR, MODULES) == {
        ("sender", "manufacturer", "Siemens"),
        ("sender", "model_number", "6ES7 315-2EH14-0AB0"),
        ("sender", "product", "SIMATIC S7-300"),
        ("sender", "firmware_version", "3.2.6"),
    }


def test_what_a_newer_one_states() -> None:
    assert said(s7.DISSECTOR, STATED) == {
        ("sender", "manufacturer", "Siemens"),
        ("sender", "model_number", "6ES7 511-1AK00-0AB0"),
        ("sender", "product", "SIMATIC S7-1500"),
        ("sender", "firmware_version", "1.8"),
    }
    assert said(s7.DISSECTOR, ASKS_TOO) == set()


def test_names_that_users_give_are_not_said() -> None:
    assert b"SNAP7-SERVER" in COMPONENTS
    assert "SERVER" not in str(said(s7.DISSECTOR, COMPONENTS))
    assert said(s7.DISSECTOR, ASKED) == said(s7.DISSECTOR, READ) == set()


def test_another_maker_s_controller() -> None:
    other = MODULES.replace(b"6ES7 315-2EH14-0AB0 ", b"VIPA 315-4PN12      ")
    found = said(s7.DISSECTOR, other)
    assert ("sender", "model_number", "VIPA 315-4PN12") in found
    assert "Siemens" not in str(found)


def test_units_and_ends() -> None:
    assert [s7.sender(unit) for unit in (ASKED, COMPONENTS, STATED, ASKS_TOO, READ)] == [
        "client",
        "server",
        "server",
        "client",
        "client",
    ]
    assert s7.length(MODULES + ASKED) == len(MODULES)
    assert s7.length(b"\3\0") == 0
    with pytest.raises(ValueError, match="no packet"):
        s7.length(b"\3\1\0\x20")


def test_hostile() -> None:
    survives(s7.DISSECTOR, [ASKED, COMPONENTS, MODULES, STATED, READ])
