"""The order of versions as medical makers write them: numbers, letters, builds, service packs.

A text becomes numbers and words. Two versions are compared at the first place where they differ; where a number would
stand against a letter, or two different product lines against each other (B. Braun's U61 and L81), the answer is None.
"1.2" and "1.2.0" are equal; "1.2rc1" is before "1.2"; "1.2 SP1" and "1.2a" are after it; "1.2 build 7" is some "1.2".
"2.03" against "2.1" is None: it may be a decimal number or a list of numbers.
"""

import re
from functools import lru_cache
from typing import NamedTuple

BEFORE = {"dev": -6, "snapshot": -6, "alpha": -5, "beta": -4, "pre": -3, "preview": -3, "rc": -2, "cr": -2}
"""Words that come before the version that they qualify, in their order."""

AFTER = frozenset({"sp", "sr", "hf", "hotfixrev", "patch", "p", "pl", "upd", "u", "fp", "mp"})
"""Words that come after the version that they qualify: service packs, fixes, updates."""

SAME = frozenset({"build", "b"})
"""Words that qualify a version without saying before or after."""

_SYNONYMS = (
    (re.compile(r"service[ ._-]*(?:pack|release)"), "sp"),
    (re.compile(r"hot[ ._-]*fix(?!rev)"), "hf"),
    (re.compile(r"update"), "upd"),
    (re.compile(r"feature[ ._-]*pack"), "fp"),
    (re.compile(r"maintenance[ ._-]*pack"), "mp"),
    (re.compile(r"\bbuild[ ._-]*(?:nr|no|number)\b"), "build"),
    (re.compile(r"\bbuild(?=\d)"), "build "),
)
_LEAD = re.compile(
    r"^(?:(?:software|firmware|version|release|revision|ver|sw|fw|rev|rel|v)\b[ .:_#-]*|v(?=[.\d]))+", re.ASCII
)
_ALLOWED = re.compile(r"[0-9a-z ._+()#:/,~-]+", re.ASCII)
_PIECE = re.compile(r"\d+|[a-z]+", re.ASCII)
_HASH = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{7,40}\b")
_CLEAN = re.compile(r"v?\d{1,18}(?:\.\d{1,18})*", re.ASCII)
_LONGEST = 80
_MOST = 14


class Token(NamedTuple):
    """One piece of a version."""

    number: int
    """-1 for a word."""
    word: str
    """"" for a number."""
    glued: bool
    """No separator before it."""
    width: int
    """Digits written; letters of a word."""


@lru_cache(maxsize=200_000)
def parse(text: str) -> tuple[Token, ...] | None:
    """Pieces of a version text; None where it is not one (a sentence, a wildcard, nothing)."""
    low = text.strip().lower()
    if not low or len(low) > _LONGEST or not _ALLOWED.fullmatch(low):
        return None
    low = _LEAD.sub("", low)
    hashes = _HASH.findall(low)
    for pattern, short in _SYNONYMS:
        low = pattern.sub(short, low)
    tokens = _without_trailing_zeros([_token(low, piece) for piece in _PIECE.finditer(low)])
    if hashes:
        tokens = [*_before_hash(low, hashes[0]), Token(-1, "#" + hashes[0], False, 0)]
    return tuple(tokens) if _is_version(tokens) else None


def _token(text: str, piece: re.Match[str]) -> Token:
    """One piece with what stands before it."""
    value = piece.group()
    start = piece.start()
    glued = start > 0 and text[start - 1].isalnum()
    if value.isdigit():
        return Token(int(value), "", glued, len(value))
    return Token(-1, value, glued, len(value))


def _before_hash(text: str, digest: str) -> list[Token]:
    """Pieces that stand before a commit hash."""
    head = text.partition(digest)[0]
    return _without_trailing_zeros([_token(head, piece) for piece in _PIECE.finditer(head)])


def _without_trailing_zeros(tokens: list[Token]) -> list[Token]:
    """Drops zeros at the end of versions of numbers (2.0.0 is 2); before a word they stay (3.0 D15 is before 3.1)."""
    start = 0
    while start < len(tokens) and tokens[start].word:
        start += 1
    if any(token.word for token in tokens[start:]):
        return tokens
    last = len(tokens)
    while last - 1 > start and tokens[last - 1].number == 0:
        last -= 1
    return tokens[:last]


def _is_version(tokens: list[Token]) -> bool:
    """A version has a digit or is one letter, few pieces, and at most one long word that is not known."""
    if not tokens or len(tokens) > _MOST or any(token.width > 18 for token in tokens):
        return False
    words = [token.word for token in tokens if token.word]
    unknown = [word for word in words if len(word) > 3 and word not in BEFORE and word not in AFTER | SAME]
    unknown = [word for word in unknown if not word.startswith("#")]
    if len(unknown) > 1:
        return False
    return len(words) < len(tokens) or (len(tokens) == 1 and tokens[0].width <= 1)


def _decimals(tokens: tuple[Token, ...]) -> bool:
    """Exactly two numbers and nothing else: may be a decimal number."""
    return len(tokens) == 2 and not tokens[0].word and not tokens[1].word


