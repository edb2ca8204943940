import struct

import pytest

from hygie.sources.capture import layers
from sources.capture.made import ethernet, ipv4, ipv6, tcp, udp

A, B = "02:00:00:00:00:01", "02:00:00:00:00:02"
INNER = ipv4("10.0.0.1", "10.0.0.2", 17, udp(1, 2, b"x"))


def test_ethernet_and_tags() -> None:
    plain = layers.link(layers.ETHERNET, ethernet(A, B, 0x0800, INNER))
    assert (plain.kind, plain.start, plain.vlan, plain.source.hex(":"), plain.target.hex(":")) == (0x0800, 14, "", A, B)
    assert layers.link(layers.ETHERNET, ethernet(A, B, 0x0800, INNER, 12))[:3] == (0x0800, 18, "12")
    assert layers.link(layers.ETHERNET, ethernet(A, B, 0x0800, INNER, 100, 12))[:3] == (0x0800, 22, "100.12")
    assert layers.link(layers.ETHERNET, ethernet(A, B, 0x0800, INNER, 0)).vlan == ""


def test_lengths_instead_of_types() -> None:
    tree = ethernet(A, "01:80:c2:00:00:00", 38, b"\x42\x42\x03" + bytes(35))
    assert layers.link(layers.ETHERNET, tree)[:2] == (0x42, 17)
    snap = ethernet(A, "01:00:0c:cc:cc:cc", 60, b"\xaa\xaa\x03\0\0\x0c\x20\0" + bytes(52))
    assert layers.link(layers.ETHERNET, snap)[:2] == (0x2000, 22)


def test_links_without_cards() -> None:
    six = ipv6("fd00::1", "fd00::2", 17, udp(1, 2, b"x"))
    for kind in (layers.RAW, layers.IPV4, layers.RAW_OLD):
        assert layers.link(kind, INNER) == layers.Link(0x0800, 0, "", b"", b"")
    assert layers.link(layers.RAW, six).kind == 0x86DD
    assert layers.link(layers.NULL, struct.pack("<I", 2) + INNER)[:2] == (0x0800, 4)
    assert layers.link(layers.LOOP, struct.pack(">I", 24) + six)[:2] == (0x86DD, 4)


def test_cooked_captures() -> None:
    card = bytes.fromhex("020000000001")
    first = struct.pack(">HHH8sH", 0, 1, 6, card, 0x0800) + INNER
    second = struct.pack(">HHIHBB8s", 0x0800, 0, 3, 1, 0, 6, card) + INNER
    assert layers.link(layers.SLL, first) == layers.Link(0x0800, 16, "", card, b"")
    assert layers.link(layers.SLL2, second) == layers.Link(0x0800, 20, "", card, b"")


def test_a_link_type_that_is_not_read() -> None:
    with pytest.raises(ValueError, match="147"):
        layers.link(147, INNER)


def test_ipv4_leaves_padding_out() -> None:
    packet = layers.network(0x0800, INNER + bytes(20), 0)
    assert (packet.protocol, packet.start, packet.stop, packet.hops, packet.fragment) == (17, 20, 29, 64, False)
    later = ipv4("10.0.0.1", "10.0.0.2", 17, b"x" * 16, fragment=100)
    assert layers.network(0x0800, later, 0).fragment
    assert layers.network(0x0800, ipv4("10.0.0.1", "10.0.0.2", 17, b"x" * 16, fragment=0x2000), 0).fragment
    assert not layers.network(0x0800, ipv4("10.0.0.1", "10.0.0.2", 17, b"x" * 16, fragment=0x4000), 0).fragment
    zero = INNER[:2] + b"\0\0" + INNER[4:]
    assert layers.network(0x0800, zero, 0).stop == len(INNER)


def test_ipv6_extensions() -> None:
    for more, fragment in ((0, False), (1, True)):
        options = b"\x2c\0" + bytes(6) + bytes((6, 0, 0, more)) + bytes(4) + tcp(1, 2, 3)
        packet = layers.network(0x86DD, ipv6("fd00::1", "fd00::2", 0, options), 0)
        assert (packet.protocol, packet.start, packet.fragment) == (6, 56, fragment)
    later = b"\x06\0\0\x08" + bytes(4) + b"rest of a packet"
    assert layers.network(0x86DD, ipv6("fd00::1", "fd00::2", 44, later), 0).fragment
    loop = b"\0\0" + bytes(6)
    assert layers.network(0x86DD, ipv6("fd00::1", "fd00::2", 0, loop * 40), 0).start == 40 + 8 * layers.MOST_EXTENSIONS


@pytest.mark.parametrize("kind", [0x0800, 0x86DD])
def test_headers_that_do_not_hold(kind: int) -> None:
    for bad in (b"", b"\x45" + bytes(10), b"\x41" + bytes(30), b"\x61" + bytes(20)):
        with pytest.raises((ValueError, IndexError)):
            layers.network(kind, bad, 0)


def test_truncation_at_every_length() -> None:
    frame = ethernet(A, B, 0x86DD, ipv6("fd00::1", "fd00::2", 0, b"\x11\0" + bytes(6) + udp(1, 2, b"x")), 5)
    for size in range(len(frame)):
        try:
            link = layers.link(layers.ETHERNET, frame[:size])
            packet = layers.network(link.kind, frame[:size], link.start)
        except (ValueError, IndexError, struct.error):
            continue
        assert packet.stop <= size
