"""Made by cpppo 5.2: its client asks, its server answers as a 1756-L61. The other answer is laid out alike."""

import pytest

from hygie.wire import Way, ethernetip
from wire.hostile import said, survives

ASKED = bytes.fromhex("040000000000000000000000000000000000000000000000")
LOGIX = bytes.fromhex(
    "63003c00000000000000000000000000000000000000000001000c00360001000002af1200000000000000000000000001000e00360014"
    "0b60311a066c0014313735362d4c36312f42204c4f47495835353631ff"
)
REGISTER = bytes.fromhex("65000400000000000000000000000000000000000000000001000000")
SERVICE = bytes.fromhex(
    "6f0030001ed1a5b300000000300000000000000000000000000000000800020000000000b2002000520220062401059d12004d05910553"
    "43414441002801c3000100630001000100"
)


def test_who_a_device_is() -> None:
    assert said(ethernetip.DISSECTOR, LOGIX) == {
        ("sender", "manufacturer", "Rockwell Automation"),
        ("sender", "product", "1756-L61/B LOGIX5561"),
        ("sender", "firmware_version", "20.011"),
        ("sender", "serial_number", "006C061A"),
    }


def test_what_is_not_known_is_not_said() -> None:
    nameless = LOGIX[:48] + b"\xee\xee" + LOGIX[50:58] + bytes(4) + LOGIX[62:]
    assert said(ethernetip.DISSECTOR, nameless) == {
        ("sender", "product", "1756-L61/B LOGIX5561"),
        ("sender", "firmware_version", "20.011"),
    }


def test_questions_and_sessions_say_nothing() -> None:
    for unit in (ASKED, REGISTER, SERVICE):
        assert ethernetip.looks_like(unit)
        assert said(ethernetip.DISSECTOR, unit) == set()


def test_units_and_ends() -> None:
    assert [ethernetip.sender(unit) for unit in (ASKED, LOGIX, SERVICE)] == ["client", "server", ""]
    assert ethernetip.length(LOGIX + ASKED) == len(LOGIX)
    assert ethernetip.length(ASKED[:20]) == 0
    assert not ethernetip.looks_like(bytes(24))
    with pytest.raises(ValueError, match="no message"):
        ethernetip.length(b"\x01" + bytes(30))
    with pytest.raises(ValueError, match="cut"):
        list(ethernetip.dissect(LOGIX[:-4], Way("udp", sender="server")))


def test_hostile() -> None:
    survives(ethernetip.DISSECTOR, [ASKED, LOGIX, REGISTER, SERVICE])
