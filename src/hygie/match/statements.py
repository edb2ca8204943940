"""Claims from statements (CSAF, VEX, letters): about a product, a component, a component inside a product."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygie.match import limits as bounds
from hygie.match.claims import ALL_VERSIONS, DERIVED, FROM_FIX, INSIDE, STUDIED, Claim, Part, origin
from hygie.match.naming import NameIndex, NameKey, Naming
from hygie.match.packages import is_precise, names_of, package_keys, scheme_of
from hygie.match.titled import Named
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Statement, Status
from hygie.model.verdict import Because, Verdict
from hygie.names import designations, product, ranges
from hygie.names.kin import KIN
from hygie.names.maker import fold
from hygie.names.version import FIRMWARE, order

SILENT = (Status.RECOMMENDED,)
"""Statuses that say nothing of whether a product is affected."""

Reasons = tuple[Because, ...]

UNDECIDED = {Status.UNDER_INVESTIGATION, Status.UNKNOWN}

_VERDICTS = {
    Status.AFFECTED: Verdict.AFFECTED,
    Status.FIXED: Verdict.FIXED,
    Status.NOT_AFFECTED: Verdict.NOT_AFFECTED,
}


class Read(NamedTuple):
    """A statement against one version."""

    statement: Statement
    inside: bool | None
    """The version lies in what it speaks of; None cannot be said."""
    known: ranges.Range | None
    """None: its text is not understood."""
    limits: tuple[str, ...] = ()
    """What it limits itself to and nobody checked."""


class Statements:
    """Statements by what they speak of."""

    def __init__(
        self, naming: Naming, statements: Iterable[Statement], titles: Mapping[str, str] | None = None
    ) -> None:
        self._naming = naming
        products: list[Statement] = []
        self._by_container: dict[NameKey, list[Statement]] = {}
        self._by_package: dict[str, list[Statement]] = {}
        """By key of a package URL or CPE."""
        self._by_word: dict[str, list[Statement]] = {}
        """By folded name, of those that give neither."""
        for statement in statements:
            if statement.status in SILENT:
                continue
            if statement.inside_product:
                key = (statement.inside_make, statement.inside_product)
                self._by_container.setdefault(key, []).append(statement)
                continue
            products.append(statement)
            for package in package_keys(statement.cpe, statement.purl):
                self._by_package.setdefault(package, []).append(statement)
            if not (statement.cpe or statement.purl):
                self._by_word.setdefault(fold(statement.product), []).append(statement)
        self._products = Named(naming, products, titles or {})
        self._containers = NameIndex(naming, self._by_container, wide=True)

    def names(self, make: str, product_text: str) -> bool:
        """Whether any statement may speak of this product."""
        return self._products.has(make, product_text) or bool(self._containers.find(make, product_text))

    def of_product(self, part: Part, versions: tuple[str, ...], serials: tuple[str, ...] = ()) -> Iterator[Claim]:
        """Claims on a product; `versions` are what it says of its version, best first; `serials` () = not known.

        Statements are grouped by document and vulnerability; of each group the best names are taken. Where those leave
        the version out, names that are nearly the same are asked about; other writings are not: the document names it.
        """
        groups: dict[tuple[str, str], list[tuple[Statement, float]]] = {}
        for statement, probability in self._products.find(part.make, part.product):
            groups.setdefault((statement.document, statement.vulnerability), []).append((statement, probability))
        for rows in groups.values():
            sure = [row for row in rows if row[1] >= product.SURE]
            name = (part.make, part.product)
            said = _read(sure or rows, versions, name, serials)
            yield from said
            other = [row for row in rows if KIN < row[1] < product.SURE]
            if sure and other and all(claim.specificity == DERIVED for claim in said):
                yield from _read(other, versions, name, serials)

    def of_component(self, component: Part) -> Iterator[Claim]:
        """Claims on a component wherever it is used: same package URL or CPE product, else same name and maker, as it
        gives them or as its CPE does."""
        groups: dict[tuple[str, str, float], list[Statement]] = {}
        for key in package_keys(component.cpe, component.purl) if self._by_package else ():
            for statement in self._by_package.get(key, ()):
                groups.setdefault((statement.document, statement.vulnerability, 1.0), []).append(statement)
        for make, named in names_of(component):
            for statement in self._by_word.get(fold(named), ()):
                if self._same_maker(statement.make, make):
                    groups.setdefault((statement.document, statement.vulnerability, 0.8), []).append(statement)
        for (_, _, probability), rows in groups.items():
            name = (component.make, component.product)
            for claim in read_group(rows, (component.version,), probability, name, scheme_of(component)):
                if claim.specificity != DERIVED:
                    yield claim._replace(speaker=Speaker.THIRD_PARTY)

    def _same_maker(self, one: str, other: str) -> bool:
        """Both makers known and the same."""
        return bool(one and other) and self._naming.key(one) == self._naming.key(other)

    def inside(
        self, part: Part, versions: tuple[str, ...], others: Sequence[tuple[str, ...]] = ()
    ) -> list[tuple[Statement, float, bool | None]]:
        """Statements about components inside this product: with probability and whether the version is meant.

        `others`: the same in each contested version; where not all are meant, or none, it cannot be said.
        """
        found: list[tuple[Statement, float, bool | None]] = []
        for name, probability in self._containers.find(part.make, part.product):
            for statement in self._by_container[name]:
                known = ranges.parse(statement.inside_version)
                each = {None if known is None else holds(known, one) for one in (versions, *others)}
                meant = each.pop() if len(each) == 1 else None
                if meant is not False:
                    found.append((statement, probability, meant))
        return found


def holds(known: ranges.Range, versions: Sequence[str], scheme: str = FIRMWARE) -> bool | None:
    """Whether the first version that can be compared lies in the range."""
    for version in versions:
        inside = ranges.contains(known, version, scheme)
        if inside is not None or _coarse(known, version, scheme):
            return inside
    return ranges.contains(known, "", scheme) if not versions else None


def _coarse(known: ranges.Range | None, version: str, scheme: str = FIRMWARE) -> bool:
    """Whether the version is known, and not precisely enough."""
    return known is not None and scheme == FIRMWARE and ranges.coarse(known, version)


def _read(
    rows: Sequence[tuple[Statement, float]], versions: tuple[str, ...], name: NameKey, serials: tuple[str, ...]
) -> list[Claim]:
    """Claims of one document's statements; what is only concluded of a similar name is left out."""
    best = max(probability for _, probability in rows)
    claims = list(read_group([statement for statement, _ in rows], versions, best, name, serials=serials))
    return [claim for claim in claims if best >= product.SURE or claim.specificity != DERIVED]


