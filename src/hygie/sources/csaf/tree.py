"""The product tree: every product with what the branches above it say, and what contains it.

A relationship makes a new product of two: a component in what it is part of. Of a longer chain the outermost container
is kept as `inside`, because that is what an inventory holds; "installed on" and "installed with" are limits beside it.

Source: CSAF 2.0 and 2.1, section 3.2.2.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from msgspec import Raw

from hygie.sources.csaf import form
from hygie.sources.opening.documents import Told, absent, text

DEEP = 64
"""Branches within branches that are read; the format's own schema allows 30."""

ALONGSIDE = ("installed_on", "installed_with")
"""Relations that name surroundings; all others say that the first is part of the second."""

WIDE = 1000
"""Limits of one product; relationships that pile up more are hostile."""

LIMITS = ("architecture", "host_name", "language", "legacy", "platform", "specification")
"""Branch categories that narrow a product down without being its name or version."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product id and all that the tree says of it."""

    id: str
    place: str
    label: str
    """Full product name."""
    make: str = ""
    family: str = ""
    product: str = ""
    version: str = ""
    is_range: bool = False
    cpe: str = ""
    purl: str = ""
    hashes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    inside: "Product | None" = None
    inside_by: str = ""
    """Relation that put it inside."""


class Link(NamedTuple):
    """A relationship, or one product path."""

    place: str
    name: form.FullName
    name_place: str
    first: str
    steps: tuple[tuple[str, str], ...]
    """Relation and product id, from the inside out."""


@dataclass(slots=True)
class Products:
    """All products and groups of a document."""

    by_id: dict[str, Product] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Ids that relationships are made of."""


def products(told: Told, raw: Raw, place: str) -> Products:
    """Reads a product tree. What is damaged, named twice or in a circle goes to `told`."""
    found = Products()
    tree = told.one(raw, place, form.Tree)
    if tree is None:
        return found
    leaves = _leaves(told, tree.branches, place + "/branches", Product("", "", ""), 1)
    names = told.parts(tree.full_product_names, place + "/full_product_names", form.FullName)
    plain = (_product(told, name, where, Product("", "", "")) for where, name in names)
    for product in (*leaves, *plain):
        _keep(told, found, product)
    _join(told, found, list(_links(told, tree, place)))
    for where, group in told.parts(tree.product_groups, place + "/product_groups", form.Group):
        ids = tuple(one for _, one in told.texts(group.product_ids, where + "/product_ids"))
        for unknown in (i for i in ids if i not in found.by_id):
            told.refuse(where, "refusal.csaf.product", f"id={unknown}")
        found.groups.setdefault(text(group.group_id), ids)
    return found


def _keep(told: Told, found: Products, product: Product) -> None:
    """Adds a product; the first of one id stays."""
    if not product.id:
        told.refuse(product.place, "refusal.csaf.nameless")
    elif found.by_id.setdefault(product.id, product) is not product:
        told.refuse(product.place, "refusal.csaf.duplicate", f"id={product.id}")


def _leaves(told: Told, raw: Raw, place: str, above: Product, depth: int) -> Iterator[Product]:
    """Products of branches, depth first in the document's order."""
    if depth > DEEP:
        told.refuse(place, "refusal.csaf.deep", f"limit={DEEP}")
        return
    for where, branch in told.parts(raw, place, form.Branch):
        here = _narrowed(above, text(branch.category), text(branch.name))
        leaf = told.one(branch.product, where + "/product", form.FullName)
        if leaf is not None:
            yield _product(told, leaf, where + "/product", here)
        if not absent(branch.branches):
            yield from _leaves(told, branch.branches, where + "/branches", here, depth + 1)


def _narrowed(above: Product, category: str, name: str) -> Product:
    """What is known below a branch."""
    if category == "vendor":
        return replace(above, make=name)
    if category == "product_family":
        return replace(above, family=name)
    if category == "product_name":
        return replace(above, product=name)
    if category in ("product_version", "product_version_range"):
        return replace(above, version=name, is_range=category == "product_version_range")
    if category in ("patch_level", "service_pack"):
        return replace(above, version=f"{above.version} {name}".strip())
    if category in LIMITS:
        return replace(above, limits=(*above.limits, f"{category}={name}"))
    return above


def _product(told: Told, name: form.FullName, place: str, here: Product) -> Product:
    """A full product name below branches. Without a product_name above, its family or its own name is the product."""
    label = text(name.name)
    product = here.product or (here.family if not here.version else "") or label
    base = replace(here, id=text(name.product_id), place=place, label=label, product=product)
    return _identified(told, base, name.product_identification_helper, place + "/product_identification_helper")


