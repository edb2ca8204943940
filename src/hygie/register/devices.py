"""Groups -> devices: the fold, with its members and why each of them is part of it.

What comes in: groups, zones, coverage, what is known of models. What goes out: `Draft`s (a device being made, with all
its statements), then `Device` and `Member` rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hygie.model.evidence import Decision, Evidence, Reading, Speaker, Trait
from hygie.model.fleet import Connectable, Device, Member, Model, Seen
from hygie.names import fields
from hygie.register import keys, seen, software, zones
from hygie.register.described import versions, with_names
from hygie.register.fold import Weights, family_alone, missing, origin
from hygie.register.identity import STRONG, Groups
from hygie.register.kinds import kind_of
from hygie.register.naming import Naming, version
from hygie.register.rules import Book
from hygie.register.subjects import Said, Subject, instant

ADDRESSES = 16
"""Addresses shown of one device, the newest first."""
ALIASES = 16


@dataclass(slots=True)
class Draft:
    """A device being made."""

    id: str
    key: str
    root: int
    members: list[Subject]
    said: Said
    zone: str = ""
    kind: str = ""
    kind_source: str = ""
    connectable: Connectable = Connectable.UNKNOWN
    connectable_source: str = ""
    model: tuple[str, str, str] = ("", "", "")
    """Make as shown, product as shown, version."""
    model_key: tuple[str, str] = ("", "")
    """Keys of make and product."""
    contested: tuple[str, ...] = ()
    """Versions that other sources say."""

    @property
    def site(self) -> str:
        """Site of all members."""
        return self.members[0].site

    @property
    def live(self) -> bool:
        """Met on a network."""
        return any(member.live for member in self.members)

    @property
    def gmao(self) -> bool:
        """Known to a GMAO."""
        return any(member.gmao for member in self.members)


class Workshop:
    """What all drafts need."""

    def __init__(
        self,
        groups: Groups,
        plan: zones.Plan,
        naming: Naming,
        readings: Mapping[str, Reading],
        decisions: Mapping[str, Decision],
        book: Book,
    ) -> None:
        self.groups, self.plan, self.naming, self.readings, self.decisions = groups, plan, naming, readings, decisions
        self.book = book
        self.weights = Weights(readings)

    def value(self, draft: Draft, *traits: Trait) -> str:
        """The winning value of the first of these traits that anybody gave."""
        for trait in traits:
            said = draft.said.get(trait)
            if said:
                return self.weights.best(said).value
        return ""


def draft_all(shop: Workshop) -> list[Draft]:
    """One draft a group, in fixed order, with ids that no two share."""
    drafts = []
    taken: set[tuple[str, str]] = set()
    for root in sorted(shop.groups.groups):
        group = shop.groups.groups[root]
        members = [shop.groups.subjects[m] for m in sorted(group.members)]
        key = shop.groups.key(root)
        if (members[0].site, key) in taken:
            key = f"{key}~{min(member.own for member in members)}"
        taken.add((members[0].site, key))
        ident = keys.stable("D", members[0].site, key)
        drafts.append(Draft(ident, key, root, members, shop.book.draw(with_names(_together(members)), ident)))
    _place(shop, drafts)
    for draft in drafts:
        make = shop.value(draft, Trait.MANUFACTURER)
        product = shop.value(draft, Trait.PRODUCT, Trait.COMMERCIAL_NAME, Trait.MODEL_NUMBER)
        told = versions(draft.said, product)
        if told:
            draft.said = {**draft.said, Trait.VERSION: [*draft.said.get(Trait.VERSION, ()), *told]}
        draft.said, doubted = software.own(draft.said, make, product, shop.naming)
        draft.contested = software.contested(draft.said, doubted, shop.weights)
        draft.model = (
            shop.naming.shown(make) if make else "",
            shop.naming.product(make, product) if product else "",
            version(shop.value(draft, Trait.VERSION)),
        )
        draft.model_key = (shop.naming.key(make), shop.naming.product_key(make, product))
        draft.kind, draft.kind_source = kind_of(draft.said, shop.weights, shop.decisions)
    return drafts


def _together(members: list[Subject]) -> Said:
    """Statements of all members, by trait."""
    if len(members) == 1:
        return members[0].said
    said: Said = {}
    for member in members:
        for trait, statements in member.said.items():
            said.setdefault(trait, []).extend(statements)
    return said


def addresses(draft: Draft, weights: Weights) -> tuple[str, ...]:
    """Addresses, the newest observed first, then as declared."""
    ranked = sorted(draft.said.get(Trait.IP, ()), key=weights.rank)
    return tuple(dict.fromkeys(e.value for e in ranked if zones.number(e.value)[0]))[:ADDRESSES]


def _place(shop: Workshop, drafts: list[Draft]) -> None:
    """Guesses zones for local addresses that no zone holds, then puts each draft in its zone."""
    met: dict[tuple[str, str], tuple[set[str], set[bool]]] = {}
    borne = {}
    for draft in drafts:
        borne[draft.id] = addresses(draft, shop.weights)
        for address in borne[draft.id]:
            if not shop.plan.find(draft.site, address) and shop.plan.is_local(draft.site, address):
                vlans, observed = met.setdefault((draft.site, zones.around(address)), (set(), set()))
                vlans.update(e.value for e in draft.said.get(Trait.VLAN, ()))
                observed.add(any(member.traffic for member in draft.members))
    for (site, cidr), (vlans, observed) in sorted(met.items(), key=lambda item: item[0]):
        shop.plan.guess(site, cidr.partition("/")[0], vlans.pop() if len(vlans) == 1 else "", observed=True in observed)
    for draft in drafts:
        vlans_said = sorted(e.value for e in draft.said.get(Trait.VLAN, ()))
        draft.zone = shop.plan.place(draft.site, borne[draft.id], vlans_said)


def judge_connectable(
    shop: Workshop,
    drafts: list[Draft],
    forms: Mapping[tuple[str, str], tuple[Connectable, str]],
    defaults: Mapping[str, str],
) -> None:
    """Sets `connectable` and its source: sources first, then what is known of the model, then the kind's default.

    A model is met (yes, presumed for its other devices) if one of its devices is; a source's "no" about one device
    holds for the model where nothing says yes.

    `forms`: what MDS2 forms say of (make key, product key); `defaults`: clinical kind -> presumed default.
    """
    met: set[tuple[str, str]] = set()
    denied: dict[tuple[str, str], str] = {}
    for draft in drafts:
        found = _connectable(shop, draft, forms)
        if found is not None:
            draft.connectable, draft.connectable_source = found
            if found[0] is Connectable.YES and all(draft.model_key):
                met.add(draft.model_key)
            elif found[0] is Connectable.NO and all(draft.model_key):
                denied[draft.model_key] = min(found[1], denied.get(draft.model_key, found[1]))
    for draft in drafts:
        if draft.connectable_source:
            continue
        if draft.model_key in met:
            draft.connectable, draft.connectable_source = Connectable.YES, "presumed:same_model"
        elif draft.model_key in denied:
            draft.connectable, draft.connectable_source = Connectable.NO, denied[draft.model_key]
        elif draft.kind in defaults:
            draft.connectable = seen.presume(defaults[draft.kind])
            draft.connectable_source = f"presumed:{draft.kind}"


_ON_NETWORK = (Trait.MAC, Trait.IP, Trait.AE_TITLE, Trait.HOST_NAME)


def _connectable(
    shop: Workshop, draft: Draft, forms: Mapping[tuple[str, str], tuple[Connectable, str]]
) -> tuple[Connectable, str] | None:
    """What a source or a person says; None where nobody does."""
    said = draft.said.get(Trait.CONNECTABLE)
    best = shop.weights.best(said) if said else None
    met = [e for trait in _ON_NETWORK for e in draft.said.get(trait, ())]
    if best is not None and shop.readings[best.reading].speaker is Speaker.PERSON:
        return _told(best)
    if draft.live:
        return Connectable.YES, f"evidence:{origin(min(met, key=shop.weights.rank))}" if met else "evidence:"
    if best is not None and best.value in ("yes", "no"):
        return _told(best)
    decided = shop.decisions.get(f"connectable:{draft.kind}") if draft.kind else None
    if met:
        return Connectable.YES, f"evidence:{origin(min(met, key=shop.weights.rank))}"
    if decided is not None and keys.folded(decided.answer) in _ANSWERS:
        return _ANSWERS[keys.folded(decided.answer)], f"evidence:{decided.reading}#{decided.place}"
    return forms.get(draft.model_key)


_ANSWERS = {"yes": Connectable.YES, "oui": Connectable.YES, "no": Connectable.NO, "non": Connectable.NO}


def _told(e: Evidence) -> tuple[Connectable, str]:
    return (Connectable.NO if e.value == "no" else Connectable.YES), f"evidence:{origin(e)}"


def finish(
    shop: Workshop, drafts: list[Draft], covered: frozenset[str], models: Mapping[tuple[str, str, str], Model]
) -> tuple[list[Device], list[Member]]:
    """Rows of devices and members, in order of site and id. `models`: by (make key, product key, version)."""
    heads = {(draft.site, member.system) for draft in drafts for member in draft.members if member.system}
    around = Around(covered, models, heads, frozenset(draft.site for draft in drafts if draft.gmao))
    devices, members = [], []
    for draft in drafts:
        joined = _members(shop, draft)
        members.extend(joined)
        confidence = min(member.probability for member in joined)
        devices.append(_device(shop, draft, confidence, around))
    devices.sort(key=lambda device: (device.site, device.id))
    members.sort(key=lambda member: (member.device, member.source, member.subject, member.args))
    return devices, members


class Around(NamedTuple):
    """What a device's row takes from all the others."""

    covered: frozenset[str]
    """Zones that a sensor covered."""
    models: Mapping[tuple[str, str, str], Model]
    """By (make key, product key, version)."""
    heads: set[tuple[str, str]]
    """Site and number of each system."""
    listed: frozenset[str]
    """Sites whose GMAO was read."""

    def agree(self, draft: Draft) -> Seen:
        """How GMAO and observation agree on a device."""
        where = {"covered_zone": draft.zone in self.covered, "listed": draft.site in self.listed}
        return seen.agree(draft.connectable, gmao=draft.gmao, live=draft.live, **where)


