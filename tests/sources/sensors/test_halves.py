"""Two directions are one conversation, begun by the one that came first."""

import pytest

from hygie.model.fleet import Flow
from hygie.sources.sensors.halves import Half, Halves
from hygie.sources.sensors.records import Log
from sources.sensors.made import GIVEN, packed

ONE, OTHER = packed("10.1.1.10"), packed("10.1.2.20")
FORTH = Half(0, ONE, OTHER, 40000, 9999, 6, 5, 500, 1000, 9000, 0x1B, 1)
BACK = Half(0, OTHER, ONE, 9999, 40000, 6, 4, 900, 2000, 9500, 0x1B, 2)


def told(*halves: Half) -> list[Flow]:
    log = Log(GIVEN, "netflow", "record")
    log.sensor()
    gathered = Halves(log)
    for half in halves:
        assert list(gathered.take(half)) == []
    assert list(gathered.end()) == []
    return [row for bulk in log.end() if hasattr(bulk, "rows") for row in bulk.rows()]


@pytest.mark.parametrize("order", [(FORTH, BACK), (BACK, FORTH)])
def test_two_directions_are_one(order: tuple[Half, Half]) -> None:
    (flow,) = told(*order)
    assert (flow.client, flow.server, flow.port, flow.opened) == ("10.1.1.10", "10.1.2.20", 9999, True)
    assert (flow.packets_out, flow.bytes_out, flow.packets_back, flow.bytes_back) == (5, 500, 4, 900)
    assert (flow.first, flow.last, flow.place) == (1000, 9500, "record 1")


def test_a_long_connection_told_in_parts_adds_up() -> None:
    later = FORTH._replace(first=20_000, last=30_000, flags=0x18)
    (flow,) = told(FORTH, later, BACK)
    assert (flow.packets_out, flow.bytes_out, flow.last) == (10, 1000, 30_000)


def test_what_enters_and_leaves_counts_once() -> None:
    (flow,) = told(FORTH, FORTH._replace(leaving=True, packets=5), BACK, BACK._replace(leaving=True))
    assert (flow.packets_out, flow.packets_back) == (5, 4)
    (flow,) = told(FORTH._replace(packets=3, octets=300), FORTH._replace(leaving=True), BACK)
    assert (flow.packets_out, flow.bytes_out) == (5, 500)


def test_same_times_leave_the_ports_to_decide() -> None:
    (flow,) = told(BACK._replace(first=1000), FORTH)
    assert (flow.client, flow.port, flow.opened) == ("10.1.1.10", 9999, False)


def test_a_lone_answer_is_not_its_beginning() -> None:
    (flow,) = told(BACK._replace(source_port=104, flags=0x12))
    assert (flow.client, flow.server, flow.port, flow.opened) == ("10.1.1.10", "10.1.2.20", 104, False)
    assert (flow.packets_out, flow.packets_back) == (0, 4)
    (flow,) = told(FORTH._replace(flags=2))
    assert (flow.client, flow.opened) == ("10.1.1.10", True)


def test_sensors_stay_apart() -> None:
    log = Log(GIVEN, "netflow", "record")
    gathered = Halves(log)
    for name in ("a", "b"):
        list(gathered.take(FORTH._replace(sensor=log.sensor(name))))
    list(gathered.end())
    found = [row for bulk in log.end() if hasattr(bulk, "rows") for row in bulk.rows()]
    assert sorted(flow.sensor for flow in found) == ["a", "b"]


def test_the_card_of_what_has_no_address_yet_is_not_everybodys() -> None:
    dhcp = FORTH._replace(source=bytes(4), target=b"\xff" * 4, source_port=68, target_port=67, protocol=17)
    (flow,) = told(dhcp._replace(card=bytes.fromhex("025046004510")))
    assert (flow.client, flow.client_mac, flow.server) == ("0.0.0.0", "", "255.255.255.255")


def test_pings_have_one_direction_of_asking() -> None:
    ping = FORTH._replace(protocol=1, source_port=0, target_port=8 << 8)
    (flow,) = told(ping, BACK._replace(protocol=1, source_port=0, target_port=0))
    assert (flow.client, flow.transport, flow.port, flow.opened) == ("10.1.1.10", "icmp", 0, True)
