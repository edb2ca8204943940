"""What people decided, as workbooks write it out again and as `why` tells it.

What comes in: a picture. What goes out: the word that holds about each thing, with the readings that gave it; cells of
a workbook's row; lines of text.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hygie.exports.pen import Pen
from hygie.model.evidence import Decision
from hygie.model.picture import Picture
from hygie.names import marks, people

_FORMS = {
    "connectable": ("answer.{}",),
    "exposure": ("exposure.{}",),
    "finding": ("verdict.{}", "answer.{}"),
    "function": ("safety.{}", "answer.{}"),
    "kind": ("function.{}", "answer.{}"),
    "link": ("answer.{}",),
    "unit": ("mission.{}",),
}
"""What a decision is about -> keys of its answer's text, the first that there is."""


class Word(NamedTuple):
    """The word that holds about something."""

    decision: Decision
    readings: tuple[str, ...]
    """That gave the words that are known about it; first the one whose word holds."""


def words(picture: Picture) -> dict[str, Word]:
    """The newest word about each thing, withdrawals left out; wards by their folded name."""
    found: dict[str, list[Decision]] = {}
    for one in picture.decisions:
        if not one.about.startswith(marks.WITHDRAWN):
            found.setdefault(topic(one.about), []).append(one)
    return {about: _word(sorted(said, key=_age)) for about, said in found.items()}


def topic(about: str) -> str:
    """What decisions are compared by: a ward's name is the same however it is spelled."""
    return f"unit:{people.folded(about.removeprefix('unit:'))}" if about.startswith("unit:") else about


def _age(one: Decision) -> tuple[str, str, str, str, str]:
    """For ordering, as every stage does: without a date a word is older than any dated one."""
    return one.when, one.reading, one.place, one.answer, one.who


def _word(said: list[Decision]) -> Word:
    last = said[-1]
    return Word(last, tuple(dict.fromkeys(one.first or one.reading for one in reversed(said))))


def answer(about: str, text: str, pen: Pen) -> str:
    """An answer in words; as it was given where it is none of the known ones."""
    for form in _FORMS.get(about.partition(":")[0], ("answer.{}", "function.{}")):
        if said := pen.known(form.format(text), ""):
            return said
    return text


class Cells(NamedTuple):
    """Cells of a row that hold a word; all "" where there is none."""

    answer: str = ""
    who: str = ""
    when: str = ""
    note: str = ""
    recorded: str = ""
    mark: str = ""


def cells(about: str, known: Mapping[str, Word], pen: Pen) -> Cells:
    """Cells of the row about something."""
    word = known.get(topic(about))
    if word is None:
        return Cells()
    said = word.decision
    told = answer(about, said.answer, pen)
    recorded = ", ".join(filter(None, (told, said.who, pen.date(said.when))))
    mark = marks.write(said.about, (said.answer, said.note, said.who, said.when), word.readings)
    return Cells(told, said.who, said.when, said.note, recorded, mark)


def told(picture: Picture, abouts: Iterable[str], pen: Pen) -> Iterator[str]:
    """Lines on what people decided about things and what they took back, the oldest first."""
    wanted = {topic(about) for about in abouts}
    mine = [d for d in picture.decisions if topic(d.about.removeprefix(marks.WITHDRAWN)) in wanted]
    for one in sorted(mine, key=_age):
        taken_back = one.about.startswith(marks.WITHDRAWN)
        about = one.about.removeprefix(marks.WITHDRAWN)
        key = "decided.withdrawn" if taken_back else "decided.said"
        what = one.answer if taken_back else answer(about, one.answer, pen)
        line = pen.text(key, f"said={what}", f"who={one.who}", f"when={one.when or '-'}")
        note = f" « {one.note} »" if one.note else ""
        yield f"{line}{note} [{pen.place(f'{one.reading}#{one.place}')}]"
