"""A port that only takes: what came, from whom, what was dropped; nothing grows and nothing is sent."""

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from hygie.jobs import receiving
from hygie.jobs.receiving import Collector, Place
from hygie.model.datagrams import DATAGRAM, DROPPED, FRAME, MAGIC, TEMPLATES

HOME = ip_address("127.0.0.1")
MAPPED = bytes(10) + b"\xff\xff" + HOME.packed


def frames(data: bytes) -> list[tuple[int, bytes, bytes]]:
    assert data.startswith(MAGIC)
    found, at = [], len(MAGIC)
    while at < len(data):
        kind, sender, size = FRAME.unpack_from(data, at)
        at += FRAME.size
        found.append((kind, sender, data[at : at + size]))
        at += size
    return found


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector(Place(HOME, 0), lambda data: data if data.startswith(b"T") else b"")
    yield made
    made.close()


def send(collector: Collector, *data: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as talker:
        for one in data:
            talker.sendto(one, ("127.0.0.1", collector.port))


def waiting(collector: Collector, count: int) -> None:
    """Until so many wait."""
    for _ in range(500):
        if len(collector._waiting) >= count:
            return
        time.sleep(0.01)
    raise AssertionError(len(collector._waiting))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2055", "0.0.0.0:2055"),
        ("10.1.2.3:2055", "10.1.2.3:2055"),
        ("[::]:2055", "[::]:2055"),
        ("[fe80::1]:65535", "[fe80::1]:65535"),
    ],
)
def test_places(text: str, shown: str) -> None:
    assert str(receiving.place(text)) == shown


@pytest.mark.parametrize(
    "text", ["", "0", "65536", "-1", "x", "10.1.2.3", "10.1.2.3:", "::1:2055", "[10.1.2.3]:9", "a:9", "²", "1:2:3"]
)
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        receiving.place(text)


def test_a_reading_holds_what_came_with_its_senders(collector: Collector) -> None:
    hearing = collector.interval(60)
    send(collector, b"one", b"", b"three")
    waiting(collector, 3)
    hearing.stop()
    assert frames(_all(hearing)) == [
        (DATAGRAM, MAPPED, b"one"),
        (DATAGRAM, MAPPED, b""),
        (DATAGRAM, MAPPED, b"three"),
    ]
    assert hearing.end() == (True, "")


def _all(hearing: receiving.Interval) -> bytes:
    parts = []
    while part := hearing.read(7):
        parts.append(part)
    return b"".join(parts)


def test_nothing_came_gives_nothing_and_the_time_ends_it(collector: Collector) -> None:
    hearing = collector.interval(0.1)
    assert hearing.read(100) == b""


def test_templates_of_before_begin_the_next_reading_once_each(collector: Collector) -> None:
    first = collector.interval(60)
    send(collector, b"T" + bytes(20) + b"a", b"x", b"T" + bytes(20) + b"a", b"T" + bytes(20) + b"b")
    waiting(collector, 4)
    first.stop()
    assert [kind for kind, _, _ in frames(_all(first))] == [TEMPLATES] * 2 + [DATAGRAM] * 4
    second = collector.interval(60)
    send(collector, b"y")
    waiting(collector, 1)
    second.stop()
    assert [(kind, data[-1:]) for kind, _, data in frames(_all(second))] == [
        (TEMPLATES, b"a"),
        (TEMPLATES, b"b"),
        (DATAGRAM, b"y"),
    ]


def test_what_comes_faster_than_it_is_taken_is_counted(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    hearing = collector.interval(60)
    send(collector, b"12345678", b"abcdefgh", b"ABCDEFGH", b"9")
    waiting(collector, 2)
    told = [(socket.SOL_SOCKET, 40, struct.pack("=I", 5)), (socket.SOL_SOCKET, 40, b"x"), (0, 0, b"")]
    collector._overflowed(told)
    collector._overflowed([(socket.SOL_SOCKET, 40, struct.pack("=I", 7))])
    hearing.stop()
    *some, last = frames(_all(hearing))
    assert [data for _, _, data in some] == [b"12345678", b"9"]
    assert last == (DROPPED, bytes(16), (2 + 7).to_bytes(8, "big"))


def test_templates_are_bounded(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_TEMPLATES", 200)
    with collector._came:
        for number in range(1000):
            collector._put(b"T" + bytes(20) + number.to_bytes(4, "big"), MAPPED)
    known = collector.known()
    assert sum(map(len, known)) <= 200
    assert known[-1].endswith((999).to_bytes(4, "big"))


def test_six(monkeypatch: pytest.MonkeyPatch) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        made = Collector(Place(ip_address("::1"), 0), lambda _: b"")
    except OSError:
        pytest.skip("no IPv6 here")
    hearing = made.interval(60)
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as talker:
        talker.sendto(b"six", ("::1", made.port))
    waiting(made, 1)
    hearing.stop()
    assert frames(_all(hearing)) == [(DATAGRAM, ip_address("::1").packed, b"six")]
    made.close()


def test_a_port_that_is_taken_is_an_error_and_a_broken_one_ends_the_reading(collector: Collector) -> None:
    with pytest.raises(OSError, match=r".*"):
        Collector(Place(HOME, collector.port), lambda _: b"")
    broken = Collector(Place(HOME, 0), lambda _: b"")
    hearing = broken.interval(60)
    os.close(broken._socket.detach())
    assert hearing.read(10) == b""
    well, said = hearing.end()
    assert not well
    assert said
    assert all(thread.name != broken._thread.name for thread in threading.enumerate() if thread.is_alive())
