from hygie.wire import ndp
from wire.hostile import said, survives

TARGET = bytes.fromhex("fd000000000000000000000000000010")
ADVERTISEMENT = b"\x88\0\0\0\x60\0\0\0" + TARGET + b"\2\1" + bytes.fromhex("020000000009")
ROUTER = b"\x86\0\0\0\x40\0\x07\x08" + bytes(8)


def test_an_advertisement_binds_its_target() -> None:
    assert said(ndp.DISSECTOR, ADVERTISEMENT) == {("02:00:00:00:00:09", "ip", "fd00::10")}


def test_a_router_says_so_unless_it_resigns() -> None:
    assert said(ndp.DISSECTOR, ROUTER) == {("sender", "role", "router")}
    assert said(ndp.DISSECTOR, ROUTER[:6] + b"\0\0" + ROUTER[8:]) == set()


def test_hostile() -> None:
    survives(ndp.DISSECTOR, [ADVERTISEMENT, ROUTER])
