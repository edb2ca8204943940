"""Rules: whether one is sound, and what it concludes from a value.

What comes in: the parts of a rule as a file has them; then a rule and the value of the trait that it reads. What goes
out: the `Rule`; the value that it concludes, "" none.

A rule reads one trait and concludes another. It cites its source, or it is refused: what nobody can check is no rule.
"""

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from hygie.model.evidence import Trait
from hygie.model.rule import Rule
from hygie.names import cpe, purl
from hygie.names.pattern import Groups, Pattern, compiled

CONCLUDES = frozenset(
    (
        Trait.OS,
        Trait.OS_VERSION,
        Trait.MANUFACTURER,
        Trait.PRODUCT,
        Trait.MODEL_NUMBER,
        Trait.VERSION,
        Trait.FIRMWARE,
        Trait.HARDWARE_VERSION,
        Trait.ROLE,
        Trait.KIND,
        Trait.CPE,
        Trait.PURL,
    )
)
"""What rules may conclude: what a thing is, never whose it is or where."""
NOT_READ = frozenset((Trait.REMARK, Trait.KIND, Trait.CONNECTABLE))
"""What rules may not read: free text, and what other rules conclude."""
LONGEST = 300
"""Characters of a name, a value or a source."""

_HOLE = re.compile(r"\{(?P<group>[0-9]{1,2}|[A-Za-z_]\w*)(?:\|(?P<otherwise>[^{}]*))?\}")
_TRAITS = {trait.value: trait for trait in Trait}
_PLAIN = re.compile(r"[a-z0-9_]")


class Written(NamedTuple):
    """A rule as a file has it."""

    name: str
    reads: str
    pattern: str
    unless: str
    concludes: str
    value: str
    confidence: float
    source: str


def checked(written: Written, reading: str, place: str, kinds: Container[str]) -> Rule:
    """A rule whose parts are sound. `kinds`: keys of clinical kinds.

    Raises ValueError(message key, "name=value"...) for what is wrong with it.
    """
    reads, concludes = (_TRAITS.get(text.strip().lower()) for text in (written.reads, written.concludes))
    if reads is None or reads in NOT_READ:
        raise ValueError("refusal.rule.reads", f"trait={written.reads[:60]}")
    if concludes is None or concludes not in CONCLUDES:
        raise ValueError("refusal.rule.concludes", f"trait={written.concludes[:60]}")
    texts = (written.name, written.value, written.source)
    if not all(texts) or max(map(len, texts)) > LONGEST:
        raise ValueError("refusal.rule.parts", f"most={LONGEST}")
    if not 0.0 < written.confidence <= 1.0:
        raise ValueError("refusal.rule.confidence")
    ready = compiled(written.pattern)
    compiled(written.unless)
    if not written.pattern or ready.search("") is not None:
        raise ValueError("refusal.rule.anything")
    _check_value(concludes, written.value, ready, kinds)
    return Rule(
        reading,
        place,
        written.name,
        reads,
        written.pattern,
        written.unless,
        concludes,
        written.value,
        written.confidence,
        written.source,
    )


def _check_value(concluded: Trait, value: str, pattern: Pattern, kinds: Container[str]) -> None:
    """Raises ValueError for a value with groups that the pattern lacks, or that is none of its trait's."""
    for hole in _HOLE.finditer(value):
        group = hole["group"]
        if group not in pattern.names and not (group.isdigit() and int(group) <= pattern.groups):
            raise ValueError("refusal.rule.group", f"group={group}")
    rest = _HOLE.sub("1", value)
    if "{" in rest or "}" in rest:
        raise ValueError("refusal.rule.group", f"group={value[:60]}")
    if concluded is Trait.KIND and value not in kinds:
        raise ValueError("refusal.rule.kind", f"kind={value[:60]}")
    try:
        if concluded is Trait.CPE:
            cpe.parse(rest)
        elif concluded is Trait.PURL:
            purl.parse(rest)
    except ValueError as error:
        raise ValueError("refusal.rule.name", f"value={value[:60]}") from error


@lru_cache(maxsize=4_096)
def found(pattern: str, text: str) -> Groups | None:
    """What a pattern finds in a text. Raises ValueError for a pattern that is none."""
    return compiled(pattern).search(text)


def conclude(rule: tuple[str, str, Trait, str], text: str) -> str:
    """What a rule (pattern, unless, concludes, value) concludes from a text; "" nothing.

    Raises ValueError for a pattern that is none.
    """
    pattern, unless, concludes, value = rule
    ready = compiled(pattern)
    groups = found(pattern, text)
    if groups is None or (unless and found(unless, text) is not None):
        return ""
    made = []
    at = 0
    for hole in _HOLE.finditer(value):
        part = _found(ready, groups, hole["group"])
        if not part and hole["otherwise"] is None:
            return ""
        made += [value[at : hole.start()], _written(concludes, part) if part else hole["otherwise"]]
        at = hole.end()
    return " ".join("".join((*made, value[at:])).split())


def _found(pattern: Pattern, groups: Groups, group: str) -> str:
    number = int(group) if group.isdigit() else pattern.names[group]
    return (groups[number] or "").strip()


def _written(concludes: Trait, text: str) -> str:
    """What a group found, as the name that it becomes part of writes it."""
    if concludes is Trait.CPE:
        plain = text.lower().replace(" ", "_")
        return "".join(c if _PLAIN.match(c) or c in ".-" else f"\\{c}" for c in plain if c.isascii() and c > " ")
    return quote(text, safe="") if concludes is Trait.PURL else text
