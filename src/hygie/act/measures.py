"""All measures, and their order on one page.

What comes in: a ground, with findings and their priorities. What goes out: `propose`, measures sorted by id; `plan`,
the same in the order in which people should look at them: models with the most urgent findings first, the measures of
one model together.
"""

from collections.abc import Iterable, Mapping

from hygie.act.advised import advised
from hygie.act.allowed import Calendar, allowed
from hygie.act.ground import Ground
from hygie.act.lifecycle import model_ends, system_ends
from hygie.act.network import Told, local_only, restrict, talks
from hygie.act.permissions import Permissions
from hygie.act.remedies import Remedies
from hygie.act.target import URGENCY, Fleet
from hygie.model.knowledge import Vulnerability
from hygie.model.verdict import Measure, MeasureKind
from hygie.names.whereabouts import Watch, Whereabouts

_PLACE = {kind: place for place, kind in enumerate(MeasureKind)}


def propose(ground: Ground) -> list[Measure]:
    """Every measure worth proposing, sorted by id."""
    fleet = Fleet(ground)
    findings = [f for target in fleet.targets for f in target.findings]
    permissions = Permissions(ground["permission"], ground["answer"], ground.as_of)
    remedies = Remedies(ground["statement"], ground["remedy"])
    watch = Watch(ground["zone"], ground["coverage"])
    concerned = {device.id for target in fleet.targets for device in target.devices}
    spoken = talks(Whereabouts(ground["zone"], ground["binding"]).trace(ground["flow"]), concerned)
    records = _records(ground, {f.vulnerability for f in findings})
    local = frozenset(i for i, rows in records.items() if local_only(rows))
    calendar = Calendar(ground.as_of, _published(records))
    measures = [*system_ends(fleet, findings, ground.as_of), *model_ends(fleet, findings, ground.as_of)]
    for target in fleet.targets:
        words = permissions.of(target.model)
        told = Told(permissions.requirements(target.model), words, remedies, local)
        measures += advised(target, fleet, remedies, words)
        measures += allowed(target, fleet, remedies, words, calendar)
        measures += restrict(target, fleet, spoken, watch, told)
    return sorted(measures, key=lambda m: m.id)


def _records(ground: Ground, ids: set[str]) -> dict[str, list[Vulnerability]]:
    """Records of vulnerabilities that were not withdrawn."""
    records: dict[str, list[Vulnerability]] = {}
    for row in ground.chosen("vulnerability", "id", sorted(ids)):
        if not row.rejected:
            records.setdefault(row.id, []).append(row)
    return records


def _published(records: Mapping[str, list[Vulnerability]]) -> dict[str, tuple[str, str]]:
    """When each was first published, as a record says, and which one."""
    told = {i: [(r.published, f"{r.reading}#{r.place}") for r in rows if r.published] for i, rows in records.items()}
    return {i: min(dates) for i, dates in told.items() if dates}


def plan(measures: Iterable[Measure]) -> list[Measure]:
    """Measures in the order of a page: by model, the most urgent first, of equals those that are sure before those that
    are only possible, then the widest; then by kind."""
    given = list(measures)
    weight: dict[str, tuple[int, bool, int]] = {}
    for m in given:
        own = (URGENCY[m.outcome], not m.doubtful, m.devices)
        weight[m.model] = max(weight.get(m.model, (0, False, 0)), own)

    def place(m: Measure) -> tuple[int, bool, int, str, int, int, str]:
        urgency, sure, devices = weight[m.model]
        return -urgency, not sure, -devices, m.model, -URGENCY[m.outcome], _PLACE[m.kind], m.id

    return sorted(given, key=place)
