import io

from hygie.sources.capture.window import CHUNK, Window


class Dripping(io.BytesIO):
    """Gives seven bytes at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(7)


def test_more_is_read_as_needed_and_places_hold() -> None:
    window = Window(Dripping(bytes(range(100))))
    assert window.has(20)
    window.at += 18
    assert (window.place(), window.bytes[window.at]) == (18, 18)
    assert window.has(82)
    assert not window.has(83)
    assert (window.left(), window.place()) == (82, 18)


def test_memory_does_not_grow_with_the_stream() -> None:
    window = Window(io.BytesIO(bytes(5 * CHUNK)))
    most = 0
    while window.has(1000):
        window.at += 1000
        most = max(most, len(window.bytes))
    assert most <= CHUNK + 1000
    assert window.place() == 5 * CHUNK - window.left()
