"""Claims from what records say of a part: hits of one record folded into one claim each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygie.match.claims import ALL_VERSIONS, DERIVED, Claim, Part, origin
from hygie.match.naming import NameKey
from hygie.match.parts import Found
from hygie.match.records import Asked, Hit, Records, bounded, coarse, shown
from hygie.match.statements import alike
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.model.verdict import Because, Verdict
from hygie.names import product

Dates = Mapping[tuple[str, str], str]
"""(vulnerability, "nvd" or "cve5") -> instant of the record's last change."""


def dated(dates: Dates, row: Applicability) -> str:
    """When the record that holds a row last changed; "" unknown."""
    return dates.get((row.vulnerability, "nvd" if row.source == "nvd" else "cve5"), "")


def document(row: Applicability) -> str:
    """How a record is cited."""
    return f"{row.vulnerability} ({row.source})"


def verdict_of(hits: Sequence[Hit]) -> tuple[Verdict, Hit] | None:
    """What the hits of one record say together: inside an affected range goes first, then unaffected, then doubt."""
    best: tuple[int, Verdict, Hit] | None = None
    for hit in sorted(hits, key=_place) if len(hits) > 1 else hits:
        row = hit.row
        if row.unknown:
            score, verdict = (2, Verdict.UNKNOWN)
        elif row.affected:
            score, verdict = (4, Verdict.AFFECTED) if hit.truth else (1, Verdict.POSSIBLE)
        elif hit.truth:
            score, verdict = (3, Verdict.NOT_AFFECTED)
        else:
            continue
        if best is None or score > best[0]:
            best = (score, verdict, hit)
    return None if best is None else (best[1], best[2])


def _place(hit: Hit) -> tuple[str, str]:
    """Order of hits of one record."""
    return (hit.row.place, hit.row.reading)


def by_record(found: Iterable[Found]) -> dict[tuple[str, str], list[Found]]:
    """Hits by vulnerability and source; of one record the sure names go before doubtful ones."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        groups.setdefault((one.hit.row.vulnerability, one.hit.row.source), []).append(one)
    for key, members in groups.items():
        if len(members) == 1:
            continue
        best = max(one.probability for one in members)
        if best >= product.SURE:
            groups[key] = [one for one in members if one.probability >= product.SURE]
    return groups


class Citations:
    """Rows as reasons cite them, each written once: components of many SBOMs are hit by the same rows."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[tuple[str, str, str], Because, Applicability]] = {}

    def of(self, row: Applicability) -> tuple[tuple[str, str, str], Because]:
        """Arguments record, source, range; and the row as a reason of its own."""
        found = self._kept.get(id(row))
        if found is None:
            because = named(row)
            args = (because.args[0], because.args[1], because.args[3])
            found = self._kept[id(row)] = (args, because, row)  # the row is held, so that its id stays its own
        return found[0], found[1]


class Word(NamedTuple):
    """What one record says of a component, wherever it is used."""

    found: Found
    verdict: Verdict


def words(found: Iterable[Found]) -> tuple[Word, ...]:
    """One word for each record that hits a component."""
    said: list[Word] = []
    for members in by_record(found).values():
        one = verdict_of([member.hit for member in members])
        if one is not None:
            said.append(Word(next(member for member in members if member.hit is one[1]), one[0]))
    return tuple(said)


def component_claims(
    part: Part, said: Iterable[Word], bom: str, where: str, dates: Dates, citations: Citations
) -> Iterator[Claim]:
    """Claims on a component of an SBOM (or on what traffic told: `bom` "")."""
    head = (f"component={part.product}", f"version={part.version}", f"bom={bom}")
    for word in said:
        yield _component_claim(part, word.found, word.verdict, head, where, dates, citations)


def _component_claim(
    part: Part,
    found: Found,
    verdict: Verdict,
    head: tuple[str, str, str],
    where: str,
    dates: Dates,
    citations: Citations,
) -> Claim:
    """One claim: the record names the component; the manufacturer has not said whether the product uses it so."""
    row = found.hit.row
    question = found.question
    if not question and found.hit.truth is None:
        question = "question.match.version" if not part.version else "question.match.edition"
    if question and verdict is Verdict.AFFECTED:
        verdict = Verdict.POSSIBLE
    tail, because = citations.of(row)
    taken = () if part.cpe or not row.cpe else (_taken(part, row, found.probability),)
    return Claim(
        vulnerability=row.vulnerability,
        verdict=verdict,
        speaker=Speaker.THIRD_PARTY,
        document=document(row),
        dated=dated(dates, row),
        specificity=specificity(row),
        probability=found.probability,
        because=(Because(_key(head, verdict), head + tail, where), because, *taken),
        question=question,
        sure=not question,
    )


def _taken(part: Part, row: Applicability, probability: float) -> Because:
    """A component without CPE and a record's product that are taken for the same software."""
    args = (
        f"component={part.purl or part.product}",
        f"record={' '.join(word for word in (row.make, row.product) if word)}",
        f"percent={round(100 * probability)}",
    )
    return Because("because.match.package", args, origin(row))


def _key(head: tuple[str, str, str], verdict: Verdict) -> str:
    """Which sentence tells how a component and a record meet."""
    key = "because.match.component" if head[2] != "bom=" else "because.match.traffic"
    return key if verdict is Verdict.AFFECTED else f"{key}.{verdict.name.lower()}"


def specificity(row: Applicability) -> int:
    """3 a single version, 2 a range, 0 all versions."""
    if bounded(row):
        return 2
    return 3 if row.version not in ("", "*", "-") else ALL_VERSIONS


def named(row: Applicability) -> Because:
    """The record's row as it stands."""
    args = (
        f"record={row.vulnerability}",
        f"source={row.source}",
        f"product={' '.join(word for word in (row.make, row.product) if word)}",
        f"range={shown(row)}",
    )
    return Because("because.match.record", args, origin(row))


