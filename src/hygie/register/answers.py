"""What the register answers to "what is this device", attribute by attribute, each with how sure that is.

What comes in: a device and all that is said of it (`fold.attributes`). What goes out: one answer an attribute, with the
confidence of the statement that won, times the confidence that all of the device's members are one thing. A kind that
a rule presumes has the confidence of that rule; `bench/identity.py` measures whether they hold.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hygie.model.evidence import Speaker, Trait
from hygie.model.fleet import Device
from hygie.register.fold import Attribute

KIND_RULES: dict[str, float] = {
    "designation": 0.95,
    "product": 0.85,
    "announced": 0.9,
    "house_rule": 0.9,
    "sure_rule": 0.9,
    "dicom_images": 0.9,
    "dicom_images_shared": 0.65,
    "dicom_role": 0.85,
    "own_words": 0.8,
    "bacnet": 0.7,
    "network_role": 0.85,
    "rule": 0.75,
}
"""Rule of `kinds.RULES` -> how often its answer is right: judgement, held against the measured shares."""
_BY_RULE = ("house_rule", "sure_rule", "rule")
"""Those whose confidence is that of what was concluded."""
SURE_PART = 0.5
"""Confidence from which what traffic tells counts among a device's roles."""


class Told(NamedTuple):
    """One answer."""

    value: str
    confidence: float
    """0 to 1."""
    origin: str
    """"<reading>#<place>"; of a presumed kind "presumed:<rule>"."""
    also: tuple[str, ...] = ()
    """Other values that hold at the same time: further roles."""


def answers(device: Device, said: Iterable[Attribute]) -> dict[str, Told]:
    """Attribute (`model.label.ATTRIBUTES`) -> what the register says; without those of which it says nothing."""
    won: dict[Trait, list[Attribute]] = {}
    for one in said:
        if one.winner or one.rule or _plays(one):
            won.setdefault(one.trait, []).append(one)
    found = {
        "kind": _kind(device, won),
        "manufacturer": _told(device, device.make, won, Trait.MANUFACTURER),
        "model": _told(device, device.product, won, Trait.PRODUCT, Trait.COMMERCIAL_NAME, Trait.MODEL_NUMBER),
        "operating_system": _system(device, won),
        "version": _told(device, device.version, won, Trait.VERSION)
        or _told(device, device.firmware, won, Trait.FIRMWARE),
        "role": _role(device, won),
    }
    return {attribute: told for attribute, told in found.items() if told is not None}


def _plays(one: Attribute) -> bool:
    """Whether it is a further role that traffic tells: a machine serves names and time, a switch routes too."""
    return one.trait is Trait.ROLE and one.speaker is Speaker.OBSERVED and one.confidence >= SURE_PART


def _told(device: Device, value: str, won: dict[Trait, list[Attribute]], *traits: Trait) -> Told | None:
    """The value that the register shows, with the statement that it comes from."""
    if not value:
        return None
    said = next((won[trait][0] for trait in traits if trait in won), None)
    return Told(value, *_weight(device, said))


def _weight(device: Device, said: Attribute | None) -> tuple[float, str]:
    """Confidence and origin. What no single statement says (a part of another text) is as sure as the device is one."""
    return (said.confidence * device.confidence, said.origin) if said else (device.confidence, "")


def _kind(device: Device, won: dict[Trait, list[Attribute]]) -> Told | None:
    if not device.kind:
        return None
    how, _, where = device.kind_source.partition(":")
    if how == "presumed":
        drawn = [one for one in won.get(Trait.KIND, ()) if one.rule and one.value == device.kind]
        sure = drawn[0].confidence if where in _BY_RULE and drawn else KIND_RULES.get(where, 0.5)
        return Told(device.kind, sure * device.confidence, device.kind_source)
    said = next((one for one in won.get(Trait.KIND, ()) if one.origin == where), None)
    return Told(device.kind, (said.confidence if said else 1.0) * device.confidence, where)


def _system(device: Device, won: dict[Trait, list[Attribute]]) -> Told | None:
    told = _told(device, device.os, won, Trait.OS, Trait.SMB_OS)
    if told is None or not device.os_version or device.os_version in device.os:
        return told
    return told._replace(value=f"{device.os} {device.os_version}")


def _role(device: Device, won: dict[Trait, list[Attribute]]) -> Told | None:
    """The role that a table or traffic tells, and the parts that it plays in DICOM."""
    parts = [one for one in won.get(Trait.DICOM_ROLE, ()) if one.confidence >= SURE_PART]
    said = [*won.get(Trait.ROLE, ()), *sorted(parts, key=lambda one: -one.confidence)]
    if not said:
        return None
    others = tuple(dict.fromkeys(one.value for one in said[1:] if one.value != said[0].value))
    return Told(said[0].value, *_weight(device, said[0]), others)
