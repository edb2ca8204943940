"""`device` and `why` as text: packet, cell or JSON pointer -> evidence -> device -> who said what -> verdict ->
priority -> measures.

What comes in: a picture, and what was said of one device. What goes out: lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hygie.exports import decided
from hygie.exports.cells import day
from hygie.exports.listing import finding_id
from hygie.exports.pen import Pen
from hygie.exports.report.decide import line
from hygie.exports.tally import MET, OPEN, Tally, percent
from hygie.model.evidence import Speaker, Trait
from hygie.model.fleet import Device
from hygie.model.verdict import Because, Finding, Measure
from hygie.names import fields, maker
from hygie.names.whereabouts import OUTSIDE, Trace

TALKS = 40
"""Conversations of a device that are shown."""


_WORDED = {"connectable": "answer", "status": "state"}
"""Traits whose values are stable words -> what their texts are called."""
_NAMES = {
    "inv": "trait.inventory_number",
    "serial": "trait.serial_number",
    "mac": "trait.mac",
    "ip": "trait.ip",
    "ae": "trait.ae_title",
    "name": "trait.host_name",
    "row": "place.row",
}
"""What a source's own name of a subject begins with -> its text."""


class Statement(NamedTuple):
    """One thing said of a device (as `register.Attribute`)."""

    trait: str
    value: str
    winner: bool
    origin: str
    speaker: Speaker
    confidence: float
    raw: str
    rule: str = ""
    rule_origin: str = ""
    rule_source: str = ""


class Known(NamedTuple):
    """One device and all that was said of it."""

    device: Device
    said: Sequence[Statement]
    traces: Sequence[Trace]
    """Flows that it takes part in."""
    told: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType({})
    """Source and its own name of the device -> readings of it that speak of that: not all files of a source do."""


def device(known: Known, tally: Tally, pen: Pen) -> Iterator[str]:
    """What it is, how we know, whom it talks to, what concerns it."""
    yield from _head(known.device, tally, pen)
    yield from _evidence(known, tally, pen)
    yield from _decided(_abouts(known.device, tally), tally, pen)
    yield from _talks(known, tally, pen)
    yield from _concerns(known.device, tally, pen)


def finding(known: Known, found: Finding, tally: Tally, pen: Pen) -> Iterator[str]:
    """The chain of one device's finding."""
    one = known.device
    verdict = pen.text(f"verdict.{found.verdict.value}")
    yield f"{finding_id(one.id, found.vulnerability)}  {found.vulnerability}  {one.name} ({one.id}): {verdict}"
    vulnerability = tally.picture.vulnerabilities.get(found.vulnerability)
    if vulnerability and vulnerability.title:
        yield f"  {vulnerability.title}"
    yield from _perhaps(one, tally, pen)
    yield ""
    yield from _evidence(known, tally, pen)
    yield pen.text("chain.verdict", f"verdict={verdict}", f"speaker={pen.text(f'speaker.{found.speaker.value}')}")
    yield from _because(found.because, pen)
    yield from _decided([f"finding:{found.id}"], tally, pen)
    if found.against:
        yield pen.text("report.against")
        yield from _because(found.against, pen)
    if found.question:
        yield pen.text(found.question)
    priority = tally.priority(found.id, one) if found.verdict in OPEN else None
    if priority:
        yield ""
        yield pen.text("report.priority", f"outcome={pen.text(f'outcome.{priority.outcome.value}')}")
        yield from _because(priority.because, pen)
    yield from _measures(one, found.vulnerability, tally, pen)


def measure(one: Measure, tally: Tally, pen: Pen) -> Iterator[str]:
    """A measure, its effect on both safeties and what it rests on."""
    shown = line(one, _models(tally), pen)
    yield f"{one.id}  [{shown['outcome_text']}] {shown['model']}: {shown['what']}"
    if one.text:
        yield f"  « {one.text} » ({shown['voice_text']})"
    yield pen.text("chain.decider", f"who={', '.join(filter(None, (shown['authority'], shown['deciders'])))}")
    yield pen.text("report.head.on_attacker") + ":"
    yield from _because(one.on_attacker, pen)
    yield pen.text("report.head.on_care") + ":"
    yield from _because(one.on_care, pen)
    yield pen.text("chain.rests")
    yield from _because(one.because, pen)
    if one.vulnerabilities:
        yield pen.text("chain.answers", f"devices={one.devices}", f"findings={one.findings}")
        yield "  " + ", ".join(one.vulnerabilities)


