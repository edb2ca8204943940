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
_BETWEEN = " / "
"""Between the possible answers of a row."""
_OPEN = ("don't know", "unknown")
"""Answers that are always possible."""
_NEEDED = (("id",), ("question",), ("answer",), ("who",))


def recognises(look: Look) -> float:
    """Columns of ids, questions, answers and names."""
    return max((coverage(sheet, HEADINGS, *_NEEDED) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Decision for each answer; a Refusal for answers without name, and for those that are none of the listed."""
    doubts = Doubts(source, given)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        understood = mapping(sheet, HEADINGS) if coverage(sheet, HEADINGS, *_NEEDED) else None
        if understood is None:
            continue
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            told = cells.text("answer")
            if told and cells.text("id") and not _offered(told, cells.text("options")):
                yield _refused(cells, source, given)
            else:
                yield from decision(cells, source, given, cells.text("id"), _answer(told), "answer")
    yield from doubts.refusals()


def _offered(text: str, options: str) -> bool:
    """That an answer is one of those listed in its row, in either language; where none is listed any is."""
    if not options:
        return True
    listed = options.split(_BETWEEN)
    if text not in listed and f"{_BETWEEN}{text}{_BETWEEN}" in f"{_BETWEEN}{options}{_BETWEEN}":
        return _answer(text) != text  # the text of one answer may hold the mark that parts answers
    said = _meant(text)
    return any(said == _meant(one) for one in (options, *listed)) or _answer(text) in _OPEN


def _meant(text: str) -> str:
    return _answer(text).casefold()


def _refused(cells: Cells, source: Input, given: Given) -> Refusal:
    """An answer that is none of those listed; its text goes nowhere."""
    args = (f"about={cells.text('id')}", f"allowed={cells.text('options')}")
    return Refusal(given.reading, source.name, cells.place("answer"), "refusal.answer", args)


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
