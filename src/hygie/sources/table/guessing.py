"""What a heading means: known, close to a known one, or neither.

A heading that is like a known one by 90 % and more is used; from 75 to 90 % it is used, marked as assumed and listed;
below, it is not used and is listed. A heading that is assumed shares a word or its stem with the known one, else it
is not used: letters in common ("Code bien", "Code EMDN") say nothing. A word cut short by a dot ("Désign.") is read as
the beginning of a known word. A heading in two languages ("Gerät / Appareil", "Inventar-Nr (N° inv.)") is what both its
halves mean; where one half alone is known, it is assumed, and where they differ, it is not used. A heading that is like
one which is known and not read may be something else ("UF responsable" is no person): it is listed.
"""

import re
from collections import abc
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from hygie.names.fields import fold

SURE, ASSUMED = 90.0, 75.0
"""Likeness in percent."""

_SHORTEST = 4
"""Letters that a heading needs to be found by likeness."""

_STEM = 5
"""Letters that a heading has in common with the beginning of a word of the one it is assumed to be."""

_CUT = 3
"""Letters that a word keeps that is cut short by a dot."""

_WIDE = frozenset(("numero", "number", "libelle", "responsable", "responsible", "exploitation"))
"""Words that many headings hold: to share one means nothing."""

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

_PERSONS = frozenset("responsable utilisateur contact referent owner user technicien cadre demandeur".split())
"""Halves that make of a heading one of persons, whatever the other half is."""


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
    settle: Callable[[Any, Any], Any] = lambda _sheet, found: found
    """What the cells say of columns whose headings leave open what they hold: a sheet and its mapping -> a mapping."""


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
