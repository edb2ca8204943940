"""The whole way of the data, on one page.

    read      files          -> evidence, flows, knowledge, refusals        (sources, store)
    register  evidence       -> devices, systems, models, zones, questions  (register)
    match     devices        -> findings with their because                 (match)
    rank      findings       -> priorities: SSVC with every input           (risk)
    act       priorities     -> measures, on both safeties                  (act)
    answer    all of it      -> report, tables, workbooks                   (exports)

`assess` does it all; a stage whose inputs are unchanged is skipped. Each stage is a function of rows: nothing below
this page knows where rows rest. Doors (`hygie.serve`) call this page alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hygie import __version__, act, match, register, risk, sources
from hygie.facts.functions import functions
from hygie.facts.makers import makers
from hygie.model import DERIVED_ROWS, READ_ROWS
from hygie.model.evidence import Reading, Refusal
from hygie.model.fleet import Question
from hygie.model.picture import Picture
from hygie.model.seams import Clock, Given, Input, Reader
from hygie.sources.opening import Limits, Secret, files, refusal
from hygie.sources.series import UNREAD, Terms, current, identify, predecessor, series_of, unread
from hygie.store import Ledger

BATCH_ROWS = 150_000
"""Rows that are gathered before a part is written."""

Tell = Callable[[str, int], None]
"""Progress: what is being done, and how much of it."""
Rows = dict[str, list[Any]]
"""Rows by kind."""


class Outcome(NamedTuple):
    """What reading did."""

    read: list[Reading]
    known: int
    """Files whose reading was here already."""
    refusals: list[Refusal]


class Stage(NamedTuple):
    """One step from rows to rows."""

    name: str
    version: int
    """Raised when the step computes something else from the same rows."""
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[["Ground"], Rows]


class Ground:
    """Rows by kind, as the stages ask for them: read rows of the readings that count, and what stages gave."""

    def __init__(self, store: Ledger, as_of: str) -> None:
        """`as_of`: ISO 8601 date that stands for today."""
        self.store = store
        self.as_of = as_of
        said = sorted(store.rows("decision"), key=lambda d: (d.when, d.answer))
        newest = {d.about.removeprefix("newest:"): d.answer for d in said if d.about.startswith("newest:")}
        known = store.readings()
        self.readings, self.undecided = current(known, newest)
        self.superseded = sum(not r.forgotten for r in known) - len(self.readings)
        self._given: Rows = {}

    def __getitem__(self, kind: str) -> list[Any]:
        """Rows of a kind. Raises LookupError for a kind that is none."""
        if kind in READ_ROWS:
            return self.store.rows(kind, [r.id for r in self.readings])
        if kind not in self._given:
            self._given[kind] = self.store.rows(kind)
        return self._given[kind]

    def chosen(self, kind: str, column: str, values: Iterable[str]) -> list[Any]:
        """Rows of the readings that count whose column is one of values."""
        live = {r.id for r in self.readings}
        rows = self.store.select(kind, column, values)
        return [row for row in rows if row.reading in live] if kind in READ_ROWS else rows

    def take(self, rows: Rows) -> None:
        """Lets later stages see what a stage gave."""
        self._given.update(rows)

    def fingerprint(self, stage: Stage, before: Mapping[str, str]) -> str:
        """Hash of everything that a stage's result depends on; `before`: fingerprints of the stages that ran."""
        total = hashlib.sha256(f"{__version__} {stage.name} {stage.version} {self.as_of}".encode())
        holdings = self.store.holdings()
        live = sorted(r.id for r in self.readings)
        for need in stage.needs:
            if need in DERIVED_ROWS:
                maker = next(s.name for s in STAGES if need in s.gives)
                total.update(f" {need}:{before[maker]}".encode())
            else:
                held = holdings.get(need, {})
                total.update(f" {need}:{','.join(r for r in live if r in held)}".encode())
        return total.hexdigest()


# ---------------------------------------------------------------- the main job


def assess(store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, tell: Tell) -> Outcome:
    """The main job: reads what is new, then recomputes what depends on it."""
    outcome = read(store, paths, terms, clock, tell)
    compute(store, clock.today(), tell)
    return outcome


def compute(store: Ledger, as_of: str, tell: Tell) -> Ground:
    """Runs every stage whose inputs changed; gives the ground with all results."""
    ground, before = Ground(store, as_of), {}
    for stage in STAGES:
        before[stage.name] = ground.fingerprint(stage, before)
        if store.fingerprint(stage.name) != before[stage.name]:
            tell(stage.name, 0)
            rows = stage.run(ground)
            store.keep(stage.name, before[stage.name], {kind: rows[kind] for kind in stage.gives})
            ground.take(rows)
    return ground


