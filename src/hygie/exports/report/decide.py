"""Second section: what to decide, on one page: a line per model and measure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from hygie.exports.pen import Pen
from hygie.exports.tally import OUTCOMES
from hygie.model.evidence import Speaker
from hygie.model.picture import Picture
from hygie.model.verdict import Measure, Outcome

QUESTIONS, WARDS, WORDS, LOSS, NAME = 4, 3, 110, 110, 80
"""Questions and wards that are listed; characters of the source's words, of a loss, of a name."""
LINES = 73.0
"""Lines of text that the table may have on one A4 page with its headings and questions; checked in a browser."""
EACH = (4, 3, 2, 1)
"""Measures of one model that are shown: the most with which all urgent models find their place."""
_WIDE = {"who": 31, "what": 36, "decider": 15, "effect": 50}
"""Characters on a line of each column, in print."""
_BETWEEN = 0.6
"""Lines that the rule and the space between two rows take."""
_VOICES = {Speaker.MANUFACTURER: 0, Speaker.THIRD_PARTY: 1}
_URGENT = (Outcome.IMMEDIATE, Outcome.OUT_OF_CYCLE)


UNKNOWN_KIND = "measure.care.unknown_kind"
"""Effect on care of what nobody knows the use of."""


class Group(NamedTuple):
    """One model, or one operating system, with its measures as the page shows them."""

    head: dict[str, Any]
    """outcome, outcome_text, model, devices, wards."""
    lines: list[dict[str, Any]]
    more: str
    """How many further measures it has."""
    doubt: str
    """That nothing of it is sure; "" where something is."""


