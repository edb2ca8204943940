"""Whether security updates of an operating system still come.

What comes in: a finding on a system, when its vulnerability was published, the day. What goes out: an `Upkeep`.

Rules. A system whose support lasts, or of which no date is known, gets its updates. Where the edition decides, they
perhaps still come. After the end of support none come any more, but in an extended programme: one that the public list
dates beyond today, or that the manufacturer's own word names. What the system's maker sent out while support lasted is
still there: for a vulnerability published by then an update may exist, and is worth looking for; for a later one there
is nothing to install, and nothing is advised.
Source: facts.systems.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from hygie.facts.systems import System, recognised

_PROGRAMME = re.compile(
    r"\besu\b|\bextended (?:security|support)|\bsupport (?:étendu|prolongé)"
    r"|\bmises à jour (?:\w+ ){0,4}(?:étendues|prolongées)"
)


_DENIED = re.compile(r"\b(?:no|not|none|never|without|cannot|aucune?|pas|jamais|sans|ni|hors)\b|n't\b|n’t\b")


class Updates(StrEnum):
    """What a system still gets for one vulnerability."""

    COME = "come"
    PERHAPS = "perhaps"
    """It depends on the edition, which nobody gave."""
    EXTENDED = "extended"
    """Only in an extended programme."""
    LAST = "last"
    """None come any more; one may have come while support lasted."""
    NONE = "none"


class Upkeep(NamedTuple):
    """What a system still gets, and which system it is."""

    updates: Updates
    system: System | None
    """None: not in the list."""


def system_of(os: str, os_version: str) -> System | None:
    """The system of a device or profile; None where it is not said or not known."""
    return recognised(f"{os} {os_version}".strip()) if os else None


def upkeep(system: System | None, published: str, as_of: str, word: str = "") -> Upkeep:
    """What comes for a vulnerability published on an ISO day ("" unknown). `word`: the manufacturer's, as written."""
    out = system.out(as_of) if system is not None else False
    if system is None or out is False or not system.end:
        return Upkeep(Updates.COME, system)
    if out is None:
        return Upkeep(Updates.PERHAPS, system)
    if system.extended >= as_of or names_programme(word):
        return Upkeep(Updates.EXTENDED, system)
    return Upkeep(Updates.LAST if published and published[:10] <= system.end else Updates.NONE, system)


def names_programme(word: str) -> bool:
    """Whether a manufacturer's word names an extended programme of updates, in a sentence that denies nothing."""
    sentences = re.split(r"(?<=[.!;])\s+|\n+", word.casefold())
    return any(_PROGRAMME.search(one) is not None and _DENIED.search(one) is None for one in sentences)
