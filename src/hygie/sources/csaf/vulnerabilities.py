"""The vulnerabilities of a CSAF document: what is said of each product, and what may be done.

Source: CSAF 2.0 and 2.1, section 3.2.3.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Remedy, Statement, Status, Vulnerability
from hygie.names.leftover import left_open
from hygie.sources.csaf import form
from hygie.sources.csaf.metrics import measure
from hygie.sources.csaf.tree import ALONGSIDE, Product, Products
from hygie.sources.opening import speakers
from hygie.sources.opening.documents import Told, text
from hygie.sources.opening.forms import cve_id, cwes, instant, name_of

STATUSES = {
    "first_affected": Status.AFFECTED,
    "known_affected": Status.AFFECTED,
    "last_affected": Status.AFFECTED,
    "first_fixed": Status.FIXED,
    "fixed": Status.FIXED,
    "recommended": Status.RECOMMENDED,
    "known_not_affected": Status.NOT_AFFECTED,
    "under_investigation": Status.UNDER_INVESTIGATION,
    "unknown": Status.UNKNOWN,
}
"""Source: CSAF 2.0 and 2.1, 3.2.3.9."""

TELLING = ("description", "summary", "details", "general")
"""Note categories that may describe a vulnerability, best first."""

REFERENCES = 5_000_000
"""Products that entries of one document may name in all, groups resolved. More is a bomb."""


def _named_so(product: Product) -> str:
    """A key for all versions of one product; no product id begins so."""
    inside = product.inside or Product("", "", "")
    return "\0" + "\0".join((product.make, product.product, inside.make, inside.product))


class Voice(NamedTuple):
    """Whose document it is."""

    document: str
    publisher: str
    namespace: str
    vendor: bool
    dated: str


class Vulnerabilities:
    """Reads the vulnerabilities of one document."""

    def __init__(self, told: Told, found: Products, voice: Voice) -> None:
        """`found` is the document's product tree."""
        self.told = told
        self.found = found
        self.voice = voice
        self.stated: set[str] = set()
        """Products that some status names."""
        self._left = REFERENCES
        self._speakers: dict[str, Speaker] = {}

    def read(self, raw: Raw, place: str) -> Iterator[Vulnerability | Statement | Remedy]:
        """All rows of the list at `place`. Raises ValueError for a document that names too many products."""
        for index, (where, one) in enumerate(self.told.parts(raw, place, form.Vulnerable)):
            names = self._names(one, where, index)
            yield self._vulnerability(one, where, names)
            stated: set[str] = set()
            for statement in self._statements(one, where, names):
                stated.add(statement.product_id)
                yield statement
            self.stated |= stated
            yield from self._unstated(one, where, names, stated)
            yield from self._remedies(one, where, names[0])

    def _names(self, one: form.Vulnerable, place: str, index: int) -> tuple[str, ...]:
        """Its name, the CVE id where there is one, then its others."""
        ids = (text(i.text) for _, i in self.told.parts(one.ids, place + "/ids", form.Id))
        said = [name_of(n) for n in (text(one.cve), *ids) if n.strip()]
        said.sort(key=lambda n: not cve_id(n))
        return tuple(dict.fromkeys(said or [text(one.title).strip() or f"{self.voice.document}/{index}"]))

    def _vulnerability(self, one: form.Vulnerable, place: str, names: tuple[str, ...]) -> Vulnerability:
        """What the document says of the vulnerability itself."""
        notes: dict[str, str] = {}
        for _, note in self.told.parts(one.notes, place + "/notes", form.Note):
            notes.setdefault(text(note.category), text(note.text))
        weak = [self.told.one(one.cwe, place + "/cwe", form.Weakness)]
        weak += [w for _, w in self.told.parts(one.cwes, place + "/cwes", form.Weakness)]
        shown = measure(self.told, one, place, self.voice.publisher)
        where = place + "/first_known_exploitation_dates"
        exploited = self.told.parts(one.first_known_exploitation_dates, where, form.Exploitation)
        return Vulnerability(
            reading=self.told.reading,
            id=names[0],
            source="csaf",
            place=place,
            title=text(one.title),
            description=next((notes[kind] for kind in TELLING if notes.get(kind)), ""),
            aliases=names[1:],
            cwes=cwes(text(w.id) for w in weak if w is not None),
            cvss=shown.cvss,
            cvss_score=shown.score,
            cvss_source=shown.source,
            exploitation="active" if exploited else shown.exploitation,
            automatable=shown.automatable,
            technical_impact=shown.technical_impact,
            published=instant(text(one.disclosure_date) or text(one.release_date)),
            modified=self.voice.dated,
        )

    def _statements(self, one: form.Vulnerable, place: str, names: tuple[str, ...]) -> Iterator[Statement]:
        """One row per product and status."""
        labels = self._labels(one.flags, place + "/flags")
        impacts = self._impacts(one.threats, place + "/threats")
        left = self._left_open(one, place, names)
        met: dict[str, str] = {}
        here = place + "/product_status"
        for word, raw in (self.told.one(one.product_status, here, dict[str, Raw]) or {}).items():
            status = STATUSES.get(word)
            if status is None:
                self.told.refuse(f"{here}/{word}", "refusal.csaf.status", f"status={word}")
                continue
            for where, said in self.told.texts(raw, f"{here}/{word}"):
                product = self.found.by_id.get(said)
                if product is None:
                    self.told.refuse(where, "refusal.csaf.product", f"id={said}")
                    continue
                label = labels.get(product.id) or labels.get("", "")
                impact = impacts.get(product.id) or impacts.get("", "")
                open_ = left.get(product.id) or left.get(_named_so(product)) or left.get("", ())
                limits = tuple(dict.fromkeys(f"left open={sentence}" for sentence in open_))
                self._contradicted(met, product.id, word, where)
                yield self._statement(product, status, where, names, label, impact, limits)

    def _contradicted(self, met: dict[str, str], product: str, word: str, place: str) -> None:
        """Tells that a product stands under statuses that exclude each other: the worse one counts.

        `met`: of the vulnerability, each product's first status. Source: CSAF 2.0 and 2.1, 6.1.6.
        """
        first = met.setdefault(product, word)
        groups = {STATUSES[first], STATUSES[word]} - {Status.RECOMMENDED}
        if len(groups) > 1:
            self.told.refuse(place, "refusal.csaf.contradiction", f"id={product}", f"one={first}", f"other={word}")

    def _unstated(
        self, one: form.Vulnerable, place: str, names: tuple[str, ...], stated: set[str]
    ) -> Iterator[Statement]:
        """A row "unknown" for each product that has a score or a remediation here and no status.

        CISA's advisories on Windows XP based scanners (ICSMA-17-215-01) leave most of their products so.
        """
        named: dict[str, str] = {}
        told = Told(self.told.name, self.told.reading)  # refusals left aside: each part is read again for its content
        lists = [(w, s.products) for w, s in told.parts(one.scores, place + "/scores", form.Scored)]
        lists += [(w, s.products) for w, s in told.parts(one.metrics, place + "/metrics", form.Scored)]
        for where, raw in lists:
            for spot, said in told.texts(raw, where + "/products"):
                named.setdefault(said, spot)
        for where, entry in told.parts(one.remediations, place + "/remediations", form.Remediation):
            for spot, said in told.texts(entry.product_ids, where + "/product_ids"):
                named.setdefault(said, spot)
        for said, spot in named.items():
            product = self.found.by_id.get(said)
            if product is not None and said not in stated:
                yield self._statement(product, Status.UNKNOWN, spot, names, "", "")

    def _statement(
        self,
        product: Product,
        status: Status,
        place: str,
        names: tuple[str, ...],
        label: str,
        impact: str,
        left: tuple[str, ...] = (),
    ) -> Statement:
        """A product's status, with where the product is a part."""
        inside = product.inside or Product("", "", "")
        return Statement(
            reading=self.told.reading,
            document=self.voice.document,
            place=place,
            speaker=self._speaker(product),
            publisher=self.voice.publisher,
            dated=self.voice.dated,
            vulnerability=names[0],
            aliases=names[1:],
            status=status,
            product_id=product.id,
            make=product.make,
            product=product.product,
            version=product.version,
            version_is_range=product.is_range,
            family=product.family,
            cpe=product.cpe,
            purl=product.purl,
            hashes=product.hashes,
            inside_make=inside.make,
            inside_product=inside.product,
            inside_version=inside.version,
            inside_purl=inside.purl,
            inside_cpe=inside.cpe,
            justification=label,
            text=impact,
            limits=product.limits + left,
            identifiers=product.identifiers,
        )

    def _speaker(self, product: Product) -> Speaker:
        """The manufacturer where a vendor speaks of its own product, or of a part of its own product."""
        kept = self._speakers.get(product.id)
        if kept is not None:
            return kept
        owner = product.make
        if product.inside is not None and product.inside_by not in ALONGSIDE:
            owner = product.inside.make or product.make
        own = not owner or speakers.same(self.voice.publisher, owner, self.voice.namespace)
        speaker = Speaker.MANUFACTURER if self.voice.vendor and own else Speaker.THIRD_PARTY
        self._speakers[product.id] = speaker
        return speaker

    def _labels(self, raw: Raw, place: str) -> dict[str, str]:
        """Flag labels by product; "" for all. Several of one product are joined."""
        found: dict[str, dict[str, None]] = {}
        for where, flag in self.told.parts(raw, place, form.Flag):
            for one in self._named(flag.product_ids, flag.group_ids, where) or ("",):
                found.setdefault(one, {})[text(flag.label)] = None
        return {one: " ".join(labels) for one, labels in found.items()}

    def _impacts(self, raw: Raw, place: str) -> dict[str, str]:
        """Impact texts by product; "" for all. Several of one product are joined."""
        found: dict[str, str] = {}
        for where, threat in self.told.parts(raw, place, form.Threat):
            if text(threat.category) != "impact":
                continue
            details = text(threat.details)
            for one in self._named(threat.product_ids, threat.group_ids, where) or ("",):
                before = found.get(one)
                if before:
                    self._spend(1 + len(details) // 10)
                found[one] = f"{before}\n{details}" if before else details
        return found

    def _left_open(self, one: form.Vulnerable, place: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Sentences of remediations that say that this vulnerability is left open: by product id, by the name that its
        versions share (the fixed version is another product than the one to be mended); "" for all."""
        found: dict[str, tuple[str, ...]] = {}
        told = Told(self.told.name, self.told.reading)  # what does not hold is told where remedies are read
        for where, entry in told.parts(one.remediations, place + "/remediations", form.Remediation):
            if said := left_open(text(entry.details), names):
                ids = [product for _, product in told.texts(entry.product_ids, where + "/product_ids")]
                alike = [_named_so(self.found.by_id[one]) for one in ids if one in self.found.by_id]
                for key in dict.fromkeys([*ids, *alike] or [""]):
                    found[key] = (*found.get(key, ()), said)
        return found

    def _named(self, products: Raw, groups: Raw, place: str) -> tuple[str, ...]:
        """Product ids of an entry, groups resolved, each once. Ids that the tree lacks are kept, and told."""
        told = self.told
        ids = []
        for where, said in told.texts(products, place + "/product_ids"):
            ids.append(said)
            if said not in self.found.by_id:
                told.refuse(where, "refusal.csaf.product", f"id={said}")
        for where, said in told.texts(groups, place + "/group_ids"):
            group = self.found.groups.get(said)
            if group is None:
                told.refuse(where, "refusal.csaf.group", f"id={said}")
                ids.append(said)  # else an entry for one group would read as one for all products
                continue
            self._spend(len(group))
            ids += group
        self._spend(len(ids))
        return tuple(dict.fromkeys(ids))

    def _spend(self, count: int) -> None:
        """Counts work that groups multiply. Raises ValueError beyond the limit."""
        self._left -= count
        if self._left < 0:
            raise ValueError("refusal.csaf.many", f"limit={REFERENCES}")

    def _remedies(self, one: form.Vulnerable, place: str, name: str) -> Iterator[Remedy]:
        """One row per entry; two where a vendor's entry names its own and others' products."""
        told = self.told
        for where, entry in told.parts(one.remediations, place + "/remediations", form.Remediation):
            restart = told.one(entry.restart_required, where + "/restart_required", form.Restart)
            rights = told.texts(entry.entitlements, where + "/entitlements")
            for speaker, ids in self._by_speaker(self._named(entry.product_ids, entry.group_ids, where)).items():
                yield Remedy(
                    reading=told.reading,
                    document=self.voice.document,
                    place=where,
                    speaker=speaker,
                    vulnerability=name,
                    category=text(entry.category),
                    details=text(entry.details),
                    url=text(entry.url),
                    dated=instant(text(entry.date)) or self.voice.dated,
                    product_ids=ids,
                    restart=text(restart.category) if restart is not None else "",
                    entitlements=tuple(right for _, right in rights),
                )

    def _by_speaker(self, ids: tuple[str, ...]) -> dict[Speaker, tuple[str, ...]]:
        """Product ids by who speaks of them; of ids that nobody defined, and of none, the publisher."""
        usual = Speaker.MANUFACTURER if self.voice.vendor else Speaker.THIRD_PARTY
        if not ids:
            return {usual: ()}
        groups: dict[Speaker, list[str]] = {}
        for one in ids:
            product = self.found.by_id.get(one)
            groups.setdefault(usual if product is None else self._speaker(product), []).append(one)
        return {speaker: tuple(found) for speaker, found in groups.items()}
