"""Asked by xknx 4.0, answered by knxd 0.14."""

import pytest

from hygie.wire import Way, knx
from wire.hostile import said, survives

ASKED = bytes.fromhex("06100203000e08017f000001ce9f")
DESCRIBED = bytes.fromhex(
    "0610020400463601020011010000000000000000e000170c02fc0000000147544320626c6f632033000000000000000000000000000000"
    "00000000000a020201030104010501"
)
SEARCHED = bytes.fromhex(
    "06100202004c08017f0000010e573601020011010000010203040506e000170c02fc0000000147544320626c6f63203300000000000000"
    "000000000000000000000000000802020104010501"
)
ROUTER = (
    DESCRIBED[:14]
    + bytes.fromhex("00080a1b2c3d")
    + DESCRIBED[20:30]
    + b"KNX IP Router 752 secure".ljust(30, b"\0")
    + DESCRIBED[60:]
)


def test_what_a_router_is() -> None:
    assert said(knx.DISSECTOR, ROUTER) == {
        ("sender", "clinical_kind", "building_management"),
        ("sender", "product", "KNX IP Router 752 secure"),
        ("sender", "serial_number", "0008:0A1B2C3D"),
        ("sender", "manufacturer", "Gira"),
        ("sender", "mac", "02:fc:00:00:00:01"),
    }


def test_a_name_that_people_gave_is_not_said() -> None:
    assert b"GTC bloc 3" in DESCRIBED
    assert b"GTC bloc 3" in SEARCHED
    both = {("sender", "clinical_kind", "building_management"), ("sender", "mac", "02:fc:00:00:00:01")}
    assert both == said(knx.DISSECTOR, DESCRIBED)
    assert both < said(knx.DISSECTOR, SEARCHED)
    assert "bloc" not in str(said(knx.DISSECTOR, SEARCHED))


def test_questions_and_the_bus_say_nothing() -> None:
    routed = bytes.fromhex("06100530001129 00bcd011010a0301008 1".replace(" ", ""))
    assert knx.looks_like(routed)
    assert said(knx.DISSECTOR, routed) == said(knx.DISSECTOR, ASKED) == set()


def test_units_and_ends() -> None:
    assert [knx.sender(unit) for unit in (ASKED, DESCRIBED, SEARCHED, b"")] == ["client", "server", "server", ""]
    assert not knx.looks_like(DESCRIBED + b"x")
    with pytest.raises(ValueError, match="cut"):
        list(knx.dissect(DESCRIBED[:-3], Way("udp")))


def test_hostile() -> None:
    survives(knx.DISSECTOR, [ASKED, DESCRIBED, SEARCHED, ROUTER])
