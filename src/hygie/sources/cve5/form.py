"""The parts of a CVE record that are read.

Source: CVE record format 5.0 to 5.2 (cveproject cve-schema).
"""

from msgspec import Raw, Struct, field

from hygie.sources.opening.documents import Text


class Metadata(Struct):
    """cveMetadata."""

    cveId: Text = None  # noqa: N815
    state: Text = None
    datePublished: Text = None  # noqa: N815
    dateUpdated: Text = None  # noqa: N815


class Containers(Struct):
    """containers."""

    cna: Raw = Raw()
    adp: Raw = Raw()


class Record(Struct):
    """A record."""

    cveMetadata: Raw = Raw()  # noqa: N815
    containers: Raw = Raw()


class Provider(Struct):
    """providerMetadata."""

    shortName: Text = None  # noqa: N815
    orgId: Text = None  # noqa: N815


class Container(Struct):
    """containers/cna, or an item of containers/adp."""

    providerMetadata: Raw = Raw()  # noqa: N815
    title: Text = None
    descriptions: Raw = Raw()
    rejectedReasons: Raw = Raw()  # noqa: N815
    affected: Raw = Raw()
    cpeApplicability: Raw = Raw()  # noqa: N815
    metrics: Raw = Raw()
    problemTypes: Raw = Raw()  # noqa: N815
    references: Raw = Raw()
    solutions: Raw = Raw()
    workarounds: Raw = Raw()


class Description(Struct):
    """An item of descriptions, solutions, workarounds, rejectedReasons."""

    lang: Text = None
    value: Text = None


class Problem(Struct):
    """An item of problemTypes."""

    descriptions: Raw = Raw()


class ProblemText(Struct):
    """An item of its descriptions."""

    cweId: Text = None  # noqa: N815
    description: Text = None


class Reference(Struct):
    """An item of references."""

    url: Text = None
    tags: Raw = Raw()


class Metric(Struct):
    """An item of metrics."""

    cvssV4_0: Raw = Raw()  # noqa: N815
    cvssV3_1: Raw = Raw()  # noqa: N815
    cvssV3_0: Raw = Raw()  # noqa: N815
    cvssV2_0: Raw = Raw()  # noqa: N815
    other: Raw = Raw()


class Cvss(Struct):
    """A CVSS score."""

    vectorString: Text = None  # noqa: N815
    baseScore: Text = None  # noqa: N815


class Other(Struct):
    """metrics/other: SSVC and KEV by CISA."""

    type: Text = None
    content: Raw = Raw()


class Ssvc(Struct):
    """Content of type ssvc."""

    options: Raw = Raw()


class Kev(Struct):
    """Content of type kev."""

    dateAdded: Text = None  # noqa: N815
    reference: Text = None


class Affected(Struct):
    """An item of affected."""

    vendor: Text = None
    product: Text = None
    collectionURL: Text = None  # noqa: N815
    packageName: Text = None  # noqa: N815
    packageURL: Text = None  # noqa: N815
    cpes: Raw = Raw()
    platforms: Raw = Raw()
    versions: Raw = Raw()
    defaultStatus: Text = None  # noqa: N815


class Version(Struct):
    """An item of versions."""

    version: Text = None
    status: Text = None
    versionType: Text = None  # noqa: N815
    less_than: Text = field(default=None, name="lessThan")
    up_to: Text = field(default=None, name="lessThanOrEqual")
    changes: Raw = Raw()


class Change(Struct):
    """An item of changes."""

    at: Text = None
    status: Text = None
