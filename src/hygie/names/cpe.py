r"""CPE names: the two bindings, and matching of names attribute by attribute.

A `Cpe` holds its eleven attributes as a formatted string writes them: lower case, "\" before what must be quoted,
"*" for ANY, "-" for NA. `parse` reads both bindings, `uri` and `formatted` write them.
`relate` and `relations` are the sixteen attribute relations; `matches` folds them into three values: a record's
pattern matches a thing, does not, or cannot tell because the thing's own name says ANY where the pattern is particular.

Source: NISTIR 7695 (CPE naming 2.3), sections 6.1 and 6.2; NISTIR 7696 (CPE name matching), tables 6-2 and 6-4.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

ANY = "*"
NA = "-"


class Cpe(NamedTuple):
    """The attributes of a well-formed name."""

    part: str
    """a, o, h; "*"."""
    vendor: str
    product: str
    version: str = ANY
    update: str = ANY
    edition: str = ANY
    language: str = ANY
    sw_edition: str = ANY
    target_sw: str = ANY
    target_hw: str = ANY
    other: str = ANY


class Relation(StrEnum):
    """Of a source attribute to a target attribute."""

    EQUAL = "equal"
    SUPERSET = "superset"
    SUBSET = "subset"
    DISJOINT = "disjoint"
    UNDEFINED = "undefined"


_PLAIN = re.compile(r"[a-z0-9._-]*")
_SPLIT = re.compile(r"(?<!\\)(?:\\\\)*:")
_URI_SPECIALS = {
    "!": "%21", '"': "%22", "#": "%23", "$": "%24", "%": "%25", "&": "%26", "'": "%27", "(": "%28", ")": "%29",
    "*": "%2a", "+": "%2b", ",": "%2c", "/": "%2f", ":": "%3a", ";": "%3b", "<": "%3c", "=": "%3d", ">": "%3e",
    "?": "%3f", "@": "%40", "[": "%5b", "\\": "%5c", "]": "%5d", "^": "%5e", "`": "%60", "{": "%7b", "|": "%7c",
    "}": "%7d", "~": "%7e",
}  # fmt: skip
"""NISTIR 7695, section 6.1.2.3."""

_FROM_URI = {code: sign for sign, code in _URI_SPECIALS.items()}
_LONGEST = 2000
MOST_WILDCARDS = 3
"""A name may hold one "*" at either end; with more, matching could take without end."""


@lru_cache(maxsize=100_000)
def parse(text: str) -> Cpe:
    """A CPE name from either binding. Raises ValueError for what is neither."""
    text = text.strip()
    if len(text) > _LONGEST:
        raise ValueError("CPE name too long")
    if text[:8].lower() == "cpe:2.3:":
        return _from_formatted(text[8:])
    if text[:5].lower() == "cpe:/":
        return _from_uri(text[5:])
    raise ValueError(f"no CPE name: {text[:60]!r}")


def _from_formatted(rest: str) -> Cpe:
    """Attributes of a formatted string; missing ones at the end are ANY."""
    rest = rest.lower()
    fields = rest.split(":") if "\\" not in rest else _split(rest)
    if len(fields) > 11 or len(fields) < 3:
        raise ValueError(f"{len(fields)} attributes in a CPE name")
    if fields[0] not in ("a", "o", "h", ANY, NA):
        raise ValueError(f"no such part in a CPE name: {fields[0][:8]!r}")
    return Cpe(*(field or ANY for field in fields))


def _split(text: str) -> list[str]:
    """Divides at colons that are not quoted. Raises ValueError where nothing follows a quoting backslash."""
    fields: list[str] = []
    start = place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == ":":
            fields.append(text[start:place])
            start = place + 1
        place += 1
    if place > len(text):
        raise ValueError("a CPE name ends within a quoted character")
    return [*fields, text[start:]]


def _from_uri(rest: str) -> Cpe:
    """Attributes of a 2.2 URI; a packed edition is opened."""
    fields = rest.lower().split(":")
    if len(fields) > 7:
        raise ValueError(f"{len(fields)} components in a CPE URI")
    part, vendor, product, version, update, edition, language = [*fields, *[""] * (7 - len(fields))]
    if part not in ("a", "o", "h", ""):
        raise ValueError(f"no such part in a CPE URI: {part[:8]!r}")
    extended = ["", "", "", ""]
    if edition.startswith("~"):
        packed = edition.split("~")[1:]
        if len(packed) != 5:
            raise ValueError("a packed edition needs five values")
        edition, *extended = packed
    values = (vendor, product, version, update, edition, language, *extended)
    return Cpe(part or ANY, *(_decode(value) for value in values))


def _decode(value: str) -> str:
    """One URI component as a formatted string's attribute (NISTIR 7695, 6.1.3.2 and 6.2.2.1)."""
    if value == "":
        return ANY
    if value == "-":
        return NA
    pieces: list[str] = []
    place = 0
    while place < len(value):
        if value[place] != "%":
            sign = value[place]
            pieces.append(sign if sign.isalnum() or sign in "_.-" else "\\" + sign)
            place += 1
            continue
        code = value[place : place + 3]
        pieces.append({"%01": "?", "%02": "*"}.get(code) or "\\" + _from_code(code))
        place += 3
    return "".join(pieces)


