"""Files of nfdump and nfcapd 1.7 -> rows.

A file is a head and blocks of records; a record is a list of elements. Files of 1.6 have another form: nfdump 1.7
rewrites them (`nfdump -r OLD -w NEW`). Numbers stand as the machine that wrote them has them; those of today's machines
are read (little endian).

Source: nfdump 1.7, layout 2 of its files, records of version 3 (elements 1 to 4, 6, 12, 13, 15).
"""

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.sources.capture.window import Window
from hygie.sources.opening import UNREADABLE
from hygie.sources.sensors import values
from hygie.sources.sensors.halves import Half, Halves
from hygie.sources.sensors.packing import MOST, UNPACK
from hygie.sources.sensors.records import Log
from hygie.wire.codec.addresses import ip_text

MAGIC = b"\x0c\xa5"
_HEAD, _BLOCK, _RECORD, _ELEMENT = (
    struct.Struct("<2sHI8xBB6x8xII"),
    struct.Struct("<IIHH"),
    struct.Struct("<HHHBBHBB"),
    struct.Struct("<HH"),
)
_FLOW = struct.Struct("<QQ8xQQHHBB")
_LAYOUT, _DATA, _RECORDS = 2, (2, 3), 11
"""Layout of a file; kinds of blocks that hold flows; the kind of a flow's record."""
_EVENT, _SAMPLED = 1, 2
"""Bits of a record."""
(_GENERIC, _FOUR, _SIX, _MISC, _VLANS, _FROM_4, _FROM_6, _CARDS) = (1, 2, 3, 4, 6, 12, 13, 15)
_NAMED = ("none", "LZO", "bzip2", "LZ4", "zstd", "LZMA")
_MOST_COUNT = 1 << 48
_LATEST = 253_402_300_800_000
"""Milliseconds: the year 10000."""


class _Head(NamedTuple):
    """What a file's head says."""

    layout: int
    compression: int
    encryption: int


