"""The parts of a CycloneDX document that are read, 1.2 to 1.7 in one form.

Source: CycloneDX 1.2 to 1.7 JSON schemas (ECMA-424).
"""

from msgspec import Raw, Struct, field

from hygie.sources.opening.documents import Text


class Document(Struct):
    """A BOM."""

    specVersion: Text = None  # noqa: N815
    serialNumber: Text = None  # noqa: N815
    version: Text = None
    metadata: Raw = Raw()
    components: Raw = Raw()
    compositions: Raw = Raw()
    vulnerabilities: Raw = Raw()


class Metadata(Struct):
    """metadata; `manufacture` became `manufacturer` in 1.6."""

    timestamp: Text = None
    component: Raw = Raw()
    supplier: Raw = Raw()
    manufacture: Raw = Raw()
    manufacturer: Raw = Raw()


class Organization(Struct):
    """organizationalEntity."""

    name: Text = None


class Component(Struct):
    """A component."""

    type: Text = None
    ref: Text = field(default=None, name="bom-ref")
    supplier: Raw = Raw()
    manufacturer: Raw = Raw()
    publisher: Text = None
    group: Text = None
    name: Text = None
    version: Text = None
    purl: Text = None
    cpe: Text = None
    hashes: Raw = Raw()
    components: Raw = Raw()


class Hash(Struct):
    """An item of hashes."""

    alg: Text = None
    content: Text = None


class Composition(Struct):
    """An item of compositions."""

    aggregate: Text = None
    assemblies: Raw = Raw()


class Vulnerable(Struct):
    """An item of vulnerabilities."""

    id: Text = None
    ref: Text = field(default=None, name="bom-ref")
    source: Raw = Raw()
    references: Raw = Raw()
    ratings: Raw = Raw()
    cwes: Raw = Raw()
    description: Text = None
    detail: Text = None
    recommendation: Text = None
    workaround: Text = None
    created: Text = None
    published: Text = None
    updated: Text = None
    rejected: Text = None
    analysis: Raw = Raw()
    affects: Raw = Raw()


class Named(Struct):
    """A source, or a reference's id."""

    id: Text = None
    name: Text = None


class Rating(Struct):
    """An item of ratings."""

    source: Raw = Raw()
    score: Text = None
    method: Text = None
    vector: Text = None


class Analysis(Struct):
    """analysis."""

    state: Text = None
    justification: Text = None
    response: Raw = Raw()
    detail: Text = None
    firstIssued: Text = None  # noqa: N815
    lastUpdated: Text = None  # noqa: N815


class Affected(Struct):
    """An item of affects."""

    ref: Text = None
    versions: Raw = Raw()


class Version(Struct):
    """An item of its versions."""

    version: Text = None
    range: Text = None
    status: Text = None
