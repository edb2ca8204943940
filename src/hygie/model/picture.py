"""Everything that is known at one moment, as renderers take it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hygie.model.evidence import Coverage, Decision, Reading, Refusal
from hygie.model.fleet import Binding, Contradiction, Device, Flow, Link, Member, Model, Question, Zone
from hygie.model.knowledge import Advisory, Exploited, Score, Vulnerability
from hygie.model.verdict import Compared, Finding, Measure, Priority, Profile, ProfileOf


class Picture(NamedTuple):
    """The workspace at one moment. Lists are in a stable order."""

    as_of: str
    """ISO 8601 date."""
    version: str
    """Of Hygie."""
    readings: list[Reading]
    """Those that count now."""
    superseded: int
    """Readings that newer ones replaced."""
    refusals: list[Refusal]
    coverage: list[Coverage]
    decisions: list[Decision]
    devices: list[Device]
    members: list[Member]
    models: list[Model]
    zones: list[Zone]
    bindings: list[Binding]
    links: list[Link]
    contradictions: list[Contradiction]
    questions: list[Question]
    flows: list[Flow]
    profiles: list[Profile]
    profile_of: list[ProfileOf]
    standings: dict[str, tuple[str, str]]
    """Exposure and mission by device, as risk took them."""
    findings: list[Finding]
    priorities: list[Priority]
    measures: list[Measure]
    uncovered: list[str]
    """Ids of connectable models that no advisory, SBOM or record speaks of."""
    vulnerabilities: dict[str, Vulnerability]
    """Of the findings, by id."""
    exploited: dict[str, Exploited]
    scores: dict[str, Score]
    advisories: list[Advisory]
    functions: Mapping[str, Any]
    """facts' clinical kinds by key."""
    compared: Sequence[Compared] = ()
    """SBOMs, in the order of their ids."""
