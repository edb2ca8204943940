"""Many small documents in one zip, read as one content: the CVE list as its publisher hands it over.

That zip holds one record a member, 300,000 of them: as single contents each would be a reading of its own. Here they
are one stream, one record a line, in the order of the archive's directory, which is gone through without being held:
neither memory nor the time for one record grows with their number.

Which members are records is told by their names, and what they hold by their content, as of any other file: what is
no CVE record after all is refused by whoever reads it.

Source: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12 and 4.3.14 to 4.3.16 (directory and its end), 4.5.3 (zip64).
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile

from isal import isal_zlib

from hygie.sources.opening.limits import CHUNK
from hygie.sources.opening.refusals import shown

FEWEST = 1000
"""Records from which on they are read as one; fewer stay contents of their own."""
DOCUMENT = 16 << 20
"""Bytes of one record, unpacked."""
_RECORD = re.compile(r"(?:.*/)?CVE-\d{4}-\d{4,19}\.json", re.ASCII)
_ENTRY = struct.Struct("<4s2x2x2H4x3L3H8xL")
"""Of a directory's entry: signature, flags, method, crc, sizes (packed, unpacked), lengths (name, extra, comment),
offset."""
_LONGEST = 46 + 3 * 65535
_FULL = 0xFFFFFFFF
"""A size or offset that stands in the zip64 field instead."""
_JOINED = bytes.maketrans(b"\r\n", b"  ")
"""JSON has no raw line break within a string: as blanks they change nothing."""


class Directory(NamedTuple):
    """Where an archive's directory stands."""

    start: int
    size: int
    """Bytes."""
    entries: int
    """As it says itself."""


class Entry(NamedTuple):
    """One member."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    """Of its local header."""


class Survey(NamedTuple):
    """What the names in a directory tell."""

    records: int
    others: int
    """Members that are no records."""
    names: tuple[str, ...]
    """The first of the others."""


NONE = Survey(0, 0, ())


def directory(file: BinaryIO) -> Directory:
    """Where the directory of a zip stands. Raises EOFError where its end is missing, OSError."""
    size = file.seek(0, io.SEEK_END)
    first = max(0, size - 65557 - 20)
    file.seek(first)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(tail):
        raise EOFError("no end of central directory")
    count, length, start = struct.unpack_from("<H2L", tail, end + 10)
    if end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07":
        (at,) = struct.unpack_from("<Q", tail, end - 12)
        if at + 56 > size:
            raise EOFError("no zip64 end of central directory")
        file.seek(at)
        count, length, start = struct.unpack_from("<3Q", file.read(56), 32)
    file.seek(0)
    return Directory(start, length, count)


def entries(file: BinaryIO, found: Directory) -> Iterator[Entry]:
    """The members, in the directory's order. Raises BadZipFile, EOFError, struct.error, OSError."""
    kept, at, end = b"", found.start, found.start + found.size
    while kept or at < end:
        if len(kept) < _LONGEST and at < end:
            file.seek(at)
            more = file.read(min(CHUNK, end - at))
            if not more:
                raise EOFError("directory cut")
            at += len(more)
            kept += more
            continue
        begin = 0
        while len(kept) - begin >= (_LONGEST if at < end else 1):
            entry, begin = _entry(kept, begin)
            yield entry
        kept = kept[begin:]


def _entry(data: bytes, at: int) -> tuple[Entry, int]:
    """The entry at an offset, and where the next begins."""
    signature, flags, method, crc, packed, size, name, extra, comment, offset = _ENTRY.unpack_from(data, at)
    end = at + 46 + name + extra + comment
    if signature != b"PK\x01\x02" or end > len(data):
        raise BadZipFile("damaged directory")
    text = data[at + 46 : at + 46 + name].decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if _FULL in (packed, size, offset):
        wide = _wide(data[at + 46 + name : at + 46 + name + extra])
        size = next(wide) if size == _FULL else size
        packed = next(wide) if packed == _FULL else packed
        offset = next(wide) if offset == _FULL else offset
    return Entry(text, flags, method, crc, packed, size, offset), end


def _wide(extra: bytes) -> Iterator[int]:
    """The 64-bit numbers of the zip64 field, then 0 without end."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            yield from struct.unpack_from(f"<{min(length, len(extra) - 4) // 8}Q", extra, 4)
        extra = extra[4 + length :]
    while True:
        yield 0


def survey(file: BinaryIO, found: Directory) -> Survey:
    """How many members are CVE records by their names, and what else there is. Raises what `entries` raises."""
    records, others = 0, 0
    names: list[str] = []
    for entry in entries(file, found):
        if is_record(entry.name):
            records += 1
        elif not entry.name.endswith("/"):
            others += 1
            if len(names) < 5:
                names.append(shown(entry.name, 60))
    return Survey(records, others, tuple(names))


def is_record(name: str) -> bool:
    """Whether a member's name is a CVE record's, and leads nowhere else."""
    return _RECORD.fullmatch(name) is not None and ".." not in name.split("/")


def document(file: BinaryIO, entry: Entry) -> bytes:
    """A member's content. Raises ValueError (too large, encrypted), BadZipFile, EOFError, NotImplementedError."""
    if entry.size > DOCUMENT or entry.packed > DOCUMENT:
        raise ValueError("refusal.large", f"limit={DOCUMENT // 1_000_000}", f"place={entry.name}")
    if entry.flags & 1:
        raise ValueError("refusal.encrypted", f"place={entry.name}")
    file.seek(entry.offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise BadZipFile("damaged local header")
    name, extra = struct.unpack_from("<2H", head, 26)
    data = file.read(name + extra + entry.packed)[name + extra :]
    if entry.method == 8:
        data = isal_zlib.decompressobj(-15).decompress(data, entry.size + 1)
    elif entry.method:
        raise NotImplementedError(f"method {entry.method}")
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise BadZipFile("wrong checksum")
    return data


class Joined:
    """The records of a zip as one stream, one a line. Closing it leaves the archive open."""

    def __init__(self, file: BinaryIO, found: Directory) -> None:
        self._file = file
        self._left: Iterator[Entry] = (entry for entry in entries(file, found) if is_record(entry.name))
        self._ready = b""

    def read(self, count: int) -> bytes:
        """Up to `count` bytes, of one record at a time; b"" at the end. Raises what `document` raises."""
        if not self._ready:
            entry = next(self._left, None)
            if entry is None:
                return b""
            text = document(self._file, entry).removeprefix(b"\xef\xbb\xbf")
            self._ready = text.translate(_JOINED) + b"\n"
        data, self._ready = self._ready[:count], self._ready[count:]
        return data

    def close(self) -> None:
        """Nothing is held."""
        self._left = iter(())
