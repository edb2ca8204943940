"""Doubtful pairs: which devices may be one, how probable that is, and why.

What comes in: drafts of devices, the doubts that the rules left. What goes out: `Link` rows and what could not be told
apart at all (`Row.crowded`).

Only pairs of one block are compared: the same serial number; the same maker with a serial number one sign away; the
same host name but for punctuation; the same maker and product, one known to the GMAO and never met, the other met and
unknown to it. Two lines of one GMAO are compared only where they bear the same serial number. Where a product's block
is larger than `PAIRS` and nothing tells its pairs apart, one question is asked for all of them.

The probability is a logistic model of signs that speak for or against (`weights`), calibrated on pairs perturbed from
public device records; `docs/explanation/links.md` tells how, with its reliability. Signs that those records do not
have (a shared MAC, a shared AE title) are weighed by judgement and marked so in `weights`.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from hygie.model.evidence import Trait
from hygie.model.fleet import Link
from hygie.names.product import similarity
from hygie.register import keys, weights
from hygie.register.decisions import Ruling
from hygie.register.devices import Draft, Workshop
from hygie.register.identity import Doubt
from hygie.register.patterns import DESCRIBED, Pattern, described, find

PAIRS = 6
"""Pairs of one product's block that are asked one by one."""
LIMIT = 500
"""Links kept in a site, the most probable first."""
LEAST = 0.1
"""Probability below which a pair that only a block brought together is not asked."""
_DEEP = 40
"""Bearers of one block that are compared at most."""


class Side(NamedTuple):
    """What is compared of one device; "" or empty where nobody gave it."""

    make: str = ""
    """Key of the maker."""
    product: str = ""
    number: str = ""
    """Type or catalogue reference."""
    serial: str = ""
    hosts: frozenset[str] = frozenset()
    version: str = ""
    ward: str = ""
    kind: str = ""
    addresses: frozenset[str] = frozenset()
    macs: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


class Crowded(NamedTuple):
    """Devices of one product that nothing tells apart: some in the GMAO, some met on the network."""

    site: str
    make: str
    product: str
    listed: tuple[str, ...]
    """Device ids."""
    met: tuple[str, ...]


class Pair(NamedTuple):
    """Two drafts that may be one."""

    left: int
    right: int
    reason: str
    """The rule that left the doubt, `link.*`; "" a block."""


def side(shop: Workshop, draft: Draft) -> Side:
    """What is compared of a draft."""
    group = shop.groups.groups[draft.root]
    return Side(
        make=draft.model_key[0],
        product=draft.model[1],
        number=keys.compact(shop.value(draft, Trait.MODEL_NUMBER)),
        serial=next((m.serial for m in sorted(draft.members, key=lambda m: not m.gmao) if m.serial), ""),
        hosts=group.name,
        version=draft.model[2],
        ward=keys.folded(shop.value(draft, Trait.WARD)),
        kind=draft.kind,
        addresses=frozenset(e.value for e in draft.said.get(Trait.IP, ())),
        macs=group.mac,
        titles=group.title,
    )


def signs(left: Side, right: Side) -> tuple[str, ...]:
    """What speaks for and against, as names of `weights.WEIGHTS`."""
    found = [
        _told("make", left.make, right.make),
        _alike_product(left, right),
        _told("number", left.number, right.number),
        _alike_serial(left.serial, right.serial),
        _alike_host(left.hosts, right.hosts),
        _told("version", left.version, right.version),
        _told("ward", left.ward, right.ward),
        _told("kind", left.kind, right.kind),
        _common("address", left.addresses, right.addresses),
        _common("mac", left.macs, right.macs),
        _common("title", left.titles, right.titles),
    ]
    return tuple(name for name in found if name)


def probability(found: Iterable[str]) -> float:
    """Probability that two sides with these signs are one."""
    score = weights.BIAS + sum(weights.WEIGHTS.get(name, weights.JUDGED.get(name, 0.0)) for name in found)
    return 1 / (1 + math.exp(-score))


def _told(name: str, one: str, other: str) -> str:
    if not one or not other:
        return ""
    return f"{name}_same" if one == other else f"{name}_other"


