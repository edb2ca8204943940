"""Which of the versions that are said of a device are its own, and which of them contradict each other.

What comes in: the statements about one device, its make and product. What goes out: the statements without versions
that are said of another thing; the versions that speak against the one that wins.

A version is said of another thing where it stands together (same packet, same line of a table) with a maker or a model
that is not the device's: an image that a scanner passes on bears the version of the machine that took it.
"""

from collections.abc import Callable, Iterable

from rapidfuzz.fuzz import token_set_ratio

from hygie.model.evidence import Evidence, Reading, Speaker, Trait
from hygie.names.product import LIKELY, similarity
from hygie.register import keys
from hygie.register.fold import Weights
from hygie.register.naming import Naming, version
from hygie.register.subjects import Said, line

VERSIONS = (Trait.VERSION, Trait.FIRMWARE)
_ALIKE = 85
"""From this share of common words on, 0 to 100, two models are written alike."""
_SURE = 0.5
"""A reader's confidence from which on a statement counts against another."""


def own(said: Said, make: str, product: str, naming: Naming) -> tuple[Said, list[Evidence]]:
    """The statements without the versions that are said of something else, and those of them that may be meant all the
    same: a model may have two names, a maker is another one."""
    if not any(trait in said for trait in VERSIONS):
        return said, []
    makers = _foreign(said.get(Trait.MANUFACTURER, ()), lambda told: bool(make) and not naming.same(told, make))
    models = _foreign(said.get(Trait.PRODUCT, ()), lambda told: bool(product) and not same_product(told, product))
    foreign = makers | models
    if not foreign:
        return said, []
    kept = dict(said)
    for trait in VERSIONS:
        left = [e for e in said.get(trait, ()) if _spot(e) not in foreign]
        kept.pop(trait, None)
        if left:
            kept[trait] = left
    return kept, [e for e in said.get(Trait.VERSION, ()) if _spot(e) in models - makers]


def _foreign(said: Iterable[Evidence], differs: Callable[[str], bool]) -> set[tuple[str, str]]:
    """Where something else is named."""
    return {_spot(e) for e in said if differs(e.value)}


def _spot(e: Evidence) -> tuple[str, str]:
    """What is said together: reading and line of a table, else reading and place."""
    return e.reading, line(e.place) or e.place


def same_product(one: str, other: str) -> bool:
    """Two names of models that do not speak against each other."""
    if keys.compact(one) == keys.compact(other) or similarity(one, other) >= LIKELY:
        return True
    return token_set_ratio(keys.folded(one), keys.folded(other)) >= _ALIKE


def same_version(one: str, other: str) -> bool:
    """Equal, or one continues the other: "3.2" says no other thing than "3.2.1"."""
    short, long = sorted((version(one).casefold(), version(other).casefold()), key=len)
    return long == short or (long.startswith(short) and not long[len(short)].isdigit())


def contested(said: Said, doubted: Iterable[Evidence], weights: Weights) -> tuple[str, ...]:
    """Versions of other sources that speak against the one that wins, in alphabetical order; none against a person."""
    told = said.get(Trait.VERSION, [])
    best = weights.best(told) if told else None
    if best is None or weights.readings[best.reading].speaker is Speaker.PERSON:
        return ()
    mine = weights.readings[best.reading]
    others = [e for e in (*told, *doubted) if e.confidence >= _SURE and _other(mine, weights.readings[e.reading])]
    return tuple(sorted({version(e.value) for e in others if not same_version(best.value, e.value)}))


def _other(mine: Reading, theirs: Reading) -> bool:
    """Another source; of captures and the like, which add up, the newer simply is the newer."""
    return mine.source != theirs.source or theirs.snapshot
