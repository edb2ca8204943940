"""Measures that rest on what the manufacturer allows: updates of the system or of components, antivirus, allow-lists;
and the question to ask where nobody of the manufacturer has spoken.

What comes in: a target, the manufacturer's permissions, the remedies of its findings. What goes out: measures.

Rules. Updates of an operating system or a component are proposed where such a part is concerned and the manufacturer
gives no fix (for a flaw said of the product: where its system has it too and updates are allowed): hospital alone only
where it allows them; where it refuses them, the manufacturer; where it is silent, its word is needed. Antivirus and
allow-lists are proposed only where they are allowed. A model on whose findings the manufacturer has said nothing gets
one question, but for those that an update asks about already.
"""

from collections.abc import Mapping

from hygie.act.advised import PATCHES, Decider
from hygie.act.effects import effects
from hygie.act.permissions import Word
from hygie.act.remedies import Remedies
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, Fleet, Target, measure
from hygie.model.evidence import Speaker
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Verdict

ALSO_SYSTEM = "because.match.also_system"
"""Reason of a finding on the product whose flaw its operating system has too."""
_WHOLE = ("product", "firmware")
"""Parts that only the manufacturer's own update mends."""


def allowed(target: Target, fleet: Fleet, remedies: Remedies, words: Mapping[str, Word]) -> list[Measure]:
    """Measures of a target that rest on permissions."""
    unfixed = [f for f in target.findings if f.verdict is not Verdict.UNKNOWN and not _fixed(f, remedies)]
    systems = [f for f in unfixed if f.part == "os"]
    components = [f for f in unfixed if f.part and f.part not in (*_WHOLE, "os")]
    system = words.get("os_update")
    if system is not None and system.allowed is True:
        systems += components  # a component may come with the system: said in the measure
        systems += [f for f in unfixed if f.part in _WHOLE and ALSO_SYSTEM in {b.key for b in f.because}]
    asked = {f.id for f in unfixed if f.part and f.part not in _WHOLE}
    return [
        *_updates(target, fleet, systems, "os_update", words),
        *_updates(target, fleet, components, "component_patch", words),
        *(m for subject in ("antivirus", "allow_listing") for m in _guards(target, fleet, subject, words)),
        *_question(target, fleet, [f for f in target.findings if f.id not in asked and not _spoken(f, remedies)]),
    ]


def _fixed(finding: Finding, remedies: Remedies) -> bool:
    """Whether the manufacturer itself gives a fix."""
    return any(r.category in PATCHES and r.speaker is Speaker.MANUFACTURER for r in remedies.of(finding))


def _spoken(finding: Finding, remedies: Remedies) -> bool:
    """Whether the manufacturer has said something about a finding."""
    if finding.speaker is Speaker.MANUFACTURER:
        return True
    return any(r.speaker is Speaker.MANUFACTURER for r in remedies.of(finding))


def _updates(
    target: Target, fleet: Fleet, findings: list[Finding], subject: str, words: Mapping[str, Word]
) -> list[Measure]:
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
            f"measure.{subject}",
            scope,
            authority=decider.authority,
            decided_by=decider.decided_by,
            speaker=Speaker.MANUFACTURER if word is not None and target.marked else Speaker.HYGIE,
            effects=effects(
                MeasureKind.PATCH,
                target.function,
                fleet.validated(target.function),
                vulnerabilities=len(scope.vulnerabilities),
            ),
            because=(*decider.because, *_perhaps(findings, subject)),
            args=(f"parts={parts or '-'}",),
            text=word.condition if word is not None else "",
        )
    ]


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


def _question(target: Target, fleet: Fleet, findings: list[Finding]) -> list[Measure]:
    """Ask the manufacturer, once per model, about findings on which it said nothing and no update asks it already."""
    if not findings or not target.make:
        return []
    scope = fleet.scope(findings)
    nothing = (Because("measure.attacker.none"),), (Because("measure.care.none"),)
    return [
        measure(
            target.key,
            MeasureKind.ORGANISATION,
            "measure.ask",
            scope,
            authority=Authority.MANUFACTURER_WORD,
            decided_by=(MANUFACTURER, BIOMEDICAL),
            speaker=Speaker.HYGIE,
            effects=nothing,
            because=(Because("measure.because.silent"),),
            args=(f"make={target.make}", f"vulnerabilities={len(scope.vulnerabilities)}"),
        )
    ]
