"""One name for the spellings of a maker and of a product within a fleet.

What comes in: facts' table of makers and the texts that are met. What goes out: keys under which names are compared,
and the form that is shown: the table's, else the one met most often.

Beside the table, one thing is learnt from the fleet itself: a maker whose words begin another maker's ("Quillane",
"Quillane Optics") is taken for the same one, if both sell a product of one name. That groups devices and models; it
never renames a maker, since advisories are found by the name: what one line of a list spells oddly must not take away
what is known of the others. A maker of the table is never taken for one that the table does not know.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from hygie.model.evidence import Evidence, Trait
from hygie.names import product as products
from hygie.names.maker import Makers, fold, maker, related, same_key

_VERSION = re.compile(r"^(?:version|ver|rel|release|v)\b[ .:]*(?=\d)|^v(?=\d)", re.IGNORECASE)

_SPACE = re.compile(r"(?<!\d) | (?!\d)")
"""Not between two digits."""


Shape = tuple[products.Name, ...]
"""A product's name as matching takes it apart: texts of one shape are found by the same advisories."""


class Naming:
    """Names of makers and products as one fleet writes them."""

    def __init__(self, makers: Makers) -> None:
        """`makers`: facts' table."""
        self._makers = makers
        self._known = frozenset(normal for normal, _ in makers.spellings.values())
        self._key: dict[str, str] = {}
        self._merged: dict[str, str] = {}
        self._forms: dict[str, Counter[str]] = {}
        self._products: dict[tuple[str, Shape], Counter[str]] = {}
        self._product_keys: dict[tuple[str, str], str] = {}
        self._spelt: dict[str, str] = {}

    def learn(self, said: Iterable[Mapping[Trait, list[Evidence]]]) -> None:
        """Counts the spellings met, and finds makers written shorter. `said`: the statements of each subject."""
        texts: Counter[tuple[str, str]] = Counter()
        """(maker, product) as written; "" where one is not said."""
        for subject in said:
            made, sold = subject.get(Trait.MANUFACTURER, ()), subject.get(Trait.PRODUCT, ())
            for one in made or sold[:1]:
                for other in sold or made[:1]:
                    texts[one.value if made else "", other.value if sold else ""] += 1
        sells: dict[str, set[str]] = {}
        for (make, product), count in texts.items():
            if make:
                normal, _ = maker(make, self._makers)
                self._forms.setdefault(self._plain(make), Counter())[normal] += count
                sells.setdefault(self._plain(make), set()).add(fold(product))
        self._merge(sells)
        for (make, product), count in texts.items():
            if product:
                bare = self._bare(make, product)
                self._products.setdefault((self.key(make), _shape(bare)), Counter())[bare] += count

    def _merge(self, sells: dict[str, set[str]]) -> None:
        """Lets short forms stand for the one longer form that sells the same; where the table knows a form, the longer
        ones that it does not know stand for that one, and it stands for itself."""
        known = {self._plain(make) for make in self._key if self.known(make)}
        first: dict[str, list[str]] = {}
        for key in sorted(sells):
            first.setdefault(key.partition(" ")[0], []).append(key)
        for alike in first.values():
            for short in alike:
                longer = [k for k in alike if k.startswith(short + " ") and sells[k] & sells[short] - {""}]
                if short in known:
                    self._merged.update(dict.fromkeys((k for k in longer if k not in known), short))
                elif len(longer) == 1 and len(short) >= 4 and short not in self._merged:
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

    def same(self, one: str, other: str) -> bool:
        """One maker; one that begins the other's name ("Norvane", "Norvane Imaging"); or one that bears its brand."""
        short, long = sorted((self.key(one), self.key(other)), key=len)
        if long == short or long.startswith(short + " "):
            return True
        return related(maker(one, self._makers)[0], maker(other, self._makers)[0], self._makers) > 0.0

    def known(self, text: str) -> bool:
        """Whether the table knows the maker."""
        return maker(text, self._makers)[0] in self._known

    def shown(self, text: str) -> str:
        """The maker's name as shown: the table's, else the form met most often of those that differ by a legal form or
        a word of trade. Which others it is taken for makes no difference."""
        normal = maker(text, self._makers)[0]
        if normal in self._known:
            return normal
        forms = self._forms.get(self._plain(text), Counter())
        named = {form: count for form, count in forms.items() if form not in self._known}
        return _commonest(named) if named else normal

    def product_key(self, make: str, product: str) -> str:
        """Key of a product's name under its maker: "CMS-8000", "CMS 8000" and "CMS8000" are one, as "Vue PACS" and
        "VuePACS" are. Spellings that are shown alike have one key."""
        key = self._product_keys.get((make, product))
        if key is None:
            bare = self._bare(make, product)
            key, words = _tight(bare), fold(bare.replace("+", " plus "))
            known = self._spelt.setdefault(key, words)
            self._spelt[key] = max(known, words, key=lambda text: (text.count(" "), text))
            self._product_keys[make, product] = key
        return key

    def spelt(self, key: str) -> str:
        """The words of a product's key, for comparing: of the spellings met so far the one with the most words."""
        return self._spelt.get(key, key)

    def product(self, make: str, product: str) -> str:
        """The product's name as shown: the form met most often of those that matching takes apart in the same way."""
        bare = self._bare(make, product)
        forms = self._products.get((self.key(make), _shape(bare)))
        return _commonest(forms) if forms else bare

    def _bare(self, make: str, product: str) -> str:
        """The product without its maker's name before it."""
        text = " ".join(product.split())
        owners = {self._plain(make), self.key(make)} - {""}
        if not owners or same_key(text) in owners:
            return text
        words = text.split(" ")
        for end in range(min(len(words) - 1, 4), 0, -1):
            if same_key(" ".join(words[:end])) in owners:
                return " ".join(words[end:])
        return text


def _shape(text: str) -> Shape:
    """A product's name taken apart, with all that it may be read as: "Link+" and "Link" are two, "E-95" is "E 95"."""
    return (products.name(text), *map(products.name, products.alternatives(text)))


def _tight(text: str) -> str:
    """A product's name without the spaces between its words. Between two digits they stay ("X 1 2" is not "X 12"), and
    so does a span of model numbers."""
    taken = products.name(text)
    spans = "".join(f" {span.prefix}{span.low}-{span.high}" for span in taken.spans)
    return _SPACE.sub("", taken.folded or fold(text)) + spans


def _commonest(forms: Mapping[str, int]) -> str:
    """The form met most often; among equals one that is not all capitals, one with accents, the first."""
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form.isascii(), form))


def version(text: str) -> str:
    """A version without the word before it: "V 3.2" -> "3.2"."""
    return _VERSION.sub("", " ".join(text.split()))
