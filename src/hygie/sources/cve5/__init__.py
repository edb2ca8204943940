"""CVE records 5.0 to 5.2, one, a list or one a line -> Vulnerability, Applicability, Exploited, Remedy.

The CNA's and every ADP's containers are read; CISA's ADP adds SSVC values and KEV. A CNA that is the vendor of the
product speaks as its manufacturer; every other is a third party. A single record is a series of its own (CVE id); a
file of many is known by its first record, so that a newer copy of it supersedes and other files add up.

Source: CVE record format 5.2; CISA ADP "Vulnrichment".
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Applicability, Exploited, Remedy, Vulnerability
from hygie.model.seams import Given, Input
from hygie.sources.cve5 import affected, form
from hygie.sources.opening import configurations, documents, speakers
from hygie.sources.opening.documents import Text, Told, decode, outline, published, text, whole
from hygie.sources.opening.forms import cve_id, cwes, instant, number

KEYS = ("dataType", "containers", "cveMetadata")
IDENT = re.compile(rb'"cveId"\s*:\s*"(CVE-[\d-]{6,24})"')
UPDATED = re.compile(rb'"dateUpdated"\s*:\s*"([^"\\]{10,40})"')
SSVC = {"exploitation": "exploitation", "automatable": "automatable", "technical impact": "technical_impact"}
"""CISA's option name, folded -> field of `Vulnerability`."""

Row = Vulnerability | Applicability | Exploited | Remedy | Refusal


class Voice(NamedTuple):
    """A container and whose it is."""

    place: str
    container: form.Container
    name: str
    """Short name of its provider."""
    cna: bool


class Scored(NamedTuple):
    """A CVSS score; the newest version wins, then the CNA's, then the highest."""

    version: str
    cna: bool
    score: float
    vector: str
    source: str


def recognises(source: Input) -> bool:
    """A JSON object, list or lines whose (first) object is a CVE record."""
    found = outline(source).keys
    if b"CVE_RECORD" in bytes(found.get("dataType", Raw())):
        return True
    containers = bytes(found.get("containers", Raw()))
    return b'"cna"' in containers or b'"adp"' in containers or ("containers" in found and "cveMetadata" in found)


def series(source: Input) -> str:
    """The CVE id of a single record; "from <first CVE id>" of many."""
    first = IDENT.search(source.head)
    name = first[1].decode("ascii") if first else hashlib.sha256(source.head).hexdigest()[:16]
    return f"from {name}" if _is_lines(source) or outline(source).shape != "object" else name


def dated(source: Input) -> str:
    """The newest update of a record in it; "" unknown. Raises what the stream raises."""
    newest = ""
    for piece in documents.lines(source) if _is_lines(source) else [source.bytes()]:
        for said in UPDATED.findall(piece):
            day = said[:10].decode("ascii", "replace")
            if day >= newest[:10]:
                newest = max(newest, instant(said.decode("ascii", "replace")))
    return newest


def _is_lines(source: Input) -> bool:
    """One record a line: they are read one by one."""
    return getattr(source, "gathered", None) is not None or outline(source).shape == "lines"


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of all records. Raises ValueError, EOFError, RecursionError for what is no JSON."""
    told = Told(source.name, given.reading)
    for place, record in _records(told, source):
        yield from _record(told, place, record)
        yield from told.drain()
    yield from told.drain()


def _records(told: Told, source: Input) -> Iterator[tuple[str, form.Record]]:
    """The records and their places: of an archive's, the member; of lines, the line."""
    if _is_lines(source):
        named = getattr(source, "gathered", None) is not None
        for line, row in enumerate(documents.lines(source), 1):
            ident = IDENT.search(row) if named else None
            place = f"{ident[1].decode('ascii')}.json" if ident else f"line {line}"
            record = told.one(row.strip(), place, form.Record)
            if record is not None:
                yield f"{place}:", record
    elif outline(source).shape == "list":
        items = decode(whole(source), list[Raw])
        found = ((f"/{i}", told.one(item, f"/{i}", form.Record)) for i, item in enumerate(items))
        yield from ((place, record) for place, record in found if record is not None)
    else:
        yield "", decode(whole(source), form.Record)


