"""CSAF 2.0 and 2.1: advisories and VEX -> Advisory, Vulnerability, Statement, Remedy.

Every product, status, remediation and group is read as written; version texts stay texts (matching understands them).
A newer revision of a tracking id supersedes the older. A vendor's document is the manufacturer's word on its own
products only. What the document names and does not define, or defines and does not use, is a refusal of that part.

Source: CSAF 2.0 and 2.1 (OASIS), section 3.
"""

import hashlib
from collections.abc import Iterator

from msgspec import Raw

from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Advisory, Remedy, Statement, Vulnerability
from hygie.model.seams import Given, Input
from hygie.sources.csaf import form
from hygie.sources.csaf.tree import Products, products
from hygie.sources.csaf.vulnerabilities import Voice, Vulnerabilities
from hygie.sources.opening.documents import Told, decode, keys, outline, published, text, whole
from hygie.sources.opening.forms import instant
from hygie.sources.opening.json import top

VERSIONS = ("2.0", "2.1")

PARTS = frozenset(("$schema", "document", "product_tree", "vulnerabilities"))
"""Top-level keys of a document."""

Row = Advisory | Vulnerability | Statement | Remedy | Refusal


def recognises(source: Input) -> bool:
    """A JSON object with a `document` that tells its `csaf_version`."""
    raw = keys(source, "document", PARTS).get("document")
    return raw is not None and b'"csaf_version"' in bytes(raw)


def _tracking(source: Input) -> tuple[form.Tracking, form.Publisher]:
    """Tracking and publisher by the first look; empty ones where they cannot be read."""
    told = Told(source.name, "")
    found = keys(source, "document", PARTS).get("document", Raw())
    document = told.one(found, "", form.Document) or form.Document()
    if Raw() in (document.tracking, document.publisher) and outline(source).cut:
        found = top(source).get("document", found)  # the head ended within it
        document = told.one(found, "", form.Document) or document
    tracking = told.one(document.tracking, "", form.Tracking)
    publisher = told.one(document.publisher, "", form.Publisher)
    return tracking or form.Tracking(), publisher or form.Publisher()


def series(source: Input) -> str:
    """Publisher's namespace and tracking id: an advisory's revisions are one series."""
    tracking, publisher = _tracking(source)
    if not text(tracking.id):
        return hashlib.sha256(source.head).hexdigest()[:16]
    return f"{text(publisher.namespace)} {text(tracking.id)}".strip()


def dated(source: Input) -> str:
    """Instant of this revision; "" unknown."""
    return instant(text(_tracking(source)[0].current_release_date))


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of one document. Raises ValueError, EOFError, RecursionError for a document that is no JSON object."""
    parts = decode(whole(source), form.Whole)
    told = Told(source.name, given.reading)
    document = told.one(parts.document, "/document", form.Document) or form.Document()
    advisory, voice = _advisory(told, document, given)
    yield advisory
    found = products(told, parts.product_tree, "/product_tree")
    yield from told.drain()
    reader = Vulnerabilities(told, found, voice)
    for row in reader.read(parts.vulnerabilities, "/vulnerabilities"):
        yield row
        yield from told.drain()
    if parts.vulnerabilities != Raw():
        _unstated(told, found, reader.stated)
    yield from told.drain()


def _advisory(told: Told, document: form.Document, given: Given) -> tuple[Advisory, Voice]:
    """The document's own row, and whose word it is."""
    tracking = told.one(document.tracking, "/document/tracking", form.Tracking) or form.Tracking()
    publisher = told.one(document.publisher, "/document/publisher", form.Publisher) or form.Publisher()
    severity = told.one(document.aggregate_severity, "/document/aggregate_severity", form.Severity)
    references = told.parts(document.references, "/document/references", form.Reference)
    version = text(document.csaf_version)
    if version not in VERSIONS:
        told.refuse("/document/csaf_version", "refusal.csaf.version", f"version={version}")
    if not text(tracking.id):
        told.refuse("/document/tracking/id", "refusal.csaf.tracking")
    vendor = text(publisher.category) == "vendor"
    released = instant(text(tracking.current_release_date)) or given.dated
    voice = Voice(text(tracking.id) or told.name, text(publisher.name), text(publisher.namespace), vendor, released)
    advisory = Advisory(
        reading=told.reading,
        document=voice.document,
        title=text(document.title),
        publisher=voice.publisher,
        publisher_category=text(publisher.category),
        speaker=Speaker.MANUFACTURER if vendor else Speaker.THIRD_PARTY,
        revision=text(tracking.version),
        released=released,
        status=text(tracking.status),
        category=text(document.category),
        aggregate_severity=text(severity.text) if severity is not None else "",
        address=next((text(r.url) for _, r in references if text(r.category) == "self"), ""),
    )
    return advisory, voice


def _unstated(told: Told, found: Products, stated: set[str]) -> None:
    """Tells of products that the tree defines and of which nothing is said, not even as a part of another."""
    silent = (p for i, p in found.by_id.items() if i not in stated and i not in found.used)
    for product in silent:
        told.refuse(product.place, "refusal.csaf.silent", f"id={product.id}")


READER = published("csaf", 3, recognises, read, dated, series)
