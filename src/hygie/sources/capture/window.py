"""A stream seen through a window of bounded size: what capture formats are read from."""

from typing import BinaryIO

CHUNK = 1 << 20
"""Bytes read at once."""


class Window:
    """Bytes of a stream from a moving place on. `bytes[at:]` is what is there; `has` brings more."""

    __slots__ = ("at", "base", "bytes", "ended", "stream")

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.bytes = b""
        self.at = 0
        self.base = 0
        self.ended = False

    def has(self, wanted: int) -> bool:
        """Whether so many bytes follow the place; reads on as far as needed. Raises what the stream raises."""
        if len(self.bytes) - self.at >= wanted:
            return True
        parts = [self.bytes[self.at :]]
        self.base += self.at
        self.at = 0
        there = len(parts[0])
        while there < wanted and not self.ended:
            more = self.stream.read(max(CHUNK, wanted - there))
            self.ended = not more
            parts.append(more)
            there += len(more)
        self.bytes = b"".join(parts)
        return there >= wanted

    def left(self) -> int:
        """Bytes in the window from the place on; all that is left where the stream has ended."""
        return len(self.bytes) - self.at

    def place(self) -> int:
        """Offset in the stream."""
        return self.base + self.at
