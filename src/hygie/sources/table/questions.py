"""The file of open questions, filled in by the hospital or a maker -> decisions.

A question without an answer is left open; an answer that was recorded and is cleared is taken back. An answer counts
with a name: a decision is a person's. To accept a risk takes a reason, too. All sheets with these columns are read:
questions, findings, exposure, earlier decisions.
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Speaker
from hygie.model.seams import Given, Input
from hygie.sources.table.answers import meaning
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.deciding import Row, decision, places
from hygie.sources.table.rows import Cells, Doubts, Look, Table, coverage, without_secrets

HEADINGS = Headings("questions", headings.QUESTIONS, headings.QUESTIONS_UNREAD, free=frozenset())
KIND = "kind:"
"""What the id of a question about a clinical kind begins with: any kind is an answer, not the likely ones alone."""
_ALWAYS = {
    KIND: ("function.", "answer."),
    "finding:": ("verdict.", "answer."),
    "exposure:": ("exposure.",),
    "link:": ("answer.",),
    "pattern:": ("answer.",),
}
"""What ids begin with -> what answers to them are, where a person added the row and left the possible ones out."""
_BETWEEN = " / "
"""Between the possible answers of a row."""
ACCEPTED = "accepted"
"""The risk of a finding is accepted: the answer that takes a reason."""
_OPEN = ("don't know", "unknown")
"""Answers that are always possible."""
_NEEDED = (("id",), ("question",), ("answer",), ("who",))


def recognises(look: Look) -> float:
    """Columns of ids, questions, answers and names."""
    return max((coverage(sheet, HEADINGS, *_NEEDED) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Decision for each answer and each one taken back; a Refusal for what lacks a name or is none of the listed."""
    doubts = Doubts(source, given)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        understood = mapping(sheet, HEADINGS) if coverage(sheet, HEADINGS, *_NEEDED) else None
        if understood is None:
            continue
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            yield from _row(Row(cells, source, given, places(secrets)))
    yield from doubts.refusals()


def _row(row: Row) -> Iterator[Any]:
    """What one row says."""
    cells = row.cells
    about, told = cells.text("id"), cells.written("answer")
    answer = _answer(told)
    if answer == told:
        told = answer = cells.text("answer")  # a dash is no answer
    kind, options = about.startswith(KIND), cells.text("options")
    if kind and told and not options and not _offered(about, told, options):
        yield row.refuse("answer", "refusal.answer_kind", f"about={about.removeprefix(KIND)}")
    elif told and about and not ((kind and meaning("function.", told)) or _offered(about, told, options)):
        # The text goes nowhere.
        yield row.refuse("answer", "refusal.answer", f"about={about}", f"allowed={options or '-'}")
    elif answer == ACCEPTED and not cells.text("note"):
        yield row.refuse("note", "refusal.reason_missing", f"about={about}")
    else:
        yield from decision(row, about, answer, "answer")


def _offered(about: str, text: str, options: str) -> bool:
    """That an answer is one of those listed in its row, in either language; where none is listed, one that such a
    question has; of other questions any."""
    if not options:
        known = next((prefixes for begin, prefixes in _ALWAYS.items() if about.startswith(begin)), ())
        return not known or any(meaning(prefix, text) for prefix in known) or _answer(text) in (*_OPEN, ACCEPTED)
    listed = options.split(_BETWEEN)
    if text not in listed and f"{_BETWEEN}{text}{_BETWEEN}" in f"{_BETWEEN}{options}{_BETWEEN}":
        return _answer(text) != text  # the text of one answer may hold the mark that parts answers
    said = _meant(text)
    return any(said == _meant(one) for one in (options, *listed)) or _answer(text) in _OPEN


def _meant(text: str) -> str:
    return _answer(text).casefold()


def _answer(text: str) -> str:
    """The key of an answer in words; else the words."""
    kinds = ("answer.", "verdict.", "exposure.", "function.")
    return next(filter(None, (meaning(kind, text) for kind in kinds)), text) if text else ""


TABLE = Table("questions", 3, recognises, read, snapshot=False, speaker=Speaker.PERSON)
