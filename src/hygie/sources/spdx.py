"""SPDX 2.2 and 2.3 JSON -> Bom, Component.

Each package is a Component; the described ones are what the document is about and give a Bom each. Of several CPEs or
purls of a package the first of each is kept (the tools that guess CPEs put the likeliest first). Persons named as
suppliers are left out. Other forms of SPDX (3.0, tag-value) are recognised and refused, with what to ask for.

Source: SPDX specification 2.3, JSON form; 2.2 has the same shape.
"""

import hashlib
import re
from collections.abc import Iterator

from msgspec import Raw, Struct

from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Bom, Component
from hygie.model.seams import Given, Input
from hygie.sources.opening import speakers
from hygie.sources.opening.documents import Text, Told, decode, keys, outline, published, text, whole
from hygie.sources.opening.forms import instant

PARTS = frozenset(
    """SPDXID creationInfo name dataLicense documentNamespace documentDescribes packages files relationships snippets
    externalDocumentRefs hasExtractedLicensingInfos annotations comment $schema""".split()
)
"""Top-level keys of a document beside `spdxVersion`."""

SILENT = ("NOASSERTION", "NONE")
MANY = 100
"""Described packages of one document that give a Bom each."""

Row = Bom | Component | Refusal


class Document(Struct):
    """A document."""

    spdxVersion: Text = None  # noqa: N815
    name: Text = None
    documentNamespace: Text = None  # noqa: N815
    documentDescribes: Raw = Raw()  # noqa: N815
    creationInfo: Raw = Raw()  # noqa: N815
    packages: Raw = Raw()
    relationships: Raw = Raw()


class Creation(Struct):
    """creationInfo."""

    created: Text = None
    creators: Raw = Raw()


class Package(Struct):
    """An item of packages."""

    SPDXID: Text = None
    name: Text = None
    versionInfo: Text = None  # noqa: N815
    supplier: Text = None
    originator: Text = None
    primaryPackagePurpose: Text = None  # noqa: N815
    externalRefs: Raw = Raw()  # noqa: N815
    checksums: Raw = Raw()


class Reference(Struct):
    """An item of externalRefs."""

    referenceType: Text = None  # noqa: N815
    referenceLocator: Text = None  # noqa: N815


class Checksum(Struct):
    """An item of checksums."""

    algorithm: Text = None
    checksumValue: Text = None  # noqa: N815


class Relationship(Struct):
    """An item of relationships."""

    spdxElementId: Text = None  # noqa: N815
    relationshipType: Text = None  # noqa: N815
    relatedSpdxElement: Text = None  # noqa: N815


def recognises(source: Input) -> bool:
    """SPDX in any form: 2.x JSON is read, 3.0 JSON-LD and tag-value are refused with what to ask for."""
    if _foreign(source):
        return True
    return b'"SPDX-' in bytes(keys(source, "spdxVersion", PARTS).get("spdxVersion", Raw()))


def _foreign(source: Input) -> str:
    """Form of SPDX that is not read; "" for others."""
    if re.search(rb"(?m)^SPDXVersion:\s*SPDX-", source.head[:4096]):
        return "tag-value"
    return "3.0" if b"spdx.org/rdf/3" in bytes(outline(source).keys.get("@context", Raw())) else ""


def series(source: Input) -> str:
    """Names of the document and of the products that it describes, with their versions; else the head's hash.

    Namespaces are made anew for each issue of a document, and would keep the older one beside the newer.
    """
    told = Told(source.name, "")
    document = None if _foreign(source) else told.one(whole(source), "", Document)
    if document is None:
        return hashlib.sha256(source.head).hexdigest()[:16]
    relations = [r for _, r in told.parts(document.relationships, "", Relationship)]
    described = _described(told, document, relations)
    packages = (p for _, p in told.parts(document.packages, "", Package) if text(p.SPDXID) in described)
    named = [f"{text(p.name)} {text(p.versionInfo)}".strip() for p in packages]
    return ", ".join([text(document.name), *named][: MANY + 1])[:500]


