"""Make, product, version: what MDS2 forms, bills of materials, advisories and support dates attach to.

What comes in: drafts of devices, documents, a fleet's naming. What goes out: `Model` rows by key, also for products
that only a document describes (0 devices).

A document attaches to a model when the makes have the same normal form, the products' names mean the same with a
probability of `SAME` (a document without make: the same normal form), and the versions are equal, or the document gives
none, or one continues the other ("3.2", "3.2.1"). Advisories are attached by make and product only, at `NAMED`:
which versions they mean is for matching to say. A document that attaches to no model of the fleet makes one of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hygie.model.evidence import Evidence, Trait
from hygie.model.fleet import Connectable, Model
from hygie.model.knowledge import Answer, Bom, Permission, Statement
from hygie.names.product import likeness
from hygie.register import keys
from hygie.register.devices import Draft
from hygie.register.fold import Weights, by_trait, origin
from hygie.register.naming import Naming, version

Key = tuple[str, str, str]
"""Make key, product key, version."""
Product = tuple[str, str]


SAME = 0.9
"""Probability from which two product names of one maker are one, for what describes a model."""
NAMED = 0.8
"""The same for advisories, which are only listed here."""


class Documents(NamedTuple):
    """What speaks of models."""

    boms: Sequence[Bom]
    answers: Sequence[Answer]
    permissions: Sequence[Permission]
    statements: Sequence[Statement]
    evidence: Mapping[str, list[Evidence]]
    """Subject "model:<make>|<product>|<version>" -> statements."""


class Shelf:
    """Documents by product, with the version that each speaks of."""

    def __init__(self, documents: Documents, naming: Naming) -> None:
        self.naming = naming
        self.documents = documents
        self._by_make: dict[int, dict[str, list[str]]] = {}
        self.boms = self._sort((b.make, b.product, b.version, b.document) for b in documents.boms)
        self.forms = self._sort({(a.make, a.product, a.version, a.reading) for a in documents.answers})
        self.permissions = self._sort(
            (p.make, p.product, p.version, f"{p.reading}#{p.place}") for p in documents.permissions
        )
        self.told = self._sort((*_parts(subject), subject) for subject in documents.evidence)
        self.named = self._sort({(s.make, s.product, "", s.document) for s in documents.statements})

    def _sort(self, rows: Iterable[tuple[str, str, str, str]]) -> dict[Product, set[tuple[str, str]]]:
        shelf: dict[Product, set[tuple[str, str]]] = {}
        for make, product, number, document in rows:
            if product:
                found = (self.naming.key(make) if make else "", self.naming.product_key(make, product))
                shelf.setdefault(found, set()).add((version(number), document))
        return shelf

    def of(self, shelf: Mapping[Product, set[tuple[str, str]]], key: Key, least: float = SAME) -> tuple[str, ...]:
        """Documents of a shelf that speak of a model, by its key."""
        make, product, number = key
        found = set(shelf.get(("", product), ()))
        for name in self._names(shelf, make):
            if name == product or (name and product and self.alike(name, product) >= least):
                found |= shelf[make, name]
        return tuple(sorted({document for said, document in found if fits(said, number)}))

    def alike(self, named: str, asked: str) -> float:
        """Probability that a document about one key of a maker's products speaks of another."""
        return likeness(self.naming.spelt(asked), self.naming.spelt(named))

    def _names(self, shelf: Mapping[Product, set[tuple[str, str]]], make: str) -> tuple[str, ...]:
        """Products of a maker on a shelf."""
        known = self._by_make.get(id(shelf))
        if known is None:
            known = self._by_make[id(shelf)] = {}
            for owner, product in sorted(shelf):
                known.setdefault(owner, []).append(product)
        return tuple(known.get(make, ()))


def fits(said: str, number: str) -> bool:
    """Whether a document about version `said` speaks of version `number`. `said` "": of all; `number` "": nobody knows
    which version runs, so a document about one version is not taken to speak of it."""
    if not said or said == number:
        return True
    if not number:
        return False
    short, long = sorted((said, number), key=len)
    return long.startswith(short) and long[len(short)] in ".-_ "


def _parts(subject: str) -> tuple[str, str, str]:
    make, _, rest = subject.removeprefix("model:").partition("|")
    product, _, number = rest.partition("|")
    return make, product, number


def connectable_by_model(
    answers: Iterable[Answer], told: Mapping[str, list[Evidence]], naming: Naming
) -> dict[Product, tuple[Connectable, str]]:
    """What is said of a product as such: by MDS2 forms (yes where a network interface exists; no where all are denied),
    by letters. Yes wins over no: one of its versions at least may be joined.

    Source: ANSI/NEMA HN 1-2019, CONN-1 (any connectivity), CONN-1.1.1 (Wi-Fi), 1.1.3 (other wireless network),
    1.2.1 (Ethernet).
    """
    asked: dict[Product, dict[str, dict[str, str]]] = {}
    for answer in answers:
        if answer.question in _INTERFACES and answer.answer in ("yes", "no"):
            product = (naming.key(answer.make), naming.product_key(answer.make, answer.product))
            said = asked.setdefault(product, {}).setdefault(answer.question, {})
            said.setdefault(answer.answer, f"evidence:{answer.reading}#{answer.place}")
            said[answer.answer] = min(said[answer.answer], f"evidence:{answer.reading}#{answer.place}")
    found = _connectable_as_told(told, naming)
    for product, questions in asked.items():
        yes = [said["yes"] for question, said in questions.items() if "yes" in said and question != "CONN-1"]
        denied = {question for question, said in questions.items() if "yes" not in said}
        if yes:
            found[product] = (Connectable.YES, min(yes))
        elif product not in found and ("CONN-1" in denied or set(_INTERFACES[1:]) <= denied):
            found[product] = (Connectable.NO, min(questions[question]["no"] for question in denied))
    return found


