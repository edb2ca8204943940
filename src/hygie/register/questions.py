"""What only a person can settle, each with what hangs on it.

What comes in: links, weak merges, crowds, kinds, models, decisions. What goes out: `Question` rows, the weightiest
first, at most `LIMIT` of a sort in a site, and all that were answered one by one; an id stays the same from one run to
the next, so that an answer finds its question.

Sorts: are the lines of one list those of another (`question.pattern`), one question for all of them; is it one thing
(`question.link`); was it right to join (`question.link.confirm`); which is which among many of
one product (`question.link.which`); a key that too many bear (`question.key_shared`); what a designation means
(`question.kind`), or what a thing is of which it says nothing (`question.kind.nameless`); may devices of a kind be
joined to a network (`question.connectable`); an answer whose devices are no
longer found (`question.decision_stale`); to a maker, documents about its model (`question.model.documents`).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hygie.model.evidence import Decision, Trait
from hygie.model.fleet import Connectable, Device, Model, Question
from hygie.names.maker import fold
from hygie.register import keys, kinds
from hygie.register.decisions import DIFFERENT, OPTIONS, SAME, Ruling, meaning
from hygie.register.devices import Draft, Workshop
from hygie.register.identity import Groups
from hygie.register.links import Found
from hygie.register.patterns import Pattern

HOSPITAL = "hospital"
LIMIT = 200
"""Questions of one sort in a site."""
SURE = 0.95
"""Merges by a weaker rule than this are shown for confirmation."""


class Rulings(NamedTuple):
    """What persons decided about pairs."""

    all: list[Ruling]
    """On single pairs and, pair by pair, on patterns."""
    stale: list[Ruling]
    """Those whose things are not found."""
    asked: list[Pattern]
    """Patterns as they were before any of them was answered."""


def ask(
    shop: Workshop,
    drafts: list[Draft],
    devices: Mapping[str, Device],
    models: Iterable[Model],
    found: Found,
    rulings: Rulings,
) -> list[Question]:
    """All questions, the weightiest first."""
    ruled = {ruling.id: ruling for ruling in rulings.all}
    rows = [
        *_patterns(shop, devices, {p.id: p for p in (*found.patterns, *rulings.asked)}.values()),
        *_links(devices, found, shop.decisions, ruled),
        *_confirmations(shop, drafts, devices, ruled),
        *_crowds(shop, drafts, found),
        *_kinds(shop, drafts),
        *_connectable(shop, devices.values()),
        *_documents(models, shop.decisions),
        *_stale(rulings.stale),
    ]
    best = {row.id: row for row in sorted(rows, key=_order, reverse=True)}
    kept: dict[tuple[str, str], int] = {}
    result = []
    for row in sorted(best.values(), key=_order):
        sort = (row.reason, row.to)
        kept[sort] = kept.get(sort, 0) + 1
        if kept[sort] <= LIMIT or (row.answer and not any(arg.startswith("about=pattern:") for arg in row.args)):
            result.append(row)
    return result


def _order(row: Question) -> tuple[bool, float, str, str]:
    return bool(row.answer), -row.weight, row.id, row.reason


def _answer(decisions: Mapping[str, Decision], about: str) -> str:
    decided = decisions.get(about)
    return decided.answer if decided else ""


def _label(device: Device | None) -> str:
    """A device in a few words: its name, and the numbers by which people find it."""
    if device is None:
        return ""
    place = device.macs[0] if device.macs else (device.addresses[0] if device.addresses else "")
    numbers = [device.inventory, device.serial, place, device.ward]
    return f"{device.name} ({', '.join(part for part in numbers if part)})" if any(numbers) else device.name


def _percent(probability: float) -> int:
    """Never 0 nor 100: a doubt stays a doubt."""
    return min(99, max(1, round(probability * 100)))


def _patterns(shop: Workshop, devices: Mapping[str, Device], patterns: Iterable[Pattern]) -> Iterable[Question]:
    """Two lists of one fleet: one question for all lines that one sign matches."""
    for pattern in patterns:
        left, right = (devices.get(ident) for ident in pattern.example)
        args: tuple[str, ...] = (
            f"one={_files(shop, pattern.one)}",
            f"other={_files(shop, pattern.other)}",
            f"count={len(pattern.pairs)}",
            f"left={_label(left or right)}",
            f"right={_label(right or left)}",
        )
        decided = shop.decisions.get(pattern.id)
        answer = meaning(decided.answer) if decided else ""
        key = f"question.pattern.{pattern.reason.removeprefix('link.')}"
        if decided is not None and answer in (SAME, DIFFERENT):
            key, args = f"question.pattern.decided.{answer}", (*args, *_by(decided.who, decided.when))
        yield Question(pattern.id, HOSPITAL, "", key, args, OPTIONS, answer, float(len(pattern.pairs) + 1))


def _files(shop: Workshop, source: str) -> str:
    """Names of a list's files, without their folders."""
    named = sorted({r.name.rpartition("/")[2] for r in shop.readings.values() if r.source == source})
    return ", ".join(named) or source


