"""The command `listen`: live capture from an interface, or exported flows on a port, that a person names.

An hour at a time becomes a reading. The capture is made by a process of its own (`jobs.sensing`), datagrams are taken
by a thread (`jobs.receiving`); both are read by a process without rights (`streams`), and this one passes bytes on. The
workspace is locked only for the moment in which a reading is kept, so that others may work in it.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import click

from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, desk, site_option, source_option, workspace
from hygie.serve.feeding import tell_lacking, tell_refusals
from hygie.serve.helping import Verb

if TYPE_CHECKING:
    from typing import BinaryIO

    from hygie.model.evidence import Reading
    from hygie.sources.intake import Rows
    from hygie.sources.series import Terms
    from hygie.store import Part
    from hygie.streams import Streams

LONGEST = 24 * 60
"""Minutes of one reading at most."""
WAIT, TRIES = 5.0, 120
"""Seconds between two tries to keep a reading while somebody else writes, and how many."""
FOLDER = "listening"
"""Folder of the workspace in which what is heard waits to be kept."""


class Heard(NamedTuple):
    """One reading of a live capture, not kept yet."""

    reading: "Reading"
    rows: "Rows"
    parts: "list[Part]"


class Hearing(Protocol):
    """What is being heard for one reading: `sensing.Sensor`, `receiving.Interval`."""

    stream: Any

    def stop(self) -> None:
        """Ends it: what it has is still given."""
        ...

    def end(self) -> tuple[bool, str]:
        """Waits for its end: whether it went well, and what it said."""
        ...


class Ground(NamedTuple):
    """What is listened to."""

    name: str
    """As people know it."""
    kind: str
    """Of its readings."""
    hear: Callable[[float], Hearing]
    """Begins to hear, for so many seconds. Raises OSError."""


class Ears:
    """What is being heard, and whether it is to go on."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._hearing: Hearing | None = None
        self.stopped = threading.Event()

    def listen(self, seconds: float) -> Hearing:
        """Begins the next reading. Raises OSError."""
        self._hearing = self._ground.hear(seconds)
        if self.stopped.is_set():
            self._hearing.stop()
        return self._hearing

    def stop(self, *_: object) -> None:
        """Ends it; what was heard is still kept."""
        self.stopped.set()
        if self._hearing is not None:
            self._hearing.stop()


@click.command(cls=Verb)
@click.argument("interface", metavar="[INTERFACE]", default="")
@click.option("--netflow", metavar="[ADDRESS:]PORT", default="")
@click.option("--every", type=click.FloatRange(0.05, LONGEST), metavar="MINUTES", default=60.0)
@click.option("--for", "lasting", type=click.FloatRange(0.05), metavar="MINUTES", default=None)
@site_option
@source_option
@desk
def listen(at: Desk, interface: str, netflow: str, every: float, lasting: float | None, site: str, series: str) -> None:
    """Live capture from an interface, or exported flows on a port, until it is interrupted; nothing is ever sent."""
    from hygie.sources.series import Terms

    if bool(interface) == bool(netflow):
        at.console.fail(USAGE, "listen.what")
    minutes = (every, lasting)
    if netflow:
        with _collecting(at, netflow) as (ground, name):
            terms = Terms(site or at.settings.site, series or name)
            raise SystemExit(_alone(at, ground, name, terms, minutes))
    terms = Terms(site or at.settings.site, series or interface)
    raise SystemExit(_alone(at, _capturing(at, interface), interface, terms, minutes))


def _capturing(at: Desk, interface: str) -> Ground:
    """An interface."""
    from hygie.jobs import sensing

    if not sensing.is_name(interface):
        at.console.fail(USAGE, "listen.name", f"interface={interface}")
    if not sensing.program():
        at.console.fail(FAILED, "listen.program", f"interface={interface}")
    return Ground(interface, "pcapng", lambda seconds: sensing.Sensor(interface, max(1, round(seconds))))


@contextmanager
def _collecting(at: Desk, text: str) -> "Iterator[tuple[Ground, str]]":
    """A port, and a short name for it."""
    from hygie.jobs import receiving
    from hygie.sources.sensors.exports import templates

    try:
        where = receiving.place(text)
    except ValueError:
        at.console.fail(USAGE, "listen.place", f"text={text}")
    try:
        collector = receiving.Collector(where, templates)
    except OSError as error:
        at.console.fail(FAILED, "listen.failed", f"interface={where}", f"detail={error.strerror or error}")
    try:
        yield Ground(str(where), "netflow", collector.interval), f"netflow-{where.port}"
    finally:
        collector.close()


