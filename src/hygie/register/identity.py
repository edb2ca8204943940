"""Subjects -> groups that are one device each, by keys that name one thing within a site.

What comes in: subjects in fixed order and the decisions of persons. What goes out: `Groups`.

Rules, strongest first (`STRONG`): inventory number; maker and serial number; UDI-DI with UDI-PI; MAC address; host
name. A rule joins all that bear its key, unless some of them differ in a stronger key (two inventory numbers, two
serial numbers of one maker, two UDIs, for names two MAC addresses): those stay apart, what could belong to either
stays apart too, and a doubt is kept for a person. Never by address alone, never by the MAC's maker.

An inventory number that stands on several lines of one source names a system: its members are told apart by serial
number, MAC address, role or designation, and lines of other sources go to the member that they match.

To add a rule: one row in `STRONG` (its keys of a subject, its probability) and its text `link.*`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from hygie.register import keys
from hygie.register.decisions import Ruling
from hygie.register.subjects import Subject

CROWD = 6
"""A key borne by more groups that stay apart than this is no key: one question, no links."""

_EMPTY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Group:
    """Subjects held to be one device, with all their keys."""

    members: list[int]
    inventory: frozenset[str]
    serial: frozenset[tuple[str, str]]
    udi: frozenset[str]
    mac: frozenset[str]
    name: frozenset[str]
    title: frozenset[str]
    barred: frozenset[tuple[int, int]]


class Rule(NamedTuple):
    """One way to know a thing again."""

    reason: str
    """Message key."""
    probability: float
    """That two things with this key in common are one; judgement, not measured."""
    of: Callable[[Subject], Iterable[str]]


class Doubt(NamedTuple):
    """Two subjects whose groups may be one."""

    left: int
    right: int
    reason: str


def doubt(one: int, other: int, reason: str) -> Doubt:
    """A doubt, the lower subject first."""
    return Doubt(min(one, other), max(one, other), reason)


class Crowd(NamedTuple):
    """A key that too many bear."""

    site: str
    reason: str
    key: str
    members: tuple[int, ...]


class Joined(NamedTuple):
    """A subject that came into its device by a weaker rule."""

    reason: str
    probability: float
    left: str
    """Keys of the two sides when they were joined: the id of the question."""
    right: str


def _inventory(subject: Subject) -> Iterable[str]:
    return (subject.number,) if subject.inventory else ()


def _serial(subject: Subject) -> Iterable[str]:
    return (f"{subject.make}{keys.SEPARATOR}{subject.serial}",) if subject.serial and subject.make else ()


def _udi(subject: Subject) -> Iterable[str]:
    return (subject.udi,) if subject.udi else ()


STRONG: tuple[Rule, ...] = (
    Rule("link.inventory", 1.0, _inventory),
    Rule("link.serial", 0.995, _serial),
    Rule("link.udi", 0.995, _udi),
    Rule("link.mac", 0.99, lambda subject: subject.macs),
    Rule("link.name", 0.95, lambda subject: subject.names),
)
"""Strongest first."""


class Groups:
    """A partition of the subjects; every merge keeps the union of the keys."""

    def __init__(self, subjects: list[Subject]) -> None:
        """One group a subject."""
        self.subjects = subjects
        self.parent = list(range(len(subjects)))
        self.groups = {i: _alone(i, subject) for i, subject in enumerate(subjects)}
        self.doubts: set[Doubt] = set()
        self.crowds: list[Crowd] = []
        self.joined: dict[int, Joined] = {}

    def root(self, i: int) -> int:
        """The group's number: its first subject's."""
        parent = self.parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def of(self, i: int) -> Group:
        """The group of a subject."""
        return self.groups[self.root(i)]

    def clash(self, one: Group, other: Group, strength: int) -> str:
        """The key stronger than rule number `strength` in which two groups differ; "" none."""
        if one.barred and any((n, 1 - side) in other.barred for n, side in one.barred):
            return "person"
        if strength > 0 and one.inventory and other.inventory and one.inventory.isdisjoint(other.inventory):
            return "inventory"
        if strength > 1 and _differ(one.serial, other.serial):
            return "serial"
        if strength > 2 and one.udi and other.udi and one.udi.isdisjoint(other.udi):
            return "udi"
        if strength > 3 and one.mac and other.mac and one.mac.isdisjoint(other.mac):
            return "mac"
        return ""

    def merge(self, i: int, j: int) -> None:
        """Makes the groups of two subjects one."""
        low, high = sorted((self.root(i), self.root(j)))
        if low == high:
            return
        one, other = self.groups[low], self.groups.pop(high)
        self.parent[high] = low
        one.members.extend(other.members)
        one.inventory |= other.inventory
        one.serial |= other.serial
        one.udi |= other.udi
        one.mac |= other.mac
        one.name |= other.name
        one.title |= other.title
        one.barred |= other.barred

    def key(self, i: int) -> str:
        """Strongest key of a group, as devices are named by it."""
        group = self.of(i)
        if group.inventory:
            return f"inv={min(group.inventory)}"
        if group.serial:
            return "serial=" + keys.SEPARATOR.join(min(group.serial))
        if group.udi:
            return f"udi={min(group.udi)}"
        if group.mac:
            return f"mac={min(group.mac, key=keys.mac_order)}"
        if group.name:
            return f"name={min(group.name)}"
        return self._own_names(group)[0]

    def all_keys(self, i: int) -> list[str]:
        """Every key of a group, strongest first."""
        group = self.of(i)
        return [
            *(f"inv={v}" for v in sorted(group.inventory)),
            *("serial=" + keys.SEPARATOR.join(v) for v in sorted(group.serial)),
            *(f"udi={v}" for v in sorted(group.udi)),
            *(f"mac={v}" for v in sorted(group.mac, key=keys.mac_order)),
            *(f"name={v}" for v in sorted(group.name)),
        ] or self._own_names(group)

    def _own_names(self, group: Group) -> list[str]:
        """Names within sources, those by MAC (a virtual router's) first: more lasting than an address or a row."""
        return sorted((self.subjects[m].own for m in group.members), key=lambda own: (not own.startswith("mac="), own))

    def all(self) -> list[Group]:
        """The groups in fixed order."""
        return [self.groups[i] for i in sorted(self.groups)]


def _alone(i: int, subject: Subject) -> Group:
    return Group(
        [i],
        frozenset(_inventory(subject)) or _EMPTY,
        frozenset(((subject.make, subject.serial),)) if subject.serial and subject.make else frozenset(),
        frozenset(_udi(subject)) or _EMPTY,
        frozenset(subject.macs) or _EMPTY,
        frozenset(subject.names) or _EMPTY,
        frozenset(subject.titles) or _EMPTY,
        subject.barred,
    )


def _differ(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether one maker's serial numbers differ."""
    if not one or not other or not one.isdisjoint(other):
        return False
    return bool({make for make, _ in one} & {make for make, _ in other})


def identify(subjects: list[Subject], rulings: Iterable[Ruling]) -> Groups:
    """Groups by the strong rules; decisions "different" already keep theirs apart. Sets `part` and `barred`."""
    _part_systems(subjects)
    _bar(subjects, rulings)
    groups = Groups(subjects)
    for strength, rule in enumerate(STRONG):
        _join(groups, strength, rule)
    return groups


def _join(groups: Groups, strength: int, rule: Rule) -> None:
    bearers: dict[tuple[str, str], list[int]] = {}
    for i, subject in enumerate(groups.subjects):
        for key in rule.of(subject):
            bearers.setdefault((subject.site, key), []).append(i)
    for site, key in sorted(k for k, v in bearers.items() if len(v) > 1):
        roots = sorted({groups.root(i) for i in bearers[site, key]})
        if len(roots) > 1:
            _settle(groups, strength, Crowd(site, rule.reason, key, tuple(roots)))


def _settle(groups: Groups, strength: int, crowd: Crowd) -> None:
    """Joins the groups that bear one key, or keeps apart those that clash and what could belong to either."""
    roots = crowd.members
    if len(roots) > 200:
        groups.crowds.append(crowd)
        return
    clashing = {
        i
        for one, other in combinations(roots, 2)
        if groups.clash(groups.groups[one], groups.groups[other], strength)
        for i in (one, other)
    }
    free = [i for i in roots if i not in clashing]
    for i in free[1:]:
        groups.merge(free[0], i)
    if not clashing:
        return
    apart = sorted(clashing) + free[:1]
    if len(apart) > CROWD:
        groups.crowds.append(Crowd(crowd.site, crowd.reason, crowd.key, tuple(apart)))
        return
    groups.doubts.update(doubt(one, other, crowd.reason) for one, other in combinations(apart, 2))


def _bar(subjects: list[Subject], rulings: Iterable[Ruling]) -> None:
    """Marks the two sides of each "different" on the subjects that bear its keys."""
    wanted: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for n, ruling in enumerate(rulings):
        if not ruling.same:
            wanted.setdefault((ruling.site, ruling.one), []).append((n, 0))
            wanted.setdefault((ruling.site, ruling.other), []).append((n, 1))
    if not wanted:
        return
    first: dict[tuple[str, str], list[Subject]] = {}
    later: dict[tuple[str, str], list[Subject]] = {}
    for i, subject in enumerate(subjects):
        own, *rest = Groups([subject]).all_keys(0)
        if (subject.site, own) in wanted:
            first.setdefault((subject.site, own), []).append(subject)
        for key in rest:
            if (subject.site, key) in wanted:
                later.setdefault((subject.site, key), []).append(subjects[i])
    for place, sides in wanted.items():
        for subject in first.get(place) or later.get(place) or []:
            subject.barred |= frozenset(sides)


def _part_systems(subjects: list[Subject]) -> None:
    """Sets `part` on the subjects of numbers that one source has on several lines."""
    numbered: dict[tuple[str, str], list[Subject]] = {}
    for subject in subjects:
        if subject.inventory:
            numbered.setdefault((subject.site, subject.inventory), []).append(subject)
    for lines in numbered.values():
        if len(lines) < 2:
            continue
        by_source: dict[str, set[str]] = {}
        for subject in lines:
            by_source.setdefault(subject.source, set()).add(_mark(subject))
        lead = max(sorted(by_source), key=lambda source: len(by_source[source]))
        if len(by_source[lead]) > 1:
            _name_parts(lines, [s for s in lines if s.source == lead])


def _mark(subject: Subject) -> str:
    """What tells a line from the others of its number."""
    if subject.serial:
        return f"serial={subject.serial}"
    if subject.macs:
        return f"mac={min(subject.macs, key=keys.mac_order)}"
    if subject.role:
        return f"role={subject.role}"
    return f"designation={subject.designation}" if subject.designation else ""


def _name_parts(lines: list[Subject], leading: list[Subject]) -> None:
    """Each leading line is a member; another source's line goes to the member that it matches, else to its own."""
    for subject in leading:
        subject.part = _mark(subject) or "main"
    led = set(map(id, leading))
    for subject in lines:
        if id(subject) not in led:
            ranked = sorted(leading, key=lambda member: (-_match(subject, member), member.part))
            if _match(subject, ranked[0]) > 0 or not _mark(subject):
                subject.part = ranked[0].part
            else:
                subject.part = _mark(subject)


def _match(subject: Subject, member: Subject) -> int:
    """How well a line fits a member: by serial, MAC, role or designation; 0 not at all or against."""
    if subject.serial and member.serial:
        return 8 if subject.serial == member.serial else 0
    if set(subject.macs) & set(member.macs):
        return 4
    if subject.role and subject.role == member.role:
        return 2
    return 1 if subject.designation and subject.designation == member.designation else 0