def _by(who: str, when: str) -> tuple[str, str]:
    return f"who={who}", f"when={when or '-'}"


def _doubtful(key: str, left: str, right: str, probability: float) -> tuple[str, tuple[str, ...]]:
    """Message key and arguments of a pair that is open."""
    return key, (f"left={left}", f"right={right}", f"probability={_percent(probability)}")


def _decided(ruling: Ruling, left: str, right: str) -> tuple[str, tuple[str, ...]]:
    """Message key and arguments of a pair on which a person decided."""
    key = f"question.link.decided.{SAME if ruling.same else DIFFERENT}"
    return key, (f"left={left}", f"right={right}", *_by(ruling.who, ruling.when), f"about={ruling.about or ruling.id}")


def _links(
    devices: Mapping[str, Device], found: Found, decisions: Mapping[str, Decision], ruled: Mapping[str, Ruling]
) -> Iterable[Question]:
    for link in found.links:
        left, right = found.pairs[link.id]
        labels = _label(devices.get(left.id)), _label(devices.get(right.id))
        key, args = _doubtful("question.link", *labels, link.probability)
        decided, answer = decisions.get(link.id), link.decided
        if ruling := ruled.get(link.id):
            key, args = _decided(ruling, *labels)
        elif decided is not None:
            answer = meaning(decided.answer)
        yield Question(link.id, HOSPITAL, left.id, key, args, OPTIONS, answer, round(1 + link.probability, 3))
    for site, count in found.more.items():
        key = f"more:{site}"
        yield Question(
            key, HOSPITAL, "", "question.link.more", (f"site={site}", f"count={count}"), (), "", float(count)
        )


def _confirmations(
    shop: Workshop, drafts: list[Draft], devices: Mapping[str, Device], ruled: Mapping[str, Ruling]
) -> Iterable[Question]:
    """Merges by a weaker rule, one question for each pair of keys joined."""
    by_root = {draft.root: draft for draft in drafts}
    asked: set[str] = set()
    for i, joined in sorted(shop.groups.joined.items()):
        draft = by_root[shop.groups.root(i)]
        key = keys.pair(draft.site, joined.left, joined.right)
        if key in asked or (joined.probability >= SURE and joined.reason != "link.person"):
            continue
        asked.add(key)
        label, other = _label(devices.get(draft.id)), joined.right.partition("@")[0]
        decided, ruling = shop.decisions.get(key), ruled.get(key)
        answer = meaning(decided.answer) if decided else ""
        reason, args = _doubtful("question.link.confirm", label, other, joined.probability)
        if ruling is not None:
            reason, args = _decided(ruling, label, other)
            answer = SAME if ruling.same else DIFFERENT
        weight = round(1 - joined.probability, 3)
        yield Question(key, HOSPITAL, draft.id, reason, args, OPTIONS, answer, weight)


def _crowds(shop: Workshop, drafts: list[Draft], found: Found) -> Iterable[Question]:
    for crowd in found.crowded:
        key = f"which:{crowd.site}|{crowd.make}|{crowd.product}"
        args = (
            f"make={crowd.make}", f"product={crowd.product}", f"listed={len(crowd.listed)}", f"met={len(crowd.met)}",
        )  # fmt: skip
        answer = _answer(shop.decisions, key)
        weight = float(min(len(crowd.listed), len(crowd.met)))
        yield Question(key, HOSPITAL, crowd.listed[0], "question.link.which", args, (), answer, weight)
    by_root = {draft.root: draft.id for draft in drafts}
    for shared in shop.groups.crowds:
        key = f"shared:{shared.site}|{shared.reason}|{shared.key}"
        device = by_root[shop.groups.root(shared.members[0])]
        bearers = len(shared.members)
        told = (f"key={shared.key}", f"count={bearers}")
        answer = _answer(shop.decisions, key)
        yield Question(key, HOSPITAL, device, "question.key_shared", told, (), answer, float(bearers))


