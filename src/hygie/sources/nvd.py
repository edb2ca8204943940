"""NVD CVE API 2.0 pages and feed files -> Vulnerability, Applicability, Exploited.

Configurations are read whole: operators, negation, context rows (`vulnerable` false) and the four bounds. A range that
no version can lie in is kept and told as a refusal. NVD is a third party for every product.

Series: a page is known by its start index and first CVE, so that a newer copy supersedes it, while the other pages of
a set, and pages of another query, add up. Whoever reads several takes the record modified last.

Source: NVD, CVE API 2.0 schema.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw, Struct

from hygie.model.bulk import Bulk
from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Applicability, Exploited, Vulnerability
from hygie.model.seams import Given, Input, Reader
from hygie.sources.opening import configurations
from hygie.sources.opening.documents import Text, Told, decode, outline, text, whole
from hygie.sources.opening.forms import cve_id, cwes, instant, number

METRICS = ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2")
"""Newest first."""

FIRST = re.compile(rb'"cve"\s*:\s*\{.{0,4000}?"id"\s*:\s*"(CVE-[\d-]{6,24})"', re.DOTALL)

MANY = 5_000
"""Rows of configurations that are given together."""

Row = Vulnerability | Applicability | Exploited | Refusal


class Page(Struct):
    """A page of the API, or a feed file."""

    format: Text = None
    timestamp: Text = None
    vulnerabilities: Raw = Raw()


class Item(Struct):
    """An item of vulnerabilities."""

    cve: Raw = Raw()


class Cve(Struct):
    """A CVE."""

    id: Text = None
    published: Text = None
    lastModified: Text = None  # noqa: N815
    vulnStatus: Text = None  # noqa: N815
    descriptions: Raw = Raw()
    metrics: Raw = Raw()
    weaknesses: Raw = Raw()
    configurations: Raw = Raw()
    references: Raw = Raw()
    cisaExploitAdd: Text = None  # noqa: N815
    cisaActionDue: Text = None  # noqa: N815
    cisaRequiredAction: Text = None  # noqa: N815
    cisaVulnerabilityName: Text = None  # noqa: N815


class Description(Struct):
    """An item of descriptions."""

    lang: Text = None
    value: Text = None


class Weakness(Struct):
    """An item of weaknesses."""

    description: Raw = Raw()


class Reference(Struct):
    """An item of references."""

    url: Text = None
    tags: Raw = Raw()


class Metrics(Struct):
    """metrics."""

    cvssMetricV40: Raw = Raw()  # noqa: N815
    cvssMetricV31: Raw = Raw()  # noqa: N815
    cvssMetricV30: Raw = Raw()  # noqa: N815
    cvssMetricV2: Raw = Raw()  # noqa: N815


class Metric(Struct):
    """An item of one of them."""

    source: Text = None
    type: Text = None
    cvssData: Raw = Raw()  # noqa: N815


class Cvss(Struct):
    """cvssData."""

    vectorString: Text = None  # noqa: N815
    baseScore: Text = None  # noqa: N815


class Scored(NamedTuple):
    """A CVSS score; within one version NVD's or the CNA's "Primary" wins, then the highest."""

    primary: bool
    score: float
    vector: str
    source: str


def recognises(source: Input) -> bool:
    """A JSON object of format NVD_CVE, or whose first vulnerability holds a `cve`."""
    found = outline(source).keys
    return b"NVD_CVE" in bytes(found.get("format", Raw())) or (
        re.match(rb'\[\s*\{\s*"cve"\s*:\s*\{', bytes(found.get("vulnerabilities", Raw()))) is not None
    )


def series(source: Input) -> str:
    """Start index and first CVE id of the page."""
    start = bytes(outline(source).keys.get("startIndex", Raw(b"0"))).decode("ascii", "replace")
    first = FIRST.search(source.head)
    name = first[1].decode("ascii") if first else hashlib.sha256(source.head).hexdigest()[:16]
    return f"{start[:12]} {name}"


def dated(source: Input) -> str:
    """Instant at which the page was made; "" unknown."""
    said = bytes(outline(source).keys.get("timestamp", Raw())).decode("utf-8", "replace")
    return instant(said.strip('"'))


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of one page. Raises ValueError, EOFError, RecursionError for what is no JSON object."""
    told = Told(source.name, given.reading)
    for name, place, cve in _named(told, source):
        yield _vulnerability(told, place, name, cve)
        where = place + "/configurations"
        yield from configurations.rows(told, name, "nvd", Speaker.THIRD_PARTY, cve.configurations, where)
        yield from _exploited(told, name, place, cve)
        yield from told.drain()
    yield from told.drain()


