"""How a source names a thing: the strongest of what tells its line from others, never its row.

What comes in: what a line says, by trait. What goes out: the name of its subject.
"""

import hashlib
from collections.abc import Mapping

from hygie.model.evidence import Trait
from hygie.names import fields

_MARKED = (Trait.DESIGNATION, Trait.MANUFACTURER, Trait.PRODUCT, Trait.MODEL_NUMBER, Trait.COMMISSIONED, Trait.WARD,
           Trait.LOCATION)  # fmt: skip
"""What tells a line without any number from another."""


def subject(first: Mapping[Trait, str], alone: bool) -> str:
    """Name of a thing within its source. `alone`: its inventory number stands on no other line."""
    number, serial = first.get(Trait.INVENTORY, ""), first.get(Trait.SERIAL, "")
    if number and alone:
        return f"device:inv={number}"
    if number and serial:
        return f"device:inv={number}#serial={serial}"
    if serial:
        return f"device:serial={fields.fold(first.get(Trait.MANUFACTURER, ''))}|{serial}"
    mac = first.get(Trait.MAC, "")
    own = f"mac={mac}" if mac else f"line={_digest(first)}"
    return f"device:inv={number}#{own}" if number else f"device:{own}"


def _digest(first: Mapping[Trait, str]) -> str:
    """Eight hexadecimal digits of what the line says."""
    said = "\x1f".join(fields.fold(first.get(trait, "")) for trait in _MARKED)
    return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