def _head(one: Device, tally: Tally, pen: Pen) -> Iterator[str]:
    what = " ".join(filter(None, (one.make, one.product, one.version)))
    place = ", ".join(filter(None, (one.site, one.ward, one.location)))
    yield f"{one.id}  {one.name}"
    yield f"  {what or pen.text('unknown')} · {pen.kind(one.kind)} · {place}"
    yield f"  {pen.text(f'seen.{one.seen.value}')}" + (f" · {day(one.first)} → {day(one.last)}" if one.first else "")
    yield from _perhaps(one, tally, pen)
    zone = next((z for z in tally.picture.zones if z.id == one.zone), None)
    yield f"  {pen.text('column.zone')}: {' '.join((zone.name, zone.cidr)) if zone else pen.text('zone.unknown')}"
    function = tally.picture.functions.get(one.kind)
    if function:
        yield f"  {pen.text(function.lost_without_device)}"
        yield f"  {pen.text(function.lost_without_network)}"
        yield f"  {pen.text(function.degraded_mode)}"
    if one.missing:
        names = ", ".join(pen.known(f"trait.{t}", t) for t in one.missing)
        yield f"  {pen.text('chain.missing', f'names={names}')}"
    yield ""


def _perhaps(one: Device, tally: Tally, pen: Pen) -> Iterator[str]:
    """That what is said of having been seen, or of standing in no GMAO, hangs on a question that is open."""
    found = tally.perhaps.get(one.id)
    if found:
        link, other = found
        key = "chain.perhaps_listed" if one.seen in MET else "chain.perhaps"
        args = (
            f"name={other.name or other.id}",
            f"id={other.id}",
            f"probability={percent(link)}",
            f"question={link.id}",
        )
        yield f"  {pen.text(key, *args)}"


def _differs(one: Statement, said: Sequence[Statement]) -> bool:
    """That a statement says something else than the one that won, not the same in another spelling."""
    form = maker.same_key if one.trait == Trait.MANUFACTURER else fields.fold
    won = {form(other.value) for other in said if other.winner and other.trait == one.trait}
    return not one.winner and form(one.value) not in won


def _evidence(known: Known, tally: Tally, pen: Pen) -> Iterator[str]:
    """Each attribute, the winning value first, with its source."""
    yield pen.text("chain.evidence")
    for one in known.said:
        mark = "≠" if _differs(one, known.said) else " "
        raw = f" ({one.raw})" if one.raw != one.value else ""
        voice = pen.text(f"speaker.{one.speaker.value}")
        name = pen.known(f"trait.{one.trait}", one.trait)
        value = pen.known(f"{_WORDED[one.trait]}.{one.value}", one.value) if one.trait in _WORDED else one.value
        yield f" {mark} {name}: {value}{raw} · {voice} [{pen.place(one.origin)}]{_rule(one, pen)}"
    for member in tally.picture.members:
        if member.device == known.device.id and member.reason:
            reason = pen.text(member.reason, *member.args)
            told = known.told.get((member.source, member.subject), ())
            who = f"{pen.series(member.source, told)}, {_subject(member.subject, pen)}"
            yield f"   {who}: {reason} ({member.probability:.2f})"
    for wrong in tally.picture.contradictions:
        if wrong.subject in (known.device.id, known.device.model):
            places = f"{wrong.one} [{pen.place(wrong.one_origin)}] ≠ {wrong.other} [{pen.place(wrong.other_origin)}]"
            args = (f"trait={wrong.trait}", f"one={wrong.one}", f"other={wrong.other}")
            yield f" ! {pen.text(wrong.reason, *args)}: {places}"
    yield ""


def _rule(one: Statement, pen: Pen) -> str:
    """The rule that concluded a statement, and what it cites; "" where a source says it itself."""
    if not one.rule:
        return ""
    where = pen.place(one.rule_origin) if one.rule_origin else "Hygie"
    return " · " + pen.text("chain.rule", f"rule={one.rule}", f"where={where}", f"source={one.rule_source}")