def read_group(
    rows: Sequence[Statement],
    versions: Sequence[str],
    probability: float,
    asked: NameKey,
    scheme: str = FIRMWARE,
    serials: tuple[str, ...] = (),
) -> Iterator[Claim]:
    """Claims of one document on one vulnerability and one product of some version."""
    reads: list[Read] = []
    for row in rows:
        limits = bounds.left(row.limits, serials)
        if limits is not None:
            known = ranges.parse(row.version)
            inside = None if known is None else holds(known, versions, scheme)
            if inside is False and row.status is Status.AFFECTED and designations.numbers(row.version):
                inside = None  # model numbers in place of versions leave no version out
            reads.append(Read(row, inside, known, limits))
    affected = [read for read in reads if read.statement.status is Status.AFFECTED]
    said = [read for read in affected if read.inside is not False]
    for read in said:
        yield _affected(read, versions, probability, asked)
    concluded = list(_others(reads, bool(said), versions, probability, asked, scheme))
    yield from concluded
    if affected and not said and not concluded:
        of_family = [read._replace(inside=None) for read in affected if _may_mean(read, versions, scheme)]
        yield from (_affected(read, versions, probability, asked) for read in of_family)
        if not of_family:
            yield _outside(affected, versions, probability, asked)


def _may_mean(read: Read, versions: Sequence[str], scheme: str) -> bool:
    """The statement names a version that is written shorter than the product's and may mean all that begin with it."""
    known = read.known
    if known is None or scheme != FIRMWARE or known.scheme not in ("", FIRMWARE):
        return False
    return any(ranges.shorter(known, version) for version in versions)


