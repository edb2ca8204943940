"""A hospital's own rules -> `Rule` rows: what a name, a greeting or a description says of its devices.

The form is that of Hygie's own (`facts.rules`): rule, reads, pattern, unless, concludes, value, confidence, source. A
line that is not sound is refused with its reason; the others count. The file takes the place of the one of its name.
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.facts.functions import functions
from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.names.rules import Written, checked
from hygie.sources.table.columns import Headings
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, tables

HEADINGS = Headings("rules", headings.RULES, free=frozenset())
_NEEDED = (("reads",), ("pattern",), ("concludes",), ("value",))
_FIELDS = ("name", "reads", "pattern", "unless", "concludes", "value")
MOST = 5_000
"""Rules of one file."""


def recognises(look: Look) -> float:
    """What is read, by which pattern, what is concluded."""
    return max((coverage(sheet, HEADINGS, *_NEEDED) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Rule for each sound line; a Refusal with the reason for the others."""
    doubts = Doubts(source, given)
    count = 0
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            yield cells
            continue
        for _ in cells.rows():
            count += 1
            if count > MOST:
                yield Refusal(given.reading, source.name, cells.place("name"), "refusal.rule.many", (f"most={MOST}",))
                return
            yield _rule(cells, source, given)
    yield from doubts.refusals()


def _rule(cells: Cells, source: Input, given: Given) -> Any:
    place = cells.place("name")
    # A pattern is taken as it stands: what looks blank elsewhere ("-") may be meant.
    name, reads, pattern, unless, concludes, value = (cells.written(field) for field in _FIELDS)
    confidence = _confidence(cells.written("confidence"))
    written = Written(name, reads, pattern, unless, concludes, value, confidence, cells.text("source"))
    try:
        return checked(written, given.reading, place, functions())
    except ValueError as error:
        return Refusal(given.reading, source.name, place, error.args[0], error.args[1:])


def _confidence(text: str) -> float:
    """A share as people write it: "0.8", "0,8", "80 %"; 0 for none."""
    plain = fields.decimal(text.replace("%", "").strip()) or "0"
    return float(plain) / (100 if "%" in text else 1)


def series(source: Input) -> str:
    """The file's name: a hospital may have several files of rules."""
    return source.name.rpartition("/")[2]


TABLE = Table(
    "rules",
    1,
    recognises,
    read,
    snapshot=True,
    series=series,
    columns=columned(HEADINGS),
    fields=frozenset(HEADINGS.fields),
)