def _device(shop: Workshop, draft: Draft, confidence: float, around: Around) -> Device:
    group, best = shop.groups.groups[draft.root], shop.weights.best
    values = {trait: (said[0] if len(said) == 1 else best(said)).value for trait, said in draft.said.items()}

    def say(*traits: Trait) -> str:
        return next((values[trait] for trait in traits if trait in values), "")

    model = around.models.get((*draft.model_key, draft.model[2])) if all(draft.model_key) else None
    first, last = _observed(draft, shop.readings)
    return Device(
        id=draft.id,
        site=draft.site,
        key=draft.key,
        aliases=_aliases(shop, draft),
        system=_system(draft, around.heads),
        role=say(Trait.ROLE),
        name=_name(draft, say),
        kind=draft.kind,
        kind_source=draft.kind_source,
        connectable=draft.connectable,
        connectable_source=draft.connectable_source,
        seen=around.agree(draft),
        model=model.id if model else "",
        make=draft.model[0],
        product=draft.model[1],
        version=draft.model[2],
        contested=draft.contested,
        os_family=family_alone(draft.said, shop.weights, say(Trait.OS_VERSION)),
        os=say(Trait.OS, Trait.SMB_OS),
        os_version=say(Trait.OS_VERSION),
        firmware=say(Trait.FIRMWARE),
        serial=say(Trait.SERIAL),
        inventory=as_written(best(draft.said[Trait.INVENTORY])) if Trait.INVENTORY in draft.said else "",
        macs=tuple(sorted(group.mac, key=keys.mac_order)),
        addresses=addresses(draft, shop.weights),
        host_names=_all(draft, Trait.HOST_NAME, Trait.NETBIOS_NAME),
        ae_titles=_all(draft, Trait.AE_TITLE),
        zone=draft.zone,
        ward=say(Trait.WARD),
        pole=say(Trait.POLE),
        location=say(Trait.LOCATION),
        status=say(Trait.STATUS),
        ce_class=say(Trait.CE_CLASS),
        commissioned=say(Trait.COMMISSIONED),
        support_end=say(Trait.SUPPORT_END) or (model.support_end if model else ""),
        first=first,
        last=last,
        missing=missing(draft.said),
        confidence=confidence,
    )


