"""Fifth and sixth sections: what was observed, where and how long; and what could not be read."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from hygie.exports.cells import day
from hygie.exports.drawing.charts import Named, timeline
from hygie.exports.pen import Pen
from hygie.exports.report.register import ROWS, listed
from hygie.model.evidence import Coverage
from hygie.model.picture import Picture

FEEDS = ("kev", "epss", "nvd", "cve5", "csaf", "openvex")
"""Kinds of readings whose age every answer rests on."""


def section(picture: Picture, pen: Pen) -> dict[str, Any]:
    """The timeline, the sensors, the zones, the readings, the age of the knowledge."""
    return {
        "timeline": Markup(_timeline(picture.coverage, pen)) if picture.coverage else "",  # noqa: S704
        "lists": [_sensors(picture, pen), _zones(picture, pen), _knowledge(picture, pen), _readings(picture, pen)],
    }


def unread(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Refusals: file, place, reason and what to do."""
    rows = [[r.name, r.place, pen.text(r.reason, *r.args)] for r in picture.refusals[: 3 * ROWS]]
    secrets = sum(r.secrets for r in picture.readings)
    return {
        "rows": rows,
        "more": pen.rest(len(rows), len(picture.refusals), "refusals.csv"),
        "secrets": pen.text("report.secrets", f"count={secrets}") if secrets else "",
    }


def _timeline(rows: list[Coverage], pen: Pen) -> str:
    start, end = min(c.first for c in rows), max(c.last for c in rows)
    span = max(1, end - start)
    sensors: dict[str, list[tuple[float, float]]] = {}
    for c in sorted(rows, key=lambda c: (c.sensor, c.first)):
        sensors.setdefault(c.sensor, []).append(((c.first - start) / span, (c.last - start) / span))
    named = Named(pen.text("report.timeline"), pen.text("report.timeline.note"))
    return timeline(named, list(sensors.items())[:20], (day(start), day(end)))


def _sensors(picture: Picture, pen: Pen) -> dict[str, Any]:
    rows = [
        [
            c.sensor,
            day(c.first),
            day(c.last),
            str(c.packets),
            str(c.lost),
            str(c.unread),
            str(c.gaps),
            ", ".join(c.vlans),
        ]
        for c in picture.coverage[:ROWS]
    ]
    heads = ["sensor", "first", "last", "packets", "lost", "unread", "gaps", "vlans"]
    return listed(pen, "sensors", heads, rows, len(picture.coverage), "coverage.csv")


def _zones(picture: Picture, pen: Pen) -> dict[str, Any]:
    seen: Counter[str] = Counter(d.zone for d in picture.devices if d.first)
    total: Counter[str] = Counter(d.zone for d in picture.devices)
    rows = [
        [z.name, z.cidr, z.vlan, z.use, pen.text(f"zone.source.{z.source}"), str(total[z.id]), str(seen[z.id])]
        for z in picture.zones[:ROWS]
    ]
    heads = ["zone", "cidr", "vlan", "use", "source", "devices", "devices_seen"]
    return listed(pen, "zones", heads, rows, len(picture.zones), "zones.csv")


def _knowledge(picture: Picture, pen: Pen) -> dict[str, Any]:
    rows = []
    for kind in FEEDS:
        found = [r for r in picture.readings if r.kind == kind]
        dates = sorted(r.dated[:10] for r in found if r.dated)
        newest = dates[-1] if dates else pen.text("unknown")
        rows.append([pen.text(f"kind_of_reading.{kind}"), str(len(found)), newest if found else pen.text("absent")])
    return listed(pen, "knowledge", ["source", "readings", "newest"], rows, len(rows), "")


def _readings(picture: Picture, pen: Pen) -> dict[str, Any]:
    rows = [
        [r.name, pen.text(f"kind_of_reading.{r.kind}"), r.site, r.dated[:10], str(r.stated), str(r.refused), r.id]
        for r in sorted(picture.readings, key=lambda r: (r.kind, r.name))[: 2 * ROWS]
    ]
    heads = ["file", "kind", "site", "dated", "stated", "refused", "reading"]
    return listed(pen, "readings", heads, rows, len(picture.readings), "readings.csv")
