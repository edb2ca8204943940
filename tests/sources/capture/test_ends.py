from ipaddress import ip_address

from hygie.sources.capture.ends import MOST, Ends, Owners, Seen, address_text

DEVICE, GATEWAY, OTHER = bytes.fromhex("020000000001"), bytes.fromhex("0200000000fe"), bytes.fromhex("020000000002")


def ip(text: str) -> bytes:
    return ip_address(text).packed


def sent(ends: Ends, card: bytes, address: str, near: bool = True) -> None:
    ends.pairs.sent(card, ip(address), near, 1, 1, 10, 10)


def bound(ends: Ends, card: bytes, address: str, confidence: float = 1.0) -> None:
    ends.bound(card, ip(address), confidence, 1, 10)


def subject(ends: Ends, card: bytes, address: str) -> str:
    return Owners(ends).subject(card, ip(address))


MINE = "device:mac=02:00:00:00:00:01"


def test_a_card_owns_what_it_sends_from_next_door() -> None:
    ends = Ends()
    sent(ends, DEVICE, "10.0.0.1")
    assert subject(ends, DEVICE, "10.0.0.1") == MINE
    assert Owners(ends).routers == set()


def test_what_came_over_a_router_is_known_by_its_address() -> None:
    ends = Ends()
    bound(ends, GATEWAY, "10.0.0.254")
    sent(ends, GATEWAY, "10.9.0.7", near=False)
    assert subject(ends, GATEWAY, "10.9.0.7") == "device:ip=10.9.0.7"
    assert subject(ends, GATEWAY, "10.0.0.254") == "device:mac=02:00:00:00:00:fe"


def test_many_addresses_make_a_router_even_where_hops_look_fresh() -> None:
    ends = Ends()
    for number in range(1, 4):
        sent(ends, GATEWAY, f"10.9.0.{number}")
    assert Owners(ends).routers == set()
    sent(ends, GATEWAY, "10.9.0.4")
    assert Owners(ends).routers == {GATEWAY}
    assert subject(ends, GATEWAY, "10.9.0.4") == "device:ip=10.9.0.4"


def test_an_outside_address_beside_another_makes_a_router_too() -> None:
    ends = Ends()
    sent(ends, GATEWAY, "198.51.100.7")
    assert Owners(ends).routers == set()
    sent(ends, GATEWAY, "2001:db8::7")
    assert Owners(ends).routers == set()
    sent(ends, GATEWAY, "10.30.4.77")
    assert Owners(ends).routers == {GATEWAY}
    assert subject(ends, GATEWAY, "10.30.4.77") == "device:ip=10.30.4.77"


def test_many_claimed_addresses_do_not() -> None:
    ends = Ends()
    for number in range(1, 9):
        bound(ends, DEVICE, f"10.0.0.{number}")
        sent(ends, DEVICE, f"10.0.0.{number}")
    assert Owners(ends).routers == set()
    assert subject(ends, DEVICE, "10.0.0.8") == MINE


def test_passing_on_the_outside_makes_a_router() -> None:
    ends = Ends()
    sent(ends, GATEWAY, "8.8.8.8", near=False)
    assert Owners(ends).routers == {GATEWAY}
    assert subject(ends, GATEWAY, "8.8.8.8") == ""


def test_an_outside_address_is_nobody_even_if_it_looks_near() -> None:
    ends = Ends()
    sent(ends, DEVICE, "8.8.8.8")
    assert subject(ends, DEVICE, "8.8.8.8") == ""
    assert Owners(ends).routers == set()


def test_a_public_address_that_is_claimed_or_asked_for_is_local() -> None:
    ends = Ends()
    bound(ends, DEVICE, "193.50.1.7")
    sent(ends, DEVICE, "193.50.1.7")
    assert subject(ends, DEVICE, "193.50.1.7") == MINE
    sent(ends, GATEWAY, "193.50.1.9", near=False)
    assert subject(ends, GATEWAY, "193.50.1.9") == "device:ip=193.50.1.9"
    ends.asked_for(ip("194.1.1.1"))
    assert Owners(ends).is_local(ip("194.1.1.1"))
    assert not Owners(ends).is_local(ip("194.1.1.2"))
    assert Owners(ends).is_local(ip("192.9.200.3"))


def test_a_device_seen_on_its_own_link_and_through_a_router_is_one() -> None:
    ends = Ends()
    bound(ends, DEVICE, "10.1.0.5")
    sent(ends, GATEWAY, "10.1.0.5", near=False)
    assert GATEWAY in Owners(ends).routers
    assert subject(ends, GATEWAY, "10.1.0.5") == MINE


def test_an_address_of_two_cards_is_no_ones() -> None:
    ends = Ends()
    bound(ends, DEVICE, "10.0.0.9")
    bound(ends, OTHER, "10.0.0.9")
    assert Owners(ends).subject(b"", ip("10.0.0.9")) == "device:ip=10.0.0.9"
    sent(ends, DEVICE, "10.0.0.9")
    assert subject(ends, DEVICE, "10.0.0.9") == MINE


def test_a_wish_does_not_bind() -> None:
    ends = Ends()
    bound(ends, DEVICE, "10.0.0.9", 0.5)
    assert Owners(ends).holders == {}


def test_groups_and_the_unset_are_never_devices() -> None:
    ends = Ends()
    ends.bound(bytes.fromhex("01005e0000fb"), ip("10.0.0.1"), 1.0, 1, 1)
    ends.bound(DEVICE, ip("0.0.0.0"), 1.0, 1, 1)
    assert ends.claims == {}
    owners = Owners(ends)
    for address in ("224.0.0.251", "255.255.255.255", "127.0.0.1", "::1", "ff02::1"):
        assert owners.subject(DEVICE, ip(address)) == ""
    assert owners.subject(bytes.fromhex("ffffffffffff"), b"") == ""
    assert owners.subject(b"", DEVICE) == MINE


def test_virtual_routers_and_advertised_ones() -> None:
    ends = Ends()
    virtual = bytes.fromhex("00005e000101")
    sent(ends, virtual, "10.9.9.9")
    ends.advertised.add(GATEWAY)
    assert Owners(ends).routers == {virtual, GATEWAY}


def test_temporary_addresses_of_one_network_are_one_host() -> None:
    ends = Ends()
    for number in range(9):
        sent(ends, DEVICE, f"fd00::{number + 1}")
    sent(ends, DEVICE, "fe80::1")
    assert Owners(ends).routers == set()
    assert subject(ends, DEVICE, "fd00::7") == MINE


def test_seen_again() -> None:
    seen = Seen(9, 0, 0)
    seen.again(12, 500)
    seen.again(4, 300, 0.5)
    assert (seen.place, seen.first, seen.last, seen.confidence) == (4, 300, 500, 1.0)
    assert address_text(DEVICE) == "02:00:00:00:00:01"


def test_tables_are_bounded() -> None:
    ends = Ends()
    ends.said = {(b"", b"", "x", str(n), ""): Seen(1, 1, 1) for n in range(MOST)}
    ends.say((b"", b"", "x", "new", ""), 1.0, 1, 1)
    assert ends.dropped == 1
