"""Knowledge: vulnerabilities, what makers and others say of products, and what products are made of."""

from dataclasses import dataclass
from enum import StrEnum

from hygie.model.evidence import Speaker


class Status(StrEnum):
    """What a statement says of a product and a vulnerability (CSAF 2.0, 3.2.3.9; OpenVEX 0.2.0)."""

    AFFECTED = "affected"
    FIXED = "fixed"
    NOT_AFFECTED = "not affected"
    UNDER_INVESTIGATION = "under investigation"
    RECOMMENDED = "recommended"
    UNKNOWN = "unknown"
    """The speaker does not know and is not looking (CSAF 2.1 `unknown`, CycloneDX version status)."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """A document that speaks of vulnerabilities: CSAF advisory or VEX, OpenVEX, a letter."""

    reading: str
    document: str
    """Tracking id, or OpenVEX @id."""
    title: str
    publisher: str
    publisher_category: str
    """CSAF: vendor, coordinator, discoverer, translator, user, other; OpenVEX: its role text."""
    speaker: Speaker
    """MANUFACTURER where the publisher is the vendor, else THIRD_PARTY."""
    revision: str
    released: str
    """ISO 8601 instant of this revision."""
    status: str
    """draft, interim, final."""
    category: str
    """CSAF document category: csaf_security_advisory, csaf_vex..."""
    aggregate_severity: str = ""
    address: str = ""
    """URL of itself, as the document gives it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One speaker's word about one product and one vulnerability."""

    reading: str
    document: str
    place: str
    """JSON pointer or cell of the status."""
    speaker: Speaker
    publisher: str
    dated: str
    """ISO 8601 instant; newer wins."""
    vulnerability: str
    """CVE id where there is one, else the document's own id or title."""
    aliases: tuple[str, ...]
    status: Status
    product_id: str
    """Id within the document."""
    make: str
    """As the document writes it."""
    product: str
    version: str
    """As the document writes it: "3.2", "<3.0", "vers:all/<V3.0.3", "2.3.6 and below", "" (all or not said)."""
    version_is_range: bool
    family: str = ""
    cpe: str = ""
    purl: str = ""
    hashes: tuple[str, ...] = ()
    inside_make: str = ""
    """Where the product is a component: the product that contains it (CSAF relationship, OpenVEX subcomponent)."""
    inside_product: str = ""
    inside_version: str = ""
    inside_purl: str = ""
    inside_cpe: str = ""
    justification: str = ""
    """VEX justification or CSAF flag label, as given."""
    text: str = ""
    """Impact or action statement, threat text: as given."""
    limits: tuple[str, ...] = ()
    """What it limits itself to beside make, product and version, "name=value" each: architecture, platform, language,
    host_name, specification, legacy, installed_on, installed_with, serial_number, condition (in the speaker's words),
    left open (a sentence beside a fix: it limits what the statement leaves out, not what it says).
    Who cannot check one of them must not conclude "not affected" or "fixed" from the statement."""
    identifiers: tuple[str, ...] = ()
    """Further identifiers of the product, "name=value" each: model_number, sku, purl, uri. One that fits is enough."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A remediation entry of an advisory, with the products that it is for (CSAF 3.2.3.12)."""

    reading: str
    document: str
    place: str
    speaker: Speaker
    vulnerability: str
    category: str
    """vendor_fix, mitigation, workaround, no_fix_planned, none_available, fix_planned, optional_patch."""
    details: str
    url: str
    dated: str
    product_ids: tuple[str, ...]
    """Products of the entry, groups resolved; empty = none named."""
    restart: str = ""
    """CSAF restart_required category."""
    entitlements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """What one record says of one vulnerability."""

    reading: str
    id: str
    source: str
    """cve5, nvd, csaf, openvex."""
    place: str
    title: str
    description: str
    aliases: tuple[str, ...] = ()
    cwes: tuple[str, ...] = ()
    cvss: str = ""
    """Vector, newest version given by the record."""
    cvss_score: float | None = None
    cvss_source: str = ""
    exploitation: str = ""
    """CISA ADP SSVC: none, poc, active."""
    automatable: str = ""
    """yes, no."""
    technical_impact: str = ""
    """partial, total."""
    exploit_references: tuple[str, ...] = ()
    """Addresses that the record tags as exploit."""
    published: str = ""
    modified: str = ""
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Applicability:
    """One row of "which products": a CPE match of NVD's configurations, or an entry of CVE 5 `affected`."""

    reading: str
    vulnerability: str
    place: str
    source: str
    """nvd, cna:<short name>, adp:<short name>."""
    speaker: Speaker
    configuration: int
    """Rows of one configuration are combined; configurations are alternatives."""
    node: int
    configuration_operator: str
    """AND or OR (between nodes)."""
    node_operator: str
    """AND or OR (within the node)."""
    negate: bool
    vulnerable: bool
    """False: part of the context only (hardware or OS that the product runs on)."""
    affected: bool
    """False: the record says this range is not affected (CVE 5 status "unaffected")."""
    cpe: str = ""
    """CPE 2.3 formatted string, "" where the record gives text only."""
    make: str = ""
    product: str = ""
    purl: str = ""
    version: str = ""
    """A single version, or a range as the record writes it ("< 1.2", ">= 1, < 2"); "*" for all; "" where bounds speak,
    and without bounds: not said."""
    start: str = ""
    start_excluded: bool = False
    end: str = ""
    end_included: bool = False
    version_type: str = ""
    """CVE 5 versionType: semver, custom, rpm, git..."""
    default_status: str = ""
    """CVE 5 defaultStatus of the entry: what holds for versions that no row of the configuration names."""
    unknown: bool = False
    """True: the record says that it does not know about these versions (CVE 5 status "unknown"); `affected` is then
    True, because not knowing is never "not affected"."""
    platforms: tuple[str, ...] = ()
    """CVE 5 platforms of the entry: what it limits itself to, as written."""


