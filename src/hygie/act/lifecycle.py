"""Ends of support: of operating systems, over all models, and of models.

What comes in: devices, models, findings, the day. What goes out: for each operating system as people call it
("os:Windows 10", whatever the release) a measure for the devices on which its support has ended, and one for those on
which the edition decides whether it has; and a measure for each model whose manufacturer's support has ended.

After the end of support the responsibility rests with the hospital (IMDRF N70): a compensating plan, a signature and a
replacement year are asked for. The manufacturer may hold an extended contract: it is asked. Where the edition decides
and nobody gave it, it is to be found out, and not said to be out of support.

An end of a system's support is as urgent as the most urgent finding (affected or possible) on that system on those
devices, and names it; a finding on something else of the device lends it no urgency. The end of a manufacturer's
support concerns all that is found on its model. Without any finding it counts as "scheduled": no fix will come for what
is found next. A check of the edition takes nothing from an attacker and is "scheduled": what presses has measures of
its own.

Names that several systems share (the network shows 6.1.7601: Windows 7 or Server 2008 R2) stand with the one that is
met in devices, and it is said what cannot be told apart.
Source: IMDRF/CYBER WG/N70 (2023); facts.systems.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hygie.act.allowed import ALSO_SYSTEM
from hygie.act.effects import Effects, effects
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, SHOWN, URGENCY, WARD, Fleet, Scope, measure, wards_of
from hygie.act.upkeep import system_of
from hygie.facts.functions import function_of
from hygie.facts.systems import System
from hygie.model.evidence import Speaker
from hygie.model.fleet import Device, Model
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Outcome, Verdict

GONE = frozenset(("disposed", "out of service"))
"""Status of devices that no plan speaks of."""
_HIT = (Verdict.AFFECTED, Verdict.POSSIBLE)


class Aged(NamedTuple):
    """Devices of one family of systems, whose support has ended, or whose edition decides."""

    family: str
    ended: bool
    systems: dict[str, tuple[System, list[Device]]]
    """By key: releases of the family, each with its devices."""

    @property
    def devices(self) -> list[Device]:
        """All of them, by id."""
        return sorted((d for _, some in self.systems.values() for d in some), key=lambda d: d.id)


def system_ends(fleet: Fleet, findings: Iterable[Finding], as_of: str) -> list[Measure]:
    """Measures on operating systems whose support has ended, or may have."""
    found: dict[tuple[str, bool], Aged] = {}
    for device in fleet.devices.values():
        system = system_of(device.os, device.os_version)
        out = system.out(as_of) if system is not None else False
        if system is None or out is False or not system.end or device.status in GONE:
            continue
        key = (system.family, out is True)
        aged = found.setdefault(key, Aged(*key, {}))
        aged.systems.setdefault(system.key, (system, []))[1].append(device)
    of_systems: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.verdict in _HIT and on_system(finding):
            of_systems.setdefault(finding.profile, []).append(finding)
    return [_system(fleet, found[key], of_systems, as_of) for key in sorted(found)]


def on_system(finding: Finding) -> bool:
    """Whether a finding is on the operating system: said of it, or of a product whose system has the flaw too."""
    return finding.part == "os" or any(b.key == ALSO_SYSTEM for b in finding.because)


def _system(fleet: Fleet, aged: Aged, of_systems: dict[str, list[Finding]], as_of: str) -> Measure:
    devices = aged.devices
    ids = {d.id for d in devices}
    mine = sorted(p for p in of_systems if any(d.id in ids for d in fleet.members[p]))
    pressing = [f for p in mine for f in of_systems[p]] if aged.ended else []
    scope = _scope(fleet, devices, pressing)
    systems = [system for system, _ in aged.systems.values()]
    ends = sorted({system.end for system in systems})
    subject = "measure.system_edition"
    if aged.ended:
        subject = "measure.system_end" if len(ends) == 1 else "measure.system_end.several"
    reasons = [b for key in sorted(aged.systems) for b in _told(*aged.systems[key], ended=aged.ended, as_of=as_of)]
    return measure(
        f"os:{aged.family}",
        MeasureKind.ORGANISATION,
        subject,
        scope,
        authority=Authority.JOINT,
        decided_by=(BIOMEDICAL, IT, WARD, MANUFACTURER),
        speaker=Speaker.HYGIE,
        effects=_effects(scope, ended=aged.ended),
        because=(*reasons, *_urgency(fleet, scope, pressing, ended=aged.ended), *_origins(devices)),
        args=(
            f"system={aged.family}",
            f"end={ends[0]}",
            f"latest={ends[-1]}",
            f"devices={scope.devices}",
            f"models={len({d.model for d in devices if d.model})}",
        ),
    )


def _effects(scope: Scope, *, ended: bool) -> Effects:
    """On the attacker: what replacing and isolating take, not what the plan on paper does. On care."""
    if not ended:
        return (Because("measure.attacker.system_edition"),), (Because("measure.care.system_edition"),)
    count = (f"vulnerabilities={len(scope.vulnerabilities)}",)
    return (Because("measure.attacker.system_end", count),), (Because("measure.care.system_end"),)


def _told(system: System, devices: list[Device], *, ended: bool, as_of: str) -> Iterable[Because]:
    """What is known of one release, and what cannot be told apart."""
    named = (f"system={system.name}", f"devices={len(devices)}")
    source = f"endoflife.date, {system.source.replace(':', ' ')}" if ":" in system.source else system.source
    yield Because("measure.because.system_end", (*named, f"end={system.end}", f"list={source}"))
    if not ended:
        yield Because("measure.because.edition", (f"end={system.end}", f"latest={system.latest}"))
    if system.shared:
        yield Because("measure.because.shared", named)
    if system.extended >= as_of:
        yield Because("measure.because.extended", (f"extended={system.extended}",))


def _urgency(fleet: Fleet, scope: Scope, findings: list[Finding], *, ended: bool) -> tuple[Because, ...]:
    """Which finding makes it urgent."""
    if not ended:
        return (Because("measure.because.urgency_edition"),)
    return (_pressing(fleet, scope, findings, "measure.because.urgency_finding", "measure.because.urgency_none"),)


def _pressing(fleet: Fleet, scope: Scope, findings: list[Finding], some: str, none: str) -> Because:
    """Which of the findings makes it urgent; `some`, `none`: message keys."""
    ranked = [f for f in findings if f.id in fleet.outcomes]
    if not ranked:
        return Because(none)
    first = min(ranked, key=lambda f: (-URGENCY[fleet.outcomes[f.id]], f.vulnerability, f.id))
    args = (f"vulnerability={first.vulnerability}", f"outcome={scope.outcome.value}", f"findings={scope.findings}")
    return Because(some, args)


def model_ends(fleet: Fleet, findings: Iterable[Finding], as_of: str) -> list[Measure]:
    """One measure per model whose support has ended, by the manufacturer's or the hospital's date."""
    by_model: dict[str, list[Finding]] = {}
    for finding in findings:
        profile = fleet.profiles.get(finding.profile)
        if finding.verdict in _HIT and profile is not None and profile.model and profile.id in fleet.members:
            by_model.setdefault(profile.model, []).append(finding)
    devices: dict[str, list[Device]] = {}
    for device in fleet.devices.values():
        model = fleet.models.get(device.model)
        end = device.support_end or (model.support_end if model else "")
        if model is not None and end and end < as_of and device.status not in GONE:
            devices.setdefault(model.id, []).append(device)
    return [_model(fleet, fleet.models[key], old, by_model.get(key, [])) for key, old in sorted(devices.items())]


def _model(fleet: Fleet, model: Model, old: list[Device], findings: list[Finding]) -> Measure:
    function = function_of(model.kind)
    scope = _scope(fleet, old, findings)
    end = min(d.support_end or model.support_end for d in old)
    told = Because("measure.because.support_end", (f"end={end}",), _source(model.support_source))
    urgency = _pressing(fleet, scope, findings, "measure.because.urgency_model", "measure.because.urgency_no_model")
    count = len(scope.vulnerabilities)
    return measure(
        model.id,
        MeasureKind.REPLACEMENT,
        "measure.support_end",
        scope,
        authority=Authority.JOINT,
        decided_by=(BIOMEDICAL, IT, WARD, MANUFACTURER),
        speaker=Speaker.HYGIE,
        effects=effects(MeasureKind.REPLACEMENT, function, fleet.validated(function), vulnerabilities=count),
        because=(told, urgency),
        args=(f"make={model.make}", f"product={model.product}", f"end={end}", f"devices={len(old)}"),
    )


def _source(text: str) -> str:
    """Origin within a model's source of its support date ("evidence:<reading>#<place>"); "" where it names none."""
    return text.removeprefix("evidence:") if "#" in text else ""


def _scope(fleet: Fleet, devices: list[Device], findings: list[Finding]) -> Scope:
    """Of these devices alone, whatever else their profiles hold."""
    ids = {d.id for d in devices}
    outcomes = [fleet.outcomes[f.id] for f in findings if f.id in fleet.outcomes]
    return Scope(
        vulnerabilities=tuple(sorted({f.vulnerability for f in findings})),
        findings=sum(sum(d.id in ids for d in fleet.members[f.profile]) for f in findings),
        doubtful=False,
        devices=len(devices),
        wards=wards_of(devices),
        outcome=max([Outcome.SCHEDULED, *outcomes], key=URGENCY.__getitem__),
    )


def _origins(devices: Iterable[Device]) -> tuple[Because, ...]:
    """Some of the devices, by name and what they said of their system."""
    some = sorted(devices, key=lambda d: d.id)[:SHOWN]
    return tuple(
        Because(
            "measure.because.device_system",
            (f"device={d.name or d.id}", f"id={d.id}", f"os={d.os} {d.os_version}".rstrip()),
        )
        for d in some
    )
