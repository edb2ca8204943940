"""What a person knows of devices: lines of a list that was checked by hand. Never kept, only compared with."""

from dataclasses import dataclass

ATTRIBUTES = ("kind", "manufacturer", "model", "operating_system", "version", "role")
"""What identification says of a device, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Label:
    """One device as a person knows it."""

    place: str
    """Row of the list: "Feuille1!A12"."""
    keys: tuple[tuple[str, str], ...]
    """(trait, normal form) of what names it: inventory and serial number, MAC, address, host name."""
    known: tuple[tuple[str, str], ...]
    """(attribute, as written); what the person left blank is not there."""
