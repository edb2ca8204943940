"""CPE configurations in the form that NVD made: rows of which products a vulnerability concerns.

Configurations are alternatives. Within one, nodes are joined by its operator; within a node, its CPE matches by the
node's. A match with `vulnerable` false is context only: the hardware or system that the product runs on.

Source: NVD CVE API 2.0 (configurations); CVE record format 5.1 (cpeApplicability), which is the same.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Raw, Struct

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.sources.opening.documents import Text, Told, absent, decode, text

COLONS = re.compile(r"(?<!\\):")
PLAIN = re.compile(r"\d+(?:\.\d+)*", re.ASCII)


class Configuration(Struct):
    """An alternative."""

    operator: Text = None
    negate: bool | None = None
    nodes: Raw = Raw()


class Node(Struct):
    """CPE matches joined by an operator."""

    operator: Text = None
    negate: bool | None = None
    cpeMatch: Raw = Raw()  # noqa: N815


class Match(Struct):
    """A CPE name and its bounds."""

    vulnerable: bool | None = None
    criteria: Text = None
    versionStartIncluding: Text = None  # noqa: N815
    versionStartExcluding: Text = None  # noqa: N815
    versionEndIncluding: Text = None  # noqa: N815
    versionEndExcluding: Text = None  # noqa: N815


class WholeNode(Struct):
    """A node whose matches are as they should be."""

    operator: Text = None
    negate: bool | None = None
    cpeMatch: list[Match] = []  # noqa: N815


class Whole(Struct):
    """An alternative in which nothing is damaged: read at once, which is faster than part by part."""

    operator: Text = None
    negate: bool | None = None
    nodes: list[WholeNode] = []


class Found(NamedTuple):
    """A match with what holds for it."""

    configuration: int
    node: int
    joined: str
    """Operator between nodes."""
    operator: str
    """Operator within the node."""
    negate: bool
    place: str
    match: Match


FIELDS = (
    "vulnerability", "place", "configuration", "node", "configuration_operator", "node_operator", "negate",
    "vulnerable", "cpe", "make", "product", "version", "start", "start_excluded", "end", "end_included",
)  # fmt: skip
"""Fields of a row that differ from match to match, in the order in which `values` gives them."""


def rows(
    told: Told, vulnerability: str, source: str, speaker: Speaker, raw: Raw, place: str, first: int = 0
) -> Iterator[Applicability]:
    """Rows of all configurations at `place`, numbered from `first`. Damaged parts and empty ranges go to `told`."""
    same = {"reading": told.reading, "source": source, "speaker": speaker, "affected": True}
    for found in values(told, vulnerability, raw, place, first):
        yield Applicability(**same, **dict(zip(FIELDS, found, strict=True)))  # type: ignore[arg-type]


def values(told: Told, vulnerability: str, raw: Raw, place: str, first: int = 0) -> Iterator[tuple[object, ...]]:
    """The same as values of `FIELDS`: a list of all CVEs has some hundred thousand."""
    for found in _matches(told, raw, place, first):
        match, spot = found.match, found.place
        cpe = text(match.criteria)
        if not cpe:
            told.refuse(spot, "refusal.part", "detail=criteria")
            continue
        start, start_excluded, end, end_included = _bounds(match)
        if empty(start, start_excluded, end, end_included):
            told.refuse(spot, "refusal.range.empty", f"start={start}", f"end={end}", f"id={vulnerability}")
        make, product, version = named(cpe)
        yield (
            vulnerability, spot, found.configuration, found.node, found.joined, found.operator, found.negate,
            match.vulnerable is not False, cpe, make, product, "" if version == "*" and (start or end) else version,
            start, start_excluded, end, end_included,
        )  # fmt: skip


def _matches(told: Told, raw: Raw, place: str, first: int) -> Iterator[Found]:
    """All matches: at once where every part is sound, else part by part."""
    if absent(raw):
        return
    try:
        sound = decode(raw, list[Whole])
    except (ValueError, EOFError, RecursionError):
        for number, (there, one) in enumerate(told.parts(raw, place, Configuration), first):
            for index, (where, node) in enumerate(told.parts(one.nodes, there + "/nodes", Node)):
                matches = told.parts(node.cpeMatch, where + "/cpeMatch", Match)
                yield from _of_node(one, node, (number, index), matches)
        return
    for number, whole in enumerate(sound):
        for index, part in enumerate(whole.nodes):
            where = f"{place}/{number}/nodes/{index}/cpeMatch/"
            listed = ((f"{where}{spot}", match) for spot, match in enumerate(part.cpeMatch))
            yield from _of_node(whole, part, (number + first, index), listed)


def _of_node(
    configuration: Configuration | Whole,
    node: Node | WholeNode,
    numbers: tuple[int, int],
    matches: Iterable[tuple[str, Match]],
) -> Iterator[Found]:
    """The matches of one node, negation of the configuration carried into it."""
    negated = bool(configuration.negate)
    joined = _operator(configuration.operator)
    if negated:  # not (a and b) = not a or not b
        joined = "OR" if joined == "AND" else "AND"
    operator, negate = _operator(node.operator), bool(node.negate) ^ negated
    for place, match in matches:
        yield Found(*numbers, joined, operator, negate, place, match)


def _operator(said: Text) -> str:
    """AND or OR; OR where none is given."""
    return "AND" if text(said).strip().upper() == "AND" else "OR"


def _bounds(match: Match) -> tuple[str, bool, str, bool]:
    """Start, whether it is excluded, end, whether it is included. Of two bounds on one side the wider is taken."""
    start, after = text(match.versionStartIncluding), text(match.versionStartExcluding)
    end, before = text(match.versionEndIncluding), text(match.versionEndExcluding)
    return start or after, not start and bool(after), end or before, bool(end)


def named(cpe: str) -> tuple[str, str, str]:
    """Make, product and version of a CPE 2.3 formatted string, backslashes taken away; "*" and "-" as they stand.

    A CPE 2.2 URI gives its three parts too, as written. Anything else gives three empty texts.
    """
    if cpe[:8].lower() == "cpe:2.3:":
        if "\\" in cpe:
            parts = [re.sub(r"\\(.)", r"\1", part) for part in COLONS.split(cpe)[3:6]]
        else:
            parts = cpe.split(":", 6)[3:6]
    elif cpe[:5].lower() == "cpe:/":
        parts = cpe[5:].split(":")[1:4]
    else:
        return "", "", ""
    make, product, version = [*parts, "", "", ""][:3]
    return make, product, version or "*"


def empty(start: str, start_excluded: bool, end: str, end_included: bool) -> bool:
    """Whether no version can lie in the range: plain dotted numbers only, other orders are not ours to judge."""
    if not start or not end:
        return False
    if start == end:
        return start_excluded or not end_included
    if not (PLAIN.fullmatch(start) and PLAIN.fullmatch(end)) or len(start) + len(end) > 200:
        return False
    low, high = [int(n) for n in start.split(".")], [int(n) for n in end.split(".")]
    width = max(len(low), len(high))
    low, high = low + [0] * (width - len(low)), high + [0] * (width - len(high))
    return low > high or (low == high and (start_excluded or not end_included))
