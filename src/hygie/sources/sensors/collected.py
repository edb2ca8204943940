"""Exported flows as a collector hands them over: datagrams of several exporters, each with its sender's address.

What comes in: `jobs.receiving`'s stream, which begins with `MAGIC`. What goes out: rows, as of files of datagrams; each
exporter is a sensor of its own. Templates that came with earlier readings are handed over first, and count for nothing
else. No number that a sender chooses lets memory grow: exporters, templates and their fields are bounded in all.

Source: as `exports`.
"""

from collections.abc import Iterator
from typing import Any

from hygie.model.datagrams import DATAGRAM, DROPPED, FRAME, MAGIC, TEMPLATES
from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.sources.capture.window import Window
from hygie.sources.opening import UNREADABLE
from hygie.sources.sensors.exports import IPFIX, V5, V9, Exporter, Space
from hygie.sources.sensors.halves import Halves
from hygie.sources.sensors.netflow import told
from hygie.sources.sensors.records import Log
from hygie.wire.codec.addresses import ip_text

MOST_EXPORTERS = 512
"""Exporters of one reading; those that come later are counted."""
MOST_FIELDS = 200_000
"""Fields of all their templates."""
SHOWN = 12
"""Exporters of which it is told what is missing; of the rest, added up."""
_LONGEST = 65_535
_MAPPED = bytes(10) + b"\xff\xff"


def recognises(source: Input) -> bool:
    """By the first bytes."""
    return source.head.startswith(MAGIC)


class Gathering:
    """The exporters of one reading."""

    def __init__(self, given: Given) -> None:
        self.log = Log(given, "netflow", "record")
        self.halves = Halves(self.log)
        self.exporters: dict[bytes, Exporter] = {}
        self.space = Space(MOST_FIELDS)
        self.strange = 0
        """Datagrams that are no exported flows."""
        self.more = 0
        """Datagrams of exporters beyond `MOST_EXPORTERS`."""
        self.dropped = 0
        """Datagrams that came faster than they were taken."""

    def take(self, kind: int, sender: bytes, data: bytes) -> Iterator[Any]:
        """One frame."""
        if kind == DROPPED:
            self.dropped += int.from_bytes(data[:8], "big")
            return
        exporter = self._exporter(sender, data)
        if exporter is None:
            return
        if kind == TEMPLATES:
            exporter.learn(data)
            return
        for half in exporter.take(data):
            yield from self.halves.take(half)

    def _exporter(self, sender: bytes, data: bytes) -> Exporter | None:
        """The one that a datagram comes from; None where it is none, or one too many."""
        if int.from_bytes(data[:2], "big") not in (V5, V9, IPFIX):
            self.strange += 1
            return None
        found = self.exporters.get(sender)
        if found is None and len(self.exporters) < MOST_EXPORTERS:
            name = ip_text(sender[12:] if sender.startswith(_MAPPED) else sender)
            found = self.exporters[sender] = Exporter(self.log, name, self.space)
        self.more += found is None
        return found


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows. Where the stream breaks off, what came before is told first, then the error is raised."""
    gathering = Gathering(given)
    broken: Exception | None = None
    try:
        with source.open() as stream:
            window = Window(stream)
            window.has(len(MAGIC))
            window.at += len(MAGIC)
            for frame in _frames(window):
                yield from gathering.take(*frame)
    except UNREADABLE as error:
        broken = error
    yield from gathering.halves.end()
    yield from gathering.log.end()
    yield from _told(gathering, source.name, given)
    if broken:
        raise broken


def _frames(window: Window) -> Iterator[tuple[int, bytes, bytes]]:
    """(kind, sender, datagram). Raises ValueError, EOFError."""
    while window.has(1):
        if not window.has(FRAME.size):
            raise EOFError("a frame cut short")
        kind, sender, size = FRAME.unpack_from(window.bytes, window.at)
        if kind not in (DATAGRAM, TEMPLATES, DROPPED) or size > _LONGEST:
            raise ValueError("refusal.netflow.frame", f"place=offset {window.place()}")
        if not window.has(FRAME.size + size):
            raise EOFError("a frame cut short")
        begin = window.at + FRAME.size
        data = bytes(window.bytes[begin : begin + size])
        window.at = begin + size
        yield kind, sender, data


def _told(gathering: Gathering, name: str, given: Given) -> Iterator[Refusal]:
    """What was not read, by exporter."""
    rest: dict[str, int] = {}
    shown: set[str] = set()
    for one in gathering.exporters.values():
        for refusal in told(one, name, given, one.name):
            if len(shown | {one.name}) <= SHOWN or refusal.reason.endswith(".sampled"):
                shown.add(one.name)
                yield refusal
            else:
                count = refusal.args[0].removeprefix("count=")
                rest[refusal.reason] = rest.get(refusal.reason, 0) + int(count)
    others = {"strange": gathering.strange, "exporters": gathering.more, "dropped": gathering.dropped}
    rest.update((f"refusal.netflow.{what}", number) for what, number in others.items())
    for reason, number in rest.items():
        if number:
            yield Refusal(given.reading, name, "", reason, (f"count={number}",))
