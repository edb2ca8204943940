"""The command `listen`: live capture from an interface that a person names; an hour at a time it becomes a reading.

The capture is made by a process of its own (`jobs.sensing`) and read by another without rights (`streams`); this one
passes bytes on. The workspace is locked only for the moment in which a reading is kept, so that others may work in it.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, desk, site_option, source_option, workspace
from hygie.serve.feeding import tell_lacking
from hygie.serve.helping import Verb

if TYPE_CHECKING:
    from typing import BinaryIO

    from hygie.jobs.sensing import Sensor
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


class Ears:
    """The capture that runs, and whether it is to go on."""

    def __init__(self) -> None:
        self._sensor: Sensor | None = None
        self.stopped = threading.Event()

    def listen(self, interface: str, seconds: int) -> "Sensor":
        """Starts the next one. Raises OSError."""
        from hygie.jobs.sensing import Sensor

        self._sensor = Sensor(interface, seconds)
        if self.stopped.is_set():
            self._sensor.stop()
        return self._sensor

    def stop(self, *_: object) -> None:
        """Ends the capture; what it has heard is still kept."""
        self.stopped.set()
        if self._sensor is not None:
            self._sensor.stop()


@click.command(cls=Verb)
@click.argument("interface", metavar="INTERFACE")
@click.option("--every", type=click.FloatRange(0.05, LONGEST), metavar="MINUTES", default=60.0)
@click.option("--for", "lasting", type=click.FloatRange(0.05), metavar="MINUTES", default=None)
@site_option
@source_option
@desk
def listen(at: Desk, interface: str, every: float, lasting: float | None, site: str, series: str) -> None:
    """Live capture from an interface, until it is interrupted; nothing is ever sent."""
    from hygie.jobs import sensing
    from hygie.sources.series import Terms
    from hygie.store import LockHeldError
    from hygie.store.folder import Lock

    if not sensing.is_name(interface):
        at.console.fail(USAGE, "listen.name", f"interface={interface}")
    if not sensing.program():
        at.console.fail(FAILED, "listen.program", f"interface={interface}")
    with workspace(at, write=True):
        folder = at.workspace / FOLDER / interface
        (folder / "parts").mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        lock = Lock(folder)
    except LockHeldError:
        at.console.fail(FAILED, "listen.twice", f"interface={interface}")
    terms = Terms(site or at.settings.site, series or interface)
    try:
        raise SystemExit(_listen(at, interface, folder / "parts", terms, (every, lasting)))
    finally:
        lock.close()


def _listen(at: Desk, interface: str, folder: Path, terms: "Terms", minutes: tuple[float, float | None]) -> int:
    """Listens until it is stopped, or the time is over; gives the exit code."""
    from hygie.store import Parts
    from hygie.streams import Streams

    every, lasting = minutes
    end = time.monotonic() + lasting * 60 if lasting is not None else None
    refused, parts, waiting = False, Parts(folder), list[Heard]()
    parts.sweep(frozenset())  # what a run that was ended left behind
    with _heeded() as ears, Streams(parts, at.console.progress) as streams:
        at.console.say("listen.begun", f"interface={interface}", f"minutes={every:g}")
        while not ears.stopped.is_set() and (end is None or time.monotonic() < end):
            seconds = every * 60 if end is None else min(every * 60, end - time.monotonic())
            heard = _heard(at, ears, interface, max(1, round(seconds)), streams, terms)
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
def _heeded() -> Iterator[Ears]:
    """What an interruption, and the end that a service manager asks for, stop: the capture, not the work on it."""
    ears = Ears()
    before = {number: signal.signal(number, ears.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ears
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heard(at: Desk, ears: Ears, interface: str, seconds: int, streams: "Streams", terms: "Terms") -> Heard | None:
    """One reading: what an interface lets hear in some time; None where nothing was to be heard."""
    begun = SystemClock().now()
    try:
        sensor = ears.listen(interface, seconds)
    except OSError as error:
        at.console.fail(FAILED, "listen.failed", f"interface={interface}", f"detail={error.strerror or error}")
    heard, why = None, ""
    try:
        heard = _received(f"{interface} {begun}", sensor.stream, streams, terms, begun)
    except ValueError as error:
        key, *args = map(str, error.args)
        why = at.console.text(key, *args)
    well, said = sensor.end()
    if why or not (well or ears.stopped.is_set()):
        at.console.fail(FAILED, "listen.failed", f"interface={interface}", f"detail={why or said}")
    return heard


def _received(name: str, stream: "BinaryIO", streams: "Streams", terms: "Terms", begun: str) -> Heard | None:
    """Passes a stream on to who reads it. Raises ValueError where it could not be read."""
    from hygie.model.evidence import Refusal
    from hygie.sources import READERS
    from hygie.sources.intake import Arrival
    from hygie.sources.opening import Coming, files

    reader = READERS["pcapng"]
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
    tell_lacking(at, [reading])
    return True


COMMANDS = (listen,)
