"""How much of each SBOM can be compared with what was read: where nothing can, that no flaw is found says nothing.

A component can be compared where a record could name it: it has a CPE and records with CPE were read, its package URL
is of an ecosystem of which records speak, a table of facts knows its package, or a record or statement bears its name.
"""

from hygie.match.claims import Part
from hygie.match.find import Desk
from hygie.match.parts import Sbom, is_comparable
from hygie.model.verdict import Compared
from hygie.names import purl

Named = tuple[str, str, bool, str]
"""Maker, name, with or without a CPE, key of the package URL: what the answer depends on, versions apart."""


def compared(desk: Desk) -> list[Compared]:
    """Each SBOM with its components and how many of them can be compared, in the order of their ids."""
    known: dict[Named, bool] = {}
    return [_compared(desk, desk.documents[document], known) for document in sorted(desk.documents)]


def _compared(desk: Desk, bom: Sbom, known: dict[Named, bool]) -> Compared:
    """One SBOM; `known`: answers by name."""
    count = sum(_comparable(desk, part, known) for part, _ in bom.components)
    head = bom.boms[0]
    return Compared(bom.document, head.make, head.product, head.version, len(bom.components), count)


def _comparable(desk: Desk, part: Part, known: dict[Named, bool]) -> bool:
    """Whether anything that was read could name the component."""
    if part in desk.found or part in desk.spoken:
        return True
    name = (part.make, part.product, bool(part.cpe), purl.key(part.purl))
    if part.cpe or name not in known:
        known[name] = is_comparable(desk.records, part)
    return known[name]


def blind(rows: list[Compared]) -> frozenset[str]:
    """SBOMs of which nothing can be compared: they speak of no flaw, whatever they list."""
    return frozenset(row.document for row in rows if not row.compared)
