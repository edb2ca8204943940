"""Retention: what is forgotten by itself because it is older than the workspace's `keep_days`, and not read again.

What comes in: all readings, today, a number of days. What goes out: the readings whose time is over. Those are readings
that add up (captures, leases, ARP and MAC tables), and exports that a newer one replaced. What stays, however old:
exports and knowledge that count now, what people decided, refusals.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hygie.model.evidence import Coverage, Reading, Speaker
from hygie.sources.series import UNREAD, Lost, current

if TYPE_CHECKING:
    from hygie.store import Ledger

AGED = "aged"
"""Remembered: of each reading that was forgotten for its age, its day. A capture's is not in its dates."""


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
    lost: Lost = lambda _old, _new: (0, 0),
) -> list[Reading]:
    """Readings of a day (see `days`) more than `keep` days before `today` (ISO 8601); none where `keep` is 0.

    `newest`: which of two exports is the newer, as people answered (`Ground.newest`); `lost`: what lists lost
    (`Ground.lost`).
    """
    if not keep:
        return []
    known = [r for r in readings if not r.forgotten]
    first = _first(today, keep)
    old = [r for r in known if day[r.id] < first and _passing(r)]
    gone = {r.id for r in old if not r.snapshot}
    live = {r.id for r in current(known, newest, lost).live}
    replaced = {r.id for r in old if r.snapshot and r.id not in live}
    for leaving in (replaced, *({one} for one in sorted(replaced))):
        without = gone | leaving
        if {r.id for r in current((r for r in known if r.id not in without), newest, lost).live} == live - gone:
            gone = without  # nothing that was replaced counts again without them
        if replaced <= gone:
            break
    return [r for r in old if r.id in gone]


class Old:
    """Files that lie there still though their readings were forgotten and their time is over."""

    def __init__(self, store: "Ledger", today: str, keep: int) -> None:
        """`today` ISO 8601; `keep` 0: none is too old."""
        known = store.readings()
        self._days = _remembered(store)
        first = _first(today, keep) if keep else ""
        day = days((r for r in known if r.forgotten and _passing(r)), ()) | self._days
        self._gone = {r.id for r in known if r.forgotten and day.get(r.id, first) < first}
        self._series = {r.source for r in known if r.snapshot and not r.forgotten}
        self.names: list[str] = []
        """Of those that were met."""

    def __call__(self, reading: Reading) -> bool:
        """Whether a reading was forgotten and is too old; an export only while another of its series is there."""
        over = reading.id in self._gone and (not reading.snapshot or reading.source in self._series)
        if over:
            self.names.append(reading.name)
        return over


def remember(store: "Ledger", gone: Iterable[Reading], day: Mapping[str, str]) -> None:
    """Keeps the days of readings that are forgotten for their age (see `days`)."""
    store.remember(AGED, json.dumps(_remembered(store) | {r.id: day[r.id] for r in gone}, sort_keys=True))


def _remembered(store: "Ledger") -> dict[str, str]:
    """Reading -> day, as `remember` kept it."""
    found: dict[str, str] = json.loads(store.recall(AGED) or "{}")
    return found


def _first(today: str, keep: int) -> str:
    """The first day (ISO 8601) that is not too old; the first of all where the days reach before it."""
    return (
        date.fromisoformat(today) - timedelta(days=min(keep, date.fromisoformat(today).toordinal() - 1))
    ).isoformat()


def _passing(reading: Reading) -> bool:
    """Whether age alone may end it."""
    return reading.speaker is not Speaker.PERSON and reading.kind != UNREAD


def _day(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1e6, UTC).date().isoformat() if microseconds else ""
