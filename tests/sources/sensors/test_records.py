"""Records of sensors become the rows of captures; tables stay bounded."""

from typing import Any

import pytest

from hygie.model.bulk import Bulk
from hygie.model.fleet import Flow
from hygie.sources.sensors import records
from hygie.sources.sensors.records import End, Log, Record
from sources.sensors.made import GIVEN, covered, packed, said

HOUR = 3_600_000_000
CARD, OTHER = bytes.fromhex("025046004510"), bytes.fromhex("001b17000101")
ONE = Record(End(packed("10.1.1.10"), 40000), End(packed("10.1.1.20"), 104), 6, 5, 500, 4, 900, HOUR, 2 * HOUR, 1)


def told(*given: Record, sampled: bool = False) -> list[Any]:
    log = Log(GIVEN, "test", "line")
    log.sensor()
    if sampled:
        log.sampled.add("test")
    out = [row for record in given for row in log.take(record)] + list(log.end())
    return [one for row in out for one in (row.rows() if isinstance(row, Bulk) else [row])]


def only(*given: Record) -> Flow:
    (flow,) = [row for row in told(*given) if isinstance(row, Flow)]
    return flow


def test_equal_ends_add_up_whatever_the_clients_port() -> None:
    flow = only(ONE, ONE._replace(one=End(ONE.one.address, 40001), last=3 * HOUR, place=9))
    assert (flow.packets_out, flow.bytes_out, flow.packets_back, flow.bytes_back) == (10, 1000, 8, 1800)
    assert (flow.first, flow.last, flow.place, flow.port) == (HOUR, 3 * HOUR, "line 1", 104)


def test_who_is_the_client() -> None:
    turned = ONE._replace(one=ONE.other, other=ONE.one, packets_out=4, bytes_out=900, packets_back=5, bytes_back=500)
    assert only(turned).client == "10.1.1.10"
    assert only(turned._replace(opened=True)).client == "10.1.1.20"
    answer = Record(End(packed("10.1.1.2"), 67), End(packed("10.1.1.10"), 68), 17, 1, 300, 0, 0, HOUR, HOUR, 1)
    assert (only(answer).client, only(answer).port, only(answer).packets_back) == ("10.1.1.10", 67, 1)
    group = Record(End(packed("10.1.1.2"), 5353), End(packed("224.0.0.251"), 5353), 17, 1, 300, 0, 0, HOUR, HOUR, 1)
    assert (only(group).client, only(group).server) == ("10.1.1.2", "224.0.0.251")


def test_cards_bind_only_on_the_watched_link() -> None:
    near = ONE._replace(one=ONE.one._replace(card=CARD), other=ONE.other._replace(card=OTHER))
    assert ("device:mac=02:50:46:00:45:10", "ip", "10.1.1.10") in said(told(near))
    far = near._replace(other=End(packed("10.1.7.20"), 104, OTHER), vlan="20")
    assert not any(subject.startswith("device:mac=") for subject, _, _ in said(told(far)))
    assert ("device:mac=02:50:46:00:45:10", "vlan", "20") in said(told(near._replace(vlan="20")))
    assert {subject for subject, trait, _ in said(told(far)) if trait == "ip"} == {
        "device:ip=10.1.1.10",
        "device:ip=10.1.7.20",
    }
    one_router = near._replace(other=ONE.other._replace(card=CARD))
    assert not any(subject.startswith("device:mac=") for subject, trait, _ in said(told(one_router)) if trait == "ip")
    to_all = ONE._replace(one=ONE.one._replace(card=CARD), other=End(b"\xff" * 4, 104), packets_back=0, bytes_back=0)
    assert ("device:mac=02:50:46:00:45:10", "ip", "10.1.1.10") in said(told(to_all))


def test_addresses_outside_are_nobodys() -> None:
    far = ONE._replace(other=End(packed("203.0.113.5"), 443), service="tls", opened=True)
    assert {subject for subject, _, _ in said(told(far))} == {"device:ip=10.1.1.10"}


def test_an_end_without_address_is_known_by_its_card() -> None:
    flow = only(ONE._replace(one=End(bytes(4), 68, CARD), other=End(b"\xff" * 4, 67), protocol=17, packets_back=0))
    assert (flow.client, flow.client_mac) == ("02:50:46:00:45:10", "02:50:46:00:45:10")


def test_services_that_were_recognised_are_sure_and_their_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    known = told(ONE._replace(service="hl7", opened=True))
    assert ("device:ip=10.1.1.20", "service", "tcp/104 hl7") in said(known)
    assert ("device:ip=10.1.1.20", "cleartext_protocol", "hl7") in said(known)
    monkeypatch.setattr(records, "MOST_SERVICES", 1)
    names = [
        row.service for row in told(ONE._replace(service="a1"), ONE._replace(service="b2")) if isinstance(row, Flow)
    ]
    assert names == ["a1"]


def test_coverage_counts_silences_and_samples_cover_nothing() -> None:
    later = ONE._replace(first=5 * HOUR, last=5 * HOUR)
    (watched,) = covered(told(ONE, later))
    assert (watched.gaps, watched.packets, watched.bytes) == (1, 18, 2800)
    assert (watched.first, watched.last, watched.networks) == (HOUR, 5 * HOUR, ("10.1.1.0/24",))
    (watched,) = covered(told(ONE, sampled=True))
    assert (watched.networks, watched.packets) == ((), 9)


def test_full_tables_are_given_out_in_parts_that_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [ONE._replace(other=End(bytes((10, 1, n >> 8, n & 255)), 104)) for n in range(40)] * 2
    whole = {(f.server, f.packets_out) for f in told(*many) if isinstance(f, Flow)}
    monkeypatch.setattr(records, "MOST", 7)
    monkeypatch.setattr("hygie.sources.capture.sight.MOST_CONVERSATIONS", 3)
    parts: dict[str, int] = {}
    for flow in told(*many):
        if isinstance(flow, Flow):
            parts[flow.server] = parts.get(flow.server, 0) + flow.packets_out
    assert set(parts.items()) == whole


def test_sensors_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_SENSORS", 2)
    log = Log(GIVEN, "test", "line")
    assert [log.sensor(name) for name in ("", "a", "b", "c", "a")] == [0, 1, 0, 0, 1]
