"""What a person's word could settle beyond the questions: findings that are only possible, exposures only assumed.

What comes in: a picture. What goes out: rows for `questions.xlsx`, those first on which most hangs, bounded in number,
with the number of all; what was decided before stands below them, whether it is still there or not.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from hygie.exports.decided import Cells, Word, cells
from hygie.exports.pen import Pen
from hygie.exports.tally import Tally, gravity
from hygie.model.fleet import Device
from hygie.model.verdict import Because, Finding, Verdict
from hygie.names.whereabouts import Watch

CONDITION = "because.match.condition"
"""Reason that states a condition."""
FINDINGS, ZONES, DEVICES = 100, 50, 50
"""Rows that are offered."""
VERDICTS = ("affected", "not affected", "fixed", "accepted")
"""Answers on a finding; "accepted" leaves the verdict and says who bears the risk, and why."""
EXPOSURES = ("small", "controlled", "open")
_ENOUGH_DAYS = 1.0
"""Days of coverage below which silence says nothing, as `risk.exposure` has it."""
_WARDS = 3
"""Wards that a row names."""


class Row(NamedTuple):
    """One thing to decide."""

    about: str
    devices: int | str
    """How many it concerns, or that it is no longer there."""
    question: str
    known: str
    """What Hygie knows of it."""
    options: tuple[str, ...]
    """Keys of the possible answers."""
    cells: Cells


class Rows(NamedTuple):
    """Rows, and of how many they are the first."""

    rows: list[Row]
    shown: int
    total: int


def findings(tally: Tally, said: Mapping[str, Word], pen: Pen) -> Rows:
    """Findings that are possible or unknown, or against which a word under a condition stands, the most pressing first,
    those on one part of one model behind the first of them; then those on which somebody decided."""
    worst: dict[str, tuple[int, int]] = {}
    for priority in tally.picture.priorities:
        worst[priority.finding] = max(gravity(priority), worst.get(priority.finding, (-1, -1)))
    sizes = {profile.id: profile.devices for profile in tally.picture.profiles}
    still_open = [
        f
        for f in tally.picture.findings
        if (f.verdict in (Verdict.POSSIBLE, Verdict.UNKNOWN) or _conditional(f)) and f"finding:{f.id}" not in said
    ]

    def order(found: Finding) -> tuple[int, int, bool, int, str, str]:
        outcome, safety = worst.get(found.id, (-1, -1))
        doubt = found.verdict is Verdict.UNKNOWN
        return -outcome, -safety, doubt, -sizes.get(found.profile, 0), found.vulnerability, found.id

    still_open.sort(key=order)
    alike = _alike(still_open)
    leads = {group[0].id: len(group) - 1 for group in alike if len(group) > 1}
    later = {found.id for group in alike for found in group[1:]}
    first = list(islice((found for found in still_open if found.id not in later), FINDINGS))
    first += islice((found for found in still_open if found.id in later), FINDINGS - len(first))
    decided = [f for f in tally.picture.findings if f"finding:{f.id}" in said]
    rows = [_finding(f, tally, said, pen, leads.get(f.id, 0)) for f in first]
    rows += [_finding(f, tally, said, pen) for f in sorted(decided, key=order)]
    return Rows(rows, len(first), len(still_open))


def _conditional(found: Finding) -> tuple[Because, ...]:
    """What stands against an affected finding under a condition that can be checked: the words and the condition."""
    hangs = {b.origin for b in found.against if b.key == CONDITION} if found.verdict is Verdict.AFFECTED else set()
    return tuple(b for b in found.against if b.origin in hangs)


def _alike(still_open: list[Finding]) -> list[list[Finding]]:
    """Findings on one part of one model, its operating system say, in the order given: what part it is exactly may
    settle them all, so the first stands for them."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for found in still_open:
        if found.part != "product":
            groups.setdefault((found.profile, found.part), []).append(found)
    return list(groups.values())


def _finding(found: Finding, tally: Tally, said: Mapping[str, Word], pen: Pen, more: int = 0) -> Row:
    """The row of a finding; `more`: how many others on the same part of the same model it stands for."""
    profile = next((p for p in tally.picture.profiles if p.id == found.profile), None)
    devices = tally.devices.get(found.profile, [])
    product = " ".join(filter(None, (profile.make, profile.product, profile.version))) if profile else ""
    wards = sorted({device.ward for device in devices if device.ward})
    named = ", ".join((*wards[:_WARDS], "…") if len(wards) > _WARDS else wards)
    record = tally.picture.vulnerabilities.get(found.vulnerability)
    asked = pen.text(
        "ask.finding",
        f"vulnerability={found.vulnerability}",
        f"title={record.title if record else ''}",
        f"product={product or pen.text('unknown')}",
        f"how={_how(found.part, pen)}",
        f"wards={named or '-'}",
    )
    reasons = (*found.because, *_conditional(found))
    known = pen.text(f"verdict.{found.verdict.value}"), *(r.text for r in pen.reasons(reasons))
    question = found.question or ("question.match.condition" if _conditional(found) else "")
    asks = (pen.text(question),) if question else ()
    others = (pen.text(f"ask.finding.more.{'os' if found.part == 'os' else 'part'}", f"count={more}"),) if more else ()
    about = f"finding:{found.id}"
    return Row(about, len(devices), asked, _sentences(*others, *known, *asks), VERDICTS, cells(about, said, pen))


