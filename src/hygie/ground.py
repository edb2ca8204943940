"""What the stages stand on: rows by kind, as they ask for them. Nothing above this page knows where rows rest.

What comes in: the store, and the date that stands for today. What goes out: rows of the readings that count, and what
stages gave before.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from hygie.model import DERIVED_ROWS, READ_ROWS
from hygie.model.evidence import Reading, Refusal, Trait
from hygie.sources.intake import Rows
from hygie.sources.series import Shrunk, current, last_words
from hygie.store import Ledger


class Ground:
    """Rows by kind, as the stages ask for them: read rows of the readings that count, and what stages gave."""

    def __init__(self, store: Ledger, as_of: str) -> None:
        """`as_of`: ISO 8601 date that stands for today."""
        self.store = store
        self.as_of = as_of
        known = store.readings()
        words = [r for r in known if not r.forgotten and not r.snapshot]
        said = sorted(
            last_words(store.rows("decision", [r.id for r in words]), words), key=lambda d: (d.when, d.answer)
        )
        self.newest = {d.about: d.answer for d in said if d.about.startswith("newest:")}
        """Question which of two exports is the newer -> what a person answered."""
        self.lost = Losses(store, known)
        self.readings, self.undecided, self.shrunk = current(known, self.newest, self.lost)
        self.shrinkages = [_told(one) for one in self.shrunk]
        """Lists that lost many devices, as something to look at."""
        self.amended = {r.supersedes for r in self.readings if not r.snapshot}
        """Filled-in files that were filled in again since: their answers count, their mistakes no longer."""
        self.superseded = sum(not r.forgotten for r in known) - len(self.readings)
        self.ready: dict[str, Any] = {}
        """What stages prepared, by their name."""
        self._given: Rows = {}

    def __getitem__(self, kind: str) -> list[Any]:
        """Rows of a kind. Raises LookupError for a kind that is none."""
        if kind in READ_ROWS:
            without = self.amended if kind == "refusal" else ()
            rows = self.store.rows(kind, [r.id for r in self.readings if r.id not in without])
            if kind == "refusal":
                rows += self.shrinkages
            return last_words(rows, self.readings) if kind == "decision" else rows
        if kind not in DERIVED_ROWS:
            raise LookupError(f"{kind} is no kind of row")
        if kind not in self._given:
            self._given[kind] = self.store.rows(kind)
        return list(self._given[kind])

    def chosen(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        """Rows of the readings that count whose column is one of values."""
        live = {r.id for r in self.readings}
        rows = self.store.select(kind, column, values)
        return [row for row in rows if row.reading in live] if kind in READ_ROWS else rows

    def take(self, rows: Rows) -> None:
        """Lets later stages see what a stage gave."""
        self._given.update(rows)

    def fingerprint(self, needs: Iterable[str], before: Mapping[str, str]) -> str:
        """Hash of these kinds' rows; `before`: what stands for those that stages derive."""
        total = hashlib.sha256()
        holdings = self.store.holdings()
        live = sorted(self.readings, key=lambda r: r.id)
        for need in needs:
            if need in DERIVED_ROWS:
                total.update(f" {need}:{before[need]}".encode())
            else:
                held, order = holdings.get(need, {}), need == "decision"
                total.update(f" {need}:{','.join(r.id + order * r.supersedes for r in live if r.id in held)}".encode())
        return total.hexdigest()


class Losses:
    """What lists of devices lost: see `sources.series.Lost`. Looks into the store where there is something to compare.

    A device is known by its inventory number, serial number or MAC address; one that the earlier list calls disposed
    of may leave, and one without any of them cannot be missed.
    """

    def __init__(self, store: Ledger, known: Iterable[Reading]) -> None:
        self._store = store
        self._lists = {r.id for r in known if r.kind == LISTS and not r.forgotten}
        self._named: dict[str, dict[str, set[str]]] | None = None
        """Reading -> subject -> what the device is known by."""

    def __call__(self, old: Reading, new: tuple[Reading, ...]) -> tuple[int, int]:
        """How many devices of `old` none of `new` names, and of how many."""
        if not {old.id, *(one.id for one in new)} <= self._lists or old.sha256 in {one.sha256 for one in new}:
            return 0, 0
        if self._named is None:
            self._named = self._find()
        there = {key for one in new for keys in self._named.get(one.id, {}).values() for key in keys}
        devices = [keys for keys in self._named.get(old.id, {}).values() if keys and GONE not in keys]
        return sum(not keys & there for keys in devices), len(devices)

    def _find(self) -> dict[str, dict[str, set[str]]]:
        found: dict[str, dict[str, set[str]]] = {ident: {} for ident in self._lists}
        for said in self._store.select("evidence", "trait", [*KNOWN_BY, Trait.STATUS]):
            if said.reading in found and (said.trait in KNOWN_BY or said.value == GONE):
                key = GONE if said.trait == Trait.STATUS else f"{said.trait} {said.value}"
                found[said.reading].setdefault(said.subject, set()).add(key)
        return found


LISTS = "gmao"
"""Kind of the readings that list devices whole."""
KNOWN_BY = (Trait.INVENTORY, Trait.SERIAL, Trait.MAC)
GONE = "disposed"


def _told(one: Shrunk) -> Refusal:
    """That a list lost devices, as something to look at."""
    reason = "refusal.vanished_asked" if one.asked else "refusal.vanished"
    args = (f"count={one.gone}", f"total={one.total}", f"one={one.old.name}", f"reading={one.old.id}")
    return Refusal(one.new.id, one.new.name, "", reason, args)
