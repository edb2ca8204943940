"""Devices that are alike share one profile; SBOMs attach to what they describe.

An SBOM attaches where maker and product agree and the version does not differ: surely where both versions are the
same, as possible where one of them is missing.
"""

import hashlib
from collections.abc import Iterable, Mapping

from hygie.match.naming import NameIndex, Naming
from hygie.model.fleet import Device
from hygie.model.knowledge import Bom, Statement
from hygie.model.verdict import Profile, ProfileOf
from hygie.names import product
from hygie.names.version import FIRMWARE, compare

VERSION_MISSING = 0.8
"""Factor where the SBOM or the device does not say its version."""


Alike = tuple[str, str, str, str, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""What devices of one profile share: make, product, version, OS, its version, firmware, SBOMs, CPEs, serial, contested
versions."""


class Attachments:
    """Which SBOMs describe a product of some version."""

    def __init__(self, naming: Naming, boms: Iterable[Bom]) -> None:
        self._naming = naming
        self._boms: dict[tuple[str, str], list[Bom]] = {}
        for bom in boms:
            self._boms.setdefault((bom.make, bom.product), []).append(bom)
        self._index = NameIndex(naming, self._boms)
        self._kept: dict[tuple[str, str, str, tuple[str, ...]], dict[str, float]] = {}

    def of(
        self, make: str, product_text: str, version: str, firmware: str = "", contested: tuple[str, ...] = ()
    ) -> dict[str, float]:
        """Documents that describe it, with the probability that they do; `contested`: versions it may have instead."""
        key = (make, product_text, firmware, (version, *contested))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._search(key)
        return found

    def _search(self, key: tuple[str, str, str, tuple[str, ...]]) -> dict[str, float]:
        """`of`, computed."""
        make, product_text, firmware, versions = key
        found: dict[str, float] = {}
        for name, probability in self._index.find(make, product_text):
            for bom in self._boms[name]:
                agreed = probability * _agreed([agreement(bom.version, version, firmware) for version in versions])
                if agreed > 0.0:
                    found[bom.document] = max(found.get(bom.document, 0.0), agreed)
        sure = {document: value for document, value in found.items() if value >= product.SURE}
        return sure or found


def _agreed(each: list[float]) -> float:
    """Agreement over all versions that sources say: where they lead apart, one of them may be described."""
    return each[0] if len(set(each)) == 1 else min(max(each), VERSION_MISSING)


def agreement(bom_version: str, version: str, firmware: str = "") -> float:
    """1 the same version, 0 another, in between where it is missing or cannot be compared."""
    if not bom_version or not (version or firmware):
        return VERSION_MISSING
    answers = [compare(bom_version, one, FIRMWARE) for one in (version, firmware) if one]
    if 0 in answers or bom_version.strip().lower() in (version.strip().lower(), firmware.strip().lower()):
        return 1.0
    return VERSION_MISSING if all(answer is None for answer in answers) else 0.0


def profiles(
    devices: Iterable[Device],
    boms: Iterable[Bom],
    naming: Naming,
    cpes: Mapping[str, tuple[str, ...]] | None = None,
    statements: Iterable[Statement] = (),
) -> tuple[list[Profile], list[ProfileOf]]:
    """Profiles in the order of their ids, and each device's; `cpes`: device id -> CPEs and purls told of it.

    Where a statement on a product limits itself to serial numbers, devices of that product keep theirs apart.
    """
    attachments = Attachments(naming, boms)
    numbered = NameIndex(naming, sorted({(row.make, row.product) for row in statements if _by_serial(row)}))
    told = cpes or {}
    members: dict[Alike, list[Device]] = {}
    for device in devices:
        documents = attachments.of(device.make, device.product, device.version, device.firmware, device.contested)
        system = ("", "") if device.os_family else (device.os, device.os_version)
        key: Alike = (
            device.make, device.product, device.version, *system, device.firmware,
            tuple(sorted(documents)), tuple(sorted(set(told.get(device.id, ())))),
            (device.serial,) if device.serial and numbered.find(device.make, device.product) else (),
            device.contested,
        )  # fmt: skip
        members.setdefault(key, []).append(device)
    found: list[Profile] = []
    of: list[ProfileOf] = []
    for key, same in members.items():
        profile = _profile(key, same)
        found.append(profile)
        of.extend(ProfileOf(device.id, profile.id) for device in same)
    return sorted(found, key=lambda one: one.id), sorted(of, key=lambda one: one.device)


def _by_serial(statement: Statement) -> bool:
    """The statement limits itself to serial numbers."""
    return any(limit.startswith("serial_number=") for limit in statement.limits)


def _profile(key: Alike, same: list[Device]) -> Profile:
    """The profile of devices with equal parts."""
    parts = key if key[9] else key[:9]  # what nobody contests keeps its id
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
    first = same[0]
    return Profile(
        id=digest,
        model=min((device.model for device in same if device.model), default=""),
        make=first.make,
        product=first.product,
        version=first.version,
        os=key[3],
        os_version=key[4],
        firmware=first.firmware,
        boms=key[6],
        cpes=key[7],
        devices=len(same),
        serials=key[8],
        contested=key[9],
    )