def _common(name: str, one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return ""
    return f"{name}_other" if one.isdisjoint(other) else f"{name}_same"


def _alike_product(left: Side, right: Side) -> str:
    if not left.product or not right.product:
        return ""
    likeness = similarity(left.product, right.product)
    if likeness >= 0.9:
        return "product_same"
    return "product_like" if likeness >= 0.5 else "product_other"


def _alike_serial(one: str, other: str) -> str:
    """Same; one sign wrong, left out or swapped, or a prefix left out; another."""
    if not one or not other:
        return ""
    if one == other:
        return "serial_same"
    short, long = sorted((one, other), key=len)
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return "serial_near"
    return "serial_part" if len(short) >= 4 and long.endswith(short) else "serial_other"


def _alike_host(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return ""
    left, right = ({keys.compact(name) for name in names} for names in (one, other))
    if left & right:
        return "host_same"
    return "host_like" if max(ratio(a, b) for a in left for b in right) >= 85 else "host_other"


def blocks(sides: list[Side]) -> Iterator[tuple[str, list[int]]]:
    """Places in `sides` that are worth comparing, by kind of block: serial, near, host, product."""
    found: dict[tuple[str, ...], list[int]] = {}
    for i, one in enumerate(sides):
        if one.serial:
            found.setdefault(("serial", one.serial), []).append(i)
        for host in {keys.compact(name)[:15] for name in one.hosts}:
            found.setdefault(("host", host), []).append(i)
        if one.make and one.product:
            found.setdefault(("product", one.make, keys.folded(one.product)), []).append(i)
    for key in sorted(found):
        if len(found[key]) > 1:
            yield key[0], found[key]


def near(sides: list[Side], sources: list[frozenset[str]]) -> Iterator[tuple[str, list[int]]]:
    """Blocks of serial numbers of one maker that are one sign apart, or where one is the other's end.

    Only where more than one source gives serial numbers: within one, neighbours are other devices.
    """
    exact: dict[tuple[str, str], list[int]] = {}
    for i, one in enumerate(sides):
        if len(one.serial) >= 5 and one.make:
            exact.setdefault((one.make, one.serial), []).append(i)
    # What has its equal in another source has no need of a neighbour.
    alone = {key: found for key, found in exact.items() if len({sources[i] for i in found}) == 1}
    if len(set().union(*(sources[i] for found in alone.values() for i in found))) < 2:
        return
    blocked: dict[tuple[str, str], set[int]] = {}
    for (make, serial), found in alone.items():
        blocked.setdefault((make, serial), set()).update(found)
        for n in range(len(serial)):
            blocked.setdefault((make, serial[:n] + serial[n + 1 :]), set()).update(found)
            if 2 <= n <= len(serial) - 4 and (make, serial[n:]) in alone:
                blocked.setdefault((make, serial[n:]), set()).update(found)
    for key in sorted(k for k, bearers in blocked.items() if 1 < len(bearers) <= _DEEP):
        yield "near", sorted(blocked[key])


def candidates(drafts: list[Draft], sides: list[Side]) -> tuple[set[Pair], list[Crowded]]:
    """Pairs worth asking, and products of which nothing tells the devices apart."""
    sources = [frozenset(member.source for member in draft.members) for draft in drafts]
    by_site: dict[str, list[int]] = {}
    for i, draft in enumerate(drafts):
        by_site.setdefault(draft.site, []).append(i)
    pairs: set[Pair] = set()
    crowded: list[Crowded] = []
    for site in sorted(by_site):
        places = by_site[site]
        local = [sides[i] for i in places]
        for kind, block in (*blocks(local), *near(local, [sources[i] for i in places])):
            bearers = [places[i] for i in block]
            if kind == "product":
                crowd = _product_pairs(drafts, bearers, sides, pairs)
                if crowd is not None:
                    crowded.append(crowd)
            elif len(bearers) <= _DEEP:
                for i, j in combinations(bearers, 2):
                    if kind == "serial" or sources[i].isdisjoint(sources[j]):
                        pairs.add(Pair(i, j, ""))
    return pairs, crowded


def _product_pairs(drafts: list[Draft], bearers: list[int], sides: list[Side], pairs: set[Pair]) -> Crowded | None:
    """Adds pairs of one product, listed x met; where they are too many and alike, gives the crowd."""
    listed = [i for i in bearers if drafts[i].gmao and not drafts[i].live]
    met = [i for i in bearers if drafts[i].live and not drafts[i].gmao]
    if not listed or not met:
        return None
    if len(listed) * len(met) <= PAIRS:
        pairs.update(Pair(min(i, j), max(i, j), "") for i in listed for j in met)
        return None
    telling = {(i, j) for i in listed[:_DEEP] for j in met[:_DEEP] if _TELLING & set(signs(sides[i], sides[j]))}
    pairs.update(Pair(min(i, j), max(i, j), "") for i, j in telling)
    first = drafts[listed[0]]
    return Crowded(
        first.site,
        first.model[0],
        first.model[1],
        tuple(drafts[i].id for i in listed),
        tuple(drafts[i].id for i in met),
    )


_TELLING = frozenset(
    ("serial_same", "serial_near", "serial_part", "host_same", "host_like", "address_same", "title_same")
)
"""Signs that tell devices of one model apart."""


class Found(NamedTuple):
    """Links, with what the questions need."""

    links: list[Link]
    pairs: dict[str, tuple[Draft, Draft]]
    """Link id -> its two drafts."""
    crowded: list[Crowded]
    more: dict[str, int]
    """Site -> links beyond `LIMIT`."""
    patterns: list[Pattern]
    """Pairs of two lists that may be answered at once, those beyond `LIMIT` too."""


def link_all(shop: Workshop, drafts: list[Draft], doubts: Iterable[Doubt], rulings: Iterable[Ruling]) -> Found:
    """All doubtful links, the most probable first within a site."""
    sides = [side(shop, draft) for draft in drafts]
    place = {draft.root: i for i, draft in enumerate(drafts)}
    pairs, crowded = candidates(drafts, sides)
    for doubt in doubts:
        i, j = sorted((place[shop.groups.root(doubt.left)], place[shop.groups.root(doubt.right)]))
        if i != j:
            pairs.add(Pair(i, j, doubt.reason))
    known = {(pair.left, pair.right) for pair in pairs if pair.reason}
    pairs.update(Pair(i, j, DESCRIBED) for i, j in described(shop, drafts) if (i, j) not in known)
    decided = {ruling.id: "same" if ruling.same else "different" for ruling in rulings}
    best: dict[str, tuple[Link, tuple[Draft, Draft]]] = {}
    for pair in sorted(pairs, key=lambda p: (p.left, p.right, not p.reason, p.reason)):
        left, right = drafts[pair.left], drafts[pair.right]
        found = signs(sides[pair.left], sides[pair.right])
        chance = probability(found)
        key = keys.pair(left.site, left.key, right.key)
        if key in best or (not pair.reason and (chance < LEAST or _apart(shop, left, right))):
            continue
        low, high = sorted((left, right), key=lambda d: d.id)
        reasons = (*((pair.reason,) if pair.reason else ()), *(f"link.sign.{name}" for name in found))
        link = Link(key, low.id, high.id, round(chance, 3), reasons, decided.get(key, ""))
        best[key] = link, (low, high)
    return _limited(best, crowded)


def _apart(shop: Workshop, left: Draft, right: Draft) -> bool:
    """Both on the network with other MACs: two machines, no question."""
    one, other = shop.groups.groups[left.root].mac, shop.groups.groups[right.root].mac
    return bool(one and other and one.isdisjoint(other) and left.live and right.live)


def _limited(best: dict[str, tuple[Link, tuple[Draft, Draft]]], crowded: list[Crowded]) -> Found:
    ranked = sorted(best.values(), key=lambda item: (not item[0].decided, -item[0].probability, item[0].id))
    count: dict[str, int] = {}
    kept = []
    for link, pair in ranked:
        count[pair[0].site] = count.get(pair[0].site, 0) + 1
        if count[pair[0].site] <= LIMIT:
            kept.append((link, pair))
    more = {site: n - LIMIT for site, n in sorted(count.items()) if n > LIMIT}
    pairs = {link.id: pair for link, pair in kept}
    return Found([link for link, _ in kept], pairs, crowded, more, find(best))
