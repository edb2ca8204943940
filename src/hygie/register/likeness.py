"""Whether an answer is what a person wrote, attribute by attribute. Strict: what is only near is wrong.

- kind: the same key of facts' table; the person may write the key or words for it.
- manufacturer: one maker, whatever its spelling (`naming.Naming.same`).
- model: one product's key, or names that are very likely the same product's (`ALIKE`).
- operating system: one system; where one of the two says less (no release, "Linux" for a distribution), what it says
  has to hold for the other. Two different releases are wrong.
- version: equal, or the answer says more of it ("4.2.1" for "4.2"); an answer that says less is wrong.
- role: one of the roles told, in any order of its words, French or English.
"""

from hygie.facts import functions
from hygie.model.label import Label
from hygie.names import product
from hygie.names.maker import Makers
from hygie.register import keys, systems
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
            "operating_system": lambda: systems.agree(text, told.value),
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


def _version(text: str, told: str) -> bool:
    one, other = (version(value).casefold().strip() for value in (text, told))
    return bool(one) and (one == other or other.startswith((f"{one}.", f"{one}-", f"{one} ")))


def _role(text: str) -> frozenset[str]:
    words = (_WORDS.get(word, word) for word in keys.folded(text).split())
    return frozenset(words) - _IDLE