def _abouts(one: Device, tally: Tally) -> list[str]:
    """What people may have decided about a device: its pairs, exposure, zone, clinical function and ward."""
    asked = [q for q in tally.picture.questions if q.subject == one.id]
    pairs = [q.id for q in asked] + [a.removeprefix("about=") for q in asked for a in q.args if a.startswith("about=")]
    pairs += [link.id for link in tally.picture.links if one.id in (link.left, link.right)]
    known = {"exposure": (one.id, one.zone), "function": (one.kind,), "connectable": (one.kind,), "unit": (one.ward,)}
    return [*pairs, *(f"{what}:{ident}" for what, idents in known.items() for ident in idents if ident)]


def _decided(abouts: Iterable[str], tally: Tally, pen: Pen) -> Iterator[str]:
    """What people decided about these, and took back."""
    lines = list(decided.told(tally.picture, abouts, pen))
    if lines:
        yield pen.text("chain.decided")
        yield from (f"   - {line}" for line in lines)
        yield ""


def _subject(subject: str, pen: Pen) -> str:
    """What a source speaks of, in words: "device:inv=12#serial=A7" is "inventory number 12, serial number A7"."""
    parts = (part.partition("=") for part in subject.removeprefix("device:").split("#"))
    return ", ".join(f"{pen.known(_NAMES.get(key, ''), key)} {value}".rstrip() for key, _, value in parts)


def _talks(known: Known, tally: Tally, pen: Pen) -> Iterator[str]:
    yield pen.text("chain.talks", f"count={len(known.traces)}")
    names = {d.id: d.name for d in tally.picture.devices}
    for trace in known.traces[:TALKS]:
        out = trace.client.device == known.device.id
        peer = trace.server if out else trace.client
        outside = " " + pen.text("flow.outside") if peer.side == OUTSIDE else ""
        arrow = "→" if out else "←"
        name = names.get(peer.device, "")
        flow = trace.flow
        packets = flow.packets_out + flow.packets_back
        what = f"{flow.service or flow.transport}/{flow.port} {peer.address} {name}{outside}"
        yield f"   {arrow} {what} ({packets}) [{pen.place(trace.origin)}]"
    yield ""


def _concerns(one: Device, tally: Tally, pen: Pen) -> Iterator[str]:
    found = tally.findings.get(tally.profile.get(one.id, ""), [])
    yield pen.text("chain.concerns", f"count={len(found)}")
    for each in found:
        priority = tally.priority(each.id, one) if each.verdict in OPEN else None
        outcome = f" [{pen.text(f'outcome.{priority.outcome.value}')}]" if priority else ""
        voice = pen.text(f"speaker.{each.speaker.value}")
        verdict = pen.text(f"verdict.{each.verdict.value}")
        ident = finding_id(one.id, each.vulnerability)
        yield f"   {ident}  {each.vulnerability}  {verdict}{outcome} · {each.part} · {voice}"
    yield from _measures(one, "", tally, pen)


def _measures(one: Device, vulnerability: str, tally: Tally, pen: Pen) -> Iterator[str]:
    """Measures for a device's model, or for one vulnerability of it."""
    mine = tally.measures(one.model, tally.profile.get(one.id, ""), one.os, one.os_version)
    found = [m for m in mine if not vulnerability or vulnerability in m.vulnerabilities]
    yield ""
    yield pen.text("chain.measures", f"count={len(found)}")
    for each in found:
        shown = line(each, _models(tally), pen)
        yield f"   {each.id}  {shown['what']} · {', '.join(filter(None, (shown['authority'], shown['deciders'])))}"


def _models(tally: Tally) -> dict[str, str]:
    return {m.id: " ".join(filter(None, (m.make, m.product, m.version))) for m in tally.picture.models}


def _because(items: Iterable[Because], pen: Pen) -> Iterator[str]:
    for reason in pen.reasons(items):
        raw = f" ({pen.text('chain.raw', f'raw={reason.raw}')})" if reason.raw else ""
        yield f"   - {reason.text}{raw}" + (f" [{reason.at}]" if reason.at else "")
