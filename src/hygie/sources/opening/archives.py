"""Archives and compressed files, recognised by content and opened within limits, one inside another.

gzip, xz and zstd are streamed; members of a zip are streamed too, and nested zips are held in memory or, if large, in
an unnamed temporary file. Names of members are shown only, never used as paths. Spreadsheets and other office
documents are zips by content and stay whole, and so do signed observations of sensors.
A zip of a thousand CVE records and more is one content: see `gathered`.
"""

import io
import lzma
import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

import zstandard
from isal import igzip_lib

from hygie.model.evidence import Refusal
from hygie.model.observed import MARK
from hygie.sources.opening import compound, gathered
from hygie.sources.opening.coming import Again
from hygie.sources.opening.content import Content
from hygie.sources.opening.limits import CHUNK, STEP, Budget, Counted
from hygie.sources.opening.refusals import UNREADABLE, refusal, shown

_GZIP, _XZ, _ZSTD, _ZIP = b"\x1f\x8b\x08", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""In the head it tells a Word file, too; for the rest of a workbook see `compound`."""
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SUFFIXES = {_GZIP: (".gz", ".gzip"), _XZ: (".xz",), _ZSTD: (".zst", ".zstd")}
_WINDOW = 128 << 20
"""Bytes of window or dictionary that a compressed file may ask for."""
_DIRECTORY = 1024
"""Bytes of central directory a member may take on average."""
_STEP = 4096
"""Packed bytes handed over at a time: zstd may make 128 MiB of them, no more."""


def unpack(content: Content, budget: Budget, depth: int = 0) -> Iterator[Content | Refusal]:
    """The content itself, or what it holds. Nothing is raised for damage: it is told as refusals."""
    magic = next((m for m in (_GZIP, _XZ, _ZSTD) if content.head.startswith(m)), None)
    if magic is None and not content.head.startswith(_ZIP):
        content.workbook = content.workbook or content.head.startswith(compound.MAGIC)
        if content.workbook and _ENCRYPTED in content.head:
            yield Refusal("", content.name, "", "refusal.encrypted", (), True)
        else:
            yield content
    elif depth >= budget.limits.depth:
        yield Refusal("", content.name, "", "refusal.depth", (f"limit={budget.limits.depth}",), True)
    else:
        try:
            if magic is None:
                yield from _zip(content, budget, depth)
            else:
                yield from _stream(content, magic, budget, depth)
        except UNREADABLE as error:
            yield refusal(content.name, error)


def _stream(content: Content, magic: bytes, budget: Budget, depth: int) -> Iterator[Content | Refusal]:
    """The one content of a compressed stream. Raises what the decompressor raises on its first 64 KiB."""
    budget.enter()
    inner = content.name.rpartition("/")[2]
    stem = next((inner[: -len(s)] for s in _SUFFIXES[magic] if inner.lower().endswith(s)), inner)
    name = f"{content.name}/{stem}"
    unpacked = Content(name, lambda: _counted(_decompressed(content.open(), magic), name, budget), content.limits)
    unpacked.passing = content.passing
    yield from unpack(unpacked, budget, depth + 1)


def _counted(stream: BinaryIO, name: str, budget: Budget) -> BinaryIO:
    return cast(BinaryIO, Counted(stream, name, budget))


def _decompressed(packed: BinaryIO, magic: bytes) -> BinaryIO:
    """The decompressing stream of a packed one."""
    if magic == _GZIP:
        return cast(BinaryIO, _Pulled(packed, lambda: igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP), STEP))
    if magic == _XZ:
        return cast(BinaryIO, _Pulled(packed, lambda: lzma.LZMADecompressor(memlimit=2 * _WINDOW), STEP))
    return cast(BinaryIO, _Pulled(packed, lambda: _Zstd(zstandard.ZstdDecompressor(max_window_size=_WINDOW)), _STEP))


class _Decompressor(Protocol):
    """lzma's interface; zstd's is brought to it by `_Zstd`."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Zstd:
    """zstd's object, whose output cannot be limited: hence the small steps that it is fed in."""

    needs_input = True

    def __init__(self, decompressor: zstandard.ZstdDecompressor) -> None:
        self._object = decompressor.decompressobj()

    @property
    def eof(self) -> bool:
        """The frame has ended."""
        return self._object.eof

    @property
    def unused_data(self) -> bytes:
        """What follows the frame."""
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:  # noqa: ARG002
        """What `data` gives; may be more than asked for. Raises ZstdError."""
        return self._object.decompress(data)


