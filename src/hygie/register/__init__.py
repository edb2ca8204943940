"""Evidence -> devices, systems, models, zones.

What comes in: `Ground`, the rows of live readings in any order. What goes out: `Register`, rows in a fixed order that
do not depend on the order of reading. No clock, no I/O. `attributes` unfolds one device for `why`; `Holders` tells
whose an address was; `expected` tells names of models beforehand.

Site is part of every key: nothing is ever joined across two sites, and the addresses, VLANs and inventory numbers of
one mean nothing in another. The way, one module a step: `subjects` (what one source says of one thing), `identity`
(strong keys), `addresses` (addresses and AE titles, with their time), `apply_same` (what persons decided), `devices`
and `fold` (which value wins), `rules` (what follows from a value), `kinds`, `seen`, `zones`, `models`, `links`
(doubtful pairs), `contradictions` and `forms`, `bindings`, `questions`.

To add a key: a row in `identity.STRONG`. To add a check: a function in `contradictions.CHECKS`. To add a way to tell a
clinical kind: a function in `kinds.RULES`. To add a sign for doubtful links: `links.signs`, a rate in
`tools/calibrate_links.py`, and run that. Texts stand in `words/{fr,en}/register.po`.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from hygie.facts import functions
from hygie.model.evidence import Coverage, Decision, Evidence, Reading
from hygie.model.fleet import Binding, Contradiction, Device, Flow, Link, Member, Model, Question, Zone
from hygie.model.knowledge import Answer, Bom, Permission, Statement
from hygie.model.rule import Conclusion, Rule
from hygie.names.maker import NONE, Makers
from hygie.register import addresses, contradictions, decisions, identity, models, patterns, rules, seen, zones
from hygie.register.bindings import Holders, bind
from hygie.register.devices import Draft, Workshop, draft_all, finish, judge_connectable
from hygie.register.expected import NAMING, expected
from hygie.register.fold import Attribute, attributes
from hygie.register.forms import check_forms
from hygie.register.identity import Groups, Joined
from hygie.register.links import link_all
from hygie.register.naming import Naming
from hygie.register.questions import Rulings, ask, find_key
from hygie.register.subjects import Subject, gather, name_makers

__all__ = ["NAMING", "Attribute", "Ground", "Holders", "Register", "attributes", "build", "expected"]


class Ground(NamedTuple):
    """What the register is built from: rows of readings that count now."""

    evidence: Sequence[Evidence]
    readings: Mapping[str, Reading]
    """By id; evidence of other readings is left out."""
    decisions: Sequence[Decision] = ()
    coverage: Sequence[Coverage] = ()
    flows: Sequence[Flow] = ()
    boms: Sequence[Bom] = ()
    answers: Sequence[Answer] = ()
    permissions: Sequence[Permission] = ()
    statements: Sequence[Statement] = ()
    """Only which documents name which product is read."""
    makers: Makers = NONE
    """Facts' table of makers."""
    rules: Sequence[Rule] = ()
    """Rules that were read; those that come with Hygie count without them."""


class Register(NamedTuple):
    """The register's rows, each list in a fixed order."""

    devices: list[Device]
    members: list[Member]
    models: list[Model]
    zones: list[Zone]
    bindings: list[Binding]
    links: list[Link]
    contradictions: list[Contradiction]
    questions: list[Question]
    conclusions: list[Conclusion]
    """What rules drew from what was said."""


