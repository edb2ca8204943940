import gc

import pytest

from hygie.sources.capture.metering import Rooms
from hygie.sources.capture.streams import Stream
from hygie.sources.capture.talks import Half, Talk
from sources.capture.made import (
    EVERYBODY,
    START,
    Connection,
    arp,
    chatter,
    datagram,
    ethernet,
    evidence,
    ipv4,
    ipv6,
    of,
    pcap,
    rows,
    tcp,
    udp,
    walked,
)
from wire.test_dhcp import ACK, REQUEST
from wire.test_hl7 import MESSAGE
from wire.test_ndp import ADVERTISEMENT

CT, PACS = "02:00:00:00:00:01", "02:00:00:00:00:02"
ENDS = ("10.0.0.1", "10.0.0.2")


def conversation(port: int = 2575) -> list[bytes]:
    peer = Connection((CT, PACS), ENDS, (40000, port))
    return [
        *peer.open(),
        peer.send(0, MESSAGE),
        peer.send(1, b"", 0x10),
        peer.send(0, b"", 0x11),
        peer.send(1, b"", 0x11),
    ]


def test_a_connection_from_its_opening() -> None:
    found = rows(pcap(conversation(9999)))
    (flow,) = of(found, "Flow")
    assert (flow.client, flow.client_mac, flow.server, flow.server_mac) == (ENDS[0], CT, ENDS[1], PACS)
    assert (flow.transport, flow.port, flow.service, flow.opened, flow.place) == ("tcp", 9999, "hl7", True, "packet 1")
    assert (flow.packets_out, flow.packets_back) == (4, 3)
    assert (flow.first, flow.last) == (START, START + 6000)
    assert (f"device:mac={PACS}", "service", "tcp/9999 hl7") in evidence(found)
    assert (f"device:mac={PACS}", "cleartext_protocol", "hl7") in evidence(found)
    assert (f"device:mac={CT}", "hl7_application", "ABL90^REA") in evidence(found)


def test_out_of_order_repeated_and_doubled_frames() -> None:
    peer = Connection((CT, PACS), ENDS, (40000, 2575))
    opening = peer.open()
    start = peer.next[0]
    parts = [peer.frame(0, start + at, MESSAGE[at : at + 25]) for at in range(0, len(MESSAGE), 25)]
    shuffled = [*opening, *parts[::-1], parts[2], parts[0]]
    assert (f"device:mac={CT}", "hl7_message", "ORU^R01") in evidence(rows(pcap(shuffled)))


@pytest.mark.parametrize("size", [100, 1460, 10_000])
def test_a_long_message_is_read_whole(size: int) -> None:
    peer = Connection((CT, PACS), ENDS, (40000, 2575))
    long = MESSAGE[:-2] + b"OBX|1|NM|x||1\r" * 300 + MESSAGE[-2:]
    frames = [*peer.open(), *(peer.send(0, long[at : at + size]) for at in range(0, len(long), size))]
    assert (f"device:mac={CT}", "hl7_message", "ORU^R01") in evidence(rows(pcap(frames)))


def test_a_port_used_again_begins_anew() -> None:
    twice = conversation() + Connection((CT, PACS), ENDS, (40000, 2575)).open()
    again = Connection((CT, PACS), ENDS, (40000, 2575))
    again.next = [900_000, 5]
    other = MESSAGE.replace(b"ABL90", b"ABL80")
    found = rows(pcap([*twice, *again.open(), again.send(0, other)]))
    assert {v for _, t, v in evidence(found) if t == "hl7_application"} >= {"ABL90^REA", "ABL80^REA"}
    assert len(of(found, "Flow")) == 1


def test_without_an_opening_the_usual_port_is_the_servers() -> None:
    back = Connection((PACS, CT), ENDS[::-1], (445, 40000)).send(0, b"\0" * 60)
    (flow,) = of(rows(pcap([back])), "Flow")
    assert (flow.client, flow.server, flow.port, flow.service, flow.opened) == (ENDS[0], ENDS[1], 445, "smb?", False)


def test_leases_bind_a_card_to_its_address() -> None:
    frames = [
        datagram((CT, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), REQUEST),
        datagram((PACS, EVERYBODY), ("10.20.1.1", "255.255.255.255"), (67, 68), ACK),
    ]
    found = rows(pcap(frames))
    assert (f"device:mac={CT}", "ip", "10.20.1.10") in evidence(found)
    assert (f"device:mac={CT}", "host_name", "MX800-REA-01") in evidence(found)
    assert (f"device:mac={PACS}", "role", "dhcp server") in evidence(found)
    assert {f.client for f in of(found, "Flow")} == {CT, "10.20.1.1"}


