"""Which column of a table means what: the header is found wherever it stands, headings are known or close to it.

A heading that is like a known one by 90 % and more is used; from 75 to 90 % it is used, marked as assumed and listed;
below, it is not used and is listed. A heading that is assumed shares a word or its stem with the known one, else it
is not used: letters in common ("Code bien", "Code EMDN") say nothing. A word cut short by a dot ("Désign.") is read as
the beginning of a known word. A heading in two languages ("Gerät / Appareil", "Inventar-Nr (N° inv.)") is what both its
halves mean; where one half alone is known, it is assumed, and where they differ, it is not used. What is assumed has
to bear its cells out: a column whose cells are of another sort is not used. A heading that is like one which is known
and not read may be something else ("UF responsable" is no person): it is listed. A saved mapping overrides all of it.
Headings of free text are not read unless the saved mapping asks.
"""

import re
from collections import abc
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

from hygie.model.seams import Sheet
from hygie.names.fields import clean, fold, is_blank
from hygie.sources.opening.refusals import shown
from hygie.sources.opening.text import below

SURE, ASSUMED = 90.0, 75.0
"""Likeness in percent."""
_LOOKED_AT = 60
"""Rows among which the header is sought."""
_SHORTEST = 4
"""Letters that a heading needs to be found by likeness."""
_STEM = 5
"""Letters that a heading has in common with the beginning of a word of the one it is assumed to be."""
_CUT = 3
"""Letters that a word keeps that is cut short by a dot."""
_WIDE = frozenset(("numero", "number", "libelle", "responsable", "responsible", "exploitation"))
"""Words that many headings hold: to share one means nothing."""
_LAST = 1_000_000
"""Added to the rank of a column that says nothing."""
_SHORTENED = 85.0
"""Likeness of a heading with words cut short."""
_BRACKETS = re.compile(r"[()\[\]]")
_HALVES = re.compile(r"\s*[/|()\[\];\n]\s*|\s+[-\u2013\u2014:=]\s+")
"""What parts the halves of a heading in two languages."""
_ASKS = frozenset(
    "o n;oui non;y n;yes no;oui;yes;j n;ja nein;jj;mm;aaaa;dd;yyyy;jj mm aaaa;dd mm yyyy;mm dd yyyy;yyyy mm dd;"
    "aaaa mm jj;eur;euros;ttc;ht;chf;usd;cad;obligatoire;required;mandatory;si connu;si applicable;if known;"
    "texte;text;date;nom;libelle;name".split(";")
)
"""What stands beside a heading and says nothing of its own: how to answer, the form of a date, the currency."""
_HOW = re.compile(r" (?:o n|oui non|y n|yes no|j n|ja nein)$")
"""How to answer, behind a heading: "Network Y/N"."""
_SEEN = 200
"""Rows whose cells bear out what a column was assumed to hold."""
_PERSONS = frozenset("responsable utilisateur contact referent owner user technicien cadre demandeur".split())
"""Halves that make of a heading one of persons, whatever the other half is."""
_IGNORE = "-"
"""What a saved mapping says of a column that is not to be read."""


class Column(NamedTuple):
    """How one column is understood."""

    at: int
    """Index in the row."""
    heading: str
    field: str
    """Trait or field that it fills; "" not read."""
    likeness: float
    """0 to 100; 100 for a known heading or a saved mapping."""
    how: str
    """known, assumed, saved, ignored (by the saved mapping), free text, unread (known, not read), second (another
    column fills the field), unknown."""


class Mapping(NamedTuple):
    """How a table is understood."""

    header: int
    """Index of the header's row."""
    columns: tuple[Column, ...]
    sample: tuple[tuple[str, ...], ...]
    """First rows below the header, cells of the columns in their order; "" for those not read."""

    @property
    def fields(self) -> dict[str, list[int]]:
        """Field -> indices of its columns."""
        found: dict[str, list[int]] = {}
        for column in self.columns:
            if column.field:
                found.setdefault(column.field, []).append(column.at)
        return found

    @property
    def assumed(self) -> tuple[Column, ...]:
        """Columns used without being sure."""
        return tuple(c for c in self.columns if c.how == "assumed")

    @property
    def unused(self) -> tuple[Column, ...]:
        """Columns with a heading that are not read."""
        return tuple(c for c in self.columns if not c.field)


