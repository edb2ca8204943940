"""What comes once is read as it comes, or settled; nothing of a capture is written."""

import gzip
import hashlib
import io
import lzma
from typing import BinaryIO, cast

import pytest
import zstandard

from hygie.sources.opening import Coming, Content, Limits, files
from hygie.sources.opening.coming import Hashed, Passing
from hygie.sources.opening.limits import Budget

DATA = bytes(range(256)) * 4000
SMALL = Limits(kept=100_000)


class Dripping(io.RawIOBase):
    """A pipe that gives little at a time, counts what was taken, and may break."""

    def __init__(self, data: bytes, breaks: bool = False) -> None:
        self.rest, self.breaks, self.taken = data, breaks, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        some, self.rest = self.rest[: min(777, len(buffer))], self.rest[min(777, len(buffer)) :]
        if not some and self.breaks:
            raise OSError(5, "Input/output error")
        self.taken += len(some)
        buffer[: len(some)] = some
        return len(some)


def dripping(data: bytes, breaks: bool = False) -> BinaryIO:
    return cast(BinaryIO, Dripping(data, breaks))


def only(data: bytes, limits: Limits = SMALL) -> Content:
    (found,) = list(files([Coming("pipe", dripping(data))], limits))
    assert isinstance(found, Content)
    return found


def first(data: bytes, limits: Limits = SMALL) -> Content:
    """The content before the next is asked for."""
    found = next(iter(files([Coming("pipe", dripping(data))], limits)))
    assert isinstance(found, Content)
    return found


def test_only_the_beginning_is_taken_until_somebody_reads_on() -> None:
    stream = Dripping(DATA)
    passing = Passing(cast(BinaryIO, stream), SMALL)
    assert not passing.whole
    assert 100_001 <= stream.taken < 102_000
    assert passing.open().read(50) == DATA[:50]
    assert passing.open().read(50) == DATA[:50]
    with passing.open() as way:
        assert way.read() == DATA
    assert passing.taken == len(DATA)
    with pytest.raises(ValueError, match=r"refusal\.passed"):
        passing.open()


def test_what_is_short_is_kept_whole_and_read_as_often_as_one_likes() -> None:
    content = only(DATA[:5000])
    assert (content.name, content.path, content.size, content.passing) == ("pipe", "", 5000, None)
    assert content.bytes() == content.open().read() == DATA[:5000]


def test_settled_it_may_be_read_again() -> None:
    for content in files([Coming("pipe", dripping(DATA))], SMALL):
        assert isinstance(content, Content)
        assert content.sha256() == hashlib.sha256(DATA).hexdigest()
        assert content.bytes() == DATA
        with content.open() as stream:
            stream.seek(len(DATA) - 3)
            assert stream.read() == DATA[-3:]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, zstandard.compress])
def test_hashed_as_it_passes_it_has_the_same_hash(pack: "type[bytes]") -> None:
    noise = hashlib.shake_128(b"seed").digest(400_000)
    content = first(pack(noise))
    assert content.passing is not None
    content.hashed = True
    with content.open() as stream:
        assert stream.read() == noise
    assert content.sha256() == hashlib.sha256(noise).hexdigest()
    assert content.size == len(noise)


def test_a_stream_that_breaks_is_hashed_as_far_as_it_came() -> None:
    content = next(iter(files([Coming("pipe", dripping(DATA, breaks=True))], SMALL)))
    assert isinstance(content, Content)
    content.hashed = True
    got = b""
    with pytest.raises(OSError, match="Input/output"), content.open() as stream:
        while True:
            got += stream.read1(1000)
    assert hashlib.sha256(DATA).hexdigest() == content.sha256()


@pytest.mark.parametrize("settled", [False, True])
def test_beyond_the_limit_it_stops(settled: bool) -> None:
    passing = Passing(dripping(DATA), SMALL._replace(size=500_000))
    with pytest.raises(ValueError, match=r"refusal\.limit"):
        passing.settle() if settled else passing.open().read()
    assert 500_000 < passing.taken < 502_000


def test_a_bomb_that_comes_is_measured_by_what_has_come() -> None:
    came = 10
    budget = Budget(lambda: came, Limits(free=0, ratio=20))
    budget.spend("x", 200)
    with pytest.raises(ValueError, match=r"refusal\.bomb"):
        budget.spend("x", 201)
    came = 11
    budget.spend("x", 202)


def test_what_is_told_at_the_end_is_what_was_read() -> None:
    told: list[tuple[str, int]] = []
    with Hashed(io.BytesIO(b"abcdef"), lambda *said: told.append(said)) as stream:
        assert stream.read(3) == b"abc"
    stream.close()
    assert told == [(hashlib.sha256(b"abc").hexdigest(), 3)]
