"""A thing to read: a file, a member of an archive, standard input or an upload, all alike."""

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from hygie.model.seams import Sheet
from hygie.sources.opening import office, text
from hygie.sources.opening.coming import Hashed, Passing
from hygie.sources.opening.limits import CHUNK, Limits
from hygie.sources.opening.refusals import DAMAGE

HEAD = 64 << 10
"""Bytes of `Content.head`."""


class Content:
    """The Input that every door hands to readers (see `model.seams.Input`)."""

    def __init__(
        self,
        name: str,
        opener: Callable[[], BinaryIO],
        limits: Limits,
        path: str = "",
        size: int = -1,
        workbook: bool = False,
    ) -> None:
        """Reads the head. `workbook`: XLSX, XLS or ODS by content. Raises what the opener's stream raises."""
        self.name = name
        self.path = path
        self.size = size
        self.limits = limits
        self.workbook = workbook
        self.packed = ""
        """File that is the same but for its compression; `folders.again` finds this in it."""
        self.gathered: Callable[[], BinaryIO] | None = None
        """Of many documents of an archive read as one, one a line: opens the archive, whose hash stands for theirs."""
        self.passing: Passing | None = None
        """What it comes from, where that passes once."""
        self.hashed = False
        """Whether the hash is taken as it is read, not before."""
        self._opener = opener
        self._whole: bytes | None = None
        self._sheets: list[Sheet] | None = None
        self._digest = ""
        with opener() as stream:
            self.head, broken = _begin(stream)
        if len(self.head) < HEAD and not broken:
            self.size = len(self.head)
            self._whole = self.head

    def open(self) -> BinaryIO:
        """A fresh stream from the first byte; of an archive's member, a decompressing one. Raises OSError."""
        stream = io.BytesIO(self._whole) if self._whole is not None else self._opener()
        return cast(BinaryIO, io.BufferedReader(Hashed(stream, self._told), CHUNK)) if self.hashed else stream

    def _told(self, digest: str, size: int) -> None:
        self._digest, self.size = digest, size

    def settle(self) -> None:
        """Takes all in, where it comes once: it may then be read as often as one likes. Raises ValueError, OSError."""
        if self.passing is not None:
            self.passing.settle()

    def bytes(self) -> bytes:
        """The whole content. Raises ValueError above `limits.whole`."""
        if self._whole is not None:
            return self._whole
        self.settle()
        with self._opener() as stream:
            data = _take(stream, self.limits.whole + 1)
        if len(data) > self.limits.whole:
            raise ValueError("refusal.large", f"limit={self.limits.whole // 1_000_000}")
        self.size = len(data)
        if len(data) <= self.limits.kept:
            self._whole = data
        return data

    def sheets(self) -> list[Sheet]:
        """Its tables; [] where it is none. Read once, kept. Raises ValueError."""
        if self._sheets is None:
            if self.workbook:
                self._sheets = office.sheets(self.bytes(), self.limits)
            elif text.looks_tabular(self.head):
                if self.path:  # of an archive's member the size is only declared: unpacking it tells a bomb
                    text.within(self.size, self.limits.table)
                self._sheets = text.sheets(self.bytes(), self.limits.cells, self.limits.lines)
            else:
                self._sheets = []
        return self._sheets

    def preview(self) -> list[Sheet]:
        """Its tables, of a long text the first 64 KiB only: enough to recognise it. Raises ValueError."""
        if self.workbook or self._sheets is not None or self._whole is self.head:
            return self.sheets()
        if not text.looks_tabular(self.head):
            return []
        return text.sheets(text.whole_lines(self.head), self.limits.cells, self.limits.lines)

    def sha256(self) -> str:
        """Hash of the content (unpacked, for a member), hex; streams it once. Raises OSError.

        Of documents of an archive read as one, the archive's own. Of a damaged archive, of what can be unpacked: the
        reader will meet the damage, and tell it.
        """
        if not self._digest:
            self.settle()
            digest, size = hashlib.sha256(), 0
            with (self.gathered or self.open)() as stream:
                for chunk in _chunks(stream):
                    digest.update(chunk)
                    size += len(chunk)
            self._digest, self.size = digest.hexdigest(), size
        return self._digest

    def close(self) -> None:
        """Lets go of what is kept in memory; it may be used again."""
        self._sheets = None
        if self._whole is not self.head:
            self._whole = None


def _begin(stream: BinaryIO) -> tuple[bytes, bool]:
    """The head, and whether the stream breaks within it. Raises the damage where nothing comes before it."""
    parts, left = [], HEAD
    try:
        while left and (chunk := stream.read(left)):
            parts.append(chunk)
            left -= len(chunk)
    except DAMAGE:
        if not parts:
            raise
        return b"".join(parts), True
    return b"".join(parts), False


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Chunks up to the end or the damage. Raises OSError."""
    while True:
        try:
            chunk = stream.read(CHUNK)
        except DAMAGE:
            return
        if not chunk:
            return
        yield chunk


def _take(stream: BinaryIO, most: int) -> bytes:
    """Up to `most` bytes, fewer only at the end."""
    parts, left = [], most
    while left and (chunk := stream.read(min(left, CHUNK))):
        parts.append(chunk)
        left -= len(chunk)
    return b"".join(parts)
