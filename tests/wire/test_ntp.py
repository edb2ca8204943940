import pytest

from hygie.wire import Way, ntp
from wire.hostile import said, survives

ASK = bytes((0x23, 0, 6, 0xEC)) + bytes(44)
GIVE = bytes((0x24, 2, 6, 0xEC)) + bytes(44)


def test_who_gives_and_who_asks() -> None:
    assert said(ntp.DISSECTOR, ASK) == {("sender", "role", "ntp client")}
    assert said(ntp.DISSECTOR, GIVE) == {("sender", "role", "ntp server")}
    assert (ntp.sender(ASK), ntp.sender(GIVE)) == ("client", "server")


def test_a_short_packet_is_an_error() -> None:
    with pytest.raises(ValueError, match="short"):
        list(ntp.dissect(GIVE[:40], Way("udp")))


def test_hostile() -> None:
    survives(ntp.DISSECTOR, [ASK, GIVE])
