"""Which names mean the same product: makers and product texts compared once per distinct pair."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hygie.names import maker, product
from hygie.names.maker import Makers

NameKey = tuple[str, str]
"""Make and product as written."""

ANONYMOUS = 0.85
"""Factor where one side does not name its maker."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Tables of names, and what was already compared."""

    makers: Makers = maker.NONE
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _normal: dict[str, tuple[str, float]] = field(default_factory=dict)
    _pairs: dict[tuple[NameKey, NameKey], float] = field(default_factory=dict)

    def normal(self, make: str) -> tuple[str, float]:
        """Normal form of a maker and the probability that it is meant; kept."""
        found = self._normal.get(make)
        if found is None:
            found = self._normal[make] = maker.maker(make.replace("_", " "), self.makers)
        return found

    def key(self, make: str) -> str:
        """Key of a maker for indexes; "" unknown."""
        return maker.same_key(self.normal(make)[0])

    def reachable(self, make: str) -> dict[str, float]:
        """Maker keys under which a product of this maker may stand, with probability."""
        normal, probability = self.normal(make)
        if not normal:
            return {"": 1.0}
        return {key: value * probability for key, value in maker.reachable(normal, self.makers).items()}

    def same(self, one: NameKey, other: NameKey) -> float:
        """Probability that two (make, product) name the same product."""
        pair = (one, other)
        found = self._pairs.get(pair)
        if found is None:
            found = self._pairs[pair] = self._same(one, other)
        return found

    def _same(self, one: NameKey, other: NameKey) -> float:
        """`same`, computed."""
        makers = self._makers(one[0], other[0])
        if makers == 0.0 or not one[1] or not other[1]:
            return 0.0
        products = product.similarity(one[1], other[1], *self._words(one, other))
        if products < product.LIKELY:
            left, right = product.name(one[1]), product.name(other[1])
            if product.in_family(left, right, self.families) or product.in_family(right, left, self.families):
                products = product.FAMILY
        return makers * products if products >= product.LIKELY else 0.0

    def _makers(self, one: str, other: str) -> float:
        """Probability that the makers allow it."""
        left, left_sure = self.normal(one)
        right, right_sure = self.normal(other)
        if not left or not right:
            return ANONYMOUS
        return maker.related(left, right, self.makers) * min(left_sure, right_sure)

    def _words(self, one: NameKey, other: NameKey) -> tuple[str, str]:
        """Words of makers that a product text may repeat: its own maker's, in all spellings tied to it."""
        left, right = self.normal(one[0])[0], self.normal(other[0])[0]
        tied = " ".join([left, right, one[0], other[0]])
        tied += " " + " ".join(tie.other for tie in (*self.makers.ties.get(left, ()), *self.makers.ties.get(right, ())))
        return tied, tied


class NameIndex:
    """Names of records by maker and by what they can be found by, so that few pairs are compared."""

    def __init__(self, naming: Naming, names: Iterable[NameKey]) -> None:
        self._naming = naming
        self._makers: dict[str, list[NameKey]] = {}
        self._keys: dict[str, dict[str, list[NameKey]]] = {}
        self._found: dict[NameKey, tuple[tuple[NameKey, float], ...]] = {}
        for key in dict.fromkeys(names):
            self._makers.setdefault(naming.key(key[0]), []).append(key)

    def find(self, make: str, product_text: str) -> tuple[tuple[NameKey, float], ...]:
        """Names that may mean this product, with probability >= 0.75 for the product; kept per name."""
        asked = (make, product_text)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = tuple(sorted(self._search(asked), key=lambda pair: (-pair[1], pair[0])))
        return found

    def _search(self, asked: NameKey) -> Iterator[tuple[NameKey, float]]:
        """Candidates of all makers that it may stand under."""
        if not asked[1]:
            return
        reachable = dict.fromkeys([*self._naming.reachable(asked[0]), ""])
        makers = [key for key in reachable if key in self._makers]
        wanted = self._wanted(asked) if makers else set()
        for key in makers:
            postings = self._postings(key)
            candidates = dict.fromkeys(name for word in sorted(wanted) for name in postings.get(word, ()))
            for name in candidates:
                probability = self._naming.same(asked, name)
                if probability > 0.0:
                    yield name, probability

    def _wanted(self, asked: NameKey) -> set[str]:
        """Words by which candidates are found; the families that the model is sold under too."""
        wanted: set[str] = set()
        for text in product.alternatives(asked[1]):
            parts = product.name(text)
            wanted |= product.keys(parts) | {parts.joined}
            for family, models in self._naming.families.items():
                if parts.models.intersection(models):
                    wanted.add(family)
                if family in parts.words:
                    wanted.update(models)
        return wanted

    def _postings(self, key: str) -> dict[str, list[NameKey]]:
        """Word -> names of one maker; made when first asked for."""
        postings = self._keys.get(key)
        if postings is None:
            postings = self._keys[key] = {}
            for name in self._makers[key]:
                for text in product.alternatives(name[1]):
                    parts = product.name(text)
                    for word in product.keys(parts) | {parts.joined}:
                        postings.setdefault(word, []).append(name)
        return postings
