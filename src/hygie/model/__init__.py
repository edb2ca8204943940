"""The nouns, and the Protocols that doors pass in. No I/O, no clock.

What comes in: nothing. What goes out: types. Every noun that rests in bulk is a flat, frozen, slotted dataclass whose
fields are str, int, float, bool, a StrEnum, a tuple of str, a tuple of `Because`, or one of these or None: the store
turns them into columns by their annotations alone (`ROWS` below lists them).

To add a noun: write the dataclass in the module of its stage, with a docstring under each field (form, unit, source),
and, if it rests in bulk, one line in `ROWS`.

Modules: `evidence` (who said what, read from where), `rule` (what concludes from it), `knowledge` (vulnerabilities and
what is said of products), `fleet` (devices, models, zones, flows), `verdict` (findings, priorities, measures), `seams`
(Protocols), `observed` (what a sensor elsewhere hands over), `datagrams` (exported flows on their way).
"""

from hygie.model.evidence import Coverage, Decision, Evidence, Reading, Refusal
from hygie.model.fleet import Binding, Contradiction, Device, Flow, Link, Member, Model, Question, Zone
from hygie.model.knowledge import (
    Advisory,
    Answer,
    Applicability,
    Bom,
    Component,
    Exploited,
    Permission,
    Remedy,
    Score,
    Statement,
    Vulnerability,
)
from hygie.model.rule import Conclusion, Rule
from hygie.model.verdict import Compared, Finding, Measure, Priority, Profile, ProfileOf, Silence, Standing

READ_ROWS: dict[str, type] = {
    "evidence": Evidence,
    "coverage": Coverage,
    "decision": Decision,
    "rule": Rule,
    "refusal": Refusal,
    "flow": Flow,
    "vulnerability": Vulnerability,
    "applicability": Applicability,
    "exploited": Exploited,
    "score": Score,
    "advisory": Advisory,
    "statement": Statement,
    "remedy": Remedy,
    "permission": Permission,
    "answer": Answer,
    "bom": Bom,
    "component": Component,
}
"""Row kinds that readers yield; each row carries the id of its reading and leaves with it."""

DERIVED_ROWS: dict[str, type] = {
    "device": Device,
    "member": Member,
    "model": Model,
    "zone": Zone,
    "binding": Binding,
    "conclusion": Conclusion,
    "link": Link,
    "contradiction": Contradiction,
    "question": Question,
    "profile": Profile,
    "profile_of": ProfileOf,
    "finding": Finding,
    "silence": Silence,
    "compared": Compared,
    "priority": Priority,
    "standing": Standing,
    "measure": Measure,
}
"""Row kinds that stages compute; replaced whole when a stage's inputs change."""

ROWS: dict[str, type] = {**READ_ROWS, **DERIVED_ROWS, "reading": Reading}
