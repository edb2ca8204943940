"""Measures that advisories give: patches, settings, and what follows where no fix will come.

What comes in: a target, the remedies of its findings, the manufacturer's permissions. What goes out: measures, one per
document, kind and speaker: authorities publish ten texts where there is one thing to decide, so the texts of one
document stand together. A text that several documents repeat is told once.

Rules. vendor_fix, optional_patch, a version that the manufacturer says is fixed: a patch; the manufacturer does it,
unless it allows the hospital to, or only a third party speaks: then its word is needed and no corrected version is
promised, for authorities file other advice as vendor_fix too, "no fix exists" among it, or the fix of the maker of a
component. A general permission does not stand for that word: it is shown, and the question asks whether this fix is the
manufacturer's own and applicable. mitigation, workaround: a configuration as the speaker states it, its text shown; but
what asks people to look is organisational, and what asks for a network control is told by `network` (`wording` says
which). no_fix_planned: replacement, and a compensating plan meanwhile; none_available and fix_planned: the compensating
plan alone.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from hygie.act.effects import effects
from hygie.act.permissions import Word
from hygie.act.remedies import FIXED_VERSION, Remedies
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, SHOWN, WARD, Fleet, Target, measure
from hygie.act.wording import SETTING, WATCH, asks
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Remedy
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Verdict
from hygie.names.version import FIRMWARE, compare

PATCHES = ("vendor_fix", "optional_patch", FIXED_VERSION)
SETTINGS = ("mitigation", "workaround")
NO_FIX = ("no_fix_planned", "none_available", "fix_planned")


class Advice(NamedTuple):
    """One text of advice, whatever the number of vulnerabilities it answers."""

    kind: MeasureKind
    subject: str
    text: str
    speaker: Speaker


Rows = list[tuple[Finding, Remedy]]
"""Findings, each with a remedy that answers it."""


class Decider(NamedTuple):
    """Who decides, and what says so."""

    authority: Authority
    decided_by: tuple[str, ...]
    because: tuple[Because, ...]


def advised(target: Target, fleet: Fleet, remedies: Remedies, words: Mapping[str, Word]) -> list[Measure]:
    """Measures of a target that its advisories give."""
    gathered: dict[Advice, Rows] = {}
    for finding in target.findings:
        if finding.verdict is not Verdict.UNKNOWN:
            for remedy in filter(partial(_newer, target), remedies.of(finding)):
                for advice in _advices(remedy):
                    gathered.setdefault(advice, []).append((finding, remedy))
    spoken = {_said(advice) for advice in gathered if advice.speaker is Speaker.MANUFACTURER}
    together: dict[tuple[MeasureKind, str, Speaker, str], list[tuple[Advice, Rows]]] = {}
    for advice, rows in gathered.items():
        if advice.speaker is Speaker.MANUFACTURER or _said(advice) not in spoken:
            rows.sort(key=_place)
            key = (advice.kind, advice.subject, advice.speaker, rows[0][1].document)
            together.setdefault(key, []).append((advice, rows))
    return [_measure(target, fleet, together[key], words) for key in sorted(together)]


def _newer(target: Target, remedy: Remedy) -> bool:
    """Whether a remedy may be one: to install an older version than the device has, or the one that it has, is none."""
    if remedy.category != FIXED_VERSION or not target.version:
        return True
    order = compare(remedy.details, target.version, FIRMWARE)
    return order is None or order > 0


def _place(row: tuple[Finding, Remedy]) -> tuple[str, int, str, str]:
    """Order of remedies: as they stand in their document."""
    finding, remedy = row
    return remedy.reading, len(remedy.place), remedy.place, finding.id


def _advices(remedy: Remedy) -> Iterable[Advice]:
    """What one remedy advises."""
    if remedy.category in PATCHES:
        subject = "measure.patch" if remedy.speaker is Speaker.MANUFACTURER else "measure.patch.third_party"
        subject = "measure.patch.version" if remedy.category == FIXED_VERSION else subject
        yield Advice(MeasureKind.PATCH, subject, remedy.details, remedy.speaker)
    elif remedy.category in SETTINGS:
        asked = asks(remedy.details)
        if WATCH in asked:
            yield Advice(MeasureKind.ORGANISATION, "measure.watch", remedy.details, remedy.speaker)
        elif SETTING in asked:
            yield Advice(MeasureKind.CONFIGURATION, "measure.configuration", remedy.details, remedy.speaker)
    elif remedy.category in NO_FIX:
        yield Advice(MeasureKind.ORGANISATION, f"measure.compensate.{remedy.category}", "", remedy.speaker)
        if remedy.category == "no_fix_planned":
            yield Advice(MeasureKind.REPLACEMENT, "measure.replace", "", remedy.speaker)


def _said(advice: Advice) -> tuple[MeasureKind, str, str]:
    """What is advised, whoever says it."""
    text = " ".join(advice.text.casefold().split())
    return advice.kind, advice.subject.removesuffix(".third_party"), text


def _measure(target: Target, fleet: Fleet, texts: list[tuple[Advice, Rows]], words: Mapping[str, Word]) -> Measure:
    """One line of what a document advises; its texts one after the other."""
    texts.sort(key=lambda one: (_of_others(target, *one), _place(one[1][0])))
    advice = texts[0][0]
    scope = fleet.scope({finding.id: finding for _, rows in texts for finding, _ in rows}.values())
    sources: dict[tuple[str, str, str], Remedy] = {}  # a document that was handed over for two sites is one
    for remedy in (remedy for _, rows in texts for _, remedy in rows):
        sources.setdefault((remedy.document, remedy.dated, remedy.place), remedy)
    first, *more = sources.values()
    decider = decide(target, advice, first.document, words)
    shown = told([first, *more][:SHOWN])
    general = decider.authority is Authority.MANUFACTURER_WORD and may_patch(target, words)
    form = advice.subject + ".general" * (general and advice.kind is MeasureKind.PATCH)
    text = " / ".join(one.text for one, _ in texts if one.text)
    who = words["patch"].make if general else ""
    about = (
        f"make={target.make}",
        f"product={' '.join(filter(None, (target.product, target.version)))}",
        f"who={who or target.make}",
    )
    version = (f"version={text}",) if first.category == FIXED_VERSION else ()
    return measure(
        target.key,
        advice.kind,
        form,
        scope,
        authority=decider.authority,
        decided_by=decider.decided_by,
        speaker=advice.speaker,
        effects=effects(
            advice.kind, target.function, fleet.validated(target.function), vulnerabilities=len(scope.vulnerabilities)
        ),
        because=(*shown, *decider.because),
        args=(
            f"document={first.document}",
            f"dated={first.dated or '-'}",
            f"url={first.url or '-'}",
            *(about if form != advice.subject else version),
        ),
        text=text,
    )


def _of_others(target: Target, advice: Advice, rows: Rows) -> bool:
    """Whether a text names neither the product nor the component that it is to mend: an authority lists what each maker
    of a component says beside each product, and what concerns this one shall stand first."""
    text = advice.text.casefold()
    names = {target.make, *target.product.split()[:1]} | {f.part.partition(" ")[0] for f, _ in rows}
    return not any(name and name.casefold() in text for name in names)


def told(remedies: Iterable[Remedy]) -> tuple[Because, ...]:
    """That remedies are advised, by whom, where; and the restarts that they ask for, each once."""
    advice: list[Because] = []
    restarts: dict[str, Because] = {}
    for remedy in remedies:
        who = "manufacturer" if remedy.speaker is Speaker.MANUFACTURER else "third_party"
        args = (f"document={remedy.document}", f"vulnerability={remedy.vulnerability}")
        where = f"{remedy.reading}#{remedy.place}"
        advice.append(Because(f"measure.because.{remedy.category}.{who}", args, where))
        if remedy.restart:
            restarts.setdefault(
                remedy.restart, Because("measure.because.restart", (f"restart={remedy.restart}",), where)
            )
    return (*advice, *restarts.values())


def may_patch(target: Target, words: Mapping[str, Word]) -> bool:
    """Whether the manufacturer of what may carry a CE mark allows updates in general."""
    return target.marked and (word := words.get("patch")) is not None and word.allowed is True


def decide(target: Target, advice: Advice, document: str, words: Mapping[str, Word]) -> Decider:
    """Who decides about a patch, a setting, a plan or a replacement that a document advises."""
    kind, speaker = advice.kind, advice.speaker
    if kind in (MeasureKind.ORGANISATION, MeasureKind.REPLACEMENT):
        return Decider(Authority.JOINT, (BIOMEDICAL, IT, WARD), ())
    if not target.marked:
        return Decider(Authority.HOSPITAL, (IT,), (Because("measure.because.unmarked"),))
    word = words.get("patch" if kind is MeasureKind.PATCH else "configuration")
    said = (word.because,) if word is not None else ()
    if word is not None and word.allowed is True and speaker is Speaker.MANUFACTURER:
        return Decider(Authority.HOSPITAL, (BIOMEDICAL, IT), said)
    if speaker is Speaker.MANUFACTURER:
        key = "measure.because.manufacturer_does" if word is None else "measure.because.manufacturer_keeps"
        return Decider(Authority.MANUFACTURER, (MANUFACTURER, BIOMEDICAL), (*said, Because(key)))
    own = Because("measure.because.not_said")
    if word is not None and word.allowed is True:  # in general: of this text it said nothing
        what = "patch" if kind is MeasureKind.PATCH else "configuration"
        own = Because(f"measure.because.not_confirmed.{what}", (f"document={document}",))
    return Decider(Authority.MANUFACTURER_WORD, (MANUFACTURER, BIOMEDICAL), (*said, own))
