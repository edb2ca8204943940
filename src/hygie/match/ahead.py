"""Knowledge made ready to be asked about profiles, and what can be looked up before any profile is known.

What comes in: knowledge, then the names that profiles will probably bear. What goes out: the same desk, which then
finds kept answers. What was expected wrongly costs time alone: an answer depends on nothing but its question.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hygie.match.find import Desk, Knowledge, bom_layer, open_desk, template
from hygie.match.naming import NameIndex, NameKey, Naming
from hygie.match.uncovered import spoken_of


class Consulted(NamedTuple):
    """Knowledge, and what stands open over it."""

    knowledge: Knowledge
    naming: Naming
    desk: Desk
    spoken: NameIndex
    """Names of which anybody speaks."""


def consult(knowledge: Knowledge, naming: Naming) -> Consulted:
    """Indexes over all knowledge."""
    desk = open_desk(knowledge, naming)
    spoken = spoken_of(knowledge.statements, knowledge.applicabilities, naming, knowledge.advisories)
    return Consulted(knowledge, naming, desk, spoken)


def foresee(consulted: Consulted, names: Iterable[NameKey]) -> None:
    """Looks up what profiles of these makers and products will ask, and judges what rests on one SBOM alone."""
    desk = consulted.desk
    for make, product in names:
        desk.statements.names(make, product)
        desk.records.index.find(make, product)
        consulted.spoken.has(make, product)
    for document in desk.documents:
        layer = bom_layer(desk, document)
        for vulnerability in layer[1]:
            template(desk, [layer], vulnerability, (0,))