def product_claims(
    records: Records, asked_name: NameKey, versions: tuple[str, str], outside: bool, dates: Dates
) -> Iterator[Claim]:
    """Claims of rows that stand alone on a product; `versions`: of the product and of its firmware."""
    names = records.index.find(*asked_name)
    rows = [(row, probability) for name, probability in names for row in records.named(name)]
    yield from row_claims(records, rows, asked_name, versions, outside, dates)


def row_claims(
    records: Records,
    rows: Iterable[tuple[Applicability, float]],
    asked_name: NameKey,
    versions: tuple[str, str],
    outside: bool,
    dates: Dates,
    asked: Asked | None = None,
) -> Iterator[Claim]:
    """Claims of rows with their name's probability, record by record; `outside`: also what ranges leave out."""
    groups: dict[tuple[str, str], list[tuple[Applicability, float]]] = {}
    for row, probability in rows:
        groups.setdefault((row.vulnerability, row.source), []).append((row, probability))
    for members in groups.values():
        sure = [member for member in members if member[1] >= product.SURE]
        similar = [member for member in members if member[1] < product.SURE]
        for kept in (sure, similar):
            if not kept:
                continue
            reads = [(Hit(row, records.truth(row, asked or _asked(row, versions))), p) for row, p in kept]
            claim = _group_claim(reads, asked_name, versions, outside, dates, asked)
            if claim is not None:
                yield claim
                if claim.specificity != DERIVED:
                    break  # similar names count only where the product's own leave its version out


def _asked(row: Applicability, versions: tuple[str, str]) -> Asked:
    """Which version a row asks for: firmware rows the firmware's, others the product's; each in want of the other."""
    main, firmware = versions
    of_firmware = "firmware" in row.product.lower() or row.cpe[:10] == "cpe:2.3:o:"
    return Asked((firmware or main) if of_firmware else (main or firmware), "firmware")


def _group_claim(
    reads: list[tuple[Hit, float]],
    asked_name: NameKey,
    versions: tuple[str, str],
    outside: bool,
    dates: Dates,
    asked: Asked | None,
) -> Claim | None:
    """One record's word on a product."""
    said = verdict_of([hit for hit, _ in reads if hit.truth is not False])
    probability = max(p for _, p in reads)
    derived = said is None
    if derived and asked is not None and not asked.certain:
        return None  # what a release that it may not even be leaves out says nothing of it
    if said is None:
        said = _left_out([hit.row for hit, _ in reads]) if probability >= product.SURE else None
        if said is None or (not outside and said[0] in (Verdict.NOT_AFFECTED, Verdict.UNKNOWN)):
            return None
    verdict, hit = said
    row = hit.row
    version = (asked or _asked(row, versions)).version
    because = [named(row)]
    if probability < 1.0:
        because.append(alike(asked_name, (row.make, row.product), probability, origin(row)))
    key = _version_key(verdict, hit, version, derived)
    if key:
        because.append(Because(f"because.match.version.{key}", _args(version, row), origin(row)))
    if row.platforms and verdict is not Verdict.UNKNOWN:
        because.append(Because("because.match.platforms", (f"platforms={'; '.join(row.platforms)}",), origin(row)))
    question = _question(hit, version, asked is not None) if not derived else ""
    if probability < product.SURE:
        verdict, question = _doubtful(verdict), "question.match.product"
    return Claim(
        vulnerability=row.vulnerability,
        verdict=verdict,
        speaker=row.speaker,
        document=document(row),
        dated=dated(dates, row),
        specificity=DERIVED if derived else specificity(row),
        probability=probability,
        because=tuple(because),
        question=question,
        sure=not question,
    )


def _version_key(verdict: Verdict, hit: Hit, version: str, derived: bool) -> str:
    """Which sentence tells how the version lies; "" none."""
    if derived:
        return {Verdict.NOT_AFFECTED: "outside", Verdict.UNKNOWN: "unlisted"}.get(verdict, "default")
    if hit.truth is None:
        return "unclear" if version and not coarse(hit.row, version) else "missing"
    return "inside" if hit.row.version != "*" else ""


def _question(hit: Hit, version: str, system: bool) -> str:
    """What would settle a hit that is not sure; "" where it is."""
    if hit.truth is not None:
        return ""
    if system:
        return "question.match.os"
    return "question.match.range" if version and not coarse(hit.row, version) else "question.match.version"


def _doubtful(verdict: Verdict) -> Verdict:
    """What is left of a verdict about a product of a similar name."""
    return Verdict.POSSIBLE if verdict in (Verdict.AFFECTED, Verdict.POSSIBLE) else Verdict.UNKNOWN


def _args(version: str, row: Applicability) -> tuple[str, ...]:
    """Arguments of sentences on versions."""
    return (f"version={version}", f"range={shown(row)}")


def _left_out(rows: Sequence[Applicability]) -> tuple[Verdict, Hit] | None:
    """What a record says of a known version that no row holds: the entry's default, else outside its ranges."""
    first = min(rows, key=lambda row: (row.reading, row.place))
    defaults = {row.default_status for row in rows}
    if "affected" in defaults:
        return Verdict.AFFECTED, Hit(first, False)
    if not any(row.affected for row in rows):
        return None
    spoken = first if first.affected else next(row for row in rows if row.affected)
    if "unknown" in defaults and "unaffected" not in defaults:
        return Verdict.UNKNOWN, Hit(spoken, False)
    if spoken.source != "nvd" and "unaffected" not in defaults and not any(bounded(row) for row in rows):
        return Verdict.UNKNOWN, Hit(spoken, False)
    return Verdict.NOT_AFFECTED, Hit(spoken, False)
