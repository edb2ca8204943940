"""Names that may mean the same product in another writing: enough for a question, never for "the same".

An inventory glues, parts and shortens what an advisory writes in full: "EPIQ7G", "MISEQ DX" (MiSeqDx Operating
Software), "CX50" (Ultrasound CX), "OPTIMA 660" (Optima CT660), "SENOGRAPHE" (Seno), "CVSM". Each text is brought to the
writing of the other, and only then compared as `product.similarity` does. What such a likeness is worth is one
probability, `KIN`, below that of equal names: it is told as possible, with the question whether it is this product.
"""

import re
from functools import lru_cache
from itertools import pairwise
from itertools import product as product_of

from hygie.names import product
from hygie.names.maker import fold

KIN = 0.76
"""Probability of every likeness found here."""

_DESIGNATIONS = frozenset(
    "telemetrie cardiotocographe lecteur glycemie glucometre centrale station surveillance programmateur lit bistouri "
    "automate arceau mammographe mobile sequenceur cytometre console ensemble module de du d".split()
)
"""Words that say what a thing is, as French inventories put them before its name."""

_IN_FULL = {
    "iscv": "intellispace cardiovascular",
    "piic ix": "patient information center ix",
    "asena": "alaris",
}
"""Names that their makers shorten by no rule, or gave before -> in full.

Source: Philips' own names of the IntelliVue/Patient Information Center iX; IVAC, later Alaris, for its Asena pumps.
"""
_SHORTENED = re.compile(rf"\b(?:{'|'.join(_IN_FULL)})\b")
_WORD = re.compile(r"[a-z0-9]+")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_GLUED = re.compile(r"\b([a-z]{4,})(?=\d+[a-z]?\b)")
_PARTED = re.compile(r"\b([a-z]{2,3})[ -](\d+[a-z]{1,2})\b")
_BELONGS = re.compile(r"\b[a-z]{2,3}[ -]$")
_DIGITS = re.compile(r"\d+")
_WILD = re.compile(r"\dx+\d", re.IGNORECASE)
_FIELD = re.compile(r"\b(\d(?:\.[1-9])?)(?:\.0)? ?t\b")
_RELEASE = re.compile(r"\s+(?:v|[a-z]\.)?\d+\.\d+(?:\.\d+)*$|\s+[a-z]\.\d+$|\s+v\d{1,2}$")
_SIDE = re.compile(r"/|\band\b|\bet\b", re.IGNORECASE)
_PART_OF = re.compile(r"^(\w{4,})\b.*\bmodules? (?:of|in|for) the \w+", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)?")
_TAIL = re.compile(r"([a-z]*\d{2,})([a-z]{1,3})")
_BARE = re.compile(r"([a-z]{1,4})(\d{2,})[a-z]?")
_ARTICLE = re.compile(r"[a-z]{2,4}\d{4,}[a-z]?")
"""A number of a catalogue: letters and at least four digits."""
LONGEST = 300
"""Characters of a name that is compared here."""
_SHORT = 5
"""Words of a name with a number, as inventories write it; one more without."""
_MOST = 12
"""Readings of one text that are compared."""


@lru_cache(maxsize=100_000)
def keys(text: str) -> frozenset[str]:
    """What a text can be found by in another writing: beginnings of words, runs of digits, short words, initials."""
    found: set[str] = set()
    for reading in readings(text) if len(text) <= LONGEST else ():
        words = [word for word in _WORD.findall(reading) if not product.is_idle(word)]
        for word in (*words, *(one + other for one, other in pairwise(words))):
            letters = re.match(r"[a-z]*", word).group()  # type: ignore[union-attr]
            found.add("^" + letters[:4] if len(letters) >= 4 else "~" + letters)
            found.update("#" + digits for digits in re.findall(r"\d{3,}", word))
            found.update([word] if len(letters) < len(word) else [])
        found.update("=" + one for one in ("".join(words), *initials(text)) if 2 <= len(one) <= 8)
    return frozenset(found - {"~"})