def _alone(at: Desk, ground: Ground, name: str, terms: "Terms", minutes: tuple[float, float | None]) -> int:
    """Listens, if nobody else does so for this workspace; gives the exit code."""
    from hygie.store import LockHeldError
    from hygie.store.folder import Lock

    with workspace(at, write=True):
        folder = at.workspace / FOLDER / name
        (folder / "parts").mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        lock = Lock(folder)
    except LockHeldError:
        at.console.fail(FAILED, "listen.twice", f"interface={ground.name}")
    try:
        return _listen(at, ground, folder / "parts", terms, minutes)
    finally:
        lock.close()


def _listen(at: Desk, ground: Ground, folder: Path, terms: "Terms", minutes: tuple[float, float | None]) -> int:
    """Listens until it is stopped, or the time is over; gives the exit code."""
    from hygie.store import Parts
    from hygie.streams import Streams

    every, lasting = minutes
    end = time.monotonic() + lasting * 60 if lasting is not None else None
    refused, parts, waiting = False, Parts(folder), list[Heard]()
    parts.sweep(frozenset())  # what a run that was ended left behind
    with _heeded(ground) as ears, Streams(parts, at.console.progress) as streams:
        at.console.say("listen.begun", f"interface={ground.name}", f"minutes={every:g}")
        sys.stdout.flush()  # who reads it through a pipe or a journal reads it now
        while not ears.stopped.is_set() and (end is None or time.monotonic() < end):
            seconds = every * 60 if end is None else min(every * 60, end - time.monotonic())
            heard = _heard(at, ears, ground, seconds, streams, terms)
            if heard is not None:
                refused = refused or bool(heard.reading.refused)
                waiting.append(heard)
            waiting = [one for one in waiting if not _keep(at, one, folder)]
    for _ in range(TRIES):
        waiting = [one for one in waiting if not _keep(at, one, folder)]
        if not waiting:
            break
        time.sleep(WAIT)
    parts.close()
    if waiting:
        at.console.fail(FAILED, "workspace.locked", f"folder={at.workspace}")
    return REFUSED if refused else DONE


@contextmanager
def _heeded(ground: Ground) -> Iterator[Ears]:
    """What an interruption, and the end that a service manager asks for, stop: the hearing, not the work on it."""
    ears = Ears(ground)
    before = {number: signal.signal(number, ears.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ears
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heard(at: Desk, ears: Ears, ground: Ground, seconds: float, streams: "Streams", terms: "Terms") -> Heard | None:
    """One reading: what can be heard in some time; None where there was nothing."""
    begun = SystemClock().now()
    try:
        hearing = ears.listen(seconds)
    except OSError as error:
        at.console.fail(FAILED, "listen.failed", f"interface={ground.name}", f"detail={error.strerror or error}")
    heard, why = None, ""
    try:
        heard = _received(f"{ground.name} {begun}", hearing.stream, ground.kind, streams, terms, begun)
    except ValueError as error:
        key, *args = map(str, error.args)
        why = at.console.text(key, *args)
    well, said = hearing.end()
    if why or not (well or ears.stopped.is_set()):
        at.console.fail(FAILED, "listen.failed", f"interface={ground.name}", f"detail={why or said}")
    return heard


def _received(name: str, stream: "BinaryIO", kind: str, streams: "Streams", terms: "Terms", begun: str) -> Heard | None:
    """Passes a stream on to who reads it. Raises ValueError where it could not be read."""
    from hygie.model.evidence import Refusal
    from hygie.sources import READERS
    from hygie.sources.intake import Arrival
    from hygie.sources.opening import Coming, files

    reader = READERS[kind]
    for item in files([Coming(name, stream)]):
        if isinstance(item, Refusal):
            raise ValueError(item.reason, *item.args)
        if not item.head:
            return None
        if not reader.recognises(item):
            raise ValueError("refusal.unknown")
        heard = Heard(*streams.receive(Arrival(item, reader, terms, begun, {})))
        return heard if heard.reading.stated or heard.reading.refused else None
    return None


def _keep(at: Desk, heard: Heard, folder: Path) -> bool:
    """Brings a reading into the workspace; False where somebody else writes there now."""
    from hygie.store import LockHeldError, open_workspace

    try:
        with open_workspace(at.workspace, write=True) as store:
            for part in heard.parts:
                (folder / part.file).replace(store.parts.folder / part.file)
            store.add([(heard.reading, heard.rows)], heard.parts)
            lost = sum(one.lost for one in store.rows("coverage", [heard.reading.id]))
    except LockHeldError:
        return False
    reading = heard.reading
    args = (f"reading={reading.id}", f"name={reading.name}", f"stated={reading.stated}", f"lost={lost}")
    at.console.say("listen.kept", *args)
    tell_refusals(at, heard.rows.get("refusal", []))
    tell_lacking(at, [reading])
    sys.stdout.flush()
    return True


COMMANDS = (listen,)
