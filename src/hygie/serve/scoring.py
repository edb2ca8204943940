"""The command `score`: how often identification is right on devices that the hospital checked by hand.

Two answers that never mix: figures, which name nothing and may be shared; with `--list`, the lines behind them, which
name devices and stay here. Nothing of the list is kept.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hygie.serve.console import FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, desk, listing, site_option, workspace
from hygie.serve.helping import Verb

if TYPE_CHECKING:
    from hygie.model.evidence import Refusal
    from hygie.model.label import Label
    from hygie.register.scoring import Score

SHOWN = 12
"""Refusals that the terminal shows."""
LINES = ("result", "line", "basis", "attribute", "known", "told", "confidence", "device")
"""Columns of `--list`."""


@click.command(cls=Verb)
@click.argument("file", metavar="FILE")
@click.option("--list", "listed", is_flag=True)
@site_option
@listing
@desk
def score(at: Desk, file: str, listed: bool, site: str, form: str) -> None:
    """Identification figures on hand-checked devices, as counts that may be shared."""
    if file != "-" and not Path(file).exists():
        at.console.fail(USAGE, "usage.absent", f"path={file}")
    labels, refused = _labels(at, file)
    found = _scored(at, labels, site)
    if listed:
        at.console.listing(LINES, _lines(found), form)
        at.console.note("score.private")
    else:
        _figures(at, found, form)
    counts = {"missing": found.missing, "doubtful": found.doubtful, "twice": found.twice, "unclear": found.unclear}
    told = [at.console.text(f"score.{name}", f"count={len(lines)}") for name, lines in counts.items() if lines]
    if told:
        at.console.note("score.left", f"lines={' '.join(told)}")
    _refused(at, refused)


def _labels(at: Desk, file: str) -> "tuple[list[Label], list[Refusal]]":
    """Lines of the list, and what of it could not be read; a file that is no such list ends the program."""
    from hygie.exports.pen import Pen
    from hygie.model.evidence import Refusal
    from hygie.sources.opening import UNREADABLE, Content, files, refusal
    from hygie.sources.table import checked

    rows: list[Label] = []
    refused: list[Refusal] = []
    for item in files([file]):
        if not isinstance(item, Content):
            refused.append(item)
            continue
        try:
            for row in checked.read(item):
                if isinstance(row, Refusal):
                    refused.append(row)
                else:
                    rows.append(row)
        except UNREADABLE as error:
            refused.append(refusal(item.name, error))
    if not rows:
        pen = Pen(at.console.language, ())
        told = "; ".join(f"{one.name}: {pen.text(one.reason, *one.args)}" for one in refused[:SHOWN])
        at.console.fail(FAILED, "score.none", f"detail={told}")
    return rows, refused


def _scored(at: Desk, labels: "list[Label]", site: str) -> "Score":
    """The labels held against the register; a workspace without devices ends the program."""
    from hygie import register, walk
    from hygie.facts.makers import makers
    from hygie.ground import Ground
    from hygie.register import scoring

    with workspace(at) as store:
        if walk.behind(store):
            at.console.note("workspace.behind")
        ground = Ground(store, store.recall("as_of"))
        devices, evidence = ground["device"], ground["evidence"]
        if not devices:
            at.console.fail(FAILED, "table.none.devices")
        readings = {reading.id: reading for reading in ground.readings}
        heard = register.Ground(
            evidence,
            readings,
            coverage=ground["coverage"],
            flows=ground["flow"],
            makers=makers(),
            rules=ground["rule"],
        )
        known = scoring.Known(devices, ground["member"], evidence, readings, ground["conclusion"])
        return scoring.score(labels, known, scoring.by_traffic(heard), makers(), site)


def _figures(at: Desk, found: "Score", form: str) -> None:
    """What may be shared; for people in words and per cent."""
    from hygie.register.scoring import Figure, figures

    rows = figures([found])
    if form != "table":
        at.console.listing(Figure._fields, rows, form)
        return
    say = at.console.text
    cells = []
    for one in rows:
        shares = (one.coverage, one.precision, one.calibration_error)
        counts = (one.known, one.answered, one.correct, one.wrong)
        percent = ["" if share is None else f"{100 * share:.0f} %" for share in shares]
        cells.append((say(f"score.basis.{one.basis}"), say(f"score.of.{one.attribute}"), *counts, *percent))
    at.console.listing(Figure._fields, cells, form)
    at.console.say("score.shared")


def _lines(found: "Score") -> Iterator[tuple[Any, ...]]:
    """What is wrong, then the lines that found no device, or not one alone."""
    for one in found.wrong:
        yield ("wrong", one.place, one.basis, one.attribute, one.known, one.told, round(one.confidence, 3), one.device)
    for result, labels in (
        ("missing", found.missing), ("doubtful", found.doubtful), ("twice", found.twice), ("unclear", found.unclear)
    ):  # fmt: skip
        for label in labels:
            keys = ", ".join(text for _, text in label.keys)
            yield (result, label.place, "", "device", keys, "", None, "")


def _refused(at: Desk, refused: "list[Refusal]") -> None:
    """Tells what of the list could not be read; exit code 1 then."""
    from hygie.exports.pen import Pen

    if not refused:
        return
    pen = Pen(at.console.language, ())
    for one in refused[:SHOWN]:
        place = f" ({one.place})" if one.place else ""
        at.console.note("score.refused", f"what={one.name}{place}: {pen.text(one.reason, *one.args)}")
    if len(refused) > SHOWN:
        at.console.note("refusals.more", f"count={len(refused) - SHOWN}")
    raise SystemExit(REFUSED)
