"""What a device tells in a free description of itself (SNMP sysDescr, LLDP): its version; its maker and product too,
where no other source names them and the description has a form that facts know.

What comes in: the statements about one device, its product. What goes out: statements at the description's own place,
so that `why` leads there; raw holds the whole description.

"Aldebert Medical Zephyr 5, software 4.2.1" gives 4.2.1 for the product "Zéphyr 5": what follows the product's own name.
Where the description does not name the product, only what follows the word "version" or "software" counts, and less.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from hygie.facts.descriptions import told
from hygie.model.evidence import Evidence, Trait
from hygie.register.subjects import Said

NAMED, WORDED = 0.85, 0.6
"""Confidence: behind the product's name; behind a word for version alone."""

_WORD = r"(?:software|firmware|version|release|build|ver|rel|rev|sw|fw|v)"
_NUMBER = r"v?(?P<version>\d[\w.()\-]*)"
_WORDED = re.compile(rf"\b(?:version|software|firmware|release)\b[\s.:,]*{_NUMBER}")
_LONGEST = 1000
"""Characters of a description that are looked at."""


_DESCRIPTIONS = (Trait.SNMP_DESCRIPTION, Trait.LLDP_DESCRIPTION)
_NAMED_BY_OTHERS = (Trait.MANUFACTURER, Trait.PRODUCT, Trait.COMMERCIAL_NAME, Trait.MODEL_NUMBER)


def with_names(said: Said) -> Said:
    """The statements, with maker and product that descriptions tell where nobody else names either."""
    if any(trait in said for trait in _NAMED_BY_OTHERS):
        return said
    more: Said = {}
    for e in (e for trait in _DESCRIPTIONS for e in said.get(trait, ())):
        found = told(e.value)
        if found is not None:
            sure = round(e.confidence * NAMED, 3)
            for trait, value in ((Trait.MANUFACTURER, found.make), (Trait.PRODUCT, found.product)):
                if value:
                    more.setdefault(trait, []).append(
                        replace(e, trait=trait, value=value, raw=e.value, confidence=sure)
                    )
    return {**said, **more} if more else said


def versions(said: Said, product: str) -> list[Evidence]:
    """Software versions that the device's descriptions tell."""
    found = []
    for trait in _DESCRIPTIONS:
        for e in said.get(trait, ()):
            version, confidence = _version(e.value[:_LONGEST], product)
            if version:
                sure = round(e.confidence * confidence, 3)
                found.append(replace(e, trait=Trait.VERSION, value=version, raw=e.value, confidence=sure))
    return found


def _version(text: str, product: str) -> tuple[str, float]:
    known = told(text)
    if known is not None and known.version and known.product == product:
        return known.version, NAMED
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
