"""Groups that share an address or an AE title: joined only with the time or a second sign on their side.

What comes in: groups after the strong rules. What goes out: weaker merges in `Groups.joined`, doubts in
`Groups.doubts`.

An address names nothing for ever: a lease ends and another machine gets it. So a thing known by its address alone
(a line of a GMAO or of a PACS's list, a sender behind a router) is joined to the one machine that held that address
  - in the same time, where both were observed (`link.address_time`, 0.93);
  - at any time observed, where it is a title of an archive's list, which would not work with a wrong address
    (`link.address_title`, 0.88);
  - at any time, where the sender was heard from that address and only one machine is known to have held it, by a table
    without date (`link.address_only`, 0.85);
  - at any time observed, where a second sign agrees: maker (also the MAC's), product, name, title, clinical kind
    (`link.address_agrees`, 0.90).
Where two machines held it in that time, where a sign speaks against, or where nothing else agrees, it stays a doubt
for a person. AE titles, except those that products come with: with a common address 0.95 (`link.title_address`), with
another sign where one side has no address 0.85 (`link.title_agrees`), else a doubt. The figures are judgement.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from hygie.model.evidence import Trait
from hygie.register import keys
from hygie.register.identity import CROWD, Crowd, Groups, Joined, doubt
from hygie.register.subjects import Stay, named
from hygie.register.zones import number

ROUTER_NETWORKS = 4
"""A machine met with addresses of more networks than this passes on what others say."""

LINK_LOCAL = ("fe80:", "169.254.")
"""Beginnings of addresses that mean something on one wire only: they join nothing."""

ALL = 5
"""Strength above every strong rule."""


class Signs(NamedTuple):
    """What a group says of itself beside its keys."""

    makes: frozenset[str]
    cards: frozenset[str]
    """Makers of its MACs."""
    products: tuple[str, ...]
    kinds: frozenset[str]


class Sight(NamedTuple):
    """How a claimant and the holder of its address were met."""

    met: bool
    """In the same time."""
    heard: bool
    """The claimant was heard on the network, not only declared."""
    undated: bool
    """Nobody says when the holder held it."""


def link_weakly(groups: Groups, maker: Callable[[str], str]) -> None:
    """Applies the rules for AE titles, then for addresses."""
    signs = _Signs(groups, maker)
    _titles(groups, signs)
    _addresses(groups, signs)


def network(address: str) -> str:
    """First three bytes of an IPv4 address, first four groups of an IPv6 one."""
    return address.rpartition(".")[0] if "." in address else ":".join(address.split(":")[:4])


class _Signs:
    """Signs of groups, and whether two groups' signs agree."""

    def __init__(self, groups: Groups, maker: Callable[[str], str]) -> None:
        self.groups, self.maker = groups, maker

    def of(self, root: int) -> Signs:
        makes: set[str] = set()
        cards: set[str] = set()
        products: set[str] = set()
        kinds: set[str] = set()
        for member in self.groups.groups[root].members:
            said = self.groups.subjects[member].said
            makes.update(self.maker(e.value) for e in said.get(Trait.MANUFACTURER, ()) if e.confidence >= 0.5)
            cards.update(self.maker(e.value) for e in said.get(Trait.OUI_MAKER, ()))
            for trait in (Trait.PRODUCT, Trait.COMMERCIAL_NAME):
                products.update(keys.folded(e.value) for e in said.get(trait, ()) if e.confidence >= 0.5)
            kinds.update(e.value for e in said.get(Trait.KIND, ()))
            kinds.update(named(e.value)[0] for e in said.get(Trait.DESIGNATION, ()))
        return Signs(
            frozenset(makes - {""}), frozenset(cards - {""}), tuple(sorted(products - {""})), frozenset(kinds - {""})
        )

    def agree(self, i: int, j: int, *, by_title: bool = True) -> bool | None:
        """True: a second sign agrees and none speaks against; False: one speaks against; None: nothing to compare."""
        one, other = self.of(i), self.of(j)
        left, right = self.groups.groups[i], self.groups.groups[j]
        likeness = max((token_set_ratio(a, b) for a in one.products for b in other.products), default=-1.0)
        if (
            _disjoint(one.makes, other.makes)
            or _disjoint(left.name, right.name)
            or _disjoint(one.kinds, other.kinds)
            or 0 <= likeness < 40
        ):
            return False
        agrees = (
            one.makes & (other.makes | other.cards)
            or other.makes & one.cards
            or (by_title and left.title & right.title)
            or one.kinds & other.kinds
            or likeness >= 85
        )
        return True if agrees else None


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _titles(groups: Groups, signs: _Signs) -> None:
    bearers: dict[tuple[str, str], set[int]] = {}
    for i, subject in enumerate(groups.subjects):
        for title in subject.titles:
            bearers.setdefault((subject.site, title), set()).add(i)
    for site, title in sorted(bearers):
        roots = sorted({groups.root(i) for i in bearers[site, title]})
        if len(roots) > CROWD:
            groups.crowds.append(Crowd(site, "link.title", title, tuple(roots)))
            continue
        for one, other in combinations(roots, 2):
            i, j = groups.root(one), groups.root(other)
            if i != j and not groups.clash(groups.groups[i], groups.groups[j], ALL):
                _judge_title(groups, signs, i, j, alone=len(roots) == 2)


