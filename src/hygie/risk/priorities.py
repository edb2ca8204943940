"""Priorities: each finding through SSVC's deployer table, once per exposure, clinical kind and mission.

What comes in: a ground. What goes out: priorities in the order of (finding, exposure, kind, mission), and where each
device stands. Only findings that are affected, possible or unknown are ranked, on devices that
are not gone.

The becauses of one priority speak of all its devices: where several reasons gave the same exposure or mission, each
stands once, with the number of devices.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hygie.facts import ssvc
from hygie.model.fleet import Device
from hygie.model.knowledge import Exploited, Score, Vulnerability
from hygie.model.verdict import Because, Finding, Priority, Verdict
from hygie.names import people
from hygie.names.whereabouts import Watch, Whereabouts
from hygie.risk import automatable as automation
from hygie.risk import exploitation as exploits
from hygie.risk import exposure as exposures
from hygie.risk import flaw as flaws
from hygie.risk import mission as missions
from hygie.risk import safety as safeties
from hygie.risk.ground import Ground

LIVE = (Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.UNKNOWN)
"""Verdicts that are ranked."""


class Stand(NamedTuple):
    """Where a device stands, and why."""

    exposure: str
    mission: str
    reasons: tuple[Because, Because]
    """Of exposure, of mission."""


class Group(NamedTuple):
    """Devices of one profile that share exposure, kind and mission."""

    exposure: str
    kind: str
    mission: str
    devices: int
    because: tuple[Because, ...]
    """Of exposure and mission."""


class Judged(NamedTuple):
    """What SSVC asks of one vulnerability, whatever the device."""

    flaw: flaws.Flaw
    exploitation: str
    automatable: str
    because: tuple[Because, ...]
    context: tuple[Because, ...]
    safety: dict[str, tuple[str, tuple[Because, ...]]]
    """By severity of the clinical function: what this flaw makes of it, and why."""


def rank(ground: Ground, stands: Mapping[str, Stand] | None = None, profile: str = ssvc.TABLE) -> list[Priority]:
    """All priorities. `stands`: as `stand` gives them, where they are at hand; `profile`: which human-impact table
    (facts.ssvc.PROFILES)."""
    findings = [f for f in ground["finding"] if f.verdict in LIVE]
    words = people.words(ground["decision"])
    groups = _groups(ground, stand(ground) if stands is None else stands)
    judged = _judge(ground, {f.vulnerability for f in findings})
    by_kind = {
        kind: safeties.function_safety(kind, words) for kind in {g.kind for found in groups.values() for g in found}
    }
    ranked = [
        _priority(finding, group, judged[finding.vulnerability], by_kind[group.kind], profile)
        for finding in findings
        for group in groups.get(finding.profile, ())
    ]
    ranked.sort(key=lambda p: (p.finding, p.exposure, p.kind, p.mission))
    return ranked


def stand(ground: Ground) -> dict[str, Stand]:
    """Where each device stands, by its id."""
    words = people.words(ground["decision"])
    where = Whereabouts(ground["zone"], ground["binding"])
    reached = exposures.reaches(where.trace(ground["flow"]))
    watch = Watch(ground["zone"], ground["coverage"])
    found: dict[str, Stand] = {}
    for device in ground["device"]:
        exposure, seen = exposures.exposure(device, reached.get(device.id), watch, words)
        mission, told = missions.mission(device, words)
        found[device.id] = Stand(exposure, mission, (seen, told))
    return found


def _groups(ground: Ground, standing: Mapping[str, Stand]) -> dict[str, tuple[Group, ...]]:
    """Groups by profile id."""
    devices: dict[str, Device] = {d.id: d for d in ground["device"]}
    members: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for of in ground["profile_of"]:
        if of.device in devices and not devices[of.device].gone:
            stands = standing[of.device]
            key = (stands.exposure, devices[of.device].kind, stands.mission)
            members.setdefault(of.profile, {}).setdefault(key, []).append(of.device)
    return {
        profile: tuple(Group(*key, len(ids), _shared(standing[i] for i in ids)) for key, ids in sorted(parts.items()))
        for profile, parts in members.items()
    }


def _shared(stands: Iterable[Stand]) -> tuple[Because, ...]:
    """Each reason once, with the number of devices; the first origin of each stands for all."""
    counts: Counter[tuple[int, str]] = Counter()
    first: dict[tuple[int, str], Because] = {}
    for stand in stands:
        for place, because in enumerate(stand.reasons):
            key = (place, because.key)
            counts[key] += 1
            known = first.get(key)
            if known is None or (because.origin, because.args) < (known.origin, known.args):
                first[key] = because
    return tuple(
        Because(first[key].key, (*first[key].args, f"devices={counts[key]}"), first[key].origin)
        for key in sorted(first)
    )


def _judge(ground: Ground, ids: set[str]) -> dict[str, Judged]:
    """What the records say of each vulnerability."""
    records: dict[str, list[Vulnerability]] = {}
    for row in ground.chosen("vulnerability", "id", sorted(ids)):
        if not row.rejected:
            records.setdefault(row.id, []).append(row)
    flaw = {i: flaws.known(records[i]) if i in records else flaws.silent(i) for i in ids}
    names = sorted({name for f in flaw.values() for name in f.names})
    exploited: dict[str, Exploited] = {}
    for entry in sorted(ground["exploited"], key=lambda e: (e.vulnerability, e.added, e.reading, e.place)):
        exploited.setdefault(entry.vulnerability, entry)
    scores: dict[str, Score] = {}
    for score in ground.chosen("score", "vulnerability", names):
        known = scores.get(score.vulnerability)
        if known is None or (known.dated, known.reading) < (score.dated, score.reading):
            scores[score.vulnerability] = score
    found = {}
    for i in ids:
        value, why = exploits.exploitation(flaw[i], exploited, listed=bool(exploited))
        automatable, how = automation.automatable(flaw[i])
        effects = {of_function: safeties.safety(of_function, flaw[i]) for of_function in ssvc.SAFETY}
        found[i] = Judged(flaw[i], value, automatable, (why, how), exploits.context(flaw[i], scores), effects)
    return found


def _priority(
    finding: Finding, group: Group, judged: Judged, function: tuple[str, tuple[Because, ...]], profile: str
) -> Priority:
    safety, effect = judged.safety[function[0]]
    human = ssvc.human_impact(safety, group.mission, profile)
    return Priority(
        finding=finding.id,
        exposure=group.exposure,
        kind=group.kind,
        mission=group.mission,
        exploitation=judged.exploitation,
        automatable=judged.automatable,
        safety=safety,
        human_impact=human,
        outcome=ssvc.deploy(judged.exploitation, group.exposure, judged.automatable, human),
        because=(*judged.because, *group.because, *function[1], *effect, *judged.context),
        devices=group.devices,
    )
