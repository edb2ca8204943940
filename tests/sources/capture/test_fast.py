"""The compiled pass against the plain one: the same events, the same tables, the same rows, however a file comes."""

import io
import struct
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import columns as c
from hygie.kernel.compiled import HERE as COMPILED
from hygie.sources import capture
from hygie.sources.capture.frames import Damage, Interface
from hygie.sources.capture.metering import MOST_TAGS, Rooms
from hygie.sources.capture.plain import Plain
from hygie.sources.capture.window import Window
from sources.capture import made, ward
from sources.capture.made import (
    START,
    Connection,
    chatter,
    datagram,
    enhanced,
    ethernet,
    interface,
    of,
    option,
    pcap,
    rows,
    section,
    walked,
)
from sources.capture.wrapped import FOUR, SAMPLES
from wire.test_hl7 import MESSAGE

pytestmark = pytest.mark.skipif(not COMPILED, reason="numba is not installed")
if COMPILED:
    from hygie.sources.capture import fast, gathering

A, B = "02:00:00:00:00:01", "02:00:00:00:00:02"
ENDS = ("10.0.0.1", "10.0.0.2")
ODD = [at for what in (c.UNDECODED, c.FRAGMENTS, c.SNAPPED, c.SEALED) for at in (what, what + 4)]
few = settings(max_examples=25, deadline=None, database=None)


def metered(data: bytes, compiled: bool) -> tuple[Any, ...]:
    """All that a pass over frames gives where nobody listens: events with payloads, and its tables."""
    interfaces: list[Interface] = []
    meter: Any = (fast.Fast if compiled else Plain)(interfaces, Rooms())
    form = made.form(data)
    window = Window(io.BytesIO(data))
    items = getattr(gathering, form.gather)(window, interfaces) if compiled else form.read(window, interfaces)
    events = [event for item in items if not isinstance(item, Damage) for event in meter.take(item, lambda *_: None)]
    events += meter.rest(lambda *_: None)
    told = meter.metered()
    halves = meter.halves_so_far()
    return events, halves.tolist(), told.sensors.tolist(), told.counts[ODD].tolist(), told.tags, meter.word_times()


def same(data: bytes) -> tuple[Any, ...]:
    """Compares both passes; gives what they gave."""
    plain, compiled = metered(data, False), metered(data, True)
    for one, other in zip(plain, compiled, strict=True):
        assert one == other
    return plain


def test_the_same_events_and_tables() -> None:
    kinds = set()
    for seed in range(12):
        events, halves, sensors, *_ = same(ward.capture(seed, groups=60))
        assert sum(row[c.PACKETS] for row in halves) <= sensors[0][c.N_PACKETS]
        kinds |= {event.kind for event, _ in events}
    assert kinds == {c.STREAM, c.DATAGRAM, c.NEIGHBOUR, c.LINK, c.MESSAGE}


def test_every_sample_of_every_link_type() -> None:
    for link in {link for link, _ in SAMPLES.values()}:
        data = pcap([frame for kind, frame in SAMPLES.values() if kind == link] * 2, link=link)
        same(data)
        rows(data)


def test_the_same_sender_over_several_connections() -> None:
    frames: list[bytes] = []
    for port in (40000, 40001, 40002):
        peer = Connection((A, B), ENDS, (port, 2575))
        frames += [*peer.open(), *(peer.send(0, MESSAGE) for _ in range(6))]
    events = same(pcap(frames))[0]
    assert [event.kind for event, _ in events].count(c.MESSAGE) == 3
    rows(pcap(frames))


