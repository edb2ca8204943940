import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import columns as c
from hygie.kernel import flows
from hygie.kernel.compiled import HERE
from hygie.sources.capture.ends import FIRST_HOPS
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.metering import Rooms, first_fields, passed, thinned
from hygie.wire.codec.addresses import is_host
from sources.capture import ward
from sources.capture.made import chatter

pytestmark = pytest.mark.skipif(not HERE, reason="numba is not installed")
if HERE:
    from hygie.sources.capture.fast import Batch, Fast

few = settings(deadline=None, database=None, max_examples=100)


def signed(part: bytes) -> np.int64:
    return np.int64(int.from_bytes(part, "big", signed=True))


def batch(frames: list[bytes], number: int = 0) -> "Batch":
    """Frames one after the other, a microsecond apart."""
    starts = np.cumsum([0, *map(len, frames)])
    table = [[int(at), len(f), len(f), 1_000 + n, 0] for n, (at, f) in enumerate(zip(starts, frames, strict=False))]
    data = np.frombuffer(bytearray(b"".join(frames)), np.uint8)
    return Batch(data, np.array(table, np.int64), len(frames), number)


def meter(begin: int = 1 << 10) -> "Fast":
    made = Fast([Interface(1)], Rooms(), begin)
    made._link()
    return made


def test_as_far_as_there_is_room() -> None:
    frames = ward.ward(1)
    for room, column in (([3, 99, 99], c.HALVES), ([99, 4, 99], c.CHANNELS), ([99, 99, 2], c.WORDS)):
        one, given_frames = meter(), batch(frames)
        done = flows.meter(one.tables, *given_frames[:2], 0, len(frames), 0, np.array(room), -1, 1)
        assert 0 < done < len(frames)
        assert one.tables.counts[column] == room[[c.HALVES, c.CHANNELS, c.WORDS].index(column)]
        assert one.tables.sensors[0, c.N_PACKETS] == done


def test_as_far_as_there_is_room_for_events() -> None:
    frames, one = ward.ward(2), meter()
    one.tables = one.tables._replace(events=np.zeros((3, c.EVENT), np.int64))
    done = flows.meter(one.tables, *batch(frames)[:2], 0, len(frames), 0, np.array([999, 999, 999]), -1, 1)
    assert one.tables.counts[c.EVENTS] == 3
    assert one.tables.events[2, c.E_NUMBER] == done


def test_a_pass_goes_on_where_it_left_off() -> None:
    frames = ward.ward(3)
    whole, parts = meter(), meter()
    room, events = np.array([999, 999, 999]), []
    stops, done = 0, 0
    while done < len(frames):
        done = flows.meter(whole.tables, *batch(frames)[:2], done, len(frames), 0, room, -1, 1)
        stops += int(whole.tables.counts[c.STOPPED])
        assert done == len(frames) or whole.tables.counts[c.STOPPED]
        whole.tables.counts[c.STOPPED] = 0
    assert stops
    for at in range(len(frames)):
        flows.meter(parts.tables, *batch(frames)[:2], at, at + 1, 0, room, -1, 1)
        events += parts.tables.events[: parts.tables.counts[c.EVENTS]].tolist()
        parts.tables.counts[c.EVENTS] = parts.tables.counts[c.STOPPED] = 0
    assert events == whole.tables.events[: whole.tables.counts[c.EVENTS]].tolist()
    assert parts.tables.halves.tolist() == whole.tables.halves.tolist()


def test_an_index_made_anew_finds_every_half() -> None:
    one = meter()
    list(one.take(batch(ward.ward(4, groups=60)), lambda *_: None))
    tables, count = one.tables, int(one.tables.counts[c.HALVES])
    tagged, calls = np.full(4096, -1, np.int32), np.full(4096, -1, np.int32)
    flows.rebuild(tables.halves, count, tagged, calls)
    assert sorted(tagged[tagged >= 0].tolist()) == list(range(count))
    for row in range(count):
        key, tag = tables.halves[row, :6], tables.halves[row, c.TAG]
        assert tagged[flows._slot(tagged, tables.halves, key, tag, True, flows._hash(key, tag))] == row
        if (other := tables.halves[row, c.OTHER]) >= 0:
            assert flows._hash(key, 7) == flows._hash(tables.halves[other, :6], 7)
    for index, other in ((tagged, tables.tagged), (calls, tables.calls)):
        assert set(index.tolist()) == set(other.tolist())


def test_a_frame_outside_its_memory_is_refused() -> None:
    one, given_frames = meter(), batch(list(chatter(2)))
    given_frames.rows[1, 0] += 10_000
    with pytest.raises(IndexError):
        flows.meter(one.tables, *given_frames[:2], 0, 2, 0, np.array([9, 9, 9]), -1, 1)


@few
@given(st.one_of(st.binary(min_size=4, max_size=4), st.binary(min_size=16, max_size=16)))
def test_hosts(address: bytes) -> None:
    for raw in (address, bytes(len(address) - 1) + address[-1:], b"\xff" + address[1:], b"\x7f" + address[1:]):
        family, high, low = 6, signed(raw[:8]), signed(raw[8:])
        if len(raw) == 4:
            family, high, low = 4, np.int64(0), np.int64(int.from_bytes(raw, "big"))
        assert bool(flows._is_host(family, high, low)) is is_host(raw)


def test_times_to_live() -> None:
    assert {hops for hops in range(256) if flows._is_first_hop(np.int64(hops))} == FIRST_HOPS


def test_what_is_left_out() -> None:
    for limit in (1, 16, 64):
        for count in range(1100):
            assert bool(flows._thinned(np.int64(count), limit)) is thinned(count, limit)


@few
@given(st.lists(st.sampled_from([b"|", b"a", b"\x0bMSH", b"x" * 200, b"||||"]), max_size=12))
def test_first_fields_of_a_message(parts: list[bytes]) -> None:
    message = b"".join(parts)
    data = np.frombuffer(b"||" + message + b"||||||||", np.uint8)
    assert flows._first_fields(data, 2, 2 + len(message)) - 2 == first_fields(message)


@few
@given(st.integers(0, 2**32 + 70_000), st.one_of(st.just(-1), st.integers(0, 2**32 - 1)))
def test_what_lies_before_a_sequence_number(end: int, until: int) -> None:
    assert bool(flows._before(np.int64(end), np.int64(until))) is passed(end, until)


def test_a_single_frame() -> None:
    frame = next(chatter(1))
    one = Fast([Interface(1)], Rooms())
    ((event, payload),) = one.take(Frame(7, 5, 0, len(frame), frame), lambda *_: None)
    assert (event.number, event.time, event.kind, payload) == (7, 5, c.DATAGRAM, b"chatter")
