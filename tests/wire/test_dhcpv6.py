"""Messages of ISC dhclient 4.4.3 and dnsmasq 2.90 on a pair of virtual cards; the vendor class is Windows' own."""

import struct

import pytest

from hygie.wire import DISSECTORS, Way, dhcpv6
from wire.hostile import said, survives

SOLICIT = bytes.fromhex(
    "011f5abd0001000a00030001001b21aabb01000600060017001800270008000200000027001800096d783830302d72656103636875076578"
    "616d706c65000003000c21aabb0100000e1000001518"
)
ADVERTISE = bytes.fromhex(
    "021f5abd0001000a00030001001b21aabb010002000e000100013297837c92cbb25c78450003002821aabb010000070800000c4e00050018"
    "fd00000600000000000000000000016f00000e1000000e10000d000900007375636365737300070001ff0027000b03096d783830302d7265"
    "61"
)
REPLY = bytes.fromhex(
    "07e422ea0001000a00030001001b21aabb010002000e000100013297837c92cbb25c78450003002821aabb010000070800000c4e00050018"
    "fd00000600000000000000000000016f00000e1000000e10000d00090000737563636573730027001803096d783830302d72656103636875"
    "076578616d706c6500"
)


def option(code: int, value: bytes) -> bytes:
    return struct.pack(">HH", code, len(value)) + value


def relayed(kind: int, message: bytes, more: bytes = b"") -> bytes:
    return bytes((kind, 0)) + bytes(16) + bytes.fromhex("fe80") + bytes(13) + b"\1" + more + option(9, message)


WINDOWS = SOLICIT + option(15, b"\0\x05marie") + option(16, struct.pack(">IH", 311, 8) + b"MSFT 5.0")
LINK = option(79, bytes.fromhex("0001020000000001"))


def test_what_a_client_says_of_itself() -> None:
    assert said(dhcpv6.DISSECTOR, SOLICIT) == {("sender", "host_name", "mx800-rea.chu.example")}
    assert said(dhcpv6.DISSECTOR, WINDOWS) == {
        ("sender", "host_name", "mx800-rea.chu.example"),
        ("sender", "dhcp_vendor_class", "MSFT 5.0"),
    }


def test_a_lease() -> None:
    assert said(dhcpv6.DISSECTOR, ADVERTISE) == {("sender", "role", "dhcp server")}
    assert said(dhcpv6.DISSECTOR, REPLY) == {
        ("sender", "role", "dhcp server"),
        ("receiver", "ip", "fd00:6::16f"),
    }
    taken_back = REPLY.replace(bytes.fromhex("00000e1000000e10"), bytes(8))
    assert said(dhcpv6.DISSECTOR, taken_back) == {("sender", "role", "dhcp server")}


def test_behind_a_relay() -> None:
    name = "mx800-rea.chu.example"
    assert said(dhcpv6.DISSECTOR, relayed(12, SOLICIT)) == {("00:1b:21:aa:bb:01", "host_name", name)}
    assert said(dhcpv6.DISSECTOR, relayed(12, SOLICIT, LINK)) == {("02:00:00:00:00:01", "host_name", name)}
    assert said(dhcpv6.DISSECTOR, relayed(13, relayed(13, REPLY))) == {("00:1b:21:aa:bb:01", "ip", "fd00:6::16f")}
    nobody = SOLICIT.replace(bytes.fromhex("00030001001b21aabb01"), bytes.fromhex("0002000001bf21aabb01"))
    assert said(dhcpv6.DISSECTOR, relayed(12, nobody)) == set()
    deep = SOLICIT
    for _ in range(6):
        deep = relayed(12, deep)
    with pytest.raises(ValueError, match="no message"):
        list(dhcpv6.dissect(deep, Way("udp")))


def test_names_of_persons_are_not_said() -> None:
    phone = SOLICIT.replace(b"\x09mx800-rea", b"\x09iPadMarie")
    assert said(dhcpv6.DISSECTOR, phone) == set()


def test_content_is_enough_and_needed() -> None:
    for unit in (SOLICIT, ADVERTISE, REPLY, WINDOWS, relayed(12, SOLICIT)):
        first = next(name for name, row in DISSECTORS.items() if "udp" in row.carriers and row.looks_like(unit))
        assert first == "dhcpv6"
    assert [dhcpv6.sender(unit) for unit in (SOLICIT, REPLY, relayed(12, SOLICIT))] == ["client", "server", ""]
    assert not dhcpv6.looks_like(SOLICIT + b"\0")
    assert not dhcpv6.looks_like(bytes(40))


def test_hostile() -> None:
    survives(dhcpv6.DISSECTOR, [SOLICIT, REPLY, WINDOWS, relayed(12, SOLICIT, LINK)])
