"""Names of makers: one normal form for the many spellings, and how makers hang together.

`fold` is the common ground of all name comparison. A table of `Makers` (facts hold it) says which spellings are one
maker, and which makers bought, bore or sell under which brand. `maker` gives the normal form; `related` the probability
that what one maker's name stands on is what the other's stands on, if the product's name is the same.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

_LEGAL = frozenset(
    "sas sa sarl eurl sasu snc gmbh ag kg kgaa co ltd limited inc incorporated corp corporation company llc llp lp plc"
    " bv nv ab oy oyj as aps spa srl sro pty pvt kk se sl slu ou doo zrt kft holding holdings group groupe"
    " gruppe international cokg mbh france deutschland germany usa us europe"
    " foundation".split()
)
_TRADE = frozenset(
    "system systems medical medicale healthcare health sante imaging diagnostics diagnostic technologies technology"
    " devices instruments solutions biomedical medtech electronics software".split()
)
"""Words of trade that are often left out of a maker's name."""
_SYMBOLS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "&": " ", "+": " ", "'": "", "’": ""}
)
_MARKS = re.compile(r"[®™©]|â„¢|Â®|Â©|â\u0084¢|\((?:r|tm|c)\)")
_SPACES = re.compile(r"[^a-z0-9]+")
_DOTS = re.compile(r"\b(?:[a-z]\.){2,}")


class Tie(Protocol):
    """How one maker hangs together with another."""

    @property
    def other(self) -> str:
        """Normal form."""
        ...

    @property
    def probability(self) -> float:
        """That a product of the same name is the same product."""
        ...


class Makers(Protocol):
    """A table of spellings and ties; facts hold one."""

    @property
    def spellings(self) -> Mapping[str, tuple[str, float]]:
        """Spelling as written -> normal form and probability that it is meant."""
        ...

    @property
    def ties(self) -> Mapping[str, tuple[Tie, ...]]:
        """Normal form -> its ties, both ways."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """A table given by hand; empty, it knows no maker."""

    spellings: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)


NONE: Makers = Table()


class Index(NamedTuple):
    """Spellings as they are looked up."""

    folded: dict[str, tuple[str, float]]
    letters: dict[str, list[str]]
    """First letter -> folded spellings: where typing errors are looked for."""
    words: dict[str, list[str]]
    """First word -> folded spellings of several words: where shortened names are looked for."""


_INDEXES: dict[int, tuple[Makers, Index]] = {}
"""Index of each table met, by identity; the table is held, so that its identity stays its own."""


def index(makers: Makers) -> Index:
    """Folded spellings of a table, made once for each. Where two fold alike, the more probable counts."""
    kept = _INDEXES.get(id(makers))
    if kept is not None:
        return kept[1]
    folded: dict[str, tuple[str, float]] = {}
    for spelling, meant in makers.spellings.items():
        for key in (fold(spelling), fold_maker(spelling)):
            if key and (key not in folded or folded[key][1] < meant[1]):
                folded[key] = meant
    letters: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for key in folded:
        letters.setdefault(key[0], []).append(key)
        if " " in key:
            words.setdefault(key.partition(" ")[0], []).append(key)
    if len(_INDEXES) > 16:
        _INDEXES.clear()
    _INDEXES[id(makers)] = (makers, Index(folded, letters, words))
    return _INDEXES[id(makers)][1]


SHORTENED = 0.89
"""Probability that a name cut short means the one maker that begins so: below what counts as the same."""
_NUMBERED = re.compile(r"^\s*\d{2,}\s*[-–:/]\s*(?=\D)|\s*[-–:/(]\s*\d{2,}\s*\)?\s*$")
_AND = re.compile(r"\s+(?:et|and|und|y|e)\s+")
_MOST_WORDS = 8
STEM = 0.95
"""Probability where two makers differ by a word of trade only ("Quillane", "Quillane Systems")."""


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents, marks and punctuation: letters, digits and single spaces."""
    low = _MARKS.sub(" ", _MARKS.sub(" ", text).lower()).translate(_SYMBOLS)
    low = _DOTS.sub(lambda found: found.group().replace(".", ""), low)
    low = "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))
    return _SPACES.sub(" ", low).strip()


