import io
import random

import pytest

from hygie.sources.capture.window import Window
from sources.capture.made import Breaking


class Dripping(io.BytesIO):
    """Gives at most seven bytes at a time, into memory or not."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(7)

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        return super().readinto(into[:7])


class Reading:
    """A stream that knows no more than `read`."""

    def __init__(self, data: bytes) -> None:
        self.stream = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self.stream.read(size)


@pytest.mark.parametrize("stream", [Dripping, Reading, io.BytesIO])
@pytest.mark.parametrize("chunk", [1, 13, 1 << 20])
def test_more_is_read_as_needed_and_places_hold(stream: type, chunk: int) -> None:
    window = Window(stream(bytes(range(100))), chunk)
    assert window.has(20)
    window.at += 18
    assert (window.place(), window.bytes[window.at]) == (18, 18)
    assert window.has(82)
    assert not window.has(83)
    assert (window.left(), window.place()) == (82, 18)
    assert bytes(window.bytes[window.at :]) == bytes(range(18, 100))
    assert window.memory[: len(window.bytes)] == window.bytes


@pytest.mark.parametrize("chunk", [1, 64, 5000])
def test_any_way_through_a_stream_shows_its_bytes(chunk: int) -> None:
    data, dice = random.Random(1).randbytes(20_000), random.Random(2)
    window = Window(io.BytesIO(data), chunk)
    while True:
        wanted = dice.randrange(900)
        there = window.has(wanted)
        assert there == (window.place() + wanted <= len(data))
        assert bytes(window.bytes[window.at : window.at + wanted]) == data[window.place() : window.place() + wanted]
        if not there:
            break
        window.at += dice.randrange(wanted + 1)


@pytest.mark.parametrize("chunk", [1000, 50_000])
def test_memory_does_not_grow_with_the_stream(chunk: int) -> None:
    window = Window(io.BytesIO(bytes(20 * chunk)), chunk)
    most = 0
    while window.has(1000):
        window.at += 1000
        most = max(most, len(window.memory))
    assert most <= 2 * chunk + 2000
    assert window.place() == 20 * chunk - window.left()


def test_an_end_that_is_an_error_is_raised() -> None:
    window = Window(Breaking(bytes(50)), 20)
    assert window.has(50)
    with pytest.raises(EOFError):
        window.has(51)
