from collections.abc import Iterator
from typing import Any

import pytest

from hygie.kernel import columns as c
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.metering import Event, Rooms
from hygie.sources.capture.plain import Plain
from sources.capture.made import START, Connection, arp, chatter, datagram, ethernet, ipv4, ipv6, tcp
from sources.capture.wrapped import SAMPLES
from wire.test_hl7 import MESSAGE
from wire.test_ndp import ADVERTISEMENT

A, B = "02:00:00:00:00:01", "02:00:00:00:00:02"
ENDS = ("10.0.0.1", "10.0.0.2")


def passed(frames: list[bytes], rooms: Rooms = Rooms(), link: int = 1) -> tuple[Plain, list[Event]]:  # noqa: B008
    """The pass over frames, and its events."""
    meter = Plain([Interface(link)], rooms)
    events = list(taken(meter, frames))
    return meter, events + [event for event, _ in meter.rest(lambda *_: None)]


def taken(meter: Plain, frames: list[bytes], first: int = 1) -> Iterator[Event]:
    for number, frame in enumerate(frames, first):
        for event, _ in meter.take(Frame(number, START + number, 0, len(frame), frame), lambda *_: None):
            yield event


def test_both_directions_of_a_connection() -> None:
    peer = Connection((A, B), ENDS, (40000, 104))
    meter, events = passed([*peer.open(), peer.send(0, b"x" * 20), peer.send(1, b"y")])
    forth, back = meter.halves
    assert (forth[c.PACKETS], back[c.PACKETS], forth[c.OTHER], back[c.OTHER]) == (3, 2, 1, 0)
    assert (forth[c.TALK], back[c.TALK], forth[c.CALLER]) == (0, 0, 1)
    assert forth[c.FLAGS] & (c.OPENED | c.ACCEPTED | c.SPOKE) == c.OPENED | c.ACCEPTED | c.SPOKE
    assert [(e.half, e.kind, e.sequence, e.begin, e.caller) for e in events] == [
        (0, c.STREAM, 1001, 1001, 1),
        (1, c.STREAM, 0xFFFFFF01, 0xFFFFFF01, 1),
    ]


def test_nothing_is_given_of_what_is_hushed() -> None:
    peer = Connection((A, B), ENDS, (40000, 104))
    meter, _ = passed(peer.open())
    meter.hush(0, 0, 1101)
    events = list(taken(meter, [peer.send(0, bytes(50)), peer.send(0, bytes(50)), peer.send(0, b"read")], 4))
    assert [event.sequence for event in events] == [1101]
    meter.hush(0, 7, -1)
    assert list(taken(meter, [peer.send(0, b"of another round")], 7))
    meter.hush(0, 0, -1)
    assert not list(taken(meter, [peer.send(0, b"not read")], 8))
    again = Connection((A, B), ENDS, (40000, 104))
    assert [event.round for event in taken(meter, [*again.open(), again.send(0, b"read")], 9)] == [1]


def test_the_beginning_of_a_connection_is_enough() -> None:
    peer = Connection((A, B), ENDS, (40000, 9999))
    _, events = passed([*peer.open(), *(peer.send(0, b"x") for _ in range(c.MOST_SEGMENTS + 20))])
    assert len(events) == c.MOST_SEGMENTS


def test_encrypted_records_are_not_read() -> None:
    peer = Connection((A, B), ENDS, (40000, 443))
    _, events = passed([*peer.open(), peer.send(0, b"\x17\x03\x03\0\x05hello"), peer.send(0, b"\x16\x03\x01")])
    assert events == []


def test_of_many_connections_ever_fewer_are_read() -> None:
    frames = [Connection((A, B), ENDS, (1024 + n, 104)).send(0, b"x" * 20) for n in range(300)]
    _, events = passed(frames)
    assert len(events) == c.CONNECTIONS + 3


def test_messages_are_read_where_their_sender_is_new() -> None:
    peer = Connection((A, B), ENDS, (40000, 2575))
    other = MESSAGE.replace(b"ABL90", b"ABL80")
    units = [MESSAGE, MESSAGE, MESSAGE, MESSAGE, other, other]
    _, events = passed([*peer.open(), *(peer.send(0, unit) for unit in units)])
    assert [event.kind for event in events] == [c.STREAM, c.STREAM, c.MESSAGE, c.MESSAGE]