@lru_cache(maxsize=100_000)
def fold_maker(text: str) -> str:
    """`fold` without legal forms and countries at the end; a name of nothing else is kept."""
    words = fold(text).split()
    kept = list(words)
    while len(kept) > 1 and (kept[-1] in _LEGAL or (len(kept) > 2 and kept[-1] in ("of", "and", "the", "de", "et"))):
        kept.pop()
    if len(kept) > 1 and kept[0] in ("the", "societe", "ste", "ets"):
        kept = kept[1:]
    return " ".join(kept)


def maker(text: str, makers: Makers) -> tuple[str, float]:
    """Normal form of a maker's name and the probability that it is meant.

    1 for a spelling of the table; less for one that resembles a single maker of it; a name that nobody knows is its own
    normal form (without its legal form) with probability 1. "" gives ("", 0). A supplier's number before or behind the
    name, as inventories of purchases write it ("0123 - GE HEALTHCARE"), is no part of it.
    """
    text = _NUMBERED.sub("", text) or text
    folded = fold_maker(text)
    if not folded:
        return "", 0.0
    spellings = index(makers).folded
    known = spellings.get(folded) or spellings.get(fold(text)) or spellings.get(_AND.sub(" ", folded))
    if known:
        return known
    return _two(folded, makers) or _shortened(folded, makers) or _alike(text, folded, makers)


def _two(folded: str, makers: Makers) -> tuple[str, float] | None:
    """Two makers of the table in one text, which are one or hang together ("Welch Allyn Hillrom"): the first, whose
    ties lead to the other. None where it is no such text."""
    spellings, words = index(makers).folded, folded.split()
    for place in range(1, min(len(words), _MOST_WORDS)):
        first, second = spellings.get(" ".join(words[:place])), spellings.get(" ".join(words[place:]))
        if first and second and related(first[0], second[0], makers) >= STEM:
            return first[0], min(first[1], second[1])
    return None


def _shortened(folded: str, makers: Makers) -> tuple[str, float] | None:
    """The one maker whose later words the text cuts short ("Boston Sc"); None where there is none or several."""
    words = folded.split()
    if len(words) < 2 or len(words[0]) < 4 or len(words) > _MOST_WORDS:
        return None
    known = index(makers)
    found = {
        known.folded[full][0]
        for full in known.words.get(words[0], ())
        if len(parts := full.split()) == len(words) and all(map(str.startswith, parts, words))
    }
    return (found.pop(), SHORTENED) if len(found) == 1 else None


def _alike(text: str, folded: str, makers: Makers) -> tuple[str, float]:
    """The one maker that the text resembles (a typing error), else the text itself."""
    if len(folded) >= 6:
        known = index(makers)
        near = process.extract(folded, known.letters.get(folded[0], ()), scorer=fuzz.ratio, score_cutoff=91, limit=4)
        found = {known.folded[spelling][0] for spelling, _, _ in near if abs(len(spelling) - len(folded)) <= 2}
        if len(found) == 1:
            return found.pop(), 0.9
    return shown(text), 1.0


@lru_cache(maxsize=50_000)
def shown(text: str) -> str:
    """A maker's name as people read it: single spaces, no legal form at the end, capitals as written."""
    words = " ".join(text.replace(",", " ").split()).split(" ")
    while len(words) > 1 and (fold(words[-1]) in _LEGAL or not fold(words[-1])):
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=100_000)
def same_key(name: str) -> str:
    """Key under which makers are found: folded, without words of trade at the end ("Systems", "Medical")."""
    words = fold_maker(name).split()
    while len(words) > 1 and words[-1] in _TRADE:
        words.pop()
    return " ".join(words)


def related(one: str, other: str, makers: Makers) -> float:
    """Probability that products of equal name under two makers (normal forms) are the same product; 0 unrelated."""
    if fold_maker(one) == fold_maker(other):
        return 1.0
    if same_key(one) == same_key(other):
        return STEM
    return max(
        (tie.probability for tie in makers.ties.get(one, ()) if same_key(tie.other) == same_key(other)), default=0.0
    )


def reachable(name: str, makers: Makers) -> dict[str, float]:
    """Keys of all makers that a name may stand on: itself with 1, and its ties with their probability."""
    found = {same_key(name): 1.0}
    for tie in makers.ties.get(name, ()):
        key = same_key(tie.other)
        found[key] = max(found.get(key, 0.0), tie.probability)
    return found
