"""Fifth and sixth sections: what was observed, where and how long, how old the knowledge is; what could not be read."""

from collections import Counter
from datetime import date
from typing import Any

from markupsafe import Markup

from hygie.exports.cells import day, visible
from hygie.exports.drawing.charts import Named, timeline
from hygie.exports.pen import Pen
from hygie.exports.report.register import ROWS, listed
from hygie.exports.report.unseen import unseen
from hygie.exports.tally import Tally, distinct
from hygie.model.evidence import Coverage, Reading
from hygie.model.fleet import Device
from hygie.model.picture import Picture
from hygie.names.whereabouts import Watch

FEEDS = ("kev", "epss", "nvd", "cve5", "csaf", "openvex")
"""Kinds of readings whose age every answer rests on; the first three are published daily, and whole."""
FILES = 12
"""Files of one kind that the page lists one by one."""
PLACES = 3
"""Places of one refusal that the page names."""
OLD = 30
"""Days after which the page says that a list is old."""


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    """The timeline, the sensors, the zones, the age of the knowledge, what was not understood, the readings."""
    return {
        "timeline": Markup(_timeline(picture.coverage, pen)) if picture.coverage else "",  # noqa: S704
        "lists": [
            _sensors(picture, pen),
            _zones(picture, tally, pen),
            *_unseen(picture, pen),
            _knowledge(picture, pen),
            _boms(picture, pen),
            _strange("systems", tally.strange_systems, pen),
            _strange("kinds", tally.strange_kinds, pen),
            _readings(picture, pen),
        ],
    }