def _record(told: Told, place: str, record: form.Record) -> Iterator[Row]:
    """Rows of one record."""
    meta = told.one(record.cveMetadata, place + "/cveMetadata", form.Metadata) or form.Metadata()
    name = cve_id(text(meta.cveId))
    if not name:
        told.refuse(place + "/cveMetadata/cveId", "refusal.cve5.id")
        return
    voices = list(_voices(told, record, place + "/containers"))
    if not voices and text(meta.state).upper() != "REJECTED":
        told.refuse(place + "/containers", "refusal.cve5.empty", f"id={name}")
        return  # an empty row would stand before what other sources say of it
    yield _vulnerability(told, place, name, meta, voices)
    for voice in voices:
        yield from _applicability(told, name, voice)
        yield from _exploited(told, name, voice)
        for key, category in (("solutions", "vendor_fix"), ("workarounds", "workaround")):
            yield from _remedies(told, name, voice, key, category, text(meta.dateUpdated))


def _voices(told: Told, record: form.Record, place: str) -> Iterator[Voice]:
    """The CNA's container, then the ADPs'."""
    both = told.one(record.containers, place, form.Containers) or form.Containers()
    cna = told.one(both.cna, place + "/cna", form.Container)
    found = [(place + "/cna", cna)] if cna is not None else []
    for where, container in [*found, *told.parts(both.adp, place + "/adp", form.Container)]:
        provider = told.one(container.providerMetadata, where + "/providerMetadata", form.Provider) or form.Provider()
        yield Voice(where, container, text(provider.shortName) or text(provider.orgId), where.endswith("/cna"))


def _vulnerability(told: Told, place: str, name: str, meta: form.Metadata, voices: list[Voice]) -> Vulnerability:
    """What the record says of the vulnerability itself."""
    rejected = text(meta.state).upper() == "REJECTED"
    ssvc: dict[str, str] = {}
    scored: list[Scored] = []
    weak: list[str] = []
    exploits: list[str] = []
    described = ""
    for voice in voices:
        scored += _scores(told, voice, ssvc)
        weak += _weaknesses(told, voice)
        exploits += _exploit_references(told, voice)
        key = "rejectedReasons" if rejected else "descriptions"
        described = described or _english(told, getattr(voice.container, key), f"{voice.place}/{key}")
    best = max(scored, default=None)
    return Vulnerability(
        reading=told.reading,
        id=name,
        source="cve5",
        place=place + "/cveMetadata",
        title=next((text(v.container.title) for v in voices if v.cna), ""),
        description=described,
        cwes=cwes(weak),
        cvss=best.vector if best else "",
        cvss_score=best.score if best and best.score >= 0 else None,
        cvss_source=best.source if best else "",
        exploitation=ssvc.get("exploitation", ""),
        automatable=ssvc.get("automatable", ""),
        technical_impact=ssvc.get("technical_impact", ""),
        exploit_references=tuple(dict.fromkeys(exploits)),
        published=instant(text(meta.datePublished)),
        modified=instant(text(meta.dateUpdated)),
        rejected=rejected,
    )


def _english(told: Told, raw: Raw, place: str) -> str:
    """The first text in English, else the first."""
    found = [(text(d.lang), text(d.value)) for _, d in told.parts(raw, place, form.Description)]
    english = (value for language, value in found if language.lower().startswith("en"))
    return next(english, found[0][1] if found else "")


