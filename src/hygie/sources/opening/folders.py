"""Paths, folders, standard input and uploads -> contents to read.

Folders are walked in name order, links to folders once. What is hidden (a name that begins with a dot, an editor's
lock file) is not read, and told once a folder.
"""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from hygie.model.evidence import Refusal
from hygie.sources.opening.archives import unpack
from hygie.sources.opening.coming import Again, Coming, Passing
from hygie.sources.opening.content import Content
from hygie.sources.opening.limits import CHUNK, DEFAULTS, Budget, Limits
from hygie.sources.opening.refusals import UNREADABLE, refusal, shown

_HIDDEN = (".", "~$")
_LITTER = ("thumbs.db", "desktop.ini", "__macosx")
"""What file managers leave behind."""
_DEEP = 64
"""Folders within folders."""


def files(
    paths: Iterable[str | Path | Coming],
    limits: Limits = DEFAULTS,
    without: Iterable[Path] = (),
) -> Iterator[Content | Refusal]:
    """Every content under the paths, archives opened; "-" is standard input. `without`: folders left out in silence.

    Nothing is raised: what cannot be opened is a Refusal. Ask for the next only when done with one: memory holds one.
    """
    left_out = {path.resolve() for path in without}
    for path in paths:
        if isinstance(path, Coming):
            yield from _open_stream(path, limits)
        elif str(path) == "-":
            yield from _open_stream(Coming("-", cast(BinaryIO, sys.stdin.buffer)), limits)
        else:
            yield from _walk(Path(path), limits, set(), left_out, 0)


def again(path: str, name: str, file: int = -1, limits: Limits = DEFAULTS) -> Content:
    """The content shown as `name` in a file that is no archive of several. `file`: its number, where it is open.

    Raises LookupError where it is not there, OSError.
    """
    if file < 0:
        found = files([path], limits)
    else:
        found = _file(Path(path), shown(path), os.fstat(file).st_size, limits, lambda: shared(file))
    for one in found:
        if isinstance(one, Content) and one.name == name:
            return one
    raise LookupError(name)


def shared(file: int) -> BinaryIO:
    """An open file from its first byte, by its number."""
    again = Again(lambda: os.fstat(file).st_size, lambda buffer, at: os.preadv(file, [buffer], at))
    return cast(BinaryIO, io.BufferedReader(again, CHUNK))


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
            yield from _open_stream(Coming(name, cast(BinaryIO, stream)), limits)
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


def _file(
    path: Path, name: str, size: int, limits: Limits, opener: Callable[[], BinaryIO] | None = None
) -> Iterator[Content | Refusal]:
    """Contents of a regular file; `opener` opens it where its path may not be opened."""
    if size > limits.size:
        yield Refusal("", name, "", "refusal.limit", (f"limit={limits.size // 1_000_000_000}",), True)
        return
    try:
        opener = opener or (lambda: cast(BinaryIO, path.open("rb")))
        content = Content(name, opener, limits, path=str(path), size=size)
    except UNREADABLE as error:
        yield refusal(name, error)
        return
    for found in unpack(content, Budget(size, limits)):
        if isinstance(found, Content) and not content.head.startswith(b"PK"):
            found.packed = str(path)
        yield found


def _open_stream(coming: Coming, limits: Limits) -> Iterator[Content | Refusal]:
    """Contents of what can be read once only: see `coming`."""
    name = shown(coming.name)
    try:
        passing = Passing(coming.stream, limits, name)
        content = Content(name, passing.open, limits, size=passing.taken if passing.whole else -1)
    except UNREADABLE as error:
        yield refusal(name, error)
        return
    content.passing = None if passing.whole else passing
    yield from unpack(content, Budget(lambda: passing.taken, limits))
    passing.close()