class _Pulled:
    """Reads one compressed stream after another from a packed one, `step` packed bytes at a time."""

    def __init__(self, packed: BinaryIO, make: Callable[[], _Decompressor], step: int) -> None:
        self._packed = packed
        self._step = step
        self._make = make
        self._now: _Decompressor | None = None
        self._rest = b""
        self._ready = b""

    def read(self, count: int) -> bytes:
        """Next bytes, b"" at the end. Raises EOFError where a stream is cut, and its decompressor's error."""
        while not self._ready:
            if self._now is None or self._now.eof:
                self._rest = self._begin()
                if not self._rest:
                    return b""
                self._now = self._make()
            elif not self._rest and self._now.needs_input:
                self._rest = self._packed.read(self._step)
                if not self._rest:
                    raise EOFError("cut")
            data, self._rest = self._rest, b""
            self._ready = self._now.decompress(data, STEP)
        given, self._ready = self._ready[:count], self._ready[count:]
        return given

    def _begin(self) -> bytes:
        """First bytes of the next stream, zero padding skipped; b"" at the end."""
        rest = self._now.unused_data.lstrip(b"\0") if self._now else b""
        while not rest:
            rest = self._packed.read(self._step)
            if not rest:
                return b""
            rest = rest.lstrip(b"\0")
        return rest

    def close(self) -> None:
        """Closes the packed stream."""
        self._packed.close()


def _zip(content: Content, budget: Budget, depth: int) -> Iterator[Content | Refusal]:
    """Members of a zip, or itself where it is an office document. Raises BadZipFile, OSError, ValueError."""
    file = seekable(content)
    try:
        found = gathered.directory(file)
        survey = gathered.survey(file, found) if found.entries > gathered.FEWEST else gathered.NONE
        listed = survey.records >= gathered.FEWEST
        if not listed and found.size > budget.limits.members * _DIRECTORY:
            raise ValueError("refusal.members", f"limit={budget.limits.members}")
        archive = None if listed else zipfile.ZipFile(file)
    except BaseException:
        file.close()
        raise
    if archive is None:
        yield from _gathered(content, file, found, survey, budget)
        return
    weakref.finalize(archive, file.close)  # members may be read for as long as somebody holds them
    names = {info.filename for info in archive.infolist()}
    if "[Content_Types].xml" in names or "mimetype" in names or MARK in names:
        yield _document(content, archive, names)
        file.close()
        return
    for info in archive.infolist():
        if not info.is_dir():
            yield from _member(content, archive, info, budget, depth)


def _document(content: Content, archive: zipfile.ZipFile, names: set[str]) -> Content | Refusal:
    """An office document, which stays whole. Raises what reading its small members raises."""
    mime = archive.read("mimetype")[:200] if _small(archive, "mimetype") else b""
    content.workbook = bool(names.intersection(_BOOKS)) or mime.startswith(_ODS)
    listed = archive.NameToInfo.get("META-INF/manifest.xml")
    if listed is not None and listed.file_size < CHUNK and b"encryption-data" in archive.read(listed):
        return Refusal("", content.name, "", "refusal.encrypted", (), True)
    return content


def _gathered(
    content: Content, file: BinaryIO, found: gathered.Directory, survey: gathered.Survey, budget: Budget
) -> Iterator[Content | Refusal]:
    """All records of a CVE list as one content, and what is told of the other members. Raises ValueError."""
    limit = budget.limits.documents
    if survey.records > limit:
        raise ValueError("refusal.members", f"limit={limit}")
    budget.enter()
    name = f"{content.name}/CVE-*.json"
    one = Content(
        content.name,
        lambda: _counted(cast(BinaryIO, gathered.Joined(file, found)), name, budget),
        content.limits,
        path=content.path,
        size=content.size,
    )
    one.gathered = content.open
    weakref.finalize(one, file.close)
    yield one
    if survey.others:
        args = (f"count={survey.others}", f"names={', '.join(survey.names)}")
        yield Refusal("", f"{content.name}/{survey.names[0]}", "", "refusal.beside", args, True)


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.NameToInfo and archive.NameToInfo[name].file_size < _STEP


def _member(
    content: Content, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, depth: int
) -> Iterator[Content | Refusal]:
    """One member, or why not. Raises ValueError where there are too many or too much: the rest is then refused."""
    name = f"{content.name}/{shown(info.filename)}"
    budget.enter()
    if _leaves(info.filename):
        yield Refusal("", name, "", "refusal.traversal", (), True)
    elif info.flag_bits & 1:
        yield Refusal("", name, "", "refusal.encrypted", (), True)
    else:
        try:
            inner = Content(
                name,
                lambda: _counted(cast(BinaryIO, archive.open(info)), name, budget),
                content.limits,
                size=info.file_size,
            )
        except UNREADABLE as error:
            yield refusal(name, error)
        else:
            yield from unpack(inner, budget, depth + 1)


def _leaves(name: str) -> bool:
    """That a member's name would lead out of the folder it is unpacked in."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def seekable(content: Content) -> BinaryIO:
    """The content as a file that one may jump about in. Raises what its stream raises."""
    content.settle()
    stream = content.open()
    if content.path or isinstance(stream, (io.BytesIO, Again)):
        return stream
    with stream:
        spool = tempfile.SpooledTemporaryFile(max_size=content.limits.kept)  # noqa: SIM115
        shutil.copyfileobj(stream, spool, CHUNK)
    spool.seek(0)
    return cast(BinaryIO, spool)