@lru_cache(maxsize=200_000)
def likeness(one: str, other: str, makers: str = "") -> float:
    """`KIN` where one text may be another writing of the other, else 0. Symmetric. `makers`: words to leave out."""
    if len(one) > LONGEST or len(other) > LONGEST or not (brief(one) or brief(other)):
        return 0.0
    if _numbered_apart(one, other) or product.left_out(one, other):
        return 0.0
    if _initialled(one, other, makers) or _initialled(other, one, makers):
        return KIN
    if not keys(one) & keys(other):
        return 0.0
    written = (product.plain(one), product.plain(other))
    for left in (*readings(one), *([] if _DIGITS.search(other) else _unreleased(one))):
        for right in (*readings(other), *([] if _DIGITS.search(one) else _unreleased(other))):
            if _alike(left, right, makers, written):
                return KIN
    return 0.0


@lru_cache(maxsize=100_000)
def brief(text: str) -> bool:
    """As short as inventories write: two long names that differ are two products of one catalogue."""
    return len(_WORD.findall(text.lower())) <= (_SHORT if _DIGITS.search(text) else _SHORT + 1)


@lru_cache(maxsize=200_000)
def _numbered_apart(one: str, other: str) -> bool:
    """Both have numbers, and none in common: then no other writing makes them one."""
    if _WILD.search(one) or _WILD.search(other):
        return False
    bare = (_PARENTHESES.sub(" ", one), _PARENTHESES.sub(" ", other))
    numbers = [(set(_DIGITS.findall(a)), set(_DIGITS.findall(b))) for a, b in ((one, other), bare)]
    return all(mine and theirs and not mine & theirs for mine, theirs in numbers)


def initials(text: str) -> tuple[str, str]:
    """First letters of its humps, and of its words with the shortest whole; parentheses left out.

    "Alaris Gateway Workstation" is agw, "IntelliSpace Portal" isp, "Philips IntelliVue Information Center iX" piicix.
    """
    bare = _PARENTHESES.sub(" ", text)
    words = [word for word in fold(bare).split() if word.isalpha()]
    humps = "".join(hump[0] for hump in _HUMP.findall(bare)).lower()
    return humps, "".join(word if len(word) <= 2 else word[0] for word in words)


def _initialled(short: str, long: str, makers: str) -> bool:
    """The short text is the initials of the long one, or of what follows the maker's name in it."""
    joined = product.name(short, makers).joined
    if not 2 <= len(joined) <= 8 or len(fold(long)) <= len(joined) + 2:
        return False
    known = frozenset(fold(makers).split())
    rest = " ".join(word for word in _PARENTHESES.sub(" ", long).split() if fold(word) not in known)
    return joined in (*initials(long), *initials(rest))


@lru_cache(maxsize=50_000)
def readings(text: str) -> tuple[str, ...]:
    """A text's readings in plain lower case: whole, one side of "and" and "/" between words, the line alone."""
    found: list[str] = []
    for whole in product.alternatives(text):
        parts = [] if _DIGITS.search(whole) else [part for part in _SIDE.split(whole) if _tells(part)]
        line = _PART_OF.match(whole)
        found += [whole, *(parts if len(parts) > 1 else ()), *((line.group(1),) if line else ())]
    return tuple(dict.fromkeys(plain(one) for one in found))[:_MOST]


def _unreleased(text: str) -> list[str]:
    """The text without the release at its end, where something remains: "AW 4.6" is AW."""
    low = plain(text)
    bare = _RELEASE.sub("", low)
    return [bare] if bare != low and _WORD.search(bare) else []


def plain(text: str) -> str:
    """Lower case without accents; glued numbers apart, parted ones together, the designation before it left out."""
    low = product.plain(text)
    low = _FIELD.sub(r"\1t", low)
    low = _SHORTENED.sub(lambda found: _IN_FULL[found.group()], low)
    low = _GLUED.sub(r"\1 ", low)
    low = _PARTED.sub(lambda found: found.group() if product.is_idle(found[1]) else found[1] + found[2], low)
    words = low.split()
    first = next((place for place, word in enumerate(words) if word not in _DESIGNATIONS), 0)
    return " ".join(words[first:])


def _tells(text: str) -> bool:
    """It holds a word of four letters or more that names a product."""
    return any(len(word) >= 4 and not word.isdigit() for word in product.name(text).words)


