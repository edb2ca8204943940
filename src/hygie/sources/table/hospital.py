"""The file in which the hospital confirms what was assumed -> decisions about clinical functions and units' missions.

A row counts once a person's name stands in it. A row without a name is what Hygie wrote itself: no decision; but a
safety that was changed and not signed is told. A value that was confirmed and is cleared is taken back. Files add up:
one that lacks a row says nothing of it.
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.facts.functions import functions
from hygie.model.evidence import Speaker
from hygie.model.seams import Given, Input, Sheet
from hygie.names import marks
from hygie.sources.table.answers import meaning
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.deciding import Row, decision, places
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, not_read, without_secrets

HEADINGS = Headings("hospital", headings.HOSPITAL, headings.HOSPITAL_UNREAD, free=frozenset())
_FUNCTIONS = (("kind",), ("safety",), ("who",))
_UNITS = (("unit",), ("mission",), ("who",))


def recognises(look: Look) -> float:
    """Functions with their safety, or units with their mission, and a column for a name."""
    scores = (max(coverage(s, HEADINGS, *_FUNCTIONS), coverage(s, HEADINGS, *_UNITS)) for s in look.sheets)
    return max(scores, default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Decision for each signed row; a Refusal for words that are none of those to choose from."""
    doubts = Doubts(source, given)
    left: list[Sheet] = []
    read_any = False
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        by_function, by_unit = (coverage(sheet, HEADINGS, *need, saved=given.mapping) for need in (_FUNCTIONS, _UNITS))
        understood = mapping(sheet, HEADINGS, given.mapping) if by_function or by_unit else None
        if understood is None:
            left.append(sheet)
            continue
        read_any = True
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            row = Row(cells, source, given, places(secrets))
            yield from _function(row) if by_function else _unit(row)
    if not read_any:
        yield from not_read(source, given, left)
    yield from doubts.refusals()


def _function(row: Row) -> Iterator[Any]:
    """One clinical function: its safety, confirmed or corrected, or the confirmation taken back."""
    cells = row.cells
    key = cells.text("kind").lower()
    known = functions().get(key)
    if known is None:
        cells.refuse("kind", "clinical_kind")
        return
    about, safety = f"function:{key}", cells.one("safety", _safety, "safety")
    if cells.text("who") and not cells.written("safety") and not cells.written("mark"):
        yield row.refuse("safety", "refusal.unanswered", f"about={about}")
    elif cells.text("who") or marks.read(cells.written("mark")):
        yield from decision(row, about, safety, "safety")
    elif safety and safety != known.safety:
        yield row.refuse("who", "refusal.unsigned", f"about={about}")


def _unit(row: Row) -> Iterator[Any]:
    """One care unit: its mission if its devices are lost."""
    unit = row.cells.text("unit")
    mission = row.cells.one("mission", _mission, "mission")
    yield from decision(row, f"unit:{unit}" if unit else "", mission, "mission")


def _safety(text: str) -> str | None:
    return meaning("safety.", text) or None


def _mission(text: str) -> str | None:
    return meaning("mission.", text) or None


TABLE = Table(
    "hospital",
    3,
    recognises,
    read,
    snapshot=False,
    speaker=Speaker.PERSON,
    columns=columned(HEADINGS),
    fields=frozenset(HEADINGS.fields),
)
