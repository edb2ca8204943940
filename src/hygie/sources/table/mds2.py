"""A filled MDS2 form of 2019 -> answers, the model that it is about, and what its maker allows.

Questions are found by their ids, in whatever column and sheet; answers stand in the column to the right that holds
most words of the form (Yes, No, N/A, See Notes, or their French), else under a heading "Answer". A blank is an answer
that was not given, never No. The form of 2013 is numbered otherwise: it is recognised and refused.
Source: ANSI/NEMA HN 1-2019; ids and meanings in `facts.mds2`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from hygie.facts.mds2 import MEANINGS, ONLY_IN_2013, questions
from hygie.model.evidence import Evidence, Refusal, Speaker, Trait
from hygie.model.knowledge import Answer, Permission
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.table.rows import Doubts, Look, Table, place, without_secrets

_FEWEST = 20
"""Ids that make a form."""
_ID = re.compile(r"\s*([A-Za-z]{4})\s*[-\u2010-\u2015_ ]\s*(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s*")
_DOC = re.compile(r"\s*(DOC)\s*[-\u2010-\u2015_ ]\s*(\d{1,2}(?:\.\d)?)\.?\s*", re.IGNORECASE)
_MISPRINT = {"SHAD": "SAHD"}
_OLD = re.compile(r"\d{1,2}-\d{1,2}(?:\.\d{1,2})?")
_ANSWERS = {
    "yes": "yes", "oui": "yes", "y": "yes", "o": "yes",
    "no": "no", "non": "no", "n": "no",
    "n a": "n/a", "na": "n/a", "not applicable": "n/a", "non applicable": "n/a", "sans objet": "n/a", "s o": "n/a",
    "see note": "see notes", "see notes": "see notes", "see note s": "see notes", "voir note": "see notes",
    "voir notes": "see notes", "voir remarque": "see notes",
}  # fmt: skip
_HEADED = frozenset("answer answers response reponse reponses yes no n a or see note".split())
_NOTE = re.compile(r"(?:see\s+|voir\s+)?(?:notes?|remarques?)\s*[:#n°.]*\s*(\d{1,3})", re.IGNORECASE)
_VERSION = re.compile(
    r"(?P<product>.*\S)[\s,]+(?:[vV]\.?\s?(?=\d))?(?P<version>\d+(?:\.\d+){2,}\w*|[A-Z]{1,3}\d+[A-Z]\w*)"
)
_VERSIONED = re.compile(
    r"(?P<product>.*\S)[\s,]+(?:software|sw|version|ver\.?|release|v)\.?\s*(?P<version>\d[\w.\-]*)", re.IGNORECASE
)


class Reply(NamedTuple):
    """What the form says to one question."""

    id: str
    answer: str
    """yes, no, n/a, see notes; "" blank or unreadable."""
    raw: str
    text: str
    """Note that belongs to it, or free answer."""
    place: str


class Form(NamedTuple):
    """A sheet with questions, and where they stand."""

    sheet: Sheet
    ids: dict[int, str]
    """Row -> question."""
    column: int
    """Of the ids."""
    answers: int
    """Column of the answers."""


def question_id(text: str) -> str:
    """The question that a cell names, in normal form; "" none."""
    found = _DOC.fullmatch(text) or _ID.fullmatch(text)
    if found is None:
        return ""
    section = found.group(1).upper()
    name = f"{_MISPRINT.get(section, section)}-{found.group(2)}"
    return name if name in questions() else ""


def _form(sheet: Sheet) -> Form | None:
    """The column that holds most ids, if they are enough for a form."""
    columns: dict[int, dict[int, str]] = {}
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells[:40]):
            if 4 < len(cell) < 24 and (name := question_id(cell)):
                columns.setdefault(column, {})[row] = name
    if not columns:
        return None
    column = max(columns, key=lambda c: len(set(columns[c].values())))
    ids = columns[column]
    if len(set(ids.values())) < _FEWEST:
        return None
    return Form(sheet, ids, column, _answer_column(sheet, ids, column))


def _answer_column(sheet: Sheet, ids: dict[int, str], column: int) -> int:
    """Where the answers stand: most words of the form, else a heading, else the second column to the right."""
    counts: Counter[int] = Counter()
    for row in ids:
        for at, cell in enumerate(sheet.rows[row][column + 1 : column + 12], column + 1):
            counts[at] += fields.fold(cell) in _ANSWERS if len(cell) < 30 else 0
    best = max(counts, key=lambda at: (counts[at], -at), default=-1)
    if best >= 0 and counts[best] >= 3:
        return best
    first = min(ids)
    for above in sheet.rows[max(0, first - 12) : first]:
        for at, cell in enumerate(above):
            folded = fields.fold(cell)
            if at > column and folded and (set(folded.split()) <= _HEADED or folded.startswith(("answer", "reponse"))):
                return at
    return column + 2


def _is_old(sheet: Sheet) -> bool:
    """That a sheet is a form of 2013."""
    told = numbered = 0
    for row in sheet.rows[:600]:
        for cell in row[:6]:
            told += ONLY_IN_2013 in cell and len(cell) < 200
            numbered += _OLD.fullmatch(cell.strip()) is not None
    return bool(told) and numbered >= _FEWEST


def recognises(look: Look) -> float:
    """A column of question ids, or the numbering of 2013."""
    return 1.0 if any(_form(sheet) is not None or _is_old(sheet) for sheet in look.sheets) else 0.0


def read(source: Input, given: Given) -> Iterator[Any]:
    """Answers of all questions met, evidence of the model, permissions. Raises ValueError for the form of 2013."""
    forms = []
    for sheet in source.sheets():
        form = _form(sheet)
        if form is not None:
            cleared, secrets = without_secrets(sheet, form.answers)
            yield from secrets
            forms.append(form._replace(sheet=cleared))
    if not forms:
        raise ValueError("refusal.mds2_2013")
    doubts = Doubts(source, given)
    replies: dict[str, Reply] = {}
    for form in forms:
        for reply in _replies(form, doubts):
            if reply.id not in replies or not replies[reply.id].raw:
                replies[reply.id] = reply
    yield from _rows(replies, source, given)
    yield from doubts.refusals()


def _replies(form: Form, doubts: Doubts) -> Iterator[Reply]:
    notes = _notes(form)
    for row, name in form.ids.items():
        cells = form.sheet.rows[row]
        raw = cells[form.answers].strip() if form.answers < len(cells) else ""
        where = place(form.sheet, row, form.answers)
        beside = [cell.strip() for cell in cells[form.answers + 1 : form.answers + 3]]
        if name.startswith("DOC-") and fields.fold(raw) not in _ANSWERS:
            yield Reply(name, "", raw, fields.clean(raw), where)
            continue
        answer = _ANSWERS.get(fields.fold(raw), "")
        answer = answer or ("see notes" if _NOTE.fullmatch(raw) else "")
        if raw and not answer:
            doubts.add(where, name, "mds2_answer")
        yield Reply(name, answer, raw, _note_for([raw, *beside], notes), where)


def _notes(form: Form) -> dict[str, str]:
    """Number -> text of the notes at the end of the form ("Note 1" in a cell, its text in the next)."""
    notes: dict[str, str] = {}
    for row, cells in enumerate(form.sheet.rows):
        if row in form.ids:
            continue
        for at, cell in enumerate(cells[: form.answers + 2]):
            found = _NOTE.match(cell.strip()) if 4 <= len(cell) < 4000 else None
            if found:
                text = cell.strip()[found.end() :].lstrip(" :.-") or next((c for c in cells[at + 1 :] if c.strip()), "")
                if text:
                    notes.setdefault(found.group(1), fields.clean(text))
                break
    return notes


def _note_for(cells: list[str], notes: dict[str, str]) -> str:
    """Text of the notes that cells refer to; a free text beside an answer is its own note."""
    texts = []
    for cell in cells:
        numbers = _NOTE.findall(cell) or ([cell] if cell.isdigit() and cell in notes else [])
        texts += [notes[n] for n in numbers if n in notes]
        if (
            not numbers
            and len(cell) > 12
            and not re.match(r"(?:section\s+\d|[A-Z]{2}-\s?\d|A\.\d)", cell, re.IGNORECASE)
        ):
            texts.append(fields.clean(cell))
    return " ".join(dict.fromkeys(texts))


def _rows(replies: dict[str, Reply], source: Input, given: Given) -> Iterator[Any]:
    make = replies["DOC-1"].text if "DOC-1" in replies else ""
    product, version = split_version(replies["DOC-3"].text if "DOC-3" in replies else "")
    if not make or not product:
        yield Refusal(given.reading, source.name, "", "refusal.mds2_nameless")
    if not any(reply.answer for reply in replies.values()):
        yield Refusal(given.reading, source.name, "", "refusal.mds2_blank")
    missing = len(questions()) - len(replies)
    if missing:
        yield Refusal(given.reading, source.name, "", "refusal.mds2_missing", (f"count={missing}",))
    for reply in replies.values():
        yield Answer(given.reading, reply.place, make, product, version, reply.id, reply.answer, reply.raw, reply.text)
    if make and product:
        yield from _model(replies, make, product, version, given.reading)
        yield from _permissions(replies, make, product, version, given.reading)


def split_version(text: str) -> tuple[str, str]:
    """Product and version of "Veille M50 8.0.2"; a version needs two dots, letters like "VA20B", or a word for it.

    "Lumira MR 1.5" stays whole: its number is as likely a part of the name.
    """
    found = _VERSIONED.fullmatch(text) or _VERSION.fullmatch(text)
    return (found.group("product").rstrip(" ,;-"), found.group("version")) if found else (text, "")


def _model(replies: dict[str, Reply], make: str, product: str, version: str, reading: str) -> Iterator[Evidence]:
    """What the form says of the model itself. Connectable only where a socket or radio is answered for."""
    subject = "model:" + "|".join(part.replace("|", "/") for part in (make, product, version))
    for name, trait, value in (
        ("DOC-1", Trait.MANUFACTURER, make),
        ("DOC-3", Trait.PRODUCT, product),
        ("DOC-3", Trait.VERSION, version),
        ("DOC-2", Trait.DESIGNATION, replies["DOC-2"].text if "DOC-2" in replies else ""),
    ):
        if value:
            yield Evidence(reading, subject, trait, value, replies[name].raw, replies[name].place)
    for name in ("CONN-1.2.1", "CONN-1.1.1", "CONN-1.1.3", "CONN-3", "CONN-4"):
        if name in replies and replies[name].answer == "yes":
            yield Evidence(reading, subject, Trait.CONNECTABLE, "yes", replies[name].raw, replies[name].place)
            break
    else:
        reply = replies.get("CONN-1")
        if reply is not None and reply.answer == "no":
            yield Evidence(reading, subject, Trait.CONNECTABLE, "no", reply.raw, reply.place)
    remote = replies.get("RMOT-1")
    if remote is not None and remote.answer in ("yes", "no"):
        yield Evidence(reading, subject, Trait.REMOTE_MAINTENANCE, remote.answer, remote.raw, remote.place)


def _permissions(
    replies: dict[str, Reply], make: str, product: str, version: str, reading: str
) -> Iterator[Permission]:
    """What answers allow or forbid; "see notes" leaves it open with the note's words."""
    dated = fields.date(replies["DOC-7"].text) if "DOC-7" in replies else None
    for name, reply in replies.items():
        for meaning in MEANINGS.get(name, ()):
            allowed = meaning.yes if reply.answer == "yes" else meaning.no if reply.answer == "no" else None
            other = replies[meaning.beside].answer if meaning.beside in replies else ""
            if reply.answer == "yes" and meaning.beside and other not in meaning.answers:
                continue
            if allowed is None and reply.answer != "see notes":
                continue
            yield Permission(
                reading, reply.place, Speaker.MANUFACTURER, make, product, version, meaning.subject, allowed,
                reply.text, make, dated or "", name,
            )  # fmt: skip


def series(source: Input) -> str:
    """Maker and product: a newer form of the same product supersedes the older."""
    found = [reply for sheet in source.sheets() if (form := _form(sheet)) for reply in _first(form, ("DOC-1", "DOC-3"))]
    return "|".join(fields.fold(split_version(text)[0]) for text in found)


def dated(source: Input) -> str:
    """DOC-7, the form's date."""
    texts = [text for sheet in source.sheets() if (form := _form(sheet)) for text in _first(form, ("DOC-7",))]
    return next((day for text in texts if (day := fields.date(text)) and len(day) == 10), "")


def _first(form: Form, names: tuple[str, ...]) -> list[str]:
    """Answers to some questions as they stand."""
    rows = {name: row for row, name in form.ids.items()}
    cells = (form.sheet.rows[rows[name]] for name in names if name in rows)
    return [row[form.answers].strip() if form.answers < len(row) else "" for row in cells]


TABLE = Table("mds2", 1, recognises, read, snapshot=True, speaker=Speaker.MANUFACTURER, series=series, dated=dated)
