"""What comes once, from its first byte to its last: standard input, a pipe, a live capture.

Its beginning is kept in memory, so that it can be recognised; the rest passes. Who must have it whole, or go back, asks
for it to be settled: it is then written to a temporary file without a name. What can be read as it comes (a capture)
is never settled, and touches no disk.
"""

import hashlib
import io
import tempfile
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, cast

from hygie.sources.opening.limits import CHUNK, Limits


class Coming(NamedTuple):
    """A stream under a name, as a thing to read."""

    name: str
    stream: BinaryIO


class Passing:
    """A stream whose beginning is kept. Opened from the first byte as often as one likes until one reads on."""

    def __init__(self, stream: BinaryIO, limits: Limits, name: str = "") -> None:
        """Reads the beginning. Raises what the stream raises."""
        self.name = name
        self._stream = stream
        self._limits = limits
        self._spool: BinaryIO | None = None
        self.kept = _beginning(stream, limits.kept + 1)
        self.taken = len(self.kept)
        """Bytes that came so far."""

    @property
    def whole(self) -> bool:
        """Whether the beginning is all that there is."""
        return len(self.kept) <= self._limits.kept

    def open(self) -> BinaryIO:
        """From the first byte. Raises ValueError where the stream has passed, OSError."""
        if self.whole:
            return io.BytesIO(self.kept)
        if self._spool is not None:
            return cast(BinaryIO, spooled(self._spool))
        if self.taken > len(self.kept):
            raise ValueError("refusal.passed")
        return cast(BinaryIO, _Passed(self))

    def more(self) -> bytes:
        """What follows the beginning, a piece at a time; b"" at the end. Raises ValueError (limit), OSError."""
        chunk = _some(self._stream)
        self.taken += len(chunk)
        if self.taken > self._limits.size:
            raise ValueError("refusal.limit", f"limit={self._limits.size // 1_000_000_000}")
        return chunk

    def settle(self) -> None:
        """Takes all in, to be read as often as one likes. Raises ValueError beyond the limit, OSError."""
        if self.whole or self._spool is not None:
            return
        spool = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
        try:
            spool.write(self.kept)
            while chunk := self.more():
                spool.write(chunk)
        except BaseException:
            spool.close()
            raise
        self._spool = spool

    def close(self) -> None:
        """Lets go of what was settled."""
        if self._spool is not None:
            self._spool.close()


class _Passed(io.RawIOBase):
    """The one way through: the kept beginning, then what comes."""

    def __init__(self, passing: Passing) -> None:
        self._passing = passing
        self._at = 0
        self._ready = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Next bytes, fewer than asked for where fewer came. Raises what the stream raises."""
        kept = self._passing.kept
        if self._at < len(kept):
            data = kept[self._at : self._at + len(buffer)]
            self._at += len(data)
        else:
            self._ready = self._ready or self._passing.more()
            data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class Again(io.RawIOBase):
    """What rests elsewhere, from its first byte, whoever else reads it; closing it leaves that open."""

    def __init__(self, size: Callable[[], int], fill: Callable[["memoryview | bytearray", int], int]) -> None:
        """`size`: bytes there now; `fill`: puts the bytes from a place on into a buffer, and tells how many."""
        self._size = size
        self._fill = fill
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of a file."""
        base = (0, self._at, self._size())[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Next bytes. Raises OSError."""
        count = self._fill(buffer, self._at)
        self._at += count
        return count


def spooled(spool: BinaryIO) -> Again:
    """A spooled stream from its beginning."""

    def fill(buffer: "memoryview | bytearray", at: int) -> int:
        spool.seek(at)
        data = spool.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    return Again(lambda: spool.seek(0, io.SEEK_END), fill)


class Hashed(io.RawIOBase):
    """A stream that is hashed as it is read; `told` gets the hash (hex) and the bytes when it is closed."""

    def __init__(self, stream: BinaryIO, told: Callable[[str, int], None]) -> None:
        self._stream = stream
        self._told = told
        self._digest = hashlib.sha256()
        self._size = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Next bytes. Raises what the stream raises."""
        data = self._stream.read(len(buffer))
        self._digest.update(data)
        self._size += len(data)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Tells, and closes what it reads from."""
        if not self.closed:
            self._told(self._digest.hexdigest(), self._size)
            self._stream.close()
        super().close()


def _beginning(stream: BinaryIO, most: int) -> bytes:
    """Up to `most` bytes and what came with the last of them; fewer only at the end."""
    parts, size = [], 0
    while size < most and (chunk := _some(stream)):
        parts.append(chunk)
        size += len(chunk)
    return b"".join(parts)


def _some(stream: BinaryIO) -> bytes:
    """What is there, at most `CHUNK`; waits for something. b"" at the end."""
    read1 = getattr(stream, "read1", None)
    return bytes(read1(CHUNK)) if read1 else stream.read(CHUNK)
