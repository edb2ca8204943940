"""What a statement limits itself to, and what is left of its verdict where nobody checked that.

What comes in: a statement, the limits that stay unchecked, the verdict that it gives without them. What goes out: the
verdict that is left, the reasons, the question that would settle it. A platform, an option or a serial number says
which devices are meant: whoever is not known to be one of them is not cleared, and not called affected for sure. A
condition ("only on an isolated network") says when the word holds: where it does not, the contrary may be true. So a
"not affected" or "fixed" under a condition is possible, never cleared, and the condition is asked about.
"""

from fnmatch import fnmatchcase
from typing import NamedTuple

from hygie.match.claims import origin
from hygie.model.knowledge import Statement, Status
from hygie.model.verdict import Because, Verdict
from hygie.names import answers, product

SERIAL = "serial_number="
"""Limit that names serial numbers."""
CONDITION = "condition="
"""Limit that is a condition in the speaker's words."""
LEFT_OPEN = "left open="
"""Limit that is a sentence beside a fix: it says that the vulnerability is left open. It limits what the statement
leaves out, not what it says."""
CLEARS = 0.92
"""Probability of a name from which on a word on it clears: one maker, or one that took the other's products over."""
_CLEARING = (Status.NOT_AFFECTED, Status.FIXED)


class Weighed(NamedTuple):
    """What is left of a verdict."""

    verdict: Verdict
    because: tuple[Because, ...]
    question: str
    """"" where nothing limits it, or nothing is left to settle."""


def left(limits: tuple[str, ...], serials: tuple[str, ...]) -> tuple[str, ...] | None:
    """Limits that stay unchecked; None where a known serial number is none of those listed ("*" and "?" as CSAF)."""
    listed = [limit.partition("=")[2] for limit in limits if limit.startswith(SERIAL)]
    if not listed or not serials:
        return limits
    if not any(fnmatchcase(serial.strip().upper(), one.strip().upper()) for serial in serials for one in listed):
        return None
    return tuple(limit for limit in limits if not limit.startswith(SERIAL))


def without_conditions(limits: tuple[str, ...]) -> tuple[str, ...]:
    """Limits that say which devices are meant, and what a fix leaves open."""
    return tuple(limit for limit in limits if not limit.startswith(CONDITION))


def left_open(limits: tuple[str, ...]) -> tuple[str, ...]:
    """Sentences that say that the vulnerability is left open by the fix."""
    return tuple(limit.removeprefix(LEFT_OPEN) for limit in limits if limit.startswith(LEFT_OPEN))


def conditions(statement: Statement, limits: tuple[str, ...]) -> tuple[str, ...]:
    """Under what the statement holds, in its words; the sentence beside a clearing status is looked at too."""
    stated = tuple(limit.removeprefix(CONDITION) for limit in limits if limit.startswith(CONDITION))
    if not stated and statement.status in _CLEARING and answers.conditional(statement.text):
        return (statement.text,)
    return stated


def weigh(verdict: Verdict, statement: Statement, limits: tuple[str, ...]) -> Weighed:
    """What is left of a verdict under the limits that nobody checked."""
    because: list[Because] = []
    question = ""
    others = tuple(limit for limit in without_conditions(limits) if not limit.startswith(LEFT_OPEN))
    if others and verdict is not Verdict.UNKNOWN:
        because.append(Because("because.match.limits", (f"limits={'; '.join(others)}",), origin(statement)))
        verdict, question = lowered(verdict), "question.match.limits"
    if verdict in (Verdict.NOT_AFFECTED, Verdict.FIXED):
        for sentence in left_open(limits):
            because.append(
                Because("because.match.left_open", (f"sentence={sentence.rstrip('. ')}",), origin(statement))
            )
            verdict, question = Verdict.POSSIBLE, "question.match.left_open"
    for stated in conditions(statement, limits):
        because.append(Because("because.match.condition", (f"condition={stated.rstrip('. ')}",), origin(statement)))
        if verdict is not Verdict.UNKNOWN:
            verdict, question = Verdict.POSSIBLE, "question.match.condition"
    return Weighed(verdict, tuple(because), question)


def lowered(verdict: Verdict) -> Verdict:
    """What is left of a verdict of which it is not sure that it means this device."""
    return Verdict.POSSIBLE if verdict in (Verdict.AFFECTED, Verdict.POSSIBLE) else Verdict.UNKNOWN


def named_so(verdict: Verdict, probability: float) -> Verdict:
    """What is left of a verdict where the names are the same with this probability only.

    A word on another maker's product holds if this is the product that it names: else the contrary may be true.
    """
    if probability < product.SURE:
        return lowered(verdict)
    return Verdict.POSSIBLE if probability < CLEARS and verdict in (Verdict.NOT_AFFECTED, Verdict.FIXED) else verdict
