"""What a measure does to both safeties: what it takes from an attacker, what it costs patients.

What comes in: the kind of measure and the clinical function. What goes out: two tuples of becauses. The clinical texts
are facts' defaults, shown as not validated until a named person confirms them. Where nobody knows what the device is
for, that is said first, and who must say it: its effect on care cannot be weighed before.
"""

from hygie.facts.functions import ClinicalKind
from hygie.model.verdict import Because, MeasureKind

Effects = tuple[tuple[Because, ...], tuple[Because, ...]]

_ATTACKER = {
    MeasureKind.PATCH: "measure.attacker.patch",
    MeasureKind.CONFIGURATION: "measure.attacker.configuration",
    MeasureKind.NETWORK: "measure.attacker.network",
    MeasureKind.ORGANISATION: "measure.attacker.organisation",
    MeasureKind.REPLACEMENT: "measure.attacker.replacement",
}
_CARE = {
    MeasureKind.PATCH: "measure.care.patch",
    MeasureKind.CONFIGURATION: "measure.care.configuration",
    MeasureKind.NETWORK: "measure.care.network",
    MeasureKind.ORGANISATION: "measure.care.organisation",
    MeasureKind.REPLACEMENT: "measure.care.replacement",
}


def effects(
    kind: MeasureKind, function: ClinicalKind, validated: tuple[Because, ...], *, vulnerabilities: int = 0
) -> Effects:
    """On the attacker, on care."""
    count = (f"vulnerabilities={vulnerabilities}",)
    on_attacker = (Because(_ATTACKER[kind], count),)
    on_care = Because(_CARE[kind])
    if not function.key:
        return on_attacker, (Because("measure.care.unknown_kind"), on_care)
    if kind is MeasureKind.ORGANISATION:
        return on_attacker, (on_care, *validated)
    lost = function.lost_without_network if kind is MeasureKind.NETWORK else function.lost_without_device
    return on_attacker, (on_care, Because(lost), Because(function.degraded_mode), *validated)
