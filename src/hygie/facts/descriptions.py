"""Maker, product and version in the free descriptions that network equipment and printers give of themselves.

What comes in: a description (SNMP sysDescr, LLDP system description). What goes out: `told(text)`, or None where no
form of the table fits: then nothing is known, and a description that only resembles one says nothing.

Source: SNMPv2-MIB (RFC 3418) sysDescr; the forms are those that the makers' equipment answers with.
"""

import re
from functools import lru_cache
from typing import NamedTuple

VERSION = 1
"""Raised whenever a row changes meaning."""

LONGEST = 1000
"""Characters of a description that are looked at."""


class Told(NamedTuple):
    """What a description says."""

    make: str
    product: str
    """"" not said."""
    version: str
    """"" not said."""


FORMS: tuple[tuple[str, str], ...] = (
    ("Cisco", r"Cisco IOS Software(?: \[[^\]]{1,40}\])?, (?P<product>[^,(]+?) Software \(.*?Version (?P<version>[^\s,]+)"),  # noqa: E501
    ("Cisco", r"Cisco NX-OS\(tm\) (?P<product>[^,]+), Software .*?Version (?P<version>[^\s,]+)"),
    ("Cisco", r"Cisco (?P<product>Adaptive Security Appliance) Version (?P<version>[^\s,]+)"),
    ("Juniper Networks", r"Juniper Networks, Inc\. (?P<product>\S+)(?: [\w ]+)?, kernel JUNOS (?P<version>[^\s,]+)"),
    ("Aruba", r"Aruba (?:J\w+ )?(?P<product>\S+(?: [\w-]+)*? Switch(?: Stack)?), revision (?P<version>[\w.]+)"),
    ("Aruba", r"ArubaOS \(MODEL: (?P<product>[^)]+)\), Version (?P<version>\S+)"),
    ("HP", r"(?:HP |Hewlett-Packard Company )?J\w+ (?P<product>(?:HP )?ProCurve [\w -]+?), (?:revision|Software Version) (?P<version>[\w.]+)"),  # noqa: E501
    ("HP", r"HP J\w+ (?P<product>\S+ Switch), revision (?P<version>[\w.]+)"),
    ("HP", r"HP ETHERNET MULTI-ENVIRONMENT,.*?\bPID:(?P<product>[^,]+)"),
    ("HP", r"HP ETHERNET MULTI-ENVIRONMENT,.*?\bJETDIRECT\b"),
    ("H3C", r"H3C Comware (?:Platform )?Software, Software Version (?P<version>[\w.]+).*? H3C (?P<product>[A-Z]+\d[\w-]+)"),  # noqa: E501
    ("Siemens", r"Siemens,? (?:AG )?SIMATIC (?:NET|S7),? (?:\w+ )??(?P<product>SCALANCE [A-Z]+ ?\d[\w-]*)(?:.*? FW: ?(?:Version )?V(?P<version>[\d.]+))?"),  # noqa: E501
    ("Dell", r"Dell Inc\. (?P<product>(?:OptiPlex|Vostro|Latitude|Precision|Inspiron|XPS|PowerEdge) [\w ]{1,30}),"),
    ("Extreme Networks", r"ExtremeXOS \((?P<product>[^)]+)\) version (?P<version>\S+)"),
    ("APC", r"APC (?P<title>[\w/ -]+?) \(MB:\S+ PF:\S+ .*?AF1:v(?P<version>\S+) .*?MN:(?P<product>\S+)"),
    ("Lexmark", r"Lexmark (?P<product>\S+) version (?P<version>\S+) kernel"),
    ("Ricoh", r"RICOH (?P<product>[\w /-]+?) (?P<version>\d+(?:\.\d+)+) / RICOH Network"),
    ("Xerox", r"Xerox (?P<product>(?:Phaser|WorkCentre|VersaLink|AltaLink|B\d+|C\d+)[\w -]*?);"),
    ("Brother", r"Brother (?P<product>NC-\w+), Firmware Ver\.(?P<version>\S+)"),
    ("Canon", r"Canon (?P<product>i[\w -]+?) /P"),
    ("Dell", r"Dell (?P<product>[\w ]*?\d{4}\w+(?: Laser)?(?: MFP)?)\s?[;(]"),
)  # fmt: skip
"""Maker and form; the form has groups `product` and, where the equipment says it, `version`."""


@lru_cache(maxsize=4096)
def told(text: str) -> Told | None:
    """Maker, product and version of a description; None where no form fits."""
    plain = " ".join(text[:LONGEST].split())
    for make, form in FORMS:
        found = re.match(form, plain)
        if found is not None:
            said = found.groupdict()
            return Told(make, (said.get("product") or "").strip(), (said.get("version") or "").rstrip(".,;:"))
    return None
