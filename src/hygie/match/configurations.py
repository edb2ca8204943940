"""AND, OR and negation over the whole device, with three values.

A row is True where a part of the device is what it names, in a version that it means; False where the device is known
to be something else; None where nobody knows. "Firmware X on hardware Y" is affected only if both hold; on unknown
hardware it is possible, and the question names the hardware. Rows that are context only (`vulnerable` false) count
like the others.

Source: NVD CVE API 2.0 (configurations); NISTIR 7698 (applicability language), section 6; Kleene's strong logic.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hygie.model.knowledge import Applicability

Truth = bool | None


class Answer(NamedTuple):
    """What a row's truth rests on."""

    truth: Truth
    named: bool
    """A part of the device is what the row names (in some version)."""
    probability: float = 1.0
    question: str = ""
    """What would settle None."""


class Outcome(NamedTuple):
    """What a configuration says of a device."""

    truth: Truth
    named: bool
    """At least one vulnerable row names a part of the device."""
    probability: float
    open: tuple[Applicability, ...]
    """Rows whose truth is not known and matters."""
    question: str


def conjoin(values: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def disjoin(values: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    unknown = False
    for value in values:
        if value:
            return True
        unknown = unknown or value is None
    return None if unknown else False


def evaluate(rows: Sequence[Applicability], truth_of: Callable[[Applicability], Truth]) -> Truth:
    """Truth of one configuration: nodes by their operator and negation, then the operator between nodes."""
    nodes: dict[int, list[Applicability]] = {}
    for row in rows:
        nodes.setdefault(row.node, []).append(row)
    answers: list[Truth] = []
    for members in nodes.values():
        join = conjoin if members[0].node_operator == "AND" else disjoin
        answer = join([truth_of(row) for row in members])
        answers.append(not answer if members[0].negate and answer is not None else answer)
    return (conjoin if rows[0].configuration_operator == "AND" else disjoin)(answers)


def judge(rows: Sequence[Applicability], answer_of: Callable[[Applicability], Answer]) -> Outcome:
    """A configuration over the whole device, with what is open."""
    answers = {id(row): answer_of(row) for row in rows}
    truth = evaluate(rows, lambda row: answers[id(row)].truth)
    named = any(row.vulnerable and answers[id(row)].named for row in rows)
    used = [
        answers[id(row)].probability for row in rows if answers[id(row)].named and answers[id(row)].truth is not False
    ]
    opened = tuple(row for row in rows if answers[id(row)].truth is None) if truth is None else ()
    question = next((answers[id(row)].question for row in opened if answers[id(row)].question), "")
    return Outcome(truth, named, min(used, default=1.0), opened, question)
