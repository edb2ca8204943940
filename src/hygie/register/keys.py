"""Normal forms of identity keys, and the ids that derive from them.

What comes in: texts as sources have them. What goes out: normal forms, "" where a text names nothing (a blank, "N/A",
"000000" as a serial, "localhost"), and ids that stay the same from one run to the next.

Two different things may be written alike ("0" in every unknown cell): what many write when they do not know is no key.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

SEPARATOR = "|"

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_TWO = [a + b for a in _LETTERS for b in _LETTERS]
"""Base 32 (RFC 4648), two letters at once."""

_NOBODY = frozenset(
    "NA NC ND NR NS NSP INCONNU INCONNUE NEANT SANS AUCUN AUCUNE UNKNOWN NONE NULL TBD ABSENT ILLISIBLE "
    "NONRENSEIGNE NONCOMMUNIQUE NONLISIBLE NONAPPLICABLE NOTAVAILABLE NOTAPPLICABLE ADEFINIR VOIRREMARQUE "
    "DEFAULT SERIAL SERIALNUMBER SYSTEMSERIALNUMBER TOBEFILLEDBYOEM DEFAULTSTRING TEST 12345 123456 1234567 "
    "12345678 123456789 1234567890 0123456789".split()
)
"""What is written where a number is not known (alphanumerics only, upper case)."""

_HOSTS = frozenset(
    "localhost unknown default host hostname pc computer desktop laptop workstation server debian ubuntu linux windows "
    "android iphone espressif raspberrypi device printer camera none null test dhcp wifi ap".split()
)
"""Host names that many machines bear from the factory."""

_TITLES = frozenset(
    "ANY ANY-SCP ANYSCP ANYSCU STORESCU STORESCP ECHOSCU FINDSCU MOVESCU GETSCU DCMQRSCP ORTHANC DCM4CHEE PACS "
    "MODALITY WORKLIST AE AETITLE AE_TITLE DICOM UNKNOWN TEST PRINT PRINTSCP PRINT_SCP STORE DCMTK PYNETDICOM".split()
)
"""AE titles that products come with: they name no device."""

_VIRTUAL = ("00:00:5e:00:0", "00:00:0c:07:ac", "00:00:0c:9f:f", "00:05:73:a0:0", "00:07:b4:00", "33:33:", "01:")
"""MAC prefixes of router redundancy (VRRP, HSRP, GLBP) and of groups: they stand for no device."""

_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


def stable(letter: str, site: str, key: str) -> str:
    """Id such as "D-k3v7q2m5xa": a hash (50 bits, base 32) of site and key."""
    mark = int.from_bytes(hashlib.blake2b(f"{site}\0{key}".encode(), digest_size=7).digest(), "big")
    return letter + "-" + "".join([_TWO[mark >> shift & 1023] for shift in (46, 36, 26, 16, 6)])


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Lower case without accents, words of letters and digits parted by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def compact(text: str) -> str:
    """Letters and digits alone, upper case, without accents: "sn 12-34 é" -> "SN1234E"."""
    if text.isascii():
        return text.upper() if text.isalnum() else "".join(c for c in text.upper() if c.isalnum())
    return "".join(c for c in unicodedata.normalize("NFKD", text).upper() if c.isalnum())


def inventory(text: str) -> str:
    """Inventory number as text, outer spaces off, upper case: "000123" keeps its zeros. "" where it names nothing."""
    value = " ".join(text.split()).upper()
    bare = compact(value)
    return "" if not bare or bare in _NOBODY or set(bare) == {"X"} else value


def serial(text: str) -> str:
    """Serial number: letters and digits, upper case, without a leading "SN" or "S/N". "" where it names nothing."""
    bare = compact(text)
    if bare.startswith("SN") and any(mark in text.upper() for mark in ("S/N", "SN:", "SN ", "SN.", "S.N")):
        bare = bare[2:]
    if len(bare) < 3 or bare in _NOBODY or len(set(bare)) == 1 or not any(c.isdigit() for c in bare):
        return ""
    return bare


def mac(text: str) -> str:
    """MAC address that may name a device; "" for groups, router redundancy, zero and what is none."""
    value = text.lower()
    if not _MAC.fullmatch(value) or value == "00:00:00:00:00:00" or value.startswith(_VIRTUAL):
        return ""
    return "" if int(value[:2], 16) & 1 else value


def mac_order(value: str) -> tuple[bool, str]:
    """Sorts addresses given by a maker before locally administered ones, which software may change."""
    return bool(int(value[:2], 16) & 2), value


def host(text: str) -> str:
    """Host name without its domain, lower case; "" for an address and for names from the factory."""
    value = text.strip().rstrip(".").casefold()
    if not value or ":" in value or value.replace(".", "").isdigit():
        return ""
    value = value.partition(".")[0]
    bare = value.rstrip("0123456789").rstrip("-_")
    return "" if len(value) < 3 or value in _HOSTS or (bare in _HOSTS and len(value) - len(bare) < 5) else value


def title(text: str) -> str:
    """AE title, upper case; "" for those that products come with."""
    value = text.strip().upper()
    return "" if len(value) < 2 or value in _TITLES else value


def identifier(text: str) -> str:
    """Part of a UDI, spaces off; "" where it names nothing."""
    value = "".join(text.split())
    return "" if len(value) < 2 or compact(value) in _NOBODY else value


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace(SEPARATOR, "%7C")


def _read(text: str) -> str:
    return text.replace("%7C", SEPARATOR).replace("%25", "%")


def pair(site: str, one: str, other: str) -> str:
    """Id of the question whether two things are one: it holds their keys, so that an answer holds years later."""
    low, high = sorted((one, other))
    return "link:" + SEPARATOR.join(_escaped(part) for part in (site, low, high))


def parse_pair(text: str) -> tuple[str, str, str] | None:
    """Site and the two keys of an id made by `pair`; None for another id."""
    head, colon, rest = text.partition(":")
    parts = rest.split(SEPARATOR)
    if head != "link" or not colon or len(parts) != 3:
        return None
    site, one, other = (_read(part) for part in parts)
    return site, one, other
