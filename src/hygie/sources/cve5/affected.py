"""The `affected` entries of a CVE record -> Applicability rows.

An entry is one configuration: its rows are alternatives, and `default_status` holds for versions that none names. Its
CPEs are reduced to distinct bases (version and update taken off) and each is joined with each version range: crossing
CPEs of single versions with all ranges would make millions of false rows. Without versions the CPEs' own count.

Source: CVE record format 5.2, product and its "versions and default status" rules.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.sources.cve5 import form
from hygie.sources.opening.configurations import COLONS, empty, named
from hygie.sources.opening.documents import Told, text

SILENT = ("", "n/a", "na", "unspecified", "unknown", "not specified", "none", "-")
"""Words that stand where nothing was said."""

MANY = 20_000
"""Rows of one entry; more is a bomb."""

COLLECTIONS = {
    "pypi": "pypi",
    "npmjs": "npm",
    "maven": "maven",
    "rubygems": "gem",
    "crates": "cargo",
    "packagist": "composer",
    "nuget": "nuget",
    "hackage": "hackage",
    "hex": "hex",
    "golang": "golang",
    "go": "golang",
    "cran": "cran",
}
"""Label in the host name of a package collection -> purl type."""


class Range(NamedTuple):
    """Versions and what is said of them."""

    place: str
    status: str
    version: str = ""
    start: str = ""
    end: str = ""
    included: bool = False
    """The end is part of it."""
    kind: str = ""
    """versionType."""


def silent(said: str) -> bool:
    """Whether a text says nothing."""
    return said.strip().casefold() in SILENT


def plain(version: str) -> str:
    """A version without the backslashes that ADPs copy from CPE names ("6.0\\(2\\)A6" is "6.0(2)A6")."""
    return re.sub(r"\\([^\w\s])", r"\1", version) if "\\" in version else version


def rows(
    told: Told, raw: Raw, place: str, vulnerability: str, source: str, speaker_of: "dict[str, Speaker]"
) -> Iterator[Applicability]:
    """Rows of the entries at `place`; `speaker_of` tells who speaks of a vendor, "" for any other."""
    for number, (where, entry) in enumerate(told.parts(raw, place, form.Affected)):
        make = "" if silent(text(entry.vendor)) else text(entry.vendor)
        product = "" if silent(text(entry.product)) else text(entry.product)
        cpes = [cpe for _, cpe in told.texts(entry.cpes, where + "/cpes") if named(cpe)[1]]
        purl = _purl(entry)
        if not (product or cpes or purl):
            continue  # names no product: its vulnerability then has no row, and is counted so
        ranges = list(_ranges(told, entry, where))
        if len(ranges) * len({base(cpe) for cpe in cpes}) > MANY:
            told.refuse(where, "refusal.cve5.many", f"limit={MANY}")
            continue
        for span, cpe in _crossed(ranges, cpes):
            if empty(span.start, False, span.end, span.included):
                args = (f"start={span.start}", f"end={span.end}", f"id={vulnerability}")
                told.refuse(span.place, "refusal.range.empty", *args)
            yield Applicability(
                reading=told.reading,
                vulnerability=vulnerability,
                place=span.place,
                source=source,
                speaker=speaker_of.get(make, speaker_of[""]),
                configuration=number,
                node=0,
                configuration_operator="OR",
                node_operator="OR",
                negate=False,
                vulnerable=True,
                affected=span.status != "unaffected",
                cpe=cpe,
                make=make or named(cpe)[0],
                product=product or named(cpe)[1] or text(entry.packageName),
                purl=purl,
                version=span.version,
                start=span.start,
                end=span.end,
                end_included=span.included,
                version_type=span.kind,
                default_status=text(entry.defaultStatus),
                unknown=span.status not in ("affected", "unaffected"),
                platforms=tuple(one for _, one in told.texts(entry.platforms, where + "/platforms")),
            )


def _crossed(ranges: list[Range], cpes: list[str]) -> Iterator[tuple[Range, str]]:
    """Each range with each distinct base CPE; with single CPEs of their own versions where no range tells any."""
    said = [span for span in ranges if span.version or span.start or span.end]
    if cpes and not said:
        for cpe in dict.fromkeys(cpes):
            version = named(cpe)[2]
            yield ranges[0]._replace(version="" if version in ("*", "-") else version), cpe
        return
    bases = list(dict.fromkeys(base(cpe) for cpe in cpes)) or [""]
    yield from ((span, cpe) for span in ranges for cpe in bases)


def base(cpe: str) -> str:
    """A CPE with its version taken off, and the update of that version.

    Where it has no version, the update tells which one is meant ("windows_7:-:sp1") and stays: without it the row would
    speak of installations that nobody named.
    """
    if cpe[:8].lower() == "cpe:2.3:":
        parts = COLONS.split(cpe)
        told = parts[5:6] == ["-"] and parts[6:7] not in ([], ["-"])
        parts[5:7] = ["*", parts[6]] if told else ["*"] * len(parts[5:7])
        return ":".join(parts)
    return ":".join(cpe.split(":")[:4])


def _ranges(told: Told, entry: form.Affected, place: str) -> Iterator[Range]:
    """Version ranges of an entry; one for all versions where it lists none."""
    default = text(entry.defaultStatus) or "unknown"
    versions = told.parts(entry.versions, place + "/versions", form.Version)
    if not versions:
        yield Range(place, default, "" if default == "unknown" else "*")
    for where, said in versions:
        yield from _split(told, said, where)


def _split(told: Told, said: form.Version, place: str) -> Iterator[Range]:
    """One entry of versions: a version, or a range cut at its changes (taken in the order given)."""
    version, status, kind = text(said.version), text(said.status) or "unknown", text(said.versionType)
    version = "" if silent(version) else plain(version)
    end, included = (plain(text(said.up_to)), True) if text(said.up_to) else (plain(text(said.less_than)), False)
    changes = [
        (plain(text(change.at)), text(change.status) or "unknown")
        for _, change in told.parts(said.changes, place + "/changes", form.Change)
        if text(change.at)
    ]
    if not end and not changes:
        yield Range(place, status, version, kind=kind)
        return
    end, included = ("", False) if end == "*" else (end, included)
    start = "" if version == "*" else version
    for at, after in changes:
        yield Range(place, status, "", start, at, False, kind)
        start, status = at, after
    if (start or version) in ("", "0", "*") and not end:
        yield Range(place, status, "*", kind=kind)
    elif not (changes and start == end and not included):  # nothing is left after a change at the very end
        yield Range(place, status, "", start, end, included, kind)


def _purl(entry: form.Affected) -> str:
    """The entry's purl, made of collection and package name where none is given; "" where they tell none."""
    if text(entry.packageURL)[:4].lower() == "pkg:":
        return text(entry.packageURL)
    name = text(entry.packageName)
    host = re.sub(r"^[a-z]+://", "", text(entry.collectionURL).casefold()).partition("/")[0].split(".")
    kind = next((COLLECTIONS[label] for label in host if label in COLLECTIONS), "")
    if not (kind and name):
        return ""
    from packageurl import PackageURL

    space, _, last = name.rpartition(":" if kind == "maven" else "/")
    try:
        return PackageURL(kind, space or None, last).to_string()
    except ValueError:
        return ""
