"""What measures are about: the live findings of one model, with its devices, wards and clinical function.

What comes in: a ground. What goes out: `Fleet`, an index of it, and its `targets`. A finding of a profile without a
model is about its profile alone: its target's key is "profile:<id>". Devices that are gone need no measure.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from hygie.act.ground import Ground
from hygie.facts.functions import ClinicalKind, function_of
from hygie.model.evidence import Speaker
from hygie.model.fleet import Device, Model
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind, Outcome, Profile, Verdict
from hygie.names import people

LIVE = (Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.UNKNOWN)
URGENCY = {outcome: place for place, outcome in enumerate(Outcome)}
"""0 least urgent."""

BIOMEDICAL, IT, WARD, MANUFACTURER = "biomedical", "it", "ward", "manufacturer"
"""Who decides."""

SHOWN = 5
"""Origins shown of what is counted."""


@dataclass(slots=True)
class Target:
    """One model (or profile without model) and what was found of it."""

    key: str
    model: Model | None
    make: str
    product: str
    version: str
    devices: list[Device]
    function: ClinicalKind
    marked: bool
    """It may carry a CE mark as a medical device: everything but what is known to carry none."""
    findings: list[Finding] = field(default_factory=list)
    """Live ones."""


class Scope(NamedTuple):
    """What a measure answers."""

    vulnerabilities: tuple[str, ...]
    findings: int
    """Device findings."""
    doubtful: bool
    """None of them is sure."""
    devices: int
    wards: tuple[str, ...]
    outcome: Outcome


class Fleet:
    """Devices by profile, outcomes by finding, targets by key."""

    def __init__(self, ground: Ground) -> None:
        self.devices: dict[str, Device] = {d.id: d for d in ground["device"] if not d.gone}
        self.models: dict[str, Model] = {m.id: m for m in ground["model"]}
        self.profiles: dict[str, Profile] = {p.id: p for p in ground["profile"]}
        self.members: dict[str, list[Device]] = {}
        for of in ground["profile_of"]:
            if of.device in self.devices:
                self.members.setdefault(of.profile, []).append(self.devices[of.device])
        self.outcomes: dict[str, Outcome] = {}
        for priority in ground["priority"]:
            known = self.outcomes.get(priority.finding)
            if known is None or URGENCY[known] < URGENCY[priority.outcome]:
                self.outcomes[priority.finding] = priority.outcome
        self.words = people.words(ground["decision"])
        self.targets = self._targets(f for f in ground["finding"] if f.verdict in LIVE)

    def _targets(self, findings: Iterable[Finding]) -> list[Target]:
        found: dict[str, Target] = {}
        by_model: dict[str, list[Device]] = {}
        for device in self.devices.values():
            by_model.setdefault(device.model, []).append(device)
        for finding in findings:
            profile = self.profiles.get(finding.profile)
            if profile is None or finding.profile not in self.members:
                continue
            key = profile.model or f"profile:{profile.id}"
            target = found.get(key)
            if target is None:
                devices = by_model.get(profile.model, []) if profile.model else self.members[profile.id]
                target = found[key] = self._target(key, profile, devices)
            target.findings.append(finding)
        for target in found.values():
            target.findings.sort(key=lambda f: f.id)
        return [found[key] for key in sorted(found)]

    def _target(self, key: str, profile: Profile, devices: list[Device]) -> Target:
        model = self.models.get(profile.model)
        kinds = Counter(d.kind for d in devices if d.kind)
        kind = model.kind if model and model.kind else min(kinds, key=lambda k: (-kinds[k], k), default="")
        return Target(
            key=key,
            model=model,
            make=model.make if model else profile.make,
            product=model.product if model else profile.product,
            version=model.version if model else profile.version,
            devices=sorted(devices, key=lambda d: d.id),
            function=function_of(kind),
            marked=may_be_marked(function_of(kind), devices),
        )

    def scope(self, findings: Iterable[Finding]) -> Scope:
        """What findings of one target amount to, device by device."""
        chosen = list(findings)
        profiles = {f.profile for f in chosen}
        devices = {d.id: d for profile in profiles for d in self.members[profile]}
        outcomes = [self.outcomes[f.id] for f in chosen if f.id in self.outcomes]
        return Scope(
            vulnerabilities=tuple(sorted({f.vulnerability for f in chosen})),
            findings=sum(len(self.members[f.profile]) for f in chosen),
            doubtful=not any(f.verdict is Verdict.AFFECTED for f in chosen),
            devices=len(devices),
            wards=wards_of(devices.values()),
            outcome=max(outcomes, key=URGENCY.__getitem__, default=Outcome.DEFER),
        )

    def validated(self, function: ClinicalKind) -> tuple[Because, ...]:
        """Whether a named person confirmed what we take for granted about a function."""
        word = self.words.get(("function", function.key))
        if word is None:
            return (Because("function.not_validated"),)
        return (Because("function.confirmed", word.args, word.origin),)


def may_be_marked(function: ClinicalKind, devices: Iterable[Device]) -> bool:
    """Whether devices may carry a medical CE mark: by kind, by the class a source gives, or as part of a system."""
    return function.marked != "no" or any(d.ce_class or d.system for d in devices)


def wards_of(devices: Iterable[Device]) -> tuple[str, ...]:
    """Wards named, sorted."""
    return tuple(sorted({d.ward for d in devices if d.ward}))


def measure(
    target: str,
    kind: MeasureKind,
    subject: str,
    scope: Scope,
    *,
    authority: Authority,
    decided_by: tuple[str, ...],
    speaker: Speaker,
    effects: tuple[tuple[Because, ...], tuple[Because, ...]],
    because: tuple[Because, ...],
    args: tuple[str, ...] = (),
    text: str = "",
    flows: int = 0,
    days: float = 0.0,
) -> Measure:
    """A measure with its stable id. `effects`: on the attacker, on care."""
    mark = hashlib.blake2b("\0".join((target, kind, subject, text, speaker)).encode(), digest_size=7).digest()
    return Measure(
        id=f"A-{base64.b32encode(mark)[:10].decode('ascii').lower()}",
        kind=kind,
        model=target,
        subject=subject,
        args=args,
        text=text,
        authority=authority,
        decided_by=decided_by,
        speaker=speaker,
        on_attacker=effects[0],
        on_care=effects[1],
        vulnerabilities=scope.vulnerabilities,
        findings=scope.findings,
        devices=scope.devices,
        wards=scope.wards,
        outcome=scope.outcome,
        flows=flows,
        days=days,
        because=because,
        doubtful=scope.doubtful,
    )
