"""Measures that rest on what the manufacturer allows: updates of the system or of components, antivirus, allow-lists;
and what to ask where it has not spoken, or not to the end (`asking`).

What comes in: a target, the manufacturer's permissions, the remedies of its findings. What goes out: measures.

Rules. Updates of an operating system or a component are proposed where such a part is concerned and the manufacturer
gives no fix (for a flaw said of the product: where its system has it too and updates are allowed): hospital alone only
where it allows them; where it refuses them, the manufacturer; where it is silent, its word is needed. Antivirus and
allow-lists are proposed only where they are allowed. A model on whose findings the manufacturer has said nothing gets
one question, but for those that an update, or a third party's fix, asks about already.

A system that gets no updates any more is told no word of installing them (`upkeep`): only what its maker may have sent
out while support lasted is worth looking for, and that is said.
"""

from collections.abc import Mapping
from typing import NamedTuple

from hygie.act.advised import PATCHES, Decider, may_patch
from hygie.act.asking import questions
from hygie.act.effects import Effects, effects
from hygie.act.permissions import Word
from hygie.act.remedies import Remedies
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, SHOWN, Fleet, Target, measure
from hygie.act.upkeep import Updates, Upkeep, system_of, upkeep
from hygie.model.evidence import Speaker
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Verdict

ALSO_SYSTEM = "because.match.also_system"
"""Reason of a finding on the product whose flaw its operating system has too."""
_LAST = "measure.os_update.last"
"""Updates from before the end of support."""
_WHOLE = ("product", "firmware")
"""Parts that only the manufacturer's own update mends."""


class Calendar(NamedTuple):
    """The day, and when vulnerabilities were published."""

    as_of: str
    """ISO 8601 date that stands for today."""
    published: Mapping[str, tuple[str, str]]
    """By vulnerability: the earliest ISO 8601 instant that a record gives, and that record's origin."""


def allowed(
    target: Target, fleet: Fleet, remedies: Remedies, words: Mapping[str, Word], calendar: Calendar
) -> list[Measure]:
    """Measures of a target that rest on permissions."""
    unfixed = [f for f in target.findings if f.verdict is not Verdict.UNKNOWN and not _fixed(f, remedies)]
    systems = [f for f in unfixed if f.part == "os"]
    components = [f for f in unfixed if f.part and f.part not in (*_WHOLE, "os")]
    word = words.get("os_update")
    if word is not None and word.allowed is True:
        systems += components  # a component may come with the system: said in the measure
        systems += [f for f in unfixed if f.part in _WHOLE and ALSO_SYSTEM in {b.key for b in f.because}]
    kept = {f.id: _upkeep(f, fleet, word, calendar) for f in systems}
    coming = [f for f in systems if kept[f.id].updates not in (Updates.LAST, Updates.NONE)]
    last = [f for f in systems if kept[f.id].updates is Updates.LAST]
    told = unfixed if may_patch(target, words) else []  # whether a third party's fix holds is asked by `advised`
    asked = {f.id for f in (*coming, *last, *components)} | {f.id for f in told if _advised(f, remedies)}
    return [
        *_coming(target, fleet, coming, words, kept),
        *_last(target, fleet, last, words, kept, calendar),
        *_updates(target, fleet, components, "component_patch", words),
        *(m for subject in ("antivirus", "allow_listing") for m in _guards(target, fleet, subject, words)),
        *questions(target, fleet, remedies, asked),
    ]


def _upkeep(finding: Finding, fleet: Fleet, word: Word | None, calendar: Calendar) -> Upkeep:
    """What the system of a finding's devices still gets for its vulnerability."""
    profile = fleet.profiles[finding.profile]
    published = calendar.published.get(finding.vulnerability, ("", ""))[0]
    said = word.condition if word is not None and word.allowed is True else ""
    return upkeep(system_of(profile.os, profile.os_version), published, calendar.as_of, said)


def _coming(
    target: Target, fleet: Fleet, findings: list[Finding], words: Mapping[str, Word], kept: Mapping[str, Upkeep]
) -> list[Measure]:
    """Updates that come, or may: then the measure says first what has to be found out."""
    found, state = {}, Updates.COME
    for updates, system in (kept[f.id] for f in findings):
        if updates is Updates.PERHAPS and system is not None:
            args = (f"system={system.name}", f"end={system.end}", f"latest={system.latest}")
            found[system.key] = Because("measure.because.updates_perhaps", args)
            state = updates
        elif updates is Updates.EXTENDED and system is not None:
            args = (f"system={system.name}", f"end={system.end}", f"extended={system.extended or '-'}")
            found[system.key] = Because("measure.because.updates_extended", args)
            state = updates if state is Updates.COME else state
    why = tuple(found[key] for key in sorted(found))
    named = (f"system={', '.join(sorted({s.name for _, s in kept.values() if s is not None and s.key in found}))}",)
    if state is Updates.COME:
        return _updates(target, fleet, findings, "os_update", words)
    return _updates(target, fleet, findings, "os_update", words, why, form=f"measure.os_update.{state}", args=named)


