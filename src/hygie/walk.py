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
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from hygie import __version__, act, batches, register, risk
from hygie.batches import Over
from hygie.exports import workbook
from hygie.exports.report import render
from hygie.facts.makers import FAMILIES, makers
from hygie.ground import Ground
from hygie.jobs import pool
from hygie.jobs.pool import lent
from hygie.match.ahead import Consulted, consult, foresee
from hygie.match.comparable import blind, compared
from hygie.match.find import Knowledge, judged
from hygie.match.naming import Naming
from hygie.match.parts import BY_RULE
from hygie.match.profiles import profiles
from hygie.match.uncovered import uncovered
from hygie.model.evidence import Reading, Refusal
from hygie.model.fleet import Question
from hygie.model.picture import Picture
from hygie.model.seams import Clock
from hygie.model.verdict import Silence, Standing
from hygie.pictured import pictured
from hygie.sources.intake import Rows
from hygie.sources.opening.limits import DEFAULTS, Limits
from hygie.sources.series import Shrunk, Terms, question
from hygie.store import Ledger, Part, open_workspace
from hygie.streams import Tell

Hands = pool.Hands
"""Processes that work beside this one, kept over several of the calls below."""
FILLED = ("questions.xlsx", "hospital.xlsx")
"""Files of the workspace that people fill in: each assessment reads them back."""


class Outcome(NamedTuple):
    """What reading did."""

    read: list[Reading]
    known: int
    """Files whose reading was here already."""
    refusals: list[Refusal]
    ground: Ground | None = None
    """All results, where they were computed too."""


APART = 50_000
"""Rows that two stages each work on before they work at the same time: starting a process takes half a second."""


class Stage(NamedTuple):
    """One step from rows to rows."""

    name: str
    version: int
    """Raised when the step computes something else from the same rows."""
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Ground], Rows]
    prepare: Callable[[Ground], Any] | None = None
    """Makes ready, from read rows alone, what `run` then finds in `Ground.ready`: may go on beside the step before."""


class Apart(NamedTuple):
    """A stage that another process runs: the workspace, the date that stands for today, the stage's name."""

    folder: str
    as_of: str
    stage: str


# ---------------------------------------------------------------- the main job


def assess(
    store: Ledger, paths: Iterable[str], terms: Terms, clock: Clock, tell: Tell, hands: Hands | None = None
) -> Outcome:
    """The main job: reads what is new, then recomputes what depends on it. `hands`: processes that run already."""
    with lent(hands) as processes:
        outcome = read(store, paths, terms, clock, tell, hands=processes)
        own = filled(store, clock, tell)
        ground = compute(store, clock.today(), tell, processes)
    refusals = outcome.refusals + own.refusals + ground.shrinkages
    return Outcome(outcome.read + own.read, outcome.known + own.known, refusals, ground)


def filled(store: Ledger, clock: Clock, tell: Tell) -> Outcome:
    """Reads back what people filled in."""
    return read(store, [str(store.folder / name) for name in FILLED if store.touched(name)], Terms(), clock, tell)


def compute(store: Ledger, as_of: str, tell: Tell, hands: Hands | None = None) -> Ground:
    """Runs every stage whose inputs changed; gives the ground with all results. `hands`: as of `assess`."""
    ground = Ground(store, as_of)
    wanted = fingerprints(ground)
    stale = [stage for stage in STAGES if store.fingerprint(stage.name) != wanted[stage.name]]
    for stage, after in zip(stale, [*stale, None][1:], strict=True):
        tell(stage.name, 0)
        parts = _beside(ground, stage, after, hands) if after and _worth(ground, stage, after) else []
        rows = {} if parts else stage.run(ground)
        store.keep(stage.name, wanted[stage.name], {kind: rows[kind] for kind in stage.gives if rows}, parts)
        ground.take(rows)
    store.remember("as_of", as_of)
    return ground


