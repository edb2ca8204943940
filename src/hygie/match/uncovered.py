"""Models of which no source speaks: no advisory, no SBOM, no record. Silence is counted, never read as safety."""

from collections.abc import Container, Iterable

from hygie.match.naming import NameIndex, Naming
from hygie.match.profiles import Attachments
from hygie.match.statements import SILENT
from hygie.match.titled import titled, titles
from hygie.model.fleet import Connectable, Model
from hygie.model.knowledge import Advisory, Applicability, Statement
from hygie.names import designations


def spoken_of(
    statements: Iterable[Statement],
    applicabilities: Iterable[Applicability],
    naming: Naming,
    advisories: Iterable[Advisory] = (),
) -> NameIndex:
    """Names of which a statement or a record says anything."""
    heads = titles(advisories)
    speaking = [row for row in statements if row.status not in SILENT]
    names = {(row.make, row.product) for row in speaking}
    names |= {(row.make, name) for row in speaking for name in designations.named(row.product, row.version)}
    names |= {name for row in speaking if (name := titled(row, heads)) is not None}
    names |= {(row.inside_make, row.inside_product) for row in speaking if row.inside_product}
    names |= {(row.make, row.product) for row in applicabilities if row.product}
    return NameIndex(naming, sorted(names), wide=True)


def uncovered(
    models: Iterable[Model], attachments: Attachments, spoken: NameIndex, blind: Container[str] = ()
) -> list[Model]:
    """Models that are or may be connected and that no SBOM, statement or record names, the most numerous first.

    `blind`: SBOMs of which no component can be compared with anything: they count as none.

    A name that is only similar counts as named: there a question is asked instead. What counts is what matching can
    find, not what the register has listed beside the model: what no finding can come of says nothing.
    """
    silent = [
        model
        for model in models
        if model.connectable is not Connectable.NO
        and not spoken.has(model.make, model.product)
        and all(one in blind for one in attachments.of(model.make, model.product, model.version))
    ]
    return sorted(silent, key=lambda model: (-model.devices, model.id))
