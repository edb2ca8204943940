"""The other side of a pool: takes requests from standard input, one at a time, and answers on standard output.

A frame is its length (4 bytes, big end first) and its bytes; a request is three: the function's name, what it is given,
and the terms it runs under (see `Terms`). Files that it is given come open, over a socket of their own. The process
ends with its input; what the function raises ends it too, and the pool then knows that this request was not answered.
"""

import gc
import os
import pkgutil
import signal
import socket
import sys
from collections.abc import Callable
from typing import IO, NamedTuple, cast

from hygie.rights.giving import give_up

LENGTH = 4
"""Bytes that say how long a frame is."""


class Room(NamedTuple):
    """What a process keeps of its rights: nothing but writing in one folder, and some memory."""

    write: str
    """The folder."""
    ready: str = ""
    """Function without arguments, "package.module:function", called before the rights go; "" none. It
    gives the paths that may go on being read."""
    memory: int = 0
    """Bytes that it may hold; 0 no bound."""


class Terms(NamedTuple):
    """What a function runs under."""

    files: int = 0
    """Open files that come with the request: their numbers are the function's second argument."""
    room: Room | None = None
    """None: the process keeps its rights."""

    def encode(self) -> bytes:
        """As a frame."""
        return "\0".join(map(str, (self.files, *(self.room or ())))).encode("utf-8", "surrogateescape")

    @classmethod
    def decode(cls, frame: bytes) -> "Terms":
        """From a frame. Raises ValueError, TypeError."""
        files, *room = frame.decode("utf-8", "surrogateescape").split("\0")
        if not room:
            return cls(int(files))
        write, ready, memory = room
        return cls(int(files), Room(write, ready, int(memory)))


def take(stream: IO[bytes]) -> bytes | None:
    """The next frame; None at the end, also within a frame. Raises OSError."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return body if len(body) == size else None


def give(stream: IO[bytes], body: bytes) -> None:
    """Writes a frame. Raises OverflowError (4 GiB), OSError."""
    stream.write(len(body).to_bytes(LENGTH, "big") + body)
    stream.flush()


def answer(incoming: IO[bytes], outgoing: IO[bytes], handed: "socket.socket | None" = None) -> None:
    """Answers every request until there is none. `handed`: where open files come from.

    Raises what the functions raise; ImportError, AttributeError for one that is not there; OSError, RuntimeError where
    rights cannot be given up: nothing is read with them.
    """
    confined = False
    while (target := take(incoming)) is not None and (request := take(incoming)) is not None:
        terms = Terms.decode(take(incoming) or b"0")
        function = cast("Callable[..., bytes]", pkgutil.resolve_name(target.decode()))
        if terms.room and not confined:
            needed = pkgutil.resolve_name(terms.room.ready)() if terms.room.ready else ()
            give_up([terms.room.write], needed, memory=terms.room.memory)
            confined = True
        files = _received(handed, terms.files)
        try:
            found = function(request, files) if files else function(request)
        finally:
            for file in files:
                os.close(file)
        give(outgoing, found)


def _received(handed: "socket.socket | None", count: int) -> list[int]:
    """Open files, as many as were announced. Raises EOFError where they are not."""
    if not count or handed is None:
        return []
    _, files, _, _ = socket.recv_fds(handed, 1, count)
    if len(files) != count:
        raise EOFError("files that were announced did not come")
    return files


def main() -> None:
    """Answers requests for functions "package.module:function"; what they print cannot get among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool's process decides when work ends
    gc.disable()  # rows hold no cycles, and there are millions of them
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    handed = socket.socket(fileno=int(sys.argv[2])) if len(sys.argv) > 2 else None
    answer(sys.stdin.buffer, outgoing, handed)