def _others(
    reads: Sequence[Read], said: bool, versions: Sequence[str], probability: float, asked: NameKey, scheme: str
) -> Iterator[Claim]:
    """Claims of the statuses other than affected; `said`: this version is already told affected or possible."""
    spoken = any(read.statement.status is Status.AFFECTED for read in reads)
    for read in reads:
        status = read.statement.status
        if status is Status.FIXED:
            claim = _fixed(read, said, spoken, versions, probability, asked, scheme)
            if claim is not None:
                yield claim
        elif status is Status.NOT_AFFECTED and read.inside is not False:
            verdict = Verdict.NOT_AFFECTED if read.inside else Verdict.UNKNOWN
            yield _claim(read, verdict, versions, probability, asked)
        elif status in UNDECIDED and read.inside is not False:
            yield _claim(read, Verdict.UNKNOWN, versions, probability, asked)


def _affected(read: Read, versions: Sequence[str], probability: float, asked: NameKey) -> Claim:
    """Affected, or possible where the version cannot be told."""
    verdict = Verdict.AFFECTED if read.inside else Verdict.POSSIBLE
    return _claim(read, verdict, versions, probability, asked)


def _fixed(
    read: Read, said: bool, spoken: bool, versions: Sequence[str], probability: float, asked: NameKey, scheme: str
) -> Claim | None:
    """Fixed in this version; later than a fixed version; or before it."""
    if read.inside and (spoken or is_precise(read.statement.version, read.statement.cpe, read.statement.purl)):
        return _claim(read, Verdict.FIXED, versions, probability, asked)
    if said:
        return None
    if read.inside:
        return _fixed_somewhere(_claim(read, Verdict.POSSIBLE, versions, probability, asked))
    if read.inside is None or read.known is None:
        return None if spoken else _concluded(_claim(read, Verdict.POSSIBLE, versions, probability, asked))
    after = [
        order(read.known.scheme or scheme).compare(version, interval.start)
        for interval in read.known.intervals
        if interval.exact
        for version in versions[:1]
    ]
    if after and all(sign == 1 for sign in after):
        claim = _claim(read, Verdict.FIXED, versions, probability, asked)
        return claim._replace(specificity=FROM_FIX, because=_placed(claim, _version("after", read, versions)))
    if spoken:
        return None
    claim = _concluded(_claim(read, Verdict.POSSIBLE, versions, probability, asked))
    return claim._replace(
        because=_placed(claim, _version("before", read, versions)), question="question.match.affected", sure=False
    )


def _placed(claim: Claim, *told: Because) -> Reasons:
    """A claim's reasons, with other words on how the version lies."""
    return (*(one for one in claim.because if not one.key.startswith("because.match.version")), *told)


def _fixed_somewhere(claim: Claim) -> Claim:
    """A fix whose version nobody gives: whether this device has it cannot be said."""
    because = (*claim.because, Because("because.match.fixed.unsaid", (), claim.because[0].origin))
    return _concluded(claim)._replace(because=because, question="question.match.fixed", sure=False)


def _concluded(claim: Claim) -> Claim:
    """What nobody said: Hygie's own conclusion from a speaker's words."""
    return claim._replace(speaker=Speaker.HYGIE, rests_on=claim.speaker)


def _outside(reads: Sequence[Read], versions: Sequence[str], probability: float, asked: NameKey) -> Claim:
    """The version lies outside all that the document states; a list of single versions says nothing of others."""
    listed = all(read.known is not None and read.known.listed for read in reads)
    first = min(reads, key=lambda read: origin(read.statement))
    first = first._replace(limits=bounds.without_conditions(first.limits))  # said of the versions that it leaves out
    verdict = Verdict.UNKNOWN if listed else Verdict.NOT_AFFECTED
    claim = _claim(first, verdict, versions, probability, asked)
    key = "unlisted" if listed else "outside"
    shown = tuple(dict.fromkeys(_version(key, read, versions) for read in reads))[:4]
    claim = claim._replace(
        because=_placed(claim, *shown),
        specificity=DERIVED,
        question="question.match.affected" if listed else claim.question,
    )
    return _concluded(claim) if listed else claim


