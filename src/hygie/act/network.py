"""Network controls: restricting a model's devices to the conversations that they were seen to need.

What comes in: a target, the traced flows of its devices, how long their zones were watched, what the manufacturer says
of the network, in its forms and in its advisories' mitigations. What goes out: one measure at most, with the observed
conversations that it would touch.

A network control is proposed where at least one finding is affected or possible and not known to need local access, or
where an advisory asks for one; its words are then shown. It
is decided together by biomedical service, IT and ward, unless the manufacturer allows it (or the device carries no CE
mark), the function is neither therapy nor monitoring nor critical, and its conversations were observed. Where the
manufacturer refuses it, its word is needed. What was not observed is said: a conversation nobody saw would be cut too.
"""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from hygie.act.advised import SETTINGS, Decider
from hygie.act.advised import told as advice_told
from hygie.act.effects import effects
from hygie.act.permissions import Word
from hygie.act.remedies import Remedies
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, SHOWN, WARD, Fleet, Target, measure
from hygie.act.wording import NETWORK, asks
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Remedy, Vulnerability
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Verdict
from hygie.names.whereabouts import GROUP, Trace, Watch

Conversation = tuple[str, str, str, int, str]
"""Client and server (device id, else address), transport, port, service."""

_TOGETHER = frozenset(("therapy", "monitoring", "unknown"))
_GRAVE = frozenset(("critical", "catastrophic"))


class Seen(NamedTuple):
    """What was observed of a target's devices."""

    conversations: dict[Conversation, Trace]
    days: float
    """Longest coverage of a zone of theirs."""
    unwatched: int
    """Devices whose zone no sensor covered, or is not known."""


Talks = dict[str, dict[Conversation, Trace]]
"""By device: each conversation with its first flow."""


def talks(traces: Iterable[Trace], devices: Container[str]) -> Talks:
    """Conversations of these devices; those with groups are left out: no rule lets them pass a zone."""
    found: Talks = {}
    for trace in traces:
        _, client, server = trace
        if server.side == GROUP:
            continue
        one, other = client.device in devices, server.device in devices
        if one or other:
            key = conversation(trace)
        if one:
            _first(found.setdefault(client.device, {}), key, trace)
        if other and client.device != server.device:
            _first(found.setdefault(server.device, {}), key, trace)
    return found


def _first(known: dict[Conversation, Trace], key: Conversation, trace: Trace) -> None:
    """Keeps the first flow of a conversation, whatever the order they come in."""
    held = known.get(key)
    if held is None or _age(trace) < _age(held):
        known[key] = trace


def conversation(trace: Trace) -> Conversation:
    """What one flow is part of, whatever its client port and moment."""
    flow, client, server = trace.flow, trace.client, trace.server
    return (client.device or client.address, server.device or server.address, flow.transport, flow.port, flow.service)


def local_only(records: Iterable[Vulnerability]) -> bool:
    """Whether every record with a vector says that the flaw needs local or physical access."""
    vectors = [r.cvss for r in records if r.cvss]
    return bool(vectors) and all("AV:L" in v or "AV:P" in v for v in vectors)


class Told(NamedTuple):
    """What is known of a model's network beside what was observed."""

    requirements: tuple[Because, ...]
    """The manufacturer's MDS2."""
    words: Mapping[str, Word]
    remedies: Remedies
    local: frozenset[str]
    """Vulnerabilities that need local access."""


