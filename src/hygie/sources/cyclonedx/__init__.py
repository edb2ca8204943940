"""CycloneDX JSON 1.2 to 1.7 -> Bom, Component, and of its vulnerabilities Advisory, Vulnerability, Statement, Remedy.

Components are read however deep they lie in each other, of every type (hardware, firmware and operating systems too).
The described product is a Component as well, at "/metadata/component", because it carries CPE and purl;
`Bom.components` counts the others. A document whose supplier or manufacturer is named speaks as the manufacturer.

Source: CycloneDX 1.2 to 1.7 (ECMA-424), JSON form.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Advisory, Bom, Component, Remedy, Statement, Vulnerability
from hygie.model.seams import Given, Input
from hygie.sources.cyclonedx import form
from hygie.sources.cyclonedx import vulnerabilities as vulnerable
from hygie.sources.opening.documents import Told, absent, decode, keys, outline, published, text, whole
from hygie.sources.opening.forms import instant

PARTS = frozenset(
    """$schema serialNumber version metadata components services externalReferences dependencies compositions
    vulnerabilities annotations formulation declarations definitions properties signature specVersion""".split()
)
"""Top-level keys of a document beside `bomFormat`."""

DEEP = 64
"""Components within components that are read."""

MAIN = "/metadata/component"

Row = Bom | Component | Advisory | Vulnerability | Statement | Remedy | Refusal


class About(NamedTuple):
    """What the metadata say."""

    dated: str
    maker: str
    """Supplier or manufacturer of what is described; "" none."""
    component: form.Component | None


def recognises(source: Input) -> bool:
    """A JSON object with `bomFormat` CycloneDX, or of CycloneDX' schema."""
    found = keys(source, "bomFormat", PARTS)
    said = (bytes(found.get(key, Raw())).lower() for key in ("bomFormat", "$schema"))
    return any(b"cyclonedx" in text for text in said)


def _look(source: Input) -> tuple[str, About]:
    """Serial number and metadata by the first look."""
    told = Told(source.name, "")
    found = keys(source, "metadata", PARTS | {"bomFormat"})
    serial = told.texts(b"[" + bytes(found.get("serialNumber", Raw(b"null"))) + b"]", "")
    return serial[0][1] if serial else "", _about(told, found.get("metadata", Raw()))


def series(source: Input) -> str:
    """Serial number, else name and version of the described product, else the head's hash."""
    serial, about = _look(source)
    if serial:
        return serial
    if about.component is not None and text(about.component.name):
        named = (about.maker, text(about.component.group), text(about.component.name), text(about.component.version))
        return " ".join(filter(None, named))
    return hashlib.sha256(source.head).hexdigest()[:16]


def dated(source: Input) -> str:
    """Its timestamp; "" unknown."""
    return _look(source)[1].dated if outline(source).keys else ""


def _about(told: Told, raw: Raw) -> About:
    """The metadata."""
    metadata = told.one(raw, "/metadata", form.Metadata) or form.Metadata()
    found = (
        told.one(part, f"/metadata/{key}", form.Organization)
        for key, part in (
            ("supplier", metadata.supplier),
            ("manufacturer", metadata.manufacturer),
            ("manufacture", metadata.manufacture),
        )
    )
    maker = next((text(one.name) for one in found if one is not None and text(one.name)), "")
    return About(instant(text(metadata.timestamp)), maker, told.one(metadata.component, MAIN, form.Component))


