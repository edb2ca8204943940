import pytest

from hygie.wire import Way, dhcp
from wire.hostile import said, survives

CARD = bytes.fromhex("020000000001")


def unit(op: int, kind: int, options: bytes, own: bytes = bytes(4), leased: bytes = bytes(4)) -> bytes:
    fixed = bytes((op, 1, 6, 0)) + b"\1\2\3\4" + bytes(4) + own + leased + bytes(8) + CARD + bytes(10) + bytes(192)
    return fixed + dhcp.COOKIE + bytes((53, 1, kind)) + options + b"\xff"


def option(code: int, value: bytes) -> bytes:
    return bytes((code, len(value))) + value


REQUEST = unit(
    1,
    3,
    option(12, b"MX800-REA-01")
    + option(50, bytes((10, 20, 1, 10)))
    + option(55, bytes((1, 3, 6, 15)))
    + option(60, b"Example Monitor")
    + option(61, b"\1" + CARD)
    + option(81, b"\4\0\0\x05mx800\x03chu\0"),
)
ACK = unit(2, 5, option(54, bytes((10, 20, 1, 1))), leased=bytes((10, 20, 1, 10)))
OFFER = unit(2, 2, option(54, bytes((10, 20, 1, 1))), leased=bytes((10, 20, 1, 99)))


def test_what_a_client_says_of_itself() -> None:
    who = "02:00:00:00:00:01"
    assert said(dhcp.DISSECTOR, REQUEST) == {
        (who, "host_name", "MX800-REA-01"),
        (who, "host_name", "mx800.chu"),
        (who, "dhcp_fingerprint", "1,3,6,15"),
        (who, "dhcp_vendor_class", "Example Monitor"),
        (who, "ip", "10.20.1.10"),
    }


def test_a_wish_is_less_sure_than_a_lease() -> None:
    wish = [one.confidence for one in dhcp.dissect(REQUEST, Way("udp")) if one.trait == "ip"]
    lease = [one.confidence for one in dhcp.dissect(ACK, Way("udp")) if one.trait == "ip"]
    assert wish == [0.5]
    assert lease == [1.0]


def test_an_acknowledgement_binds_and_names_the_server() -> None:
    assert said(dhcp.DISSECTOR, ACK) == {
        ("02:00:00:00:00:01", "ip", "10.20.1.10"),
        ("10.20.1.1", "role", "dhcp server"),
    }


def test_an_offer_binds_nothing() -> None:
    assert said(dhcp.DISSECTOR, OFFER) == {("10.20.1.1", "role", "dhcp server")}


def test_the_name_of_a_persons_telephone_is_not_said() -> None:
    assert said(dhcp.DISSECTOR, unit(1, 1, option(12, b"iPhone-de-Marie"))) == set()


def test_an_option_of_several_parts_is_joined() -> None:
    assert dhcp.options(unit(1, 1, option(60, b"Exam") + option(60, b"ple")))[60][1] == b"Example"


def test_an_option_cut_short_is_an_error() -> None:
    with pytest.raises(ValueError, match="cut"):
        dhcp.options(REQUEST[:245])


def test_hostile() -> None:
    survives(dhcp.DISSECTOR, [REQUEST, ACK])
