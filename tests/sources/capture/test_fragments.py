"""Fragments: datagrams come out whole whatever the order, and what cannot be put together is counted, not lost."""

import random
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.sources.capture import fragments
from hygie.sources.capture.fragments import Fragments, Left, Whole
from hygie.sources.capture.frames import Frame
from hygie.sources.capture.layers import decode
from sources.capture import wrapped
from sources.capture.made import ethernet, evidence, ipv4, ipv6, of, pcap, rows, udp
from wire.test_snmp import ANSWER

A, B = "02:00:00:00:00:01", "02:00:00:00:00:02"
FOUR, SIX = ("10.0.0.1", "10.0.0.2"), ("fd00::1", "fd00::2")
MORE = 0x2000
few = settings(max_examples=60, deadline=None, database=None)


def cut4(protocol: int, payload: bytes, sizes: list[int], ident: int = 7) -> list[bytes]:
    """IPv4 packets that carry parts of so many bytes, the last one the rest."""
    found, at = [], 0
    for size in [*sizes, len(payload) - sum(sizes)]:
        part = payload[at : at + size]
        more = MORE if at + size < len(payload) else 0
        whole = ipv4(*FOUR, protocol, part, fragment=more | at // 8)
        found.append(whole[:4] + struct.pack(">H", ident) + whole[6:])
        at += size
    return found


def cut6(protocol: int, payload: bytes, sizes: list[int], ident: int = 7) -> list[bytes]:
    """The same in IPv6, behind an options header."""
    found, at = [], 0
    for size in [*sizes, len(payload) - sum(sizes)]:
        more = at + size < len(payload)
        head = bytes((44, 0)) + bytes(6) + struct.pack(">BBHI", protocol, 0, at | more, ident)
        found.append(ipv6(*SIX, 0, head + payload[at : at + size]))
        at += size
    return found


def framed(packets: list[bytes], *vlans: int) -> list[bytes]:
    return [ethernet(A, B, 0x0800 if packet[0] >> 4 == 4 else 0x86DD, packet, *vlans) for packet in packets]


def fed(frames: list[bytes], waiting: Fragments | None = None, step: int = 1000) -> list[Whole | Left]:
    waiting = waiting or Fragments()
    found: list[Whole | Left] = []
    for number, frame in enumerate(frames):
        found += waiting.of_frame(Whole(Frame(number + 1, number * step, 0, len(frame), frame), 1, 0))
    return found


def wholes(found: list[Whole | Left]) -> list[bytes]:
    """Transports of the packets that were put together."""
    made = []
    for one in found:
        if isinstance(one, Whole):
            told = decode(one.link, one.frame.data)
            assert told is not None
            assert told[1] is not None
            assert not told[1].fragment
            made.append(told[2][told[1].start : told[1].stop])
    return made


DATAGRAM = udp(40_000, 9_999, random.Random(5).randbytes(3_000))


@few
@given(st.lists(st.integers(1, 200), max_size=6), st.booleans(), st.randoms(use_true_random=False))
def test_whole_in_any_order(sizes: list[int], six: bool, dice: random.Random) -> None:
    parts = framed((cut6 if six else cut4)(17, DATAGRAM, [8 * size for size in sizes if sum(sizes) < 350]), 12)
    dice.shuffle(parts)
    if len(parts) == 1 and not six:
        return
    waiting = Fragments()
    if len(parts) > 1:
        found = fed(parts, waiting)
        assert wholes(found) == [DATAGRAM]
        (one,) = found
        assert isinstance(one, Whole)
        assert (one.frame.size, one.packets, one.frame.time) == (sum(map(len, parts)), len(parts), 0)
    assert waiting.rest() == []
    assert waiting._weight == 0


def test_both_passes_take_it_in_as_one_packet() -> None:
    for cut in (cut4, cut6):
        whole = udp(161, 40_000, ANSWER)
        parts = framed(cut(17, whole, [16, 8, 24]))
        found = rows(pcap(parts))
        (flow,) = of(found, "Flow")
        assert (flow.packets_out + flow.packets_back, flow.bytes_out + flow.bytes_back) == (4, sum(map(len, parts)))
        assert flow.service == "snmp"
        assert not of(found, "Refusal")
        together = rows(pcap(framed([whole_of(cut, whole)])))
        assert {row[1:] for row in evidence(found)} == {row[1:] for row in evidence(together)}
        for order in ([3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3]):
            assert {row[1:] for row in evidence(rows(pcap([parts[at] for at in order])))} == {
                row[1:] for row in evidence(found)
            }


def whole_of(cut: Any, payload: bytes) -> bytes:
    return ipv4(*FOUR, 17, payload) if cut is cut4 else ipv6(*SIX, 17, payload)


@pytest.mark.parametrize("name", ["vxlan", "erspan 2", "gre", "capwap", "ip in ip", "six in four", "deep"])
def test_tunnels_in_fragments(name: str) -> None:
    link, frame = wrapped.SAMPLES[name]
    told = rows(pcap([frame], link=link))
    at = 14 + 4 * (frame[12:14] == b"\x81\x00")
    head, packet = frame[:at], frame[at:]
    parts = cut4(packet[9], packet[20:], [24])
    again = rows(pcap([head + part[:12] + packet[12:20] + part[20:] for part in parts], link=link))
    (flow,), (other,) = of(told, "Flow"), of(again, "Flow")
    assert (flow.client, flow.server, flow.port, flow.vlan) == (other.client, other.server, other.port, other.vlan)
    assert other.packets_out == 2
    assert {row for row in evidence(told) if row[1] == "ip"} == {row for row in evidence(again) if row[1] == "ip"}


def test_fragments_of_what_a_tunnel_carries_and_of_the_tunnel() -> None:
    inner = cut4(17, DATAGRAM[:400], [200])
    outer = [part for n, packet in enumerate(inner) for part in cut4(4, packet, [104], 100 + n)]
    found = rows(pcap(framed(outer)))
    (flow,) = of(found, "Flow")
    assert (flow.transport, flow.port, flow.packets_out) == ("udp", 9_999, 4)
    assert flow.bytes_out == sum(len(frame) for frame in framed(outer))


def test_one_that_came_twice_counts_twice_and_is_used_once() -> None:
    parts = framed(cut4(17, DATAGRAM, [800, 800]))
    found = fed([parts[0], parts[0], parts[1], parts[1], parts[2]])
    assert wholes(found) == [DATAGRAM]
    assert isinstance(found[0], Whole)
    assert (found[0].packets, found[0].frame.size) == (5, sum(map(len, parts)) + len(parts[0]) + len(parts[1]))


@pytest.mark.parametrize("cut", [cut4, cut6])
def test_overlapping_fragments_are_refused(cut: Any) -> None:
    parts, others = framed(cut(17, DATAGRAM, [800, 800])), framed(cut(17, DATAGRAM, [792, 800]))
    for frames in (
        [parts[0], others[1], parts[1], parts[2]],
        [parts[1], others[1], parts[0], parts[2]],
        [parts[2], others[1], others[2], parts[0]],
        [parts[2], parts[0], framed(cut(17, DATAGRAM + b"12345678", [1600]))[1], parts[1]],
    ):
        waiting = Fragments()
        found = fed(frames, waiting) + waiting.rest()
        assert wholes(found) == []
        assert sum(one.packets for one in found if isinstance(one, Left)) == len(frames)
        told = of(rows(pcap(frames)), "Refusal")
        assert [(row.reason, row.args) for row in told] == [("refusal.capture.fragments", (f"count={len(frames)}",))]


def test_what_never_becomes_whole_is_taken_in_as_far_as_it_goes() -> None:
    parts = framed(cut4(17, DATAGRAM, [800, 800, 800]))
    waiting = Fragments()
    assert fed([parts[1], parts[0], parts[3]], waiting) == []
    one, left = waiting.rest()
    assert wholes([one]) == [DATAGRAM[:1600]]
    assert left == Left(1, 3)
    only = framed(cut4(17, DATAGRAM, [800, 800], ident=9))[1:]
    assert fed(only, waiting) == []
    assert waiting.rest() == [Left(2, 1)]


def test_they_are_waited_for_by_the_clock_of_the_capture() -> None:
    parts, later = framed(cut4(17, DATAGRAM, [800])), framed(cut4(17, DATAGRAM, [800], ident=8))
    waiting = Fragments()
    assert fed([parts[0], later[0]], waiting, fragments.PATIENCE) == []
    found = fed([parts[0], later[0]], Fragments(), fragments.PATIENCE + 1)
    assert wholes(found) == [DATAGRAM[:800]]


def test_fragments_of_a_capture_that_cuts_packets_short() -> None:
    parts = [frame[:100] for frame in framed(cut4(17, DATAGRAM, [800, 800]))]
    found = fed(parts)
    assert wholes(found) == [DATAGRAM[:66]]
    assert found[1:] == [Left(1, 2), Left(1, 3)]
    flows = of(rows(pcap(framed(cut4(17, DATAGRAM, [800, 800])), cut=100)), "Flow")
    assert [(flow.port, flow.packets_out) for flow in flows] == [(9_999, 1)]


def test_the_smallest_fragments_cost_no_more_than_others() -> None:
    whole = udp(40_000, 9_999, bytes(65_000))
    parts = framed(cut4(17, whole, [8] * (len(whole) // 8)))
    random.Random(1).shuffle(parts)
    assert len(parts) > 8_000
    assert wholes(fed(parts, step=1)) == [whole]


def test_lengths_that_lie() -> None:
    odd = framed(cut4(17, DATAGRAM, [803, 800]))  # no multiple of eight
    waiting = Fragments()
    assert [type(one) for one in fed(odd[:2], waiting) + waiting.rest()] == [Whole, Left]
    far = framed([ipv4(*FOUR, 17, b"x" * 16, fragment=0x1FFF)])
    assert fed(far) == [Left(1, 1)]
    nothing = framed([ipv4(*FOUR, 17, b"", fragment=MORE), ipv4(*FOUR, 17, b"", fragment=5)])
    assert [type(one) for one in fed(nothing)] == [Whole, Left]


@few
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), st.booleans(), st.integers(0, 2)), max_size=30))
def test_any_fragments_are_all_counted(parts: list[tuple[int, int, bool, int]]) -> None:
    frames = []
    for offset, size, more, ident in parts:
        packet = ipv4(*FOUR, 17, DATAGRAM[:size], fragment=(MORE if more else 0) | offset)
        if more or offset:
            frames.append(ethernet(A, B, 0x0800, packet[:4] + struct.pack(">H", ident) + packet[6:]))
    waiting = Fragments()
    found = fed(frames, waiting) + waiting.rest()
    assert sum(one.packets for one in found) == len(frames)
    assert waiting._weight == 0
    rows(pcap(frames))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST", 10)
    waiting = Fragments()
    found = fed([framed(cut4(17, DATAGRAM, [800], ident))[0] for ident in range(50)], waiting)
    assert len(waiting._held) == 10
    assert wholes(found) == [DATAGRAM[:800]] * 40
    monkeypatch.setattr(fragments, "MOST_BYTES", 4000)
    found = fed([framed(cut4(17, DATAGRAM, [800], 100))[0]], waiting)
    assert waiting._weight <= 4000
    assert len(wholes(found)) == 7
    tiny = [framed([ipv4(*FOUR, 17, b"x" * 8, fragment=MORE | at)])[0] for at in range(1, 200)]
    fed(tiny, waiting)
    assert waiting._weight <= 4000


@few
@given(st.integers(0, 10_000))
def test_damaged_fragments(seed: int) -> None:
    dice = random.Random(seed)
    parts = framed(cut4(17, DATAGRAM[:300], [64, 64])) + framed(cut6(17, DATAGRAM[:300], [64, 64]))
    bad = []
    for frame in parts:
        changed = bytearray(frame)
        for _ in range(dice.randrange(3)):
            changed[dice.randrange(12, len(changed))] ^= 1 << dice.randrange(8)
        bad.append(bytes(changed[: dice.choice((len(changed), dice.randrange(len(changed) + 1)))]))
    dice.shuffle(bad)
    rows(pcap(bad))
