"""Evidence: one statement by one source about one subject, with its place; and the readings that it came by."""

from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    """Who speaks. What these say never looks alike on a screen."""

    HOSPITAL = "hospital"
    """The hospital's own tables: GMAO, address plan, leases."""
    OBSERVED = "observed"
    """Traffic: what a device was seen to say or do."""
    MANUFACTURER = "manufacturer"
    """The maker of the product: its advisory, VEX, MDS2, SBOM or letter."""
    THIRD_PARTY = "third party"
    """Anybody else: CISA, NVD, another CNA, a researcher."""
    PERSON = "person"
    """A named person of the hospital who decided."""
    HYGIE = "hygie"
    """Computed or assumed by Hygie."""


class Trait(StrEnum):
    """What a statement is about. The value is the stable name used in the CLI, exports and docs."""

    # identity keys
    INVENTORY = "inventory_number"
    SERIAL = "serial_number"
    UDI_DI = "udi_di"
    UDI_PI = "udi_pi"
    MAC = "mac"
    IP = "ip"
    HOST_NAME = "host_name"
    # what it is
    DESIGNATION = "designation"
    """Common name: "Respirateur de réanimation"."""
    COMMERCIAL_NAME = "commercial_name"
    MANUFACTURER = "manufacturer"
    PRODUCT = "product"
    """Model name as the maker sells it: "Evita V500"."""
    MODEL_NUMBER = "model_number"
    """Type or catalogue reference."""
    VERSION = "software_version"
    FIRMWARE = "firmware_version"
    HARDWARE_VERSION = "hardware_version"
    OS = "operating_system"
    OS_VERSION = "operating_system_version"
    KIND = "clinical_kind"
    """Key of facts' clinical-function table."""
    CNEH = "cneh_code"
    EMDN = "emdn_code"
    CE_CLASS = "ce_class"
    """I, IIa, IIb, III, IVDR A to D, or IVD (in vitro, class not said)."""
    CONNECTABLE = "connectable"
    """yes or no, as a source says it."""
    # where and whose
    SITE = "site"
    WARD = "ward"
    """Unité fonctionnelle or service."""
    WARD_CODE = "ward_code"
    """Number of the unité fonctionnelle, where the source has it beside its name."""
    POLE = "pole"
    LOCATION = "location"
    COST_CENTRE = "cost_centre"
    SUPPLIER = "supplier"
    PURCHASE_COST = "purchase_cost"
    COMMISSIONED = "commissioned"
    """Date of first service, ISO 8601."""
    WARRANTY_END = "warranty_end"
    SUPPORT_END = "support_end"
    STATUS = "status"
    """in service, spare, out of service, disposed: normal form of the source's word."""
    CRITICALITY = "criticality"
    OBSOLESCENCE = "obsolescence"
    """Vétusté, as the source gives it."""
    LAST_MAINTENANCE = "last_maintenance"
    NEXT_MAINTENANCE = "next_maintenance"
    MAINTAINER = "maintainer"
    REMOTE_MAINTENANCE = "remote_maintenance"
    REMARK = "remark"
    """Free text; read only where the mapping asks."""
    SYSTEM = "system"
    """Inventory number of the system that this device is part of."""
    ROLE = "role"
    """Part played in a system or on the network: console, gateway, archive, worklist..."""
    # network place
    VLAN = "vlan"
    SWITCH = "switch"
    SWITCH_PORT = "switch_port"
    ZONE_NAME = "zone_name"
    ZONE_USE = "zone_use"
    CIDR = "cidr"
    GATEWAY = "gateway"
    # what traffic says
    AE_TITLE = "ae_title"
    SERVICE = "service"
    """A port that answers: "tcp/104 dicom"."""
    DICOM_IMPLEMENTATION_UID = "dicom_implementation_uid"
    DICOM_IMPLEMENTATION_VERSION = "dicom_implementation_version"
    DICOM_SOP_CLASS = "dicom_sop_class"
    """A SOP class UID proposed or accepted, with the part played: "1.2.840.10008.5.1.4.1.1.2 scu"."""
    DICOM_ROLE = "dicom_role"
    """modality, archive, worklist, printer, workstation."""
    DICOM_MODALITY = "dicom_modality"
    """Modality of stored objects: CT, MR, US..."""
    STATION_NAME = "dicom_station_name"
    HL7_APPLICATION = "hl7_application"
    """MSH-3 or MSH-5: "application^facility" that the peer gives itself."""
    HL7_VERSION = "hl7_version"
    HL7_MESSAGE = "hl7_message"
    """MSH-9 type and trigger event: "ORU^R01"."""
    DHCP_VENDOR_CLASS = "dhcp_vendor_class"
    DHCP_FINGERPRINT = "dhcp_fingerprint"
    """Option 55 parameter request list, decimal, comma-separated."""
    NETBIOS_NAME = "netbios_name"
    WORKGROUP = "workgroup"
    MDNS_SERVICE = "mdns_service"
    SNMP_DESCRIPTION = "snmp_description"
    SNMP_OBJECT_ID = "snmp_object_id"
    HTTP_SERVER = "http_server"
    HTTP_USER_AGENT = "http_user_agent"
    TLS_SUBJECT = "tls_certificate_subject"
    TLS_VERSION = "tls_version"
    TLS_JA3 = "tls_ja3"
    """JA3 of a client's hello: 32 hexadecimal figures."""
    TLS_JA4 = "tls_ja4"
    """JA4 of a client's hello: "t13d1516h2_8daaf6152771_e5627efa2ab1"."""
    SSH_SOFTWARE = "ssh_software"
    """Software of an SSH identification line: "OpenSSH_9.2p1"."""
    SERVER_SOFTWARE = "server_software"
    """Software that a server names in its greeting or directory: "vsFTPd 3.0.3", "OpenLDAP"."""
    LLDP_DESCRIPTION = "lldp_description"
    SMB_DIALECT = "smb_dialect"
    """Dialect that a server chose: "SMB 1", "SMB 3.1.1"."""
    SMB_OS = "smb_os"
    WSD_TYPE = "wsd_type"
    BACNET_DEVICE = "bacnet_device"
    PORT_AUTHENTICATION = "port_authentication"
    """Part played in 802.1X, with the method that the device answers by: "authenticator", "supplicant EAP-TLS"."""
    OUI_MAKER = "oui_maker"
    CLEARTEXT = "cleartext_protocol"
    """A protocol seen without encryption, e.g. "telnet", "http", "ftp"."""
    CPE = "cpe"
    PURL = "purl"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file of a source, read once by one reader."""

    id: str
    """Hash of site, source, content, reader and reader version, and day given."""
    source: str
    """The series: --source, else site, kind and fingerprint of the header."""
    site: str
    kind: str
    """Reader's name: gmao, pcap, csaf..."""
    reader_version: int
    speaker: Speaker
    snapshot: bool
    """True: a newer reading of the source supersedes it. False: readings add up."""
    name: str
    """File name as shown, with archive members as "a.zip/b.csv"."""
    path: str
    """Where it was read, for re-reading; "" for stdin and uploads."""
    size: int
    """Bytes."""
    sha256: str
    dated: str
    """ISO 8601 date that the content speaks of; "" where nobody said."""
    read_at: str
    """ISO 8601 instant of reading, from the Clock; left out of the digest."""
    author: str = ""
    """Person who handed it over, where known."""
    stated: int = 0
    """Rows kept."""
    refused: int = 0
    """Refusals of this reading."""
    secrets: int = 0
    """Passwords and the like met, counted and dropped."""
    forgotten: bool = False
    supersedes: str = ""
    """Reading whose file stood at the same path before: what is there now replaces it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that could not be read: never dropped, always told."""

    reading: str
    """Reading that it is part of; "" where the whole file was refused."""
    name: str
    """File as shown."""
    place: str
    """Line, cell, offset, JSON pointer; "" for the whole."""
    reason: str
    """Message key, `refusal.*`."""
    args: tuple[str, ...] = ()
    """Arguments of reason and remedy, "name=value" each."""
    whole: bool = False
    """True: nothing of the file was read."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement by one source about one subject."""

    reading: str
    subject: str
    """What it speaks of, unique within the reading's source and stable from one reading to the next:
    "device:inv=000123", "device:mac=02:00:00:00:00:01", "device:row=17", "zone:10.20.1.0/24",
    "model:<make>|<product>|<version>"."""
    trait: Trait
    value: str
    """Normal form (dates ISO, MAC lower case with colons, inventory number as text)."""
    raw: str
    """As the source has it; equal to value where nothing was changed."""
    place: str
    """Line and column, cell, packet number, JSON pointer."""
    confidence: float = 1.0
    """0 to 1: how sure the reader is that this was said of this subject."""
    first: int = 0
    """Microseconds since 1970 UTC when first observed; 0 unknown."""
    last: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one sensor's reading was able to see."""

    reading: str
    site: str
    sensor: str
    first: int
    """Microseconds since 1970 UTC."""
    last: int
    packets: int
    bytes: int
    lost: int
    """Packets that the sensor says it lost."""
    unread: int
    """Packets that could not be decoded."""
    gaps: int
    """Silences longer than an hour."""
    vlans: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    """Networks (CIDR /24 or /64) in which at least one local sender was seen."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word: an answered question, a confirmed clinical default, a verdict. It survives every rerun."""

    reading: str
    about: str
    """Question id, "function:<kind>", "unit:<ward>", "finding:<id>", "exposure:<device or zone id>"; with "withdrawn:"
    before it: the answer was taken back."""
    answer: str
    """Of a withdrawal: what was taken back, as its file shows it."""
    who: str
    when: str
    """ISO 8601 date; "" not given."""
    note: str = ""
    place: str = ""
    first: str = ""
    """Reading that gave this word first, where this one only repeats what Hygie wrote out; "" where it is said here."""
    replaces: tuple[str, ...] = ()
    """Readings that gave the words first that this one takes the place of: those known when its file was written."""
