"""CISA's list of known exploited vulnerabilities, JSON and CSV -> Exploited.

One list a site: a newer one supersedes the older whole. The CSV carries no date of its own; the newest day on which an
entry was added stands for it.

Source: CISA KEV catalog, JSON schema and CSV layout.
"""

import csv
import io
from collections.abc import Iterator

from msgspec import Raw, Struct

from hygie.model.evidence import Refusal
from hygie.model.knowledge import Exploited
from hygie.model.seams import Given, Input
from hygie.sources.opening.documents import Text, Told, decode, outline, published, text, whole
from hygie.sources.opening.forms import cve_id, instant

HEADING = ("cveid", "vendorproject", "dateadded")
"""Columns, folded, that make a CSV this list."""

Row = Exploited | Refusal


class Catalog(Struct):
    """The list."""

    dateReleased: Text = None  # noqa: N815
    vulnerabilities: Raw = Raw()


class Entry(Struct, rename="camel"):
    """One vulnerability."""

    cve_id: Text = None
    date_added: Text = None
    due_date: Text = None
    vulnerability_name: Text = None
    known_ransomware_campaign_use: Text = None
    notes: Text = None


class EntryId(Struct):
    """Its id, whose spelling follows no rule."""

    cveID: Text = None  # noqa: N815


def recognises(source: Input) -> bool:
    """A JSON object of dated vulnerabilities with a `cveID`, or a CSV with the list's columns."""
    found = outline(source).keys
    if "vulnerabilities" in found:
        first = bytes(found["vulnerabilities"])[:4000]
        return "catalogVersion" in found or (b'"cveID"' in first and b'"dateAdded"' in first)
    return all(column in _columns(source) for column in HEADING)


def _columns(source: Input) -> list[str]:
    """The first line's cells, folded; [] where it is no text."""
    line = source.head.removeprefix(b"\xef\xbb\xbf")[:2000].split(b"\n", 1)[0]
    try:
        cells = next(csv.reader([line.decode("utf-8")]), [])
    except (UnicodeDecodeError, csv.Error):
        return []
    return [cell.strip().casefold() for cell in cells]


def dated(source: Input) -> str:
    """Instant of release; of a CSV the newest day in it; "" unknown."""
    if outline(source).keys:
        said = bytes(outline(source).keys.get("dateReleased", Raw())).decode("utf-8", "replace")
        return instant(said.strip('"'))
    at = _columns(source).index("dateadded")
    rows = csv.reader(io.StringIO(source.bytes().decode("utf-8-sig", "replace"), newline=""))
    return max((instant(row[at]) for row in rows if len(row) > at), default="")


def read(source: Input, given: Given) -> Iterator[Row]:
    """One row per entry. Raises ValueError, EOFError, csv.Error for a damaged list."""
    told = Told(source.name, given.reading)
    entries = _listed(told, source) if outline(source).keys else _rows(told, source)
    for place, name, entry in entries:
        if not cve_id(name):
            told.refuse(place, "refusal.cve5.id")
        else:
            yield Exploited(
                reading=given.reading,
                vulnerability=cve_id(name),
                place=place,
                added=instant(text(entry.date_added)),
                due=instant(text(entry.due_date)),
                name=text(entry.vulnerability_name),
                ransomware=text(entry.known_ransomware_campaign_use),
                notes=text(entry.notes),
            )
        yield from told.drain()
    yield from told.drain()


def _listed(told: Told, source: Input) -> Iterator[tuple[str, str, Entry]]:
    """Place, id and fields of the JSON list's entries."""
    catalog = decode(whole(source), Catalog)
    for place, raw in told.parts(catalog.vulnerabilities, "/vulnerabilities", Raw):
        entry = told.one(raw, place, Entry)
        named = told.one(raw, place, EntryId)
        if entry is not None and named is not None:
            yield place, text(named.cveID), entry


def _rows(told: Told, source: Input) -> Iterator[tuple[str, str, Entry]]:
    """Place, id and fields of the CSV's rows; a row of another width is refused."""
    rows = csv.reader(io.StringIO(whole(source).decode("utf-8"), newline=""), strict=True)
    heading = [cell.strip().casefold() for cell in next(rows, [])]
    for row in rows:
        place = f"line {rows.line_num}"
        if not row:
            continue
        if len(row) != len(heading):
            told.refuse(place, "refusal.kev.width", f"found={len(row)}", f"wanted={len(heading)}")
            continue
        said = dict(zip(heading, row, strict=True))
        yield (
            place,
            said.get("cveid", ""),
            Entry(
                date_added=said.get("dateadded"),
                due_date=said.get("duedate"),
                vulnerability_name=said.get("vulnerabilityname"),
                known_ransomware_campaign_use=said.get("knownransomwarecampaignuse"),
                notes=said.get("notes"),
            ),
        )


READER = published("kev", 1, recognises, read, dated)