def _scores(told: Told, voice: Voice, ssvc: dict[str, str]) -> Iterator[Scored]:
    """CVSS scores of a container; SSVC values go into `ssvc`."""
    for where, metric in told.parts(voice.container.metrics, voice.place + "/metrics", form.Metric):
        for key in ("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"):
            cvss = told.one(getattr(metric, key), f"{where}/{key}", form.Cvss)
            if cvss is not None and text(cvss.vectorString):
                score = number(cvss.baseScore)
                shown = -1.0 if score is None else score
                yield Scored(key, voice.cna, shown, text(cvss.vectorString), voice.name)
        other = told.one(metric.other, where + "/other", form.Other)
        if other is None or text(other.type) != "ssvc":
            continue
        content = told.one(other.content, where + "/other/content", form.Ssvc) or form.Ssvc()
        for _, option in told.parts(content.options, where + "/other/content/options", dict[str, Text]):
            for point, value in option.items():
                if point.lower() in SSVC:
                    ssvc[SSVC[point.lower()]] = text(value).lower()


def _weaknesses(told: Told, voice: Voice) -> Iterator[str]:
    """Texts of a container's problem types, which hold CWE ids."""
    for where, problem in told.parts(voice.container.problemTypes, voice.place + "/problemTypes", form.Problem):
        for _, said in told.parts(problem.descriptions, where + "/descriptions", form.ProblemText):
            yield text(said.cweId) or text(said.description)


def _exploit_references(told: Told, voice: Voice) -> Iterator[str]:
    """Addresses that a container tags as exploit."""
    for where, reference in told.parts(voice.container.references, voice.place + "/references", form.Reference):
        if any(tag.lower() == "exploit" for _, tag in told.texts(reference.tags, where + "/tags")):
            yield text(reference.url)


def _applicability(told: Told, name: str, voice: Voice) -> Iterator[Applicability]:
    """Rows of a container's `affected` and `cpeApplicability`."""
    source = f"{'cna' if voice.cna else 'adp'}:{voice.name}"
    entries = told.parts(voice.container.affected, voice.place + "/affected", form.Affected)
    speaking = {"": Speaker.THIRD_PARTY}
    for vendor in {text(entry.vendor) for _, entry in entries} if voice.cna else ():
        if not affected.silent(vendor) and speakers.same(voice.name, vendor):
            speaking[vendor] = Speaker.MANUFACTURER
    yield from affected.rows(told, voice.container.affected, voice.place + "/affected", name, source, speaking)
    where, nodes = voice.place + "/cpeApplicability", voice.container.cpeApplicability
    yield from configurations.rows(told, name, source, _speaker(told, voice), nodes, where, len(entries))


def _speaker(told: Told, voice: Voice) -> Speaker:
    """The manufacturer where a CNA speaks of its own products only."""
    entries = told.parts(voice.container.affected, voice.place + "/affected", form.Affected)
    vendors = {text(entry.vendor) for _, entry in entries}
    own = voice.cna and bool(vendors) and all(speakers.same(voice.name, vendor) for vendor in vendors)
    return Speaker.MANUFACTURER if own else Speaker.THIRD_PARTY


def _exploited(told: Told, name: str, voice: Voice) -> Iterator[Exploited]:
    """KEV entries that CISA's ADP carries."""
    for where, metric in told.parts(voice.container.metrics, voice.place + "/metrics", form.Metric):
        other = told.one(metric.other, where + "/other", form.Other)
        if other is None or text(other.type) != "kev" or voice.cna:
            continue
        kev = told.one(other.content, where + "/other/content", form.Kev) or form.Kev()
        added = instant(text(kev.dateAdded))
        yield Exploited(told.reading, name, where + "/other", added, "", "", "", text(kev.reference))


def _remedies(told: Told, name: str, voice: Voice, key: str, category: str, updated: str) -> Iterator[Remedy]:
    """Solutions and workarounds of a container, each language's first one only where it is English."""
    place = f"{voice.place}/{key}"
    said = told.parts(getattr(voice.container, key), place, form.Description)
    english = [one for one in said if text(one[1].lang).lower().startswith("en")]
    speaker = _speaker(told, voice)
    for where, one in english or said:
        yield Remedy(
            reading=told.reading,
            document=name,
            place=where,
            speaker=speaker,
            vulnerability=name,
            category=category,
            details=text(one.value),
            url="",
            dated=instant(updated),
            product_ids=(),
        )


READER = published("cve5", 2, recognises, read, dated, series)