def _how(part: str, pen: Pen) -> str:
    """By what of the product, "" the product itself."""
    if part == "product":
        return ""
    return pen.text("ask.finding.os") if part == "os" else pen.text("ask.finding.part", f"part={part}")


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


class Assumed(NamedTuple):
    """Devices whose exposure is counted as open without anything observed, with the reason."""

    by_zone: dict[str, list[Device]]
    alone: list[Device]
    """In no zone that is known."""
    days: Mapping[str, float]
    """Days covered, by zone."""


def exposures(tally: Tally, said: Mapping[str, Word], pen: Pen) -> Rows:
    """Zones, then devices without a zone, whose exposure is only assumed and weighs on a finding; then those decided.

    The worst finding's device first: there a word changes most.
    """
    found = _assumed(tally, said)
    zones = tally.zone_names
    devices = {device.id: device for device in tally.picture.devices}
    ranked = sorted(found.by_zone, key=lambda z: (_heaviest(found.by_zone[z], tally), -len(found.by_zone[z]), z))
    alone = sorted(found.alone, key=lambda d: (_heaviest([d], tally), d.id))
    rows = [_zone(zone, zones[zone], found, said, pen) for zone in ranked[:ZONES]]
    rows += [_device(device, tally, said, pen) for device in alone[:DEVICES]]
    for about in sorted(about for about in said if about.startswith("exposure:")):
        ident = about.removeprefix("exposure:")
        if ident in zones:
            held = sum(device.zone == ident for device in tally.picture.devices)
            rows.append(_row(about, held, pen.text("ask.zone", f"zone={zones[ident]}"), said, pen))
        elif ident in devices:
            rows.append(_device(devices[ident], tally, said, pen))
    return Rows(rows, min(ZONES, len(ranked)) + min(DEVICES, len(alone)), len(ranked) + len(alone))


def _assumed(tally: Tally, said: Mapping[str, Word]) -> Assumed:
    picture = tally.picture
    days = Watch(picture.zones, picture.coverage).days
    known = {zone.id for zone in picture.zones}
    by_zone: dict[str, list[Device]] = {}
    alone: list[Device] = []
    for device in picture.devices:
        if device.id not in tally.worst or picture.standings.get(device.id, ("", ""))[0] != "open":
            continue
        if f"exposure:{device.id}" in said or f"exposure:{device.zone}" in said:
            continue
        if device.zone not in known:
            alone.append(device)
        elif not device.first or days.get(device.zone, 0.0) < _ENOUGH_DAYS:
            by_zone.setdefault(device.zone, []).append(device)
    return Assumed(by_zone, alone, days)


def _heaviest(devices: list[Device], tally: Tally) -> tuple[int, int]:
    """For ordering: the most pressing priority comes first."""
    outcome, safety = max(gravity(tally.worst[device.id]) for device in devices)
    return -outcome, -safety


def _zone(zone: str, name: str, found: Assumed, said: Mapping[str, Word], pen: Pen) -> Row:
    held, days = len(found.by_zone[zone]), found.days.get(zone)
    key = "not_covered" if days is None else "too_short" if days < _ENOUGH_DAYS else "not_seen"
    known = pen.text(f"priority.exposure.{key}", f"days={days or 0:.1f}", f"devices={held}")
    return _row(f"exposure:{zone}", held, pen.text("ask.zone", f"zone={name}"), said, pen, known)


def _device(device: Device, tally: Tally, said: Mapping[str, Word], pen: Pen) -> Row:
    site = device.site if len(tally.sites) > 1 else ""
    numbers = ", ".join(filter(None, (device.inventory, device.serial, *device.addresses[:1], device.ward, site)))
    question = pen.text("ask.device", f"device={device.name} ({numbers or device.id})")
    about = f"exposure:{device.id}"
    known = "" if about in said else pen.text("priority.exposure.no_zone", "devices=1")
    return _row(about, 1, question, said, pen, known)


def _row(about: str, devices: int, question: str, said: Mapping[str, Word], pen: Pen, known: str = "") -> Row:
    return Row(about, devices, question, known, EXPOSURES, cells(about, said, pen))


def earlier(known: set[str], said: Mapping[str, Word], pen: Pen) -> Iterator[Row]:
    """What was decided and is asked no more; `known`: what is shown elsewhere."""
    pairs = ("same", "different", "unknown")
    options = {"finding": VERDICTS, "exposure": EXPOSURES, "link": pairs, "pattern": pairs}
    for about in sorted(said):
        if about not in known:
            what = about.partition(":")[0]
            question = pen.known(f"ask.gone.{what}", pen.text("ask.gone"))
            yield Row(about, pen.text("sheet.absent"), question, "", options.get(what, ()), cells(about, said, pen))
