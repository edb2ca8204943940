"""What no sensor saw: zones without one, packets lost, silences, hours told twice; and what no mirror port can show.

What comes in: coverage, zones and readings. What goes out: pairs of what it is about and what that means. Nothing here
is guessed: each is counted, but for the last, which hold wherever sensors listen.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from hygie.exports.cells import day
from hygie.exports.pen import Pen
from hygie.model.evidence import Coverage
from hygie.model.fleet import Zone
from hygie.model.picture import Picture
from hygie.names.whereabouts import Watch

SHOWN = 8
"""Zones that are named."""
_SECOND = 1_000_000
_CAPTURES = ("pcap", "pcapng")
"""Kinds whose packets bear their own times: what other sensors tell may have begun before they looked."""
ALWAYS = ("switched", "translated", "silent")
"""What holds for all sensors."""


class Unseen(NamedTuple):
    """One thing that was not seen."""

    about: str
    text: str


def unseen(picture: Picture, pen: Pen) -> list[Unseen]:
    """What was not seen, the gravest first; [] where nothing was observed at all."""
    if not picture.coverage:
        return []
    found = [
        *_zones(picture, pen),
        *_losses(picture.coverage, pen),
        *_twice(picture, pen),
        *_gaps(picture.coverage, pen),
    ]
    general = [Unseen(pen.text("unseen.always"), pen.text(f"unseen.{what}")) for what in ALWAYS]
    return [*found, *general]


def _zones(picture: Picture, pen: Pen) -> Iterator[Unseen]:
    """Zones of each site that no sensor covered."""
    days = Watch(picture.zones, picture.coverage).days
    dark = sorted((z for z in picture.zones if z.id not in days), key=lambda z: (z.site, _name(z), z.id))
    for site, zones in groupby(dark, key=lambda z: z.site):
        names = list(map(_name, zones))
        more = ["…"] * (len(names) > SHOWN)
        yield Unseen(site, pen.count("unseen.zones", len(names), f"names={', '.join(names[:SHOWN] + more)}"))


def _name(zone: Zone) -> str:
    return zone.name or zone.cidr or zone.vlan


def _losses(coverage: Iterable[Coverage], pen: Pen) -> Iterator[Unseen]:
    """Sensors that lost packets: how many of all that passed."""
    for (site, sensor), rows in _by_sensor(coverage):
        lost, seen = sum(c.lost for c in rows), sum(c.packets for c in rows)
        if lost:
            share = f"share={100 * lost / (lost + seen):.1f}"
            yield Unseen(_shown(site, sensor), pen.count("unseen.lost", lost, share))


def _gaps(coverage: Iterable[Coverage], pen: Pen) -> Iterator[Unseen]:
    """Sensors that fell silent for more than an hour, within one reading or between two."""
    for (site, sensor), rows in _by_sensor(coverage):
        count, reached = sum(c.gaps for c in rows), rows[0].last
        for one in rows[1:]:
            count += one.first - reached > 3600 * _SECOND
            reached = max(reached, one.last)
        if count:
            span = (f"first={day(rows[0].first)}", f"last={day(reached)}")
            yield Unseen(_shown(site, sensor), pen.count("unseen.gaps", count, *span))


def _twice(picture: Picture, pen: Pen) -> Iterator[Unseen]:
    """Captures of one sensor that hold the same hours: what passed then was counted in both."""
    captures = {r.id: r.name for r in picture.readings if r.kind in _CAPTURES}
    for (site, sensor), rows in _by_sensor(c for c in picture.coverage if c.reading in captures):
        before = rows[0]
        for one in rows[1:]:
            until = min(before.last, one.last)
            if one.reading != before.reading and until - one.first > _SECOND:
                names = (f"one={pen.file(captures[before.reading])}", f"other={pen.file(captures[one.reading])}")
                span = (f"first={day(one.first)}", f"last={day(until)}")
                yield Unseen(_shown(site, sensor), pen.text("unseen.twice", *names, *span))
            before = max(before, one, key=lambda c: c.last)


def _by_sensor(coverage: Iterable[Coverage]) -> Iterator[tuple[tuple[str, str], list[Coverage]]]:
    """Rows of each sensor that say when, by their beginning."""
    told = sorted((c for c in coverage if c.first), key=lambda c: (c.site, c.sensor, c.first, c.reading))
    for key, rows in groupby(told, key=lambda c: (c.site, c.sensor)):
        yield key, list(rows)


def _shown(site: str, sensor: str) -> str:
    return f"{sensor} ({site})"