def read(source: Input, given: Given) -> Iterator[Row]:
    """Rows of one document. Raises ValueError, EOFError, RecursionError for what is no JSON object."""
    data = whole(source)
    bom = decode(data, form.Document)
    told = Told(source.name, given.reading)
    about = _about(told, bom.metadata)
    document = text(bom.serialNumber) or "sha256:" + hashlib.sha256(data).hexdigest()
    main = None
    rows: list[Component] = []
    if about.component is not None:
        main = _component(told, about.component, MAIN, document, about.maker)
        rows += _components(told, about.component.components, MAIN + "/components", document, 1)
    rows += _components(told, bom.components, "/components", document, 1)
    speaker = Speaker.MANUFACTURER if about.maker else Speaker.THIRD_PARTY
    if rows or main is not None:
        yield Bom(
            reading=given.reading,
            document=document,
            format=f"CycloneDX {text(bom.specVersion)}",
            place=MAIN if main is not None else "",
            make=about.maker or (main.make if main is not None else ""),
            product=main.name if main is not None else "",
            version=main.version if main is not None else "",
            speaker=speaker,
            dated=about.dated or given.dated,
            components=len(rows),
            completeness=_completeness(told, bom.compositions, main.reference if main is not None else ""),
        )
    if rows and main is None:
        told.refuse(MAIN, "refusal.bom.product")
    listed = rows if main is None else [main, *rows]
    yield from told.drain()
    yield from listed
    yield from _said(told, bom, about, document, main, {one.reference: one for one in listed if one.reference})
    yield from told.drain()


def _components(told: Told, raw: Raw, place: str, document: str, depth: int) -> Iterator[Component]:
    """Components in the document's order, each before those in it."""
    if depth > DEEP:
        told.refuse(place, "refusal.bom.deep", f"limit={DEEP}")
        return
    for where, one in told.parts(raw, place, form.Component):
        yield _component(told, one, where, document, "")
        if not absent(one.components):
            yield from _components(told, one.components, where + "/components", document, depth + 1)


def _component(told: Told, one: form.Component, place: str, document: str, maker: str) -> Component:
    """One component; its maker is its supplier, manufacturer, publisher or group, in that order."""
    supplier = told.one(one.supplier, place + "/supplier", form.Organization)
    manufacturer = told.one(one.manufacturer, place + "/manufacturer", form.Organization)
    named = text(supplier.name if supplier else None) or text(manufacturer.name if manufacturer else None)
    hashes = told.parts(one.hashes, place + "/hashes", form.Hash)
    return Component(
        reading=told.reading,
        document=document,
        place=place,
        reference=text(one.ref),
        type=text(one.type),
        make=named or maker or text(one.publisher) or text(one.group),
        name=text(one.name),
        version=text(one.version),
        purl=text(one.purl),
        cpe=text(one.cpe),
        hashes=tuple(f"{text(h.alg)}:{text(h.content)}" for _, h in hashes),
    )


def _completeness(told: Told, raw: Raw, main: str) -> str:
    """What the document says of its parts list: of the described product, else of all it lists."""
    for where, one in told.parts(raw, "/compositions", form.Composition):
        assemblies = [ref for _, ref in told.texts(one.assemblies, where + "/assemblies")]
        if not assemblies or (main and main in assemblies):
            aggregate = text(one.aggregate)
            if aggregate.startswith("incomplete"):
                return "incomplete"
            return aggregate if aggregate == "complete" else "unknown"
    return ""


def _said(
    told: Told,
    bom: form.Document,
    about: About,
    document: str,
    main: Component | None,
    components: dict[str, Component],
) -> Iterator[Row]:
    """What the document says of vulnerabilities, if it does."""
    if absent(bom.vulnerabilities) or bytes(bom.vulnerabilities).strip() == b"[]":
        return
    speaker = Speaker.MANUFACTURER if about.maker else Speaker.THIRD_PARTY
    yield Advisory(
        reading=told.reading,
        document=document,
        title=f"{main.name} {main.version}".strip() if main is not None else "",
        publisher=about.maker,
        publisher_category="",
        speaker=speaker,
        revision=text(bom.version),
        released=about.dated,
        status="",
        category="cyclonedx_vex",
    )
    voice = vulnerable.Voice(document, about.maker, speaker, about.dated, main)
    for row in vulnerable.read(told, bom.vulnerabilities, "/vulnerabilities", voice, components):
        yield row
        yield from told.drain()


READER = published("cyclonedx", 1, recognises, read, dated, series)
