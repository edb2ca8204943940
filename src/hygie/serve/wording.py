"""Tables for people: the same rows as CSV and JSON give, in the reader's words and few enough columns for a terminal.

`SHOWN[table](picture, pen)` gives headings, and how one row of the table becomes cells.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hygie.exports.pen import Pen
from hygie.exports.report.decide import line
from hygie.exports.tally import OUTCOMES
from hygie.model.picture import Picture
from hygie.model.verdict import Outcome, Verdict

Row = Mapping[str, Any]
Say = tuple[tuple[str, ...], Callable[[Row], tuple[Any, ...]]]
"""Headings (column names), and the cells of a row."""
_OF_VERSION = ("because.match.version.", "because.match.left_open", "because.match.condition")
"""Reasons that tell how a device's version lies, or under what a word holds."""


def urgency(outcome: str, devices: int) -> tuple[int, int]:
    """What sorts measures: the most urgent first, then those of most devices."""
    return -OUTCOMES.index(Outcome(outcome)), -devices


def devices(picture: Picture, pen: Pen) -> Say:  # noqa: ARG001 - all tables are asked alike
    """The register."""
    heads = ("id", "name", "kind", "version", "inventory_number", "ip", "ward", "seen")

    def cells(row: Row) -> tuple[Any, ...]:
        kind, seen = pen.kind(row["kind"]), pen.text(f"seen.{row['seen']}")
        return (row["id"], row["name"], kind, row["version"], row["inventory"], row["addresses"], row["ward"], seen)

    return heads, cells


def zones(picture: Picture, pen: Pen) -> Say:  # noqa: ARG001
    """Parts of the network."""
    heads = ("id", "site", "name", "cidr", "vlan", "use", "source")
    return heads, lambda row: (*(row[head] for head in heads[:-1]), pen.text(f"zone.source.{row['source']}"))


def flows(picture: Picture, pen: Pen) -> Say:  # noqa: ARG001
    """The flow matrix; an outside end is marked."""
    heads = ("client", "client_name", "server", "server_name", "service", "port", "packets")

    def end(row: Row, which: str) -> str:
        mark = " " + pen.text("flow.outside") if which in str(row["outside"]).split() else ""
        return f"{row[which]}{mark}"

    def cells(row: Row) -> tuple[Any, ...]:
        packets = row["packets_out"] + row["packets_back"]
        names = row["client_name"], row["server_name"]
        return (end(row, "client"), names[0], end(row, "server"), names[1], row["service"], row["port"], packets)

    return heads, cells


def findings(picture: Picture, pen: Pen) -> Say:
    """Device findings, each with its first reason, and with how its version lies unless it is affected. Where several
    sites were read, with the site."""
    reasons = {f.id: f.because for f in picture.findings}
    gone = {d.id: f" ({pen.text('device_status.disposed')})" for d in picture.devices if d.gone}
    several = len({d.site for d in picture.devices}) > 1
    place = ("site", "ward") if several else ("ward",)
    heads = ("id", "inventory_number", "name", *place, "vulnerability", "verdict", "speaker", "outcome", "because")

    def cells(row: Row) -> tuple[Any, ...]:
        verdict, voice = pen.text(f"verdict.{row['verdict']}"), pen.text(f"speaker.{row['speaker']}")
        outcome = pen.text(f"outcome.{row['outcome']}") if row["outcome"] else ""
        because = reasons.get(row["finding"], ())
        told = because[:1]
        if row["verdict"] != Verdict.AFFECTED:
            told += tuple(one for one in because[1:] if one.key.startswith(_OF_VERSION))[:1]
        why = ". ".join(pen.reason(one).text.removesuffix(".") for one in told)
        name = f"{' '.join(filter(None, (row['name'], row['version'])))}{gone.get(row['device'], '')}"
        where = [row[one] for one in place]
        return (row["id"], row["inventory"], name, *where, row["vulnerability"], verdict, voice, outcome, why)

    return heads, cells


def measures(picture: Picture, pen: Pen) -> Say:
    """What to decide, as the report says it."""
    names = {m.id: " ".join(filter(None, (m.make, m.product, m.version))) for m in picture.models}
    known = {m.id: m for m in picture.measures}
    heads = ("id", "outcome", "model", "devices", "measure", "authority", "decided_by")

    def cells(row: Row) -> tuple[Any, ...]:
        shown = line(known[row["id"]], names, pen)
        outcome, who = pen.text(f"outcome.{row['outcome']}"), pen.text(f"authority.{row['authority']}")
        deciders = ", ".join(pen.text(f"who.{one}") for one in known[row["id"]].decided_by)
        model = names.get(row["model"]) or str(row["model"]).removeprefix("os:")
        return (row["id"], outcome, model, row["devices"], shown["what"], who, deciders)

    return heads, cells


def questions(picture: Picture, pen: Pen) -> Say:
    """What only a person can settle."""
    known = {q.id: q for q in picture.questions}
    heads = ("to", "question", "answer")

    def cells(row: Row) -> tuple[Any, ...]:
        one = known[row["id"]]
        to = pen.text("sheet.hospital") if one.to == "hospital" else one.to
        return (to, pen.text(one.reason, *one.args), one.answer)

    return heads, cells


SHOWN: dict[str, Callable[[Picture, Pen], Say]] = {
    "devices": devices,
    "zones": zones,
    "flows": flows,
    "findings": findings,
    "measures": measures,
    "questions": questions,
}
"""Table -> how people see it."""