def _connectable_as_told(told: Mapping[str, list[Evidence]], naming: Naming) -> dict[Product, tuple[Connectable, str]]:
    """Statements about "model:..." subjects."""
    found: dict[Product, tuple[Connectable, str]] = {}
    for subject in sorted(told):
        make, product, _ = _parts(subject)
        key = (naming.key(make), naming.product_key(make, product))
        for e in sorted(told[subject], key=lambda e: (e.value, e.reading, e.place)):
            if e.trait is Trait.CONNECTABLE and (e.value == "yes" or (e.value == "no" and key not in found)):
                found[key] = (Connectable.NO if e.value == "no" else Connectable.YES), f"evidence:{origin(e)}"
    return found


_INTERFACES = ("CONN-1", "CONN-1.1.1", "CONN-1.1.3", "CONN-1.2.1")


def make_models(drafts: Iterable[Draft], shelf: Shelf, weights: Weights) -> dict[Key, Model]:
    """Models of the fleet and of documents, by key."""
    naming = shelf.naming
    by_key: dict[Key, list[Draft]] = {}
    for draft in drafts:
        if all(draft.model_key):
            by_key.setdefault((*draft.model_key, draft.model[2]), []).append(draft)
    fleet: dict[str, set[tuple[str, str]]] = {}
    for make, product, number in by_key:
        fleet.setdefault(make, set()).add((product, number))
    for make, product, number in sorted(_described(shelf)):
        key = (naming.key(make), naming.product_key(make, product), version(number))
        if not _attaches(key, fleet.get(key[0], set()), shelf):
            by_key.setdefault(key, [])
    shown = {
        (naming.key(make), naming.product_key(make, product)): (naming.shown(make), naming.product(make, product))
        for make, product, _ in sorted(_described(shelf), reverse=True)
    }
    models = {}
    for key in sorted(by_key):
        owned = by_key[key]
        make, product = _called(owned, naming) if owned else shown[key[0], key[1]]
        models[key] = _model(key, make, product, owned, shelf, weights)
    return models


def _called(owned: list[Draft], naming: Naming) -> tuple[str, str]:
    """Make and product by which a model is shown: a maker that the table knows before others, then what most say."""
    counts = Counter(draft.model[:2] for draft in owned)
    return min(counts, key=lambda name: (not naming.known(name[0]), -counts[name], name))


def _attaches(key: Key, fleet: set[tuple[str, str]], shelf: Shelf) -> bool:
    """Whether a document about `key` speaks of a model of the fleet."""
    _, product, number = key
    return any(
        fits(number, own) and (product == name or shelf.alike(product, name) >= SAME) for name, own in sorted(fleet)
    )


def _described(shelf: Shelf) -> set[tuple[str, str, str]]:
    """Make, product, version of documents that describe a product by themselves."""
    documents = shelf.documents
    rows = {(b.make, b.product, b.version) for b in documents.boms}
    rows |= {(a.make, a.product, a.version) for a in documents.answers}
    rows |= {(p.make, p.product, p.version) for p in documents.permissions}
    return {row for row in rows if row[0] and row[1]}


def _model(key: Key, make: str, product: str, owned: list[Draft], shelf: Shelf, weights: Weights) -> Model:
    end, source = _support_end(shelf, key, weights)
    connectable, connectable_source = _connectable(owned)
    kinds = sorted({draft.kind for draft in owned} - {""}, key=lambda k: (-sum(d.kind == k for d in owned), k))
    return Model(
        id=keys.stable("M", "", "|".join(key)),
        make=make,
        product=product,
        version=key[2],
        kind=kinds[0] if kinds else "",
        connectable=connectable,
        connectable_source=connectable_source,
        devices=len(owned),
        boms=shelf.of(shelf.boms, key),
        mds2=shelf.of(shelf.forms, key),
        advisories=shelf.of(shelf.named, (key[0], key[1], ""), NAMED),
        permissions=len(shelf.of(shelf.permissions, key)),
        support_end=end,
        support_source=source,
    )


def _support_end(shelf: Shelf, key: Key, weights: Weights) -> tuple[str, str]:
    """Date and source of the end of support: of the very version before that of the product."""
    said = [
        (version(_parts(subject)[2]) != key[2], e)
        for subject in shelf.of(shelf.told, key)
        for e in by_trait(shelf.documents.evidence[subject]).get(Trait.SUPPORT_END, ())
    ]
    if not said:
        return "", ""
    nearest = min(far for far, _ in said)
    best = weights.best([e for far, e in said if far == nearest])
    return best.value, origin(best)


def _connectable(owned: list[Draft]) -> tuple[Connectable, str]:
    """Of a model: yes if any of its devices is, no if a source says so of one and nothing says yes."""
    for wanted in (Connectable.YES, Connectable.NO):
        found = [d.connectable_source for d in owned if d.connectable is wanted]
        if found:
            return wanted, min(found, key=lambda source: (not source.startswith("evidence:"), source))
    sources = sorted({d.connectable_source for d in owned} - {""})
    return Connectable.UNKNOWN, sources[0] if sources else ""
