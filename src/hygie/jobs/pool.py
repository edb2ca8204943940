"""Processes that work on requests while this one goes on: each is fed by a thread, which starts it again if it dies."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, NamedTuple, Self

from hygie.jobs.child import give, take

START = "import sys; sys.path[:] = sys.argv[1].split({sep!r}); from hygie.jobs.child import main; main()"
TRIES = 2
"""Times that one request may end a process before it is given back unanswered."""
MOST = 3
"""Processes of a pool at most: each needs memory of its own."""


class Done(NamedTuple):
    """A request that is through."""

    target: str
    request: bytes
    answer: bytes | None
    """None: not answered, the process died over it each time."""


def spare() -> int:
    """Processes that a pool should have beside this one, by the cores that may be used; 0 on one core."""
    return min(len(os.sched_getaffinity(0)) - 1, MOST)


class Pool:
    """Processes that run functions. A context: leaving it ends them, whatever they are doing."""

    def __init__(self, workers: int) -> None:
        """Starts nothing before the first request."""
        self._workers = workers
        self._asked: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._open = 0
        self._closed = threading.Event()
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def submit(self, target: str, request: bytes) -> None:
        """Asks for one more; a process is started while there are fewer than wanted.

        `target`: "package.module:function", bytes -> bytes.
        """
        self._open += 1
        self._asked.put((target, request))
        if len(self._threads) < min(self._workers, self._open):
            thread = threading.Thread(target=self._feed, args=(len(self._threads),), daemon=True)
            self._threads.append(thread)
            thread.start()

    def ready(self) -> Iterator[Done]:
        """What is through by now."""
        while not self._done.empty():
            self._open -= 1
            yield self._done.get()

    def rest(self) -> Iterator[Done]:
        """All that was asked and not given yet, as it comes; waits for it."""
        while self._open:
            self._open -= 1
            yield self._done.get()

    def dismiss(self) -> None:
        """Ends the processes, and gives back the memory that they hold, once nothing is asked; the next request starts
        them again."""
        if not self._open:
            for place in list(self._children):
                self._end(place)

    def close(self) -> None:
        """Ends all processes."""
        with self._turn:
            self._closed.set()
            children = list(self._children.values())
        for child in children:
            child.kill()
        for _ in self._threads:
            self._asked.put(("", b""))
        for thread in self._threads:
            thread.join()

    def _feed(self, place: int) -> None:
        """Takes requests for one process until the pool is closed."""
        while not self._closed.is_set():
            target, request = self._asked.get()
            answer = None
            for _ in range(TRIES):
                if answer is None and not self._closed.is_set():
                    answer = self._ask(place, target, request)
            self._done.put(Done(target, request, answer))
        self._end(place)

    def _ask(self, place: int, target: str, request: bytes) -> bytes | None:
        """One answer; None where the process dies over it, or cannot be started."""
        try:
            child = self._running(place)
            if child is None or child.stdin is None or child.stdout is None:
                return None
            give(child.stdin, target.encode())
            give(child.stdin, request)
            answer = take(child.stdout)
        except OSError:
            answer = None
        if answer is None:
            self._end(place)
        return answer

    def _running(self, place: int) -> "subprocess.Popen[bytes] | None":
        """The process, started where there is none; None where the pool is closed. Raises OSError."""
        with self._turn:
            if self._closed.is_set():
                return None
            if place not in self._children:
                path = os.pathsep.join(entry for entry in sys.path if entry)
                self._children[place] = subprocess.Popen(
                    [sys.executable, "-I", "-B", "-c", START.format(sep=os.pathsep), path],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            return self._children[place]

    def _end(self, place: int) -> None:
        """Ends one process."""
        with self._turn:
            child = self._children.pop(place, None)
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _shut(pipe)


class Hands(Pool):
    """As many as should be beside this one, kept over several pieces of work."""

    def __init__(self) -> None:
        super().__init__(spare())


@contextmanager
def lent(hands: Hands | None) -> Iterator[Hands]:
    """Those that are there already, which go on; where there are none, some for this context alone."""
    if hands is not None:
        yield hands
        return
    with Hands() as own:
        yield own


def _shut(pipe: IO[bytes]) -> None:
    """Closes a pipe whose other end is gone; bytes still kept for it are lost, and that is meant."""
    try:
        pipe.close()
    except BrokenPipeError:
        return
