"""Rules that conclude from what was said of a thing, and what they concluded."""

from dataclasses import dataclass

from hygie.model.evidence import Evidence, Trait


@dataclass(frozen=True, slots=True)
class Rule:
    """One conclusion of one rule: what a pattern finds in the value of one trait says another trait."""

    reading: str
    """Reading of the file that it stands in; "" for those that come with Hygie."""
    place: str
    """Line or cell."""
    name: str
    """The rule's name in its file; several conclusions of one rule share it."""
    reads: Trait
    pattern: str
    """Regular expression of `names.expression`."""
    unless: str
    """Another: where it finds something too, nothing is concluded; "" none."""
    concludes: Trait
    value: str
    """What is concluded; "{1}", "{name}": what a group found; "{1|text}": the text where the group found nothing."""
    confidence: float
    """0 to 1: how often it is right; times that of the statement that it reads."""
    source: str
    """Where it comes from, so that it can be checked: a document, a program's source code, a person's observation."""


@dataclass(frozen=True, slots=True)
class Conclusion(Evidence):
    """A statement that a rule drew from another; reading, place and times are those of the statement that it read,
    `raw` is what that said."""

    device: str = ""
    rule: str = ""
    """The rule's name."""
    rule_origin: str = ""
    """"<reading>#<place>" of the rule; "" for those that come with Hygie."""
    source: str = ""
    """What the rule cites."""