def section(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Measures by model, the most urgent first, and the questions on which most hangs."""
    names = {m.id: " ".join(filter(None, (m.make, m.product, m.version))) for m in picture.models}
    groups = fit(grouped(picture.measures), names, pen)
    shown = sum(len(g.lines) for g in groups)
    still_open = [q for q in picture.questions if not q.answer]
    still_open.sort(key=lambda q: (-q.weight, q.id))
    return {
        "groups": groups,
        "more": pen.rest(shown, len(picture.measures), "measures.csv") if groups else "",
        "questions": [cut(pen.text(q.reason, *q.args), 2 * WORDS) for q in still_open[:QUESTIONS]],
        "more_questions": pen.rest(min(QUESTIONS, len(still_open)), len(still_open), "questions.xlsx"),
    }


def grouped(measures: Iterable[Measure]) -> list[list[Measure]]:
    """Measures by model, in the order given: the plan's, the most urgent first. Among a model's equally urgent ones
    the manufacturer's word comes before a third party's, and both before what Hygie computes."""
    by_model: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_model[measure.model].append(measure)
    for each in by_model.values():
        each.sort(key=lambda m: (-OUTCOMES.index(m.outcome), _VOICES.get(m.speaker, len(_VOICES))))
    return list(by_model.values())


def fit(by_model: Sequence[Sequence[Measure]], names: dict[str, str], pen: Pen) -> list[Group]:
    """The groups that one page holds."""
    urgent = sum(1 for each in by_model if each[0].outcome in _URGENT)
    shown: list[Group] = []
    for most in EACH:
        shown, left = [], LINES
        for each in by_model:
            group = _group(each, most, names, pen)
            left -= height(group)
            if left < 0:
                break
            shown.append(group)
        if len(shown) >= urgent:
            break
    return shown


def _group(measures: Sequence[Measure], most: int, names: dict[str, str], pen: Pen) -> Group:
    lines = [_short(line(m, names, pen), m, pen) for m in measures[:most]]
    rest = len(measures) - len(lines)
    others = pen.count("report.decide.others", rest) if rest else ""
    return Group(
        lines[0], lines, others, pen.text("report.decide.possible") if all(m.doubtful for m in measures) else ""
    )


def height(group: Group) -> float:
    """Lines of text that a group takes in print."""
    head, total = group.head, 0.0
    for shown in group.lines:
        decider = _rows(shown["authority"], "decider") + _rows(shown["deciders"], "decider")
        effect = sum(_rows(f"Attaquant : {shown[side]}", "effect") for side in ("on_attacker", "on_care"))
        what = _rows(f"{shown['what']} « {shown['words']} »", "what")
        what += _rows(shown["whole"], "what") + _rows(shown["flows"], "what")
        total += max(what, decider, effect) + _BETWEEN
    left = _rows(f"{head['outcome_text']}.... {head['model']}", "who") + _BETWEEN
    left += _rows(f"{head['devices']} ............ · {head['wards']} · {group.doubt} · {group.more}", "who")
    return max(total, left)


def _rows(text: str, column: str) -> int:
    """Lines of a text in a column."""
    return len(wrap(text, _WIDE[column]))


def _short(shown: dict[str, Any], measure: Measure, pen: Pen) -> dict[str, Any]:
    """The same measure in fewer words; the section of findings has all of them."""
    attacker = [_brief(b.key, b.args, pen) for b in measure.on_attacker[:1]]
    care = [_brief(b.key, b.args, pen) for b in measure.on_care if b.key != "function.not_validated"][:2]
    if measure.on_care[:1] and measure.on_care[0].key == UNKNOWN_KIND:
        care = care[:1]  # what the device is for comes before all that follows from it
    return shown | {
        "model": cut(shown["model"], NAME),
        "what": cut(_brief(measure.subject, measure.args, pen), 2 * WORDS),
        "words": cut(measure.text, WORDS),
        "whole": _whole(measure, WORDS, pen),
        "on_attacker": " ".join(cut(text, LOSS) for text in attacker),
        "on_care": _joined([cut(text, LOSS) for text in care]),
    }


def _joined(texts: Sequence[str]) -> str:
    """Texts one after the other; what follows a comma goes on in small letters."""
    if len(texts) > 1 and texts[0].endswith(",") and texts[1][1:2].islower():
        return f"{texts[0]} {texts[1][0].lower()}{texts[1][1:]}"
    return " ".join(texts)


def _brief(key: str, args: tuple[str, ...], pen: Pen) -> str:
    """The short text of a key, else its text."""
    return pen.known(f"short.{key}", "", *args) or pen.text(key, *args)


def cut(text: str, most: int) -> str:
    """At most so many characters, "…" for what is left out; between two words, unless a word is very long."""
    if len(text) <= most:
        return text
    words = text[:most].rpartition(" ")[0].rstrip(" ,;:")
    return (words if 2 * len(words) > most else text[: most - 1].rstrip()) + "…"


def _whole(measure: Measure, most: int, pen: Pen) -> str:
    """Where the source's words stand in full; "" where they are not cut."""
    return pen.text("report.words.whole", f"id={measure.id}") if len(measure.text) > most else ""


def line(measure: Measure, names: dict[str, str], pen: Pen) -> dict[str, Any]:
    """One measure as texts."""
    wards = [cut(ward, NAME // 2) for ward in measure.wards[:WARDS]]
    if len(measure.wards) > WARDS:
        wards.append(pen.count("report.wards.more", len(measure.wards) - WARDS))
    touched = pen.count("report.flows", measure.flows, f"days={measure.days:.1f}") if measure.flows else ""
    return {
        "id": measure.id,
        "outcome": measure.outcome.value,
        "outcome_text": pen.text(f"outcome.{measure.outcome.value}"),
        "model": names.get(measure.model) or measure.model.removeprefix("os:"),
        "what": pen.text(measure.subject, *measure.args),
        "words": cut(measure.text, 4 * WORDS),
        "whole": _whole(measure, 4 * WORDS, pen),
        "flows": touched,
        "devices": measure.devices,
        "wards": ", ".join(wards),
        "authority": pen.text(f"authority.{measure.authority.value}"),
        "deciders": ", ".join(pen.text(f"who.{who}") for who in measure.decided_by),
        "voice": measure.speaker.value.replace(" ", "-"),
        "voice_text": pen.text(f"speaker.{measure.speaker.value}"),
        "on_attacker": pen.sentences(measure.on_attacker),
        "on_care": pen.sentences(measure.on_care),
    }