class Headings(NamedTuple):
    """What columns a kind of table knows."""

    name: str
    """Key of the cache: one a kind."""
    fields: abc.Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()
    many: frozenset[str] = frozenset()
    """Fields that several columns may fill."""
    free: frozenset[str] = frozenset(("remark",))
    """Fields of free text."""
    fits: Callable[[str, list[str]], bool] = lambda _field, _texts: True
    """Whether cells that say something bear out that their column, whose heading was assumed, fills a field."""
    settle: "Callable[[Sheet, Mapping], Mapping]" = lambda _sheet, found: found
    """What the cells say of columns whose headings leave open what they hold."""


class _Known(NamedTuple):
    exact: dict[str, tuple[str, int]]
    """Folded heading -> field and its rank in the field's row."""
    choices: list[str]


_tables: dict[str, _Known] = {}


def _known(headings: Headings) -> _Known:
    if headings.name not in _tables:
        exact = {v: (field, rank) for field, row in headings.fields.items() for rank, v in enumerate(row)}
        exact.update(dict.fromkeys(headings.unread, ("", 0)))
        _tables[headings.name] = _Known(exact, list(exact))
    return _tables[headings.name]


def guess(heading: str, headings: Headings) -> tuple[str, float, int]:
    """Field, likeness (0 to 100) and rank of a heading; ("", 100, 0) where it is known and not read."""
    folded, known = fold(heading), _known(headings)
    bare = _HOW.sub("", folded)
    if folded not in known.exact and bare in known.exact:
        return known.exact[bare][0], 100.0, known.exact[bare][1]
    parts = _parts(_HALVES, heading)
    if len(parts) > 1 and not _PERSONS.isdisjoint(parts):
        return "", 0.0, 0
    halves = None
    if folded not in known.exact:
        halves = _in_halves(_parts(_BRACKETS, heading), known) if _BRACKETS.search(heading) else None
        halves = halves or _in_halves(parts, known)
    if halves is not None and halves[1] >= SURE:
        return halves
    cut = tuple(fold(word) for word in re.findall(r"(?<![^\W\d_])([^\W\d_]+)\.(?!\w)", heading) if len(word) >= _CUT)
    found = _guess(folded, headings.name, known.exact.get(folded), cut)
    return halves if halves is not None and found[1] < SURE else found


def _parts(cut: re.Pattern[str], heading: str) -> list[str]:
    """The folded parts of a heading that say something."""
    return [part for text in cut.split(heading) if (part := fold(text))]


def _in_halves(parts: list[str], known: _Known) -> tuple[str, float, int] | None:
    """What a heading in two languages means by its halves; None where it has none, or no half is known.

    Both alike, or one beside what says nothing: sure. One alone: assumed. Two that differ: nothing, and listed.
    """
    parts = _cut_anywhere(parts[0].split(), known) if len(parts) == 1 else [p for p in parts if p not in _ASKS]
    told = [known.exact[part] for part in parts if part in known.exact]
    if not told:
        return None
    fields = {field for field, _ in told}
    if len(fields) > 1:
        return "", 0.0, 0
    rank = min(rank for _, rank in told)
    if len(told) == len(parts):
        return told[0][0], 100.0, rank
    return told[0][0], _SHORTENED if told[0][0] else 0.0, 1000 + rank


def _cut_anywhere(words: list[str], known: _Known) -> list[str]:
    """The two halves of words that are one known heading after another ("Gerät Appareil"); [] none."""
    for at in range(1, len(words)):
        first, second = " ".join(words[:at]), " ".join(words[at:])
        one, other = known.exact.get(first), known.exact.get(second)
        if one and other and one[0] and one[0] == other[0]:
            return [first, second]
    return []


