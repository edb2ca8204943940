"""Models that a source gives where a version should stand: "2131 and 2141", "Accu-Chek Inform II", "CR-IR 357".

What comes in: a statement's product and version text. What goes out: the products that the version text names, each as
an inventory would write it; none where the text is on versions. Single whole numbers of three digits and more count as
model numbers; whether a device's version is one of them is still looked at.

Source: CISA ICSMA-18-310-01, ICSMA-19-029-01, ICSMA-19-113-01, ICSMA-19-190-01, ICSMA-21-084-01, ICSMA-22-263-01.
"""

import re
from functools import lru_cache

from hygie.names import product, ranges
from hygie.names.maker import fold

_NUMBER = re.compile(r"[a-z]{0,4}-?\d{3,6}[a-z]{0,2}(?:\s+[a-z]\d)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-3]\d")
_NAMED = re.compile(r"\b(?:model|models|type|ref)\.?\s+((?=\w*\d)[A-Za-z0-9-]{4,12})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*\|\s*|\s+/\s+|\s*;\s*|\s+and\s+|,\s+")
_OF_VERSIONS = re.compile(
    r"[<>=*≤≥]|\b(?:v?\d+\.\d|versions?|firmware|releases?|revisions?|rev|build|edition|editions|prior|before|between|"
    r"below|older|later|newer|shipped|distributed|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|operating|windows|part|product id|all|any|none|unknown)\b|^\s*(?:with|without)\b",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\([^()]*\)?")
_HEADED = re.compile(r"^\W*[A-Z]{2,}[A-Z-]*-\d[\w-]*[_:\s-]+")
"""The document's own number before its title."""
_OF_TITLES = re.compile(
    r"(?:vulnerabilit(?:y|ies)|advisor(?:y|ies)|update|security|bulletin|notice|in|of|the)[.,:]?", re.IGNORECASE
)
LONGEST = 200
"""Characters of a version text that is looked at."""
MOST = 20
"""Products that one text names."""


@lru_cache(maxsize=100_000)
def named(product_text: str, version: str) -> tuple[str, ...]:
    """Names of the products that a version text gives; () where it is on versions."""
    if not version or len(version) > LONGEST:
        return ()
    found = [f"{number} {_bare(product_text)}" for number in _NAMED.findall(version)]
    if not found and not _OF_VERSIONS.search(version):
        pieces = [piece.strip() for piece in _BETWEEN.split(_PARENTHESES.sub(" ", version)) if piece.strip()]
        if numbers(version):
            found = [f"{piece} {_bare(product_text)}" for piece in pieces]
        elif ranges.parse(version) is None:
            found = [name for piece in pieces for name in _written(product_text, piece)]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found))[:MOST]


@lru_cache(maxsize=20_000)
def titled(product_text: str, title: str, make: str) -> str:
    """The product as a document's title names it, where the product's own text names none ("Version" under "Philips
    Alice 6 Vulnerabilities"): "Alice 6". "" where the text names one, or the title does not either."""
    if _tells(product_text) or len(title) > LONGEST:
        return ""
    bare = _HEADED.sub("", _PARENTHESES.sub(" ", title))
    makers = frozenset(fold(make).split())
    kept = [word for word in bare.split() if fold(word) not in makers and not _OF_TITLES.fullmatch(word)]
    name = " ".join(kept)
    return name if _tells(name) else ""


def _tells(text: str) -> bool:
    """It names a product: a word or number beside those that tell nothing apart."""
    parts = product.name(text)
    return bool(parts.words or parts.models or parts.spans or parts.kinds)


@lru_cache(maxsize=100_000)
def numbers(version: str) -> bool:
    """The text is a list of model numbers: whole numbers of three digits and more, no year among them."""
    if len(version) > LONGEST:
        return False
    pieces = [piece.strip() for piece in _BETWEEN.split(version) if piece.strip()]
    return bool(pieces) and all(_NUMBER.fullmatch(piece) and not _YEAR.fullmatch(piece) for piece in pieces)


def _bare(text: str) -> str:
    """Without parentheses, and without "model" at the end."""
    return re.sub(r"\bmodels?\s*$", "", _PARENTHESES.sub(" ", text).strip(), flags=re.IGNORECASE)


def _written(product_text: str, piece: str) -> list[str]:
    """A piece alone where it names a product by itself, else behind the product's name."""
    parts = product.name(piece)
    alone = [piece] if any(len(word) >= 4 for word in parts.words) or (parts.models and len(fold(piece)) >= 5) else []
    known = parts.words <= product.name(product_text).words
    return alone + ([] if alone and known else [f"{piece} {_bare(product_text)}"])
