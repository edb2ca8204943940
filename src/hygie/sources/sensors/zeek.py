"""Logs of Zeek -> rows: tab-separated with their heads, or one JSON object a line; several kinds in one file too.

Source: Zeek, "Zeek Log Formats and Inspection" (TSV heads, escapes, JSON).
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import DecodeError

from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.sources.opening.documents import decode, outline
from hygie.sources.sensors import values
from hygie.sources.sensors.records import Log
from hygie.sources.sensors.zeek_logs import READ, SIGNS, Line, kind_of

MOST_FIELDS = 1000
_LOOKED_AT = 8192
"""Bytes in which the head of a log stands."""
_HEAD = re.compile(rb"(?:#[^\n]*\n)*#separator [^\n]{1,16}\r?\n(?:#[^\n]*\n)*#(?:path|fields)")
_SEPARATOR = re.compile(r"\\x([0-9A-Fa-f]{2})")
_ESCAPED = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+")
_LISTS = ("set[", "vector[")
_MILLIS = 100_000_000_000
"""A number from which a time of JSON counts milliseconds."""
_CONNECTION = frozenset(("ts", "uid", "id.orig_h"))


def recognises(source: Input) -> bool:
    """The head of a tab-separated log, or a JSON line with Zeek's fields."""
    if _HEAD.match(source.head[:_LOOKED_AT]):
        return True
    keys = outline(source).keys.keys()
    if "ts" not in keys or "event_type" in keys:
        return False
    return "_path" in keys or keys >= _CONNECTION or any(signs <= keys for _, signs in SIGNS)


class _Form:
    """The head of a tab-separated log."""

    __slots__ = ("empty", "fields", "kind", "lists", "separator", "unset")

    def __init__(self) -> None:
        self.separator = "\t"
        self.unset = "-"
        self.empty = "(empty)"
        self.kind = ""
        self.fields: list[str] = []
        self.lists: set[str] = set()

    def learn(self, line: str) -> None:
        """Takes a line of the head."""
        if line.startswith("#separator "):
            found = _SEPARATOR.fullmatch(line[11:].strip())
            self.separator = chr(int(found[1], 16)) if found else line[11:].strip() or "\t"
            return
        name, _, rest = line.partition(self.separator)
        if name == "#unset_field":
            self.unset = rest
        elif name == "#empty_field":
            self.empty = rest
        elif name == "#path":
            self.kind = rest
            self.fields = []
        elif name == "#fields":
            self.fields = rest.split(self.separator)[:MOST_FIELDS]
        elif name == "#types":
            kinds = zip(self.fields, rest.split(self.separator), strict=False)
            self.lists = {field for field, kind in kinds if kind.startswith(_LISTS)}

    def row(self, line: str) -> dict[str, Any]:
        """Fields that are set. Raises ValueError where their number is not that of the head."""
        cells = line.split(self.separator)
        if len(cells) != len(self.fields):
            raise ValueError("another number of fields")
        unset, empty = self.unset, self.empty
        row = {
            field: _plain(cell)
            for field, cell in zip(self.fields, cells, strict=True)
            if cell != unset and cell != empty
        }
        for field in self.lists & row.keys():
            row[field] = row[field].split(",")
        return row


def _plain(cell: str) -> Any:
    """A cell without escapes."""
    if "\\x" not in cell:
        return cell
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "replace"), cell)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows of one file, then what could not be read. Raises what the stream raises."""
    log = Log(given, "zeek", "line")
    broken = values.Broken(source.name, given.reading, "line", "refusal.sensor.more")
    unread: Counter[str] = Counter()
    for number, kind, row in _rows(source):
        reader = READ.get(kind)
        if reader is None and row is not None:
            unread[kind] += 1
            continue
        try:
            if row is None or reader is None:
                raise ValueError("no line")
            yield from reader(Line(log, row, number, _time(row.get("ts"))))
        except (ValueError, LookupError, TypeError, OverflowError):
            yield from broken.meet(number, "refusal.sensor.line")
    yield from log.end()
    yield from broken.end()
    for kind, count in sorted(unread.items()):
        yield Refusal(given.reading, source.name, "", "refusal.zeek.kind", (f"kind={kind or '?'}", f"count={count}"))


def _rows(source: Input) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    """Line number, kind of log and fields of each line; None for a line that is none."""
    form = _Form()
    for number, raw in values.numbered(source):
        if raw[:1] == b"#":
            form.learn(raw.decode("utf-8", "replace"))
            continue
        if raw.lstrip()[:1] == b"{":
            try:
                row = decode(raw, dict[str, Any])
            except (DecodeError, EOFError, RecursionError):
                yield number, "", None
                continue
            yield number, _short(kind_of(row)), row
            continue
        try:
            yield number, _short(form.kind), form.row(raw.decode("utf-8", "replace"))
        except ValueError:
            yield number, form.kind, None


def _short(kind: str) -> str:
    """A kind as it is shown; one of many letters is none."""
    return kind if len(kind) <= 40 and kind.isprintable() else ""


def _time(value: Any) -> int:
    """When; seconds, milliseconds or an instant. Raises ValueError."""
    if isinstance(value, str) and "T" in value:
        return values.instant(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= _MILLIS:
        return values.seconds(value / 1000)
    return values.seconds(value)