@lru_cache(maxsize=8192)
def _guess(folded: str, name: str, exact: tuple[str, int] | None, cut: tuple[str, ...]) -> tuple[str, float, int]:
    if exact is not None:
        return exact[0], 100.0, exact[1]
    if cut:
        whole = _whole(folded.split(), cut, _tables[name])
        if whole is not None:
            return whole[0], _SHORTENED, 1000 + whole[1]
    if len(folded) < _SHORTEST or len(folded) > 60 or folded.replace(" ", "").isdigit():
        return "", 0.0, 0
    known = _tables[name]
    best = max(
        (process.extractOne(folded, known.choices, scorer=scorer) for scorer in (fuzz.ratio, fuzz.token_sort_ratio)),
        key=lambda found: found[1],
    )
    field, rank = known.exact[best[0]]
    if not field:  # a word more than a known one may make it another thing: it is told
        return "", best[1] if best[1] >= SURE and len(folded.split()) == len(best[0].split()) else ASSUMED - 1, 0
    if best[1] >= SURE or (best[1] >= ASSUMED and not cut and _akin(folded, best[0])):
        return field, best[1], 1000 + rank
    return "", min(best[1], ASSUMED - 1), 0


def _akin(folded: str, known: str) -> bool:
    """That two headings share a word of some length, or its stem."""
    stems = {word[:_STEM] for word in folded.split() if len(word) >= _STEM and word not in _WIDE}
    return any(word[:_STEM] in stems for word in known.split() if len(word) >= _STEM and word not in _WIDE)


def _whole(words: list[str], cut: tuple[str, ...], known: _Known) -> tuple[str, int] | None:
    """Field and rank of the known headings that words cut short may stand for; None where those differ or are none."""
    found = [means for heading, means in known.exact.items() if _stands_for(words, cut, heading.split())]
    return min(found, key=lambda means: means[1]) if len({field for field, _ in found}) == 1 else None


def _stands_for(words: list[str], cut: tuple[str, ...], known: list[str]) -> bool:
    """Word by word the same, but for the words cut short: the beginning of one of some length."""
    return len(words) == len(known) and all(
        mine == theirs or (mine in cut and len(theirs) >= _STEM and theirs.startswith(mine))
        for mine, theirs in zip(words, known, strict=True)
    )


def score(row: list[str], headings: Headings) -> float:
    """How many of a row's cells are headings of the kind: 1 for each known, 0.6 for each close one."""
    total = 0.0
    for cell in row:
        field, likeness, _ = guess(cell, headings) if cell else ("", 0.0, 0)
        if field:
            total += 1.0 if likeness >= SURE else 0.6
    return total


def separated(sheets: Iterable[Sheet]) -> bool:
    """That a text has separated columns."""
    return any(
        sheet.separator and sum(sum(map(bool, row)) > 1 for row in sheet.rows) > len(sheet.rows) // 2
        for sheet in sheets
    )


def find_header(sheet: Sheet, headings: Headings) -> int:
    """Index of the row that holds most headings, the first among equals; -1 where no row holds two."""
    best, found = 1.5, -1
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        if len(row) > 1:
            points = score(row, headings)
            if points > best:
                best, found = points, index
    return found


