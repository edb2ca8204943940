"""A stream seen through a window of bounded size: what capture formats are read from."""

from typing import BinaryIO

CHUNK = 1 << 20
"""Bytes read at once."""


class Window:
    """Bytes of a stream from a moving place on. `bytes[at:]` is what is there; `has` brings more.

    What `bytes` shows changes with `has`: copy what is to last.
    """

    __slots__ = ("at", "base", "bytes", "chunk", "ended", "memory", "stream")

    def __init__(self, stream: BinaryIO, chunk: int = CHUNK) -> None:
        self.stream = stream
        self.chunk = chunk
        self.memory = bytearray(2 * chunk)
        self.bytes = memoryview(self.memory)[:0]
        self.at = 0
        self.base = 0
        self.ended = False

    def has(self, wanted: int) -> bool:
        """Whether so many bytes follow the place; reads on as far as needed. Raises what the stream raises."""
        there = len(self.bytes) - self.at
        if there >= wanted:
            return True
        if self.ended:
            return False
        self._shift(there, max(wanted, there + self.chunk))
        whole = memoryview(self.memory)
        while there < wanted and not self.ended:
            got = self._fill(whole[there : there + max(self.chunk, wanted - there)])
            self.ended = not got
            there += got
            self.bytes = whole[:there]
        return there >= wanted

    def _shift(self, there: int, room: int) -> None:
        """Moves what is left to the front of a memory that is large enough."""
        rest = bytes(self.bytes[self.at :])
        self.base += self.at
        self.at = 0
        if room + self.chunk > len(self.memory):
            self.memory = bytearray(room + self.chunk)
        self.memory[:there] = rest
        self.bytes = memoryview(self.memory)[:there]

    def _fill(self, into: memoryview) -> int:
        read = getattr(self.stream, "readinto", None)
        if read:
            return int(read(into) or 0)
        more = self.stream.read(len(into))
        into[: len(more)] = more
        return len(more)

    def left(self) -> int:
        """Bytes in the window from the place on; all that is left where the stream has ended."""
        return len(self.bytes) - self.at

    def place(self) -> int:
        """Offset in the stream."""
        return self.base + self.at
