"""The file of open questions, filled in by the hospital or a maker -> decisions.

A question without an answer is left open. An answer counts with a name: a decision is a person's.
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Decision, Refusal, Speaker
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.table.answers import meaning
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.rows import Cells, Doubts, Look, Table, coverage, without_secrets

HEADINGS = Headings("questions", headings.QUESTIONS, headings.QUESTIONS_UNREAD, free=frozenset())
_NEEDED = (("id",), ("question",), ("answer",), ("who",))


def recognises(look: Look) -> float:
    """Columns of ids, questions, answers and names."""
    return max((coverage(sheet, HEADINGS, *_NEEDED) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Decision for each answer; a Refusal for answers without id or name."""
    doubts = Doubts(source, given)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        understood = mapping(sheet, HEADINGS) if coverage(sheet, HEADINGS, *_NEEDED) else None
        if understood is None:
            continue
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            yield from decision(cells, source, given, cells.text("id"), _answer(cells.text("answer")), "answer")
    yield from doubts.refusals()


def _answer(text: str) -> str:
    return next(filter(None, (meaning(kind, text) for kind in ("answer.", "verdict.", "function."))), text)


def decision(cells: Cells, source: Input, given: Given, about: str, answer: str, field: str) -> Iterator[Any]:
    """A person's word; `field` holds it."""
    if not answer or not about:
        return
    who = cells.text("who")
    if not who:
        yield Refusal(given.reading, source.name, cells.place("who"), "refusal.unsigned", (f"about={about}",))
        return
    when = cells.one("when", fields.date, "date")
    yield Decision(given.reading, about, answer, who, when, cells.text("note"), cells.place(field))


TABLE = Table("questions", 1, recognises, read, snapshot=False, speaker=Speaker.PERSON)
