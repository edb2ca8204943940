"""How much may come out of what was handed over: limits, and the stream that counts.

An archive of a few kilobytes may unpack to terabytes. Every byte that comes out of an archive is counted against the
outermost file that holds it; beyond the limit reading stops with a refusal.
"""

import io
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from hygie.sources.opening.refusals import DAMAGE

CHUNK = 1 << 20
"""Bytes read at a time where whole contents are passed on."""

STEP = 1 << 17
"""Bytes unpacked at a time."""


class Limits(NamedTuple):
    """Bounds on opening and reading; the defaults fit a hospital's files on a machine with 2 GB free."""

    depth: int = 4
    """Archives within archives."""
    members: int = 10_000
    """Members in one outermost file, nested ones included."""
    documents: int = 1_000_000
    """Records of a CVE list in one zip, which are one content (see `gathered`)."""
    ratio: int = 200
    """Times the size of the outermost file that may come out of it, once beyond `free`."""
    free: int = 100_000_000
    """Bytes that may come out of any archive, whatever the ratio."""
    size: int = 1 << 40
    """Bytes of one content, streamed."""
    whole: int = 512 << 20
    """Bytes of one content read at once (`Input.bytes`)."""
    kept: int = 32 << 20
    """Bytes of one content that stay in memory between two uses."""
    office: int = 128 << 20
    """Bytes of an office file."""
    office_cells: int = 2_000_000
    """Cells (rows x columns of the used rectangle) of one sheet of an office file."""
    office_memory: int = 1 << 30
    """Bytes of address space of the process that reads office files."""
    office_seconds: int = 60
    """Seconds, of CPU and by the clock, for one office file."""
    table: int = 120_000_000
    """Bytes of a text table."""
    lines: int = 1_000_000
    """Lines of a text table."""
    cells: int = 20_000_000
    """Cells of a text table."""


DEFAULTS = Limits()


class Budget:
    """What may still come out of one outermost file. Each content counts once however often it is opened."""

    def __init__(self, packed: int | Callable[[], int], limits: Limits) -> None:
        """`packed`: size of the outermost file, in bytes; of what is still coming, how much has come."""
        self.limits = limits
        self.members = 0
        self._packed = packed
        self._spent: dict[str, int] = {}
        self._total = 0

    def spend(self, name: str, position: int) -> None:
        """Content `name` was unpacked up to `position`. Raises ValueError beyond ratio or size."""
        more = position - self._spent.get(name, 0)
        if more > 0:
            self._spent[name] = position
            self._total += more
        packed = self._packed() if callable(self._packed) else self._packed
        most = max(self.limits.free, packed * self.limits.ratio)
        if self._total > most:
            raise ValueError("refusal.bomb", f"limit={most // 1_000_000}")
        if position > self.limits.size:
            raise ValueError("refusal.limit", f"limit={self.limits.size // 1_000_000_000}")

    def enter(self) -> None:
        """One member more. Raises ValueError beyond the limit."""
        self.members += 1
        if self.members > self.limits.members:
            raise ValueError("refusal.members", f"limit={self.limits.members}")


class Counted(io.BufferedIOBase):
    """A decompressing stream, counted against a budget. Bytes before a damage are given, then it is raised."""

    def __init__(self, stream: BinaryIO, name: str, budget: Budget) -> None:
        self._stream = stream
        self._name = name
        self._budget = budget
        self._position = 0
        self._ready = b""
        self._damage: Exception | None = None
        self._ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """`size` bytes, fewer only at the end or before a damage.

        Raises what the stream raises, and ValueError beyond the budget.
        """
        parts, left = [self._ready], (1 << 62 if size is None or size < 0 else size) - len(self._ready)
        while left > 0 and not self._ended:
            chunk = self._next()
            parts.append(chunk)
            left -= len(chunk)
        data = b"".join(parts)
        given = data[: len(data) + left] if left < 0 else data
        self._ready = data[len(given) :]
        if not given and self._damage is not None and size != 0:
            raise self._damage
        return given

    def read1(self, size: int = -1, /) -> bytes:
        """Some bytes, as `read`."""
        return self.read(STEP if size < 0 else size)

    def close(self) -> None:
        """Closes what it reads from, too."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _next(self) -> bytes:
        """The next unpacked bytes, counted; b"" at the end or at a damage, which is kept."""
        try:
            chunk = self._stream.read(STEP)
            self._position += len(chunk)
            self._budget.spend(self._name, self._position)
        except DAMAGE as error:
            self._damage, chunk = error, b""
        self._ended = not chunk
        return chunk
