from hygie.wire import bacnet
from wire.hostile import said, survives

I_AM = bytes.fromhex("810b00190120ffff00ff1000c4020004d22205c4910021ff")
NAME = b"\0Example AHU"
ACK = bytes.fromhex("810a0000010030010c0c020004d2194d3e") + b"\x75" + bytes((len(NAME),)) + NAME + b"\x3f"
ACK = ACK[:2] + len(ACK).to_bytes(2, "big") + ACK[4:]
FORWARDED = bytes.fromhex("8104001f0a140105bac0") + I_AM[4:]


def sized(unit: bytes) -> bytes:
    return unit[:2] + len(unit).to_bytes(2, "big") + unit[4:]


def test_a_device_says_who_it_is() -> None:
    assert said(bacnet.DISSECTOR, sized(I_AM)) == {("sender", "bacnet_device", "device 1234 vendor 255")}


def test_a_forwarded_unit_speaks_of_its_origin() -> None:
    assert said(bacnet.DISSECTOR, sized(FORWARDED)) == {("10.20.1.5", "bacnet_device", "device 1234 vendor 255")}


def test_a_property_of_a_device() -> None:
    assert said(bacnet.DISSECTOR, ACK) == {("sender", "host_name", "Example AHU")}
    assert bacnet.sender(ACK) == "server"


def test_what_a_router_passes_on_is_not_said_of_it() -> None:
    routed = sized(bytes.fromhex("810b00000108000501071000") + I_AM[12:])
    assert bacnet.looks_like(routed)
    assert said(bacnet.DISSECTOR, routed) == set()


def test_hostile() -> None:
    survives(bacnet.DISSECTOR, [sized(I_AM), ACK, sized(FORWARDED)])