def test_vlans_arp_and_networks() -> None:
    frames = [
        arp(CT, ENDS[0], ENDS[1]),
        datagram((CT, PACS), ENDS, (40000, 9999), b"x", vlan=12),
        datagram((PACS, CT), ENDS[::-1], (9999, 40000), b"x", vlan=12),
    ]
    found = rows(pcap(frames))
    assert (f"device:mac={CT}", "vlan", "12") in evidence(found)
    (coverage,) = of(found, "Coverage")
    assert (coverage.vlans, coverage.networks, coverage.packets, coverage.sensor) == (
        ("12",),
        ("10.0.0.0/24",),
        3,
        "capture",
    )
    (flow,) = of(found, "Flow")
    assert (flow.vlan, flow.packets_out, flow.packets_back) == ("12", 1, 1)


def test_neighbour_discovery_binds() -> None:
    frame = ethernet(CT, PACS, 0x86DD, ipv6("fe80::1", "fe80::2", 58, ADVERTISEMENT, 255))
    assert ("device:mac=02:00:00:00:00:09", "ip", "fd00::10") in evidence(rows(pcap([frame])))
    forged = ethernet(CT, PACS, 0x86DD, ipv6("fe80::1", "fe80::2", 58, ADVERTISEMENT, 63))
    assert ("device:mac=02:00:00:00:00:09", "ip", "fd00::10") not in evidence(rows(pcap([forged])))


def test_a_remote_device_has_no_card() -> None:
    gateway = "02:00:00:00:00:fe"
    peer = Connection((gateway, PACS), ("10.9.0.7", ENDS[1]), (40000, 2575), hops=(63, 64))
    found = rows(pcap([arp(gateway, "10.0.0.254", ENDS[1]), *peer.open(), peer.send(0, MESSAGE)]))
    assert ("device:ip=10.9.0.7", "hl7_message", "ORU^R01") in evidence(found)
    assert not [row for row in evidence(found) if row[0] == f"device:mac={gateway}" and row[1].startswith("hl7")]
    (flow,) = of(found, "Flow")
    assert (flow.client_mac, flow.server_mac) == ("", PACS)
    assert of(found, "Coverage")[0].networks == ("10.0.0.0/24",)


def test_outside_addresses_are_in_flows_and_no_devices() -> None:
    frames = [
        datagram((CT, PACS), (ENDS[0], "8.8.8.8"), (40000, 443), b"x" * 50),
        datagram((PACS, CT), ("8.8.8.8", ENDS[0]), (443, 40000), b"x" * 50, hops=118),
    ]
    found = rows(pcap(frames))
    assert [f.server for f in of(found, "Flow")] == ["8.8.8.8"]
    assert not [row for row in evidence(found) if "8.8.8.8" in row[0] + row[2]]


def test_groups_are_never_devices() -> None:
    frames = [
        datagram((CT, "01:00:5e:00:00:fb"), (ENDS[0], "224.0.0.251"), (5353, 5353), b"x" * 20, hops=1),
        datagram((CT, EVERYBODY), (ENDS[0], "10.0.0.255"), (137, 137), b"x" * 20),
    ]
    assert {row[0] for row in evidence(rows(pcap(frames)))} == {f"device:mac={CT}"}


def test_links_without_cards_give_devices_by_address() -> None:
    packet = ipv4(*ENDS, 17, udp(40000, 9999, b"x"))
    found = rows(pcap([packet], link=101))
    assert evidence(found) == {("device:ip=10.0.0.1", "ip", "10.0.0.1")}
    assert of(found, "Coverage")[0].networks == ("10.0.0.0/24",)


def test_what_is_not_ip() -> None:
    frames = [
        ethernet(CT, PACS, 0x8892, bytes(40)),
        ethernet(PACS, CT, 0x8892, bytes(40)),
        ethernet(CT, PACS, 0x42, b""),
    ]
    (flow,) = of(rows(pcap(frames)), "Flow")
    assert (flow.client, flow.server, flow.transport, flow.service) == (CT, PACS, "ethernet", "profinet")
    assert (flow.packets_out, flow.packets_back) == (1, 1)


