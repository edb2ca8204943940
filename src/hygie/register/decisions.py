"""What persons decided about links: "same" or "different", the newest word on each pair.

What comes in: decisions as read. What goes out: rulings that hold for the keys of the pair, whatever the devices are
called by then, and the answers to the other questions by id.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hygie.model.evidence import Decision
from hygie.register import keys

SAME, DIFFERENT, UNKNOWN = "same", "different", "unknown"
OPTIONS = (SAME, DIFFERENT, UNKNOWN)

_WORDS = {
    SAME: ("same", "identical", "yes", "y", "oui", "o", "meme", "le meme", "identique", "identiques"),
    DIFFERENT: ("different", "differents", "differente", "differentes", "no", "n", "non", "distinct", "distincts"),
    UNKNOWN: ("unknown", "don t know", "dont know", "ne sait pas", "je ne sais pas", "nsp", "inconnu", "?"),
}
"""How people write the three answers, folded."""
_MEANING = {word: answer for answer, words in _WORDS.items() for word in words}


class Ruling(NamedTuple):
    """A person's word about a pair."""

    id: str
    """Question id."""
    site: str
    one: str
    other: str
    """Keys of the two things."""
    same: bool
    who: str
    when: str
    origin: str
    """"<reading>#<place>"."""
    about: str = ""
    """Question that was answered, where it was asked for many pairs at once."""


def meaning(answer: str) -> str:
    """same, different or unknown; "" for words that say none of them."""
    return _MEANING.get(keys.folded(answer), _MEANING.get(answer.strip(), ""))


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Newest decision about each thing; without a date a decision is older than any dated one."""
    found: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.when, d.reading, d.place, d.answer, d.who)):
        found[decision.about] = decision
    return found


def rulings(decisions: dict[str, Decision]) -> list[Ruling]:
    """Decisions about pairs, in the order of their ids. "Don't know" decides nothing."""
    found = []
    for about, decision in sorted(decisions.items()):
        parts, answer = keys.parse_pair(about), meaning(decision.answer)
        if parts is not None and answer in (SAME, DIFFERENT):
            origin = f"{decision.reading}#{decision.place}"
            found.append(Ruling(about, *parts, answer == SAME, decision.who, decision.when, origin))
    return found
