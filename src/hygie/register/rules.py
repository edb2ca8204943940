"""Rules applied: what is said of a thing -> what follows from it, each with the rule and the source that it cites.

What comes in: the statements about one thing, and the rules that count: those that come with Hygie, those that a
hospital wrote, Recog's where it was given. What goes out: `Conclusion`s, which stand beside the statements and are
weighed like them (`fold`): as observed where traffic said what they rest on, at most as sure as that.

A rule reads what sources say, never what another rule concluded. A hospital's rule takes the place of one of ours that
has its name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from hygie.facts import functions
from hygie.facts import rules as ours
from hygie.model.evidence import Evidence, Reading, Speaker, Trait
from hygie.model.rule import Conclusion, Rule
from hygie.names.rules import Written, checked, conclude, found
from hygie.register.subjects import Said

MOST = 64
"""Conclusions about one thing; the surest are kept."""


@cache
def own() -> tuple[Rule, ...]:
    """The rules that come with Hygie. Raises ValueError for one that is not sound."""
    kinds = functions.functions()
    found = []
    for number, line in enumerate(ours.lines(), 2):
        name, reads, pattern, unless, concludes, value, confidence, source = line
        written = Written(name, reads, pattern, unless, concludes, value, float(confidence), source)
        found.append(checked(written, "", str(number), kinds))
    return tuple(found)


class Book:
    """The rules that count, by what they read."""

    def __init__(self, rules: Iterable[Rule], readings: Mapping[str, Reading]) -> None:
        """`rules`: those that were read."""
        self._reads: dict[Trait, list[Rule]] = {}
        self._told: dict[tuple[Trait, str], tuple[tuple[Rule, str], ...]] = {}
        """Trait and value -> what follows: many devices say the same."""
        read = [rule for rule in rules if rule.reading in readings]
        self._ordered = {rule.reading for rule in read if readings[rule.reading].kind == "recog"}
        replaced = {r.name for r in read if readings[r.reading].speaker is Speaker.HOSPITAL}
        for rule in (*(rule for rule in own() if rule.name not in replaced), *sorted(read, key=_order)):
            self._reads.setdefault(rule.reads, []).append(rule)

    def draw(self, said: Said, device: str) -> Said:
        """The statements with what follows from them."""
        drawn: dict[tuple[Trait, str], Conclusion] = {}
        for trait in sorted(self._reads.keys() & said.keys()):
            for one in self._drawn(trait, said[trait], device):
                before = drawn.get((one.trait, one.value))
                if before is None or (one.confidence, one.last) > (before.confidence, before.last):
                    drawn[one.trait, one.value] = one
        if not drawn:
            return said
        more = dict(said)
        for one in sorted(drawn.values(), key=lambda one: -one.confidence)[:MOST]:
            more[one.trait] = [*more.get(one.trait, ()), one]
        return more

    def _drawn(self, trait: Trait, statements: Sequence[Evidence], device: str) -> Iterator[Conclusion]:
        for e in statements:
            known = self._told.get((trait, e.value))
            if known is None:
                known = self._told[trait, e.value] = tuple(self._concluded(trait, e.value))
            for rule, value in known:
                yield Conclusion(
                    e.reading,
                    e.subject,
                    rule.concludes,
                    value,
                    e.value,
                    e.place,
                    round(rule.confidence * e.confidence, 3),
                    e.first,
                    e.last,
                    device,
                    rule.name,
                    f"{rule.reading}#{rule.place}" if rule.reading else "",
                    rule.source,
                )

    def _concluded(self, trait: Trait, text: str) -> Iterator[tuple[Rule, str]]:
        """Rules that fit a text, with what they conclude; of a file whose order counts the first rule alone."""
        first: dict[str, str] = {}
        for rule in self._reads[trait]:
            ordered = rule.reading in self._ordered
            if ordered and first.get(rule.reading, rule.name) != rule.name:
                continue
            if ordered and found(rule.pattern, text) is not None:
                first[rule.reading] = rule.name
            value = conclude((rule.pattern, rule.unless, rule.concludes, rule.value), text)
            if value:
                yield rule, value


def _order(rule: Rule) -> tuple[str, int, str, str, str, str]:
    """Order of a file's lines, files by their readings."""
    line = "".join(c for c in rule.place if c.isdigit())
    return rule.reading, int(line or 0), rule.place, rule.name, rule.concludes, rule.value


def drawn(said: Said) -> Iterator[Conclusion]:
    """The conclusions among statements."""
    return (e for statements in said.values() for e in statements if isinstance(e, Conclusion))