def mapping(sheet: Sheet, headings: Headings, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
    """How a sheet's columns are understood; None where no header is found. `saved`: heading -> field, "-" ignores."""
    said = {fold(heading): field for heading, field in (saved or {}).items()}
    header = _saved_header(sheet, said) if said else -1
    header = find_header(sheet, headings) if header < 0 else header
    return None if header < 0 else headed(sheet, header, headings, saved)


def headed(sheet: Sheet, header: int, headings: Headings, saved: abc.Mapping[str, str] | None = None) -> Mapping:
    """How the columns below a row that is the header are understood."""
    said = {fold(heading): field for heading, field in (saved or {}).items()}
    columns = [_column(i, clean(cell), headings, said) for i, cell in enumerate(sheet.rows[header]) if clean(cell)]
    borne = [_borne(sheet, header, column, headings) for column, _ in columns]
    ranks = [r for _, r in columns]
    fields_ = [column.field for column in borne if column.field]
    if len(set(fields_)) < len(fields_):  # an empty column takes no field from one that says something
        filled = _filled(sheet, header)
        ranks = [rank + (0 if column.at in filled else _LAST) for column, rank in zip(borne, ranks, strict=True)]
    settled = headings.settle(sheet, Mapping(header, tuple(_settle(borne, ranks, headings)), ()))
    return settled._replace(sample=tuple(_sample(sheet, header, settled.columns)))


def _filled(sheet: Sheet, header: int) -> set[int]:
    """Columns that say something in the rows that are looked at."""
    rows = islice(below(sheet.rows, header + 1), _SEEN)
    return {at for row in rows for at, cell in enumerate(row) if cell and not is_blank(cell)}


def _borne(sheet: Sheet, header: int, column: Column, headings: Headings) -> Column:
    """The column; not used where its meaning was assumed and its cells do not bear it out."""
    if column.how != "assumed":
        return column
    rows = islice(below(sheet.rows, header + 1), _SEEN)
    texts = [row[column.at] for row in rows if column.at < len(row) and not is_blank(row[column.at])]
    return column if headings.fits(column.field, texts) else column._replace(field="", how="unknown")


def _saved_header(sheet: Sheet, said: abc.Mapping[str, str]) -> int:
    """The row with most headings of the saved mapping; -1 where none holds half of them."""
    counts = [sum(fold(cell) in said for cell in row) for row in sheet.rows[:_LOOKED_AT]]
    most = max(counts, default=0)
    return counts.index(most) if most and most * 2 >= len(said) else -1


def _column(index: int, heading: str, headings: Headings, said: abc.Mapping[str, str]) -> tuple[Column, int]:
    asked = said.get(fold(heading))
    if asked is not None:
        field, how = ("", "ignored") if asked == _IGNORE else (asked, "saved")
        return Column(index, heading, field, 100.0, how), 0
    field, likeness, rank = guess(heading, headings)
    if field in headings.free:
        return Column(index, heading, "", likeness, "free text"), rank
    if not field:
        return Column(index, heading, "", likeness, "unread" if likeness >= ASSUMED else "unknown"), rank
    return Column(index, heading, field, likeness, "known" if likeness >= SURE else "assumed"), rank


def _settle(columns: list[Column], ranks: list[int], headings: Headings) -> Iterator[Column]:
    """One column a field, but for fields of many: saved ones, then the likest, the more usual word, the first."""
    order = sorted(
        range(len(columns)),
        key=lambda i: (columns[i].how != "saved", ranks[i] >= _LAST, -columns[i].likeness, ranks[i], i),
    )
    taken: set[str] = set()
    second: set[int] = set()
    for i in order:
        column = columns[i]
        if column.field in taken and column.how != "saved" and column.field not in headings.many:
            second.add(i)
        taken.add(column.field)
    for i, column in enumerate(columns):
        yield column._replace(field="", how="second") if i in second and column.field else column


def _sample(sheet: Sheet, header: int, columns: tuple[Column, ...]) -> Iterator[tuple[str, ...]]:
    shown = 0
    for row in below(sheet.rows, header + 1):
        if any(cell.strip() for cell in row):
            yield tuple(clean(row[c.at])[:60] if c.field and c.at < len(row) else "" for c in columns)
            shown += 1
        if shown == 3:
            return


def assumed(understood: Mapping) -> tuple[str, ...]:
    """Arguments of what tells the columns that are read without being sure; () none."""
    found = understood.assumed
    if not found:
        return ()
    named = ", ".join(f"“{shown(c.heading)}” ({c.field})" for c in found)
    return f"columns={named}", f"heading={shown(found[0].heading)}"
