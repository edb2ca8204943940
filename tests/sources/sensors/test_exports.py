"""Datagrams of exporters are understood as their descriptions say."""

import struct

import pytest

from hygie.sources.sensors.exports import Exporter
from hygie.sources.sensors.halves import Half
from hygie.sources.sensors.records import Log
from sources.sensors.made import FIELDS, GIVEN, NOW, UPTIME, ipfix, packed, record, template, v5, v9

FORTH = record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0, flags=2, card="02:50:46:00:45:10", vlan=20)


def exporter() -> Exporter:
    return Exporter(Log(GIVEN, "netflow", "record"), "netflow")


def test_version_5() -> None:
    one = exporter()
    (half,) = one.take(v5(("10.1.1.10", "10.1.2.20", 40000, 104, 6, 0x1B, 5, 500, UPTIME - 2000)))
    assert half.source == packed("10.1.1.10") and half.target == packed("10.1.2.20")
    assert (half.source_port, half.target_port, half.protocol, half.flags) == (40000, 104, 6, 0x1B)
    assert (half.packets, half.octets) == (5, 500)
    assert (half.first, half.last) == ((NOW - 2) * 1_000_000, NOW * 1_000_000 - 1_500_000)


def test_the_clock_of_an_exporter_turns_over() -> None:
    (half,) = exporter().take(v5(("10.1.1.10", "10.1.2.20", 1, 2, 6, 0, 1, 40, (UPTIME - 10_000_000) & 0xFFFFFFFF)))
    assert half.first == NOW * 1_000_000 - 10_000_000_000


@pytest.mark.parametrize("version", [9, 10])
def test_templates_and_their_data(version: int) -> None:
    one = exporter()
    form, learn = (v9, 0) if version == 9 else (ipfix, 2)
    assert list(one.take(form((learn, template(300, *FIELDS))))) == []
    (half,) = one.take(form((300, FORTH + bytes(3))))
    assert isinstance(half, Half)
    assert (half.source, half.target) == (packed("10.1.1.10"), packed("10.1.2.20"))
    assert (half.packets, half.octets, half.flags, half.vlan) == (5, 500, 2, "20")
    assert half.card == bytes.fromhex("025046004510")
    assert half.first == NOW * 1_000_000
    assert one.unknown == one.broken == 0


def test_templates_belong_to_their_domain() -> None:
    one = exporter()
    list(one.take(ipfix((2, template(300, *FIELDS)), domain=1)))
    assert list(one.take(ipfix((300, FORTH), domain=2))) == []
    assert one.unknown == 1
    assert len(list(one.take(ipfix((300, FORTH), domain=1)))) == 1


def test_a_template_is_withdrawn_and_changed() -> None:
    one = exporter()
    list(one.take(ipfix((2, template(300, *FIELDS)))))
    list(one.take(ipfix((2, template(300)))))
    assert list(one.take(ipfix((300, FORTH)))) == []
    list(one.take(ipfix((2, template(300, (8, 4), (12, 4), (2, 8))))))
    (half,) = one.take(ipfix((300, packed("10.1.1.1") + packed("10.1.1.2") + struct.pack(">Q", 7))))
    assert (half.packets, half.octets, half.first) == (7, 0, NOW * 1_000_000)


def test_fields_of_variable_length_are_stepped_over() -> None:
    one = exporter()
    fields = ((8, 4), (95, 65535), (12, 4), (371, 65535), (2, 1))
    long = b"\xff" + struct.pack(">H", 300) + bytes(300)
    data = packed("10.1.1.1") + b"\x03abc" + packed("10.1.1.2") + long + b"\x09"
    (half,) = one.take(ipfix((2, template(400, *fields)), (400, data)))
    assert (half.source, half.target, half.packets) == (packed("10.1.1.1"), packed("10.1.1.2"), 9)


def test_both_directions_in_one_record() -> None:
    one = exporter()
    fields = ((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 4), (1, 4), (2, 4, 29305), (1, 4, 29305), (239, 1))
    ends = packed("10.1.1.10") + packed("10.1.2.20") + struct.pack(">HHB", 40000, 104, 6)
    forth, back = one.take(ipfix((2, template(300, *fields)), (300, ends + struct.pack(">IIIIB", 5, 500, 4, 900, 1))))
    assert (forth.packets, forth.octets, forth.begun) == (5, 500, True)
    assert (back.source, back.source_port, back.target_port) == (packed("10.1.2.20"), 104, 40000)
    assert (back.packets, back.octets, back.begun) == (4, 900, False)


def test_an_enterprises_own_fields_are_not_taken_for_others() -> None:
    fields = ((8, 4), (12, 4), (2, 4, 9999), (1, 4))
    data = packed("10.1.1.1") + packed("10.1.1.2") + struct.pack(">II", 77, 500)
    (half,) = exporter().take(ipfix((2, template(300, *fields)), (300, data)))
    assert (half.packets, half.octets) == (0, 500)


def test_sampling_is_told_however_it_is_said() -> None:
    one = exporter()
    list(one.take(v5(sampling=0x4000 | 100)))
    assert one.rates == {0: 100} and one.log.sampled == {"netflow"}
    two = exporter()
    options = struct.pack(">HHH", 301, 4, 4) + struct.pack(">HHHH", 1, 4, 34, 4)
    list(two.take(v9((1, options), (301, struct.pack(">II", 0, 50)), domain=7)))
    assert two.rates == {7: 50} and two.log.sampled == {"netflow 7"}
    three = exporter()
    options = struct.pack(">HHH", 301, 3, 1) + struct.pack(">HHHHHH", 149, 4, 305, 4, 306, 4)
    list(three.take(ipfix((3, options), (301, struct.pack(">III", 0, 1, 999)))))
    assert three.rates == {0: 1000}


def test_what_is_missing_is_told_but_not_what_only_counts_otherwise() -> None:
    flow = ("10.1.1.10", "10.1.2.20", 40000, 104, 6, 0x1B, 5, 500, 0)
    one = exporter()
    for number in (10, 12, 17):
        list(one.take(v5(flow, flow, number=number)))
    assert one.lost == 3
    two = exporter()
    list(two.take(ipfix((2, template(300, *FIELDS)), number=1)))
    for number, count in ((3, 2), (6, 3), (7, 1)):  # numbers that count the datagram's own records
        list(two.take(ipfix((300, FORTH * count), number=number)))
    assert two.lost == 0


@pytest.mark.parametrize("size", [8, 16, 20, 24, 40])
def test_a_cut_datagram_is_counted(size: int) -> None:
    one = exporter()
    whole = v9((0, template(300, *FIELDS)), (300, FORTH))
    assert list(one.take(whole[:-size])) == []
    assert one.broken == 1


def test_a_field_of_no_length_and_too_many_fields() -> None:
    one = exporter()
    list(one.take(ipfix((2, template(300, (8, 0), (12, 4))))))
    list(one.take(ipfix((2, struct.pack(">HH", 301, 60_000) + bytes(64)))))
    list(one.take(ipfix((300, FORTH))))
    assert (one.broken, one.unknown) == (2, 1)


def test_events_of_firewalls_count_once() -> None:
    fields = ((8, 4), (12, 4), (233, 1), (231, 4), (232, 4))
    ends = packed("10.1.1.10") + packed("10.1.2.20")
    one = exporter()
    data = ends + struct.pack(">BII", 1, 0, 0) + ends + struct.pack(">BII", 2, 500, 900)
    forth, back = one.take(v9((0, template(300, *fields)), (300, data)))
    assert (forth.octets, forth.begun, back.octets) == (500, True, 900)
