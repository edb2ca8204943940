"""Which remediations of advisories answer a finding.

What comes in: findings with the origins of their becauses, statements, remedies. What goes out: remedies by finding.
A remedy answers a finding where it stands in the same document, about the same vulnerability, for the product of a
statement that the finding rests on (or for the whole document). A remedy for another product of the same advisory does
not: showing it would send the hospital after a wrong update.
"""

from collections.abc import Iterable

from hygie.model.knowledge import Remedy, Statement
from hygie.model.verdict import Finding


class Remedies:
    """Remedies by what they answer."""

    def __init__(self, statements: Iterable[Statement], remedies: Iterable[Remedy]) -> None:
        self._stated: dict[str, list[Statement]] = {}
        for statement in statements:
            self._stated.setdefault(f"{statement.reading}#{statement.place}", []).append(statement)
        self._of_product: dict[tuple[str, str, str], list[Remedy]] = {}
        self._of_all: dict[tuple[str, str], list[Remedy]] = {}
        self._answers: dict[str, list[Remedy]] = {}
        for remedy in remedies:
            about = (remedy.reading, remedy.vulnerability)
            for product in remedy.product_ids:
                self._of_product.setdefault((*about, product), []).append(remedy)
            if not remedy.product_ids:
                self._of_all.setdefault(about, []).append(remedy)

    def of(self, finding: Finding) -> list[Remedy]:
        """Remedies that answer a finding, each once, in the order of their documents."""
        known = self._answers.get(finding.id)
        if known is None:
            known = self._answers[finding.id] = self._search(finding)
        return known

    def _search(self, finding: Finding) -> list[Remedy]:
        found: dict[tuple[str, str], Remedy] = {}
        for because in (*finding.because, *finding.against):
            for statement in self._stated.get(because.origin, ()):
                about = (statement.reading, statement.vulnerability)
                for remedy in (*self._of_product.get((*about, statement.product_id), ()), *self._of_all.get(about, ())):
                    found[remedy.reading, remedy.place] = remedy
        return [found[key] for key in sorted(found)]