def _alike(left: str, right: str, makers: str, written: tuple[str, str]) -> bool:
    """Two readings, each brought to the writing of the other; `written`: the texts that were compared before."""
    one, other = _brought(left, right), _brought(right, left)
    if (one, other) != written and product.similarity(one, other, makers, makers) >= product.LIKELY:
        return True
    a, b = product.name(one, makers), product.name(other, makers)
    return any(rule(*pair) for rule in (_of_line, _says_less, _numbered, _catalogued) for pair in ((a, b), (b, a)))


def _brought(text: str, to: str) -> str:
    """The text with its words as the other one writes them."""
    theirs = _words(to)
    words = _WORD.findall(text)
    for one, other in pairwise(words):
        if one + other in theirs and len(one + other) >= 5:
            text = re.sub(rf"\b{one}[^a-z0-9]+{other}\b", one + other, text)
    text = _abbreviated(text, theirs)
    kindred = any(len(word) >= 2 and not product.is_idle(word) for word in theirs.intersection(_WORD.findall(text)))

    def same(found: re.Match[str]) -> str:
        alone = kindred and not _BELONGS.search(text[: found.start()])  # the number of "IGS 320" is that of IGS
        return _word(found.group(), theirs, alone)

    return _WORD.sub(same, text)


@lru_cache(maxsize=100_000)
def _words(text: str) -> frozenset[str]:
    """Its words and numbers."""
    return frozenset(_WORD.findall(text))


def _abbreviated(text: str, theirs: frozenset[str]) -> str:
    """Words whose initials the other text holds as a word, put together: "vital signs monitor" is "vsm", "pc unit",
    with its shortest word whole, "pcu"."""
    words = _WORD.findall(text)
    for short in sorted(word for word in theirs if 3 <= len(word) <= 5 and word.isalpha() and word not in words):
        for start, size in product_of(range(len(words)), range(2, len(short) + 1)):
            run = words[start : start + size]
            told = all(len(word) >= 4 or len(word) == 2 for word in run) and len(run) == size
            if told and "".join(word if len(word) == 2 else word[0] for word in run) == short:
                return re.sub(r"\b" + r"[^a-z0-9]+".join(run) + r"\b", short, text)
    return text


def _word(word: str, theirs: frozenset[str], kindred: bool) -> str:
    """A word as the other text has it: whole for its beginning, with the letters before or behind its number.

    `kindred`: the texts share another word; else only the last letter, and letters behind a number, may be missing.
    """
    if word in theirs:
        return word
    for other in sorted(other for other in theirs if word in other):
        whole = word.isalpha() and len(word) >= 4 and other.isalpha() and other.startswith(word)
        whole = whole and (kindred or len(other) == len(word) + 1)
        tail = _TAIL.fullmatch(other)
        head = _BARE.fullmatch(other) if kindred else None
        if whole or (tail and tail.group(1) == word and len(word) >= 3) or (head and head.group(2) == word):
            return other
    return word


def _of_line(line: product.Name, member: product.Name) -> bool:
    """A lone short word ("CX"), or the last one of a name ("Brilliance iCT"), begins the other's model ("CX50")."""
    if line.models or line.spans:
        return False
    last = line.folded.split()[-1:]
    short = {word for word in line.words if 2 <= len(word) <= 3 and len(line.words) == 1}
    short |= {word for word in last if len(word) == 3 and word in line.words}
    heads = {re.match(r"[a-z]*", model).group() for model in member.models}  # type: ignore[union-attr]
    return bool(short & heads)


def _numbered(number: product.Name, named: product.Name) -> bool:
    """A catalogue number alone, which the other holds beside its name: "718095" (Pulsera (718095))."""
    lone = not number.words and len(number.models) == 1 and all(len(model) >= 5 for model in number.models)
    return lone and number.models <= named.models


def _catalogued(one: product.Name, other: product.Name) -> bool:
    """One number of the catalogue and no other: "Merlin@home EX1150" (RF models EX1150)."""
    return one.models == other.models and len(one.models) == 1 and all(_ARTICLE.fullmatch(m) for m in one.models)


def _says_less(less: product.Name, more: product.Name) -> bool:
    """All that one says, the other says too, a telling word among it: "CardioMessenger" (CardioMessenger II-S GSM)."""
    if less.spans or not less.models <= more.models:
        return False
    return less.words < more.words and any(len(word) >= 5 for word in less.words)
