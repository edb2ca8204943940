"""OpenVEX 0.2.0, and 0.0.x before it: statements -> Advisory, Vulnerability, Statement, Remedy.

A product is an IRI or purl, or has identifiers (purl, CPE); a subcomponent becomes the Statement's product and the
product its `inside`. Times and authors cascade from the document. An action statement is a remedy of category
"mitigation", because the format does not say whether it is a fix; its words say.
Whose word it is: the manufacturer's where the author is the product's maker (the package URL's namespace, the CPE's
vendor), whatever it calls itself; a third party's where it is not. Where the maker of a product is not named, an author
whose role says vendor is taken for it, and the statement is of that maker's product.

Source: OpenVEX specification 0.2.0; 0.0.x form (products and vulnerability as plain texts).
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw, Struct, field

from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Advisory, Remedy, Statement, Status, Vulnerability
from hygie.model.seams import Given, Input
from hygie.sources.opening import speakers
from hygie.sources.opening.documents import Text, Told, absent, decode, keys, published, text, whole
from hygie.sources.opening.forms import instant, name_of
from hygie.sources.opening.packages import Package, package

STATUSES = {
    "affected": Status.AFFECTED,
    "fixed": Status.FIXED,
    "not_affected": Status.NOT_AFFECTED,
    "under_investigation": Status.UNDER_INVESTIGATION,
}
MAKERS = re.compile(r"vendor|manufactur|supplier|producer|fabricant|[ée]diteur", re.IGNORECASE)
"""Roles of an author who speaks of its own product."""

_THEIRS = (Speaker.MANUFACTURER, Speaker.THIRD_PARTY)
"""A word on several makers' products is a third party's."""
_CONTACT = re.compile(r"<[^>]*>|\S+@\S+|\w+://\S*")
"""A mail or web address beside a name."""
_HOST = re.compile(r"^(?:\w+://)?(?:[^@/]*@)?(?:www\.)?([^./:]+).*$")

PARTS = frozenset(("@id", "author", "role", "timestamp", "last_updated", "version", "tooling", "format", "statements"))
"""Top-level keys of a document beside its context."""

Row = Advisory | Vulnerability | Statement | Remedy | Refusal


class Document(Struct):
    """A VEX document."""

    id: Text = field(default=None, name="@id")
    author: Text = None
    role: Text = None
    timestamp: Text = None
    last_updated: Text = None
    version: Text = None
    statements: Raw = Raw()


class Said(Struct):
    """An item of statements. `subcomponents` and `vuln_description` are 0.0.x's."""

    vulnerability: Raw = Raw()
    vuln_description: Text = None
    timestamp: Text = None
    last_updated: Text = None
    products: Raw = Raw()
    subcomponents: Raw = Raw()
    status: Text = None
    status_notes: Text = None
    justification: Text = None
    impact_statement: Text = None
    action_statement: Text = None
    action_statement_timestamp: Text = None
    supplier: Text = None


class Named(Struct):
    """A vulnerability."""

    id: Text = field(default=None, name="@id")
    name: Text = None
    description: Text = None
    aliases: Raw = Raw()


class Thing(Struct):
    """A product or subcomponent."""

    id: Text = field(default=None, name="@id")
    identifiers: Raw = Raw()
    hashes: Raw = Raw()
    subcomponents: Raw = Raw()


class Identifiers(Struct):
    """Identifiers of a product."""

    purl: Text = None
    cpe23: Text = None
    cpe22: Text = None


class Part(NamedTuple):
    """A product or subcomponent as read."""

    id: str
    place: str
    package: Package
    cpe: str
    hashes: tuple[str, ...]
    inside: tuple[Raw, str]
    """Its subcomponents, undecoded, and their place."""


def recognises(source: Input) -> bool:
    """A JSON object whose `@context` is OpenVEX's, or that has statements, an author and a VEX format."""
    found = keys(source, "@context", PARTS)
    context = bytes(found.get("@context", Raw())).lower()
    return b"openvex" in context or (b"vex" in bytes(found.get("format", Raw())) and "statements" in found)