def unread(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Refusals: file, place, reason and what to do."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for r in picture.refusals:
        alike.setdefault((r.name, r.reason, r.args), []).append(r.place)
    told = list(alike.items())[: 3 * ROWS]
    rows = [[pen.file(name), _places(places, pen), pen.text(reason, *args)] for (name, reason, args), places in told]
    shown = sum(len(places) for _, places in told)
    secrets = sum(r.secrets for r in picture.readings)
    return {
        "rows": rows,
        "more": pen.rest(shown, len(picture.refusals), "refusals.csv"),
        "secrets": pen.count("report.secrets", secrets) if secrets else "",
    }


def _places(places: list[str], pen: Pen) -> str:
    """Where the same is told of several places: the first of them, and how many more."""
    first = ", ".join(pen.place(f"#{place}") for place in places[:PLACES])
    return first if len(places) <= PLACES else f"{first} (+ {len(places) - PLACES})"


def _timeline(rows: list[Coverage], pen: Pen) -> str:
    start, end = min(c.first for c in rows), max(c.last for c in rows)
    span = max(1, end - start)
    sensors: dict[str, list[tuple[float, float]]] = {}
    for c in sorted(rows, key=lambda c: (c.sensor, c.first)):
        sensors.setdefault(visible(c.sensor), []).append(((c.first - start) / span, (c.last - start) / span))
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


def _zones(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    seen: Counter[str] = Counter(d.zone for d in picture.devices if d.first)
    total: Counter[str] = Counter(d.zone for d in picture.devices)
    days = Watch(picture.zones, picture.coverage).days
    rows = [
        [
            *(tally.zone_names[z.id], z.cidr, z.vlan, z.use, pen.known(f"zone.source.{z.source}", z.source)),
            _long(days[z.id], pen) if z.id in days else pen.text("zone.unwatched"),
            *(str(total[z.id]), str(seen[z.id])),
        ]
        for z in sorted(picture.zones, key=lambda z: (z.id not in days, -total[z.id], z.name, z.id))[:ROWS]
    ]
    heads = ["zone", "cidr", "vlan", "use", "source", "observed", "devices", "devices_seen"]
    return listed(pen, "zones", heads, rows, len(picture.zones), "zones.csv")


def _unseen(picture: Picture, pen: Pen) -> list[dict[str, Any]]:
    """What no sensor saw; nothing where none looked."""
    rows = [[visible(one.about), one.text] for one in unseen(picture, pen)]
    shown = rows[:ROWS]
    return [listed(pen, "unseen", ["unseen_about", "unseen_text"], shown, len(rows), "coverage.csv")] if rows else []


def _long(days: float, pen: Pen) -> str:
    """How long, in days, or in hours where it is less than one."""
    if days >= 1:
        return pen.text("zone.days", f"days={days:.1f}")
    return pen.text("zone.hours", f"hours={days * 24:.0f}") if days * 24 >= 1 else pen.text("zone.moment")


def _strange(what: str, texts: list[tuple[str, list[Device]]], pen: Pen) -> dict[str, Any]:
    """Texts that say something, and that no rule understood, each with its devices and what they are."""
    rows = []
    for text, devices in texts[:ROWS]:
        models = Counter(" ".join(filter(None, (d.make, d.product))) for d in devices)
        named = [name for name, _ in models.most_common(3) if name]
        rows.append([text or pen.text("unsaid"), str(len(devices)), ", ".join(named + ["…"] * (len(models) > 3))])
    heads = [f"strange_{what}", "devices", "model"]
    return listed(pen, f"strange_{what}", heads, rows, len(texts), "devices.csv")


def stale(picture: Picture, pen: Pen) -> list[str]:
    """Names of the sources of vulnerabilities that are older than `OLD` days, undated or absent."""
    names = []
    for kind in FEEDS[:3]:
        newest = max((r.dated[:10] for r in picture.readings if r.kind == kind), default="")
        age = _days(newest, picture.as_of)
        if age is None or age > OLD:
            shown = pen.count("report.age", age) if age is not None else pen.text("report.age.none")
            names.append(f"{pen.text(f'kind_of_reading.{kind}')} ({shown})")
    return names


def _knowledge(picture: Picture, pen: Pen) -> dict[str, Any]:
    rows = []
    for kind in FEEDS:
        found = distinct(r for r in picture.readings if r.kind == kind)
        dates = sorted(r.dated[:10] for r in found if r.dated)
        newest = dates[-1] if dates else ""
        shown = pen.date(newest) if newest else pen.text("unknown" if found else "absent")
        rows.append([pen.text(f"kind_of_reading.{kind}"), str(len(found)), shown, _age(newest, picture.as_of, pen)])
    return listed(pen, "knowledge", ["source", "readings", "newest", "age"], rows, len(rows), "")


def _boms(picture: Picture, pen: Pen) -> dict[str, Any]:
    """SBOMs, those of which least can be compared first."""
    order = sorted(picture.compared, key=lambda c: (c.compared / max(1, c.components), c.make, c.product, c.document))
    rows = [
        [" ".join(filter(None, (c.make, c.product, c.version))) or c.document, str(c.components), str(c.compared)]
        for c in order[:ROWS]
    ]
    return listed(pen, "boms", ["model", "components", "compared"], rows, len(order), "")


def _age(newest: str, as_of: str, pen: Pen) -> str:
    days = _days(newest, as_of)
    return "" if days is None else pen.count("report.age", days)


def _days(newest: str, as_of: str) -> int | None:
    """Days between two ISO dates, 0 where the first is later; None where one is no date."""
    try:
        return max(0, (date.fromisoformat(as_of) - date.fromisoformat(newest)).days)
    except ValueError:
        return None


def _readings(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Files read; one line for a kind of which there are many."""
    by_kind: dict[str, list[Reading]] = {}
    for r in sorted(picture.readings, key=lambda r: (r.kind, r.name)):
        by_kind.setdefault(r.kind, []).append(r)
    groups = [
        group for same in by_kind.values() for group in ([same] if len(same) > FILES else [[one] for one in same])
    ]
    rows = [_reading(group, pen) for group in groups]
    heads = ["file", "reading_kind", "site", "dated", "stated", "refused", "reading"]
    return listed(pen, "readings", heads, rows, len(rows), "readings.csv")


def _reading(same: list[Reading], pen: Pen) -> list[str]:
    """One file, or several of one kind: the newest date, the sums."""
    first, alone = same[0], len(same) == 1
    return [
        pen.file(first.name) if alone else pen.count("report.files", len(same), "where=readings.csv"),
        pen.known(f"kind_of_reading.{first.kind}", first.kind),
        ", ".join(sorted({r.site for r in same})),
        pen.date(max(r.dated for r in same)),
        str(sum(r.stated for r in same)),
        str(sum(r.refused for r in same)),
        first.id if alone else "",
    ]
