"""Vulnerabilities within a CycloneDX document (VEX, VDR) -> Vulnerability, Statement, Remedy.

Without an analysis the document says "affected" of what it lists, or what each version's status says. A reference into
another document (BOM-Link) is followed only as far as it tells a purl; otherwise it is refused, never taken for all.

Source: CycloneDX 1.4 to 1.7, vulnerabilities; BOM-Link (urn:cdx).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Raw

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Component, Remedy, Statement, Status, Vulnerability
from hygie.sources.cyclonedx import form
from hygie.sources.opening.documents import Told, text
from hygie.sources.opening.forms import cve_id, cvss_version, cwes, instant, name_of, number
from hygie.sources.opening.packages import package

STATES = {
    "resolved": Status.FIXED,
    "resolved_with_pedigree": Status.FIXED,
    "exploitable": Status.AFFECTED,
    "in_triage": Status.UNDER_INVESTIGATION,
    "false_positive": Status.NOT_AFFECTED,
    "not_affected": Status.NOT_AFFECTED,
}
"""impactAnalysisState; an unknown one counts as not known."""

RESPONSES = {
    "can_not_fix": "no_fix_planned",
    "will_not_fix": "no_fix_planned",
    "update": "vendor_fix",
    "rollback": "workaround",
    "workaround_available": "workaround",
}
"""analysis/response -> category of `Remedy`."""

HEADS = {"CVSSv4": "CVSS:4.0/", "CVSSv31": "CVSS:3.1/", "CVSSv3": "CVSS:3.0/"}
"""Rating method -> head that its vector may lack."""


class Voice(NamedTuple):
    """Whose document it is and what it describes."""

    document: str
    publisher: str
    speaker: Speaker
    dated: str
    main: Component | None


def read(
    told: Told, raw: Raw, place: str, voice: Voice, components: Mapping[str, Component]
) -> Iterator[Vulnerability | Statement | Remedy]:
    """Rows of all vulnerabilities; `components` are the document's by bom-ref."""
    for where, one in told.parts(raw, place, form.Vulnerable):
        names = _names(told, one, where)
        if not names:
            told.refuse(where, "refusal.cyclonedx.nameless")
            continue
        yield _vulnerability(told, one, where, names, voice)
        analysis = told.one(one.analysis, where + "/analysis", form.Analysis) or form.Analysis()
        refs: list[str] = []
        for statement in _statements(told, one, where, names, analysis, voice, components):
            refs.append(statement.product_id)
            yield statement
        yield from _remedies(told, one, where, names[0], analysis, voice, tuple(dict.fromkeys(refs)))


def _names(told: Told, one: form.Vulnerable, place: str) -> tuple[str, ...]:
    """The CVE id where there is one, then the others."""
    references = told.parts(one.references, place + "/references", form.Named)
    said = [name_of(text(name)) for name in (one.id, *(r.id for _, r in references)) if text(name).strip()]
    said = said or [name_of(text(one.ref))]
    own = said[:1] if not cve_id(said[0]) else []
    first = next((name for name in said if cve_id(name)), "") if own else said[0]
    return tuple(name for name in dict.fromkeys([first, *said]) if name)


def _vulnerability(told: Told, one: form.Vulnerable, place: str, names: tuple[str, ...], voice: Voice) -> Vulnerability:
    """What the document says of the vulnerability itself."""
    scored: list[tuple[float, float, str, str]] = []
    for where, rating in told.parts(one.ratings, place + "/ratings", form.Rating):
        vector = text(rating.vector)
        if vector and not vector.startswith("CVSS:"):
            vector = HEADS.get(text(rating.method), "") + vector
        source = told.one(rating.source, where + "/source", form.Named) or form.Named()
        score = number(rating.score)
        if "/" in vector and "CVSS" in text(rating.method).upper():
            scored.append((cvss_version(vector), -1.0 if score is None else score, vector, text(source.name)))
    best = max(scored, default=None)
    return Vulnerability(
        reading=told.reading,
        id=names[0],
        source="cyclonedx",
        place=place,
        title="",
        description=text(one.description) or text(one.detail),
        aliases=names[1:],
        cwes=cwes(f"CWE-{said}" for _, said in told.texts(one.cwes, place + "/cwes")),
        cvss=best[2] if best else "",
        cvss_score=best[1] if best and best[1] >= 0 else None,
        cvss_source=best[3] if best else "",
        published=instant(text(one.published)),
        modified=instant(text(one.updated)) or voice.dated,
        rejected=bool(text(one.rejected)),
    )


