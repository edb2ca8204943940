"""The mark beside an answer that Hygie wrote into a workbook: by it a reader knows what stood there.

What comes in: a person's word and the readings that gave it. What goes out: a short text that any spreadsheet keeps,
whatever its language: three hashes (of what the word is about, of the answer with its note, of the signature), then
the readings, the one whose word stands first. A mark on a row about something else says nothing: rows are copied.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from hygie.names.fields import clean

WITHDRAWN = "withdrawn:"
"""Before what a withdrawal is about."""

_FORM = re.compile(r"([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{8})((?: R[0-9A-Z]{1,30}){1,50})", re.ASCII)
_MOST = 50
"""Readings that a mark names."""


class Mark(NamedTuple):
    """What stood in a row when it was written out."""

    about: str
    word: str
    signature: str
    readings: tuple[str, ...]
    """That gave the words that were known; first the one whose word stood there."""

    def of(self, about: str) -> bool:
        """Whether the mark was written for this."""
        return self.about == _hash(about)

    def says(self, answer: str, note: str) -> bool:
        """Whether this is the answer that stood there."""
        return self.word == _hash(answer, note)

    def signed(self, who: str, when: str) -> bool:
        """Whether this is the signature that stood there."""
        return self.signature == _hash(who, when)


def write(about: str, word: tuple[str, str, str, str], readings: Iterable[str]) -> str:
    """The mark of a word (answer, note, who, when) about something."""
    answer, note, who, when = word
    named = list(dict.fromkeys(readings))[:_MOST]
    return " ".join(("-".join((_hash(about), _hash(answer, note), _hash(who, when))), *named))


def read(text: str) -> Mark | None:
    """The mark that a text is; None for another text."""
    found = _FORM.fullmatch(clean(text))
    return Mark(found[1], found[2], found[3], tuple(found[4].split())) if found else None


def _hash(*parts: str) -> str:
    return hashlib.blake2s("\x1f".join(map(clean, parts)).encode("utf-8", "replace"), digest_size=4).hexdigest()
