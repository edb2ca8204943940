import random

from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.sources.capture.streams import MOST, MOST_WAITING, Stream

TEXT = bytes(range(256)) * 20


@settings(deadline=None, database=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32 - 1))
def test_any_order_repetition_and_overlap(seed: int, first: int) -> None:
    dice = random.Random(seed)
    stream = Stream(first)
    pieces = []
    at = 0
    while at < len(TEXT):
        size = dice.randrange(1, 400)
        early = max(0, at - dice.choice((0, 0, 5, 60)))
        pieces.append((early, TEXT[early : at + size]))
        at += size
    again = [dice.choice(pieces) for _ in range(5)]
    near = [(n + dice.randrange(0, 8), piece) for n, piece in enumerate([*pieces, *again])]
    for _, (offset, data) in sorted(near, key=lambda pair: pair[0]):
        stream.push((first + offset) & 0xFFFFFFFF, data)
    assert bytes(stream.ready) == TEXT
    assert (stream.weight, stream.waiting, stream.cut) == (0, {}, False)


def test_what_never_comes_is_stepped_over() -> None:
    stream = Stream(100)
    stream.push(100, b"begin")
    for number in range(MOST_WAITING + 1):
        stream.push(1000 + 10 * number, b"0123456789")
    assert stream.cut
    assert bytes(stream.ready) == b"0123456789" * (MOST_WAITING + 1)


def test_what_is_left_out_is_not_waited_for() -> None:
    stream = Stream(0)
    stream.push(0, b"begin")
    stream.push(5000, b"after")
    stream.push(4000, bytes(100))
    stream.push(5003, b"er the rest")
    stream.skip(4995)
    assert (bytes(stream.ready), stream.skipped, stream.cut) == (b"beginafter the rest", True, False)
    assert (stream.weight, stream.waiting, stream.expected) == (0, {}, 5014)
    stream.push(4000, bytes(1000))
    assert bytes(stream.ready) == b"beginafter the rest"


def test_what_is_left_out_may_end_inside_a_segment_and_wrap_around() -> None:
    stream = Stream(2**32 - 10)
    stream.push(2**32 - 10, b"x" * 5)
    stream.push(0, b"0123456789")
    stream.skip(8)
    assert (bytes(stream.ready), stream.expected) == (b"x" * 5 + b"3456789", 10)


def test_memory_is_bounded() -> None:
    stream, dice = Stream(), random.Random(1)
    stream.push(0, b"x")
    for _ in range(3000):
        stream.push(dice.randrange(2**31), bytes(1400))
        stream.ready.clear()
        assert stream.held() <= MOST + 1400 * 2


def test_the_first_segment_decides_where_no_opening_was_seen() -> None:
    stream = Stream()
    stream.push(777, b"abc")
    stream.push(780, b"def")
    assert bytes(stream.ready) == b"abcdef"
