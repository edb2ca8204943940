"""The first two were made by util-linux's logger, the others are laid out as Cisco's and Fortinet's equipment does."""

import pytest

from hygie.wire import syslog
from wire.hostile import said, survives

OLD = b"<13>Nov 24 01:21:55 vm sshd: Accepted password for durand"
NEW = (
    b"<13>1 2026-11-24T01:21:55.718188+00:00 vm ventilator - - [ti"
    b'meQuality tzKnown="1" isSynced="0"] patient Durand alarm'
)
CISCO = b"<189>45: switch-3: *Mar  1 00:12:33.123: %SYS-5-CONFIG_I: Configured from console by durand on vty0"
FORTI = b'<134>date=2024-05-01 time=10:00:00 devname="FG100" user="durand" action="accept"'
COUNTED = b"51 " + OLD


@pytest.mark.parametrize("unit", [OLD, NEW, CISCO, FORTI, COUNTED])
def test_known_and_nothing_said(unit: bytes) -> None:
    assert b"urand" in unit
    assert syslog.looks_like(unit)
    assert syslog.sender(unit) == "client"
    assert syslog.length(unit) == len(unit)
    assert said(syslog.DISSECTOR, unit) == set()


@pytest.mark.parametrize(
    "unit", [b"", b"<html>", b"<13>", b"<192>1 2024-01-01T", b"<?xml version", b"<13>\0\1\2\3", b"12"]
)
def test_what_is_none(unit: bytes) -> None:
    assert not syslog.looks_like(unit)
    assert syslog.sender(unit) == ""


def test_hostile() -> None:
    survives(syslog.DISSECTOR, [OLD, NEW, CISCO, FORTI, COUNTED])
