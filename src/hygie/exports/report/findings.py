"""Fourth section: findings by model, with reasons that unfold."""

from collections import Counter, defaultdict
from typing import Any

from markupsafe import Markup

from hygie.exports.drawing.charts import Named, bars
from hygie.exports.pen import Pen
from hygie.exports.report.decide import line
from hygie.exports.tally import OPEN, OUTCOMES, Tally, gravity
from hygie.model.evidence import Speaker
from hygie.model.fleet import Device
from hygie.model.picture import Picture
from hygie.model.verdict import Finding, Priority, Profile, Verdict

MODELS, EACH, DEVICES, MEASURES = 120, 25, 12, 8
"""Models, and findings, devices and measures of one model, that the page shows."""
LEAST, IN_ALL = 5, 1_500
"""Findings of one model shown even where there are many models, and of all models together (5 MB a page)."""
VOICES = (Speaker.MANUFACTURER, Speaker.THIRD_PARTY, Speaker.HYGIE, Speaker.PERSON)
"""Who may decide a verdict; each looks different on the page."""
_ORDER = {verdict: i for i, verdict in enumerate(Verdict)}


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    """The bar of verdicts, what nothing speaks of, and the models with their findings."""
    parts = [(pen.text(f"verdict.{v.value}"), n, v.value.replace(" ", "-")) for v, n in tally.verdicts.items()]
    groups = _groups(picture, tally)
    each = max(LEAST, min(EACH, IN_ALL // max(1, min(MODELS, len(groups)))))
    named = Named(pen.text("report.verdicts"), pen.text("report.verdicts.note"))
    return {
        "bar": Markup(bars(named, parts)) if picture.findings else "",  # noqa: S704 - escaped by drawing
        "silence": silence(tally, pen),
        "voices": [(v.value.replace(" ", "-"), pen.text(f"speaker.{v.value}")) for v in VOICES],
        "models": [_model(profiles, tally, pen, each) for profiles in groups[:MODELS]],
        "more": pen.rest(min(MODELS, len(groups)), len(groups), "findings.csv"),
    }


def silence(tally: Tally, pen: Pen) -> str:
    """What no source speaks of; where no source was read that could, that alone."""
    if not tally.informed:
        return pen.text("report.silence.uninformed")
    return pen.count("report.silence", len(tally.picture.uncovered), f"total={len(tally.picture.models)}")


def _groups(picture: Picture, tally: Tally) -> list[list[Profile]]:
    """Profiles with findings by what they are called, most urgent first."""
    by_name: dict[str, list[Profile]] = defaultdict(list)
    for profile in picture.profiles:
        if tally.findings.get(profile.id) and tally.devices.get(profile.id):
            by_name[_name(profile)].append(profile)
    return sorted(by_name.values(), key=lambda g: (_urgency(g, tally), _name(g[0])))


def _name(profile: Profile) -> str:
    return " ".join(filter(None, (profile.make, profile.product, profile.version, profile.os, profile.os_version)))


def _worst(profiles: list[Profile], tally: Tally) -> Priority | None:
    devices = (d for p in profiles for d in tally.devices[p.id])
    return max((tally.worst[d.id] for d in devices if d.id in tally.worst), key=gravity, default=None)


def _urgency(profiles: list[Profile], tally: Tally) -> tuple[int, int, int]:
    worst = _worst(profiles, tally)
    outcome, safety = gravity(worst) if worst else (-1, -1)
    return -outcome, -safety, -sum(len(tally.devices[p.id]) for p in profiles)


def _model(profiles: list[Profile], tally: Tally, pen: Pen, each: int) -> dict[str, Any]:
    worst = _worst(profiles, tally)
    found = [f for p in profiles for f in tally.findings[p.id]]
    counts = Counter(f.verdict for f in found)
    found.sort(key=lambda f: (_ORDER[f.verdict], -_rank(f, tally), f.vulnerability, f.id))
    devices = [d for p in profiles for d in tally.devices[p.id]]
    outcome = worst.outcome.value if worst else "nothing"
    return {
        "outcome": outcome,
        "outcome_text": pen.text(f"outcome.{outcome}"),
        "name": _name(profiles[0]) or pen.text("unknown"),
        "count": pen.count("report.devices", len(devices)),
        "counts": ", ".join(
            f"{pen.text(f'verdict.{v.value}')} : {n}" for v, n in sorted(counts.items(), key=_by_verdict)
        ),
        "care": _care(devices[0].kind, tally, pen),
        "devices": _devices(devices, pen),
        "measures": _measures(profiles[0], tally, pen),
        "findings": [_finding(f, tally, pen) for f in found[:each]],
        "more": pen.rest(min(each, len(found)), len(found), "findings.csv"),
    }


def _care(kind: str, tally: Tally, pen: Pen) -> list[tuple[str, str]]:
    """What is lost without such a device and without its network, and how the ward works meanwhile."""
    function = tally.picture.functions.get(kind)
    if function is None:
        return []
    return [
        (pen.text("sheet.without_device"), pen.text(function.lost_without_device)),
        (pen.text("sheet.without_network"), pen.text(function.lost_without_network)),
        (pen.text("sheet.degraded"), pen.text(function.degraded_mode)),
    ]


def _devices(devices: list[Device], pen: Pen) -> dict[str, Any]:
    """The devices themselves, as somebody looks for them."""
    heads = ["inventory", "serial", "ward", "location", "addresses", "id"]
    rows = [
        [
            *(d.inventory, d.serial, d.ward, d.location),
            " ".join((*d.addresses[:2], *d.macs[:1])),
            d.id,
        ]
        for d in devices[:DEVICES]
    ]
    more = pen.rest(len(rows), len(devices), "devices.csv")
    return {"heads": [pen.text(f"column.{head}") for head in heads], "rows": rows, "more": more}


def _measures(profile: Profile, tally: Tally, pen: Pen) -> dict[str, Any]:
    """What may be done, in full."""
    mine = tally.measures(profile.model, profile.id, profile.os, profile.os_version)
    lines = [line(m, {}, pen) | {"because": pen.reasons(m.because)} for m in mine[:MEASURES]]
    return {"lines": lines, "more": pen.rest(len(lines), len(mine), "measures.csv")}


def _by_verdict(item: tuple[Verdict, int]) -> int:
    return _ORDER[item[0]]


def _priority(finding: Finding, tally: Tally) -> Priority | None:
    """The most urgent priority of a finding among its devices."""
    each = (tally.priority(finding.id, d) for d in tally.devices[finding.profile])
    return max((p for p in each if p), key=gravity, default=None)


def _rank(finding: Finding, tally: Tally) -> int:
    priority = _priority(finding, tally) if finding.verdict in OPEN else None
    return OUTCOMES.index(priority.outcome) if priority else -1


def _finding(finding: Finding, tally: Tally, pen: Pen) -> dict[str, Any]:
    picture = tally.picture
    vulnerability = picture.vulnerabilities.get(finding.vulnerability)
    score = picture.scores.get(finding.vulnerability)
    marks = [pen.text("mark.exploited")] if finding.vulnerability in picture.exploited else []
    if vulnerability and vulnerability.cvss_score is not None:
        marks.append(f"CVSS {vulnerability.cvss_score}")
    if score:
        marks.append(f"EPSS {score.epss:.3f}")
    priority = _priority(finding, tally) if finding.verdict in OPEN else None
    return {
        "id": finding.id,
        "verdict": finding.verdict.value,
        "verdict_text": pen.text(f"verdict.{finding.verdict.value}"),
        "vulnerability": finding.vulnerability,
        "part": finding.part if finding.part != "product" else "",
        "voice": finding.speaker.value.replace(" ", "-"),
        "voice_text": pen.text(f"speaker.{finding.speaker.value}"),
        "marks": " · ".join(marks),
        "title": vulnerability.title if vulnerability else "",
        "because": pen.reasons(finding.because),
        "against": pen.reasons(finding.against),
        "priority": pen.text("report.priority", f"outcome={pen.text(f'outcome.{priority.outcome.value}')}")
        if priority
        else "",
        "inputs": pen.reasons(priority.because) if priority else [],
        "question": pen.text(finding.question) if finding.question else "",
    }