def _worth(ground: Ground, stage: Stage, after: Stage) -> bool:
    """Whether a stage is worth a process of its own while the next one prepares itself."""
    held = {kind: sum(by.values()) for kind, by in ground.store.holdings().items()}
    work = [sum(held.get(kind, 0) for kind in needs) for needs in (stage.needs, after.needs)]
    return after.prepare is not None and pool.spare() > 0 and min(work) > APART


def _beside(ground: Ground, stage: Stage, after: Stage, hands: Hands | None) -> list[Part]:
    """Parts of a stage that another process runs, while the next one prepares itself here; [] where that failed."""
    with lent(hands) as processes:
        processes.dismiss()
        asked = Apart(str(ground.store.folder), ground.as_of, stage.name)
        processes.aside.submit(TARGET, msgspec.msgpack.encode(asked))
        if after.prepare is not None:
            ground.ready[after.name] = after.prepare(ground)
        *_, done = processes.aside.rest()
        processes.aside.dismiss()  # no later stage asks for it
    return [] if done.answer is None else msgspec.msgpack.decode(done.answer, type=list[Part])


def apart(request: bytes) -> bytes:
    """Runs one stage and writes its parts, in a process of its own; nothing where nothing is asked. Raises what the
    stage and the store raise."""
    if not request:
        return b""
    asked = msgspec.msgpack.decode(request, type=Apart)
    with open_workspace(Path(asked.folder), write=False) as store:
        stage = next(stage for stage in STAGES if stage.name == asked.stage)
        rows = stage.run(Ground(store, asked.as_of))
        return msgspec.msgpack.encode([part for kind, items in rows.items() for part in store.parts.keep(kind, items)])


TARGET = f"{__name__}:{apart.__name__}"
"""What the process aside is asked for."""


def fingerprints(ground: Ground) -> dict[str, str]:
    """Hash of everything that each stage's result depends on, by the stage's name."""
    found: dict[str, str] = {}
    given: dict[str, str] = {}
    for stage in STAGES:
        head = f"{__version__} {stage.name} {stage.version} {ground.as_of}"
        found[stage.name] = hashlib.sha256(f"{head}{ground.fingerprint(stage.needs, given)}".encode()).hexdigest()
        given.update(dict.fromkeys(stage.gives, found[stage.name]))
    return found


def behind(store: Ledger) -> bool:
    """Whether something was read, or forgotten, since the last `compute`."""
    wanted = fingerprints(Ground(store, store.recall("as_of")))
    return any(store.fingerprint(name) != found for name, found in wanted.items())


# ---------------------------------------------------------------- read


def read(
    store: Ledger,
    paths: Iterable[str],
    terms: Terms,
    clock: Clock,
    tell: Tell,
    over: Over = lambda _: False,
    hands: Hands | None = None,
    limits: Limits = DEFAULTS,
) -> Outcome:
    """Reads every file under the paths that is not here yet. Writes in batches, each whole or not at all.

    `over`: says of a new reading whether it was forgotten for its age: it is not read again. `hands`: as of `assess`.
    """
    with lent(hands) as processes:
        begin = partial(hands.begin, TARGET) if hands else None
        return Outcome(*batches.read(store, paths, terms, clock, tell, processes, over, limits, begin))


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
            rules=ground["rule"],
        )
    )
    doubts = [_newest(one, other) for one, other in ground.undecided] + [_shrunk(s) for s in ground.shrunk if s.asked]
    return {
        "device": made.devices,
        "member": made.members,
        "model": made.models,
        "zone": made.zones,
        "binding": made.bindings,
        "conclusion": made.conclusions,
        "link": made.links,
        "contradiction": made.contradictions,
        "question": made.questions + doubts,
    }


def _newest(one: Reading, other: Reading) -> Question:
    """Two exports of one source without a date: which is the newer?"""
    args = (f"one={one.name} ({one.id})", f"other={other.name} ({other.id})")
    return Question(question(one, other), "hospital", one.source, "question.newest", args, (one.id, other.id), "", 1e6)


