"""What is known, as exports and doors see it.

What comes in: rows by kind, after the stages. What goes out: one `Picture`.
"""

from collections.abc import Iterable

from hygie import __version__, act
from hygie.facts.functions import functions
from hygie.ground import Ground
from hygie.model.knowledge import Vulnerability
from hygie.model.picture import Picture


def pictured(ground: Ground) -> Picture:
    """Everything that is known, each list in a fixed order."""
    findings = ground["finding"]
    named = sorted({f.vulnerability for f in findings})
    scores = ground.chosen("score", "vulnerability", named)
    return Picture(
        as_of=ground.as_of,
        version=__version__,
        readings=list(ground.readings),
        superseded=ground.superseded,
        refusals=sorted(ground["refusal"], key=lambda r: (r.name, r.place, r.reason)),
        coverage=sorted(ground["coverage"], key=lambda c: (c.site, c.sensor, c.first)),
        decisions=ground["decision"],
        devices=ground["device"],
        members=ground["member"],
        models=ground["model"],
        zones=ground["zone"],
        bindings=ground["binding"],
        links=ground["link"],
        contradictions=ground["contradiction"],
        questions=ground["question"],
        flows=sorted(ground["flow"], key=lambda f: (f.site, f.client, f.server, f.port, f.first, f.reading, f.place)),
        profiles=ground["profile"],
        profile_of=ground["profile_of"],
        standings={one.device: (one.exposure, one.mission) for one in ground["standing"]},
        findings=findings,
        priorities=ground["priority"],
        measures=act.plan(ground["measure"]),
        uncovered=[silent.model for silent in ground["silence"]],
        vulnerabilities=best(ground.chosen("vulnerability", "id", named)),
        exploited={e.vulnerability: e for e in ground["exploited"]},
        scores={s.vulnerability: s for s in sorted(scores, key=lambda s: s.dated)},
        advisories=ground["advisory"],
        functions=functions(),
        compared=ground["compared"],
    )


def best(records: Iterable[Vulnerability]) -> dict[str, Vulnerability]:
    """One record per vulnerability to show: CVE 5 before NVD before what an advisory says; the newest of equals."""
    order = {"cve5": 3, "nvd": 2, "csaf": 1}
    ranked = sorted(records, key=lambda v: (order.get(v.source, 0), v.modified, v.reading))
    return {record.id: record for record in ranked}