def as_written(number: Evidence) -> str:
    """An inventory number as its source writes it; the normal form where the raw text holds something else too."""
    raw = fields.clean(number.raw)
    return raw if fields.inventory(raw) == number.value else number.value


def _all(draft: Draft, *traits: Trait) -> tuple[str, ...]:
    found = {e.value for trait in traits for e in draft.said.get(trait, ())}
    return tuple(sorted(found)) if found else ()


def _name(draft: Draft, say: Callable[..., str]) -> str:
    """Designation, make and product; else a name of the network; else the key."""
    make, product, _ = draft.model
    designation = say(Trait.DESIGNATION)
    if designation or product:
        return " ".join(part for part in (designation, make, product) if part)
    named = say(Trait.HOST_NAME, Trait.AE_TITLE, Trait.NETBIOS_NAME, Trait.STATION_NAME)
    maker = make or ("" if named else say(Trait.OUI_MAKER))
    return " ".join(part for part in (maker, named or draft.key.partition("@")[0]) if part)


def _system(draft: Draft, heads: set[tuple[str, str]]) -> str:
    """Id of the system: the number that several share, or that members name as theirs."""
    for member in draft.members:
        if member.part:
            return keys.stable("S", draft.site, f"system={member.inventory}")
    named = sorted({member.system for member in draft.members if member.system})
    owned = sorted(m.inventory for m in draft.members if (draft.site, m.inventory) in heads)
    return keys.stable("S", draft.site, f"system={(named or owned)[0]}") if named or owned else ""


