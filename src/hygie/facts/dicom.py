"""DICOM: whose toolkit speaks, and which part a SOP class gives its user and its provider.

`implementation(uid, version)` names the toolkit or maker behind an implementation class UID or version name; a root
says who registered it, not who sold the device: hence the confidence. `roles(sop_class)` gives both ends' parts.
Source: DICOM PS3.6 annex A (SOP classes), PS3.4 (service classes); of each root, its `source`.
"""

from typing import NamedTuple

VERSION = 2
"""Raised whenever a row changes meaning."""


class Implementation(NamedTuple):
    """Who is behind an implementation."""

    name: str
    """Toolkit or maker."""
    toolkit: bool
    """True: a library that many makers build on; says nothing of the device's maker."""
    confidence: float
    """That the root belongs to that name."""
    source: str
    """Where it was confirmed: a key of `SOURCES`."""


SOURCES: dict[str, str] = {
    "code": "the toolkit's own source code or program",
    "statement": "a DICOM conformance statement of the maker",
    "class": "a private SOP class or transfer syntax that UID dictionaries of several toolkits name after the maker",
    "number": "the registry of the root: IANA private enterprise numbers, or the ICD list of ISO 6523",
    "object": "objects of that root that name the maker or its product",
}
"""Ways in which a root was confirmed, the surest first; what none of them confirms is not in the table."""

ROOTS: dict[str, Implementation] = {
    "1.2.276.0.7230010.3": Implementation("OFFIS DCMTK", True, 1.0, "code"),
    "1.2.40.0.13.1": Implementation("dcm4che", True, 1.0, "code"),
    "1.2.826.0.1.3680043.8.498": Implementation("pydicom", True, 1.0, "code"),
    "1.2.826.0.1.3680043.9.3811": Implementation("pynetdicom", True, 1.0, "code"),
    "1.2.826.0.1.3680043.2.1143": Implementation("GDCM", True, 1.0, "code"),
    "1.3.6.1.4.1.30071": Implementation("fo-dicom", True, 1.0, "code"),
    "1.3.6.1.4.1.25403": Implementation("ClearCanvas", True, 1.0, "number"),
    "2.16.840.1.113669": Implementation("Merge", True, 0.9, "object"),
    "1.3.6.1.4.1.5962.99": Implementation("PixelMed", True, 0.9, "number"),
    "1.2.840.113654.2.3": Implementation("CTN", True, 0.9, "code"),
    "1.2.840.114257.1123456": Implementation("LEADTOOLS", True, 0.9, "code"),
    "1.2.840.113619": Implementation("GE Healthcare", False, 0.95, "class"),
    "1.3.12.2.1107": Implementation("Siemens Healthineers", False, 0.95, "class"),
    "1.3.46.670589": Implementation("Philips", False, 0.95, "class"),
    "1.2.392.200036.9116": Implementation("Canon Medical Systems", False, 0.95, "class"),
    "1.2.392.200036.9125": Implementation("Fujifilm", False, 0.95, "class"),
    "1.2.392.200046": Implementation("Canon", False, 0.95, "statement"),
    "1.2.124.113532": Implementation("Agfa HealthCare", False, 0.9, "class"),
    "1.3.51.0": Implementation("Agfa HealthCare", False, 0.9, "number"),
    "1.2.840.113564": Implementation("Carestream Health", False, 0.8, "object"),
    "1.2.840.113681": Implementation("Hologic", False, 0.8, "object"),
    "1.2.246.352": Implementation("Varian", False, 0.95, "object"),
    "1.2.752.24": Implementation("Sectra", False, 0.9, "class"),
    "1.2.752.243": Implementation("RaySearch", False, 0.9, "object"),
}
"""Roots of implementation class UIDs; the longest that fits wins."""

VERSIONS: dict[str, Implementation] = {
    "OFFIS_DCMTK": Implementation("OFFIS DCMTK", True, 1.0, "code"),
    "DCM4CHE": Implementation("dcm4che", True, 1.0, "code"),
    "PYNETDICOM": Implementation("pynetdicom", True, 1.0, "code"),
    "GDCM": Implementation("GDCM", True, 1.0, "code"),
    "MERGECOM": Implementation("Merge", True, 0.9, "object"),
    "FO-DICOM": Implementation("fo-dicom", True, 1.0, "code"),
}
"""Beginnings of implementation version names, upper case."""

STORAGE = "1.2.840.10008.5.1.4.1.1."
"""Prefix of the storage SOP classes (PS3.4 annex B.5)."""

NOT_MADE_BY_MODALITIES: tuple[str, ...] = (
    "1.2.840.10008.5.1.4.1.1.11.",
    "1.2.840.10008.5.1.4.1.1.88.",
    "1.2.840.10008.5.1.4.1.1.104.",
    "1.2.840.10008.5.1.4.1.1.66",
    "1.2.840.10008.5.1.4.1.1.481.3",
    "1.2.840.10008.5.1.4.1.1.481.5",
)
"""Stored objects that people and workstations make: presentation states, reports, PDF, segmentations, plans."""

ROLES: dict[str, tuple[str, str]] = {
    "1.2.840.10008.5.1.4.31": ("modality", "worklist"),
    "1.2.840.10008.5.1.4.32": ("workstation", "worklist"),
    "1.2.840.10008.5.1.4.34.6.1": ("workstation", "worklist"),
    "1.2.840.10008.3.1.2.3.3": ("modality", "worklist"),
    "1.2.840.10008.3.1.2.3.4": ("modality", "worklist"),
    "1.2.840.10008.1.20.1": ("modality", "archive"),
    "1.2.840.10008.5.1.1.9": ("workstation", "printer"),
    "1.2.840.10008.5.1.1.18": ("workstation", "printer"),
    "1.2.840.10008.5.1.1.16": ("workstation", "printer"),
    "1.2.840.10008.5.1.4.1.2.1.1": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.1.2": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.1.3": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.2.1": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.2.2": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.2.3": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.3.1": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.3.2": ("workstation", "archive"),
    "1.2.840.10008.5.1.4.1.2.3.3": ("workstation", "archive"),
}
"""SOP class -> (part of its user, part of its provider); storage classes by `STORAGE`."""


def implementation(uid: str, version: str = "") -> Implementation | None:
    """Who is behind an implementation class UID, else behind its version name; None unknown."""
    parts = uid.split(".")
    for end in range(len(parts), 2, -1):
        found = ROOTS.get(".".join(parts[:end]))
        if found:
            return found
    upper = version.upper()
    return next((found for start, found in VERSIONS.items() if upper.startswith(start)), None)


def is_storage(sop_class: str) -> bool:
    """Whether a SOP class stores objects."""
    return sop_class.startswith(STORAGE)


def roles(sop_class: str) -> tuple[str, str]:
    """(part of the SCU, part of the SCP); "" where the class gives none."""
    if is_storage(sop_class):
        user = "workstation" if sop_class.startswith(NOT_MADE_BY_MODALITIES) else "modality"
        return user, "archive"
    return ROLES.get(sop_class, ("", ""))
