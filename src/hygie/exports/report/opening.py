"""What the page opens with where nothing can be weighed yet: what the files handed over do say.

What comes in: a picture without findings. What goes out: why the two safeties cannot be weighed, facts of the register
and what to look at in it, completeness, the gravest clinical functions, the most numerous models.
"""

from collections import Counter
from typing import Any

from hygie.exports.pen import Pen
from hygie.exports.report.register import share
from hygie.exports.report.safeties import Fact
from hygie.exports.tally import GONE, SAFETIES, Tally
from hygie.model.fleet import Connectable, Model
from hygie.model.picture import Picture

KINDS, MODELS = 8, 10
"""Clinical functions and models that the page opens with."""
REQUIRED = (
    "designation",
    "commercial_name",
    "manufacturer",
    "supplier",
    "serial_number",
    "location",
    "commissioned",
)
"""What the register of a French hospital must hold for each device, as `Device.missing` names it.
Source: code de la santé publique, R5212-28."""


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any] | None:
    """The opening; None where there are findings to weigh."""
    if picture.findings:
        return None
    reason = "unmatched" if tally.informed else "uninformed"
    return {
        "lead": pen.text(f"report.opening.{reason if picture.devices else 'empty'}"),
        "fleet": [fact for fact in _fleet(picture, tally, pen) if fact.number],
        "watch": [fact for fact in _watch(picture, tally, pen) if fact.number],
        "complete": _complete(tally, pen),
        "kinds": _kinds(tally, pen),
        "models": _models(picture, pen),
    }


def _fleet(picture: Picture, tally: Tally, pen: Pen) -> list[Fact]:
    """What there is."""
    able = Counter((d.connectable, d.connectable_source.startswith("presumed")) for d in tally.present)
    facts = [
        (sum(d.status not in GONE for d in picture.devices), "devices"),
        (sum(1 for d in picture.devices if d.first), "seen"),
        (able[Connectable.YES, False], "connectable"),
        (able[Connectable.YES, True], "presumed"),
        (able[Connectable.UNKNOWN, False] + able[Connectable.UNKNOWN, True], "unsure"),
        (sum(d.connectable is Connectable.NO for d in picture.devices), "apart"),
        (len({d.kind for d in picture.devices if d.kind}), "kinds"),
        (len(picture.flows), "flows"),
        (len({d.system for d in picture.devices if d.system}), "systems"),
        (sum(d.status in GONE for d in picture.devices), "gone"),
    ]
    return [Fact(number, pen.text(f"report.opening.{key}")) for number, key in facts]


def _watch(picture: Picture, tally: Tally, pen: Pen) -> list[Fact]:
    """What somebody should look at."""
    serials = sum(c.reason == "contradiction.shared_serial" for c in picture.contradictions)
    shared = sum(q.reason == "question.key_shared" and not q.answer for q in picture.questions)
    facts = [
        (len(tally.systems["ended"]), "ended"),
        (len(tally.systems["edition"]), "edition"),
        (len(tally.systems["undated"]), "undated"),
        (len(tally.systems["strange"]), "strange"),
        (len(tally.systems["unsaid"]), "unsaid"),
        (sum(len(devices) for _, devices in tally.strange_kinds), "unkind"),
        (serials + shared, "shared"),
        (sum(not link.decided for link in picture.links), "pairs"),
        (len(picture.contradictions) - serials, "contradictions"),
        (len(picture.refusals), "refusals"),
    ]
    return [Fact(number, pen.text(f"report.opening.{key}")) for number, key in facts]


def _complete(tally: Tally, pen: Pen) -> list[tuple[str, str, str]]:
    """For each item that the regulatory register asks for: its name, how many devices have it, its share."""
    declared = tally.declared
    lacking = Counter(trait for d in declared for trait in d.missing)
    rows = []
    for trait in REQUIRED if declared else ():
        given = len(declared) - lacking[trait]
        rows.append((pen.text(f"trait.{trait}"), str(given), share(given, len(declared))))
    return rows


def _kinds(tally: Tally, pen: Pen) -> list[tuple[str, str, str, str]]:
    """The gravest clinical functions among what may be connected: name, devices, gravity, lost without network."""
    functions = tally.picture.functions
    counts = Counter(d.kind for d in tally.present if d.kind in functions)
    order = sorted(counts, key=lambda k: (-SAFETIES.index(functions[k].safety), -counts[k], k))[:KINDS]
    return [
        (
            pen.kind(k),
            str(counts[k]),
            pen.text(f"harm.{functions[k].safety}"),
            pen.text(functions[k].lost_without_network),
        )
        for k in order
    ]


def numerous(picture: Picture) -> list[Model]:
    """Models that are connectable, said or presumed, or may be, the most numerous first; not those of a kind whose
    devices rarely have a network port, nor of an unknown kind, unless somebody says that they are."""
    functions = picture.functions
    may = {m.id for m in picture.models if m.kind in functions and functions[m.kind].connectable != "no"}
    able = [
        m
        for m in picture.models
        if m.devices and (m.connectable is Connectable.YES or (m.connectable is Connectable.UNKNOWN and m.id in may))
    ]
    return sorted(able, key=lambda m: (-m.devices, m.make, m.product, m.version))


def called(model: Model) -> str:
    """A model in words."""
    return " ".join(filter(None, (model.make, model.product, model.version)))


def _models(picture: Picture, pen: Pen) -> list[tuple[str, str, str]]:
    """The most numerous connectable models: name, clinical function, devices."""
    return [(called(m), pen.kind(m.kind), str(m.devices)) for m in numerous(picture)[:MODELS]]
