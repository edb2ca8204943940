"""The whole device against configurations: which of their rows its parts answer."""

from collections.abc import Iterable, Iterator, Mapping

from hygie.match import configurations
from hygie.match.claims import DERIVED, Claim, Part, origin
from hygie.match.configurations import Answer, Outcome
from hygie.match.parts import Sbom, asked_of, system_parts
from hygie.match.records import Asked, ConfigurationKey, CpeKey, Records, cpe_key
from hygie.match.spoken import Dates, dated, document, named
from hygie.match.statements import alike
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.model.verdict import Because, Profile, Verdict
from hygie.names import cpe, product

Labelled = tuple[str, Claim]
"""Part of the profile, claim."""


class Whole:
    """One profile's parts, as configurations ask for them."""

    def __init__(
        self, records: Records, profile: Profile, documents: Mapping[str, Sbom], traffic: Iterable[str]
    ) -> None:
        self._records = records
        self._profile = profile
        self._names = dict(records.index.find(profile.make, profile.product))
        self._systems = system_parts(profile.os, profile.os_version)
        self._boms = [documents[one] for one in profile.boms if one in documents]
        self._traffic: dict[CpeKey, list[str]] = {}
        for text in traffic:
            key = cpe_key(text)
            if key is not None:
                self._traffic.setdefault(key, []).append(text)

    def keys(self) -> dict[ConfigurationKey, None]:
        """Configurations in which one of the parts stands as vulnerable."""
        found: dict[ConfigurationKey, None] = {}
        for name in self._names:
            found.update(dict.fromkeys(self._records.joint_of_name(name)))
        cpes = [key for key, _ in self._systems] + list(self._traffic)
        for bom in self._boms:
            cpes.extend(bom.by_cpe)
        for key in dict.fromkeys(cpes):
            found.update(dict.fromkeys(self._records.joint_of_cpe(key)))
        return found

    def claims(self, outside: bool, dates: Dates) -> Iterator[Labelled]:
        """Claims of all configurations that name a part."""
        for key in self.keys():
            rows = self._records.joint[key]
            outcome = configurations.judge(rows, self.answer)
            if outcome.named and (outcome.truth is not False or outside):
                claim = self._claim(rows, outcome, dates)
                if claim is not None:
                    yield self._label(rows), claim

    def answer(self, row: Applicability) -> Answer:
        """What the device answers to one row."""
        probability = self._names.get((row.make, row.product), 0.0)
        if probability:
            return self._of_product(row, probability)
        key = cpe_key(row.cpe)
        if key is None:
            return Answer(None, False, question="question.match.component")
        asked = [one for system, one in self._systems if system == key]
        asked += [asked_of(part, key) for bom in self._boms for part in bom.by_cpe.get(key, ())]
        asked += [_of_traffic(text) for text in self._traffic.get(key, ())]
        if asked:
            truth = configurations.disjoin([self._records.truth(row, one) for one in asked])
            return Answer(truth, True, question="question.match.version" if truth is None else "")
        return self._absent(row)

    def _of_product(self, row: Applicability, probability: float) -> Answer:
        """The row names the product itself."""
        main, firmware = self._profile.version, self._profile.firmware
        of_firmware = row.cpe[:10] == "cpe:2.3:o:" or "firmware" in row.product
        if row.cpe[:10] == "cpe:2.3:h:" and row.version in ("-", "*", ""):
            truth = self._records.details(row, Asked("", "firmware"))
        else:
            version = (firmware or main) if of_firmware else (main or firmware)
            truth = self._records.truth(row, Asked(version, "firmware"))
        if probability < product.SURE and truth:
            return Answer(None, True, probability, "question.match.product")
        return Answer(truth, True, probability, "question.match.version" if truth is None else "")

    def _absent(self, row: Applicability) -> Answer:
        """No part is what the row names: False where the device is known to be something else."""
        part = row.cpe[8:9]
        own = part == "h" or (part == "o" and row.product.endswith("firmware"))
        if own:
            known = bool(self._profile.product)
            return Answer(False if known else None, False, question="question.match.hardware")
        if part == "o":
            return Answer(False if self._systems else None, False, question="question.match.os")
        complete = bool(self._boms) and all(bom.complete for bom in self._boms)
        return Answer(False if complete else None, False, question="question.match.component")

    def _label(self, rows: list[Applicability]) -> str:
        """The part that the vulnerable rows name: the product, else the operating system, else the component."""
        vulnerable = [row for row in rows if row.vulnerable]
        if any((row.make, row.product) in self._names for row in vulnerable):
            return "product"
        keys = {cpe_key(row.cpe) for row in vulnerable}
        if any(system in keys for system, _ in self._systems):
            return "os"
        for bom in self._boms:
            for key in sorted(key for key in keys if key is not None and key in bom.by_cpe):
                return bom.by_cpe[key][0].label
        return "product"

    def _claim(self, rows: list[Applicability], outcome: Outcome, dates: Dates) -> Claim | None:
        """A configuration's word on the device."""
        vulnerable = [row for row in rows if row.vulnerable]
        answered = [(row, self.answer(row)) for row in vulnerable]
        mine = [row for row, answer in answered if answer.named]
        first = min(mine, key=lambda row: (row.reading, row.place))
        if outcome.truth is False and outcome.probability < product.SURE:
            return None
        verdict, question = Verdict.AFFECTED, ""
        because = [named(first)]
        if outcome.truth is None:
            verdict, question = Verdict.POSSIBLE, outcome.question
            because.extend(_open(row) for row in outcome.open[:4])
        elif outcome.truth is False:
            verdict = Verdict.NOT_AFFECTED
            because.append(Because("because.match.configuration.false", _sides(rows), origin(first)))
        else:
            because.append(Because("because.match.configuration.true", _sides(rows), origin(first)))
        if outcome.probability < 1.0:
            name = (self._profile.make, self._profile.product)
            because.append(alike(name, (first.make, first.product), outcome.probability, origin(first)))
        own = self._names.get((first.make, first.product), 0.0) >= product.SURE
        return Claim(
            vulnerability=first.vulnerability,
            verdict=verdict,
            speaker=first.speaker if own else Speaker.THIRD_PARTY,
            document=document(first),
            dated=dated(dates, first),
            specificity=DERIVED if outcome.truth is False else 2,
            probability=outcome.probability,
            because=tuple(because),
            question=question,
            sure=not question,
        )


def _of_traffic(text: str) -> Asked:
    """A CPE that traffic told."""
    parsed = cpe.parse(text)
    return asked_of(Part("traffic", "", "", cpe.plain(parsed.version), text), (parsed.vendor, parsed.product))


def _open(row: Applicability) -> Because:
    """A row that nobody can answer."""
    args = (f"product={' '.join(word for word in (row.make, row.product) if word)}", f"record={row.vulnerability}")
    return Because("because.match.configuration.open", args, origin(row))


def _sides(rows: list[Applicability]) -> tuple[str, ...]:
    """What must hold together, shortened."""
    names = dict.fromkeys(" ".join(word for word in (row.make, row.product) if word) for row in rows)
    shown = list(names)[:4]
    more = f" (+{len(names) - 4})" if len(names) > 4 else ""
    return (f"products={', '.join(shown)}{more}", f"record={rows[0].vulnerability}")
