"""Which remediations of advisories answer a finding.

What comes in: findings with the origins of their becauses, statements, remedies. What goes out: remedies by finding.
A remedy answers a finding where it stands in the same document, about the same vulnerability, for the product of a
statement that the finding rests on (or for the whole document). A remedy for another product of the same advisory does
not: showing it would send the hospital after a wrong update.

A manufacturer's statement that a version is fixed, in a document that gives no remedy, is a remedy too: to install
that version. Not where the device has it already: then something else, a condition, keeps the finding open.
"""

from collections.abc import Iterable, Iterator

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Remedy, Statement, Status
from hygie.model.verdict import Finding

FIXED_VERSION = "fixed_version"
"""Category of the remedy that a statement is; its details are the version."""
_WHOLE = ("product", "firmware")
_HAS_IT = "because.match.version.inside"


class Remedies:
    """Remedies by what they answer."""

    def __init__(self, statements: Iterable[Statement], remedies: Iterable[Remedy]) -> None:
        self._stated: dict[str, list[Statement]] = {}
        for statement in statements:
            self._stated.setdefault(f"{statement.reading}#{statement.place}", []).append(statement)
        self._of_product: dict[tuple[str, str, str], list[Remedy]] = {}
        self._of_all: dict[tuple[str, str], list[Remedy]] = {}
        self._answers: dict[str, list[Remedy]] = {}
        self._said: dict[str, list[Statement]] = {}
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

    def said(self, finding: Finding) -> list[Statement]:
        """Statements that a finding's reasons cite, won or lost, each once."""
        known = self._said.get(finding.id)
        if known is None:
            known = self._said[finding.id] = list(self._cited(finding))
        return known

    def _cited(self, finding: Finding) -> Iterator[Statement]:
        """`said`, sought."""
        seen: set[tuple[str, str, str]] = set()
        for because in (*finding.because, *finding.against):
            cited = self._stated.get(because.origin, ())
            for one in cited:
                key = (one.reading, one.place, one.product_id)
                about = len(cited) == 1 or finding.vulnerability in (one.vulnerability, *one.aliases)
                if about and key not in seen:
                    seen.add(key)
                    yield one

    def maker_said(self, finding: Finding) -> list[Statement]:
        """Those of the product's manufacturer on the product, or on a component inside it."""
        whole = finding.part in _WHOLE
        return [
            one for one in self.said(finding) if one.speaker is Speaker.MANUFACTURER and (whole or one.inside_product)
        ]

    def _search(self, finding: Finding) -> list[Remedy]:
        found: dict[tuple[str, str], Remedy] = {}
        for because in (*finding.because, *finding.against):
            for statement in self._stated.get(because.origin, ()):
                about = (statement.reading, statement.vulnerability)
                for remedy in (*self._of_product.get((*about, statement.product_id), ()), *self._of_all.get(about, ())):
                    found[remedy.reading, remedy.place] = remedy
        documents = {remedy.document for remedy in found.values()}
        for said in self.maker_said(finding):
            if said.document not in documents and (remedy := _of_version(said, finding)) is not None:
                found[remedy.reading, remedy.place] = remedy
        return [found[key] for key in sorted(found)]


def _of_version(said: Statement, finding: Finding) -> Remedy | None:
    """The remedy that "fixed in this version" is; None for other statements, and where the device has that version."""
    where = f"{said.reading}#{said.place}"
    has_it = any(b.key == _HAS_IT and b.origin == where for b in (*finding.because, *finding.against))
    if said.status is not Status.FIXED or not said.version or has_it:
        return None
    return Remedy(
        said.reading, said.document, said.place, said.speaker, finding.vulnerability, FIXED_VERSION, said.version,
        "", said.dated, (said.product_id,),
    )  # fmt: skip
