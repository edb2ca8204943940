"""First section: both safeties, side by side."""

from collections import Counter
from typing import Any, NamedTuple

from markupsafe import Markup

from hygie.exports.drawing.charts import Named, matrix
from hygie.exports.pen import Pen
from hygie.exports.report.coverage import stale
from hygie.exports.tally import OUTCOMES, SAFETIES, Tally
from hygie.model.picture import Picture
from hygie.model.verdict import Verdict

STAKES = 4
"""Clinical functions that the first page names."""


class Stake(NamedTuple):
    """What patients lose with one clinical function."""

    kind: str
    devices: int
    without_device: str
    without_network: str


class Fact(NamedTuple):
    """A number and what it counts."""

    number: int
    text: str


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    """Facts of both safeties, the matrix, and what was assumed."""
    names = [pen.text(f"harm.{s}") for s in SAFETIES]
    outcomes = [pen.text(f"outcome.{o.value}") for o in OUTCOMES]
    named = Named(pen.text("report.matrix"), pen.text("report.matrix.note"))
    return {
        "care": _care(picture, tally, pen),
        "guard": _guard(picture, tally, pen),
        "matrix": Markup(matrix(named, names, outcomes, tally.matrix)),  # noqa: S704 - escaped by drawing
        "uncounted": pen.count("report.matrix.rest", len(tally.connectable) - len(tally.worst)),
        "stakes": _stakes(tally, pen),
        "assumed": _assumed(picture, pen),
    }


def _stakes(tally: Tally, pen: Pen) -> list[Stake]:
    """Clinical functions of the devices that press most, and what patients lose with them."""
    functions = tally.picture.functions
    counts = Counter(d.kind for d in tally.pressing if d.kind in functions)
    grave = {d.kind: SAFETIES.index(tally.worst[d.id].safety) for d in tally.pressing}
    kinds = sorted(counts, key=lambda kind: (-grave[kind], -counts[kind], kind))[:STAKES]
    return [
        Stake(
            pen.kind(kind),
            counts[kind],
            pen.text(functions[kind].lost_without_device),
            pen.text(functions[kind].lost_without_network),
        )
        for kind in kinds
    ]


def _care(picture: Picture, tally: Tally, pen: Pen) -> list[Fact]:
    """What patients stand to lose."""
    wards = {(d.site, d.ward) for d in tally.pressing if d.ward}
    joint = sum(1 for m in picture.measures if "ward" in m.decided_by)
    return [
        Fact(len(tally.grave), pen.text("report.care.grave")),
        Fact(len(tally.pressing), pen.text("report.care.pressing")),
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
    if old := stale(picture, pen):
        lines.append(pen.text("report.assumed.age", f"names={', '.join(old)}"))
    lines.append(pen.text("report.assumed.limits"))
    return lines
