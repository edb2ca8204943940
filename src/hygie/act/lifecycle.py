"""Ends of support: of operating systems, over all models, and of models.

What comes in: devices, models, findings, the day. What goes out: one measure per operating system out of support
("os:<name>") and one per model whose manufacturer's support has ended.

After the end of support the responsibility rests with the hospital (IMDRF N70): a compensating plan, a signature and a
replacement year are asked for. The manufacturer may hold an extended contract: it is asked. Where the edition decides
and nobody gave it, it is to be found out, and not said to be out of support.

An end of support without a ranked finding still counts as "scheduled": no fix will come for what is found next.
Source: IMDRF/CYBER WG/N70 (2023); facts.systems.
"""

from collections.abc import Iterable

from hygie.act.effects import effects
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, SHOWN, URGENCY, WARD, Fleet, Scope, measure, wards_of
from hygie.facts.functions import ClinicalKind, function_of
from hygie.facts.systems import System, recognised
from hygie.model.evidence import Speaker
from hygie.model.fleet import Device
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Outcome

GONE = frozenset(("disposed", "out of service"))
"""Status of devices that no plan speaks of."""

_SAFETY = ("negligible", "marginal", "critical", "catastrophic")


def system_ends(fleet: Fleet, findings: Iterable[Finding], as_of: str) -> list[Measure]:
    """One measure per operating system whose support has ended, or may have."""
    found: dict[str, tuple[System, list[Device]]] = {}
    for device in fleet.devices.values():
        system = recognised(f"{device.os} {device.os_version}".strip()) if device.os else None
        if system is not None and system.out(as_of) is not False and system.end and device.status not in GONE:
            found.setdefault(system.key, (system, []))[1].append(device)
    by_profile: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.part == "os":
            by_profile.setdefault(finding.profile, []).append(finding)
    mine: dict[str, list[str]] = {}
    for profile, members in fleet.members.items():
        if profile in by_profile:
            for device in members:
                mine.setdefault(device.id, []).append(profile)
    measures = []
    for _, (system, devices) in sorted(found.items()):
        profiles = sorted({p for d in devices for p in mine.get(d.id, ())})
        measures.append(_system(fleet, system, devices, [f for p in profiles for f in by_profile[p]], as_of))
    return measures


def _system(fleet: Fleet, system: System, devices: list[Device], findings: list[Finding], as_of: str) -> Measure:
    scope = _scope(fleet, devices, findings)
    gravest = _gravest(devices)
    ended = system.out(as_of) is True
    reasons = [
        Because("measure.because.system_end", (f"system={system.name}", f"end={system.end}", f"list={system.source}"))
    ]
    if not ended:
        reasons.append(Because("measure.because.edition", (f"end={system.end}", f"latest={system.latest}")))
    if system.extended > as_of:
        reasons.append(Because("measure.because.extended", (f"extended={system.extended}",)))
    return measure(
        f"os:{system.name}",
        MeasureKind.ORGANISATION,
        "measure.system_end" if ended else "measure.system_edition",
        scope,
        authority=Authority.JOINT,
        decided_by=(BIOMEDICAL, IT, WARD, MANUFACTURER),
        speaker=Speaker.HYGIE,
        effects=effects(MeasureKind.ORGANISATION, gravest, fleet.validated(gravest)),
        because=(*reasons, *_origins(devices)),
        args=(
            f"system={system.name}",
            f"end={system.end}",
            f"devices={scope.devices}",
            f"models={len({d.model for d in devices if d.model})}",
        ),
    )


def model_ends(fleet: Fleet, findings: Iterable[Finding], as_of: str) -> list[Measure]:
    """One measure per model whose support has ended, by the manufacturer's or the hospital's date."""
    by_model: dict[str, list[Finding]] = {}
    for finding in findings:
        profile = fleet.profiles.get(finding.profile)
        if profile is not None and profile.model and profile.id in fleet.members:
            by_model.setdefault(profile.model, []).append(finding)
    devices: dict[str, list[Device]] = {}
    for device in fleet.devices.values():
        model = fleet.models.get(device.model)
        end = device.support_end or (model.support_end if model else "")
        if model is not None and end and end < as_of and device.status not in GONE:
            devices.setdefault(model.id, []).append(device)
    measures = []
    for model_id, old in sorted(devices.items()):
        model = fleet.models[model_id]
        function = function_of(model.kind)
        end = min(d.support_end or model.support_end for d in old)
        args = (f"make={model.make}", f"product={model.product}", f"end={end}", f"devices={len(old)}")
        measures.append(
            measure(
                model_id,
                MeasureKind.REPLACEMENT,
                "measure.support_end",
                _scope(fleet, old, by_model.get(model_id, [])),
                authority=Authority.JOINT,
                decided_by=(BIOMEDICAL, IT, WARD, MANUFACTURER),
                speaker=Speaker.HYGIE,
                effects=effects(MeasureKind.REPLACEMENT, function, fleet.validated(function)),
                because=(Because("measure.because.support_end", (f"end={end}",), _source(model.support_source)),),
                args=args,
            )
        )
    return measures


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
        devices=len(devices),
        wards=wards_of(devices),
        outcome=max([Outcome.SCHEDULED, *outcomes], key=URGENCY.__getitem__),
    )


def _gravest(devices: Iterable[Device]) -> ClinicalKind:
    """Function with the gravest safety among devices."""
    functions = {d.kind: function_of(d.kind) for d in devices}
    return functions[min(functions, key=lambda kind: (-_SAFETY.index(functions[kind].safety), kind))]


def _origins(devices: Iterable[Device]) -> tuple[Because, ...]:
    """Some of the devices, by name and what they said of their system."""
    some = sorted(devices, key=lambda d: d.id)[:SHOWN]
    return tuple(
        Because(
            "measure.because.device_system", (f"device={d.name or d.id}", f"id={d.id}", f"os={d.os} {d.os_version}")
        )
        for d in some
    )