# ---------------------------------------------------------------- read


def read(store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, tell: Tell) -> Outcome:
    """Reads every file under the paths that is not here yet. Writes in batches, each whole or not at all."""
    known = {r.id: r for r in store.readings()}
    batch: list[tuple[Reading, Rows]] = []
    outcome = Outcome([], 0, [])
    met, size = 0, 0
    for reading, rows in _readings(store, paths, terms, clock, known):
        tell("read", len(outcome.read) + met + 1)
        if rows is None:
            met += 1
            outcome.refusals.extend(store.select("refusal", "reading", [reading.id]) if reading.refused else [])
            continue
        known[reading.id] = reading
        batch.append((reading, rows))
        outcome.read.append(reading)
        outcome.refusals.extend(rows.get("refusal", []))
        size += sum(map(len, rows.values()))
        if size > BATCH_ROWS:
            store.add(batch)
            batch, size = [], 0
    if batch:
        store.add(batch)
    return outcome._replace(known=met)


def _readings(
    store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, known: Mapping[str, Reading]
) -> Iterator[tuple[Reading, Rows | None]]:
    """Each file with its rows; None where its reading is known."""
    for item in files(paths, Limits(), without=[store.folder]):
        if isinstance(item, Refusal):
            yield _refused(item, "", terms, clock)
            continue
        found = sources.reader_of(item)
        if isinstance(found, Refusal):
            yield _refused(found, item.path, terms, clock)
        else:
            try:
                yield _one(store, item, found, terms, clock, known)
            except sources.UNREADABLE as error:
                yield _refused(refusal(item.name, error), item.path, terms, clock)
        item.close()


def _one(
    store: Ledger, item: Input, reader: Reader, terms: Terms, clock: Clock, known: Mapping[str, Reading]
) -> tuple[Reading, Rows | None]:
    """One recognised file. Raises what looking into it raises."""
    mapping = store.mapping(series_of(item, reader, terms))
    reading = identify(item, reader, terms, clock.now(), mapping)
    if reading.id in known and not known[reading.id].forgotten:
        return known[reading.id], None
    rows: Rows = {}
    secrets = 0
    for row in sources.read(item, reader, Given(terms.site, reading.id, mapping, terms.dated)):
        if isinstance(row, Secret):
            secrets += 1
        else:
            rows.setdefault(KIND_OF[type(row)], []).append(row)
    refused = len(rows.get("refusal", []))
    stated = sum(map(len, rows.values())) - refused
    before = predecessor(reading, list(known.values()))
    return replace(reading, stated=stated, refused=refused, secrets=secrets, supersedes=before), rows


def _refused(found: Refusal, path: str, terms: Terms, clock: Clock) -> tuple[Reading, Rows]:
    reading = replace(unread(found.name, path, terms, clock.now()), refused=1)
    return reading, {"refusal": [replace(found, reading=reading.id)]}


KIND_OF = {row: kind for kind, row in READ_ROWS.items()}
"""Row type -> kind."""


# ---------------------------------------------------------------- the stages


def _register(ground: Ground) -> Rows:
    made = register.build(
        register.Ground(
            evidence=ground["evidence"],
            readings={r.id: r for r in ground.readings},
            decisions=ground["decision"],
            coverage=ground["coverage"],
            flows=ground["flow"],
            boms=ground["bom"],
            answers=ground["answer"],
            permissions=ground["permission"],
            statements=ground["statement"],
            makers=makers(),
        )
    )
    doubts = [_newest(one, other) for one, other in ground.undecided]
    return {
        "device": made.devices,
        "member": made.members,
        "model": made.models,
        "zone": made.zones,
        "binding": made.bindings,
        "link": made.links,
        "contradiction": made.contradictions,
        "question": made.questions + doubts,
    }


def _newest(one: Reading, other: Reading) -> Question:
    """Two exports of one source without a date: which is the newer?"""
    args = (f"one={one.name}", f"other={other.name}")
    about = f"newest:{one.source}"
    return Question(about, "hospital", one.source, "question.newest", args, (one.id, other.id), "", 1e6)


STAGES: tuple[Stage, ...] = (
    Stage(
        "register",
        1,
        ("evidence", "coverage", "flow", "decision", "bom", "answer", "permission", "statement", "refusal"),
        ("device", "member", "model", "zone", "binding", "link", "contradiction", "question"),
        _register,
    ),
)
