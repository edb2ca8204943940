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

from rapidfuzz import fuzz, process

_LEGAL = frozenset(
    "sas sa sarl eurl sasu snc gmbh ag kg kgaa co ltd limited inc incorporated corp corporation company llc llp lp plc"
    " bv nv ab oy oyj as aps spa srl sro pty pvt kk se sl slu ou doo zrt kft holding holdings group groupe"
    " gruppe international cokg mbh france deutschland germany usa us europe".split()
)
_TRADE = frozenset(
    "system systems medical medicale healthcare health sante imaging diagnostics diagnostic technologies technology"
    " devices instruments solutions biomedical medtech electronics".split()
)
"""Words of trade that are often left out of a maker's name."""
_SYMBOLS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "&": " ", "+": " ", "'": "", "’": ""}
)
_MARKS = re.compile(r"[®™©]|â„¢|Â®|Â©|â\u0084¢|\((?:r|tm|c)\)")
_SPACES = re.compile(r"[^a-z0-9]+")
_DOTS = re.compile(r"\b(?:[a-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Tie:
    """How one maker hangs together with another."""

    other: str
    kind: str
    """brand, merger, division, spin-off."""
    probability: float
    """That a product of the same name is the same product."""


@dataclass(frozen=True, slots=True)
class Makers:
    """Spellings and ties."""

    spellings: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Folded text -> normal form and probability that it is meant."""
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)
    """Normal form -> its ties, both ways."""
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """First letter -> folded texts: where typing errors are looked for; empty = in all."""


NONE = Makers()

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
    normal form (without its legal form) with probability 1. "" gives ("", 0).
    """
    folded = fold_maker(text)
    if not folded:
        return "", 0.0
    known = makers.spellings.get(folded) or makers.spellings.get(fold(text))
    if known:
        return known
    return _alike(text, folded, makers)


def _alike(text: str, folded: str, makers: Makers) -> tuple[str, float]:
    """The one maker that the text resembles (a typing error), else the text itself."""
    if len(folded) >= 6:
        known = makers.letters.get(folded[0], ()) if makers.letters else makers.spellings.keys()
        near = process.extract(folded, known, scorer=fuzz.ratio, score_cutoff=91, limit=4)
        found = {makers.spellings[spelling][0] for spelling, _, _ in near if abs(len(spelling) - len(folded)) <= 2}
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
