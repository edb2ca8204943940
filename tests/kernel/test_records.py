import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import records
from hygie.kernel.compiled import HERE
from hygie.sources.capture import pcap as plain
from hygie.sources.capture import pcapng as plain_ng
from hygie.sources.capture.frames import MOST_FRAME, Frame, Interface
from hygie.sources.capture.gathering import _clocks
from hygie.sources.capture.window import Window
from sources.capture.made import START, block, chatter, enhanced, interface, option, pcap, section

pytestmark = pytest.mark.skipif(not HERE, reason="numba is not installed")
FRAMES = list(chatter(40))
few = settings(deadline=None, database=None, max_examples=60)


def compiled(data: bytes, rows: int = 1000) -> tuple[list[Frame], int]:
    """Records of a pcap file as frames, and the place after the last."""
    order, ticks = plain.MAGICS[data[:4]]
    array, table = np.frombuffer(data, np.uint8), np.zeros((rows, 5), np.int64)
    far, longest = plain.FAR, MOST_FRAME
    count, at, _ = records.pcap(array, 24, len(data), order == ">", ticks, 0, far, longest, table)
    return frames(data, table, count), at


def frames(data: bytes, table: np.ndarray, count: int) -> list[Frame]:
    return [
        Frame(number, time, index, size, data[start : start + stored])
        for number, (start, stored, size, time, index) in enumerate(table[:count].tolist(), 1)
    ]


def by_hand(data: bytes) -> list[Frame]:
    return [item for item in plain.read(Window(io.BytesIO(data)), []) if isinstance(item, Frame)]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nano", [False, True])
@pytest.mark.parametrize("cut", [50, 262144])
def test_sound_records_are_those_of_the_plain_reader(order: str, nano: bool, cut: int) -> None:
    data = pcap(FRAMES, order, nano, cut=cut, step=1_234_567)
    found, at = compiled(data)
    assert found == by_hand(data)
    assert (len(found), at) == (40, len(data))


def test_as_many_as_there_is_room_for() -> None:
    data = pcap(FRAMES)
    found, at = compiled(data, 7)
    assert found == by_hand(data)[:7]
    assert at == 24 + sum(16 + len(frame) for frame in FRAMES[:7])


def test_a_cut_at_every_byte() -> None:
    data = pcap(FRAMES[:4])
    for size in range(24, len(data)):
        assert compiled(data[:size])[0] == by_hand(data[:size])


@few
@given(st.lists(st.tuples(st.integers(24, 3000), st.integers(0, 255)), min_size=1, max_size=3))
def test_what_is_odd_is_left_to_the_plain_reader(changes: list[tuple[int, int]]) -> None:
    bad = bytearray(pcap(FRAMES))
    for at, value in changes:
        bad[at % len(bad)] = value
    if bytes(bad[:4]) not in plain.MAGICS:
        return
    found, at = compiled(bytes(bad))
    before = plain.begin(Window(io.BytesIO(bytes(bad))), [])
    for frame in found:
        assert before.window.has(16)
        assert before.next() == frame
    assert before.window.place() == at


# ---------------------------------------------------------------- pcapng

CLOCKS = {
    "micro": b"",
    "nano": option(9, b"\x09"),
    "milli": option(9, b"\x03"),
    "seconds": option(9, b"\0"),
    "binary": option(9, b"\x94"),
    "pico": option(9, b"\x0c"),
    "finest": option(9, b"\x14"),
    "finer": option(9, b"\xab"),
    "shifted": option(9, b"\x09") + option(14, struct.pack("<q", 3600)),
    "far": option(14, struct.pack("<q", 1 << 40)),
    "before": option(14, struct.pack("<q", -(1 << 62))),
}
MOMENTS = st.one_of(st.integers(0, (1 << 64) - 1), st.integers(START - 10, START + 10), st.integers(0, 1 << 40))


def same_blocks(clock: bytes, blocks: bytes) -> int:
    """Compares both readers on the blocks after an interface; gives how many the compiled one took."""
    window = Window(io.BytesIO(section() + interface(1, clock) + blocks))
    interfaces: list[Interface] = []
    state = plain_ng.Section(interfaces)
    for _ in range(2):
        assert window.has(12)
        plain_ng.following(window, state)
    table, rest = np.zeros((100, 5), np.int64), bytes(window.bytes)
    array, latest, longest = np.frombuffer(rest, np.uint8), plain_ng.LATEST, MOST_FRAME
    clocks = _clocks(interfaces)
    count, at = records.pcapng(array, window.at, len(rest), False, 0, *clocks, latest, longest, table)
    for frame in frames(rest, table, count):
        assert window.has(12)
        assert plain_ng.following(window, state) == frame
    assert window.place() == at
    return count


@pytest.mark.parametrize("clock", CLOCKS)
@few
@given(st.lists(MOMENTS, min_size=1, max_size=4))
def test_clocks(clock: str, moments: list[int]) -> None:
    same_blocks(CLOCKS[clock], b"".join(enhanced(FRAMES[0], moment) for moment in moments))


@pytest.mark.parametrize("moment", [(1 << 58) + 1_700_000_000, (1 << 62) + 1_700_000_000, (1 << 63) - 1])
def test_moments_beyond_any_clock_do_not_wrap_around(moment: int) -> None:
    for clock in CLOCKS.values():
        same_blocks(clock, enhanced(FRAMES[0], moment))


def test_blocks_of_other_kinds_end_a_batch() -> None:
    odd = block(5, struct.pack("<III", 0, 0, 0))
    assert same_blocks(b"", enhanced(FRAMES[0], START) + odd + enhanced(FRAMES[1], START)) == 1
    assert same_blocks(b"", enhanced(FRAMES[0], START, 3)) == 0
    assert same_blocks(CLOCKS["finest"], enhanced(FRAMES[0], START)) == 0


@few
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=3))
def test_damaged_blocks_are_left_to_the_plain_reader(changes: list[tuple[int, int]]) -> None:
    bad = bytearray(b"".join(enhanced(frame, START) for frame in FRAMES[:20]))
    for at, value in changes:
        bad[at % len(bad)] = value
    same_blocks(b"", bytes(bad))
