"""What is known, counted per device: what renderers share.

A finding rests per profile and a priority per (finding, exposure, kind, mission): here they are joined to devices,
once per group of devices that are alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from hygie.facts.systems import recognised
from hygie.model.evidence import Reading
from hygie.model.fleet import Connectable, Device, Link, Seen
from hygie.model.picture import Picture
from hygie.model.verdict import Finding, Measure, Outcome, Priority, Verdict

SAFETIES = ("negligible", "marginal", "critical", "catastrophic")
"""SSVC safety impact, least grave first."""
OUTCOMES = tuple(Outcome)
OPEN = (Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.UNKNOWN)
"""Verdicts that still ask for something."""
TELLING = ("csaf", "openvex", "cve5", "nvd")
"""Kinds of readings that say which products a vulnerability affects."""
GONE = ("disposed", "out of service")
"""Status of devices that are no longer used."""
UNLISTED = (Seen.NOT_IN_GMAO, Seen.NO_GMAO, Seen.LISTED, Seen.LISTED_UNSEEN)
"""Devices that no GMAO knows."""
UNSEEN = (Seen.NOT_SEEN, Seen.NOT_OBSERVABLE, Seen.LISTED_UNSEEN, Seen.LISTED)
"""Devices that nobody met on a network."""
DOUBT = 0.1
"""Probability of an open pair from which on it is no longer sure that a device is not the other one."""
MET = (Seen.NOT_IN_GMAO, Seen.NO_GMAO)
"""Devices that were met, and that no GMAO knows."""
SYSTEMS = ("ended", "edition", "maintained", "undated", "strange", "unsaid")
"""What may be known of a device's operating system: its support has ended; has ended for some editions, and nobody
says which; has not; no public date; a text that names no system of the list; nothing."""


def tally_of(picture: Picture) -> "Tally":
    """The tally of a picture. The last one is kept: summary, report and workbooks count the same."""
    if not (_last and _last[0].picture is picture):
        _last[:] = [Tally(picture)]
    return _last[0]


_last: "list[Tally]" = []


class Tally:
    """Counts and joins of one picture; each is computed once, when asked."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @cached_property
    def connectable(self) -> list[Device]:
        """Devices that may be on a network: not those that a source or a person says are not."""
        return [d for d in self.picture.devices if d.connectable is not Connectable.NO]

    @cached_property
    def present(self) -> list[Device]:
        """Devices that may be on a network and that no source calls disposed or out of service."""
        return [d for d in self.connectable if d.status not in GONE]

    @cached_property
    def declared(self) -> list[Device]:
        """Devices that a GMAO lists, still used."""
        return [d for d in self.picture.devices if d.seen not in UNLISTED and d.status not in GONE]

    @cached_property
    def informed(self) -> bool:
        """Whether anything was read that says which products a vulnerability affects."""
        kinds = {r.kind for r in self.picture.readings}
        return bool(self.picture.findings or self.picture.advisories or kinds & set(TELLING))

    @cached_property
    def systems(self) -> dict[str, list[Device]]:
        """Devices present by what is known of their operating system: one of `SYSTEMS`."""
        found: dict[str, list[Device]] = {word: [] for word in SYSTEMS}
        for device in self.present:
            found[_support(device, self.picture.as_of)].append(device)
        return found

    @cached_property
    def strange_systems(self) -> list[tuple[str, list[Device]]]:
        """Texts that name no operating system of the list, with their devices; the most numerous first."""
        return _alike((f"{d.os} {d.os_version}".strip(), d) for d in self.systems["strange"])

    @cached_property
    def strange_kinds(self) -> list[tuple[str, list[Device]]]:
        """Designations of devices present whose clinical kind nobody knows; the most numerous first."""
        return _alike((designation(d), d) for d in self.present if not d.kind)

    @cached_property
    def sites(self) -> list[str]:
        """Sites of devices and zones."""
        return sorted({d.site for d in self.picture.devices} | {z.site for z in self.picture.zones})

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """Zones as people call them, by id; with the site where there are several: two may have one network."""
        several = len(self.sites) > 1
        return {z.id: f"{z.name or z.cidr} ({z.site})" if several else z.name or z.cidr for z in self.picture.zones}

    @cached_property
    def profile(self) -> dict[str, str]:
        """Profile by device."""
        return {p.device: p.profile for p in self.picture.profile_of}

    @cached_property
    def devices(self) -> dict[str, list[Device]]:
        """Devices by profile, but for those that are gone."""
        found: dict[str, list[Device]] = defaultdict(list)
        for device in self.picture.devices:
            if (profile := self.profile.get(device.id)) and not device.gone:
                found[profile].append(device)
        return found

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """Findings by profile."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.picture.findings:
            found[finding.profile].append(finding)
        return found

    @cached_property
    def gone(self) -> int:
        """Devices disposed of: in the register, and in no other count."""
        return sum(device.gone for device in self.picture.devices)

    @cached_property
    def _priorities(self) -> dict[tuple[str, str, str, str], Priority]:
        return {(p.finding, p.exposure, p.kind, p.mission): p for p in self.picture.priorities}

    def priority(self, finding: str, device: Device) -> Priority | None:
        """The priority of a finding on a device; None where the verdict asks for nothing, or the device is gone."""
        if device.gone:
            return None
        exposure, mission = self.picture.standings.get(device.id, ("open", ""))
        return self._priorities.get((finding, exposure, device.kind, mission))

    @cached_property
    def worst(self) -> dict[str, Priority]:
        """The most urgent priority of each device that has one; among equals the gravest safety."""
        alike: dict[tuple[str, tuple[str, str], str], Priority | None] = {}
        found: dict[str, Priority] = {}
        for device in self.picture.devices:
            if device.gone:
                continue
            profile = self.profile.get(device.id, "")
            group = (profile, self.picture.standings.get(device.id, ("", "")), device.kind)
            if group not in alike:
                each = (self.priority(f.id, device) for f in self.findings.get(profile, []))
                alike[group] = max((p for p in each if p), key=gravity, default=None)
            if priority := alike[group]:
                found[device.id] = priority
        return found

    @cached_property
    def pressing(self) -> list[Device]:
        """Devices that could cost a life and whose priority is more urgent than the next planned maintenance."""
        urgent = (Outcome.IMMEDIATE, Outcome.OUT_OF_CYCLE)
        return [d for d in self.grave if self.worst[d.id].outcome in urgent]

    @cached_property
    def grave(self) -> list[Device]:
        """Devices with an open finding whose safety impact is critical or catastrophic."""
        return [d for d in self.picture.devices if d.id in self.worst and self.worst[d.id].safety in SAFETIES[2:]]

    @cached_property
    def _measures(self) -> dict[str, list[Measure]]:
        found: dict[str, list[Measure]] = defaultdict(list)
        for measure in self.picture.measures:
            found[measure.model].append(measure)
        return found

    def measures(self, model: str, profile: str, os: str, os_version: str) -> list[Measure]:
        """Measures on a model, else on a profile that has none, and on the operating system that it runs."""
        system = recognised(f"{os} {os_version}".strip()) if os else None
        mine = self._measures.get(model or f"profile:{profile}", [])
        return mine + (self._measures.get(f"os:{system.family}", []) if system else [])

    @cached_property
    def matrix(self) -> list[list[int]]:
        """Devices by safety (rows, least grave first) and most urgent outcome (columns, least urgent first)."""
        counts = Counter((p.safety, p.outcome) for p in self.worst.values())
        return [[counts[safety, outcome] for outcome in OUTCOMES] for safety in SAFETIES]

    @cached_property
    def verdicts(self) -> dict[Verdict, int]:
        """Device findings by verdict."""
        counts: Counter[Verdict] = Counter()
        for finding in self.picture.findings:
            counts[finding.verdict] += len(self.devices.get(finding.profile, ()))
        return {verdict: counts[verdict] for verdict in Verdict}

    @cached_property
    def seen(self) -> dict[Seen, int]:
        """Devices by how GMAO and observation agree."""
        counts = Counter(d.seen for d in self.picture.devices)
        return {seen: counts[seen] for seen in Seen}

    @cached_property
    def perhaps(self) -> dict[str, tuple[Link, Device]]:
        """Device that was not seen -> the likeliest open pair that makes of it one that was, and that one; and a device
        that stands in no GMAO -> the same with one that stands there."""
        devices = {d.id: d for d in self.picture.devices}
        found: dict[str, tuple[Link, Device]] = {}
        for link in sorted(self.picture.links, key=lambda link: (-link.probability, link.id)):
            one, other = devices.get(link.left), devices.get(link.right)
            if link.decided or link.probability < DOUBT or one is None or other is None:
                continue
            for mine, theirs in ((one, other), (other, one)):
                met, unlisted = theirs.seen is Seen.BOTH or theirs.seen in MET, mine.seen in MET
                if (mine.seen in UNSEEN and met) or (unlisted and theirs.seen not in MET):
                    found.setdefault(mine.id, (link, theirs))
        return found

    @cached_property
    def exploited_devices(self) -> int:
        """Devices with a finding, affected or possible, that is known to be exploited."""
        hit = {
            f.profile
            for f in self.picture.findings
            if f.vulnerability in self.picture.exploited and f.verdict in (Verdict.AFFECTED, Verdict.POSSIBLE)
        }
        return sum(len(self.devices.get(profile, ())) for profile in hit)


def percent(link: Link) -> str:
    """A pair's probability for people: what a person has to settle is never "0" nor "100"."""
    return str(min(99, max(1, round(100 * link.probability))))


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Readings of different contents: a file of knowledge that was handed over for two sites is one."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        found.setdefault((reading.kind, reading.sha256 or reading.id), reading)
    return list(found.values())


def _support(device: Device, as_of: str) -> str:
    """One of `SYSTEMS`."""
    if not device.os:
        return "unsaid"
    system = recognised(f"{device.os} {device.os_version}".strip())
    if system is None:
        return "strange"
    if not system.end:
        return "undated"
    return {True: "ended", None: "edition", False: "maintained"}[system.out(as_of)]


def designation(device: Device) -> str:
    """What a device is called, without its make and product; all of its name where it has no other."""
    made = " ".join(filter(None, (device.make, device.product)))
    return device.name.removesuffix(made).strip() or device.name


def _alike(named: Iterable[tuple[str, Device]]) -> list[tuple[str, list[Device]]]:
    """Devices by a text, whatever its capitals; the most numerous first."""
    found: dict[str, tuple[str, list[Device]]] = {}
    for text, device in named:
        found.setdefault(text.casefold(), (text, []))[1].append(device)
    return sorted(found.values(), key=lambda item: (-len(item[1]), item[0]))


def gravity(priority: Priority) -> tuple[int, int]:
    """For ordering: outcome, then safety."""
    safety = SAFETIES.index(priority.safety) if priority.safety in SAFETIES else 1
    return OUTCOMES.index(priority.outcome), safety
