"""Which names mean the same product: makers and product texts compared once per distinct pair."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hygie.names import kin, maker, product
from hygie.names.maker import Makers

NameKey = tuple[str, str]
"""Make and product as written."""

ANONYMOUS = 0.85
"""Factor where one side does not name its maker."""
BEGINNING = 0.85
"""Factor where one maker's name begins with the other's ("Fresenius", "BD Rowa")."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Tables of names, and what was already compared."""

    makers: Makers = maker.NONE
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _normal: dict[str, tuple[str, float]] = field(default_factory=dict)
    _pairs: dict[tuple[NameKey, NameKey, bool], float] = field(default_factory=dict)

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

    def same(self, one: NameKey, other: NameKey, wide: bool = False) -> float:
        """Probability that two (make, product) name the same product. `wide`: in another writing too."""
        pair = (one, other, wide)
        found = self._pairs.get(pair)
        if found is None:
            found = self._pairs[pair] = self._same(one, other, wide)
        return found

    def _same(self, one: NameKey, other: NameKey, wide: bool) -> float:
        """`same`, computed."""
        makers = self._makers(one[0], other[0])
        if makers == 0.0 and wide and _begins(self.key(one[0]), self.key(other[0])):
            makers = BEGINNING
        if makers == 0.0 or not one[1] or not other[1]:
            return 0.0
        words, _ = self._words(one, other)
        products = product.likeness(one[1], other[1], words)
        if products < product.LIKELY:
            left, right = product.name(one[1], words), product.name(other[1], words)
            if product.in_family(left, right, self.families) or product.in_family(right, left, self.families):
                products = product.FAMILY
            elif wide:
                products = kin.likeness(one[1], other[1], words)
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
    """Names of records by maker and by what they can be found by, so that few pairs are compared.

    `wide`: names in another writing are found too (see `names.kin`), for a question.
    """

    def __init__(self, naming: Naming, names: Iterable[NameKey], wide: bool = False) -> None:
        self._naming = naming
        self._wide = wide
        self._makers: dict[str, list[NameKey]] = {}
        self._keys: dict[str, dict[str, list[NameKey]]] = {}
        self._first: dict[str, list[str]] = {}
        self._found: dict[NameKey, tuple[tuple[NameKey, float], ...]] = {}
        self._has: dict[NameKey, bool] = {}
        for key in dict.fromkeys(names):
            self._makers.setdefault(naming.key(key[0]), []).append(key)

    def find(self, make: str, product_text: str) -> tuple[tuple[NameKey, float], ...]:
        """Names that may mean this product, with probability >= 0.75 for the product; kept per name."""
        asked = (make, product_text)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = tuple(sorted(self._search(asked), key=lambda pair: (-pair[1], pair[0])))
        return found

    def has(self, make: str, product_text: str) -> bool:
        """Whether `find` gives anything, kept per name: the first candidate that fits is enough."""
        asked = (make, product_text)
        known = self._has.get(asked)
        if known is None:
            known = self._has[asked] = bool(self._found.get(asked)) or next(self._search(asked), None) is not None
        return known

    def _search(self, asked: NameKey) -> Iterator[tuple[NameKey, float]]:
        """Candidates of all makers that it may stand under."""
        if not asked[1]:
            return
        reachable = dict.fromkeys([*self._naming.reachable(asked[0]), "", *self._beginning(self._naming.key(asked[0]))])
        makers = [key for key in reachable if key in self._makers]
        wanted = self._wanted(asked) if makers else set()
        for key in makers:
            postings = self._postings(key)
            candidates = dict.fromkeys(name for word in sorted(wanted) for name in postings.get(word, ()))
            for name in candidates:
                probability = self._naming.same(asked, name, self._wide)
                if probability > 0.0:
                    yield name, probability

    def _beginning(self, key: str) -> list[str]:
        """Makers whose name begins with this one, or begins it."""
        if not self._wide:
            return []
        if not self._first:
            for one in self._makers:
                self._first.setdefault(one.partition(" ")[0], []).append(one)
        return [one for one in self._first.get(key.partition(" ")[0], ()) if _begins(one, key)]

    def _shapes(self, text: str) -> set[str]:
        """What a text is found by."""
        shapes = set(kin.keys(text)) if self._wide else set()
        for reading in product.alternatives(text):
            parts = product.name(reading)
            shapes |= product.keys(parts) | {parts.joined}
        return shapes

    def _wanted(self, asked: NameKey) -> set[str]:
        """Words by which candidates are found; the families that the model is sold under too."""
        wanted = self._shapes(asked[1])
        for text in product.alternatives(asked[1]):
            parts = product.name(text)
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
                for word in self._shapes(name[1]):
                    postings.setdefault(word, []).append(name)
        return postings


def _begins(one: str, other: str) -> bool:
    """One key of a maker begins with the other's words."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 2 and long.startswith(short + " ")
