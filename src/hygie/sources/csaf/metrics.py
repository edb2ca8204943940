"""Which of several CVSS scores is shown, and SSVC values of CSAF 2.1.

Where a vulnerability has several: the document author's own (no source) first, then the highest base score, then the
newest CVSS version. Where the vector and the score beside it disagree, the vector is right.

Source: CSAF 2.1, conformance clause "CSAF viewer"; SSVC 2 selection list.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Raw

from hygie.sources.csaf import form
from hygie.sources.opening.documents import Told, text
from hygie.sources.opening.forms import cvss_version, number

SSVC = {
    ("E", "N"): ("exploitation", "none"),
    ("E", "P"): ("exploitation", "poc"),
    ("E", "A"): ("exploitation", "active"),
    ("A", "N"): ("automatable", "no"),
    ("A", "Y"): ("automatable", "yes"),
    ("TI", "P"): ("technical_impact", "partial"),
    ("TI", "T"): ("technical_impact", "total"),
}
"""SSVC decision point and value keys -> field and value of `Vulnerability`."""


class Scored(NamedTuple):
    """A CVSS score."""

    own: bool
    score: float
    version: float
    vector: str
    source: str


class Measure(NamedTuple):
    """What the metrics of one vulnerability come to."""

    cvss: str = ""
    score: float | None = None
    source: str = ""
    exploitation: str = ""
    automatable: str = ""
    technical_impact: str = ""


def measure(told: Told, one: form.Vulnerable, place: str, publisher: str) -> Measure:
    """The score to show and the SSVC values of a vulnerability; `publisher` is the source of its author's own."""
    scored: list[Scored] = []
    chosen: dict[str, str] = {}
    for where, metric, source in _contents(told, one, place):
        for key, raw in (("cvss_v4", metric.cvss_v4), ("cvss_v3", metric.cvss_v3), ("cvss_v2", metric.cvss_v2)):
            cvss = told.one(raw, f"{where}/{key}", form.Cvss)
            if cvss is not None:
                scored.append(_scored(cvss, source))
        chosen.update(_selected(told, metric.ssvc_v2, where + "/ssvc_v2"))
    best = max(scored, key=lambda s: s[:4], default=None)
    found = Measure(
        exploitation=chosen.get("exploitation", ""),
        automatable=chosen.get("automatable", ""),
        technical_impact=chosen.get("technical_impact", ""),
    )
    if best is None:
        return found
    shown = best.score if best.score >= 0 else None
    return found._replace(cvss=best.vector, score=shown, source=best.source or publisher)


def _contents(told: Told, one: form.Vulnerable, place: str) -> Iterator[tuple[str, form.Metric, str]]:
    """Place, content and source of each metric, 2.0's `scores` and 2.1's `metrics`."""
    for where, score in told.parts(one.scores, place + "/scores", form.Metric):
        yield where, score, ""
    for where, measured in told.parts(one.metrics, place + "/metrics", form.Measured):
        content = told.one(measured.content, where + "/content", form.Metric)
        if content is not None:
            yield where + "/content", content, text(measured.source)


def _scored(cvss: form.Cvss, source: str) -> Scored:
    """A score, recomputed from its vector where that is one; -1 where neither tells it."""
    vector = text(cvss.vectorString)
    computed = base_score(vector)
    said = number(cvss.baseScore)
    score = computed if computed is not None else said if said is not None else -1.0
    return Scored(not source, score, cvss_version(vector), vector, source)


@lru_cache(maxsize=4096)
def base_score(vector: str) -> float | None:
    """Base score that a CVSS 2, 3 or 4 vector gives; None for what is none."""
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    if not vector or len(vector) > 500:
        return None
    kinds = {4: CVSS4, 3: CVSS3, 2: CVSS2}
    try:
        read = kinds.get(int(cvss_version(vector)), CVSS2)(vector)
        return float(read.base_score)
    except (CVSSError, ValueError, LookupError, ArithmeticError):
        return None


def _selected(told: Told, raw: Raw, place: str) -> Iterator[tuple[str, str]]:
    """SSVC values that a selection list of one value each tells."""
    listed = told.one(raw, place, form.Selections)
    if listed is None:
        return
    for where, selection in told.parts(listed.selections, place + "/selections", form.Selection):
        values = told.parts(selection.values, where + "/values", form.Chosen)
        if text(selection.namespace).lower() == "ssvc" and len(values) == 1:
            field = SSVC.get((text(selection.key).upper(), text(values[0][1].key).upper()))
            if field:
                yield field