def _claim(read: Read, verdict: Verdict, versions: Sequence[str], probability: float, asked: NameKey) -> Claim:
    """A claim with its reasons; clearing verdicts need a sure name and no limit that cannot be checked."""
    statement = read.statement
    because = [told(statement)]
    question, sure = "", True
    if statement.justification:
        args = (f"justification={statement.justification}",)
        because.append(Because("because.match.justification", args, origin(statement)))
    if probability < 1.0:
        because.append(alike(asked, (statement.make, statement.product), probability, origin(statement)))
    if read.inside is None or not (read.known is None or read.known.everything):
        because.append(_version(_version_key(read, versions), read, versions))
    if read.inside is None:
        question, sure = _version_question(read, versions), False
    elif statement.status is Status.UNDER_INVESTIGATION:
        question = STUDIED
    weighed = bounds.weigh(verdict, statement, read.limits)
    because.extend(weighed.because)
    if weighed.question:
        verdict, question, sure = weighed.verdict, weighed.question, False
    if (left := bounds.named_so(verdict, probability)) is not verdict or probability < product.SURE:
        verdict, question, sure = left, "question.match.product", False
    specificity = read.known.specificity if read.known is not None else ALL_VERSIONS
    return Claim(
        vulnerability=statement.vulnerability,
        verdict=verdict,
        speaker=statement.speaker,
        document=statement.document,
        dated=statement.dated,
        specificity=specificity,
        probability=probability,
        because=tuple(because),
        question=question,
        sure=sure,
    )


def told(statement: Statement) -> Because:
    """What the statement says, as the document has it."""
    thing = " ".join(word for word in (statement.make, statement.product) if word)
    args = (
        f"publisher={statement.publisher}",
        f"product={thing}",
        f"version={statement.version}",
        f"document={statement.document}",
    )
    return Because(f"because.match.statement.{statement.status.name.lower()}", args, origin(statement))


def alike(asked: NameKey, named: NameKey, probability: float, where: str) -> Because:
    """Two names that are taken for the same."""
    args = (
        f"device={' '.join(word for word in asked if word)}",
        f"record={' '.join(word for word in named if word)}",
        f"percent={round(100 * probability)}",
    )
    return Because("because.match.name", args, where)


def _version_key(read: Read, versions: Sequence[str]) -> str:
    """Which sentence tells how the version lies."""
    if read.inside is not None:
        return "inside" if read.inside else "outside"
    if read.known is None:
        return "unread"
    if not any(versions) or any(_coarse(read.known, version) for version in versions[:1]):
        return "missing"
    return "condition" if read.known.condition else "unclear"


def _version_question(read: Read, versions: Sequence[str]) -> str:
    """What would settle it."""
    if read.known is not None and (not any(versions) or any(_coarse(read.known, version) for version in versions[:1])):
        return "question.match.version"
    if read.known is not None and read.known.condition:
        return "question.match.condition"
    return "question.match.range"


def _version(key: str, read: Read, versions: Sequence[str]) -> Because:
    """How the device's version lies to the statement's text."""
    args = (f"version={next((v for v in versions if v), '')}", f"range={read.statement.version}")
    return Because(f"because.match.version.{key}", args, origin(read.statement))


def inside_claim(
    statement: Statement, probability: float, meant: bool | None, component: Part | None, why: Reasons = ()
) -> list[Claim]:
    """Claims from a statement about a component in this product; `component` is the SBOM's, where it has it.

    `why`: reasons why it cannot be said whether the product's version is meant.
    """
    version = component.version if component is not None else ""
    name = (statement.inside_make, statement.inside_product)
    versions = (version,) if version else ()
    known = ranges.parse(statement.version)
    if component is None and known is not None:
        known = ranges.ALL  # nobody lists the component: the statement speaks of the one that is in there
    inside = None if known is None else holds(known, versions or ("",), "generic")
    read = Read(statement, inside, known, statement.limits)
    verdict = _VERDICTS.get(statement.status, Verdict.UNKNOWN)
    if read.inside is False:
        return []
    if read.inside is None:
        verdict = bounds.lowered(verdict)
    claim = _claim(read, verdict, versions, probability, name)
    where = f"{' '.join(word for word in name if word)} {statement.inside_version}".strip()
    because = Because("because.match.inside", (f"product={where}",), origin(statement))
    claim = claim._replace(specificity=INSIDE, because=(claim.because[0], because, *claim.because[1:]))
    if meant is None:
        claim = claim._replace(verdict=bounds.lowered(claim.verdict), question="question.match.version", sure=False)
        claim = claim._replace(because=(*claim.because, *why))
    return [claim]
