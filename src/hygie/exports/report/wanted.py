"""What to hand over next: each thing that was not, what it would bring to this hospital, and the command that reads it.

What comes in: a picture. What goes out: rows; none for what is there already.

To add a row: a function in `ROWS`; texts `report.wanted.<key>`, `.brings`, `.command` in both languages.
"""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from hygie.exports.pen import Pen
from hygie.exports.report.opening import MODELS, called, numerous
from hygie.exports.report.register import share
from hygie.exports.tally import Tally
from hygie.model.fleet import Device, Seen
from hygie.model.picture import Picture
from hygie.names.whereabouts import Watch

NAMES = 4
"""Makers and zones that a row names."""
NETWORK_TABLES = ("addresses", "leases", "mac_table", "arp", "terminal", "endpoints")
_ASKED = ("supplier", "location", "commissioned", "serial_number", "manufacturer")
"""Items of R5212-28 that a column of an export gives."""
_TRAITS: dict[str, Callable[[Device], object]] = {
    "operating_system": lambda d: d.os,
    "software_version": lambda d: d.version,
    "ip": lambda d: d.addresses,
    "mac": lambda d: d.macs,
}
"""Columns that tell more of a connectable device -> what it would have by them."""


class Wanted(NamedTuple):
    """One thing to hand over."""

    what: str
    brings: str
    commands: list[str]


def section(picture: Picture, tally: Tally, pen: Pen) -> list[Wanted]:
    """What is missing, what helps most for the least work first."""
    rows = ROWS if picture.devices else (_gmao, _capture)
    return [wanted for row in rows if (wanted := row(picture, tally, pen))]


def _row(pen: Pen, key: str, *args: str, commands: Iterable[str] = ()) -> Wanted:
    return Wanted(
        pen.text(f"report.wanted.{key}", *args),
        pen.text(f"report.wanted.{key}.brings", *args),
        list(commands) or [pen.text(f"report.wanted.{key}.command", *args)],
    )


def _gmao(picture: Picture, _: Tally, pen: Pen) -> Wanted | None:
    if any(r.kind == "gmao" for r in picture.readings):
        return None
    return _row(pen, "gmao", f"count={sum(1 for d in picture.devices if d.first)}")


def _site(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    """Captures under one site's name, the GMAO under another's: nothing joins them."""
    stray = {d.id: d.site for d in picture.devices if d.seen is Seen.NO_GMAO}
    listed = sorted({d.site for d in tally.declared} - set(stray.values()))
    if not stray or not listed or not any(r.kind == "gmao" for r in picture.readings):
        return None
    sources = {m.source for m in picture.members if m.device in stray}
    reading = next((r for r in picture.readings if r.source in sources), None)
    if reading is None:
        return None
    commands = [
        f"hygie forget {reading.id}",
        f"hygie assess {shlex.quote(pen.file(reading.name))} --site {shlex.quote(listed[0])}",
    ]
    names = f"sites={_first(listed)}"
    return _row(pen, "site", f"site={reading.site}", names, commands=commands)


def _columns(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    """Columns that no line of the GMAO fills."""
    gmao = next((r for r in picture.readings if r.kind == "gmao"), None)
    declared = tally.declared
    if gmao is None or not declared:
        return None
    lacking = [trait for trait in _ASKED if all(trait in d.missing for d in declared)]
    lacking += [trait for trait, has in _TRAITS.items() if not any(has(d) for d in declared)]
    if not lacking:
        return None
    file = shlex.quote(pen.file(gmao.name))
    names = ", ".join(pen.text(f"trait.{trait}") for trait in lacking)
    return _row(pen, "columns", f"names={names}", commands=[f"hygie mapping {file}", f"hygie assess {file}"])


def _advisories(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    if picture.advisories or any(r.kind in ("csaf", "openvex") for r in picture.readings):
        return None
    makes = Counter(d.make for d in tally.present if d.make)
    row = _row(pen, "advisories", f"count={len(numerous(picture))}")
    named = _first([f"{make} ({n})" for make, n in makes.most_common(NAMES + 1)])
    more = pen.text("report.wanted.advisories.makes", f"makes={named}") if named else ""
    return row._replace(brings=f"{row.brings} {more}".rstrip())


def _records(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    if any(r.kind in ("cve5", "nvd") for r in picture.readings):
        return None
    known = sum(len(tally.systems[word]) for word in ("ended", "edition", "maintained", "undated"))
    return _row(pen, "records", f"count={known}")


def _exploited(picture: Picture, _: Tally, pen: Pen) -> Wanted | None:
    read = {r.kind for r in picture.readings}
    lacking = [kind for kind in ("kev", "epss") if kind not in read]
    if not lacking:
        return None
    names = ", ".join(pen.text(f"kind_of_reading.{kind}") for kind in lacking)
    files = " ".join({"kev": "kev.json", "epss": "epss.csv.gz"}[kind] for kind in lacking)
    return _row(pen, "exploited", f"names={names}", commands=[f"hygie assess {files}"])


def _tables(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    if any(r.kind in NETWORK_TABLES for r in picture.readings):
        return None
    nowhere = sum(not d.zone for d in tally.present)
    return _row(pen, "tables", f"count={nowhere}", f"total={len(tally.present)}")


def _forms(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    """MDS2 and SBOM of the most numerous models that have none."""
    models = [m for m in numerous(picture) if not m.mds2][:MODELS]
    if not models:
        return None
    covered = sum(m.devices for m in models)
    return _row(
        pen,
        "forms",
        f"count={len(models)}",
        f"names={', '.join(f'{called(m)} ({m.devices})' for m in models)}",
        f"devices={covered}",
        f"share={share(covered, len(tally.present))}",
    )


def _capture(picture: Picture, tally: Tally, pen: Pen) -> Wanted | None:
    """A capture, or one of the zones that no sensor watched."""
    if not picture.coverage:
        return _row(pen, "capture", f"count={len(tally.present)}")
    watched = Watch(picture.zones, picture.coverage).days
    dark = Counter(d.zone for d in tally.present if d.zone and d.zone not in watched)
    if not dark:
        return None
    names = tally.zone_names
    named = _first([f"{names.get(zone, zone)} ({n})" for zone, n in dark.most_common(NAMES + 1)])
    return _row(pen, "zones", f"count={dark.total()}", f"names={named}")


ROWS: tuple[Callable[[Picture, Tally, Pen], Wanted | None], ...] = (
    _site, _gmao, _advisories, _records, _exploited, _columns, _tables, _forms, _capture,
)  # fmt: skip
"""What may be handed over, in the order of the page."""


def _first(names: list[str]) -> str:
    """The first of several names."""
    return ", ".join(names[:NAMES] + ["…"] * (len(names) > NAMES))
