"""Names that are misspelt, glued, or count in the other figures: enough for a question, never for "the same".

An inventory is typed by hand: "INTELIVUE MP70" (IntelliVue), "LOGIC E9" (LOGIQ), "ACCUCHEK INFORM 2" (Accu-Chek
Inform II), "INTELLIVUEMX700". Words of six letters and more are taken for another's where one letter differs, of nine
and more where two do, and of five where both sound alike; the first letter must agree, for it tells products of one
catalogue apart ("XScribe", "HScribe"). Each text is brought to the other's spelling and then compared as ever, so that
numbers, variants and what a text leaves out keep their say. What is found here is worth `KIN`: a person is asked.

Candidates are found by keys: the consonants of a word as it sounds, and the same with one of them left out, so that two
words which differ by one letter share a key and no list of all pairs is needed.
"""

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from hygie.names import kin, product

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST, _ONE, _TWO = 5, 6, 9
"""Letters of a word that is compared at all, of the longer one that may differ by one, of the shorter one by two."""
_ROMAN = {"2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi", "7": "vii", "8": "viii"}
_COUNTED = re.compile(r"([2-8])([a-z]?)")
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("ck|qu?|c"), "k"),
    (re.compile("oe|ae"), "e"),
    (re.compile("(?<=.)h"), ""),
    (re.compile("y"), "i"),
    (re.compile("z"), "s"),
    (re.compile("w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=.)e$"), ""),
)
_VOWELS = re.compile("[aeiou]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A lower-case word as it sounds: "logiq" and "logic" are one, "phoenix" and "phenix" too."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=100_000)
def keys(text: str) -> frozenset[str]:
    """What a text is found by however one letter of a word is written."""
    found: set[str] = set()
    for word in _named(kin.plain(text)) if len(text) <= kin.LONGEST else ():
        heard = sound(word)
        bones = heard[:1] + _TWICE.sub(r"\1", _VOWELS.sub("", heard[1:]))
        found.add("≈" + bones)
        found.update("≈" + bones[:place] + bones[place + 1 :] for place in range(1, len(bones)) if len(bones) > 3)
    return frozenset(found)


def _named(text: str) -> list[str]:
    """Its words that may be misspelt, those of two neighbours in one too."""
    words = [word for word in _WORD.findall(text) if word.isalpha()]
    joined = [one + other for one, other in pairwise(words)]
    return [word for word in (*words, *joined) if len(word) >= _SHORTEST and not product.is_idle(word)]


@lru_cache(maxsize=200_000)
def near(one: str, other: str) -> bool:
    """One word may be the other misspelt. Symmetric."""
    short, long = sorted((len(one), len(other)))
    if short < _SHORTEST or sound(one)[:1] != sound(other)[:1]:
        return False
    if sound(one) == sound(other):
        return True
    allowed = 0 if long < _ONE else 1 if short < _TWO else 2
    return bool(OSA.distance(one, other, score_cutoff=allowed) <= allowed)


def likeness(one: str, other: str, makers: str = "") -> float:
    """`KIN` where one text, brought to the spelling of the other, names the same, else 0. Symmetric."""
    if len(one) > kin.LONGEST or len(other) > kin.LONGEST or not (kin.brief(one) or kin.brief(other)):
        return 0.0
    left, right = kin.plain(one), kin.plain(other)
    for ours, theirs in ((left, right), (right, left)):
        brought = written(ours, theirs)
        if brought != ours and _alike(brought, theirs, makers):
            return kin.KIN
    return 0.0


def _alike(one: str, other: str, makers: str) -> bool:
    """The texts name the same now, as they stand or in another writing."""
    return product.similarity(one, other, makers, makers) >= product.LIKELY or kin.likeness(one, other, makers) > 0.0


@lru_cache(maxsize=100_000)
def written(text: str, to: str) -> str:
    """A text (lower case) with numbers and words as the other writes them."""
    for number, letter in _COUNTED.findall(" ".join(word for word in _WORD.findall(to) if _COUNTED.fullmatch(word))):
        text = re.sub(rf"\b{_ROMAN[number]}{f'[ -]?{letter}' if letter else ''}\b", number + letter, text)
    theirs = list(dict.fromkeys(_named(to)))
    known = frozenset(_WORD.findall(to))
    for one, other in pairwise(_WORD.findall(text)):
        found = _nearest(one + other, theirs) if not {one, other} & known and (one + other).isalpha() else ""
        if found:
            text = re.sub(rf"\b{one}[^a-z0-9]+{other}\b", found, text)
    for other in (one for one in theirs if one in known):
        text = re.sub(rf"\b{other}([a-z]{{0,3}}) ?(\d+[a-z]?)\b", rf"{other} \1\2", text)
    return _WORD.sub(lambda match: _spelt(match.group(), theirs, known), text)


def _spelt(word: str, theirs: list[str], known: frozenset[str]) -> str:
    """One word as the other text has it: parted from what is glued to it, or with its letters put right."""
    if word in known:
        return word
    for other in sorted(theirs, key=len, reverse=True):
        rest = word.removeprefix(other)
        if other in known and rest != word and rest in known:
            return f"{other} {rest}"
    return (_nearest(word, theirs) or word) if word.isalpha() else word


def _nearest(word: str, theirs: list[str]) -> str:
    """The word of theirs that it may be, the closest; "" none."""
    if product.is_idle(word):
        return ""
    found = [other for other in theirs if near(word, other)]
    return min(found, key=lambda other: (OSA.distance(word, other), other), default="")
