"""One row of a workbook that people fill in -> a decision, the withdrawal of one, or what the row lacks.

A word counts with a name: it is a person's. Beside each answer that was given already Hygie writes a mark
(`names.marks`). By it a row says one of four things: as it was written, it repeats the word; with another answer, it
takes the word's place; with its answer cleared, it takes the word back; without a mark, it is a word of its own. So a
file that never held a row withdraws nothing, and a copy that somebody kept brings back nothing that was changed since.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from hygie.model.evidence import Decision, Refusal
from hygie.model.seams import Given, Input
from hygie.names import fields, marks
from hygie.sources.opening.secrets import Secret
from hygie.sources.table.rows import Cells


def places(secrets: Iterable[Secret]) -> frozenset[str]:
    """Where secrets stood."""
    return frozenset(secret.place for secret in secrets)


class Row(NamedTuple):
    """A row at hand."""

    cells: Cells
    source: Input
    given: Given
    hidden: frozenset[str] = frozenset()
    """Places of cells that held a secret and were emptied by Hygie."""

    def refuse(self, field: str, reason: str, *args: str) -> Refusal:
        """A refusal of a field's cell."""
        return Refusal(self.given.reading, self.source.name, self.cells.place(field), reason, args)


def decision(row: Row, about: str, answer: str, field: str) -> Iterator[Any]:
    """What a row says about something; `field` holds the answer. Yields one Decision or Refusal, or nothing."""
    mark = marks.read(row.cells.written("mark"))
    mark = mark if mark is not None and mark.of(about) else None
    if about and answer:
        yield from _answered(row, about, answer, field, mark)
    elif about and mark is not None and not row.cells.text(field) and row.cells.place(field) not in row.hidden:
        yield from _withdrawn(row, about, field, mark)


def _answered(row: Row, about: str, answer: str, field: str, mark: marks.Mark | None) -> Iterator[Any]:
    cells = row.cells
    who = cells.text("who")
    if not who:
        reason = "refusal.name_cleared" if mark is not None else "refusal.unsigned"
        yield row.refuse("who", reason, f"about={about}")
        return
    when, note = cells.one("when", fields.date, "date"), cells.text("note")
    said = Decision(row.given.reading, about, answer, who, when, note, cells.place(field))
    if mark is None:
        yield said
    elif mark.says(answer, note) and mark.signed(who, when):
        yield _with(said, first=mark.readings[0])
    else:
        yield _with(said, replaces=mark.readings)


def _with(said: Decision, first: str = "", replaces: tuple[str, ...] = ()) -> Decision:
    """The decision with what its mark tells."""
    return Decision(
        said.reading, said.about, said.answer, said.who, said.when, said.note, said.place, first, replaces
    )  # fmt: skip


def _withdrawn(row: Row, about: str, field: str, mark: marks.Mark) -> Iterator[Any]:
    """The answer was cleared: it is withdrawn by whoever's name stands beside it.

    A date that stood there before says when the answer was given, not when it was taken back.
    """
    cells = row.cells
    who = cells.text("who")
    if not who:
        yield row.refuse("who", "refusal.withdrawal_unsigned", f"about={about}")
        return
    when = cells.one("when", fields.date, "date")
    yield Decision(
        row.given.reading, marks.WITHDRAWN + about, cells.text("recorded"), who, "" if mark.signed(who, when) else when,
        cells.text("note"), cells.place(field), "", mark.readings,
    )  # fmt: skip
