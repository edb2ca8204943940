"""Pairs that follow one pattern: two lists of one fleet whose numbers differ, matched line by line by one sign.

What comes in: doubtful pairs with their drafts. What goes out: `Pattern`s of at least `LEAST` pairs, each line of
either list in one pair only and nothing else against it; and, where a person answered for a pattern, one ruling a pair.
An answer on a single pair goes before the answer on its pattern.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hygie.model.evidence import Decision, Trait
from hygie.model.fleet import Link
from hygie.register import keys
from hygie.register.decisions import DIFFERENT, SAME, Ruling, meaning
from hygie.register.devices import Draft, Workshop

LEAST = 5
"""Pairs of a pattern: fewer are asked one by one."""
DESCRIBED = "link.described"
"""Joined by model, name and place alone; only ever as a pattern."""
_SIGNS = ("link.serial", "link.udi", "link.mac", "link.name", DESCRIBED)
"""What may match the lines of two lists."""
_AGAINST = frozenset(
    f"link.sign.{name}_other" for name in ("make", "product", "number", "serial", "kind", "mac", "host")
)
"""Signs that take a pair out of its pattern: it is asked alone."""

Best = Mapping[str, tuple[Link, tuple[Draft, Draft]]]
"""Doubtful pairs by id, with their drafts."""


class Pattern(NamedTuple):
    """Lines of two lists that are matched by one sign."""

    id: str
    site: str
    one: str
    other: str
    """Sources of the two lists."""
    reason: str
    """What matches them: a rule of `identity`, or `DESCRIBED`."""
    pairs: tuple[str, ...]
    """Ids of the pairs."""
    example: tuple[str, str]
    """Device ids of one pair."""


def find(best: Best) -> list[Pattern]:
    """Patterns, those with most pairs first."""
    found: dict[tuple[str, str, str, str], list[tuple[str, Draft, Draft]]] = {}
    for ident, (link, pair) in best.items():
        reason = link.reasons[0] if link.reasons else ""
        lists = [_list(draft) for draft in pair]
        if reason not in _SIGNS or "" in lists or lists[0] == lists[1] or _AGAINST.intersection(link.reasons):
            continue
        left, right = (pair[0], pair[1]) if lists[0] < lists[1] else (pair[1], pair[0])
        place = (left.site, min(lists), max(lists), reason)
        found.setdefault(place, []).append((ident, left, right))
    made = [_pattern(place, lines) for place, lines in found.items()]
    return sorted((one for one in made if len(one.pairs) >= LEAST), key=lambda one: (-len(one.pairs), one.id))


def _list(draft: Draft) -> str:
    """The one list that a device stands in; "" none or several."""
    lists = {member.source for member in draft.members if member.gmao}
    return lists.pop() if len(lists) == 1 else ""


def _pattern(place: tuple[str, str, str, str], lines: list[tuple[str, Draft, Draft]]) -> Pattern:
    """The pattern of pairs whose lines stand in no other pair of it."""
    count: dict[str, int] = {}
    for _, left, right in lines:
        count[left.id] = count.get(left.id, 0) + 1
        count[right.id] = count.get(right.id, 0) + 1
    alone = sorted((i, left.id, right.id) for i, left, right in lines if count[left.id] == count[right.id] == 1)
    ident = "pattern:" + keys.SEPARATOR.join(part.replace("%", "%25").replace("|", "%7C") for part in place)
    example = alone[0][1:] if alone else ("", "")
    return Pattern(ident, *place, tuple(ident for ident, *_ in alone), (example[0], example[1]))


def rule(patterns: Iterable[Pattern], decided: Mapping[str, Decision], single: Iterable[Ruling]) -> list[Ruling]:
    """Rulings on the pairs of the patterns for which a person answered, but for those ruled singly."""
    alone = {ruling.id for ruling in single}
    found: dict[str, Ruling] = {}
    for pattern in patterns:
        decision = decided.get(pattern.id)
        answer = meaning(decision.answer) if decision else ""
        if decision is None or answer not in (SAME, DIFFERENT):
            continue
        origin = f"{decision.reading}#{decision.place}"
        for ident in pattern.pairs:
            parts = keys.parse_pair(ident)
            if parts is not None and ident not in alone:
                word = Ruling(ident, *parts, answer == SAME, decision.who, decision.when, origin, pattern.id)
                found.setdefault(ident, word)
    return sorted(found.values())


def described(shop: Workshop, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """Places of drafts of two lists that are alike in model, designation, ward and location, and alone so in each.

    Only where at least `LEAST` of two lists are: what one pair has in common by chance, many have not.
    """
    alike: dict[tuple[str, ...], dict[str, list[int]]] = {}
    for i, draft in enumerate(drafts):
        own = _list(draft)
        if own and all(draft.model_key):
            place = [keys.folded(shop.value(draft, trait)) for trait in (Trait.WARD, Trait.LOCATION)]
            name = keys.folded(shop.value(draft, Trait.DESIGNATION))
            if any(place):
                alike.setdefault((draft.site, *draft.model_key, name, *place), {}).setdefault(own, []).append(i)
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for bearers in alike.values():
        lists = sorted(bearers)
        if len(lists) > 1 and all(len(bearers[one]) == 1 for one in lists):
            for n, one in enumerate(lists):
                for other in lists[n + 1 :]:
                    i, j = sorted((bearers[one][0], bearers[other][0]))
                    found.setdefault((one, other), []).append((i, j))
    for pairs in found.values():
        if len(pairs) >= LEAST:
            yield from sorted(pairs)
