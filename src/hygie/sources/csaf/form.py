"""The parts of a CSAF document that are read, 2.0 and 2.1 in one form.

Scalars are `Text`, lists and objects `Raw`: see `opening.documents`.

Source: CSAF 2.0 and 2.1, section 3.2.
"""

from msgspec import Raw, Struct, field

from hygie.sources.opening.documents import Text


class Publisher(Struct):
    """document/publisher."""

    category: Text = None
    name: Text = None
    namespace: Text = None


class Tracking(Struct):
    """document/tracking."""

    id: Text = None
    current_release_date: Text = None
    initial_release_date: Text = None
    status: Text = None
    version: Text = None


class Severity(Struct):
    """document/aggregate_severity."""

    text: Text = None


class Document(Struct):
    """document."""

    category: Text = None
    csaf_version: Text = None
    title: Text = None
    publisher: Raw = Raw()
    tracking: Raw = Raw()
    references: Raw = Raw()
    aggregate_severity: Raw = Raw()


class Reference(Struct):
    """An item of references."""

    category: Text = None
    url: Text = None


class Tree(Struct):
    """product_tree; `relationships` is 2.0's, `product_paths` 2.1's."""

    branches: Raw = Raw()
    full_product_names: Raw = Raw()
    relationships: Raw = Raw()
    product_paths: Raw = Raw()
    product_groups: Raw = Raw()


class Branch(Struct):
    """An item of branches."""

    category: Text = None
    name: Text = None
    product: Raw = Raw()
    branches: Raw = Raw()


class FullName(Struct):
    """full_product_name_t."""

    name: Text = None
    product_id: Text = None
    product_identification_helper: Raw = Raw()


class Helper(Struct):
    """product_identification_helper."""

    cpe: Text = None
    purl: Text = None
    purls: Raw = Raw()
    hashes: Raw = Raw()
    model_numbers: Raw = Raw()
    serial_numbers: Raw = Raw()
    skus: Raw = Raw()
    x_generic_uris: Raw = Raw()


class Hashed(Struct):
    """An item of a helper's hashes."""

    file_hashes: Raw = Raw()


class Hash(Struct):
    """An item of file_hashes."""

    algorithm: Text = None
    value: Text = None


class Uri(Struct):
    """An item of x_generic_uris."""

    uri: Text = None


class Relationship(Struct):
    """2.0: an item of relationships."""

    category: Text = None
    product_reference: Text = None
    relates_to_product_reference: Text = None
    full_product_name: Raw = Raw()


class Path(Struct):
    """2.1: an item of product_paths."""

    beginning_product_reference: Text = None
    subpaths: Raw = Raw()
    full_product_name: Raw = Raw()


class Subpath(Struct):
    """An item of subpaths."""

    category: Text = None
    next_product_reference: Text = None


class Group(Struct):
    """An item of product_groups."""

    group_id: Text = None
    product_ids: Raw = Raw()


class Vulnerable(Struct):
    """An item of vulnerabilities; `cwe` and `scores` are 2.0's, `cwes` and `metrics` 2.1's."""

    cve: Text = None
    title: Text = None
    cwe: Raw = Raw()
    cwes: Raw = Raw()
    ids: Raw = Raw()
    notes: Raw = Raw()
    product_status: Raw = Raw()
    flags: Raw = Raw()
    threats: Raw = Raw()
    remediations: Raw = Raw()
    scores: Raw = Raw()
    metrics: Raw = Raw()
    references: Raw = Raw()
    first_known_exploitation_dates: Raw = Raw()
    disclosure_date: Text = None
    release_date: Text = None


class Weakness(Struct):
    """cwe, or an item of cwes."""

    id: Text = None


class Id(Struct):
    """An item of ids."""

    system_name: Text = None
    text: Text = None


class Note(Struct):
    """An item of notes."""

    category: Text = None
    text: Text = None


class Flag(Struct):
    """An item of flags."""

    label: Text = None
    product_ids: Raw = Raw()
    group_ids: Raw = Raw()


class Threat(Struct):
    """An item of threats."""

    category: Text = None
    details: Text = None
    product_ids: Raw = Raw()
    group_ids: Raw = Raw()


class Restart(Struct):
    """restart_required."""

    category: Text = None


class Remediation(Struct):
    """An item of remediations."""

    category: Text = None
    details: Text = None
    url: Text = None
    date: Text = None
    entitlements: Raw = Raw()
    product_ids: Raw = Raw()
    group_ids: Raw = Raw()
    restart_required: Raw = Raw()


class Exploitation(Struct):
    """An item of first_known_exploitation_dates."""

    exploitation_date: Text = None


class Cvss(Struct):
    """cvss_v2, cvss_v3, cvss_v4."""

    vectorString: Text = None  # noqa: N815
    baseScore: Text = None  # noqa: N815


class Metric(Struct):
    """2.0: an item of scores; 2.1: content of an item of metrics."""

    cvss_v2: Raw = Raw()
    cvss_v3: Raw = Raw()
    cvss_v4: Raw = Raw()
    ssvc_v2: Raw = Raw()


class Scored(Struct):
    """Whom an item of scores or metrics names."""

    products: Raw = Raw()


class Measured(Struct):
    """2.1: an item of metrics."""

    content: Raw = Raw()
    source: Text = None


class Selections(Struct):
    """ssvc_v2: a selection list of SSVC."""

    selections: Raw = Raw()


class Selection(Struct):
    """An item of selections."""

    namespace: Text = None
    key: Text = None
    values: Raw = Raw()


class Chosen(Struct):
    """An item of a selection's values."""

    key: Text = None


class Whole(Struct):
    """The document's three parts."""

    document: Raw = field(default=Raw())
    product_tree: Raw = field(default=Raw())
    vulnerabilities: Raw = field(default=Raw())
