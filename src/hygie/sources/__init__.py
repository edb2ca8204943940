"""Files and feeds -> rows: evidence, knowledge, refusals.

What comes in: `opening.Content`, one for each file or archive member. What goes out: rows of `model.READ_ROWS` that
carry the id of their reading, and `Secret`, which is only counted. A reader never guesses at what it cannot read: it
yields a Refusal for a part, or raises a builtin and `read` yields one; rows before the damage stay.

To add a format: write `sources/x.py` with `READER = Reader(kind, version, recognises, read, snapshot, speaker, ...)`
(see `model.seams.Reader`) and one line in `READERS`, before the tables: the most specific comes first. A table with
other columns is a module of `sources/table/` and one line in its `TABLES`.

A parser that knows why it stops raises `ValueError("refusal.key", "name=value", "place=...")`; the text of the key
stands in `words/{fr,en}/sources.po`. Other builtins get a general reason, and their own text is not kept: it may hold
a patient's name.

Nothing outside `UNREADABLE` is ever caught.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import DecodeError
from msgspec.json import decode

from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input, Reader
from hygie.sources import (
    capture,
    csaf,
    cve5,
    cyclonedx,
    epss,
    kev,
    nvd,
    observations,
    openvex,
    own,
    recog,
    sensors,
    spdx,
    table,
    unread,
)
from hygie.sources.opening import UNREADABLE, Content, Secret, refusal
from hygie.sources.table import asked
from hygie.sources.table.rows import is_table

__all__ = ["READERS", "UNREADABLE", "Secret", "asked", "read", "reader_of", "recognise"]

_KNOWLEDGE = (
    csaf.READER,
    openvex.READER,
    cyclonedx.READER,
    spdx.READER,
    cve5.READER,
    nvd.READER,
    kev.READER,
    epss.READER,
    recog.READER,
    own.READER,
)

READERS: dict[str, Reader] = {
    **capture.READERS,
    **sensors.READERS,
    observations.READER.kind: observations.READER,
    **{reader.kind: reader for reader in _KNOWLEDGE},
    **table.READERS,
}
"""Kind -> reader, most specific first, tables last."""

_UNREAD_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "refusal.pdf"),
    (b"\x37\x7a\xbc\xaf\x27\x1c", "refusal.archive"),
    (b"Rar!\x1a\x07", "refusal.archive"),
    (b"BZh", "refusal.archive"),
    (b"PK\x03\x04", "refusal.document"),
    (b"{\\rtf", "refusal.document"),
    (b"\xd0\xcf\x11\xe0", "refusal.document"),
    (b"\x89PNG\r\n", "refusal.image"),
    (b"\xff\xd8\xff", "refusal.image"),
    (b"GIF8", "refusal.image"),
)
"""First bytes of what Hygie knows that it does not read -> reason, which tells what to do instead."""


def recognise(source: Input) -> Reader | None:
    """The first reader that takes the content for its own; None where none does. Raises UNREADABLE (damage)."""
    return next((reader for reader in READERS.values() if reader.recognises(source)), None)


def reader_of(source: Input) -> Reader | Refusal:
    """The reader of a content, or the refusal that says why there is none and what to do."""
    try:
        return recognise(source) or _unknown(source)
    except UNREADABLE as error:
        return refusal(source.name, error)


def _unknown(source: Input) -> Refusal:
    """Why nothing recognises it: empty, a known but unread format, damaged JSON, or unknown. Raises OSError."""
    if not source.head:
        return Refusal("", source.name, "", "refusal.empty", (), True)
    for magic, reason in _UNREAD_FORMATS:
        if source.head.startswith(magic):
            if getattr(source, "workbook", False):
                reason = "refusal.header"
            return Refusal("", source.name, "", reason, (), True)
    if known := unread.reason(source):
        return Refusal("", source.name, "", known[0], known[1:], True)
    if source.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        try:
            decode(source.bytes().removeprefix(b"\xef\xbb\xbf"))
        except DecodeError as error:
            if not _is_lines(source.head):
                return refusal(source.name, error)
        return Refusal("", source.name, "", "refusal.json", (), True)
    begins = source.preview() if isinstance(source, Content) else source.sheets()
    reason = "refusal.header" if any(is_table(sheet) for sheet in begins) else "refusal.unknown"
    return Refusal("", source.name, "", reason, (), True)


def _is_lines(head: bytes) -> bool:
    """One JSON document a line (logs): two whole lines show it, and that it is not damaged."""
    try:
        return (
            len([decode(line) for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 2)[:2] if line.strip()]) == 2
        )
    except DecodeError:
        return False


def read(source: Input, reader: Reader, given: Given, bulk: bool = False) -> Iterator[Any]:
    """Rows of a content; where the reader breaks off, a Refusal is the last. Rows that came before stay.

    `bulk`: long lists may come as `model.bulk.Bulk`.
    """
    place, told = "", False
    try:
        for row in (reader.bulk if bulk and reader.bulk else reader.read)(source, given):
            place = getattr(row, "place", place)
            told = True
            yield row
    except UNREADABLE as error:
        yield refusal(source.name, error, given.reading, place, whole=not told)
