"""What named persons of the hospital decided about functions, units and exposure.

What comes in: `Decision` rows about "function:<kind>", "unit:<ward>", "exposure:<device or zone id>"; answers in French
or English, as people write them. What goes out: `Word`s by what they are about, the newest winning. An answer that is
none of the values is not taken: it stays a question.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hygie.model.evidence import Decision

CONFIRMED = "confirmed"

_VALUES = {
    "function": {
        "negligible": ("negligible", "negligeable"),
        "marginal": ("marginal", "marginale"),
        "critical": ("critical", "critique"),
        "catastrophic": ("catastrophic", "catastrophique"),
        CONFIRMED: ("confirmed", "confirme", "confirmee", "yes", "oui", "ok", "valide", "validee", "validated"),
    },
    "unit": {
        "degraded": ("degraded", "degrade", "degradee"),
        "crippled": ("crippled", "mef support crippled", "entravee", "paralysee", "soutien paralyse"),
        "mef failure": ("mef failure", "defaillance", "defaillance d une fonction essentielle", "arret d une fonction"),
        "mission failure": ("mission failure", "echec de la mission", "arret de la mission", "mission impossible"),
    },
    "exposure": {
        "small": ("small", "faible", "isolated", "isole", "isolee", "petite"),
        "controlled": ("controlled", "controlee", "controle", "maitrisee", "maitrise"),
        "open": ("open", "ouverte", "ouvert"),
    },
}
_MEANING = {what: {word: value for value, words in v.items() for word in words} for what, v in _VALUES.items()}


class Word(NamedTuple):
    """A person's word."""

    value: str
    who: str
    when: str
    origin: str

    @property
    def args(self) -> tuple[str, ...]:
        """Arguments of a message about it."""
        return (f"who={self.who}", f"when={self.when or '-'}")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Lower case, no accents, words of letters and digits parted by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def words(decisions: Iterable[Decision]) -> dict[tuple[str, str], Word]:
    """Words by (function | unit | exposure, what): a kind, a ward folded, an id. A word without a name is nobody's."""
    found: dict[tuple[str, str], Word] = {}
    for decision in sorted(decisions, key=lambda d: (d.when, d.reading, d.place, d.answer, d.who)):
        what, _, about = decision.about.partition(":")
        value = _MEANING.get(what, {}).get(folded(decision.answer), "")
        if value and about and decision.who.strip():
            key = (what, folded(about) if what == "unit" else about)
            found[key] = Word(value, decision.who, decision.when, f"{decision.reading}#{decision.place}")
    return found