def _shrunk(found: Shrunk) -> Question:
    """A list that lost most devices of the one before: does it take its place?"""
    one, other = found.new, found.old
    args = (
        f"one={one.name} ({one.id})",
        f"other={other.name} ({other.id})",
        f"count={found.gone}",
        f"total={found.total}",
    )
    asked = question(one, other)
    return Question(asked, "hospital", one.source, "question.shrunk", args, (one.id, other.id), "", 1e6)


def _consult(ground: Ground) -> Consulted:
    knowledge = Knowledge(
        components=iter(ground["component"]),
        boms=ground["bom"],
        advisories=ground["advisory"],
        statements=ground["statement"],
        applicabilities=ground["applicability"],
        vulnerabilities=ground["vulnerability"],
        decisions=ground["decision"],
    )
    return consult(knowledge, Naming(makers(), FAMILIES))


def _foresee(ground: Ground) -> Consulted:
    """`_consult`, with what the models that lists name will ask: the register is not made yet."""
    consulted = _consult(ground)
    said = ground.chosen("evidence", "trait", register.NAMING)
    foresee(consulted, register.expected(said, makers()))
    return consulted


def _match(ground: Ground) -> Rows:
    known, naming, desk, spoken = ground.ready.pop("match", None) or _consult(ground)
    alike, of = profiles(ground["device"], known.boms, naming, _told(ground), known.statements)
    sboms = compared(desk)
    silent = uncovered(ground["model"], desk.attachments, spoken, blind(sboms))
    findings, silences = judged(desk, alike), [Silence(model.id) for model in silent]
    return {"profile": alike, "profile_of": of, "finding": findings, "silence": silences, "compared": sboms}


def _told(ground: Ground) -> dict[str, tuple[str, ...]]:
    """CPEs and purls that traffic or tables say of devices; those that rules conclude bear `BY_RULE` before them."""
    source = {r.id: r.source for r in ground.readings}
    device = {(m.source, m.subject): m.device for m in ground["member"]}
    found = dict[str, set[str]]()
    for said in ground.chosen("evidence", "trait", ["cpe", "purl"]):
        if owner := device.get((source[said.reading], said.subject)):
            found.setdefault(owner, set()).add(said.value)
    for drawn in ground.chosen("conclusion", "trait", ["cpe", "purl"]):
        found.setdefault(drawn.device, set()).add(BY_RULE + drawn.value)
    return {owner: tuple(sorted(values)) for owner, values in found.items()}


def _rank(ground: Ground) -> Rows:
    stands = risk.stand(ground)
    return {
        "priority": risk.rank(ground, stands),
        "standing": [Standing(device, one.exposure, one.mission) for device, one in stands.items()],
    }


def _act(ground: Ground) -> Rows:
    return {"measure": act.propose(ground)}


KNOWLEDGE = ("component", "bom", "advisory", "statement", "applicability", "vulnerability")
WORDS = ("remedy", "permission", "answer", "statement")
PLACE = ("zone", "binding", "flow", "coverage")
STAGES: tuple[Stage, ...] = (
    Stage(
        "register",
        6,
        ("evidence", "rule", "coverage", "flow", "decision", "bom", "answer", "permission", "statement"),
        ("device", "member", "model", "zone", "binding", "conclusion", "link", "contradiction", "question"),
        _register,
    ),
    Stage(
        "match",
        7,
        ("device", "model", "member", "evidence", "conclusion", "decision", *KNOWLEDGE),
        ("profile", "profile_of", "finding", "silence", "compared"),
        _match,
        _foresee,
    ),
    Stage(
        "rank",
        4,
        ("finding", "profile_of", "device", "decision", "vulnerability", "exploited", "score", *PLACE),
        ("priority", "standing"),
        _rank,
    ),
    Stage(
        "act",
        4,
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
    return pictured(ground or Ground(store, store.recall("as_of")))


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
