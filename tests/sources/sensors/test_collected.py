"""Datagrams of several exporters as a collector hands them over."""

import random
from ipaddress import ip_address
from typing import Any

import pytest

import hostile
from hygie.model.datagrams import DATAGRAM, DROPPED, FRAME, MAGIC, TEMPLATES
from hygie.model.fleet import Flow
from hygie.model.seams import Given
from hygie.sources import READERS
from hygie.sources.sensors import collected
from hygie.sources.sensors.exports import templates
from sources.sensors.made import FIELDS, covered, flows, ipfix, record, rows, sets, template, told, v5, v9

READER = READERS["netflow"]
FORTH = record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0, card="02:50:46:00:45:10", vlan=20)
FIFTH = v5(("10.1.1.10", "10.1.2.20", 40000, 104, 6, 0x1B, 5, 500, 1000))
KNOWN = template(300, *FIELDS)


def frame(data: bytes, sender: str = "10.0.0.1", kind: int = DATAGRAM) -> bytes:
    address = ip_address(sender)
    packed = address.packed if address.version == 6 else bytes(10) + b"\xff\xff" + address.packed
    return FRAME.pack(kind, packed, len(data)) + data


def stream(*frames: bytes) -> bytes:
    return MAGIC + b"".join(frames)


def places(found: list[Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(row.reason, row.place, row.args) for row in found if hasattr(row, "reason")]


def test_each_exporter_is_a_sensor_with_templates_of_its_own() -> None:
    swapped = template(300, *[FIELDS[1], FIELDS[0], *FIELDS[2:]])
    found = rows(
        stream(
            frame(ipfix((2, KNOWN)), "10.0.0.1"),
            frame(ipfix((2, swapped)), "2001:db8::2"),
            frame(ipfix((300, FORTH)), "10.0.0.1"),
            frame(ipfix((300, FORTH)), "2001:db8::2"),
            frame(FIFTH, "10.0.0.3"),
        ),
        "netflow",
    )
    ends = {flow.sensor: (flow.client, flow.server) for flow in flows(found)}
    assert ends["10.0.0.1"] == ends["10.0.0.3"] == ("10.1.1.10", "10.1.2.20")
    assert set(ends["2001:db8::2"]) == {"10.1.1.10", "10.1.2.20"}
    assert {one.sensor for one in covered(found)} == {"10.0.0.1", "2001:db8::2", "10.0.0.3"}
    assert told(found) == []


@pytest.mark.parametrize(("make", "kind"), [(v9, 0), (ipfix, 2)])
def test_templates_of_an_earlier_reading_hold_and_count_nothing(make: Any, kind: int) -> None:
    whole = make((kind, KNOWN), (300, FORTH), number=7)
    kept = templates(whole)
    assert kept.endswith(sets((kind, KNOWN)))
    found = rows(stream(frame(kept, kind=TEMPLATES), frame(make((300, FORTH), number=500))), "netflow")
    assert [flow.packets_out for flow in flows(found)] == [5]
    assert told(found) == []
    found = rows(stream(frame(make((300, FORTH), number=500))), "netflow")
    assert places(found) == [("refusal.netflow.template", "10.0.0.1", ("count=1",))]


def test_what_holds_no_template_is_not_kept() -> None:
    assert templates(FIFTH) == templates(b"") == templates(b"\0\x09") == templates(ipfix((300, FORTH))) == b""
    assert templates(ipfix((2, KNOWN))[:-1]) == b""
    assert templates(b"\0\x0a" + bytes(14) + b"\0\2\0\1") == b""


def test_losses_are_told_by_exporter_and_drops_once() -> None:
    sent = [frame(v9((0, KNOWN), number=number), sender) for number, sender in ((1, "10.0.0.1"), (5, "10.0.0.1"))]
    sent += [frame(v9((0, KNOWN), number=9), "10.0.0.2"), frame(b"GET / HTTP/1.1"), frame(b"")]
    sent += [frame((7).to_bytes(8, "big"), kind=DROPPED), frame((2).to_bytes(8, "big"), kind=DROPPED)]
    assert places(rows(stream(*sent), "netflow")) == [
        ("refusal.netflow.lost", "10.0.0.1", ("count=3",)),
        ("refusal.netflow.strange", "", ("count=2",)),
        ("refusal.netflow.dropped", "", ("count=9",)),
    ]


def test_many_exporters_are_told_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collected, "MOST_EXPORTERS", 20)
    sent = [frame(ipfix((300, FORTH)), f"10.0.0.{number}") for number in range(30)]
    found = places(rows(stream(*sent), "netflow"))
    assert [place for _, place, _ in found[: collected.SHOWN]] == [f"10.0.0.{n}" for n in range(collected.SHOWN)]
    assert found[collected.SHOWN :] == [
        ("refusal.netflow.template", "", ("count=8",)),
        ("refusal.netflow.exporters", "", ("count=10",)),
    ]


def test_templates_of_all_exporters_share_their_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collected, "MOST_FIELDS", 3 * len(FIELDS))
    gathering = collected.Gathering(Given("local", "r1"))
    for number in range(100):
        for again in range(3):
            sender = bytes(15) + bytes((number,))
            assert list(gathering.take(DATAGRAM, sender, ipfix((2, template(300 + again % 1, *FIELDS))))) == []
    kept = sum(len(one._templates) for one in gathering.exporters.values())
    assert (kept, gathering.space.fields) == (3, 0)
    withdrawn = ipfix((2, template(300)))
    for sender in list(gathering.exporters):
        list(gathering.take(DATAGRAM, sender, withdrawn))
    assert gathering.space.fields == 3 * len(FIELDS)


@pytest.mark.parametrize("data", [stream(frame(FIFTH), frame(ipfix((2, KNOWN), (300, FORTH)), kind=TEMPLATES))])
def test_damage(data: bytes) -> None:
    for broken in (*hostile.truncations(data), *hostile.flips(data)):
        found = hostile.endures(READER, broken)
        assert sum(isinstance(row, Flow) for row in found) <= 6


def test_anything_may_come() -> None:
    chance = random.Random(20_551)
    whole = [FIFTH, v9((0, KNOWN), (300, FORTH)), ipfix((2, KNOWN), (300, FORTH)), ipfix((3, KNOWN))]
    sent = []
    for _ in range(3000):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        sent.append(frame(bytes(data[: chance.randrange(len(data)) if chance.random() < 0.2 else None])))
    found = rows(stream(*sent), "netflow")
    assert flows(found)
    assert {reason for reason, _ in told(found)} <= {
        f"refusal.netflow.{what}" for what in ("template", "broken", "lost", "sampled", "strange")
    }


def test_a_stream_that_is_no_frame_ends_the_reading() -> None:
    found = rows(stream(frame(FIFTH)) + b"rubbish and more of it, beyond a head", "netflow")
    assert len(flows(found)) == 1
    assert told(found)[-1][0] == "refusal.netflow.frame"
