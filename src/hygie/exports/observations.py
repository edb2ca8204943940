"""A sensor's observations as one signed file: what was read of captures and logs, without any packet.

What comes in: readings with their rows, the sensor's name and public key, and what signs. What goes out: the zip that
`sources.observations` reads. A part is the same to the byte whenever it is written, so that a file that holds it again
adds nothing. What leaves is listed in `model.observed`: evidence of `TRAITS`, flows, coverage, refusals.

Source: `model.observed`; docs/reference/formats.md.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, BinaryIO, NamedTuple

import msgspec

from hygie.model.evidence import Reading
from hygie.model.observed import (
    COLUMNS,
    FORMAT,
    MANIFEST,
    MARK,
    PREFIX,
    SIGNATURE,
    TRAITS,
    VERSION,
    Head,
    Manifest,
    Origin,
    Part,
)

MARKED = b"Observations of a network sensor, signed. They hold no packet. See hygie, docs/reference/formats.md.\n"
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The time that all members bear: the moment of writing is no part of them."""
_ARCHIVES = (".zip", ".gz", ".xz", ".zst")


class Parcel(NamedTuple):
    """One reading of the sensor's workspace."""

    reading: Reading
    rows: Mapping[str, list[Any]]
    """Kind -> rows."""


class Written(NamedTuple):
    """What the file holds."""

    parts: int
    rows: int


def write(
    out: BinaryIO, parcels: Iterable[Parcel], sensor: str, key: str, made: str, sign: Callable[[bytes], bytes]
) -> Written:
    """Writes the file, a reading at a time. `key`: base64; `made`: ISO 8601 instant. Raises OSError."""
    parts: list[Part] = []
    count = 0
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_member(MARK, zipfile.ZIP_STORED), MARKED)
        for parcel in parcels:
            name = f"{len(parts) + 1:06}.jsonl"
            digest, size = hashlib.sha256(), 0
            with archive.open(_member(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as member:
                for line in lines(parcel):
                    member.write(line)
                    digest.update(line)
                    size += len(line)
                    count += 1
            count -= 1  # its head
            parts.append(Part(name, size, digest.hexdigest(), origin(parcel.reading)))
        manifest = msgspec.json.encode(Manifest(FORMAT, VERSION, key, sensor, made, tuple(parts)))
        archive.writestr(_member(MANIFEST, zipfile.ZIP_STORED), manifest)
        archive.writestr(_member(SIGNATURE, zipfile.ZIP_STORED), sign(PREFIX + manifest))
    return Written(len(parts), count)


def _member(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIRST)
    info.compress_type = method
    info.external_attr = 0o600 << 16
    return info


def lines(parcel: Parcel) -> Iterator[bytes]:
    """A part: its head, then a line [kind, values...] for each row, sorted."""
    held = {kind: _rows(kind, parcel.rows.get(kind, [])) for kind in COLUMNS}
    counts = {kind: len(rows) for kind, rows in held.items()}
    yield msgspec.json.encode(Head(FORMAT, VERSION, origin(parcel.reading), COLUMNS, counts)) + b"\n"
    for rows in held.values():
        yield from rows


def _rows(kind: str, rows: Iterable[Any]) -> list[bytes]:
    """Lines of one kind, sorted."""
    values = attrgetter(*COLUMNS[kind])
    kept = (row for row in rows if kind != "evidence" or row.trait in TRAITS)
    return sorted(msgspec.json.encode((kind, *values(row))) + b"\n" for row in kept)


def origin(reading: Reading) -> Origin:
    """What a part tells of the capture that it was made from."""
    return Origin(
        file_name(reading.name), reading.kind, reading.reader_version, reading.size, reading.sha256, reading.dated
    )


def file_name(name: str) -> str:
    """A file's name without its folders; a member's with the archive that it came from."""
    parts = name.replace("\\", "/").split("/")
    archive = next((at for at, part in enumerate(parts) if part.lower().endswith(_ARCHIVES)), len(parts) - 1)
    return "/".join(parts[archive:])
