"""What the manufacturer allows for a model, by letter, mail or MDS2.

What comes in: permissions, MDS2 answers, models. What goes out: for a model and a subject, the word that holds: the
newest; of one day, a refusal before a permission. Only the manufacturer's own word counts. A word is tied to a model
where the register tied its form, or where maker and product names are the same beyond doubt and the version lies in
what the word speaks of.

A "yes" to MLDP-2, MLDP-4 or SAHD-14 of an MDS2 form says what the device can do, not what its owner may do: it allows
nothing. Nor does a "yes" by letter whose date is missing, cannot be read or lies in the future: whether it holds cannot
be said, and it has to be confirmed. A "no" without a date holds.
"""

import re
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from hygie.facts.makers import makers
from hygie.model.evidence import Speaker
from hygie.model.fleet import Model
from hygie.model.knowledge import Answer, Permission
from hygie.model.verdict import Because
from hygie.names import maker, ranges
from hygie.names.product import SURE, likeness

CAN = frozenset(("MLDP-2", "MLDP-4", "SAHD-14"))
"""MDS2 questions about what the device supports, employs or could be."""
QUESTION = re.compile(r"[A-Z]{4}-\d+(?:\.\d+)*")
"""Ids of MDS2 questions."""
_WEIGHT = {True: 0, None: 1, False: 2}
"""Of words of one day, the heaviest holds."""
REQUIREMENTS = ("CONN-2", "CONN-4", "CONN-6")
"""MDS2 questions about what the device needs of a network."""


class Word(NamedTuple):
    """The manufacturer's word on one subject."""

    allowed: bool | None
    condition: str
    because: Because
    make: str = ""
    """Who speaks: a maker tied to the model's, perhaps not the one whose name it carries."""


class Permissions:
    """Permissions and answers by model."""

    def __init__(self, permissions: Iterable[Permission], answers: Iterable[Answer], as_of: str) -> None:
        """`as_of`: ISO 8601 date that stands for today."""
        self._as_of = as_of
        self._spoken = [
            p for p in permissions if p.speaker is Speaker.MANUFACTURER and not (p.allowed and p.document in CAN)
        ]
        self._answers: dict[str, dict[str, Answer]] = {}
        for answer in answers:
            self._answers.setdefault(answer.reading, {})[answer.question] = answer
        self._known: dict[str, dict[str, Word]] = {}

    def of(self, model: Model | None) -> dict[str, Word]:
        """Words by subject."""
        if model is None:
            return {}
        known = self._known.get(model.id)
        if known is None:
            tied = [p for p in self._spoken if _tied(p, model)]
            tied.sort(key=partial(_age, self._as_of))  # the last one holds
            known = self._known[model.id] = {p.subject: _word(self._as_of, p) for p in tied}
        return known

    def requirements(self, model: Model | None) -> tuple[Because, ...]:
        """What the manufacturer's MDS2 says the device needs of a network."""
        found = []
        for reading in model.mds2 if model else ():
            form = self._answers.get(reading, {})
            for question in REQUIREMENTS:
                answer = form.get(question)
                if answer is not None and answer.answer:
                    key = f"measure.because.{question.lower().replace('-', '_')}"
                    args = (f"answer={answer.answer}", f"text={answer.text}")
                    found.append(Because(key, args, f"{answer.reading}#{answer.place}"))
        return tuple(found)


def _tied(permission: Permission, model: Model) -> bool:
    """Whether a word is about a model: its form was tied to it, or names and version agree beyond doubt."""
    if permission.reading in model.mds2:
        return True
    if not permission.make or not permission.product:
        return False
    table = makers()
    one, other = maker.maker(permission.make, table)[0], maker.maker(model.make, table)[0]
    if maker.related(one, other, table) < SURE:
        return False
    if likeness(model.product, permission.product, f"{permission.make} {model.make}") < SURE:
        return False
    return _version_fits(permission.version, model.version)


def _version_fits(said: str, version: str) -> bool:
    """Whether a word about versions holds for one; what cannot be said does not hold."""
    if not said.strip():
        return True
    if not version:
        return False
    span = ranges.parse(said)
    return said.strip() == version.strip() or (span is not None and ranges.contains(span, version) is True)


def _day(as_of: str, permission: Permission) -> str:
    """The day from which a word counts; "" where it cannot be told: a letter without a date that can be read, or with
    one that is still to come."""
    if QUESTION.fullmatch(permission.document) is not None:
        return permission.dated or "-"
    return "" if permission.dated[:10] > as_of[:10] else permission.dated


def _age(as_of: str, permission: Permission) -> tuple[bool, str, int, str, str]:
    """Order of words: a letter's refusal without a day last."""
    day = _day(as_of, permission)
    held = not day and permission.allowed is False
    return held, day, _WEIGHT[permission.allowed], permission.reading, permission.place


def _word(as_of: str, permission: Permission) -> Word:
    """The word, and why."""
    doubted = permission.allowed is True and not _day(as_of, permission)
    allowed = None if doubted else permission.allowed
    how = {True: "allowed", False: "refused", None: "open"}[allowed]
    if doubted:
        how = "future" if permission.dated else "undated"
    args: tuple[str, ...] = (
        f"who={permission.who or permission.make}",
        f"dated={permission.dated or '-'}",
        f"document={'MDS2 ' * (QUESTION.fullmatch(permission.document) is not None)}{permission.document}",
    )
    key = f"measure.because.{how}"
    if permission.condition:
        key, args = f"{key}.condition", (*args, f"condition={permission.condition.rstrip('. ')}")
    because = Because(key, args, f"{permission.reading}#{permission.place}")
    return Word(allowed, permission.condition, because, permission.make)
