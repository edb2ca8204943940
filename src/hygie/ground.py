"""What the stages stand on: rows by kind, as they ask for them. Nothing above this page knows where rows rest.

What comes in: the store, and the date that stands for today. What goes out: rows of the readings that count, and what
stages gave before.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from hygie.model import DERIVED_ROWS, READ_ROWS
from hygie.sources.intake import Rows
from hygie.sources.series import current, last_words
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
        self.readings, self.undecided = current(known, self.newest)
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
