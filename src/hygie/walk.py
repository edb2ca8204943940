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
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hygie import __version__, act, batches, register, risk
from hygie.batches import Tell
from hygie.exports import workbook
from hygie.exports.report import render
from hygie.facts.functions import functions
from hygie.facts.makers import FAMILIES, makers
from hygie.match.find import Knowledge, find
from hygie.match.naming import Naming
from hygie.match.profiles import profiles
from hygie.match.uncovered import uncovered
from hygie.model import DERIVED_ROWS, READ_ROWS
from hygie.model.evidence import Reading, Refusal
from hygie.model.fleet import Question
from hygie.model.knowledge import Vulnerability
from hygie.model.picture import Picture
from hygie.model.seams import Clock
from hygie.model.verdict import Silence
from hygie.sources.intake import Rows
from hygie.sources.series import Terms, current, last_words, question
from hygie.store import Ledger

FILLED = ("questions.xlsx", "hospital.xlsx")
"""Files of the workspace that people fill in: each assessment reads them back."""


class Outcome(NamedTuple):
    """What reading did."""

    read: list[Reading]
    known: int
    """Files whose reading was here already."""
    refusals: list[Refusal]
    ground: "Ground | None" = None
    """All results, where they were computed too."""


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
        known = store.readings()
        words = [r for r in known if not r.forgotten and not r.snapshot]
        said = sorted(
            last_words(store.rows("decision", [r.id for r in words]), words), key=lambda d: (d.when, d.answer)
        )
        newest = {d.about: d.answer for d in said if d.about.startswith("newest:")}
        self.readings, self.undecided = current(known, newest)
        self.amended = {r.supersedes for r in self.readings if not r.snapshot}
        """Filled-in files that were filled in again since: their answers count, their mistakes no longer."""
        self.superseded = sum(not r.forgotten for r in known) - len(self.readings)
        self._given: Rows = {}

    def __getitem__(self, kind: str) -> list[Any]:
        """Rows of a kind. Raises LookupError for a kind that is none."""
        if kind in READ_ROWS:
            without = self.amended if kind == "refusal" else ()
            rows = self.store.rows(kind, [r.id for r in self.readings if r.id not in without])
            return last_words(rows, self.readings) if kind == "decision" else rows
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

    def fingerprint(self, stage: Stage, before: Mapping[str, str]) -> str:
        """Hash of everything that a stage's result depends on; `before`: fingerprints of the stages that ran."""
        total = hashlib.sha256(f"{__version__} {stage.name} {stage.version} {self.as_of}".encode())
        holdings = self.store.holdings()
        live = sorted(self.readings, key=lambda r: r.id)
        for need in stage.needs:
            if need in DERIVED_ROWS:
                maker = next(s.name for s in STAGES if need in s.gives)
                total.update(f" {need}:{before[maker]}".encode())
            else:
                held, order = holdings.get(need, {}), need == "decision"
                total.update(f" {need}:{','.join(r.id + order * r.supersedes for r in live if r.id in held)}".encode())
        return total.hexdigest()


# ---------------------------------------------------------------- the main job


def assess(store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, tell: Tell) -> Outcome:
    """The main job: reads what is new, then recomputes what depends on it."""
    outcome = read(store, paths, terms, clock, tell)
    own = filled(store, clock, tell)
    ground = compute(store, clock.today(), tell)
    return Outcome(outcome.read + own.read, outcome.known + own.known, outcome.refusals + own.refusals, ground)


def filled(store: Ledger, clock: Clock, tell: Tell) -> Outcome:
    """Reads back what people filled in."""
    return read(store, [str(store.folder / name) for name in FILLED if store.touched(name)], Terms(), clock, tell)


def compute(store: Ledger, as_of: str, tell: Tell) -> Ground:
    """Runs every stage whose inputs changed; gives the ground with all results."""
    ground = Ground(store, as_of)
    wanted = fingerprints(ground)
    for stage in STAGES:
        if store.fingerprint(stage.name) != wanted[stage.name]:
            tell(stage.name, 0)
            rows = stage.run(ground)
            store.keep(stage.name, wanted[stage.name], {kind: rows[kind] for kind in stage.gives})
            ground.take(rows)
    store.remember("as_of", as_of)
    return ground


def fingerprints(ground: Ground) -> dict[str, str]:
    """What each stage's result depends on, by the stage's name."""
    found: dict[str, str] = {}
    for stage in STAGES:
        found[stage.name] = ground.fingerprint(stage, found)
    return found


def behind(store: Ledger) -> bool:
    """Whether something was read, or forgotten, since the last `compute`."""
    wanted = fingerprints(Ground(store, store.recall("as_of")))
    return any(store.fingerprint(name) != found for name, found in wanted.items())


# ---------------------------------------------------------------- read


def read(store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, tell: Tell) -> Outcome:
    """Reads every file under the paths that is not here yet. Writes in batches, each whole or not at all."""
    return Outcome(*batches.read(store, paths, terms, clock, tell))


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
    args = (f"one={one.name} ({one.id})", f"other={other.name} ({other.id})")
    return Question(question(one, other), "hospital", one.source, "question.newest", args, (one.id, other.id), "", 1e6)