def _observed(draft: Draft, readings: Mapping[str, Reading]) -> tuple[int, int]:
    """First and last instant on a network; zeros never."""
    firsts, lasts = [], []
    for member in draft.members:
        if not member.live:
            continue
        statements = [e for of_trait in member.said.values() for e in of_trait]
        for e in statements:
            if e.first or e.last:
                firsts.append(e.first or e.last)
                lasts.append(e.last or e.first)
        if not firsts:
            days = [day for key in {e.reading for e in statements} if (day := instant(readings[key].dated))]
            firsts.extend(days)
            lasts.extend(days)
    return min(firsts, default=0), max(lasts, default=0)


def _aliases(shop: Workshop, draft: Draft) -> tuple[str, ...]:
    """Ids that the device would have by its other keys."""
    weaker = [keys.stable("D", draft.site, key) for key in shop.groups.all_keys(draft.root)]
    return tuple(sorted(set(weaker[:ALIASES]) - {draft.id}))


def _members(shop: Workshop, draft: Draft) -> list[Member]:
    """Each member with the strongest key that it shares with another, or the weaker rule by which it came."""
    if len(draft.members) == 1 and not shop.groups.joined:
        return [_member(draft, draft.members[0], "link.alone", (), 1.0)]
    bearers: dict[tuple[str, str], int] = {}
    for member in draft.members:
        for rule in STRONG:
            for key in rule.of(member):
                bearers[rule.reason, key] = bearers.get((rule.reason, key), 0) + 1
    rows = []
    order = sorted(shop.groups.groups[draft.root].members)
    for i, member in zip(order, draft.members, strict=True):
        weak = shop.groups.joined.get(i)
        if weak is not None:
            rows.append(_member(draft, member, weak.reason, (f"key={weak.left}",), weak.probability))
            continue
        shared = next(((r, key) for r in STRONG for key in r.of(member) if bearers[r.reason, key] > 1), None)
        if shared is None:
            rows.append(_member(draft, member, "link.alone", (), 1.0))
        else:
            rows.append(_member(draft, member, shared[0].reason, (f"key={shared[1]}",), shared[0].probability))
    return rows


def _member(draft: Draft, subject: Subject, reason: str, args: tuple[str, ...], probability: float) -> Member:
    extra = (f"row={subject.row}",) if subject.row else ()
    return Member(draft.id, subject.source, subject.name, reason, (*args, *extra), probability)