def test_what_was_not_read_is_counted_and_told() -> None:
    frames = [
        ethernet(CT, PACS, 0x0800, b"\x45\0"),
        ethernet(CT, PACS, 0x0800, ipv4(*ENDS, 17, b"rest of it", fragment=99)),
        ethernet(CT, PACS, 0x0800, ipv4(*ENDS, 6, tcp(1, 2, 3)[:10])),
    ]
    found = rows(pcap(frames))
    told = {(r.reason, r.args, r.place) for r in of(found, "Refusal")}
    assert told == {
        ("refusal.capture.undecoded", ("count=2",), "packet 1"),
        ("refusal.capture.fragments", ("count=1",), "packet 2"),
    }
    assert of(found, "Coverage")[0].unread == 2
    short = of(rows(pcap(chatter(3), cut=50)), "Refusal")
    assert [(r.reason, r.args) for r in short] == [("refusal.capture.snapped", ("count=2",))]
    other = rows(pcap([b"x" * 30] * 4, link=147))
    assert [(r.reason, r.args) for r in of(other, "Refusal")] == [("refusal.capture.link", ("link=147", "count=4"))]
    assert of(other, "Coverage")[0].unread == 4


def test_silences_of_more_than_an_hour() -> None:
    assert of(rows(pcap(chatter(3), step=3_700_000_000)), "Coverage")[0].gaps == 2
    assert of(rows(pcap(chatter(3), step=3_500_000_000)), "Coverage")[0].gaps == 0


@pytest.mark.parametrize("rooms", [Rooms(halves=50), Rooms(halves=7, channels=5, words=4)])
def test_full_tables_give_flows_out_in_parts_that_add_up(rooms: Rooms) -> None:
    frames = []
    for number in range(6000):
        ends = (f"10.0.{number % 3}.{number % 40 + 1}", f"10.1.0.{number % 5 + 1}")
        frames.append(datagram((CT, PACS), ends, (40000 + number % 50, 1000 + number % 2), b"payload"))

    def sums(found: list) -> dict:
        total: dict = {}
        for flow in of(found, "Flow"):
            key = (flow.client, flow.server, flow.port)
            before = total.get(key, (0, 0))
            total[key] = (before[0] + flow.packets_out, before[1] + flow.bytes_out)
        return total

    whole, parts = rows(pcap(frames)), walked(pcap(frames), False, rooms, most=1)
    assert sums(whole) == sums(parts)
    assert len(of(parts, "Flow")) > len(of(whole, "Flow"))
    assert evidence(whole) == evidence(parts)


def test_a_mirror_of_what_enters_shows_each_end_in_its_own_vlan() -> None:
    gateway = "00:00:0c:9f:f0:01"
    there = [ethernet(CT, gateway, 0x0800, ipv4("10.1.0.1", "10.2.0.2", 17, udp(40000, 161, b"x")), 20)]
    back = [ethernet(PACS, gateway, 0x0800, ipv4("10.2.0.2", "10.1.0.1", 17, udp(161, 40000, b"x")), 45)]
    (flow,) = of(rows(pcap(there + back)), "Flow")
    assert (flow.vlan, flow.client_mac, flow.server_mac, flow.packets_out, flow.packets_back) == ("20", CT, PACS, 1, 1)


def test_a_mirror_of_both_sides_of_a_router_keeps_them_apart() -> None:
    ask = ipv4("10.1.0.1", "10.2.0.2", 17, udp(40000, 161, b"x"))
    passed = ipv4("10.1.0.1", "10.2.0.2", 17, udp(40000, 161, b"x"), 63)
    answer = ipv4("10.2.0.2", "10.1.0.1", 17, udp(161, 40000, b"x"))
    gateway = "02:00:00:00:00:fe"
    frames = [
        ethernet(CT, gateway, 0x0800, ask, 20),
        ethernet(gateway, PACS, 0x0800, passed, 45),
        ethernet(PACS, gateway, 0x0800, answer, 45),
        ethernet(gateway, CT, 0x0800, answer[:8] + b"\x3f" + answer[9:], 20),
    ]
    found = of(rows(pcap(frames)), "Flow")
    assert {(f.vlan, f.client_mac, f.server_mac, f.packets_out, f.packets_back) for f in found} == {
        ("20", CT, "", 1, 1),
        ("45", "", PACS, 1, 1),
    }


@pytest.mark.parametrize("rooms", [Rooms(), Rooms(halves=12)])
def test_nothing_of_a_talk_stays_where_cycles_are_not_sought(rooms: Rooms) -> None:
    frames: list[bytes] = []
    for number in range(60):
        peer = Connection((CT, PACS), ENDS, (40000 + number, 2575))
        frames += [*peer.open(), peer.send(0, MESSAGE), peer.send(1, MESSAGE[:-9])]
    gc.collect()
    gc.disable()
    try:
        assert walked(pcap(frames), False, rooms)
        left = [type(one).__name__ for one in gc.get_objects() if isinstance(one, (Half, Talk, Stream))]
    finally:
        gc.enable()
    assert left == []
