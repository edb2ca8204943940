"""Made by Mosquitto 2.0: its broker, its clients (3.1, 3.1.1 and 5)."""

import pytest

from hygie.wire import mqtt
from wire.hostile import said, survives

WITH_USER = bytes.fromhex("102a00044d51545404c2003c000e73746174696f6e2d647572616e640006647572616e64000667656865696d")
FIVE = bytes.fromhex("101700044d5154540502003c03210014000770756d702d3137")
OLDEST = bytes.fromhex("101000064d51497364700302003c00027032")
ACCEPTED = bytes.fromhex("20020000")
ACCEPTED_FIVE = bytes.fromhex("200900000622000a210014")
MESSAGE = bytes.fromhex("301a000b776172642f647572616e64004d6172696520447572616e64")
VERSION = b"\x31\x2d\0\x13$SYS/broker/versionmosquitto version 2.0.11"
VERSION_FIVE = b"\x31\x2e\0\x13$SYS/broker/version\0mosquitto version 2.0.11"


def test_who_is_broker() -> None:
    for unit in (WITH_USER, FIVE, OLDEST):
        assert said(mqtt.DISSECTOR, unit) == {("receiver", "role", "mqtt broker")}
    for unit in (ACCEPTED, ACCEPTED_FIVE):
        assert said(mqtt.DISSECTOR, unit) == {("sender", "role", "mqtt broker")}


def test_the_version_that_a_broker_publishes() -> None:
    for unit in (VERSION, VERSION_FIVE):
        assert mqtt.length(unit) == len(unit)
        assert said(mqtt.DISSECTOR, unit) == {("sender", "server_software", "mosquitto version 2.0.11")}


def test_names_and_messages_are_not_said() -> None:
    assert b"station-durand" in WITH_USER
    assert b"Marie Durand" in MESSAGE
    assert "durand" not in str(said(mqtt.DISSECTOR, WITH_USER)).lower()
    assert said(mqtt.DISSECTOR, MESSAGE) == set()


def test_units_and_ends() -> None:
    assert [mqtt.sender(unit) for unit in (FIVE, ACCEPTED, MESSAGE, b"")] == ["client", "server", "", ""]
    assert mqtt.length(FIVE + MESSAGE) == len(FIVE)
    assert mqtt.length(b"\x10") == mqtt.length(b"\x30\xff") == 0
    assert not mqtt.looks_like(FIVE[:9] + b"\x03" + FIVE[10:])
    for wrong in (b"\x11\x20", b"\x00\x20", b"\x30\xff\xff\xff\xff"):
        with pytest.raises(ValueError, match=r"packet|length"):
            mqtt.length(wrong)


def test_hostile() -> None:
    survives(mqtt.DISSECTOR, [WITH_USER, FIVE, OLDEST])
    survives(mqtt.DISSECTOR._replace(looks_like=lambda _: True), [ACCEPTED, MESSAGE, VERSION, VERSION_FIVE])
