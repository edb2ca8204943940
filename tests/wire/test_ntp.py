import pytest

from hygie.wire import Way, ntp
from wire.hostile import said, survives

ASK = bytes((0x23, 0, 6, 0xEC)) + bytes(44)
GIVE = bytes((0x24, 2, 6, 0xEC)) + bytes(44)


def test_who_gives_and_who_asks() -> None:
    assert said(ntp.DISSECTOR, ASK) == {("sender", "role", "ntp client")}
    assert said(ntp.DISSECTOR, GIVE) == {("sender", "role", "ntp server")}
    assert (ntp.sender(ASK), ntp.sender(GIVE)) == ("client", "server")


def test_peers_and_control_are_recognised_without_a_role() -> None:
    """Windows asks for the time in symmetric mode."""
    peer = bytes.fromhex("d9000afa0000000000010290") + bytes(36)
    control = bytes.fromhex("160100010000000000000000")
    answer = bytes.fromhex("168200010618000000000005") + b"a=1,b\0\0\0"
    for packet in (peer, control, answer):
        assert ntp.looks_like(packet)
        assert said(ntp.DISSECTOR, packet) == set()


def test_quic_is_no_ntp() -> None:
    for first in (0xC4, 0xDB, 0xE3, 0xE4):
        assert not ntp.looks_like(bytes((first, 0, 0, 0, 1, 8)) + bytes(42))


def test_a_tunnel_that_begins_like_an_old_peer_is_no_ntp() -> None:
    """Geneve with options."""
    assert not ntp.looks_like(bytes.fromhex("0a0008000000000001320101800000d1") + bytes(72))


def test_a_short_packet_is_an_error() -> None:
    with pytest.raises(ValueError, match="short"):
        list(ntp.dissect(GIVE[:40], Way("udp")))


def test_hostile() -> None:
    survives(ntp.DISSECTOR, [ASK, GIVE])
