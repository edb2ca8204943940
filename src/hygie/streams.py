"""What comes once, or has no file of its own, is passed to a process without rights, which reads it as it comes.

What comes in: a stream. What goes out: its reading, with the names of the parts that hold its rows. This process sees
bytes go by and counts them; it looks into none, and none is written anywhere.
"""

import fcntl
import os
from collections.abc import Callable
from dataclasses import replace
from io import RawIOBase
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import msgspec

from hygie import confined
from hygie.jobs import pool
from hygie.model.evidence import Reading, Refusal
from hygie.sources.intake import Arrival, Rows, streamed
from hygie.sources.opening import DAMAGE, refusal
from hygie.sources.opening.limits import CHUNK
from hygie.store import Part, Parts

Tell = Callable[[str, int], None]
"""Progress: what is being done, and how much of it."""
_SET_PIPE_SIZE = 1031
"""F_SETPIPE_SZ."""
_BROKEN: tuple[type[Exception], ...] = (*DAMAGE, OSError)
"""What a stream raises where it breaks off."""
_TOLD = 16 << 20
"""Bytes between two words of progress."""


class Came(NamedTuple):
    """What a process made of a stream."""

    reading: Reading | None
    parts: tuple[Part, ...]
    refusals: tuple[Refusal, ...]


class Streams:
    """Reads streams, one after the other. A context: leaving it ends the process."""

    def __init__(self, parts: Parts, tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._processes = pool.Pool(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._processes.close()

    def receive(self, arrival: Arrival) -> tuple[Reading, Rows, list[Part]]:
        """Reads what comes: its reading, its refusals as rows, and the parts that hold the rest.

        Where it is broken off (by a person, by the limit, by its source), what came before is kept, and a refusal says
        so. Raises ValueError where the process cannot read it, what the stream raises at its beginning, OSError.
        """
        if not confined.possible():
            return self._here(arrival)
        item = arrival.item
        source = item.passing.open() if item.passing is not None else item.open()
        name = item.passing.name if item.passing is not None else item.name
        with source:
            came, broken = self._passed(source, name, arrival)
        if came is None:
            raise ValueError("refusal.reader")
        refused = [*came.refusals, *([broken] if broken else [])]
        if came.reading is None:
            raise ValueError(refused[0].reason, *refused[0].args) if refused else ValueError("refusal.empty")
        reading = came.reading
        rows = [replace(one, reading=reading.id, name=item.name) for one in refused]
        return replace(reading, refused=len(rows)), {"refusal": rows} if rows else {}, list(came.parts)

    def _passed(self, source: BinaryIO, name: str, arrival: Arrival) -> tuple[Came | None, Refusal | None]:
        """Hands a stream over; what came of it, None where the process died, and why it was broken off."""
        item = arrival.item
        there, here = os.pipe()
        asked = confined.Passage(
            str(self._parts.folder), name, arrival.reader.kind, arrival.terms, arrival.read_at, item.limits
        )
        room = confined.room(self._parts.folder, item.size)
        target = f"{confined.__name__}:{confined.take.__name__}"
        self._processes.submit(target, msgspec.msgpack.encode(asked), room, [there])
        broken = None
        with open(here, "wb", buffering=0) as sink:  # noqa: PTH123
            try:
                fcntl.fcntl(here, _SET_PIPE_SIZE, CHUNK)
                self._pump(source, sink)
            except BrokenPipeError:
                broken = None  # its reader is gone: the answer, or that there is none, tells more
            except KeyboardInterrupt:
                broken = Refusal("", item.name, "", "refusal.interrupted", ())
            except _BROKEN as error:
                broken = refusal(item.name, error, whole=False)
        (done,) = self._processes.rest()
        return None if done.answer is None else msgspec.msgpack.decode(done.answer, type=Came), broken

    def _pump(self, source: BinaryIO, sink: RawIOBase) -> None:
        """Passes all on. Raises what the source raises, BrokenPipeError."""
        size = told = 0
        while chunk := source.read(CHUNK):
            left = memoryview(chunk)
            while left:
                left = left[sink.write(left) or 0 :]
            size += len(chunk)
            if size - told >= _TOLD:
                told = size
                self._tell("stream", size // 1_000_000)

    def _here(self, arrival: Arrival) -> tuple[Reading, Rows, list[Part]]:
        """Reads it in this process, where none can give up its rights."""
        made: list[Part] = []
        reading, rows = streamed(*arrival, spill=lambda _, kind, some: made.extend(self._parts.keep(kind, some)))
        return reading, rows, confined.renamed(self._parts, made, reading.id)