def restrict(target: Target, fleet: Fleet, spoken: Talks, watch: Watch, told: Told) -> list[Measure]:
    """The network control of a target."""
    hit = (Verdict.AFFECTED, Verdict.POSSIBLE)
    advice = {f.id: found for f in target.findings if f.verdict in hit and (found := _advice(f, told.remedies))}
    findings = [
        f for f in target.findings if f.verdict in hit and (f.vulnerability not in told.local or f.id in advice)
    ]
    if not findings:
        return []
    seen = _seen(target, spoken, watch)
    decider = _decide(target, seen, told.words)
    scope = fleet.scope(findings)
    asked = _foremost(remedy for found in advice.values() for remedy in found)
    said = advice_told(asked[:SHOWN])
    needs = told.requirements or (() if said else (Because("measure.because.no_requirements"),))
    return [
        measure(
            target.key,
            MeasureKind.NETWORK,
            "measure.restrict" if seen.conversations else "measure.restrict.blind",
            scope,
            authority=decider.authority,
            decided_by=decider.decided_by,
            speaker=asked[0].speaker if asked else Speaker.HYGIE,
            effects=effects(
                MeasureKind.NETWORK,
                target.function,
                fleet.validated(target.function),
                vulnerabilities=len(scope.vulnerabilities),
            ),
            because=(*said, *_observed(seen), *needs, *decider.because),
            args=(f"flows={len(seen.conversations)}", f"days={seen.days:.1f}", f"unwatched={seen.unwatched}"),
            text=" / ".join(dict.fromkeys(remedy.details for remedy in asked if remedy.speaker is asked[0].speaker)),
            flows=len(seen.conversations),
            days=seen.days,
        )
    ]


def _advice(finding: Finding, remedies: Remedies) -> list[Remedy]:
    """Mitigations of a finding that ask for a network control."""
    return [r for r in remedies.of(finding) if r.category in SETTINGS and NETWORK in asks(r.details)]


def _foremost(advice: Iterable[Remedy]) -> list[Remedy]:
    """Each once, the manufacturer's own before those of third parties."""
    each = {(r.speaker is not Speaker.MANUFACTURER, r.reading, r.place): r for r in advice}
    return [each[key] for key in sorted(each)]


def _seen(target: Target, spoken: Talks, watch: Watch) -> Seen:
    found: dict[Conversation, Trace] = {}
    for device in target.devices:
        for key, trace in spoken.get(device.id, {}).items():
            _first(found, key, trace)
    watched = [watch.days[d.zone] for d in target.devices if d.zone in watch.days]
    return Seen(found, max(watched, default=0.0), len(target.devices) - len(watched))


def _age(trace: Trace) -> tuple[int, str, str]:
    return trace.flow.first, trace.flow.reading, trace.flow.place


def _observed(seen: Seen) -> tuple[Because, ...]:
    """The conversations shown, how many there are, and what was not observed."""
    shown = [
        Because(
            "measure.because.flow",
            (
                f"client={trace.client.address}",
                f"server={trace.server.address}",
                f"service={trace.flow.service or '-'}",
                f"port={trace.flow.transport}/{trace.flow.port}",
            ),
            trace.origin,
        )
        for _, trace in sorted(seen.conversations.items())[:SHOWN]
    ]
    total = Because("measure.because.flows", (f"flows={len(seen.conversations)}", f"days={seen.days:.1f}"))
    if not seen.conversations:
        total = Because("measure.because.no_flows", (f"days={seen.days:.1f}",))
    rest = (Because("measure.because.unwatched", (f"devices={seen.unwatched}",)),) if seen.unwatched else ()
    return (total, *shown, *rest)


def _decide(target: Target, seen: Seen, words: Mapping[str, Word]) -> Decider:
    word = words.get("network_control")
    said = (word.because,) if word is not None else ()
    if word is not None and word.allowed is False:
        return Decider(Authority.MANUFACTURER_WORD, (MANUFACTURER, BIOMEDICAL, IT, WARD), said)
    agreed = (word is not None and word.allowed is True) or not target.marked
    together = (BIOMEDICAL, IT, WARD) if agreed else (BIOMEDICAL, IT, WARD, MANUFACTURER)
    reasons = tuple(
        Because(f"measure.because.together_{why}")
        for why, holds in (
            ("care", target.function.serves in _TOGETHER),
            ("grave", target.function.safety in _GRAVE),
            ("word", not agreed),
            ("unseen", not seen.conversations or bool(seen.unwatched)),
        )
        if holds
    )
    if reasons:
        return Decider(Authority.JOINT, together, (*said, *reasons))
    own = () if target.marked else (Because("measure.because.unmarked"),)
    return Decider(Authority.HOSPITAL, (BIOMEDICAL, IT), (*said, *own))