def _identified(told: Told, product: Product, raw: Raw, place: str) -> Product:
    """The product with what its identification helper says; what the helper leaves out stays."""
    helper = told.one(raw, place, form.Helper)
    if helper is None:
        return product

    def listed(part: Raw, key: str) -> list[str]:
        return [value for _, value in told.texts(part, f"{place}/{key}")]

    purls = [p for p in (text(helper.purl), *listed(helper.purls, "purls")) if p]
    uris = [text(u.uri) for _, u in told.parts(helper.x_generic_uris, place + "/x_generic_uris", form.Uri)]
    also = [
        *(f"model_number={v}" for v in listed(helper.model_numbers, "model_numbers")),
        *(f"sku={v}" for v in listed(helper.skus, "skus")),
        *(f"purl={v}" for v in purls[1:]),
        *(f"uri={v}" for v in uris),
    ]
    serials = [f"serial_number={v}" for v in listed(helper.serial_numbers, "serial_numbers")]
    return replace(
        product,
        cpe=text(helper.cpe) or product.cpe,
        purl=(purls or [product.purl])[0],
        hashes=tuple(_hashes(told, helper.hashes, place + "/hashes")) or product.hashes,
        identifiers=(*product.identifiers, *also),
        limits=(*product.limits, *serials),
    )


def _hashes(told: Told, raw: Raw, place: str) -> Iterator[str]:
    """ "SHA256:..." of each file."""
    for where, hashed in told.parts(raw, place, form.Hashed):
        for _, one in told.parts(hashed.file_hashes, where + "/file_hashes", form.Hash):
            yield f"{text(one.algorithm).upper()}:{text(one.value)}"


def _links(told: Told, tree: form.Tree, place: str) -> Iterator[Link]:
    """Relationships of 2.0 and product paths of 2.1, in one form."""
    for where, old in told.parts(tree.relationships, place + "/relationships", form.Relationship):
        name = told.one(old.full_product_name, where + "/full_product_name", form.FullName)
        step = (text(old.category), text(old.relates_to_product_reference))
        if name is not None:
            yield Link(where, name, where + "/full_product_name", text(old.product_reference), (step,))
    for where, path in told.parts(tree.product_paths, place + "/product_paths", form.Path):
        name = told.one(path.full_product_name, where + "/full_product_name", form.FullName)
        subpaths = told.parts(path.subpaths, where + "/subpaths", form.Subpath)
        steps = tuple((text(s.category), text(s.next_product_reference)) for _, s in subpaths)
        if name is not None:
            first = text(path.beginning_product_reference)
            yield Link(where, name, where + "/full_product_name", first, steps)


def _join(told: Told, found: Products, links: list[Link]) -> None:
    """Adds the products that links make, each after those that it is made of; what is never made is refused."""
    waiting: dict[str, list[int]] = {}
    missing: list[int] = []
    for i, link in enumerate(links):
        needed = {link.first, *(target for _, target in link.steps)}
        found.used |= needed
        unknown = sorted(needed - found.by_id.keys())
        missing.append(len(unknown))
        for one in unknown:
            waiting.setdefault(one, []).append(i)
    ready = deque(i for i, count in enumerate(missing) if not count)
    while ready:
        product = _linked(told, found, links[ready.popleft()])
        _keep(told, found, product)
        for i in waiting.pop(product.id, ()):
            missing[i] -= 1
            if not missing[i]:
                ready.append(i)
    for link, count in zip(links, missing, strict=True):
        if count:
            told.refuse(link.place, "refusal.csaf.unmade", f"id={text(link.name.product_id)}")


def _linked(told: Told, found: Products, link: Link) -> Product:
    """The product that a link makes: its first, with what surrounds it, under the link's own name."""
    product = found.by_id[link.first]
    for relation, target in link.steps:
        product = _within(product, relation, found.by_id[target])
    product = replace(product, id=text(link.name.product_id), place=link.name_place, label=text(link.name.name))
    helper = link.name.product_identification_helper
    return _identified(told, product, helper, link.name_place + "/product_identification_helper")


def _within(product: Product, relation: str, other: Product) -> Product:
    """`product` in or beside `other`."""
    limits = list(dict.fromkeys((*product.limits, *other.limits)))
    if len(limits) > WIDE:
        raise ValueError("refusal.csaf.deep", f"limit={WIDE}")
    if relation in ALONGSIDE and product.inside is not None:
        return replace(product, limits=(*limits, f"{relation}={other.label}"))
    if product.inside is not None and product.inside_by in ALONGSIDE:
        limits.append(f"{product.inside_by}={product.inside.label}")
    outer = other
    if relation not in ALONGSIDE and other.inside is not None and other.inside_by not in ALONGSIDE:
        outer = other.inside
    return replace(product, inside=outer, inside_by=relation, limits=tuple(limits))