def _last(
    target: Target,
    fleet: Fleet,
    findings: list[Finding],
    words: Mapping[str, Word],
    kept: Mapping[str, Upkeep],
    calendar: Calendar,
) -> list[Measure]:
    """Updates from before the end of support."""
    names = {system.name for f in findings if (system := kept[f.id].system) is not None}
    told = {}
    for finding in findings:
        day, origin = calendar.published.get(finding.vulnerability, ("", ""))
        system = kept[finding.id].system
        said = (f"vulnerability={finding.vulnerability}", f"date={day}", f"end={system.end if system else '-'}")
        told[said] = Because("measure.because.published", said, origin)
    why = tuple(told[said] for said in sorted(told)[:SHOWN])
    args = (f"system={', '.join(sorted(names))}",)
    return _updates(target, fleet, findings, "os_update", words, why, form=_LAST, args=args)


def _fixed(finding: Finding, remedies: Remedies) -> bool:
    """Whether the manufacturer itself gives a fix."""
    return any(r.category in PATCHES and r.speaker is Speaker.MANUFACTURER for r in remedies.of(finding))


def _advised(finding: Finding, remedies: Remedies) -> bool:
    """Whether anybody advises a fix."""
    return any(r.category in PATCHES for r in remedies.of(finding))


def _updates(
    target: Target,
    fleet: Fleet,
    findings: list[Finding],
    subject: str,
    words: Mapping[str, Word],
    why: tuple[Because, ...] = (),
    *,
    form: str = "",
    args: tuple[str, ...] = (),
) -> list[Measure]:
    """One measure to update. `subject`: what the manufacturer's word is about; `form`: the measure's key, where it is
    not `subject`'s own; `why`: what else has to be said."""
    if not findings:
        return []
    word = words.get(subject)
    decider = _decide(target, word)
    scope = fleet.scope(findings)
    parts = ", ".join(sorted({f.part for f in findings if f.part not in (*_WHOLE, "os")})[:3])
    return [
        measure(
            target.key,
            MeasureKind.PATCH,
            form or f"measure.{subject}",
            scope,
            authority=decider.authority,
            decided_by=decider.decided_by,
            speaker=Speaker.MANUFACTURER if word is not None and target.marked else Speaker.HYGIE,
            effects=_effects(target, fleet, len(scope.vulnerabilities), form),
            because=(*why, *decider.because, *_perhaps(findings, subject)),
            args=args or (f"parts={parts or '-'}",),
            text=word.condition if word is not None else "",
        )
    ]


def _effects(target: Target, fleet: Fleet, count: int, form: str) -> Effects:
    """Of an update on both safeties; where nobody knows whether there is one, it only may take something away."""
    validated = fleet.validated(target.function)
    attacker, care = effects(MeasureKind.PATCH, target.function, validated, vulnerabilities=count)
    if form:
        key = "measure.attacker.last_updates" if form == _LAST else "measure.attacker.doubtful_updates"
        attacker = (Because(key, attacker[0].args),)
    return attacker, care


def _perhaps(findings: list[Finding], subject: str) -> tuple[Because, ...]:
    """That system updates mend a component only where it comes with the system."""
    inside = subject == "os_update" and any(f.part not in (*_WHOLE, "os") for f in findings)
    return (Because("measure.because.if_of_system"),) if inside else ()


def _decide(target: Target, word: Word | None) -> Decider:
    """Who decides about an update that is not the device manufacturer's own."""
    if not target.marked:
        return Decider(Authority.HOSPITAL, (IT,), (Because("measure.because.unmarked"),))
    if word is None:
        return Decider(Authority.MANUFACTURER_WORD, (MANUFACTURER, BIOMEDICAL), (Because("measure.because.silent"),))
    if word.allowed is True:
        return Decider(Authority.HOSPITAL, (BIOMEDICAL, IT), (word.because,))
    authority = Authority.MANUFACTURER if word.allowed is False else Authority.MANUFACTURER_WORD
    return Decider(authority, (MANUFACTURER, BIOMEDICAL), (word.because,))


def _guards(target: Target, fleet: Fleet, subject: str, words: Mapping[str, Word]) -> list[Measure]:
    """Antivirus or allow-list, where the manufacturer allows it."""
    word = words.get(subject)
    findings = [f for f in target.findings if f.verdict is not Verdict.UNKNOWN]
    if word is None or word.allowed is not True or not findings:
        return []
    scope = fleet.scope(findings)
    return [
        measure(
            target.key,
            MeasureKind.CONFIGURATION,
            f"measure.{subject}",
            scope,
            authority=Authority.HOSPITAL,
            decided_by=(BIOMEDICAL, IT),
            speaker=Speaker.MANUFACTURER,
            effects=effects(
                MeasureKind.CONFIGURATION,
                target.function,
                fleet.validated(target.function),
                vulnerabilities=len(scope.vulnerabilities),
            ),
            because=(word.because,),
            text=word.condition,
        )
    ]
