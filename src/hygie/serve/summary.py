"""What `assess` says when it is done: one screen, both safeties, where the report is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hygie.exports.pen import Pen
from hygie.exports.report.decide import line
from hygie.exports.tally import Tally, tally_of
from hygie.model.evidence import Reading
from hygie.model.picture import Picture
from hygie.model.verdict import Compared, Outcome, Verdict
from hygie.serve.console import Console
from hygie.serve.wording import urgency
from hygie.sources.own import KIND as OWN

if TYPE_CHECKING:
    from hygie import walk

FILLED = ("questions.xlsx", "hospital.xlsx")
"""Files of the workspace that people fill in."""

MEASURES = 5
"""Measures that the terminal shows."""


def tell(console: Console, outcome: "walk.Outcome", picture: Picture, written: Sequence[Path]) -> None:
    """Prints the summary."""
    tally = tally_of(picture)
    read, known = sum(reading.kind != OWN for reading in outcome.read), outcome.known
    console.say("summary.read", f"read={read}", f"known={known}", f"refused={len(outcome.refusals)}")
    _register(console, tally)
    _findings(console, tally)
    _measures(console, picture)
    _files(console, written, picture.readings)


def _register(console: Console, tally: Tally) -> None:
    picture = tally.picture
    total, able = len(picture.devices), len(tally.connectable)
    console.say("summary.devices", f"count={total}", f"connectable={able}", f"models={len(picture.models)}")
    for seen, count in tally.seen.items():
        if count:
            console.line(f"  {console.text(f'seen.{seen.value}')}: {count}")
    if tally.gone:
        console.say("summary.gone", f"count={tally.gone}")
    if picture.contradictions:
        console.say("summary.contradictions", f"count={len(picture.contradictions)}")


def _findings(console: Console, tally: Tally) -> None:
    if not tally.informed:
        console.say("report.silence.uninformed")
        return
    counts = ", ".join(f"{console.text(f'verdict.{v.value}')} {tally.verdicts[v]}" for v in Verdict)
    console.say("summary.findings", f"counts={counts}")
    silent = len(tally.picture.uncovered)
    if silent:
        console.say("summary.silence", f"count={silent}")
    _boms(console, tally.picture.compared)
    columns = list(zip(*tally.matrix, strict=True))
    each = [f"{console.text(f'outcome.{o.value}')} {sum(columns[i])}" for i, o in reversed(list(enumerate(Outcome)))]
    console.say("summary.priorities", f"counts={', '.join(each)}")


def _boms(console: Console, rows: Sequence[Compared]) -> None:
    """How much of the SBOMs could be compared, and those of which nothing could."""
    if not rows:
        return
    total, compared = sum(row.components for row in rows), sum(row.compared for row in rows)
    console.say("summary.compared", f"count={len(rows)}", f"total={total}", f"compared={compared}")
    blind = sum(not row.compared for row in rows)
    if blind:
        console.say("summary.blind", f"count={blind}")


def _measures(console: Console, picture: Picture) -> None:
    if not picture.measures:
        return
    console.say("summary.measures", f"count={len(picture.measures)}")
    pen = Pen(console.language, picture.readings)
    names = {m.id: " ".join(filter(None, (m.make, m.product, m.version))) for m in picture.models}
    for measure in sorted(picture.measures, key=lambda m: (*urgency(m.outcome, m.devices), m.id))[:MEASURES]:
        shown = line(measure, names, pen)
        who = ", ".join(filter(None, (shown["authority"], shown["deciders"])))
        console.line(f"  [{shown['outcome_text']}] {shown['model']} ({shown['devices']}): {shown['what']}; {who}")


def _files(console: Console, written: Sequence[Path], readings: Sequence[Reading]) -> None:
    secrets = sum(r.secrets for r in readings)
    if secrets:
        console.say("report.secrets", f"count={secrets}")
    for name in FILLED:
        if written and not any(file.name == name for file in written):
            console.say("summary.kept", f"file={written[0].with_name(name)}")
    for file in written:
        console.say(f"summary.file.{file.stem}", f"file={file}")
