import pytest

from handmade import DAY, START, row
from hygie.model import Binding, Coverage, Flow, Zone
from hygie.names.whereabouts import GROUP, INSIDE, LINK, OUTSIDE, Watch, Whereabouts, calendar_days, union

ZONES = (
    row(Zone, id="Z1", site="local", cidr="10.1.0.0/16"),
    row(Zone, id="Z2", site="local", cidr="10.1.2.0/24 198.18.5.0/24", vlan="20"),
    row(Zone, id="Z3", site="other", cidr="203.0.113.0/24"),
)


@pytest.mark.parametrize(
    ("address", "side", "zone"),
    [
        ("10.1.9.9", INSIDE, "Z1"),
        ("10.1.2.9", INSIDE, "Z2"),
        ("198.18.5.7", INSIDE, "Z2"),
        ("10.200.0.1", INSIDE, ""),
        ("203.0.113.5", OUTSIDE, ""),
        ("8.8.8.8", OUTSIDE, ""),
        ("2001:db8::1", OUTSIDE, ""),
        ("fe80::1", INSIDE, ""),
        ("192.9.200.4", INSIDE, ""),
        ("239.255.255.250", GROUP, ""),
        ("255.255.255.255", GROUP, ""),
        ("10.1.2.255", GROUP, ""),
        ("ff02::1", GROUP, ""),
        ("02:00:00:00:00:01", LINK, ""),
        ("", LINK, ""),
    ],
)
def test_where_an_address_lies(address: str, side: str, zone: str) -> None:
    assert Whereabouts(ZONES, ()).place("local", address) == (side, zone)


def test_a_site_s_plan_is_its_own() -> None:
    where = Whereabouts(ZONES, ())
    assert where.place("other", "203.0.113.5") == (INSIDE, "Z3")
    assert where.place("local", "203.0.113.5") == (OUTSIDE, "")


def bound(**given: object) -> Binding:
    return row(Binding, **{"site": "local", "kind": "ip", "value": "10.1.2.9", **given})


def test_an_address_means_the_device_that_had_it_at_the_time() -> None:
    where = Whereabouts(
        ZONES,
        [
            bound(device="A", first=START, last=START + DAY),
            bound(device="B", first=START + 2 * DAY, last=START + 3 * DAY),
        ],
    )
    assert where.device("local", "10.1.2.9", "", START, START + 5) == "A"
    assert where.device("local", "10.1.2.9", "", START + 2 * DAY, START + 2 * DAY) == "B"
    assert where.device("local", "10.1.2.9", "", START + 4 * DAY, START + 5 * DAY) == ""
    assert where.device("local", "10.1.2.9", "", START, START + 3 * DAY) == ""
    assert where.device("other", "10.1.2.9", "", START, START + 5) == ""


def test_a_declared_address_stands_where_nothing_was_seen() -> None:
    where = Whereabouts(ZONES, [bound(device="A")])
    assert where.device("local", "10.1.2.9", "", START, START) == "A"
    two = Whereabouts(ZONES, [bound(device="A"), bound(device="B")])
    assert two.device("local", "10.1.2.9", "", START, START) == ""


def test_a_mac_address_stands_before_a_declared_address() -> None:
    mac = "02:00:00:00:00:01"
    where = Whereabouts(ZONES, [bound(device="A"), bound(device="B", kind="mac", value=mac)])
    assert where.device("local", "10.1.2.9", mac, START, START) == "B"
    assert where.device("local", mac, "", START, START) == "B"


def test_a_flow_is_traced_to_both_ends() -> None:
    flow = row(
        Flow,
        reading="r",
        site="local",
        client="10.1.2.9",
        server="8.8.8.8",
        first=START,
        last=START + DAY // 2,
        place="41",
    )
    [trace] = Whereabouts(ZONES, [bound(device="A")]).trace([flow])
    assert (trace.client.device, trace.client.zone, trace.client.side) == ("A", "Z2", INSIDE)
    assert (trace.server.device, trace.server.side) == ("", OUTSIDE)
    assert trace.origin == "r#packet 41"
    assert trace.days == 0.5


def test_days_watched_add_up_without_counting_twice() -> None:
    cover = [
        row(Coverage, site="local", first=START, last=START + 2 * DAY, networks=("10.1.2.0/24",)),
        row(Coverage, site="local", first=START + DAY, last=START + 3 * DAY, vlans=("20",)),
        row(Coverage, site="other", first=START, last=START + 9 * DAY, networks=("10.1.2.0/24",)),
    ]
    watch = Watch(ZONES, cover)
    assert watch.days == {"Z1": 2.0, "Z2": 3.0}
    assert watch.total == 9.0


def test_calendar_days_are_those_on_which_something_was_watched_if_only_for_a_while() -> None:
    """From noon to noon the day after the next is 2 days long, and touches 3."""
    noon = START // DAY * DAY + DAY // 2
    end = noon + 2 * DAY
    watch = Watch(ZONES, [row(Coverage, site="local", first=noon, last=end, networks=("10.1.2.0/24",))])
    assert watch.days["Z2"] == 2.0
    assert watch.calendar("Z2") == 3
    assert watch.calendar("Z2", (START + 5 * DAY, START + 5 * DAY)) == 4
    assert watch.calendar("", (START, START + 1)) == 1
    assert calendar_days([]) == 0
    assert calendar_days([(0, 1 << 60)]) == (1 << 60) // DAY + 1


def test_union_of_spans() -> None:
    assert union([]) == 0
    assert union([(5, 9), (1, 3), (2, 4), (20, 20)]) == 7


def test_an_address_of_a_device_of_the_register_is_inside() -> None:
    where = Whereabouts(ZONES, [bound(value="2001:db8::1", device="D1")])
    assert where.place("local", "2001:db8::1") == (INSIDE, "")
    assert where.place("other", "2001:db8::1") == (OUTSIDE, "")