def test_more_vlans_than_are_remembered() -> None:
    tags = [(1 + n % 90, 1 + n // 90) for n in range(MOST_TAGS + 200)]
    frames = [ethernet(A, B, 0x0800, FOUR, *pair) for pair in tags]
    assert len(same(pcap(frames))[4]) == MOST_TAGS


def test_tables_grow_from_small_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ward.capture(3, groups=80)
    expected = walked(data, False)
    for begin, events, batch in ((2, 1, 1), (4, 3, 5), (64, 100, 1000)):
        monkeypatch.setattr(fast, "EVENTS", events)
        monkeypatch.setattr(gathering, "_ROWS", batch)
        monkeypatch.setattr(fast, "Fast", partial(FAST, begin=begin))
        assert walked(data, True) == expected


FAST = fast.Fast if COMPILED else None


# ---------------------------------------------------------------- full tables


def sums(found: list[Any]) -> Counter[tuple[Any, ...]]:
    """Packets and bytes both ways by the ends and ports of conversations."""
    total: Counter[tuple[Any, ...]] = Counter()
    for flow in of(found, "Flow"):
        ends = frozenset(((flow.client, "c"), (flow.server, "s")))
        total[flow.vlan, ends, flow.transport, flow.port, "out"] += flow.packets_out
        total[flow.vlan, ends, flow.transport, flow.port, "bytes"] += flow.bytes_out + flow.bytes_back
    return total


def totals(found: list[Any]) -> tuple[int, int]:
    flows = of(found, "Flow")
    return sum(f.packets_out + f.packets_back for f in flows), sum(f.bytes_out + f.bytes_back for f in flows)


ROOMS = [Rooms(halves=8, channels=5, words=4), Rooms(halves=1), Rooms(2, 1, 1), Rooms(halves=50), Rooms(words=3)]


@pytest.mark.parametrize("rooms", ROOMS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_full_tables(rooms: Rooms, seed: int) -> None:
    data = ward.capture(seed, groups=60 if rooms.halves > 2 else 15)
    assert totals(rows(data, rooms)) == totals(rows(data))


@pytest.mark.parametrize("most", [0, 3])
def test_conversations_given_out_in_parts_add_up(most: int) -> None:
    data = ward.capture(7, groups=60)
    rooms = Rooms(halves=8, channels=5, words=4)
    parts = [walked(data, compiled, rooms, most) for compiled in (False, True)]
    assert sums(parts[0]) == sums(parts[1]) == sums(walked(data, False, rooms))
    assert totals(parts[0]) == totals(rows(data))
    assert made.evidence(parts[0]) == made.evidence(parts[1])


def test_what_is_folded_on_the_way_is_not_what_the_last_packet_said() -> None:
    rows(ward.capture(100_824, groups=60, step=1_000_000), Rooms(halves=22, channels=18, words=24))
    rows(ward.capture(101_201, groups=60), Rooms(halves=20, channels=10, words=6))


# ---------------------------------------------------------------- however a file comes


@pytest.mark.parametrize("chunk", [1, 40, 700, 5000, 70_000])
def test_the_size_of_what_is_read_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    whole = ward.capture(4, groups=25)
    damaged = bytearray(whole)
    for at in range(2000, len(damaged) - 20, 9000):
        damaged[at : at + 16] = b"\xff" * 16
    for data in (whole, bytes(damaged), whole[:-7], clocks()):
        monkeypatch.undo()
        expected = rows(data)
        monkeypatch.setattr(capture, "Window", lambda stream, _=0: Window(stream, chunk))
        assert rows(data) == expected


def clocks() -> bytes:
    """Interfaces of different clocks, link types and byte orders, in three sections."""
    frames = ward.ward(9, groups=20)
    head = section() + interface(1, option(2, b"span-a"))
    head += interface(1, option(2, b"span-b") + option(9, b"\x09") + option(14, struct.pack("<q", 60)))
    head += interface(101, option(9, b"\x03")) + interface(1, option(9, b"\xab")) + interface(147)
    body = [head]
    for number, frame in enumerate(frames):
        time = START + number * 1000
        moments = (time, (time - 60_000_000) * 1000 + 7, time // 1000, time << 12, time)
        body.append(enhanced(frame[14:] if number % 5 == 2 else frame, moments[number % 5], number % 5))
    body += [section(">"), interface(1, option(9, b"\x94", ">"), ">"), interface(113, b"", ">")]
    for number, frame in enumerate(frames[:100]):
        body.append(enhanced(frame, (START + number) << (number % 3), number % 3, ">"))
    body += [section(), interface(), *(enhanced(frame, START * 7) for frame in chatter(3))]
    return b"".join(body)


def test_interfaces_of_different_clocks_and_byte_orders() -> None:
    data = clocks()
    found = rows(data)
    same(data)
    assert {"span-a", "span-b", "capture"} == {row.sensor for row in of(found, "Coverage")}
    assert {r.reason for r in of(found, "Refusal")} >= {"refusal.capture.link", "refusal.capture.block"}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nano", [False, True])
def test_byte_orders_and_resolutions(order: str, nano: bool) -> None:
    frames = ward.ward(5, groups=20)
    expected = rows(pcap(frames))
    assert rows(pcap(frames, order, nano)) == expected
    assert [r for r in rows(made.pcapng(frames, order)) if r.__class__.__name__ != "Refusal"] == [
        r for r in expected if r.__class__.__name__ != "Refusal"
    ]


def test_frames_cut_at_every_length() -> None:
    frames = ward.ward(6, groups=15)
    for cut in (14, 34, 42, 54, 60, 100, 600):
        rows(pcap(frames, cut=cut))


def test_silences_and_clocks_that_go_back() -> None:
    for step in (-1000, 0, 3_700_000_000):
        rows(ward.capture(8, groups=10, step=step))


# ---------------------------------------------------------------- damage

WHOLE = [ward.capture(20, groups=6), clocks()[:12_000], pcap([frame for link, frame in SAMPLES.values() if link == 1])]


@few
@given(st.sampled_from(range(3)), st.lists(st.tuples(st.integers(24, 50_000), st.integers(0, 7)), max_size=40))
def test_bits_turned_anywhere(which: int, bits: list[tuple[int, int]]) -> None:
    bad = bytearray(WHOLE[which])
    for at, bit in bits:
        bad[24 + at % (len(bad) - 24)] ^= 1 << bit
    rows(bytes(bad))


@few
@given(st.sampled_from(range(3)), st.integers(48, 50_000), st.binary(max_size=30), st.integers(0, 300))
def test_bytes_lost_and_put_in(which: int, at: int, more: bytes, less: int) -> None:
    data = WHOLE[which]
    at %= len(data)
    rows(data[: max(at, 48)] + more + data[max(at, 48) + less :])


@few
@given(st.sampled_from(range(3)), st.integers(48, 50_000))
def test_cut_anywhere(which: int, size: int) -> None:
    rows(WHOLE[which][:size])


@few
@given(st.lists(st.tuples(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=40), st.integers(0, 90)), max_size=8))
def test_frames_with_other_bytes_inside(parts: list[tuple[str, bytes, int]]) -> None:
    frames = [SAMPLES[name][1][:at] + more + SAMPLES[name][1][at + len(more) :] for name, more, at in parts]
    same(pcap(frames))


@few
@given(st.integers(0, 10_000), st.tuples(*[st.integers(1, 20)] * 3))
def test_any_ward_with_any_rooms(seed: int, rooms: tuple[int, int, int]) -> None:
    rows(ward.capture(seed, groups=12), Rooms(*rooms))


# ---------------------------------------------------------------- counted otherwise


def counted(data: bytes) -> tuple[int, int]:
    """Packets and bytes of a sound pcap file."""
    at, packets, size = 24, 0, 0
    while at < len(data):
        stored, length = struct.unpack_from("<II", data, at + 8)
        packets, size, at = packets + 1, size + length, at + 16 + stored
    return packets, size


@pytest.mark.parametrize("seed", [1, 2])
def test_totals_equal_a_simple_count(seed: int) -> None:
    data = ward.capture(seed, groups=40)
    (coverage,) = of(rows(data), "Coverage")
    assert (coverage.packets, coverage.bytes) == counted(data)


def test_totals_of_flows_equal_a_simple_count() -> None:
    frames = [*chatter(50), *(datagram((A, B), ENDS, (40000 + n, 161), b"x" * n, vlan=n % 3) for n in range(50))]
    assert totals(rows(pcap(frames))) == counted(pcap(frames))


@pytest.mark.parametrize("name", ["capture.pcap", "capture-rea.pcapng"])
def test_the_example_hospital(hospital: Path, name: str) -> None:
    data = (hospital / name).read_bytes()
    found = rows(data)
    assert totals(walked(data, True, Rooms(halves=200, channels=100, words=50), 30)) == totals(found)
    if name.endswith(".pcap"):
        assert sum(row.packets for row in of(found, "Coverage")) == counted(data)[0]
        assert sum(row.bytes for row in of(found, "Coverage")) == counted(data)[1]
