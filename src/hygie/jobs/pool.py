"""Processes that work on requests while this one goes on: each is fed by a thread, which starts it again if it dies."""

import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import IO, NamedTuple, Self

from hygie.jobs.child import Room, Terms, give, take

START = "import sys; sys.path[:] = sys.argv[1].split({sep!r}); from hygie.jobs.child import main; main()"
TRIES = 2
"""Times that one request may end a process before it is given back unanswered."""
MOST = 3
"""Processes of a pool at most: each needs memory of its own."""


KEPT = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "NUMBA_DISABLE_JIT")
"""Variables of the environment that a process in a room learns of; others may hold what is secret."""
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A thread that runs before rights are given up would keep them; nothing here needs one."""


class Asked(NamedTuple):
    """A request that waits."""

    target: str
    request: bytes
    room: Room | None
    files: Sequence[str | int]


class Child(NamedTuple):
    """A process that runs."""

    process: "subprocess.Popen[bytes]"
    handing: socket.socket
    """Takes open files there."""
    room: Room | None


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
        self.workers = workers
        """Processes at most."""
        self._asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._children: dict[int, Child] = {}
        self._open = 0
        self._closed = threading.Event()
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def submit(self, target: str, request: bytes, room: Room | None = None, files: Sequence[str | int] = ()) -> None:
        """Asks for one more; a process is started while there are fewer than wanted.

        `target`: "package.module:function", bytes -> bytes; with files, bytes and their numbers -> bytes. `room`: the
        process gives up its rights first. `files`: what it is to read, opened for it: paths, or numbers of open files,
        which are closed here then. What is read from an open file is gone: such a request is tried once only.
        """
        self._open += 1
        self._asked.put(Asked(target, request, room, files))
        if len(self._threads) < min(self.workers, self._open):
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
            child.process.kill()
        for _ in self._threads:
            self._asked.put(Asked("", b"", None, ()))
        for thread in self._threads:
            thread.join()

    def _feed(self, place: int) -> None:
        """Takes requests for one process until the pool is closed."""
        while not self._closed.is_set():
            asked = self._asked.get()
            answer = None
            for _ in range(1 if any(isinstance(file, int) for file in asked.files) else TRIES):
                if answer is None and not self._closed.is_set():
                    answer = self._ask(place, asked)
            self._done.put(Done(asked.target, asked.request, answer))
        self._end(place)

    def _ask(self, place: int, asked: Asked) -> bytes | None:
        """One answer; None where the process dies over it, or cannot be started, or a file cannot be opened."""
        files = [file for file in asked.files if isinstance(file, int)]
        try:
            files += [os.open(file, os.O_RDONLY | os.O_CLOEXEC) for file in asked.files if isinstance(file, str)]
            child = self._running(place, asked.room)
            if child is None or child.process.stdin is None or child.process.stdout is None:
                return None
            for frame in (asked.target.encode(), asked.request, Terms(len(files), asked.room).encode()):
                give(child.process.stdin, frame)
            if files:
                socket.send_fds(child.handing, [b"f"], files)
            while files:
                os.close(files.pop())  # whoever writes into one learns that its reader is gone
            answer = take(child.process.stdout)
        except (OSError, ValueError):
            answer = None
        finally:
            for file in files:
                os.close(file)
        if answer is None:
            self._end(place)
        return answer

    def _running(self, place: int, room: Room | None) -> Child | None:
        """The process, started where there is none that fits; None where the pool is closed. Raises OSError."""
        known = self._children.get(place)
        if known is not None and not _fits(known.room, room):
            self._end(place)
        with self._turn:
            if self._closed.is_set():
                return None
            if place not in self._children:
                self._children[place] = _start(room)
            return self._children[place]

    def _end(self, place: int) -> None:
        """Ends one process."""
        with self._turn:
            child = self._children.pop(place, None)
        if child is None:
            return
        child.process.kill()
        child.process.wait()
        child.handing.close()
        for pipe in (child.process.stdin, child.process.stdout):
            if pipe is not None:
                _shut(pipe)


class Hands(Pool):
    """Processes that work beside this one, over several calls of `walk`. A context."""

    def __init__(self) -> None:
        super().__init__(max(1, spare()))  # captures are read by no process that keeps its rights
        self.aside = Pool(1)
        """One that keeps its rights: it may be started while the others still read."""
        self._begun = False

    def begin(self, target: str) -> None:
        """Starts the one aside, which imports what `target` needs; asked for b"", it should do nothing."""
        if not self._begun:
            self._begun = True
            self.aside.submit(target, b"")

    def close(self) -> None:
        """Ends all processes."""
        super().close()
        self.aside.close()


@contextmanager
def lent(hands: Hands | None) -> Iterator[Hands]:
    """Those that are there already, which go on; where there are none, some for this context alone."""
    if hands is not None:
        yield hands
        return
    with Hands() as own:
        yield own


def _fits(has: Room | None, wanted: Room | None) -> bool:
    """Whether a process that is in one room may be asked in another: its rights never come back."""
    if has is None or wanted is None:
        return has is wanted
    return has.write == wanted.write and wanted.ready in ("", has.ready)


def _start(room: Room | None) -> Child:
    """Starts a process. Raises OSError."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    known = dict(os.environ) if room is None else {name: os.environ[name] for name in KEPT if name in os.environ}
    here, there = socket.socketpair()
    with there:
        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", START.format(sep=os.pathsep), path, str(there.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=known if room is None else known | ALONE,
                pass_fds=(there.fileno(),),
            )
        except OSError:
            here.close()
            raise
    return Child(process, here, room)


def _shut(pipe: IO[bytes]) -> None:
    """Closes a pipe whose other end is gone; bytes still kept for it are lost, and that is meant."""
    try:
        pipe.close()
    except BrokenPipeError:
        return
