"""Which devices an advisory or a vulnerability hits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hygie.match.aliases import Aliases
from hygie.model.knowledge import Advisory, Statement, Vulnerability
from hygie.model.verdict import Finding, Profile, ProfileOf, Verdict

ORDER = (Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.UNKNOWN, Verdict.FIXED, Verdict.NOT_AFFECTED)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One device and one finding of its profile."""

    device: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Affected:
    """The answer to one question."""

    query: str
    vulnerabilities: tuple[str, ...]
    """Their one names; () where nothing read speaks of the query."""
    documents: tuple[str, ...]
    """Advisories that speak of them."""
    hits: tuple[Hit, ...]
    """Worst verdict first, then by device."""
    silent: int
    """Devices of which nothing is said about these vulnerabilities: neither affected nor cleared."""

    def count(self, verdict: Verdict) -> int:
        """Devices whose worst verdict is this one."""
        worst: dict[str, Verdict] = {}
        for hit in self.hits:
            worst.setdefault(hit.device, hit.finding.verdict)
        return sum(1 for one in worst.values() if one is verdict)


def affected(
    query: str,
    advisories: Sequence[Advisory],
    statements: Sequence[Statement],
    vulnerabilities: Sequence[Vulnerability],
    findings: Sequence[Finding],
    profiles: Iterable[Profile],
    profile_of: Sequence[ProfileOf],
) -> Affected:
    """Devices that an advisory's id, a CVE or another id of a vulnerability hits.

    For an advisory, findings of its vulnerabilities that rest on it or contradict it; for a vulnerability, all its
    findings. Ids are compared without regard to case. Raises LookupError where nothing read speaks of the query.
    """
    asked = query.strip().casefold()
    aliases = Aliases(vulnerabilities, statements)
    documents = {row.document for row in advisories} | {row.document for row in statements}
    documents = {document for document in documents if document.casefold() == asked}
    if documents:
        named = {aliases.name(row.vulnerability) for row in statements if row.document in documents}
    else:
        known = {row.vulnerability for row in statements} | {row.id for row in vulnerabilities}
        known |= {alias for row in statements for alias in row.aliases}
        known |= {alias for row in vulnerabilities for alias in row.aliases}
        known |= {finding.vulnerability for finding in findings}
        named = {aliases.name(one) for one in known if one.casefold() == asked}
        documents = {row.document for row in statements if aliases.name(row.vulnerability) in named}
        if not named:
            raise LookupError(query)
        asked = ""
    chosen = [one for one in findings if one.vulnerability in named and (not asked or _cites(one, documents))]
    return _answer(query, named, documents, chosen, {one.id for one in profiles}, profile_of)


def _answer(
    query: str,
    named: set[str],
    documents: set[str],
    chosen: Iterable[Finding],
    profiles: set[str],
    profile_of: Sequence[ProfileOf],
) -> Affected:
    """Findings of profiles as hits of devices."""
    devices: dict[str, list[str]] = {}
    for row in profile_of:
        if row.profile in profiles:
            devices.setdefault(row.profile, []).append(row.device)
    hits = [Hit(device, finding) for finding in chosen for device in devices.get(finding.profile, ())]
    hits.sort(key=lambda hit: (ORDER.index(hit.finding.verdict), hit.device, hit.finding.vulnerability))
    spoken = {hit.device for hit in hits}
    silent = sum(1 for row in profile_of if row.profile in profiles and row.device not in spoken)
    return Affected(query, tuple(sorted(named)), tuple(sorted(documents)), tuple(hits), silent)


def _cites(finding: Finding, documents: set[str]) -> bool:
    """A finding rests on one of the documents, or one of them lost against its verdict."""
    if finding.document in documents:
        return True
    wanted = {f"document={document}" for document in documents}
    return any(wanted.intersection(because.args) for because in (*finding.because, *finding.against))
