"""What harm may patients come to? SSVC Safety Impact 2.0.1.

The clinical function's severity (a person's word first, else facts' default, shown as not validated), lowered to
"marginal" where the flaw does no more than disclose data: every CVSS vector says that neither integrity nor
availability is touched, no record says "total", and what leaks is no credential. Where nothing says what the flaw does,
the function's severity stands. The MDR class is not used.
Source: CERT/CC SSVC, Safety Impact 2.0.1; impact classes after MITRE's rubric for medical devices (therapy, monitoring,
diagnosis, workflow, data).
"""

from collections.abc import Mapping

from hygie.facts import ssvc
from hygie.facts.functions import function_of
from hygie.model.verdict import Because
from hygie.names.people import CONFIRMED, Word
from hygie.risk.flaw import Flaw

DATA_ONLY = "marginal"
"""Highest severity of a flaw that only discloses data: harm to persons, not to bodies."""


def function_safety(kind: str, words: Mapping[tuple[str, str], Word]) -> tuple[str, tuple[Because, ...]]:
    """Severity of a clinical kind, with what it rests on."""
    function = function_of(kind)
    word = words.get(("function", kind))
    if word is None:
        return function.safety, (
            Because(f"priority.safety.function.{function.safety}"),
            Because(function.rationale),
            Because("function.not_validated"),
        )
    value = function.safety if word.value == CONFIRMED else word.value
    return value, (Because(f"priority.safety.person.{value}", word.args, word.origin),)


def discloses_only(flaw: Flaw) -> bool:
    """Whether all that is known says that the flaw gives away data and changes nothing."""
    said = flaw.vectors and all(v.confidentiality and not v.integrity for v, _ in flaw.vectors)
    return bool(said) and not flaw.total and not flaw.credential


def safety(of_function: str, flaw: Flaw) -> tuple[str, tuple[Because, ...]]:
    """Severity of this flaw on a function of that severity, with what the flaw does."""
    if not flaw.vectors:
        return of_function, (Because("priority.safety.effect_unknown"),)
    vector, origin = flaw.vectors[0]
    args = (f"vector={vector.text}",)
    if discloses_only(flaw):
        lowered = min(of_function, DATA_ONLY, key=ssvc.SAFETY.index)
        return lowered, (Because("priority.safety.data_only", args, origin),)
    if not vector.integrity and any(v.integrity for v, _ in flaw.vectors):
        vector, origin = next((v, o) for v, o in flaw.vectors if v.integrity)
        args = (f"vector={vector.text}",)
    key = "priority.safety.credential" if flaw.credential and not vector.integrity else "priority.safety.effect"
    return of_function, (Because(key, args, origin),)
