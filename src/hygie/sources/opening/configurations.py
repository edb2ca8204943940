"""CPE configurations in the form that NVD made: rows of which products a vulnerability concerns.

Configurations are alternatives. Within one, nodes are joined by its operator; within a node, its CPE matches by the
node's. A match with `vulnerable` false is context only: the hardware or system that the product runs on.

Source: NVD CVE API 2.0 (configurations); CVE record format 5.1 (cpeApplicability), which is the same.
"""

import re
from collections.abc import Iterator

from msgspec import Raw, Struct

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.sources.opening.documents import Text, Told, text

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


def rows(
    told: Told, vulnerability: str, source: str, speaker: Speaker, raw: Raw, place: str, first: int = 0
) -> Iterator[Applicability]:
    """Rows of all configurations at `place`, numbered from `first`. Damaged parts and empty ranges go to `told`."""
    for number, (there, configuration) in enumerate(told.parts(raw, place, Configuration), first):
        negated = bool(configuration.negate)
        joined = _operator(configuration.operator)
        if negated:  # not (a and b) = not a or not b
            joined = "OR" if joined == "AND" else "AND"
        for index, (where, node) in enumerate(told.parts(configuration.nodes, there + "/nodes", Node)):
            for spot, match in told.parts(node.cpeMatch, where + "/cpeMatch", Match):
                cpe = text(match.criteria)
                if not cpe:
                    told.refuse(spot, "refusal.part", "detail=criteria")
                    continue
                start, start_excluded, end, end_included = _bounds(match)
                if empty(start, start_excluded, end, end_included):
                    told.refuse(spot, "refusal.range.empty", f"start={start}", f"end={end}", f"id={vulnerability}")
                make, product, version = named(cpe)
                yield Applicability(
                    reading=told.reading,
                    vulnerability=vulnerability,
                    place=spot,
                    source=source,
                    speaker=speaker,
                    configuration=number,
                    node=index,
                    configuration_operator=joined,
                    node_operator=_operator(node.operator),
                    negate=bool(node.negate) ^ negated,
                    vulnerable=match.vulnerable is not False,
                    affected=True,
                    cpe=cpe,
                    make=make,
                    product=product,
                    version="" if version == "*" and (start or end) else version,
                    start=start,
                    start_excluded=start_excluded,
                    end=end,
                    end_included=end_included,
                )


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
