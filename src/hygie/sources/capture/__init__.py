"""Captures -> evidence, flows, coverage. One walk from the first packet to the last, in bounded memory.

What comes in: a pcap or pcapng file as a stream. What goes out: `Flow`, `Evidence`, `Coverage` and `Refusal` rows.
Payloads are read by `wire` and forgotten; nothing of them but its statements is kept.

The way: `window` (bytes of the stream) -> `pcap`, `pcapng` (frames, damage) -> `plain` (one pass: who talks to whom,
and which packets are worth reading; `layers`, `tunnels`) -> `hearing` (what those say; `listening`, `streams`,
`talks`) -> `folding` (conversations) -> `ends` (who owns which address) -> `telling` (rows). Large captures take the
compiled pass: `gathering` and `fast` in place of the plain readers and `plain`, with the same result to the row, and
where there are cores, in a thread of its own (`ahead`). `fragments` puts IP packets together for both. Flows of a very
large capture come in parts: equal keys add up.

To add a file format: a module that gives `Frame` and `Damage` from a `Window`, and one line in `READERS`. To add a link
type or a tunnel: one branch in `layers` or `tunnels`, and its twin in `kernel.layers`. To add a protocol: see `wire`.
"""

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

from hygie.model.bulk import Bulk
from hygie.model.evidence import Speaker
from hygie.model.seams import Given, Input, Reader
from hygie.sources.capture import pcap, pcapng, telling
from hygie.sources.capture.ends import Owners
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.metering import Rooms
from hygie.sources.capture.plain import Plain
from hygie.sources.capture.sight import MOST_CONVERSATIONS, Sight
from hygie.sources.capture.window import Window
from hygie.sources.opening import UNREADABLE

ROOMS = Rooms()
LARGE = 24 << 20
"""Bytes of a capture from which the compiled pass is worth its start."""
MOST_REFUSALS = 1000
"""Places of damage that are told one by one; more are added up."""


class Format(NamedTuple):
    """A format of capture files."""

    read: Callable[[Window, list[Interface]], Iterator[Frame | Damage]]
    """One frame after the other."""
    gather: str
    """Function of `gathering` that gives them by the batch."""


PCAP, PCAPNG = Format(pcap.read, "of_pcap"), Format(pcapng.read, "of_pcapng")


def walk(
    source: Input,
    given: Given,
    form: Format,
    compiled: bool,
    rooms: Rooms = ROOMS,
    most: int = MOST_CONVERSATIONS,
    ahead: bool = False,
) -> Iterator[Any]:
    """Rows of one capture. Where the stream breaks off, what came before is told first, then the error is raised.

    ahead: whether the compiled pass has a core of its own; the rows are the same.
    """
    interfaces: list[Interface] = []
    meter = _meter(compiled, interfaces, rooms, ahead)
    sight = Sight(interfaces, meter, rooms, most)
    broken: Exception | None = None
    try:
        with source.open() as stream:
            items: Any = _items(stream, form, compiled, interfaces)
            with closing(meter.run(items) if ahead else items) as taken:
                yield from _frames(sight, source, given, taken)
    except UNREADABLE as error:
        broken = error
    sight.fold_all()
    owners = Owners(sight.ends)
    yield from telling.flows(sight, given, owners)
    yield from telling.evidence(sight, given, owners)
    yield from telling.coverage(sight, given, owners)
    yield from telling.refusals(sight, source.name, given)
    if broken:
        raise broken


def _meter(compiled: bool, interfaces: list[Interface], rooms: Rooms, ahead: bool) -> Any:
    """The pass over frames: numba is loaded only where it is used."""
    if not compiled:
        return Plain(interfaces, rooms)
    fast = importlib.import_module("hygie.sources.capture.fast")
    if not ahead:
        return fast.Fast(interfaces, rooms)
    beside = importlib.import_module("hygie.sources.capture.ahead")
    return beside.Ahead(fast.Fast(interfaces, rooms, events=beside.EVENTS))


def _items(stream: Any, form: Format, compiled: bool, interfaces: list[Interface]) -> Iterator[Any]:
    """Frames or batches of records, and damage between them."""
    if not compiled:
        return form.read(Window(stream), interfaces)
    gathering = importlib.import_module("hygie.sources.capture.gathering")
    items: Iterator[Any] = getattr(gathering, form.gather)(Window(stream, gathering.CHUNK), interfaces)
    return items


def _frames(sight: Sight, source: Input, given: Given, items: Iterator[Any]) -> Iterator[Any]:
    """Takes everything in; tells damage, and flows as often as the table of conversations is full."""
    told, more = 0, 0
    for item in items:
        if not isinstance(item, Damage):
            sight.take(item)
            if sight.is_full():
                yield from telling.flows(sight, given, Owners(sight.ends))
        elif told < MOST_REFUSALS:
            told += 1
            yield telling.refusal(source.name, given, item)
        else:
            more += item.size
    if more:
        yield telling.refusal(source.name, given, Damage("refusal.capture.more", 0, more))


def is_large(source: Input) -> bool:
    """Whether the compiled pass is worth its start. Where the length is not known, the content is looked through."""
    if source.size >= 0:
        return source.size >= LARGE
    if getattr(source, "passing", None) is not None:  # it comes once: nothing of it may be looked at before
        return True
    left = LARGE
    try:
        with source.open() as stream:
            while left > 0 and (part := stream.read(min(left, 1 << 20))):
                left -= len(part)
    except UNREADABLE:
        return False
    return left <= 0


def _rows(source: Input, given: Given, form: Format) -> Iterator[Any]:
    """Rows as objects."""
    for row in _walked(source, given, form):
        if isinstance(row, Bulk):
            yield from row.rows()
        else:
            yield row


def _walked(source: Input, given: Given, form: Format) -> Iterator[Any]:
    """Rows of a capture, in the way that suits its size and this machine."""
    compiled = is_large(source) and _is_compiled()
    return walk(source, given, form, compiled, ahead=compiled and several())


def several() -> bool:
    """Whether this process has more than one core."""
    able = getattr(os, "sched_getaffinity", None)
    return (len(able(0)) if able else os.cpu_count() or 1) > 1


def _is_compiled() -> bool:
    return bool(importlib.import_module("hygie.kernel.compiled").HERE)


def _reader(kind: str, recognises: Callable[[bytes], bool], form: Format) -> Reader:
    return Reader(
        kind,
        4,
        lambda source: recognises(source.head),
        lambda source, given: _rows(source, given, form),
        snapshot=False,
        speaker=Speaker.OBSERVED,
        bulk=lambda source, given: _walked(source, given, form),
        streams=True,
    )


READERS: dict[str, Reader] = {
    "pcap": _reader("pcap", pcap.recognises, PCAP),
    "pcapng": _reader("pcapng", pcapng.recognises, PCAPNG),
}
"""Kind -> reader."""
