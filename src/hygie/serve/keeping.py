"""Retention: what is forgotten by itself because it is older than the workspace's `keep_days`.

What comes in: all readings, today, a number of days. What goes out: the readings whose time is over. Those are readings
that add up (captures, leases, ARP and MAC tables), and exports that a newer one replaced. What stays, however old:
exports and knowledge that count now, what people decided, refusals.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from hygie.model.evidence import Coverage, Reading, Speaker
from hygie.sources.series import UNREAD, current


def days(readings: Iterable[Reading], coverage: Iterable[Coverage]) -> dict[str, str]:
    """Day (ISO 8601) of each reading: the one it speaks of, of a capture that of its last packet, else when read."""
    seen: dict[str, int] = {}
    for one in coverage:
        seen[one.reading] = max(one.last, seen.get(one.reading, 0))
    return {r.id: (r.dated or _day(seen.get(r.id, 0)) or r.read_at)[:10] for r in readings}


def overdue(
    readings: Iterable[Reading],
    day: Mapping[str, str],
    today: str,
    keep: int,
    newest: Mapping[str, str] | None = None,
) -> list[Reading]:
    """Readings of a day (see `days`) more than `keep` days before `today` (ISO 8601); none where `keep` is 0.

    `newest`: which of two exports is the newer, as people answered (`Ground.newest`).
    """
    if not keep:
        return []
    known = [r for r in readings if not r.forgotten]
    first = (date.fromisoformat(today) - timedelta(days=keep)).isoformat()
    old = [r for r in known if day[r.id] < first and _passing(r)]
    gone = {r.id for r in old if not r.snapshot}
    live = {r.id for r in current(known, newest).live}
    replaced = {r.id for r in old if r.snapshot and r.id not in live}
    for leaving in (replaced, *({one} for one in sorted(replaced))):
        without = gone | leaving
        if {r.id for r in current((r for r in known if r.id not in without), newest).live} == live - gone:
            gone = without  # nothing that was replaced counts again without them
        if replaced <= gone:
            break
    return [r for r in old if r.id in gone]


def _passing(reading: Reading) -> bool:
    """Whether age alone may end it."""
    return reading.speaker is not Speaker.PERSON and reading.kind != UNREAD


def _day(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1e6, UTC).date().isoformat() if microseconds else ""
