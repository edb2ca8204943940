"""First packets made by aioquic 1.7, versions 1 and 2: their beginnings; what is encrypted is left out."""

import pytest

from hygie.wire import quic
from wire.hostile import said, survives

ONE = bytes.fromhex("cb0000000108f9fa4c27a57628f7087e078dff1ce02b950041fdbd35a244e62a0a5a038edda530ad") + bytes(1160)
TWO = bytes.fromhex("d96b3343cf0801f311688baf9ad808fb4a6be0e0038dc70041f92080aa243f9a5321228f844485fc") + bytes(1160)
VERSIONS = (
    b"\x9a\0\0\0\0\x08\xf9\xfa\x4c\x27\xa5\x76\x28\xf7\x08\x7e\x08\x7d\xff\x1c\xe0\x2b\x95\0\0\0\1\x6b\x33\x43\xcf"
)


def test_known_and_nothing_said() -> None:
    for unit in (ONE, TWO, VERSIONS):
        assert quic.looks_like(unit)
        assert said(quic.DISSECTOR, unit) == set()
    assert [quic.sender(unit) for unit in (ONE, TWO, VERSIONS)] == ["", "", "server"]


@pytest.mark.parametrize(
    "unit",
    [ONE[:1199], b"\x40" + ONE[1:], b"\xe0" + ONE[1:], ONE[:1] + b"\0\0\0\x05" + ONE[5:], VERSIONS[:-4], bytes(1200)],
)
def test_what_is_none(unit: bytes) -> None:
    assert quic.looks_like(unit) == (unit == VERSIONS[:-4])


def test_hostile() -> None:
    survives(quic.DISSECTOR, [ONE, TWO, VERSIONS])
