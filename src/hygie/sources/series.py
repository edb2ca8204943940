"""Readings and their series: what identifies a reading, and which readings count now.

A source is a series; a reading is one file of it, keyed by content. Snapshot sources (GMAO, address plan, feeds, one
advisory) supersede their last reading; captures and people's decisions add up.
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hygie.model.evidence import Reading, Speaker
from hygie.model.seams import Input, Reader

UNREAD = "unread"
"""Kind of a reading of which nothing could be read: it only carries its refusal, and is tried again each time."""


class Terms(NamedTuple):
    """What the person who hands files over says of them."""

    site: str = "local"
    source: str = ""
    """Name of the series; "" = derived."""
    dated: str = ""
    """ISO 8601 date of the content where it does not say."""
    author: str = ""


def series_of(item: Input, reader: Reader, terms: Terms) -> str:
    """Name of the source that `item` belongs to. Raises what the reader's `series` raises."""
    return terms.source or "/".join(filter(None, (terms.site, reader.kind, reader.series(item))))


def identify(
    item: Input, reader: Reader, terms: Terms, read_at: str, mapping: Mapping[str, str] | None = None
) -> Reading:
    """The reading that `reader` will make of `item`, with the columns understood as `mapping` says.

    Raises what the reader's `series` and `dated` and the stream raise.
    """
    sha256 = item.sha256()
    series = series_of(item, reader, terms)
    dated = reader.dated(item) or terms.dated
    said = [f"{heading}={trait}" for heading, trait in sorted((mapping or {}).items())]
    return Reading(
        id=_key(terms.site, series, sha256, reader.kind, str(reader.version), dated, *said),
        source=series,
        site=terms.site,
        kind=reader.kind,
        reader_version=reader.version,
        speaker=reader.speaker,
        snapshot=reader.snapshot,
        name=item.name,
        path=item.path,
        size=item.size,
        sha256=sha256,
        dated=dated,
        read_at=read_at,
        author=terms.author,
    )


def unread(name: str, path: str, terms: Terms, read_at: str) -> Reading:
    """The reading that carries the refusal of a whole file."""
    return Reading(
        id=_key(terms.site, UNREAD, name, path),
        source=f"{terms.site}/{UNREAD}/{name}",
        site=terms.site,
        kind=UNREAD,
        reader_version=0,
        speaker=Speaker.HYGIE,
        snapshot=True,
        name=name,
        path=path,
        size=0,
        sha256="",
        dated="",
        read_at=read_at,
        author=terms.author,
    )


def predecessor(reading: Reading, known: Iterable[Reading]) -> str:
    """The reading whose file stood where this one stands: a replaced export retires it; "" none."""
    if not (reading.snapshot and reading.path):
        return ""
    superseded = {r.supersedes for r in known if not r.forgotten}
    for other in known:
        same = (other.path, other.name, other.site) == (reading.path, reading.name, reading.site)
        if same and not other.forgotten and other.id != reading.id and other.id not in superseded:
            return other.id
    return ""


class Currency(NamedTuple):
    """Which readings count now."""

    live: tuple[Reading, ...]
    undecided: tuple[tuple[Reading, Reading], ...]
    """Two readings of one series with different contents and no way to tell the newer: both count until told."""


def current(readings: Iterable[Reading], decided: dict[str, str] | None = None) -> Currency:
    """Sorts out superseded readings: the newer date of a snapshot series wins, in whatever order they were read.

    `decided`: series -> reading that a person named as the newest.
    """
    kept = sorted((r for r in readings if not r.forgotten), key=lambda r: r.id)
    replaced = {r.supersedes for r in kept if r.supersedes}
    series: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    live: list[Reading] = []
    for reading in kept:
        if reading.snapshot and reading.id not in replaced:
            series[reading.site, reading.source].append(reading)
        elif not reading.snapshot:
            live.append(reading)
    undecided: list[tuple[Reading, Reading]] = []
    for group in series.values():
        newest = _newest(group, (decided or {}).get(group[0].source, ""))
        live.extend(newest)
        undecided.extend((newest[0], other) for other in newest[1:])
    return Currency(tuple(sorted(live, key=lambda r: r.id)), tuple(undecided))


def _newest(group: list[Reading], named: str) -> list[Reading]:
    """The readings of one snapshot series that may be the newest; a better reader's reading of one content wins."""
    best: dict[str, Reading] = {}
    for reading in group:
        other = best.get(reading.sha256 or reading.id)
        if other is None or (reading.reader_version, reading.dated) > (other.reader_version, other.dated):
            best[reading.sha256 or reading.id] = reading
    left = sorted(best.values(), key=lambda r: r.id)
    chosen = [r for r in left if r.id == named]
    if chosen:
        return chosen
    if all(r.dated for r in left):
        last = max(r.dated for r in left)
        left = [r for r in left if r.dated == last]
    return left


def _key(*parts: str) -> str:
    """A reading id: "R" and 12 characters of base32."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return "R" + base64.b32encode(digest).decode()[:12]
