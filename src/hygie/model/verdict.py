"""Findings, priorities, measures: what follows for the devices, each with its because."""

from dataclasses import dataclass
from enum import StrEnum

from hygie.model.evidence import Speaker


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: a message key, its arguments, and where it rests."""

    key: str
    """Message key; `words` renders it."""
    args: tuple[str, ...] = ()
    """"name=value" each."""
    origin: str = ""
    """"<reading>#<place>" of the evidence; "" computed."""


class Verdict(StrEnum):
    """Of a device or model and a vulnerability."""

    AFFECTED = "affected"
    POSSIBLE = "possible"
    NOT_AFFECTED = "not affected"
    FIXED = "fixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Profile:
    """What matching sees of a device: devices with equal parts share one profile."""

    id: str
    model: str
    """Model id; "" none."""
    make: str
    product: str
    version: str
    os: str
    os_version: str
    firmware: str
    boms: tuple[str, ...]
    cpes: tuple[str, ...]
    """CPEs and purls that traffic or tables say of it."""
    devices: int
    serials: tuple[str, ...] = ()
    """Serial numbers, only where a statement limits itself to some."""
    contested: tuple[str, ...] = ()
    """Versions that some source says instead of `version`."""


@dataclass(frozen=True, slots=True)
class ProfileOf:
    """Which profile a device has."""

    device: str
    profile: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Profile x vulnerability. A device's finding is a view: id = hash(device, vulnerability)."""

    id: str
    profile: str
    vulnerability: str
    part: str
    """What of the profile is concerned: "product", "os", "firmware", or the component "name version"."""
    verdict: Verdict
    speaker: Speaker
    """Whose word decides."""
    document: str
    """Advisory or record that decides."""
    probability: float
    """That the names and versions mean the same thing, 0 to 1."""
    because: tuple[Because, ...]
    against: tuple[Because, ...] = ()
    """What other speakers say otherwise, and lost."""
    question: str = ""
    """Message key of what would settle a "possible"; "" none."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A model that may be connected and of which no SBOM, statement or record speaks."""

    model: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What was taken of a device for its priorities."""

    device: str
    exposure: str
    mission: str


class Outcome(StrEnum):
    """SSVC deployer outcomes, least urgent first."""

    DEFER = "defer"
    SCHEDULED = "scheduled"
    OUT_OF_CYCLE = "out-of-cycle"
    IMMEDIATE = "immediate"


@dataclass(frozen=True, slots=True)
class Priority:
    """SSVC outcome of a finding in one exposure and for one clinical kind."""

    finding: str
    exposure: str
    """small, controlled, open."""
    kind: str
    """Clinical kind; "" unknown."""
    mission: str
    """degraded, crippled, mef failure, mission failure."""
    exploitation: str
    automatable: str
    safety: str
    """negligible, marginal, critical, catastrophic."""
    human_impact: str
    outcome: Outcome
    because: tuple[Because, ...]
    devices: int
    """Devices of the finding's profile in this exposure, kind and mission."""


class Authority(StrEnum):
    """Who may decide a measure (décideur)."""

    HOSPITAL = "hospital alone"
    MANUFACTURER_WORD = "needs the manufacturer's word"
    MANUFACTURER = "manufacturer does it"
    JOINT = "biomedical, IT and the ward together"


class MeasureKind(StrEnum):
    """Kinds of measures."""

    PATCH = "manufacturer-validated patch"
    CONFIGURATION = "allowed configuration"
    NETWORK = "network control"
    ORGANISATION = "organisational"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something one may do about findings of one model, with its effect on both safeties."""

    id: str
    kind: MeasureKind
    model: str
    """Model id; "os:<name>" for a measure on one operating system over many models."""
    subject: str
    """What is done: message key `measure.*`."""
    args: tuple[str, ...]
    text: str
    """The source's own words, as given; "" ours."""
    authority: Authority
    decided_by: tuple[str, ...]
    """Who must agree: biomedical, it, ward, manufacturer."""
    speaker: Speaker
    on_attacker: tuple[Because, ...]
    """What it takes from an attacker."""
    on_care: tuple[Because, ...]
    """What it costs patients."""
    vulnerabilities: tuple[str, ...]
    findings: int
    """Device findings that it answers."""
    devices: int
    wards: tuple[str, ...]
    outcome: Outcome
    """Most urgent outcome among its findings."""
    flows: int
    """Observed flows that a network control touches; 0 none or not a network control."""
    days: float
    """Days observed behind `flows`."""
    because: tuple[Because, ...]
    doubtful: bool = False
    """No finding that it answers is sure, and it rests on nothing else: what may be meant is asked first."""