def recognises(source: Input) -> bool:
    """The magic number and a layout."""
    return source.head[:2] == MAGIC and len(source.head) >= _HEAD.size and source.head[2:4] in (b"\1\0", b"\2\0")


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows of one file. Where it breaks off, what came before is told first, then the error is raised."""
    log = Log(given, "nfdump", "record")
    halves = Halves(log)
    broken = values.Broken(source.name, given.reading, "record", "refusal.sensor.more")
    error: Exception | None = None
    number = 0
    try:
        with source.open() as stream:
            for record in _records(Window(stream)):
                number += 1
                try:
                    half = _half(record, number, log)
                except (ValueError, LookupError, struct.error):
                    yield from broken.meet(number, "refusal.sensor.record")
                    continue
                if half is not None:
                    yield from halves.take(half)
    except UNREADABLE as found:
        error = found
    yield from halves.end()
    yield from log.end()
    yield from broken.end()
    if log.sampled:
        yield Refusal(given.reading, source.name, "", "refusal.netflow.scaled")
    if error:
        raise error


def _head(window: Window) -> _Head:
    """Raises EOFError, ValueError for what is not read."""
    if not window.has(_HEAD.size):
        raise EOFError("a head cut short")
    _, layout, _, compression, encryption, _, _ = _HEAD.unpack_from(window.bytes, window.at)
    window.at += _HEAD.size
    if layout != _LAYOUT:
        raise ValueError("refusal.nfdump.old")
    if encryption or compression not in UNPACK:
        name = "encryption" if encryption else _NAMED[compression] if compression < len(_NAMED) else "?"
        raise ValueError("refusal.nfdump.packed", f"detail={name}")
    return _Head(layout, compression, encryption)


def _records(window: Window) -> Iterator[bytes]:
    """Records of flows. Raises EOFError, ValueError."""
    head = _head(window)
    while window.has(1):
        if not window.has(_BLOCK.size):
            raise EOFError("a block cut short")
        _, size, kind, _ = _BLOCK.unpack_from(window.bytes, window.at)
        if size > MOST:
            raise ValueError("refusal.nfdump.block", f"place=offset {window.place()}")
        window.at += _BLOCK.size
        if not window.has(size):
            raise EOFError("a block cut short")
        block = bytes(window.bytes[window.at : window.at + size])
        place = window.place()
        window.at += size
        if kind not in _DATA:
            continue
        try:
            block = UNPACK[head.compression](block)
        except (ValueError, IndexError, OSError, EOFError):
            raise ValueError("refusal.nfdump.block", f"place=offset {place}") from None
        yield from _parts(block, place)


def _parts(block: bytes, place: int) -> Iterator[bytes]:
    """Records of a block. Raises ValueError where one is longer than what is left."""
    at = 0
    while at + _ELEMENT.size <= len(block):
        kind, size = _ELEMENT.unpack_from(block, at)
        if size < _ELEMENT.size or at + size > len(block):
            raise ValueError("refusal.nfdump.block", f"place=offset {place}")
        if kind == _RECORDS:
            yield block[at : at + size]
        at += size


def _half(record: bytes, number: int, log: Log) -> Half | None:
    """One direction; None for an event that counts nothing. Raises ValueError, LookupError, struct.error."""
    _, _, count, _, _, _, flags, _ = _RECORD.unpack_from(record)
    parts = _elements(record, count)
    generic = parts[_GENERIC]
    first, last, packets, size, one, other, protocol, tcp = _FLOW.unpack_from(generic)
    if flags & _EVENT and not packets:
        return None
    if packets >= _MOST_COUNT or size >= _MOST_COUNT or max(first, last) >= _LATEST:
        raise ValueError("counts that cannot be")
    source, target = _ends(parts)
    sensor = log.sensor(_exporter(parts))
    if flags & _SAMPLED:
        log.sampled.add(log.interfaces[sensor].name)
    vlan = int.from_bytes(parts.get(_VLANS, b"")[:4], "little")
    return Half(
        sensor,
        source,
        target,
        one,
        other,
        protocol,
        packets,
        size,
        first * 1000,
        last * 1000,
        tcp,
        number,
        parts.get(_MISC, bytes(11))[10] == 1,
        _card(parts.get(_CARDS, b"")),
        str(vlan) if 0 < vlan < 4095 else "",
    )


def _elements(record: bytes, count: int) -> dict[int, bytes]:
    """Element -> its bytes. Raises ValueError, struct.error."""
    found: dict[int, bytes] = {}
    at = _RECORD.size
    for _ in range(count):
        kind, size = _ELEMENT.unpack_from(record, at)
        if size < _ELEMENT.size or at + size > len(record):
            raise ValueError("an element longer than its record")
        found[kind] = record[at + _ELEMENT.size : at + size]
        at += size
    return found


def _ends(parts: dict[int, bytes]) -> tuple[bytes, bytes]:
    """Source and target. Raises LookupError, ValueError."""
    if _FOUR in parts:
        both = parts[_FOUR]
        if len(both) != 8:
            raise ValueError("no addresses")
        return both[3::-1], both[:3:-1]
    both = parts[_SIX]
    if len(both) != 32:
        raise ValueError("no addresses")
    return both[7::-1] + both[15:7:-1], both[23:15:-1] + both[:23:-1]


def _exporter(parts: dict[int, bytes]) -> str:
    """Address of who exported; "" not told."""
    four, six = parts.get(_FROM_4, b""), parts.get(_FROM_6, b"")
    if len(four) == 4:
        return ip_text(four[::-1])
    return ip_text(six[7::-1] + six[15:7:-1]) if len(six) == 16 else ""


def _card(cards: bytes) -> bytes:
    """Card of the side from which the packets came; b"" not told."""
    card = cards[5::-1] if len(cards) >= 8 else b""
    return card if any(card) else b""
