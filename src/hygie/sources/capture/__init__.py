"""Captures -> evidence, flows, coverage. One walk from the first packet to the last, in bounded memory.

What comes in: a pcap or pcapng file as a stream. What goes out: `Flow`, `Evidence`, `Coverage` and `Refusal` rows.
Payloads are read by `wire` and forgotten; nothing of them but its statements is kept.

The way: `window` (bytes of the stream) -> `pcap`, `pcapng` (frames, damage) -> `sight` (one frame: `layers`, `talks`,
`streams`, `listening`, `ends`) -> `telling` (rows). Flows of a very large capture come in parts: equal keys add up.

To add a file format: a module that gives `Frame` and `Damage` from a `Window`, and one line in `READERS`. To add a link
type: one branch in `layers.link`. To add a protocol: see `wire`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from hygie.model.evidence import Speaker
from hygie.model.seams import Given, Input, Reader
from hygie.sources.capture import pcap, pcapng, telling
from hygie.sources.capture.ends import Owners
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.sight import Limits, Sight
from hygie.sources.capture.window import Window
from hygie.sources.opening import UNREADABLE

Frames = Callable[[Window, list[Interface]], Iterator[Frame | Damage]]
OFTEN = 4096
"""Frames between two looks at how full the tables are."""
MOST_REFUSALS = 1000
"""Places of damage that are told one by one; more are added up."""


def walk(source: Input, given: Given, read: Frames, limits: Limits | None = None) -> Iterator[Any]:
    """Rows of one capture. Where the stream breaks off, what came before is told first, then the error is raised."""
    sight = Sight([], limits or Limits())
    broken: Exception | None = None
    try:
        with source.open() as stream:
            yield from _frames(sight, source, given, read(Window(stream), sight.interfaces))
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


def _frames(sight: Sight, source: Input, given: Given, items: Iterator[Frame | Damage]) -> Iterator[Any]:
    """Takes every frame in; tells damage, and flows as often as the table of conversations is full."""
    told, more = 0, 0
    for item in items:
        if isinstance(item, Frame):
            sight.take(item)
            if item.number % OFTEN == 0 and sight.is_full():
                yield from telling.flows(sight, given, Owners(sight.ends))
                sight.conversations.sums.clear()
        elif told < MOST_REFUSALS:
            told += 1
            yield telling.refusal(source.name, given, item)
        else:
            more += item.size
    if more:
        yield telling.refusal(source.name, given, Damage("refusal.capture.more", 0, more))


def _reader(kind: str, recognises: Callable[[bytes], bool], read: Frames) -> Reader:
    return Reader(
        kind,
        1,
        lambda source: recognises(source.head),
        lambda source, given: walk(source, given, read),
        snapshot=False,
        speaker=Speaker.OBSERVED,
    )


READERS: dict[str, Reader] = {
    "pcap": _reader("pcap", pcap.recognises, pcap.read),
    "pcapng": _reader("pcapng", pcapng.recognises, pcapng.read),
}
"""Kind -> reader."""
