"""What a sensor elsewhere hands over: its observations as one signed file, never a packet; and whom people trust.

The file is a zip: `MARK` first, then one part for each capture or log (JSON lines), then the manifest that names each
part with its size and SHA-256, and the signature of the manifest (Ed25519). docs/reference/formats.md tells it in full.

Source: RFC 8032 section 5.1 (Ed25519).
"""

import hashlib
import re
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass, fields

from hygie.model.evidence import Coverage, Evidence, Refusal, Trait
from hygie.model.fleet import Flow

FORMAT, VERSION = "hygie observations", 1
MARK, MANIFEST, SIGNATURE = "hygie-observations", "manifest.json", "manifest.sig"
"""Members beside the parts. `MARK` stands first, so that the beginning tells what the file is."""
KIND = "observations"
"""Kind of the readings that come of it."""
PREFIX = b"hygie observations 1\n"
"""What stands before the manifest in what is signed: the same key signs nothing else by it."""
ALGORITHM = "hygie-ed25519"
"""First word of a public key's line."""
KEY, SIGNED = 32, 64
"""Bytes of a public key, and of a signature."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

ROWS: dict[str, type] = {"evidence": Evidence, "flow": Flow, "coverage": Coverage, "refusal": Refusal}
"""Kinds of rows that a part holds."""
_GIVEN = frozenset(("reading", "site"))
"""Columns that the receiver gives."""
COLUMNS: dict[str, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(row) if f.name not in (_GIVEN | {"name"} if row is Refusal else _GIVEN))
    for kind, row in ROWS.items()
}
"""Columns of each kind, in their order."""

TRAITS = frozenset(
    (
        *(Trait.MAC, Trait.IP, Trait.HOST_NAME, Trait.SERIAL, Trait.UDI_DI, Trait.COMMERCIAL_NAME),
        *(Trait.MANUFACTURER, Trait.PRODUCT, Trait.MODEL_NUMBER, Trait.VERSION, Trait.FIRMWARE, Trait.HARDWARE_VERSION),
        *(Trait.OS, Trait.OS_VERSION, Trait.KIND, Trait.ROLE, Trait.LOCATION, Trait.REMOTE_MAINTENANCE, Trait.VLAN),
        *(Trait.AE_TITLE, Trait.SERVICE, Trait.DICOM_IMPLEMENTATION_UID, Trait.DICOM_IMPLEMENTATION_VERSION),
        *(Trait.DICOM_SOP_CLASS, Trait.DICOM_ROLE, Trait.DICOM_MODALITY, Trait.STATION_NAME, Trait.HL7_APPLICATION),
        *(Trait.HL7_VERSION, Trait.HL7_MESSAGE, Trait.DHCP_VENDOR_CLASS, Trait.DHCP_FINGERPRINT, Trait.NETBIOS_NAME),
        *(Trait.WORKGROUP, Trait.MDNS_SERVICE, Trait.SNMP_DESCRIPTION, Trait.SNMP_OBJECT_ID, Trait.HTTP_SERVER),
        *(Trait.HTTP_USER_AGENT, Trait.TLS_SUBJECT, Trait.TLS_VERSION, Trait.SSH_SOFTWARE, Trait.SERVER_SOFTWARE),
        *(Trait.TLS_JA3, Trait.TLS_JA4),
        *(Trait.LLDP_DESCRIPTION, Trait.SMB_DIALECT, Trait.SMB_OS, Trait.WSD_TYPE, Trait.BACNET_DEVICE),
        *(Trait.OUI_MAKER, Trait.CLEARTEXT, Trait.CPE, Trait.PORT_AUTHENTICATION),
    )
)
"""What traffic can say; nothing else is handed over, and nothing else is taken."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The capture or log that a part was made from, as the sensor's workspace knows it."""

    name: str
    """File name without its folders, which may name a person."""
    kind: str
    """Reader's name there: pcap, zeek..."""
    reader_version: int
    size: int
    """Bytes."""
    sha256: str
    """Of the capture itself, hex."""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the file."""

    file: str
    size: int
    """Bytes, unpacked."""
    sha256: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed."""

    format: str
    version: int
    key: str
    """Public key, base64."""
    sensor: str
    made: str
    """ISO 8601 instant, by the sensor's clock."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """First line of a part."""

    format: str
    version: int
    origin: Origin
    columns: dict[str, tuple[str, ...]]
    """Kind -> its columns, in the order of the values in each line."""
    rows: dict[str, int]
    """Kind -> how many lines."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A sensor whose word a person of this workspace accepted."""

    key: str
    """Public key, base64."""
    sensor: str
    site: str
    """The one site that it may speak of."""
    who: str
    when: str
    """ISO 8601 date on which it was accepted."""
    ended_by: str = ""
    """Who withdrew it; "" it holds."""
    ended: str = ""


def public_line(key: str, sensor: str) -> str:
    """A public key as a line that people hand over."""
    return f"{ALGORITHM} {key} {sensor}"


def from_line(line: str) -> tuple[str, str]:
    """(key, sensor) of such a line. Raises ValueError for anything else."""
    words = line.split()
    if len(words) != 3 or words[0] != ALGORITHM or not is_name(words[2]):
        raise ValueError("trust.line")
    raw(words[1])
    return words[1], words[2]


def is_name(text: str) -> bool:
    """Whether a text may name a sensor."""
    return _NAME.fullmatch(text) is not None


def raw(key: str, size: int = KEY) -> bytes:
    """Bytes of a key or signature in base64. Raises ValueError where it is none."""
    try:
        found = b64decode(key, validate=True)
    except (Error, ValueError):
        raise ValueError("trust.line") from None
    if len(found) != size:
        raise ValueError("trust.line")
    return found


def fingerprint(key: str) -> str:
    """What people compare, by telephone say: 32 hexadecimal digits in groups of four. Raises ValueError."""
    digest = hashlib.sha256(raw(key)).hexdigest()[:32]
    return "-".join(digest[at : at + 4] for at in range(0, 32, 4))
