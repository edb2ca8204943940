"""The register: devices, models, zones, flows, and what is doubtful about them."""

from dataclasses import dataclass
from enum import StrEnum


class Connectable(StrEnum):
    """Whether a thing may be joined to a network."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Seen(StrEnum):
    """How GMAO and observation agree on one device."""

    BOTH = "in GMAO and seen"
    NOT_SEEN = "in GMAO, not seen"
    NOT_OBSERVABLE = "in GMAO, not observable"
    """No source covered its zone in the stated days, or its zone is not known."""
    LISTED_UNSEEN = "listed elsewhere, not seen"
    """In a list other than a GMAO (address plan, AE titles, access control); its zone was covered."""
    LISTED = "listed elsewhere, not observable"
    NOT_IN_GMAO = "seen, not in GMAO"
    NO_GMAO = "seen, no GMAO read"
    """Nothing to compare with: no GMAO was read for its site."""
    NOT_CONNECTABLE = "not connectable"


@dataclass(frozen=True, slots=True)
class Device:
    """One physical thing: the fold of its evidence. Values are those that win; `why` unfolds the rest."""

    id: str
    """Derived from site and strongest key; see register."""
    site: str
    key: str
    """What the id derives from: "inv=000123", "serial=<make>|<serial>", "mac=...", "udi=...", "name=...", "row=..."."""
    aliases: tuple[str, ...]
    """Ids it had or would have by its weaker keys."""
    system: str
    """Id of the system it is part of; "" alone."""
    role: str
    name: str
    """Short label for people: designation, make and product."""
    kind: str
    """Clinical kind, key of facts; "" unknown."""
    kind_source: str
    """Where the kind comes from: "evidence:<reading>#<place>", "presumed:<rule>"."""
    connectable: Connectable
    connectable_source: str
    seen: Seen
    model: str
    """Model id; "" where make or product is unknown."""
    make: str
    product: str
    version: str
    os: str
    os_version: str
    firmware: str
    serial: str
    inventory: str
    macs: tuple[str, ...]
    addresses: tuple[str, ...]
    host_names: tuple[str, ...]
    ae_titles: tuple[str, ...]
    zone: str
    """Zone id; "" unknown."""
    ward: str
    pole: str
    location: str
    status: str
    ce_class: str
    commissioned: str
    support_end: str
    first: int
    """Microseconds since 1970 UTC when first observed on a network; 0 never."""
    last: int
    missing: tuple[str, ...]
    """R5212-28 items that nobody gave (trait names)."""
    confidence: float
    """That all its members are the same thing: least link of the fold, 0 to 1."""
    contested: tuple[str, ...] = ()
    """Versions that other sources say instead of `version`; nobody decided which is right."""
    os_family: bool = False
    """True: traffic tells no more of `os` than its family ("Linux"). Matching does not ask for it: every flaw of every
    release would be possible."""

    @property
    def gone(self) -> bool:
        """Disposed of, and never met on a network: kept in the register, neither ranked nor counted among the present.

        One that is called disposed of and was met all the same is there: a contradiction says so.
        """
        return self.status == "disposed" and not self.first


@dataclass(frozen=True, slots=True)
class Member:
    """A subject of evidence that was folded into a device, and why."""

    device: str
    source: str
    subject: str
    reason: str
    """Message key of the rule that joined it, `link.*`."""
    args: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Model:
    """Make, product, version: what MDS2, SBOM, advisories and support dates attach to."""

    id: str
    make: str
    """Normal form of the maker (facts' aliases), as shown."""
    product: str
    version: str
    kind: str
    connectable: Connectable
    connectable_source: str
    devices: int
    boms: tuple[str, ...]
    """Documents of SBOMs that describe it."""
    mds2: tuple[str, ...]
    """Readings of MDS2 forms that describe it."""
    advisories: tuple[str, ...]
    """Documents that name it."""
    permissions: int
    """Statements about what may be done, letters and MDS2."""
    support_end: str
    """ISO date; "" nobody said."""
    support_source: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the network within a site."""

    id: str
    site: str
    name: str
    cidr: str
    vlan: str
    use: str
    """medical, administration, guests, servers, building, internet...: as the plan says; "" unknown."""
    source: str
    """plan, observed, presumed."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation as one sensor saw it: who opened it to whom, on what service."""

    reading: str
    site: str
    sensor: str
    vlan: str
    client: str
    """IP address (or MAC where there is no IP)."""
    client_mac: str
    """On-link MAC of the sender; "" where only a router was seen."""
    server: str
    server_mac: str
    transport: str
    """tcp, udp, icmp, ethernet."""
    port: int
    """Server's port; 0 none."""
    service: str
    """Recognised by content, else by port with "?" appended: dicom, hl7, dhcp, "http?"..."""
    packets_out: int
    """Client to server."""
    bytes_out: int
    packets_back: int
    bytes_back: int
    first: int
    """Microseconds since 1970 UTC."""
    last: int
    opened: bool
    """The opening (SYN, request) was seen: the direction is sure."""
    place: str
    """First packet's number in the file."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Which device an address, a MAC or a name stood for, and when."""

    site: str
    kind: str
    """mac, ip, name, ae."""
    value: str
    device: str
    first: int
    """Microseconds since 1970 UTC; 0 = declared without time."""
    last: int


@dataclass(frozen=True, slots=True)
class Link:
    """A doubtful pair: two devices that may be one."""

    id: str
    left: str
    right: str
    """Device ids, left < right."""
    probability: float
    reasons: tuple[str, ...]
    """Message keys of what speaks for and against."""
    decided: str
    """same, different, "" open."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources that say different things of one device or model."""

    subject: str
    """Device or model id."""
    trait: str
    one: str
    one_origin: str
    """"<reading>#<place>"."""
    other: str
    other_origin: str
    reason: str
    """Message key `contradiction.*`."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can settle."""

    id: str
    to: str
    """hospital, or the make."""
    subject: str
    """Device, model or finding id."""
    reason: str
    """Message key `question.*`."""
    args: tuple[str, ...]
    options: tuple[str, ...]
    answer: str
    """"" while open."""
    weight: float
    """How much hangs on it: devices or findings concerned; for ordering."""
