"""What a measure does to both safeties: what it takes from an attacker, what it costs patients.

What comes in: the kind of measure and the clinical function. What goes out: two tuples of becauses. The clinical texts
are facts' defaults, shown as not validated until a named person confirms them.
"""

from hygie.facts.functions import ClinicalKind
from hygie.model.verdict import Because, MeasureKind

Effects = tuple[tuple[Because, ...], tuple[Because, ...]]


def effects(
    kind: MeasureKind, function: ClinicalKind, validated: tuple[Because, ...], *, vulnerabilities: int = 0
) -> Effects:
    """On the attacker, on care."""
    count = (f"vulnerabilities={vulnerabilities}",)
    stop = (Because(function.lost_without_device), Because(function.degraded_mode), *validated)
    cut = (Because(function.lost_without_network), Because(function.degraded_mode), *validated)
    if kind is MeasureKind.PATCH:
        return (Because("measure.attacker.patch", count),), (Because("measure.care.patch"), *stop)
    if kind is MeasureKind.CONFIGURATION:
        return (Because("measure.attacker.configuration", count),), (Because("measure.care.configuration"), *stop)
    if kind is MeasureKind.NETWORK:
        return (Because("measure.attacker.network", count),), (Because("measure.care.network"), *cut)
    if kind is MeasureKind.REPLACEMENT:
        return (Because("measure.attacker.replacement", count),), (Because("measure.care.replacement"), *stop)
    return (Because("measure.attacker.organisation", count),), (Because("measure.care.organisation"), *validated)