def series(source: Input) -> str:
    """The document's @id."""
    told = Told(source.name, "")
    said = told.texts(b"[" + bytes(keys(source, "@id", PARTS).get("@id", Raw(b"null"))) + b"]", "")
    return (said[0][1] if said else "") or hashlib.sha256(source.head).hexdigest()[:16]


def dated(source: Input) -> str:
    """Instant of its last update, else of its issue; "" unknown."""
    found = keys(source, "timestamp", PARTS)
    for key in ("last_updated", "timestamp"):
        said = bytes(found.get(key, Raw())).decode("utf-8", "replace").strip('"')
        if instant(said):
            return instant(said)
    return ""


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of one document. Raises ValueError, EOFError, RecursionError for a document that is no JSON object."""
    document = decode(whole(source), Document)
    told = Told(source.name, given.reading)
    name = text(document.id) or source.name
    issued = instant(text(document.timestamp)) or instant(text(document.last_updated)) or given.dated
    own = False
    seen: set[str] = set()
    for where, said in told.parts(document.statements, "/statements", Said):
        for row in _statement(told, document, name, issued, where, said, seen):
            own = own or (isinstance(row, Statement) and row.speaker is Speaker.MANUFACTURER)
            yield row
        yield from told.drain()
    yield Advisory(
        reading=given.reading,
        document=name,
        title="",
        publisher=text(document.author),
        publisher_category=text(document.role),
        speaker=Speaker.MANUFACTURER if own else Speaker.THIRD_PARTY,
        revision=text(document.version),
        released=instant(text(document.last_updated)) or issued,
        status="",
        category="openvex",
    )
    yield from told.drain()


class Author(NamedTuple):
    """Who wrote a statement."""

    name: str
    vendor: bool
    """Its role, or the statement's supplier, says that it speaks of its own product."""

    def speaker(self, make: str) -> Speaker:
        """As whom it speaks of a maker's product; `make` "" where the maker is not named."""
        own = speakers.same(self.name, make) if make else self.vendor
        return Speaker.MANUFACTURER if own else Speaker.THIRD_PARTY

    def maker(self, make: str) -> str:
        """The maker of a product: the one that is named, else the author, if it calls itself so."""
        if make or not self.vendor:
            return make
        bare = _CONTACT.sub(" ", self.name)
        return " ".join(bare.split()) or _HOST.sub(r"\1", self.name)


class Voice(NamedTuple):
    """What a statement says of all its products."""

    document: str
    author: Author
    dated: str
    vulnerability: Vulnerability
    status: Status
    justification: str
    text: str


def _statement(
    told: Told, document: Document, name: str, issued: str, place: str, said: Said, seen: set[str]
) -> Iterator[Row]:
    """Rows of one statement; `seen` holds the vulnerabilities told before."""
    vulnerability = _vulnerability(told, place + "/vulnerability", said, issued)
    status = STATUSES.get(text(said.status))
    if status is None or vulnerability is None:
        reason = "status" if vulnerability is not None else "vulnerability"
        told.refuse(place, "refusal.openvex.statement", f"field={reason}")
        return
    if vulnerability.id not in seen:
        seen.add(vulnerability.id)
        yield vulnerability
    supplier = text(said.supplier)
    vendor = bool(MAKERS.search(text(document.role))) or bool(
        supplier and speakers.same(text(document.author), supplier)
    )
    author = Author(text(document.author), vendor)
    when = instant(text(said.last_updated)) or instant(text(said.timestamp)) or issued
    words = "\n".join(filter(None, map(text, (said.impact_statement, said.action_statement, said.status_notes))))
    voice = Voice(name, author, when, vulnerability, status, text(said.justification), words)
    ids: list[str] = []
    makes: list[str] = []
    for product in _things(told, said.products, place + "/products"):
        ids.append(product.id)
        makes.append(product.package.make)
        for part, inside in _pairs(told, product, said.subcomponents, place):
            yield _row(told, voice, product.id, part, inside)
    if not ids:
        told.refuse(place, "refusal.openvex.product")
    if text(said.action_statement):
        yield Remedy(
            reading=told.reading,
            document=name,
            place=place + "/action_statement",
            speaker=max(map(author.speaker, makes), key=_THEIRS.index, default=Speaker.THIRD_PARTY),
            vulnerability=vulnerability.id,
            category="mitigation",
            details=text(said.action_statement),
            url="",
            dated=instant(text(said.action_statement_timestamp)) or when,
            product_ids=tuple(dict.fromkeys(ids)),
        )


