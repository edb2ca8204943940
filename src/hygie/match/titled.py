"""Statements by the product that they name: in their own text, in their version's, else in their document's title.

A few documents leave the product's field empty of any name ("Version", under the title "Philips Alice 6
Vulnerabilities"). Who reads them knows what is meant; a program asks: such a name is worth `TITLED`, a question.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hygie.match.naming import NameIndex, NameKey, Naming
from hygie.model.knowledge import Advisory, Statement
from hygie.names import designations

TITLED = 0.85
"""Probability where only the title of the document names the product."""


def titles(advisories: Iterable[Advisory]) -> dict[str, str]:
    """Titles by document."""
    return {row.document: row.title for row in advisories if row.title}


def titled(row: Statement, titles: Mapping[str, str]) -> NameKey | None:
    """The name that the title gives to a statement that names no product itself."""
    name = designations.titled(row.product, titles.get(row.document, ""), row.make)
    return (row.make, name) if name else None


class Named:
    """Statements on products."""

    def __init__(self, naming: Naming, statements: Iterable[Statement], titles: Mapping[str, str]) -> None:
        self._by_name: dict[NameKey, list[Statement]] = {}
        self._by_title: dict[NameKey, list[Statement]] = {}
        for statement in statements:
            self._by_name.setdefault((statement.make, statement.product), []).append(statement)
            for name in designations.named(statement.product, statement.version):
                self._by_name.setdefault((statement.make, name), []).append(replace(statement, product=name))
            key = titled(statement, titles)
            if key is not None:
                self._by_title.setdefault(key, []).append(replace(statement, product=key[1]))
        self._names = NameIndex(naming, self._by_name, wide=True)
        self._titles = NameIndex(naming, self._by_title, wide=True)

    def has(self, make: str, product_text: str) -> bool:
        """Whether any statement may speak of this product."""
        return bool(self._names.find(make, product_text) or self._titles.find(make, product_text))

    def find(self, make: str, product_text: str) -> Iterator[tuple[Statement, float]]:
        """Statements that may mean this product, with the probability that they do."""
        for name, probability in self._names.find(make, product_text):
            yield from ((statement, probability) for statement in self._by_name[name])
        for name, probability in self._titles.find(make, product_text):
            yield from ((statement, min(probability, TITLED)) for statement in self._by_title[name])
