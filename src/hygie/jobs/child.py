"""The other side of a pool: takes requests from standard input, one at a time, and answers on standard output.

A frame is its length (4 bytes, big end first) and its bytes; a request is two: the function's name, and what it is
given. The process ends with its input; what the function raises ends it too, and the pool then knows that this request
was not answered.
"""

import gc
import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from typing import IO, cast

LENGTH = 4
"""Bytes that say how long a frame is."""


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


def answer(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answers every request, a function's name and what to give it, until there is none.

    Raises what the functions raise, and ImportError, AttributeError for one that is not there.
    """
    while (target := take(incoming)) is not None and (request := take(incoming)) is not None:
        function = cast("Callable[[bytes], bytes]", pkgutil.resolve_name(target.decode()))
        give(outgoing, function(request))


def main() -> None:
    """Answers requests for functions "package.module:function"; what they print cannot get among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool's process decides when work ends
    gc.disable()  # rows hold no cycles, and there are millions of them
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answer(sys.stdin.buffer, outgoing)
