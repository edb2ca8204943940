"""The pass over frames, on a core of its own: it runs ahead, while what it found worth reading is read.

One thread reads the stream, unpacks it, and passes over the records: compiled code, which leaves the interpreter to the
other thread, where payloads are read in packet order. What goes over is lots: packets worth reading, copied out of the
memory that the stream is read into, so that this may be filled again. A few lots wait, no more.

The result is the same to the row as that of one thread, however fast either is. What payloads tell the pass ("nothing
more is worth reading here") reaches it later, so it gives packets that it would have kept back: `hearing` leaves out
those by the same rule. Room in the tables is made while the pass waits, when all that it gave has been read.
"""

import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Condition
from typing import Any, NamedTuple

import numpy as np

from hygie.kernel import columns as c
from hygie.kernel import flows
from hygie.sources.capture.fast import Bytes, Fast, alone, told
from hygie.sources.capture.frames import Damage, Frame
from hygie.sources.capture.metering import Columns, Event, Metered, Relieve

WAITING = 4
"""Lots that may wait to be read."""
EVENTS = 1 << 12
"""Events of one lot: each costs both threads a turn."""
PATIENCE = 1.0
"""Seconds that the pass has to end where nobody reads on; longer only where the stream itself gives nothing."""


TURN = 0.0002
"""Seconds after which the thread that reads payloads lets the other one go on. Between compiled calls that one needs
the interpreter for a moment: at Python's usual 5 ms it would wait most of its time, above all where it unpacks."""


class Lot(NamedTuple):
    """Packets worth reading."""

    events: Columns
    """n x EVENT."""
    payloads: Bytes
    """What the events' places count in."""


class Full(NamedTuple):
    """Tables are full: the pass waits until there is room."""

    halves: int
    channels: int
    words: int


_ENDED = object()
"""The stream has ended, or broke off."""


class LeftError(Exception):
    """Nobody reads on."""


class Ahead:
    """A `Meter` whose pass runs in a thread."""

    __slots__ = ("_hushed", "_left", "_most", "_pass", "_ready", "_relieved", "_turn")

    def __init__(self, meter: Fast, most: int = WAITING) -> None:
        self._pass = meter
        self._most = most
        self._ready: deque[Any] = deque()
        """What waits to be read."""
        self._hushed: deque[tuple[int, int, int]] = deque()
        """What was heard enough of, and not yet told to the pass."""
        self._turn = Condition()
        self._left = False
        self._relieved = False

    def run(self, items: Iterator[Any]) -> Iterator[Any]:
        """Lots, full tables and damage, in the order of the packets. Closing it ends the thread.

        items: batches, frames and damage, as `gathering` gives them; they are made in the thread. Raises what they
        raise, once all that came before was given.
        """
        threads, usual = ThreadPoolExecutor(1), sys.getswitchinterval()
        sys.setswitchinterval(min(usual, TURN))
        running = threads.submit(self._go, items)
        try:
            while (item := self._next()) is not _ENDED:
                yield item
            running.result()
        finally:
            with self._turn:
                self._left = True
                self._turn.notify_all()
            sys.setswitchinterval(usual)
            wait((running,), PATIENCE)
            threads.shutdown(wait=running.done())

    def _next(self) -> Any:
        with self._turn:
            self._turn.wait_for(lambda: self._ready)
            item = self._ready.popleft()
            self._turn.notify_all()
        return item

    def _put(self, item: Any) -> None:
        """Raises LeftError."""
        with self._turn:
            self._turn.wait_for(lambda: self._left or len(self._ready) < self._most)
            if self._left:
                raise LeftError
            self._ready.append(item)
            self._turn.notify_all()

    def _go(self, items: Iterator[Any]) -> None:
        """The thread. Raises what the stream raises, LeftError."""
        try:
            for item in items:
                if isinstance(item, Damage):
                    self._put(item)
                else:
                    batch = alone(item) if isinstance(item, Frame) else item
                    self._pack(self._pass.passes(batch, self._wait))
            self._pack(self._pass.ends(self._wait))
        finally:
            with self._turn:
                self._ready.append(_ENDED)
                self._turn.notify_all()

    def _pack(self, given: Iterator[tuple[Columns, Bytes]]) -> None:
        """Makes lots of what the pass gives. Raises LeftError."""
        for events, data in given:
            self._hush()
            if len(events):
                mine = events.copy()
                payloads = np.empty(int(mine[:, c.E_SIZE].sum()), np.uint8)
                flows.gathered(data, mine, payloads)
                self._put(Lot(mine, payloads))

    def _wait(self, halves: int, channels: int, words: int) -> None:
        """Until there is room. Raises LeftError."""
        self._put(Full(halves, channels, words))
        with self._turn:
            self._turn.wait_for(lambda: self._left or self._relieved)
            self._relieved = False
            if self._left:
                raise LeftError

    def _hush(self) -> None:
        """Tells the pass what was heard enough of."""
        while self._hushed:
            self._pass.hush(*self._hushed.popleft())

    def take(self, item: Any, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """The packets of a lot; makes room where tables are full."""
        if isinstance(item, Lot):
            yield from told(item.events, item.payloads)
            return
        # The pass waits: its tables are this thread's for now.
        self._hush()
        relieve(*item)
        with self._turn:
            self._relieved = True
            self._turn.notify_all()

    def rest(self, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:  # noqa: ARG002
        """Nothing: the pass gave it with its last lots."""
        return iter(())

    def hush(self, row: int, turn: int, until: int) -> None:
        """Nothing is to be read of a half before a sequence number (-1: nothing more), until it begins anew."""
        self._hushed.append((row, turn, until))

    def metered(self) -> Metered:
        """The counts; once the stream has ended."""
        return self._pass.metered()

    def halves_so_far(self) -> Columns:
        """The halves that live; while the pass waits or has ended."""
        return self._pass.halves_so_far()

    def half(self, row: int) -> list[int]:
        """One of them. Its ends, ports and talk never change while the pass runs; counts do."""
        return self._pass.half(row)

    def word_times(self) -> list[int]:
        """When each thing was last said, by number; while the pass waits or has ended."""
        return self._pass.word_times()

    def clear_words(self) -> None:
        """Forgets what was said; while the pass waits."""
        self._pass.clear_words()

    def clear_channels(self) -> None:
        """Forgets how often each pair talked; while the pass waits."""
        self._pass.clear_channels()

    def keep(self, halves: Columns) -> None:
        """Goes on with these halves only; while the pass waits."""
        self._pass.keep(halves)

    def close(self) -> None:
        """Gives the memory of the tables back; once the stream has ended."""
        self._pass.close()