def bulk(source: Input, given: Given) -> Iterator[Row | Bulk]:
    """The same with the configurations as columns, `MANY` rows at a time."""
    told = Told(source.name, given.reading)
    gathered: list[tuple[object, ...]] = []
    for name, place, cve in _named(told, source):
        yield _vulnerability(told, place, name, cve)
        gathered += configurations.values(told, name, cve.configurations, place + "/configurations")
        yield from _exploited(told, name, place, cve)
        yield from told.drain()
        if len(gathered) >= MANY:
            yield _columns(given.reading, gathered)
            gathered = []
    if gathered:
        yield _columns(given.reading, gathered)
    yield from told.drain()


def _columns(reading: str, gathered: list[tuple[object, ...]]) -> Bulk:
    """Configurations as columns."""
    columns = dict(zip(configurations.FIELDS, zip(*gathered, strict=True), strict=True))
    return Bulk(Applicability, reading, columns, {"source": "nvd", "speaker": Speaker.THIRD_PARTY, "affected": True})


def _named(told: Told, source: Input) -> Iterator[tuple[str, str, Cve]]:
    """Id, place and record of each CVE of a page; one without an id is refused."""
    page = decode(whole(source), Page)
    for where, item in told.parts(page.vulnerabilities, "/vulnerabilities", Item):
        place = where + "/cve"
        cve = told.one(item.cve, place, Cve)
        name = cve_id(text(cve.id)) if cve is not None else ""
        if cve is not None and name:
            yield name, place, cve
        elif cve is not None:
            told.refuse(place + "/id", "refusal.cve5.id")


def _exploited(told: Told, name: str, place: str, cve: Cve) -> Iterator[Exploited]:
    """CISA's word that it is exploited, which NVD repeats."""
    if text(cve.cisaExploitAdd):
        yield Exploited(
            reading=told.reading,
            vulnerability=name,
            place=place + "/cisaExploitAdd",
            added=instant(text(cve.cisaExploitAdd)),
            due=instant(text(cve.cisaActionDue)),
            name=text(cve.cisaVulnerabilityName),
            ransomware="",
            notes=text(cve.cisaRequiredAction),
        )


def _vulnerability(told: Told, place: str, name: str, cve: Cve) -> Vulnerability:
    """What the record says of the vulnerability itself."""
    described = [
        (text(d.lang), text(d.value)) for _, d in told.parts(cve.descriptions, place + "/descriptions", Description)
    ]
    english = (value for language, value in described if language.lower().startswith("en"))
    weak: list[str] = []
    for where, weakness in told.parts(cve.weaknesses, place + "/weaknesses", Weakness):
        weak += (text(d.value) for _, d in told.parts(weakness.description, where + "/description", Description))
    best = _best(told, cve.metrics, place + "/metrics")
    return Vulnerability(
        reading=told.reading,
        id=name,
        source="nvd",
        place=place,
        title="",
        description=next(english, described[0][1] if described else ""),
        cwes=cwes(weak),
        cvss=best.vector if best else "",
        cvss_score=best.score if best and best.score >= 0 else None,
        cvss_source=best.source if best else "",
        exploit_references=tuple(dict.fromkeys(_exploits(told, cve.references, place + "/references"))),
        published=instant(text(cve.published)),
        modified=instant(text(cve.lastModified)),
        rejected=text(cve.vulnStatus).casefold() == "rejected",
    )


def _best(told: Told, raw: Raw, place: str) -> Scored | None:
    """The score of the newest CVSS version; None where there is none."""
    metrics = told.one(raw, place, Metrics) or Metrics()
    for key in METRICS:
        scored: list[Scored] = []
        for where, metric in told.parts(getattr(metrics, key), f"{place}/{key}", Metric):
            cvss = told.one(metric.cvssData, where + "/cvssData", Cvss)
            if cvss is not None and text(cvss.vectorString):
                score = number(cvss.baseScore)
                primary = text(metric.type) == "Primary"
                shown = -1.0 if score is None else score
                scored.append(Scored(primary, shown, text(cvss.vectorString), text(metric.source)))
        if scored:
            return max(scored)
    return None


def _exploits(told: Told, raw: Raw, place: str) -> Iterator[str]:
    """Addresses tagged as exploit."""
    for where, reference in told.parts(raw, place, Reference):
        if any(tag.lower() == "exploit" for _, tag in told.texts(reference.tags, where + "/tags")):
            yield text(reference.url)


READER = Reader(
    kind="nvd",
    version=1,
    recognises=recognises,
    read=read,
    snapshot=True,
    speaker=Speaker.THIRD_PARTY,
    series=series,
    dated=dated,
    bulk=bulk,
)