def _kinds(shop: Workshop, drafts: list[Draft]) -> Iterable[Question]:
    """Designations that may mean several kinds, or that say nothing of what is on the network; and those whose meaning
    a person said unasked: while that holds, it is shown as held."""
    asked: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for draft in drafts:
        open_ = not draft.kind or draft.kind_source.startswith("evidence:")
        if not open_ or Trait.DESIGNATION not in draft.said:
            continue
        options = kinds.possible(draft.said, shop.weights)
        nameless = not options and kinds.is_nameless(draft.said, shop.weights)
        label = kinds.asked_as(draft.said, shop.weights)
        if options or nameless or kinds.question_id(label) in shop.decisions:
            reason = "question.kind.nameless" if nameless else "question.kind"
            offered = (*options, kinds.NONE_OF_THEM) if options else ()
            asked.setdefault((kinds.question_id(label), reason, offered), []).append((label, draft.id))
    for (key, reason, offered), owners in asked.items():
        args = (f"designation={min(owners)[0]}", f"count={len(owners)}")
        answer, first = _answer(shop.decisions, key), min(ident for _, ident in owners)
        yield Question(key, HOSPITAL, first, reason, args, offered, answer, float(len(owners)))


def _connectable(shop: Workshop, devices: Iterable[Device]) -> Iterable[Question]:
    """Kinds whose devices are presumed to stay off the network, or of which nothing is known."""
    open_ones: dict[str, list[str]] = {}
    for device in devices:
        if device.kind and (
            device.connectable is Connectable.UNKNOWN or f"connectable:{device.kind}" in shop.decisions
        ):
            open_ones.setdefault(device.kind, []).append(device.id)
    for kind, owners in sorted(open_ones.items()):
        key = f"connectable:{kind}"
        args = (f"kind={kind}", f"count={len(owners)}")
        answer = _answer(shop.decisions, key)
        weight = round(len(owners) / 10, 3)
        yield Question(key, HOSPITAL, min(owners), "question.connectable", args, ("yes", "no"), answer, weight)


def _documents(models: Iterable[Model], decisions: Mapping[str, Decision]) -> Iterable[Question]:
    """To each maker: what its connectable model still lacks. An SBOM of one version is not asked for again where nobody
    knows which version runs: then it may be the one."""
    models = list(models)
    described = {_product(one) for one in models if one.boms}
    for model in models:
        if model.connectable is not Connectable.YES or not model.devices:
            continue
        sbom = model.boms or (not model.version and _product(model) in described)
        lacking = [
            name
            for name, there in (("mds2", model.mds2), ("sbom", sbom), ("support_end", model.support_end))
            if not there
        ]
        if lacking:
            key = f"documents:{model.id}"
            args = (
                f"make={model.make}", f"product={model.product}", f"version={model.version}",
                f"missing={', '.join(lacking)}", f"count={model.devices}",
            )  # fmt: skip
            answer, weight = _answer(decisions, key), float(model.devices)
            yield Question(key, model.make, model.id, "question.model.documents", args, (), answer, weight)


def _product(model: Model) -> tuple[str, str]:
    """Maker and product, whatever the version and capitals."""
    return fold(model.make), fold(model.product)


def _stale(stale: Iterable[Ruling]) -> Iterable[Question]:
    for ruling in stale:
        args = (
            f"left={ruling.one.partition('@')[0]}", f"right={ruling.other.partition('@')[0]}",
            f"answer={'same' if ruling.same else 'different'}", f"who={ruling.who}", f"when={ruling.when}",
        )  # fmt: skip
        yield Question(f"stale:{ruling.id}", HOSPITAL, "", "question.decision_stale", args, (), "", 0.5)


def find_key(groups: Groups, keys_of: Mapping[tuple[str, str], list[int]], site: str, key: str) -> int | None:
    """The one group that a decision's key names now: whose strongest key it is, else the only one that bears it."""
    roots = sorted({groups.root(i) for i in keys_of.get((site, key), ())})
    named = [root for root in roots if groups.key(root) == key]
    if len(named) == 1:
        return named[0]
    return roots[0] if len(roots) == 1 else None