def _judge_title(groups: Groups, signs: _Signs, i: int, j: int, *, alone: bool) -> None:
    here, there = _borne(groups, i), _borne(groups, j)
    agree = signs.agree(i, j, by_title=False)
    if here & there and agree is not False:
        _join(groups, i, j, "link.title_address", 0.95)
    elif agree and alone and not (here and there):
        _join(groups, i, j, "link.title_agrees", 0.85)
    else:
        groups.doubts.add(doubt(i, j, "link.title"))


def _borne(groups: Groups, root: int) -> set[str]:
    return {stay.address for member in groups.groups[root].members for stay in groups.subjects[member].stays}


def _addresses(groups: Groups, signs: _Signs) -> None:
    bearers: dict[tuple[str, str], dict[int, list[Stay]]] = {}
    for i, subject in enumerate(groups.subjects):
        for stay in subject.stays:
            if not number(stay.address)[0] or stay.address.startswith(LINK_LOCAL):
                continue
            bearers.setdefault((subject.site, stay.address), {}).setdefault(i, []).append(stay)
    routers = _routers(groups)
    for place in sorted(place for place, by in bearers.items() if len(by) > 1):
        stays: dict[int, list[Stay]] = {}
        live: set[int] = set()
        for i, borne in bearers[place].items():
            root = groups.root(i)
            stays.setdefault(root, []).extend(borne)
            if groups.subjects[i].live:
                live.add(root)
        for router in routers & set(stays):
            del stays[router]
        if len(stays) > 1:
            _judge_address(groups, signs, stays, live)


def _routers(groups: Groups) -> set[int]:
    """Groups whose machine passes on other machines' packets."""
    found = set()
    for root, group in groups.groups.items():
        if len(group.mac) == 1:
            networks = {network(s.address) for m in group.members for s in groups.subjects[m].stays if s.timed}
            if len(networks) > ROUTER_NETWORKS:
                found.add(root)
    return found


def _judge_address(groups: Groups, signs: _Signs, stays: dict[int, list[Stay]], live: set[int]) -> None:
    """Joins or doubts the groups that bear one address."""
    holders = sorted(r for r in stays if groups.groups[r].mac and r in live)
    holders = holders or sorted(r for r in stays if r in live)[:1] or sorted(stays)[:1]
    for claimant in sorted(set(stays) - set(holders)):
        if groups.groups[claimant].mac:
            continue
        heard = claimant in live
        then = [h for h in holders if heard and _overlap(stays[claimant], stays[h])]
        possible = then or holders
        fitting = [h for h in possible if not groups.clash(groups.of(claimant), groups.of(h), ALL)]
        if len(possible) == 1 and fitting:
            undated = not any(stay.timed for stay in stays[possible[0]])
            sight = Sight(bool(then), heard, undated)
            _judge_holder(groups, signs, claimant, groups.root(possible[0]), sight)
        elif len(fitting) <= CROWD:
            groups.doubts.update(doubt(claimant, h, "link.address_shared") for h in fitting)


def _judge_holder(groups: Groups, signs: _Signs, claimant: int, holder: int, sight: Sight) -> None:
    agree = signs.agree(claimant, holder)
    group = groups.groups[claimant]
    listed = group.title and not sight.heard and not any(groups.subjects[m].gmao for m in group.members)
    if agree is False:
        groups.doubts.add(doubt(claimant, holder, "link.address_against"))
    elif sight.met:
        _join(groups, claimant, holder, "link.address_time", 0.93)
    elif agree:
        _join(groups, claimant, holder, "link.address_agrees", 0.9)
    elif sight.heard and sight.undated:
        _join(groups, claimant, holder, "link.address_only", 0.85)
    elif listed:
        _join(groups, claimant, holder, "link.address_title", 0.88)
    else:
        groups.doubts.add(doubt(claimant, holder, "link.address"))


def _overlap(one: Iterable[Stay], other: list[Stay]) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other if a.timed and b.timed)


def _join(groups: Groups, i: int, j: int, reason: str, probability: float) -> None:
    """Merges, and notes on the side with the weaker key why."""
    ranks = [(_rank(groups, side), groups.key(side), side) for side in (i, j)]
    (_, strong, _), (_, weak, side) = sorted(ranks)
    for member in groups.groups[side].members:
        before = groups.joined.get(member)
        if before is None or probability < before.probability:
            groups.joined[member] = Joined(reason, probability, strong, weak)
    groups.merge(i, j)


def _rank(groups: Groups, root: int) -> int:
    group = groups.groups[root]
    kept = (group.inventory, group.serial, group.udi, group.mac, group.name)
    return next((n for n, values in enumerate(kept) if values), len(kept))
