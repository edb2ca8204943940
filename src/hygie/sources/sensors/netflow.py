"""Files of exported flows -> rows: NetFlow 5 and 9, IPFIX, one datagram after the other as one exporter sent them.

Version 5 and IPFIX tell their length. A datagram of version 9 ends where no set follows: numbers of sets are 0, 1, or
256 and above, so that the 9 that begins the next one is none.

Source: as `exports`; RFC 5655 (files of IPFIX messages).
"""

import io
from collections.abc import Iterator
from typing import Any

from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.sources.capture.window import Window
from hygie.sources.opening import UNREADABLE
from hygie.sources.sensors.exports import IPFIX, V5, V9, Exporter
from hygie.sources.sensors.halves import Halves
from hygie.sources.sensors.records import Log

_HEADS = {V5: 24, V9: 20, IPFIX: 16}
_MOST_RECORDS = 1365
"""Records of a datagram of version 5: more would not fit into one."""
_LONGEST = 65_535
_EARLIEST = 631_152_000
"""Seconds: the year 1990. An exporter's clock that is not set says less; its files are not recognised."""
_CLOCK = {V5: 8, V9: 8, IPFIX: 4}
"""Where the time stands."""


def recognises(source: Input) -> bool:
    """A whole datagram, and after it another one of the same version, or the end."""
    head = source.head
    version = int.from_bytes(head[:2], "big")
    if version not in _HEADS or len(head) < _HEADS[version] + 4:
        return False
    if int.from_bytes(head[_CLOCK[version] : _CLOCK[version] + 4], "big") < _EARLIEST:
        return False
    if version != V5 and not _is_set(int.from_bytes(head[_HEADS[version] : _HEADS[version] + 2], "big"), version):
        return False
    window = Window(io.BytesIO(head))
    try:
        size = length(window)
    except (ValueError, EOFError):
        return False
    rest = head[size : size + 2]
    return size > _HEADS[version] and (rest == head[:2] if rest else size == len(head))


def _is_set(number: int, version: int) -> bool:
    return number >= 256 or number in ((0, 1) if version == V9 else (2, 3))


def length(window: Window) -> int:
    """Bytes of the datagram that begins here; 0 at the end. Raises ValueError: none begins; EOFError: it is cut."""
    if not window.has(1):
        return 0
    if not window.has(4):
        raise EOFError("a datagram cut short")
    at = window.at
    version = int.from_bytes(window.bytes[at : at + 2], "big")
    number = int.from_bytes(window.bytes[at + 2 : at + 4], "big")
    if version == V9:
        return _walk(window)
    if (
        (version == V5 and not 0 < number <= _MOST_RECORDS)
        or (version == IPFIX and number < 16)
        or version not in _HEADS
    ):
        raise ValueError("refusal.netflow.frame", f"place=offset {window.place()}")
    size = 24 + 48 * number if version == V5 else number
    if not window.has(size):
        raise EOFError("a datagram cut short")
    return size


def _walk(window: Window) -> int:
    """Bytes of a datagram of version 9, by its sets. Raises ValueError, EOFError."""
    size = _HEADS[V9]
    while window.has(size + 4):
        at = window.at + size
        number = int.from_bytes(window.bytes[at : at + 2], "big")
        part = int.from_bytes(window.bytes[at + 2 : at + 4], "big")
        if not _is_set(number, V9):
            break
        if part < 4 or size + part > _LONGEST:
            raise ValueError("refusal.netflow.frame", f"place=offset {window.place() + size}")
        size += part
    if not window.has(size):
        raise EOFError("a datagram cut short")
    return size


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows of one file. Where it breaks off, what came before is told first, then the error is raised."""
    log = Log(given, "netflow", "record")
    exporter, halves = Exporter(log, "netflow"), Halves(log)
    broken: Exception | None = None
    try:
        with source.open() as stream:
            window = Window(stream)
            while size := length(window):
                datagram = bytes(window.bytes[window.at : window.at + size])
                window.at += size
                for half in exporter.take(datagram):
                    yield from halves.take(half)
    except UNREADABLE as error:
        broken = error
    yield from halves.end()
    yield from log.end()
    yield from told(exporter, source.name, given)
    if broken:
        raise broken


def told(exporter: Exporter, name: str, given: Given, place: str = "") -> Iterator[Refusal]:
    """What an exporter's datagrams did not tell. `place`: which one, where there are several."""
    for what, count in (("template", exporter.unknown), ("broken", exporter.broken), ("lost", exporter.lost)):
        if count:
            yield Refusal(given.reading, name, place, f"refusal.netflow.{what}", (f"count={count}",))
    for rate in sorted(set(exporter.rates.values())):
        yield Refusal(given.reading, name, place, "refusal.netflow.sampled", (f"rate={rate}",))
