"""First section: both safeties, side by side."""

from typing import Any, NamedTuple

from markupsafe import Markup

from hygie.exports.drawing.charts import Named, matrix
from hygie.exports.pen import Pen
from hygie.exports.tally import OUTCOMES, SAFETIES, Tally
from hygie.model.picture import Picture
from hygie.model.verdict import Outcome, Verdict


class Fact(NamedTuple):
    """A number and what it counts."""

    number: int
    text: str


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    """Facts of both safeties, the matrix, and what was assumed."""
    names = [pen.text(f"safety.{s}") for s in SAFETIES]
    outcomes = [pen.text(f"outcome.{o.value}") for o in OUTCOMES]
    named = Named(pen.text("report.matrix"), pen.text("report.matrix.note"))
    return {
        "care": _care(picture, tally, pen),
        "guard": _guard(picture, tally, pen),
        "matrix": Markup(matrix(named, names, outcomes, tally.matrix)),  # noqa: S704 - escaped by drawing
        "assumed": _assumed(picture, pen),
    }


def _care(picture: Picture, tally: Tally, pen: Pen) -> list[Fact]:
    """What patients stand to lose."""
    urgent = (Outcome.IMMEDIATE, Outcome.OUT_OF_CYCLE)
    grave = [d for d in picture.devices if d.id in tally.worst and tally.worst[d.id].safety in SAFETIES[2:]]
    pressing = [d for d in grave if tally.worst[d.id].outcome in urgent]
    wards = {(d.site, d.ward) for d in pressing if d.ward}
    joint = sum(1 for m in picture.measures if "ward" in m.decided_by)
    return [
        Fact(len(grave), pen.text("report.care.grave")),
        Fact(len(pressing), pen.text("report.care.pressing")),
        Fact(len(wards), pen.text("report.care.wards")),
        Fact(joint, pen.text("report.care.joint")),
    ]


def _guard(picture: Picture, tally: Tally, pen: Pen) -> list[Fact]:
    """What an attacker stands to gain."""
    exposed = sum(1 for d in tally.connectable if picture.standings.get(d.id, ("", ""))[0] == "open")
    return [
        Fact(tally.verdicts[Verdict.AFFECTED], pen.text("report.guard.affected")),
        Fact(tally.verdicts[Verdict.POSSIBLE], pen.text("report.guard.possible")),
        Fact(tally.exploited_devices, pen.text("report.guard.exploited")),
        Fact(exposed, pen.text("report.guard.open")),
        Fact(len(picture.uncovered), pen.text("report.guard.uncovered")),
    ]


def _assumed(picture: Picture, pen: Pen) -> list[str]:
    """What rests on Hygie's defaults."""
    confirmed = {d.about for d in picture.decisions if d.about.startswith("function:") and d.who}
    kinds = {d.kind for d in picture.devices if d.kind}
    open_kinds = [k for k in kinds if f"function:{k}" not in confirmed]
    wards = {d.ward for d in picture.devices if d.ward}
    said = {d.about.removeprefix("unit:") for d in picture.decisions if d.about.startswith("unit:") and d.answer}
    lines = []
    if open_kinds:
        lines.append(pen.text("report.assumed.kinds", f"count={len(open_kinds)}", f"total={len(kinds)}"))
    if wards - said:
        lines.append(pen.text("report.assumed.units", f"count={len(wards - said)}", f"total={len(wards)}"))
    lines.append(pen.text("report.assumed.limits"))
    return lines