def test_the_same_datagram_is_read_once() -> None:
    question = datagram((A, B), ENDS, (40000, 161), b"question")
    meter, events = passed([question] * 5 + [datagram((A, B), ENDS, (40001, 161), b"question")])
    assert [event.number for event in events] == [1]
    assert meter.word_times() == [START + 6]
    meter.clear_words()
    assert [event.word for event in taken(meter, [question], 7)] == [0]


def test_unusual_datagrams_are_read_ever_less_often() -> None:
    frames = [datagram((A, B), ENDS, (40000, 9999), b"%d" % n) for n in range(300)]
    meter, events = passed(frames)
    assert len(events) == c.UNUSUAL + 5
    meter.clear_channels()
    assert len(list(taken(meter, [datagram((A, B), ENDS, (40000, 9999), b"new")], 301))) == 1


def test_numbers_of_questions_to_name_services_are_left_out() -> None:
    frames = [datagram((A, B), ENDS, (40000, port), b"%02d" % n + b"same") for port in (53, 9999) for n in range(3)]
    assert [event.number for event in passed(frames)[1]] == [1, 4, 5, 6]


def test_neighbours_and_the_link() -> None:
    near = ethernet(A, B, 0x86DD, ipv6("fe80::1", "fe80::2", 58, ADVERTISEMENT, 255))
    far = ethernet(A, B, 0x86DD, ipv6("fe80::3", "fe80::2", 58, ADVERTISEMENT, 64))
    meter, events = passed([near, near, far, arp(A, *ENDS), arp(A, *ENDS)])
    assert [(event.kind, event.half) for event in events] == [(c.NEIGHBOUR, 0), (c.LINK, -1)]
    assert len(meter.halves) == 2


def test_who_asks_for_an_echo_calls() -> None:
    frames = [ethernet(A, B, 0x0800, ipv4(*ENDS, 1, bytes((kind, 0)) + bytes(6))) for kind in (8, 0)]
    assert passed(frames[:1])[0].halves[0][c.CALLER] == 1
    assert passed(frames[1:])[0].halves[0][c.CALLER] == -1


def test_oddities_are_counted_with_their_first_packet() -> None:
    frames = [next(chatter(1)), b"x", SAMPLES["ipv4 later fragment"][1], SAMPLES["capwap sealed"][1]]
    frames.append(ethernet(A, B, 0x0800, ipv4(*ENDS, 6, tcp(1, 2, 3)[:10])))
    meter, _ = passed(frames)
    counts = meter.metered().counts.tolist()
    assert {what: (counts[what], counts[what + 4]) for what in (c.UNDECODED, c.FRAGMENTS, c.SEALED, c.SNAPPED)} == {
        c.UNDECODED: (2, 2),
        c.FRAGMENTS: (1, 3),
        c.SEALED: (1, 4),
        c.SNAPPED: (0, 0),
    }
    assert meter.metered().sensors.tolist()[0][c.N_UNREAD] == 2
    assert meter.metered().tags == [(0, 4)]


def test_a_link_type_that_is_not_read_is_counted() -> None:
    meter, events = passed([b"x" * 40] * 3, link=147)
    assert (events, meter.halves, meter.sensors[0][c.N_LINK]) == ([], [], 3)


def test_relief_is_asked_for_before_a_frame_is_taken() -> None:
    asked: list[Any] = []
    meter = Plain([Interface(1)], Rooms(2, 99, 99))
    for number, frame in enumerate([*chatter(1), arp(A, *ENDS), *SAMPLES["ipv6"][1:], *SAMPLES["icmp"][1:]], 1):
        list(meter.take(Frame(number, 1, 0, len(frame), frame), lambda *rooms: asked.append(rooms)))
    assert asked == [(2, 3, 3)]


@pytest.mark.parametrize("gone", [0, 1])
def test_what_is_kept_goes_on(gone: int) -> None:
    first, second = (datagram((A, B), ENDS, (40000 + n, 9999), b"x") for n in range(2))
    meter, _ = passed([first, second])
    kept = meter.halves_so_far()[1 - gone : 2 - gone].copy()
    kept[:, c.TALK] = 0
    meter.keep(kept)
    list(taken(meter, [first, second], 3))
    assert [row[c.PACKETS] for row in meter.halves] == [2, 1]
    back = datagram((B, A), ENDS[::-1], (9999, 40001 - gone), b"x")
    list(taken(meter, [back], 5))
    assert meter.halves[2][c.TALK] == 0
