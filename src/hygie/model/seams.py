"""Protocols that doors pass in, and the plug-in seams' types."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple, Protocol

from hygie.model.evidence import Reading, Speaker, Trait


class Input(Protocol):
    """A thing to read: a file, an archive's member, standard input, an upload."""

    name: str
    """As shown: members as "a.zip/b.csv"."""
    path: str
    """File that can be opened again; "" for members, stdin, uploads."""
    size: int
    """Bytes; -1 unknown before the end."""
    head: bytes
    """First 64 KiB."""

    def open(self) -> BinaryIO:
        """A fresh binary stream from the first byte. Raises OSError."""
        ...

    def bytes(self) -> bytes:
        """The whole content. Raises ValueError above the limit for text formats."""
        ...

    def sha256(self) -> str:
        """Hash of the content, hex; streams it once. Raises what the stream raises."""
        ...

    def close(self) -> None:
        """Lets go of what is kept in memory; it may be used again."""
        ...

    def sheets(self) -> "list[Sheet]":
        """The content as tables (CSV, XLSX, XLS, ODS); [] where it is none. Read once, kept. Raises ValueError."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text cells."""

    name: str
    """Sheet's name; "" for text files."""
    rows: Sequence[list[str]]
    """Cells as text; dates ISO, whole numbers without ".0"; "" empty."""
    separator: str = ""
    """Of a text file."""
    encoding: str = ""
    hidden: bool = False
    """That whoever opens the workbook does not see it."""
    unseen: int = 0
    """Rows of the whole workbook that are hidden, told with its first sheet."""


class Said(NamedTuple):
    """What bytes on the wire say of an end of the conversation."""

    about: str
    """"sender", "receiver", or an address ("10.1.2.3", "02:00:...")."""
    trait: Trait
    value: str
    offset: int
    """Byte of the payload where it stands."""
    confidence: float = 1.0


class Given(NamedTuple):
    """What the doors tell a reader beside the file itself."""

    site: str
    reading: str
    """Id that each yielded row carries."""
    mapping: Mapping[str, str] = {}
    """Saved or asked column mapping: heading -> trait name, or "-" to ignore."""
    dated: str = ""
    today: str = ""
    """ISO date on which it is read; "" not told. What lies before it has come."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A row of `sources.READERS`."""

    kind: str
    version: int
    recognises: Callable[[Input], bool]
    read: Callable[[Input, Given], Iterator[Any]]
    """Yields rows of `model.READ_ROWS`; parsers raise builtins, `sources` turns them into refusals."""
    snapshot: bool
    speaker: Speaker
    series: Callable[[Input], str] = field(default=lambda _: "")
    """What names the series beside site and kind: header fingerprint, advisory id, "" one per site."""
    dated: Callable[[Input], str] = field(default=lambda _: "")
    """Date inside the content, ISO 8601; "" none."""
    bulk: Callable[[Input, Given], Iterator[Any]] | None = None
    """Yields the same rows, those of the most numerous kind as `model.bulk.Bulk`: for lists of many thousand lines."""
    streams: bool = False
    """Whether it recognises a content by its head and goes through it once, first byte to last, in bounded memory."""


class Clock(Protocol):
    """The only source of "now"."""

    def now(self) -> str:
        """ISO 8601 instant, UTC, seconds."""
        ...

    def today(self) -> str:
        """ISO 8601 date."""
        ...


class Get(Protocol):
    """Fetches a whole public list; given only where the user asked for network use."""

    def __call__(self, address: str) -> bytes:
        """Raises OSError."""
        ...


class Store(Protocol):
    """Where readings and what follows from them rest."""

    def readings(self) -> list[Reading]:
        """All readings, forgotten ones too."""
        ...

    def add(self, batch: Iterable[tuple[Reading, Mapping[str, list[Any]]]]) -> None:
        """Writes the batch's rows (kind -> rows) as parts, then commits their readings: all or nothing."""
        ...

    def rows(self, kind: str, readings: Iterable[str] | None = None) -> list[Any]:
        """Rows of a kind, of these readings (None: all), in no promised order."""
        ...

    def select(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        """Rows whose column is one of values."""
        ...

    def keep(self, stage: str, fingerprint: str, rows: Mapping[str, list[Any]]) -> None:
        """Replaces what a stage derived."""
        ...

    def fingerprint(self, stage: str) -> str:
        """Fingerprint under which a stage's result is kept; "" none."""
        ...

    def forget(self, readings: Iterable[str]) -> None:
        """Takes readings' rows out of every part and vacuums; id, date and author remain."""
        ...

    def digest(self) -> str:
        """Hash of all logical rows in key order: no clock, no row numbers."""
        ...
