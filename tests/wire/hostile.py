"""What every protocol module must survive: truncation at every length, bit flips, any bytes. And the samples."""

import random
import struct
from collections.abc import Iterable

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire import Dissector, Way

BROKEN = (ValueError, LookupError, struct.error)


def said(row: Dissector, unit: bytes, way: Way | None = None) -> set[tuple[str, str, str]]:
    """(about, trait, value) of a unit."""
    return {(one.about, str(one.trait), one.value) for one in row.dissect(unit, way or Way(next(iter(row.carriers))))}


def _try(row: Dissector, unit: bytes, way: Way) -> list[Said]:
    assert row.looks_like(unit) in (True, False)
    assert row.sender(unit) in ("client", "server", "")
    found: list[Said] = []
    for step in (lambda: row.length(unit), lambda: found.extend(row.dissect(unit, way))):
        try:
            step()
        except BROKEN:
            continue
    for one in found:
        assert isinstance(one.trait, Trait)
        assert 0 < len(one.value) <= 512
        assert one.value.isprintable()
        assert 0 < one.confidence <= 1
    return found


def survives(row: Dissector, units: Iterable[bytes], ways: Iterable[Way] = ()) -> None:
    """Truncation at every length, every bit flipped (of the first 400 bytes), noise put in."""
    noise = random.Random(7)
    for way in tuple(ways) or (Way(next(iter(row.carriers))),):
        for unit in units:
            assert row.looks_like(unit)
            for size in range(len(unit)):
                _try(row, unit[:size], way)
            for bit in range(min(len(unit), 400) * 8):
                flipped = bytearray(unit)
                flipped[bit // 8] ^= 1 << bit % 8
                _try(row, bytes(flipped), way)
            for _ in range(200):
                mixed = bytearray(unit)
                for _ in range(noise.randrange(1, 12)):
                    mixed[noise.randrange(len(mixed))] = noise.choice(
                        (0, 1, 0x7F, 0x80, 0xC0, 0xFF, noise.randrange(256))
                    )
                _try(row, bytes(mixed), way)


def ber(tag: int, *parts: bytes) -> bytes:
    """One element with a short or long length."""
    body = b"".join(parts)
    size = bytes((len(body),)) if len(body) < 128 else b"\x82" + struct.pack(">H", len(body))
    return bytes((tag,)) + size + body


def oid(text: str) -> bytes:
    """An object identifier."""
    numbers = [int(n) for n in text.split(".")]
    out = bytearray((numbers[0] * 40 + numbers[1],))
    for number in numbers[2:]:
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        out += bytes(reversed(groups))
    return ber(6, bytes(out))


def labels(name: str) -> bytes:
    """A name of the domain name system."""
    return b"".join(bytes((len(part),)) + part for part in name.encode().split(b".")) + b"\0"


def message(flags: int, question: bytes = b"", *records: tuple[str, int, bytes], number: int = 7) -> bytes:
    """A message of the domain name system with answers."""
    head = struct.pack(">6H", number, flags, bool(question), len(records), 0, 0)
    rows = b"".join(labels(n) + struct.pack(">HHIH", kind, 1, 60, len(data)) + data for n, kind, data in records)
    return head + (question + struct.pack(">HH", 1, 1) if question else b"") + rows