def _row(told: Told, voice: Voice, product: str, part: Part, inside: Part | None) -> Statement:
    """What is said of a product, or of a part inside it."""
    make = part.package.make if inside else voice.author.maker(part.package.make)
    container = voice.author.maker(inside.package.make) if inside else ""
    return Statement(
        reading=told.reading,
        document=voice.document,
        place=part.place,
        speaker=voice.author.speaker(inside.package.make if inside else part.package.make),
        publisher=voice.author.name,
        dated=voice.dated,
        vulnerability=voice.vulnerability.id,
        aliases=voice.vulnerability.aliases,
        status=voice.status,
        product_id=product,
        make=make,
        product=part.package.name,
        version=part.package.version,
        version_is_range=False,
        cpe=part.cpe,
        purl=part.package.purl,
        hashes=part.hashes,
        inside_make=container,
        inside_product=inside.package.name if inside else "",
        inside_version=inside.package.version if inside else "",
        inside_purl=inside.package.purl if inside else "",
        inside_cpe=inside.cpe if inside else "",
        justification=voice.justification,
        text=voice.text,
    )


def _vulnerability(told: Told, place: str, said: Said, issued: str) -> Vulnerability | None:
    """The vulnerability of a statement: an object, or in 0.0.x a text; None where it has no name."""
    raw = said.vulnerability
    named = Named(name=told.texts(b"[" + bytes(raw) + b"]", place)[0][1]) if bytes(raw)[:1] == b'"' else None
    if named is None:
        named = told.one(raw, place, Named)
    if named is None or not (text(named.name) or text(named.id)):
        return None
    name = name_of(text(named.name)) or text(named.id)
    aliases = (name_of(one) for _, one in told.texts(named.aliases, place + "/aliases"))
    return Vulnerability(
        reading=told.reading,
        id=name,
        source="openvex",
        place=place,
        title="",
        description=text(named.description) or text(said.vuln_description),
        aliases=tuple(dict.fromkeys(one for one in aliases if one and one != name)),
        modified=issued,
    )


def _things(told: Told, raw: Raw, place: str) -> Iterator[Part]:
    """Products or subcomponents: objects, or in 0.0.x texts. One that nothing names is refused."""
    for where, item in told.parts(raw, place, Raw):
        if bytes(item)[:1] == b'"':
            thing: Thing | None = Thing(id=told.texts(b"[" + bytes(item) + b"]", where)[0][1])
        else:
            thing = told.one(item, where, Thing)
        if thing is None:
            continue
        known = told.one(thing.identifiers, where + "/identifiers", Identifiers) or Identifiers()
        hashes = told.one(thing.hashes, where + "/hashes", dict[str, Text]) or {}
        cpe = text(known.cpe23) or text(known.cpe22)
        found = package(text(known.purl) or text(thing.id), cpe)
        if not (found.name or cpe):
            told.refuse(where, "refusal.openvex.product")
            continue
        yield Part(
            id=text(thing.id) or text(known.purl) or cpe,
            place=where,
            package=found,
            cpe=cpe,
            hashes=tuple(f"{key.upper()}:{text(value)}" for key, value in hashes.items()),
            inside=(thing.subcomponents, where + "/subcomponents"),
        )


def _pairs(told: Told, product: Part, shared: Raw, place: str) -> Iterator[tuple[Part, Part | None]]:
    """What the statement speaks of in a product: its subcomponents, else the product itself."""
    raw, where = (shared, place + "/subcomponents") if absent(product.inside[0]) else product.inside
    parts = list(_things(told, raw, where))
    if parts:
        yield from ((part, product) for part in parts)
    elif absent(raw) or bytes(raw).strip() == b"[]":
        yield product, None


READER = published("openvex", 2, recognises, read, dated, series)