@lru_cache(maxsize=500_000)
def compare(one: str, other: str) -> int | None:
    """-1, 0, 1 as `one` is before, equal to, after `other`; None where that cannot be said."""
    left, right = parse(one), parse(other)
    if left is None or right is None:
        return None
    for place in range(max(len(left), len(right))):
        a = left[place] if place < len(left) else None
        b = right[place] if place < len(right) else None
        if a is not None and b is not None:
            if (a.number, a.word) == (b.number, b.word):
                continue
            if (a.number == 0 and b.word) or (b.number == 0 and a.word):
                return _padded(left, right, place)
            return _differ(left, right, place)
        rest = _after_zeros(right if a is None else left, place)
        if rest is None:
            return 0
        return _ended(rest) if a is None else _negative(_ended(rest))
    return 0


def _padded(left: tuple[Token, ...], right: tuple[Token, ...], place: int) -> int | None:
    """One goes on with zeros where the other has a word: 2.0rc1 and 2rc1."""
    skipped, other = (left, right) if left[place].number == 0 else (right, left)
    rest = _after_zeros(skipped, place)
    if rest is None:
        sign = _ended(other[place])
    else:
        sign = 1 if rest.number > 0 and other[place].word in BEFORE else None
    return sign if skipped is left else _negative(sign)


def _after_zeros(tokens: tuple[Token, ...], place: int) -> Token | None:
    """The first piece from `place` on that is no zero of the leading numbers; None at the end."""
    while place < len(tokens) and tokens[place].number == 0 and not tokens[place - 1].word:
        place += 1
    return tokens[place] if place < len(tokens) else None


def _negative(sign: int | None) -> int | None:
    """The answer for the operands exchanged."""
    return None if sign is None else -sign


def _ended(rest: Token | None) -> int | None:
    """One version has ended, the other goes on with `rest`: sign for the ended one."""
    if rest is None or not rest.word or rest.word in AFTER:
        return -1
    if rest.word in BEFORE:
        return 1
    if rest.glued and len(rest.word) <= 2:
        return -1
    return None


def _differ(left: tuple[Token, ...], right: tuple[Token, ...], place: int) -> int | None:
    """Sign at the first place where both go on and differ."""
    a, b = left[place], right[place]
    if not a.word and not b.word:
        return _numbers(left, right, place)
    if a.word in BEFORE or b.word in BEFORE:
        return _sign(BEFORE.get(a.word, 0), BEFORE.get(b.word, 0))
    if not a.word or not b.word or _after(left, place) or _after(right, place):
        return None
    if place == 0:
        return _lines(left, right)
    ends = _ends(left, place) and _ends(right, place)
    return _sign(a.word, b.word) if a.glued and b.glued and max(a.width, b.width) <= 2 and ends else None


def _after(tokens: tuple[Token, ...], place: int) -> bool:
    """The word says "after"; one letter only with a number behind it (9.2p1, 8u202), else it is a letter (1.0.2u)."""
    if tokens[place].word not in AFTER:
        return False
    return tokens[place].width > 1 or (place + 1 < len(tokens) and not tokens[place + 1].word)


def _ends(tokens: tuple[Token, ...], place: int) -> bool:
    """The letter is not followed by a digit glued to it (10A3 and 10B1 may be two lines of product)."""
    return place + 1 >= len(tokens) or not tokens[place + 1].glued


def _numbers(left: tuple[Token, ...], right: tuple[Token, ...], place: int) -> int | None:
    """Sign of two numbers; None where reading them as decimals says otherwise and a zero leads one of them."""
    a, b = left[place], right[place]
    sign = _sign(a.number, b.number)
    if place == 1 and _decimals(left) and _decimals(right) and a.width != b.width and _leads(a, b):
        as_decimals = _sign(str(a.number).rjust(a.width, "0"), str(b.number).rjust(b.width, "0"))
        return sign if as_decimals == sign else None
    return sign


def _leads(a: Token, b: Token) -> bool:
    """A zero leads one of the numbers."""
    return a.width > len(str(a.number)) or b.width > len(str(b.number))


def _lines(left: tuple[Token, ...], right: tuple[Token, ...]) -> int | None:
    """Sign of two leading words: revision letters standing alone (B.06, C.00) or VA1 and VB2; else different lines."""
    a, b = left[0], right[0]
    alone = _ends(left, 0) and _ends(right, 0)
    if a.width == b.width == 1:
        return _sign(a.word, b.word) if alone else None
    if a.width == b.width and a.word[:-1] == b.word[:-1] and not alone:
        return _sign(a.word, b.word)
    return None


def _sign(a: int | str, b: int | str) -> int:
    """-1, 0, 1."""
    return (a > b) - (a < b)  # type: ignore[operator]


@lru_cache(maxsize=200_000)
def key(text: str) -> tuple[int, ...] | None:
    """A sort key for versions of numbers alone, whose order is total; None for all others (use `compare`)."""
    low = text.strip().lower()
    if not _CLEAN.fullmatch(low):
        return None
    written = low.removeprefix("v").split(".")
    if len(written) == 2 and len(written[1]) > 1 and written[1].startswith("0"):
        return None
    numbers = [int(part) for part in written]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
