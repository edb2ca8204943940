"""Second section: what to decide, one line per model and measure."""

from typing import Any

from hygie.exports.pen import Pen
from hygie.model.picture import Picture
from hygie.model.verdict import Measure

LINES, QUESTIONS, WARDS, WORDS = 24, 6, 4, 220
"""What fits on one page."""


def section(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Measures in their order of urgency, and the questions on which most hangs."""
    names = {m.id: " ".join(filter(None, (m.make, m.product, m.version))) for m in picture.models}
    lines = [line(measure, names, pen) for measure in picture.measures[:LINES]]
    still_open = [q for q in picture.questions if not q.answer]
    still_open.sort(key=lambda q: (-q.weight, q.id))
    return {
        "lines": lines,
        "more": pen.rest(len(lines), len(picture.measures), "hygie plan"),
        "questions": [pen.text(q.reason, *q.args) for q in still_open[:QUESTIONS]],
        "more_questions": pen.rest(min(QUESTIONS, len(still_open)), len(still_open), "questions.xlsx"),
    }


def line(measure: Measure, names: dict[str, str], pen: Pen) -> dict[str, Any]:
    """One measure as texts."""
    wards = list(measure.wards[:WARDS])
    if len(measure.wards) > WARDS:
        wards.append(pen.text("report.wards.more", f"count={len(measure.wards) - WARDS}"))
    text = measure.text if len(measure.text) <= WORDS else measure.text[: WORDS - 1] + "…"
    touched = pen.text("report.flows", f"count={measure.flows}", f"days={measure.days:.1f}") if measure.flows else ""
    return {
        "outcome": measure.outcome.value,
        "outcome_text": pen.text(f"outcome.{measure.outcome.value}"),
        "model": names.get(measure.model) or measure.model.removeprefix("os:"),
        "what": pen.text(measure.subject, *measure.args),
        "words": text,
        "flows": touched,
        "devices": measure.devices,
        "wards": ", ".join(wards),
        "authority": pen.text(f"authority.{measure.authority.value}"),
        "deciders": ", ".join(pen.text(f"who.{who}") for who in measure.decided_by),
        "on_attacker": pen.sentences(measure.on_attacker),
        "on_care": pen.sentences(measure.on_care),
    }
