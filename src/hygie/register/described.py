"""A version that a device tells in a free description of itself (SNMP sysDescr, LLDP).

What comes in: the statements about one device, its product. What goes out: statements of its software version at the
description's own place, so that `why` leads there; raw holds the whole description.

"Aldebert Medical Zephyr 5, software 4.2.1" gives 4.2.1 for the product "Zéphyr 5": what follows the product's own name.
Where the description does not name the product, only what follows the word "version" or "software" counts, and less.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from hygie.model.evidence import Evidence, Trait
from hygie.register.subjects import Said

NAMED, WORDED = 0.85, 0.6
"""Confidence: behind the product's name; behind a word for version alone."""

_WORD = r"(?:software|firmware|version|release|build|ver|rel|rev|sw|fw|v)"
_NUMBER = r"v?(?P<version>\d[\w.()\-]*)"
_WORDED = re.compile(rf"\b(?:version|software|firmware|release)\b[\s.:,]*{_NUMBER}")
_LONGEST = 1000
"""Characters of a description that are looked at."""


def versions(said: Said, product: str) -> list[Evidence]:
    """Software versions that the device's descriptions tell."""
    found = []
    for trait in (Trait.SNMP_DESCRIPTION, Trait.LLDP_DESCRIPTION):
        for e in said.get(trait, ()):
            version, confidence = _version(e.value[:_LONGEST], product)
            if version:
                sure = round(e.confidence * confidence, 3)
                found.append(replace(e, trait=Trait.VERSION, value=version, raw=e.value, confidence=sure))
    return found


def _version(text: str, product: str) -> tuple[str, float]:
    plain = _plain(text)
    words = re.findall(r"[^\W_]+", _plain(product))
    behind = _behind(tuple(words)).search(plain) if words else None
    if behind is not None:
        return _trimmed(behind["version"]), NAMED
    worded = _WORDED.search(plain)
    return (_trimmed(worded["version"]), WORDED) if worded else ("", 0.0)


@lru_cache(maxsize=4096)
def _behind(words: tuple[str, ...]) -> re.Pattern[str]:
    """What follows these words, with words for version and signs between."""
    name = r"[\W_]+".join(re.escape(word) for word in words)
    return re.compile(rf"\b{name}\b[\s,;:/-]*(?:{_WORD}\b[\s.:,]*){{0,3}}{_NUMBER}")


def _trimmed(version: str) -> str:
    return version.rstrip(".-(").removesuffix(")") if version.count("(") < version.count(")") else version.rstrip(".-(")


def _plain(text: str) -> str:
    """Lower case without accents; signs kept."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
