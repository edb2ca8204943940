"""What is known by its content and not read -> the reason that tells what to hand over instead.

Most of it stands close to what is read: a workbook saved as a web page, an SBOM in its tool's own form, the index of a
publisher's advisories.
"""

import re

from hygie.model.seams import Input
from hygie.sources.opening.documents import outline

_MARKUP: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<[\w:]*bom\b[^>]*cyclonedx\.org/schema", re.IGNORECASE), "refusal.sbom_xml"),
    (re.compile(rb"xmlns:?\w*=[\"']https?://spdx\.org/", re.IGNORECASE), "refusal.sbom_xml"),
    (re.compile(rb"<(?:!doctype\s+)?html\b|<table\b", re.IGNORECASE), "refusal.markup"),
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|oasis:names:tc:opendocument"), "refusal.markup"),
    (re.compile(rb"<nmaprun\b|<NessusClientData|<cvrfdoc\b|<csaf\b"), "refusal.xml"),
    (re.compile(rb"\s*<\?xml\b"), "refusal.xml"),
)
"""What stands in the first bytes of a text that begins with "<" -> reason; the first that fits."""

_JSON: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("artifacts", "descriptor")), "refusal.sbom_own"),
    (frozenset(("SchemaVersion", "ArtifactName")), "refusal.sbom_own"),
    (frozenset(("meta", "findings")), "refusal.sbom_own"),
    (frozenset(("CVE_Items",)), "refusal.nvd_old"),
    (frozenset(("metadata_version", "publisher")), "refusal.index"),
    (frozenset(("aggregator", "csaf_providers")), "refusal.index"),
    (frozenset(("feed",)), "refusal.index"),
    (frozenset(("service",)), "refusal.index"),
    (frozenset(("categories",)), "refusal.index"),
)
"""Keys of a JSON object that tell what it is -> reason."""

_WIDE = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e\xa0-\xff]\0){4}|(?:\0[\x09\x0a\x0d\x20-\x7e\xa0-\xff]){4}")
"""UTF-16 without a byte order mark, of a text in Latin letters ("N°" is the first heading of many lists)."""


def reason(source: Input) -> tuple[str, ...]:
    """Key and arguments of the reason why a known content is not read; () where it is not known. Raises nothing."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    if _WIDE.match(head):
        return "refusal.encoding", "detail=UTF-16"
    start = head.lstrip()[:1]
    if start == b"<":
        return next(((key,) for pattern, key in _MARKUP if pattern.search(head[:4096])), ())
    if start in (b"{", b"["):
        keys = outline(source).keys.keys()
        return next(((key,) for wanted, key in _JSON if wanted <= keys), ())
    return ()