def _match(ground: Ground) -> Rows:
    naming = Naming(makers(), FAMILIES)
    alike, of = profiles(ground["device"], ground["bom"], naming, _told(ground), ground["statement"])
    knowledge = Knowledge(
        components=iter(ground["component"]),
        boms=ground["bom"],
        advisories=ground["advisory"],
        statements=ground["statement"],
        applicabilities=ground["applicability"],
        vulnerabilities=ground["vulnerability"],
        decisions=ground["decision"],
    )
    findings = find(alike, knowledge, naming)
    silent = uncovered(ground["model"], knowledge.boms, knowledge.statements, knowledge.applicabilities, naming)
    silences = [Silence(model.id) for model in silent]
    return {"profile": alike, "profile_of": of, "finding": findings, "silence": silences}


def _told(ground: Ground) -> dict[str, tuple[str, ...]]:
    """CPEs and purls that traffic or tables say of devices."""
    source = {r.id: r.source for r in ground.readings}
    device = {(m.source, m.subject): m.device for m in ground["member"]}
    found: dict[str, set[str]] = {}
    for said in ground.chosen("evidence", "trait", ["cpe", "purl"]):
        if owner := device.get((source[said.reading], said.subject)):
            found.setdefault(owner, set()).add(said.value)
    return {owner: tuple(sorted(values)) for owner, values in found.items()}


def _rank(ground: Ground) -> Rows:
    return {"priority": risk.rank(ground)}


def _act(ground: Ground) -> Rows:
    return {"measure": act.propose(ground)}


KNOWLEDGE = ("component", "bom", "advisory", "statement", "applicability", "vulnerability")
WORDS = ("remedy", "permission", "answer", "statement")
PLACE = ("zone", "binding", "flow", "coverage")
STAGES: tuple[Stage, ...] = (
    Stage(
        "register",
        1,
        ("evidence", "coverage", "flow", "decision", "bom", "answer", "permission", "statement"),
        ("device", "member", "model", "zone", "binding", "link", "contradiction", "question"),
        _register,
    ),
    Stage(
        "match",
        1,
        ("device", "model", "member", "evidence", "decision", *KNOWLEDGE),
        ("profile", "profile_of", "finding", "silence"),
        _match,
    ),
    Stage(
        "rank",
        1,
        ("finding", "profile_of", "device", "decision", "vulnerability", "exploited", "score", *PLACE),
        ("priority",),
        _rank,
    ),
    Stage(
        "act",
        1,
        (
            "priority",
            "finding",
            "profile",
            "profile_of",
            "device",
            "model",
            "vulnerability",
            "decision",
            *WORDS,
            *PLACE,
        ),
        ("measure",),
        _act,
    ),
)


# ---------------------------------------------------------------- answer


def picture(store: Ledger, ground: Ground | None = None) -> Picture:
    """Everything that is known, as the last `compute` left it. `ground`: its result, where it is at hand."""
    ground = ground or Ground(store, store.recall("as_of"))
    findings = ground["finding"]
    named = sorted({f.vulnerability for f in findings})
    scores = ground.chosen("score", "vulnerability", named)
    return Picture(
        as_of=ground.as_of,
        version=__version__,
        readings=list(ground.readings),
        superseded=ground.superseded,
        refusals=sorted(ground["refusal"], key=lambda r: (r.name, r.place, r.reason)),
        coverage=sorted(ground["coverage"], key=lambda c: (c.site, c.sensor, c.first)),
        decisions=ground["decision"],
        devices=ground["device"],
        members=ground["member"],
        models=ground["model"],
        zones=ground["zone"],
        bindings=ground["binding"],
        links=ground["link"],
        contradictions=ground["contradiction"],
        questions=ground["question"],
        flows=sorted(ground["flow"], key=lambda f: (f.site, f.client, f.server, f.port, f.first, f.reading, f.place)),
        profiles=ground["profile"],
        profile_of=ground["profile_of"],
        standings=risk.standings(ground),
        findings=findings,
        priorities=ground["priority"],
        measures=act.plan(ground["measure"]),
        uncovered=[silent.model for silent in ground["silence"]],
        vulnerabilities=_best(ground.chosen("vulnerability", "id", named)),
        exploited={e.vulnerability: e for e in ground["exploited"]},
        scores={s.vulnerability: s for s in sorted(scores, key=lambda s: s.dated)},
        advisories=ground["advisory"],
        functions=functions(),
    )


def _best(records: Iterable[Vulnerability]) -> dict[str, Vulnerability]:
    """One record per vulnerability to show: CVE 5 before NVD before what an advisory says; the newest of equals."""
    order = {"cve5": 3, "nvd": 2, "csaf": 1}
    ranked = sorted(records, key=lambda v: (order.get(v.source, 0), v.modified, v.reading))
    return {record.id: record for record in ranked}


def answer(store: Ledger, known: Picture, language: str) -> list[Path]:
    """Writes the report, the questions and the hospital's settings into the workspace; gives the paths written.

    A file in which somebody wrote what could not be read in full stays as it is: no word in it is lost.
    """
    store.write("report.html", "".join(render(known, language)).encode())
    files = {"questions.xlsx": workbook.questions, "hospital.xlsx": workbook.hospital}
    kept = store.unread(FILLED)
    for name in files.keys() - kept:
        store.write(name, files[name](known, language))
    return [store.folder / name for name in ("report.html", *files) if name not in kept]


def forget(store: Ledger, gone: Iterable[Reading], clock: Clock, language: str, tell: Tell) -> set[str]:
    """Retracts readings and recomputes what rested on them, the report too.

    What people filled in is read first; gives the files that had to stay as they are, and may name what is forgotten.
    Raises LockHeldError while somebody reads the workspace.
    """
    filled(store, clock, tell)
    store.forget([r.id for r in gone])
    compute(store, clock.today(), tell)
    answer(store, picture(store), language)
    return store.unread(FILLED)