def _statements(
    told: Told,
    one: form.Vulnerable,
    place: str,
    names: tuple[str, ...],
    analysis: form.Analysis,
    voice: Voice,
    components: Mapping[str, Component],
) -> Iterator[Statement]:
    """One row per affected component and version; none named counts as the component's own version."""
    state = text(analysis.state)
    status = STATES.get(state, Status.UNKNOWN) if state else Status.AFFECTED
    when = instant(text(analysis.lastUpdated)) or instant(text(analysis.firstIssued)) or instant(text(one.updated))
    for where, affected in told.parts(one.affects, place + "/affects", form.Affected):
        part = _part(told, text(affected.ref), components, where)
        if part is None:
            continue
        inside = voice.main if voice.main is not None and voice.main.reference != part.reference else None
        versions = told.parts(affected.versions, where + "/versions", form.Version)
        own = form.Version(version=part.version, status="")
        for spot, said in versions or [(where, own)]:
            yield Statement(
                reading=told.reading,
                document=voice.document,
                place=spot,
                speaker=voice.speaker,
                publisher=voice.publisher,
                dated=when or voice.dated,
                vulnerability=names[0],
                aliases=names[1:],
                status=_status(status, text(said.status)),
                product_id=text(affected.ref),
                make=part.make,
                product=part.name,
                version=text(said.range) or text(said.version),
                version_is_range=bool(text(said.range)),
                cpe=part.cpe,
                purl=part.purl,
                hashes=part.hashes,
                inside_make=inside.make if inside else "",
                inside_product=inside.name if inside else "",
                inside_version=inside.version if inside else "",
                inside_purl=inside.purl if inside else "",
                inside_cpe=inside.cpe if inside else "",
                justification=text(analysis.justification),
                text=text(analysis.detail),
            )


def _status(state: Status, said: str) -> Status:
    """The document's state for a version that is in question; what the version's own status says of others."""
    if said == "unaffected":
        return Status.NOT_AFFECTED
    if said == "unknown":
        return Status.UNKNOWN
    return state


def _part(told: Told, ref: str, components: Mapping[str, Component], place: str) -> Component | None:
    """The component that a reference means; None, and told, where this document does not say."""
    known = components.get(ref)
    if known is not None:
        return known
    target = unquote(ref.partition("#")[2]) if ref.startswith("urn:cdx:") else ref
    found = package(target)
    if found.purl:
        return Component(told.reading, "", place, ref, "", found.make, found.name, found.version, found.purl)
    told.refuse(place, "refusal.cyclonedx.reference", f"ref={ref}")
    return None


def _remedies(
    told: Told,
    one: form.Vulnerable,
    place: str,
    name: str,
    analysis: form.Analysis,
    voice: Voice,
    refs: tuple[str, ...],
) -> Iterator[Remedy]:
    """Recommendation, workaround, and the analysis' responses that neither tells."""
    said = [RESPONSES[r] for _, r in told.texts(analysis.response, place + "/analysis/response") if r in RESPONSES]
    texts: dict[str, tuple[str, str]] = {}
    if text(one.recommendation):
        category = "vendor_fix" if "vendor_fix" in said else "mitigation"
        texts[category] = (text(one.recommendation), place + "/recommendation")
    if text(one.workaround):
        texts["workaround"] = (text(one.workaround), place + "/workaround")
    for category in said:
        texts.setdefault(category, (text(analysis.detail), place + "/analysis/response"))
    for category, (details, where) in texts.items():
        yield Remedy(
            reading=told.reading,
            document=voice.document,
            place=where,
            speaker=voice.speaker,
            vulnerability=name,
            category=category,
            details=details,
            url="",
            dated=instant(text(analysis.lastUpdated)) or voice.dated,
            product_ids=refs,
        )