def _from_code(code: str) -> str:
    """The character of a percent code. Raises ValueError."""
    if code not in _FROM_URI:
        raise ValueError(f"no such code in a CPE URI: {code!r}")
    return _FROM_URI[code]


def formatted(name: Cpe) -> str:
    """The 2.3 formatted string."""
    return "cpe:2.3:" + ":".join(name)


def uri(name: Cpe) -> str:
    """The 2.2 URI; the extended attributes packed into the edition."""
    packed = name.edition
    extended = (name.sw_edition, name.target_sw, name.target_hw, name.other)
    edition = _encode(packed)
    if any(value != ANY for value in extended):
        edition = "~" + "~".join(_encode(value) for value in (packed, *extended))
    values = [_encode(v) for v in (name.vendor, name.product, name.version, name.update)] + [
        edition,
        _encode(name.language),
    ]
    return ("cpe:/" + ":".join(["" if name.part == ANY else name.part, *values])).rstrip(":")


def _encode(value: str) -> str:
    """One attribute as a URI component."""
    if value == ANY:
        return ""
    if value == NA:
        return "-"
    pieces: list[str] = []
    place = 0
    while place < len(value):
        sign = value[place]
        if sign == "\\":
            place += 1
            sign = value[place] if place < len(value) else ""
            pieces.append(_URI_SPECIALS.get(sign, sign))
        else:
            pieces.append({"?": "%01", "*": "%02"}.get(sign, sign))
        place += 1
    return "".join(pieces)


def plain(value: str) -> str:
    """An attribute without quoting; "" for ANY and NA."""
    if value in (ANY, NA):
        return ""
    return re.sub(r"\\(.)", r"\1", value)


def quote(text: str) -> str:
    """A text as an attribute: lower case, spaces as "_", specials quoted; "" is ANY, "-" alone is NA."""
    low = "_".join(text.lower().split())
    if not low:
        return ANY
    if _PLAIN.fullmatch(low):
        return low
    return "".join(sign if sign.isalnum() or sign in "_.-" else "\\" + sign for sign in low)


def _has_wildcard(value: str) -> bool:
    """An unquoted ? or *, beside ANY itself."""
    if value in (ANY, NA) or ("*" not in value and "?" not in value):
        return False
    return re.search(r"(?<!\\)(?:\\\\)*[*?]", value) is not None


@lru_cache(maxsize=20_000)
def _pattern(value: str) -> re.Pattern[str]:
    """A source value with wildcards as an expression over target values (NISTIR 7696, 6.3)."""
    pieces: list[str] = []
    place = 0
    while place < len(value):
        sign = value[place]
        if sign == "\\" and place + 1 < len(value):
            pieces.append(re.escape(value[place : place + 2]))
            place += 2
            continue
        pieces.append({"*": r"(?:\\.|[^\\])*", "?": r"(?:\\.|[^\\])?"}.get(sign) or re.escape(sign))
        place += 1
    return re.compile("".join(pieces))


def relate(source: str, target: str) -> Relation:
    """Relation of two attributes, by number of NISTIR 7696's table 6-2."""
    if _has_wildcard(target):  # 4, 8, 11, 17
        return Relation.UNDEFINED
    if source == target:  # 1, 6, 9
        return Relation.EQUAL
    if source == ANY:  # 2, 3
        return Relation.SUPERSET
    if target == ANY:  # 5, 13, 15
        return Relation.SUBSET
    if NA in (source, target):  # 7, 12, 16
        return Relation.DISJOINT
    if _has_wildcard(source):  # 14
        if source.count("*") > MOST_WILDCARDS:
            return Relation.UNDEFINED
        return Relation.SUPERSET if _pattern(source).fullmatch(target) else Relation.DISJOINT
    return Relation.DISJOINT  # 10


def relations(source: Cpe, target: Cpe) -> tuple[Relation, ...]:
    """Relations of all eleven attributes."""
    return tuple(relate(a, b) for a, b in zip(source, target, strict=True))


def is_superset(source: Cpe, target: Cpe) -> bool:
    """Name comparison of table 6-4: every attribute is a superset or equal."""
    return all(relation in (Relation.SUPERSET, Relation.EQUAL) for relation in relations(source, target))


def is_subset(source: Cpe, target: Cpe) -> bool:
    """Every attribute is a subset or equal."""
    return all(relation in (Relation.SUBSET, Relation.EQUAL) for relation in relations(source, target))


def is_equal(source: Cpe, target: Cpe) -> bool:
    """Every attribute is equal."""
    return all(relation is Relation.EQUAL for relation in relations(source, target))


def is_disjoint(source: Cpe, target: Cpe) -> bool:
    """At least one attribute is disjoint."""
    return any(relation is Relation.DISJOINT for relation in relations(source, target))


def matches(pattern: str, thing: str) -> bool | None:
    """Whether a record's attribute matches a thing's; None where the thing does not say."""
    relation = relate(pattern, thing)
    if relation in (Relation.EQUAL, Relation.SUPERSET):
        return True
    return False if relation is Relation.DISJOINT else None
