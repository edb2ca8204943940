"""Whether an answer is what a person wrote, attribute by attribute. Strict: what is only near is wrong.

- kind: the same key of facts' table; the person may write the key or words for it.
- manufacturer: one maker, whatever its spelling (`naming.Naming.same`).
- model: one product's key, or names that are very likely the same product's (`ALIKE`).
- operating system: one system; where one of the two says less (no release, "Linux" for a distribution), what it says
  has to hold for the other. Two different releases are wrong.
- version: equal, or the answer says more of it ("4.2.1" for "4.2"); an answer that says less is wrong.
- role: one of the roles told, in any order of its words, French or English.
"""

import re

from hygie.facts import functions, systems
from hygie.model.label import Label
from hygie.names import product
from hygie.names.maker import Makers
from hygie.names.systems import names_of
from hygie.register import keys
from hygie.register.answers import Told
from hygie.register.naming import Naming, version

ALIKE = 0.9
"""Probability from which two texts name the same product."""
_WORDS = {
    "serveur": "server", "pacs": "archive", "modalite": "modality", "imprimante": "printer", "impression": "printer",
    "console": "workstation", "station": "workstation", "routeur": "router", "passerelle": "router",
    "gateway": "router", "noms": "dns", "temps": "ntp", "commutateur": "switch",
}  # fmt: skip
"""Words of roles -> those that traffic is told in."""
_IDLE = frozenset("de d du des le la les a of the".split())
_BUILD = re.compile(r" *\(\d+\)")
_CLIENT = re.compile(r"Windows (?:7|8\.1|8|10|11)\b")
"""A Windows without its release."""
_NOT_LINUX = ("windows", "vxworks", "qnx")


class Same:
    """Compares what a person wrote with what was told."""

    def __init__(self, makers: Makers) -> None:
        """`makers`: facts' table."""
        self._naming = Naming(makers)

    def __call__(self, attribute: str, text: str, told: Told, label: Label) -> bool:
        """Whether the answer is right. Raises LookupError for an attribute that is none."""
        if attribute == "model":
            return self._model(text, told.value, dict(label.known).get("manufacturer", ""))
        compare = {
            "kind": lambda: self.kind(text) == told.value,
            "manufacturer": lambda: self._naming.same(text, told.value),
            "operating_system": lambda: _system(text, told.value),
            "version": lambda: _version(text, told.value),
            "role": lambda: any(_role(text) == _role(one) for one in (told.value, *told.also)),
        }
        return compare[attribute]()

    def kind(self, text: str) -> str:
        """Key of a clinical kind that a person wrote; "" for words that mean none."""
        key = text.strip().lower()
        return key if key in functions.functions() else functions.named(text)[0]

    def unclear(self, label: Label) -> bool:
        """Whether a label gives a kind in words that mean none."""
        text = dict(label.known).get("kind", "")
        return bool(text) and not self.kind(text)

    def _model(self, text: str, told: str, make: str) -> bool:
        alike = self._naming.product_key(make, text) == self._naming.product_key(make, told)
        return alike or product.similarity(text, told, make, make) >= ALIKE


def _system(text: str, told: str) -> bool:
    one, other = _recognised(text), _recognised(told)
    if one is not None and other is not None:
        return one.key == other.key or (
            bool(_meanings(one) & _meanings(other)) and (_is_vague(one) or _is_vague(other))
        )
    if _is_linux(one, text) and _is_linux(other, told):
        plain = any(keys.folded(name).startswith(("linux", "gnu linux")) for name in (text, told))
        return plain or bool(_named(text) & _named(told))
    return bool(_named(text) & _named(told))


def _recognised(text: str) -> systems.System | None:
    """The system of a name; one that the table shows for several ("Windows 7 / Server 2008 R2") stands for itself."""
    shown = (system for system in systems.systems().values() if system.shared and system.name == text)
    return next(shown, None) or systems.recognised(text)


def _meanings(system: systems.System) -> set[str]:
    """Families that a system's name may stand for: "Windows 7 / Server 2008 R2" for two."""
    parts = _BUILD.sub("", system.name).split(" / ")
    whole = [f"Windows {part}" if part.startswith("Server") else part for part in parts]
    return {found.group() if (found := _CLIENT.match(part)) else part for part in whole}


def _is_vague(system: systems.System) -> bool:
    """Whether it says no release, or leaves open which of several it is."""
    return system.shared or system.name in _meanings(system)


def _is_linux(system: systems.System | None, text: str) -> bool:
    if system is not None:
        return not system.key.startswith(_NOT_LINUX)
    return any(
        name.product in ("linux_kernel", "linux") or name.vendor in _DISTRIBUTIONS for name in names_of(text, "")
    )


_DISTRIBUTIONS = ("canonical", "debian", "redhat", "centos", "opensuse", "suse", "rocky", "almalinux", "amazon",
                  "linuxfoundation", "alpinelinux")  # fmt: skip


def _named(text: str) -> set[tuple[str, str]]:
    """Vendor and product under which records speak of a system."""
    return {(name.vendor, name.product) for name in names_of(text, "")} or {("", keys.folded(text))}


def _version(text: str, told: str) -> bool:
    one, other = (version(value).casefold().strip() for value in (text, told))
    return bool(one) and (one == other or other.startswith((f"{one}.", f"{one}-", f"{one} ")))


def _role(text: str) -> frozenset[str]:
    words = (_WORDS.get(word, word) for word in keys.folded(text).split())
    return frozenset(words) - _IDLE
