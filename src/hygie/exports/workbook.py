"""Workbooks that the hospital fills in: open questions, and what was assumed of clinical functions and wards.

They leave with what was answered before, each answer with its mark (`names.marks`); the next `assess` reads them back.
What was decided about things that are no longer there stands in them, too: nothing that a person said is lost when a
file is filled in again, and all of it can be taken back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hygie.exports import decided, undecided
from hygie.exports.decided import Cells, Word
from hygie.exports.pen import Pen
from hygie.exports.sheets import Column, Page, Pick, workbook
from hygie.exports.tally import tally_of
from hygie.model.picture import Picture
from hygie.names import people

SAFETY_WORDS = ("negligible", "marginal", "critical", "catastrophic")
MISSION_WORDS = ("degraded", "crippled", "mef failure", "mission failure")
BETWEEN = " / "
"""Between the possible answers of a row, as the reader takes them apart."""


def questions(picture: Picture, language: str, to: str = "") -> bytes:
    """Open and answered questions; `to` keeps those for one addressee ("hospital" or a make).

    For the hospital also the findings and exposures that a person's word could settle, and earlier decisions.
    """
    pen, said = Pen(language, picture.readings), decided.words(picture)
    pages = [_questions(picture, said, pen, to)]
    if to in ("", "hospital"):
        tally = tally_of(picture)
        found = {"findings": undecided.findings(tally, said, pen), "exposure": undecided.exposures(tally, said, pen)}
        pages += [_rows(name, rows.rows, _bounded(name, rows, pen), pen) for name, rows in found.items() if rows.rows]
        shown = {q.id for q in picture.questions} | {row.about for rows in found.values() for row in rows.rows}
        shown |= {about for about in said if about.startswith("unit:")} | {f"function:{k}" for k in picture.functions}
        if gone := list(undecided.earlier(shown, said, pen)):
            pages.append(_rows("earlier", gone, pen.text("sheet.earlier.note"), pen))
    return workbook(pages)


def _questions(picture: Picture, said: Mapping[str, Word], pen: Pen, to: str) -> Page:
    columns = (
        Column(pen.text("sheet.id"), 14),
        Column(pen.text("sheet.to"), 16),
        Column(pen.text("sheet.question"), 90),
        Column(pen.text("sheet.options"), 28),
        *_filled(pen, 18, "sheet.note"),
    )
    rows = []
    for one in sorted(picture.questions, key=lambda q: (bool(q.answer), -q.weight, q.id)):
        if to and one.to != to:
            continue
        options = tuple(decided.answer(one.id, option, pen) for option in one.options)
        addressee = pen.text("sheet.hospital") if one.to == "hospital" else one.to
        about = (one.id, addressee, pen.text(one.reason, *one.args), BETWEEN.join(options))
        rows.append((*about, *_answered(decided.cells(one.id, said, pen), options)))
    return Page(pen.text("sheet.questions"), columns, rows, pen.text("sheet.questions.note"))


def _filled(pen: Pen, width: int, note: str) -> tuple[Column, ...]:
    """Columns that a person fills, and those by which an answer that was given is known again."""
    return (
        Column(pen.text("sheet.answer"), width, filled=True, help=pen.text("sheet.answer.help")),
        Column(pen.text("sheet.name"), 18, filled=True, help=pen.text("sheet.name.help")),
        Column(pen.text("sheet.date"), 12, filled=True, help=pen.text("sheet.date.help")),
        Column(pen.text(note), 30, filled=True),
        *_known(pen),
    )


def _known(pen: Pen) -> tuple[Column, Column]:
    """What is recorded already, and its mark."""
    return Column(pen.text("sheet.recorded"), 26), Column(pen.text("sheet.mark"), 12, quiet=True)


def _answered(cells: Cells, options: Sequence[str]) -> tuple[Any, ...]:
    return Pick(cells.answer, tuple(options)), cells.who, cells.when, cells.note, cells.recorded, cells.mark


def _bounded(name: str, rows: undecided.Rows, pen: Pen) -> str:
    """What a sheet holds, and how the rest is answered."""
    return pen.text(f"sheet.{name}.note", f"shown={rows.shown}", f"total={rows.total}")


def _rows(name: str, rows: Sequence[undecided.Row], note: str, pen: Pen) -> Page:
    columns = (
        Column(pen.text("sheet.id"), 14),
        Column(pen.text("sheet.devices"), 10),
        Column(pen.text("sheet.question"), 60),
        Column(pen.text("sheet.known"), 60),
        Column(pen.text("sheet.options"), 28),
        *_filled(pen, 16, "sheet.reason" if name == "findings" else "sheet.note"),
    )
    lines = []
    for row in rows:
        options = tuple(decided.answer(row.about, option, pen) for option in row.options)
        what = (row.about, row.devices, row.question, row.known, BETWEEN.join(options))
        lines.append((*what, *_answered(row.cells, options)))
    return Page(pen.text(f"sheet.{name}"), columns, lines, note)


def hospital(picture: Picture, language: str) -> bytes:
    """What was assumed of clinical functions and wards, to be confirmed or corrected by a named person."""
    pen, said = Pen(language, picture.readings), decided.words(picture)
    return workbook([_functions(picture, said, pen), _units(picture, said, pen)])


def _functions(picture: Picture, said: Mapping[str, Word], pen: Pen) -> Page:
    """Kinds of the fleet, the gravest first; then those that were decided and are no longer there."""
    counts = Counter(d.kind for d in picture.devices if d.kind in picture.functions and not d.gone)
    columns = (
        Column(pen.text("sheet.key"), 22),
        Column(pen.text("sheet.function"), 30),
        Column(pen.text("sheet.devices"), 10),
        Column(pen.text("sheet.safety"), 16, tuple(pen.text(f"safety.{w}") for w in SAFETY_WORDS), filled=True),
        Column(pen.text("sheet.confirmed_by"), 20, filled=True, help=pen.text("sheet.name.help")),
        Column(pen.text("sheet.date"), 12, filled=True, help=pen.text("sheet.date.help")),
        Column(pen.text("sheet.without_device"), 50),
        Column(pen.text("sheet.without_network"), 50),
        Column(pen.text("sheet.degraded"), 50),
        Column(pen.text("sheet.why"), 50),
        Column(pen.text("sheet.note"), 30, filled=True),
        *_known(pen),
    )
    gone = {key for key in picture.functions if f"function:{key}" in said and key not in counts}
    rows = []
    for key in sorted(
        (*counts, *gone), key=lambda k: (k in gone, -SAFETY_WORDS.index(picture.functions[k].safety), -counts[k], k)
    ):
        function = picture.functions[key]
        cells = decided.cells(f"function:{key}", said, pen)
        safety = _safety(f"function:{key}", said, pen) or pen.text(f"safety.{function.safety}")
        texts = (
            function.lost_without_device,
            function.lost_without_network,
            function.degraded_mode,
            function.rationale,
        )
        head = (key, pen.kind(key), counts[key] or pen.text("sheet.absent"), safety, cells.who, cells.when)
        rows.append((*head, *map(pen.text, texts), cells.note, cells.recorded, cells.mark))
    return Page(pen.text("sheet.functions"), columns, rows, pen.text("sheet.functions.note"))


def _safety(about: str, said: Mapping[str, Word], pen: Pen) -> str:
    """The safety that a person gave, in words; "" where none was given, or ours was confirmed."""
    word = said.get(about)
    found = people.words([word.decision]) if word else {}
    value = next(iter(found.values())).value if found else ""
    return pen.text(f"safety.{value}") if value in SAFETY_WORDS else ""


def _units(picture: Picture, said: Mapping[str, Word], pen: Pen) -> Page:
    """Wards of the fleet, then those that were decided and are no longer there; a ward as the decision spells it."""
    counts: Counter[str] = Counter()
    for ward, number in sorted(Counter(d.ward for d in picture.devices if d.ward and not d.gone).items()):
        known = said.get(decided.topic(f"unit:{ward}"))
        counts[known.decision.about.removeprefix("unit:") if known else ward] += number
    columns = (
        Column(pen.text("sheet.unit"), 34),
        Column(pen.text("sheet.devices"), 10),
        Column(pen.text("sheet.mission"), 40, tuple(pen.text(f"mission.{w}") for w in MISSION_WORDS), filled=True),
        Column(pen.text("sheet.confirmed_by"), 20, filled=True, help=pen.text("sheet.name.help")),
        Column(pen.text("sheet.date"), 12, filled=True, help=pen.text("sheet.date.help")),
        Column(pen.text("sheet.note"), 30, filled=True),
        *_known(pen),
    )
    asked = {w.decision.about.removeprefix("unit:") for about, w in said.items() if about.startswith("unit:")}
    rows = []
    for ward in (*sorted(counts), *sorted(asked - set(counts))):
        cells = decided.cells(f"unit:{ward}", said, pen)
        rows.append((ward, counts[ward] or pen.text("sheet.absent"), *cells[:4], cells.recorded, cells.mark))
    return Page(pen.text("sheet.units"), columns, rows, pen.text("sheet.units.note"))