@dataclass(frozen=True, slots=True)
class Exploited:
    """An entry of a list of vulnerabilities known to be exploited (CISA KEV)."""

    reading: str
    vulnerability: str
    place: str
    added: str
    due: str
    name: str
    ransomware: str
    notes: str


@dataclass(frozen=True, slots=True)
class Score:
    """EPSS of one vulnerability on one day."""

    reading: str
    vulnerability: str
    epss: float
    percentile: float
    dated: str


@dataclass(frozen=True, slots=True)
class Permission:
    """A maker's word on what may be done with a model: by letter, mail or MDS2."""

    reading: str
    place: str
    speaker: Speaker
    make: str
    product: str
    version: str
    """As written; "" = all versions."""
    subject: str
    """patch, os_update, antivirus, allow_listing, configuration, network_control, scan, remote_access, backup,
    component_patch, or "other: ..."."""
    allowed: bool | None
    """None: said that it is under study, or unreadable answer."""
    condition: str
    """Words that limit it, as written."""
    who: str
    dated: str
    document: str
    """File or question id that carries the word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an MDS2 form (ANSI/NEMA HN 1-2019)."""

    reading: str
    place: str
    make: str
    product: str
    version: str
    question: str
    """Id such as "AUDT-2.8.1"."""
    answer: str
    """yes, no, n/a, see notes; "" blank (never no)."""
    raw: str
    text: str = ""
    """Free answer or the note referred to."""


@dataclass(frozen=True, slots=True)
class Bom:
    """A software bill of materials: the product that it describes."""

    reading: str
    document: str
    """serialNumber or documentNamespace; else the file's hash."""
    format: str
    """CycloneDX 1.5, SPDX-2.3..."""
    place: str
    make: str
    product: str
    version: str
    speaker: Speaker
    dated: str
    components: int
    completeness: str = ""
    """complete, incomplete, unknown: as the document says."""


@dataclass(frozen=True, slots=True)
class Component:
    """One component of a bill of materials."""

    reading: str
    document: str
    place: str
    reference: str
    """bom-ref or SPDXID."""
    type: str
    """application, library, operating-system, firmware, device..."""
    make: str
    name: str
    version: str
    purl: str = ""
    cpe: str = ""
    hashes: tuple[str, ...] = ()
    """"SHA-256:..." each."""