def dated(source: Input) -> str:
    """Instant of its making; "" unknown."""
    told = Told(source.name, "")
    raw = keys(source, "creationInfo", PARTS | {"spdxVersion"}).get("creationInfo", Raw())
    creation = told.one(raw, "", Creation)
    return instant(text(creation.created)) if creation is not None else ""


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of one document. Raises ValueError, EOFError, RecursionError; ValueError for forms that are not read."""
    if _foreign(source):
        raise ValueError("refusal.spdx.form", f"form={_foreign(source)}")
    data = whole(source)
    document = decode(data, Document)
    told = Told(source.name, given.reading)
    namespace = text(document.documentNamespace) or "sha256:" + hashlib.sha256(data).hexdigest()
    packages = told.parts(document.packages, "/packages", Package)
    rows = [_component(told, package, where, namespace) for where, package in packages]
    relations = [r for _, r in told.parts(document.relationships, "/relationships", Relationship)]
    described = _described(told, document, relations)
    creation = told.one(document.creationInfo, "/creationInfo", Creation) or Creation()
    makers = [_organization(said) for _, said in told.texts(creation.creators, "/creationInfo/creators")]
    mains = [row for row in rows if row.reference in described]
    for main in mains[:MANY]:
        own = any(speakers.same(maker, main.make) for maker in makers if maker)
        yield Bom(
            reading=given.reading,
            document=namespace,
            format=text(document.spdxVersion),
            place=main.place,
            make=main.make,
            product=main.name,
            version=main.version,
            speaker=Speaker.MANUFACTURER if own else Speaker.THIRD_PARTY,
            dated=instant(text(creation.created)) or given.dated,
            components=len(rows) - len(mains),
            completeness=_completeness(relations, main.reference),
        )
    if len(mains) > MANY:
        told.refuse("/documentDescribes", "refusal.spdx.many", f"limit={MANY}")
    if rows and not mains:
        told.refuse("/documentDescribes", "refusal.bom.product")
    yield from rows
    yield from told.drain()


def _described(told: Told, document: Document, relations: list[Relationship]) -> set[str]:
    """Ids of what the document describes."""
    found = {said for _, said in told.texts(document.documentDescribes, "/documentDescribes")}
    for one in relations:
        kind = text(one.relationshipType).upper()
        if kind == "DESCRIBES" and text(one.spdxElementId) == "SPDXRef-DOCUMENT":
            found.add(text(one.relatedSpdxElement))
        elif kind == "DESCRIBED_BY" and text(one.relatedSpdxElement) == "SPDXRef-DOCUMENT":
            found.add(text(one.spdxElementId))
    return found


def _completeness(relations: list[Relationship], main: str) -> str:
    """complete where the product has no (further) part, unknown where that is left open; "" not said."""
    kinds = ("CONTAINS", "DEPENDS_ON")
    said = {
        text(one.relatedSpdxElement)
        for one in relations
        if text(one.spdxElementId) == main and text(one.relationshipType).upper() in kinds
    }
    return "unknown" if "NOASSERTION" in said else "complete" if "NONE" in said else ""


def _organization(said: str) -> str:
    """Name in "Organization: Name (address)"; "" for persons, tools and silence."""
    kind, _, name = said.partition(":")
    if kind.strip().casefold() != "organization":
        return ""
    before, bracket, _ = name.rstrip().rpartition("(")
    return (before if bracket and name.rstrip().endswith(")") else name).strip()


def _component(told: Told, package: Package, place: str, document: str) -> Component:
    """One package."""
    known: dict[str, str] = {}
    for _, reference in told.parts(package.externalRefs, place + "/externalRefs", Reference):
        kind = text(reference.referenceType).rpartition("/")[2].casefold()
        known.setdefault(kind, text(reference.referenceLocator))
    checksums = told.parts(package.checksums, place + "/checksums", Checksum)
    version = text(package.versionInfo)
    return Component(
        reading=told.reading,
        document=document,
        place=place,
        reference=text(package.SPDXID),
        type=text(package.primaryPackagePurpose).casefold(),
        make=_organization(text(package.supplier)) or _organization(text(package.originator)),
        name=text(package.name),
        version="" if version in SILENT else version,
        purl=known.get("purl", ""),
        cpe=known.get("cpe23type") or known.get("cpe22type", ""),
        hashes=tuple(f"{text(c.algorithm)}:{text(c.checksumValue)}" for _, c in checksums),
    )


READER = published("spdx", 1, recognises, read, dated, series)