def build(ground: Ground) -> Register:
    """Builds the register. Raises nothing of its own: what is not understood is left as it was said."""
    with _collector_paused():
        return _build(ground)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing here makes cycles; walking half a million rows again and again for them takes a quarter of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _build(ground: Ground) -> Register:
    decided = decisions.latest(ground.decisions)
    rulings = decisions.rulings(decided)
    said = gather(ground.evidence, ground.readings)
    naming = Naming(ground.makers)
    naming.learn(subject.said for subject in said.devices)
    name_makers(said.devices, ground.readings, naming.key)
    plan = zones.Plan(zones.read_plan(said.zones, ground.readings))
    zones.observe(plan, ground.coverage)
    subjects = [subject for subject in said.devices if _inside(subject, plan)]
    shop, drafts, stale = _fold(
        subjects,
        rulings,
        Workshop(
            identity.Groups([]), plan, naming, ground.readings, decided, rules.Book(ground.rules, ground.readings)
        ),
    )
    asked: list[patterns.Pattern] = []
    if any(about.startswith("pattern:") for about in decided):
        asked = link_all(shop, drafts, shop.groups.doubts, rulings).patterns
        if ruled := patterns.rule(asked, decided, rulings):
            rulings = rulings + ruled
            shop, drafts, stale = _fold(subjects, rulings, shop)
    judge_connectable(shop, drafts, models.connectable_by_model(ground.answers, said.models, naming), _defaults())
    documents = models.Documents(ground.boms, ground.answers, ground.permissions, ground.statements, said.models)
    shelf = models.Shelf(documents, naming)
    made = models.make_models(drafts, shelf, shop.weights)
    covered = seen.covered(plan.zones.values(), ground.coverage)
    devices, members = finish(shop, drafts, covered, made)
    bindings = bind(drafts, ground.readings)
    against = contradictions.contradict(shop, drafts)
    against += check_forms(ground.answers, drafts, ground.flows, Holders(bindings), plan, naming)
    found = link_all(shop, drafts, shop.groups.doubts, rulings)
    by_id = {device.id: device for device in devices}
    return Register(
        devices,
        members,
        sorted(made.values(), key=lambda m: (m.make, m.product, m.version, m.id)),
        sorted(plan.zones.values(), key=lambda z: (z.site, z.source, z.cidr, z.vlan, z.id)),
        bindings,
        found.links,
        sorted(against, key=lambda c: (c.subject, c.trait, c.reason, c.one_origin, c.other_origin)),
        ask(shop, drafts, by_id, made.values(), found, Rulings(rulings, stale, asked)),
        sorted((one for draft in drafts for one in rules.drawn(draft.said)), key=_order),
    )


def _order(one: Conclusion) -> tuple[str, ...]:
    return one.device, one.trait, one.value, one.rule, one.reading, one.place


def _fold(
    subjects: list[Subject], rulings: list[decisions.Ruling], shop: Workshop
) -> tuple[Workshop, list[Draft], list[decisions.Ruling]]:
    """Drafts of devices by all rules and rulings, their workshop, and the rulings whose things are not found."""
    groups = identity.identify(subjects, rulings)
    addresses.link_weakly(groups, shop.naming.key)
    stale = apply_same(groups, rulings)
    shop = Workshop(groups, shop.plan, shop.naming, shop.readings, shop.decisions, shop.book)
    return shop, draft_all(shop), stale


def _inside(subject: Subject, plan: zones.Plan) -> bool:
    """Whether a subject may be the hospital's: not what traffic knows by an outside address alone."""
    if not subject.traffic or not subject.name.startswith("device:ip=") or subject.macs:
        return True
    return plan.is_local(subject.site, subject.name.removeprefix("device:ip="))


def _defaults() -> dict[str, str]:
    return {key: kind.connectable for key, kind in functions.functions().items()}


def apply_same(groups: Groups, rulings: list[decisions.Ruling]) -> list[decisions.Ruling]:
    """Merges what persons called the same, whatever the rules say. Returns the rulings whose things are not found."""
    if not rulings:
        return []
    bearers: dict[tuple[str, str], list[int]] = {}
    for i, subject in enumerate(groups.subjects):
        for key in Groups([subject]).all_keys(0):
            bearers.setdefault((subject.site, key), []).append(i)
    stale = []
    for ruling in rulings:
        sides = [find_key(groups, bearers, ruling.site, key) for key in (ruling.one, ruling.other)]
        if sides[0] is None or sides[1] is None:
            stale.append(ruling)
        elif ruling.same:
            _confirm(groups, sides[0], sides[1], ruling)
        elif sides[0] != sides[1]:
            groups.doubts.add(identity.doubt(sides[0], sides[1], "link.person"))
    return stale


def _confirm(groups: Groups, left: int, right: int, ruling: decisions.Ruling) -> None:
    """One device by a person's word; a weaker rule that joined them before is now sure."""
    word = Joined("link.person", 1.0, ruling.one, ruling.other)
    if left == right:
        for i in groups.groups[left].members:
            joined = groups.joined.get(i)
            if joined is not None and {joined.left, joined.right} == {ruling.one, ruling.other}:
                groups.joined[i] = Joined(word.reason, 1.0, joined.left, joined.right)
        return
    for i in groups.groups[max(left, right)].members:
        groups.joined[i] = word
    groups.merge(left, right)
