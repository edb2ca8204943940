"""One name for the spellings of a maker and of a product within a fleet.

What comes in: facts' table of makers and the texts that are met. What goes out: keys under which names are compared,
and the form that is shown: the one met most often.

Beside the table, one thing is learnt from the fleet itself: a maker whose words begin another maker's ("Quillane",
"Quillane Systems") is the same one, if both sell a product of one name.
"""

import re
from collections import Counter
from collections.abc import Iterable

from hygie.model.evidence import Evidence, Trait
from hygie.names.maker import Makers, fold, maker, same_key

_VERSION = re.compile(r"^(?:version|ver|rel|release|v)\b[ .:]*(?=\d)|^v(?=\d)", re.IGNORECASE)


class Naming:
    """Names of makers and products as one fleet writes them."""

    def __init__(self, makers: Makers) -> None:
        """`makers`: facts' table."""
        self._makers = makers
        self._key: dict[str, str] = {}
        self._merged: dict[str, str] = {}
        self._forms: dict[str, Counter[str]] = {}
        self._products: dict[tuple[str, str], Counter[str]] = {}

    def learn(self, evidence: Iterable[Evidence]) -> None:
        """Counts the spellings met, and finds makers written shorter."""
        made: dict[tuple[str, str], set[str]] = {}
        sold: dict[tuple[str, str], set[str]] = {}
        texts: Counter[str] = Counter()
        for e in evidence:
            if e.trait is Trait.MANUFACTURER:
                texts[e.value] += 1
                made.setdefault((e.reading, e.subject), set()).add(e.value)
            elif e.trait is Trait.PRODUCT:
                sold.setdefault((e.reading, e.subject), set()).add(e.value)
        for text, count in texts.items():
            normal, _ = maker(text, self._makers)
            self._forms.setdefault(self._plain(text), Counter())[normal] += count
        products: dict[str, set[str]] = {}
        for subject, names in made.items():
            for text in names:
                products.setdefault(self._plain(text), set()).update(fold(p) for p in sold.get(subject, ()))
        self._merge(products)
        for subject, names in sold.items():
            owner = min((self.key(text) for text in made.get(subject, ())), default="")
            for text in names:
                bare = self._bare(owner, text)
                self._products.setdefault((owner, fold(bare)), Counter())[bare] += 1

    def _merge(self, products: dict[str, set[str]]) -> None:
        """Lets short forms stand for the one longer form that sells the same."""
        first: dict[str, list[str]] = {}
        for key in sorted(products):
            first.setdefault(key.partition(" ")[0], []).append(key)
        for alike in first.values():
            for short in alike:
                longer = [k for k in alike if k.startswith(short + " ") and products[k] & products[short] - {""}]
                if len(longer) == 1 and len(short) >= 4:
                    self._merged[short] = longer[0]

    def _plain(self, text: str) -> str:
        known = self._key.get(text)
        if known is None:
            known = self._key[text] = same_key(maker(text, self._makers)[0])
        return known

    def key(self, text: str) -> str:
        """Key of a maker's name; "" for none."""
        key = self._plain(text)
        while key in self._merged:
            key = self._merged[key]
        return key

    def shown(self, text: str) -> str:
        """The maker's name as shown: the form met most often."""
        forms = self._forms.get(self.key(text))
        return _commonest(forms) if forms else maker(text, self._makers)[0]

    def product_key(self, make: str, product: str) -> str:
        """Key of a product's name under its maker."""
        return fold(self._bare(self.key(make), product))

    def product(self, make: str, product: str) -> str:
        """The product's name as shown."""
        owner = self.key(make)
        bare = self._bare(owner, product)
        forms = self._products.get((owner, fold(bare)))
        return _commonest(forms) if forms else bare

    def _bare(self, owner: str, product: str) -> str:
        """The product without its maker's name before it."""
        text = " ".join(product.split())
        words = text.split(" ")
        for end in range(min(len(words) - 1, 4), 0, -1):
            if owner and fold(" ".join(words[:end])) == owner:
                return " ".join(words[end:])
        return text


def _commonest(forms: Counter[str]) -> str:
    """The form met most often; among equals one that is not all capitals, then the first in the alphabet."""
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form))


def version(text: str) -> str:
    """A version without the word before it: "V 3.2" -> "3.2"."""
    return _VERSION.sub("", " ".join(text.split()))
