"""JSON documents read part by part: a damaged part is refused, the rest is read.

`outline` tells which format a document is, from its head alone where that is enough, so that a truncated file is
still recognised and refused by its own reader. `Told` decodes parts and keeps what could not be read of them.

Form: a reader declares small msgspec structs whose scalars are `Text` and whose lists and objects are `Raw`, so that
one wrong type costs the part it stands in and no more. Unknown fields are ignored.

Source: RFC 8259 (JSON), RFC 6901 (JSON pointer).
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Raw

from hygie.model.evidence import Refusal, Speaker
from hygie.model.seams import Given, Input, Reader
from hygie.sources.opening.json import top
from hygie.sources.opening.limits import CHUNK
from hygie.sources.opening.refusals import shown

Text = str | int | float | bool | None
"""A scalar as the wild has it: a version may be 2 or "2"."""

T = TypeVar("T")

BOM = b"\xef\xbb\xbf"
STRING = rb'"(?:[^"\\]|\\.)*+"?'
"""A string, closed or cut off."""
BRACKETS = re.compile(rb'(?:[^"{}\[\]]|' + STRING + rb")*+([{}\[\]])", re.DOTALL)
"""The next bracket outside of strings."""
COMMAS = re.compile(rb'(?:[^",]|' + STRING + rb")*+(,)", re.DOTALL)
"""The next comma outside of strings."""


class Outline(NamedTuple):
    """The first look at a document."""

    shape: str
    """object, list (of objects), lines (one object a line), or "" for what is not JSON."""
    keys: dict[str, Raw]
    """Keys of the object, or of the first one of a list: those that the head holds."""
    cut: bool
    """True: the object goes on after the head, so that further keys may follow."""


NOTHING = Outline("", {}, False)


def outline(source: Input) -> Outline:
    """Shape and keys by the head alone. Raises nothing: what is not JSON gives `NOTHING`."""
    return _outline(source.head)


def keys(source: Input, wanted: str, among: frozenset[str]) -> dict[str, Raw]:
    """Keys of the object or of a list's first one.

    Where the head lacks the wanted one and holds none beside `among` (the format's other keys), the whole object is
    looked through. Raises OSError, and ValueError for contents beyond the limit of `Input.bytes`.
    """
    seen = outline(source)
    if seen.shape == "object" and seen.cut and wanted not in seen.keys and among.issuperset(seen.keys):
        return top(source) or seen.keys
    return seen.keys


@lru_cache(maxsize=8)
def _outline(head: bytes) -> Outline:
    """See `outline`. Kept, because all readers ask in turn."""
    data = _utf8(head, strict=False)
    start = data.lstrip()[:1]
    if start not in (b"{", b"["):
        return NOTHING
    try:
        return Outline("object", decode(data, dict[str, Raw]), False)
    except (ValueError, EOFError, RecursionError):
        pass  # a list, several values, or cut
    first, rest, cut = _complete(data)
    try:
        if start == b"[":
            items = decode(first, list[Raw])
            return Outline("list", decode(items[0], dict[str, Raw]), cut) if items else NOTHING
        value = decode(first, dict[str, Raw])
    except (ValueError, EOFError, RecursionError):
        return NOTHING
    return Outline("lines" if rest.lstrip()[:1] == b"{" else "object", value, cut)


def _marks(pattern: re.Pattern[bytes], data: bytes, start: int) -> Iterator[re.Match[bytes]]:
    """Matches that follow each other without a gap. Searching past the last would try each byte to the end."""
    mark = pattern.match(data, start)
    while mark is not None:
        yield mark
        mark = pattern.match(data, mark.end())


def _complete(data: bytes) -> tuple[bytes, bytes, bool]:
    """The first value with its brackets closed where the data ends before; what follows it; whether it was cut.

    Cut after the last bracket or before the last comma outside of strings: only there may closing brackets follow for
    sure.
    """
    closers = bytearray()
    last = 0
    for mark in _marks(BRACKETS, data, 0):
        sign = data[mark.end() - 1]
        if sign in b"{[":
            closers.append(sign + 2)
        elif not closers or closers[-1] != sign:
            break
        else:
            closers.pop()
        last = mark.end()
        if not closers:
            return data[:last], data[last:], False
    closers.reverse()
    commas = [mark.end() - 1 for mark in _marks(COMMAS, data, last)]
    for end in (*commas[-1:], last):
        try:
            decode(data[:end] + bytes(closers), Raw)
        except (ValueError, EOFError, RecursionError):
            continue  # the comma was the first sign in an object or list, or what stands before it is damaged
        last = end
        break
    return data[:last] + bytes(closers), b"", True


def whole(source: Input) -> bytes:
    """The document as UTF-8 without its mark. Raises ValueError beyond the limit, UnicodeDecodeError, OSError."""
    return _utf8(source.bytes(), strict=True)


def lines(source: Input, most: int = 64 << 20) -> Iterator[bytes]:
    """The lines of a content, read as they are needed; no memory grows with their number.

    Raises ValueError for a line beyond `most` bytes, and what the stream raises.
    """
    if source.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from whole(source).split(b"\n")
        return
    with source.open() as stream:
        rest = stream.read(CHUNK).removeprefix(BOM)
        while chunk := stream.read(CHUNK):
            *found, rest = (rest + chunk).split(b"\n")
            yield from found
            if len(rest) > most:
                raise ValueError("refusal.large", f"limit={most // 1_000_000}")
    yield from rest.split(b"\n")


def _utf8(data: bytes, strict: bool) -> bytes:
    """UTF-8 without a byte order mark; UTF-16 and UTF-32 that carry one are recoded."""
    if data.startswith(BOM):
        return data[3:]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = "utf-32" if data.startswith(b"\xff\xfe\0\0") else "utf-16"
        return data.decode(wide, "strict" if strict else "ignore").encode()
    return data


def text(value: object) -> str:
    """A scalar as text: "" for none, whole floats as written by JSON. NUL, which stores cannot keep, is replaced."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def pointer(*steps: object) -> str:
    """A JSON pointer of these steps. Source: RFC 6901, section 3."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


@cache
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    """One decoder a kind: making it costs more than using it."""
    return msgspec.json.Decoder(kind)


def decode(data: bytes | Raw, kind: type[T]) -> T:
    """One value of a kind. Raises ValueError (truncated, damaged, of another form) and RecursionError."""
    wanted: Any = kind
    try:
        value: T = _decoder(wanted).decode(data)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        if "truncated" in str(error):
            raise EOFError(str(error)) from error
        raise
    return value


def published(
    kind: str,
    version: int,
    recognises: Callable[[Input], bool],
    read: Callable[[Input, Given], Iterator[Any]],
    dated: Callable[[Input], str],
    series: Callable[[Input], str] = lambda _: "",
) -> Reader:
    """The row of `sources.READERS` of a published document: a newer one of its series replaces it.

    Who speaks is a third party, unless the document itself shows that a manufacturer does.
    """
    return Reader(kind, version, recognises, read, True, Speaker.THIRD_PARTY, series, dated)


def absent(raw: bytes | Raw) -> bool:
    """Whether a part is not there, or null."""
    size = len(memoryview(raw))
    return not size or (size == 4 and bytes(raw) == b"null")


class Told:
    """What could not be read of one document, in the order met."""

    def __init__(self, name: str, reading: str) -> None:
        """Of the document shown as `name`; `reading` is the id that its rows carry."""
        self.name = name
        self.reading = reading
        self.rows: list[Refusal] = []

    def refuse(self, place: str, reason: str, *args: str) -> None:
        """Keeps one refusal; args are "name=value", made fit for a terminal."""
        self.rows.append(Refusal(self.reading, self.name, place, reason, tuple(shown(arg) for arg in args)))

    def drain(self) -> Iterator[Refusal]:
        """Yields the refusals kept so far, each once (a part may be read twice), and lets go of them."""
        rows, self.rows = self.rows, []
        yield from dict.fromkeys(rows)

    def one(self, raw: bytes | Raw, place: str, kind: type[T]) -> T | None:
        """A part of a kind; None where it is absent, null, or refused."""
        if absent(raw):
            return None
        try:
            return decode(raw, kind)
        except (ValueError, EOFError, RecursionError) as error:
            self.refuse(place, "refusal.part", f"detail={error}")
            return None

    def parts(self, raw: bytes | Raw, place: str, kind: type[T]) -> list[tuple[str, T]]:
        """The items of a list with their places; an item of another form is refused, and so is what is no list."""
        if absent(raw):
            return []
        try:
            found = decode(raw, list[kind])  # type: ignore[valid-type]
            return [(f"{place}/{i}", item) for i, item in enumerate(found)]
        except (ValueError, EOFError, RecursionError):
            pass  # some item is damaged: find out which
        items = self.one(raw, place, list[Raw])
        read = ((f"{place}/{i}", self.one(item, f"{place}/{i}", kind)) for i, item in enumerate(items or []))
        return [(where, item) for where, item in read if item is not None]

    def texts(self, raw: bytes | Raw, place: str) -> list[tuple[str, str]]:
        """The scalars of a list as texts, with their places."""
        kind: Any = Text
        return [(where, text(said)) for where, said in self.parts(raw, place, kind)]
