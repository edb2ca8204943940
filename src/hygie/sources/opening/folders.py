"""Paths, folders, standard input and uploads -> contents to read.

Folders are walked in name order, links to folders once. What is hidden (a name that begins with a dot, an editor's
lock file) is not read, and told once a folder.
"""

import io
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from hygie.model.evidence import Refusal
from hygie.sources.opening.archives import unpack
from hygie.sources.opening.content import Content
from hygie.sources.opening.limits import CHUNK, DEFAULTS, Budget, Limits
from hygie.sources.opening.refusals import UNREADABLE, refusal, shown

_HIDDEN = (".", "~$")
_LITTER = ("thumbs.db", "desktop.ini", "__macosx")
"""What file managers leave behind."""
_DEEP = 64
"""Folders within folders."""


def files(
    paths: Iterable[str | Path],
    limits: Limits = DEFAULTS,
    without: Iterable[Path] = (),
) -> Iterator[Content | Refusal]:
    """Every content under the paths, archives opened; "-" is standard input. `without`: folders left out in silence.

    Nothing is raised: what cannot be opened is a Refusal. Ask for the next only when done with one: memory holds one.
    """
    left_out = {path.resolve() for path in without}
    for path in paths:
        if str(path) == "-":
            yield from _open_stream("-", cast(BinaryIO, sys.stdin.buffer), limits)
        else:
            yield from _walk(Path(path), limits, set(), left_out, 0)


def again(path: str, name: str) -> Content:
    """The content shown as `name` in a file that is no archive of several. Raises LookupError where it is not there."""
    for found in files([path]):
        if isinstance(found, Content) and found.name == name:
            return found
    raise LookupError(name)


def upload(name: str, data: bytes, limits: Limits = DEFAULTS) -> Iterator[Content | Refusal]:
    """Contents of bytes handed over under a name."""
    try:
        content = Content(shown(name), lambda: io.BytesIO(data), limits, size=len(data))
    except UNREADABLE as error:
        yield refusal(shown(name), error)
        return
    yield from unpack(content, Budget(len(data), limits))


def _walk(
    path: Path, limits: Limits, seen: set[tuple[int, int]], left_out: set[Path], depth: int
) -> Iterator[Content | Refusal]:
    """Contents at or under a path."""
    name = shown(str(path))
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        yield refusal(name, error)
        return
    if stat.S_ISDIR(state.st_mode):
        if path.resolve() in left_out:
            return
        if (state.st_dev, state.st_ino) in seen or depth > _DEEP:
            yield Refusal("", name, "", "refusal.loop", (), True)
            return
        seen.add((state.st_dev, state.st_ino))
        yield from _folder(path, limits, seen, left_out, depth)
    elif stat.S_ISREG(state.st_mode):
        yield from _file(path, name, state.st_size, limits)
    elif stat.S_ISFIFO(state.st_mode) and depth == 0:
        with path.open("rb") as stream:
            yield from _open_stream(name, cast(BinaryIO, stream), limits)
    else:
        yield Refusal("", name, "", "refusal.special", (), True)


def _folder(
    path: Path, limits: Limits, seen: set[tuple[int, int]], left_out: set[Path], depth: int
) -> Iterator[Content | Refusal]:
    """Contents of a folder, in name order."""
    try:
        entries = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        yield refusal(shown(str(path)), error)
        return
    hidden = [entry for entry in entries if entry.startswith(_HIDDEN) or entry.lower() in _LITTER]
    for entry in entries:
        if entry not in hidden:
            yield from _walk(path / entry, limits, seen, left_out, depth + 1)
    if hidden:
        args = (f"count={len(hidden)}", f"names={shown(', '.join(hidden), 120)}")
        yield Refusal("", shown(str(path)), "", "refusal.hidden", args, True)


def _file(path: Path, name: str, size: int, limits: Limits) -> Iterator[Content | Refusal]:
    """Contents of a regular file."""
    if size > limits.size:
        yield Refusal("", name, "", "refusal.large", (f"limit={limits.size // 1_000_000}",), True)
        return
    try:
        content = Content(name, lambda: cast(BinaryIO, path.open("rb")), limits, path=str(path), size=size)
    except UNREADABLE as error:
        yield refusal(name, error)
        return
    for found in unpack(content, Budget(size, limits)):
        if isinstance(found, Content) and not content.head.startswith(b"PK"):
            found.packed = str(path)
        yield found


def _open_stream(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Content | Refusal]:
    """Contents of what can be read once only: kept in memory, or beyond `limits.kept` in an unnamed temporary file."""
    with tempfile.SpooledTemporaryFile(max_size=limits.kept) as spool:
        size = 0
        try:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limits.size:
                    raise ValueError("refusal.large", f"limit={limits.size // 1_000_000}")
                spool.write(chunk)
            content = Content(name, lambda: _Again(cast(BinaryIO, spool)), limits, size=size)  # type: ignore[arg-type, return-value]
        except UNREADABLE as error:
            yield refusal(name, error)
            return
        yield from unpack(content, Budget(size, limits))


class _Again(io.RawIOBase):
    """A spooled stream from its beginning; closing it leaves the spool open."""

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of a file."""
        base = (0, self._at, self._spool.seek(0, io.SEEK_END))[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Next bytes."""
        self._spool.seek(self._at)
        data = self._spool.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
