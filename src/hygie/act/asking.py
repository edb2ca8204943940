"""What to ask the manufacturer, and what to check on site because its word hangs on it.

What comes in: a target, what its advisories and letters say of its findings. What goes out: measures of organisation,
at most one of each sort for a document.

Rules. Where the manufacturer has said nothing of a flaw, it is asked for its position, once per model. Where it is
studying the flaw, it is asked what came of that: meanwhile whoever calls the device affected is believed, and all other
measures stay. Where its word holds under a condition only, the condition is to be checked on site: until then the word
clears nothing.
"""

from collections.abc import Iterable

from hygie.act.remedies import Remedies
from hygie.act.target import BIOMEDICAL, IT, MANUFACTURER, Fleet, Scope, Target, measure
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Statement, Status
from hygie.model.verdict import Authority, Because, Finding, Measure, MeasureKind

CONDITION = "because.match.condition"
"""Reason of a finding whose speaker states a condition."""
_ANSWERS = (Status.FIXED, Status.NOT_AFFECTED)
_NOTHING = (Because("measure.attacker.none"),), (Because("measure.care.none"),)


def questions(target: Target, fleet: Fleet, remedies: Remedies, asked: Iterable[str]) -> list[Measure]:
    """Questions on a target's findings; `asked`: ids of those about which an update asks already."""
    known = frozenset(asked)
    silent = [f for f in target.findings if f.id not in known and not _spoken(f, remedies)]
    return [
        *_position(target, fleet, silent),
        *_studies(target, fleet, remedies),
        *_conditions(target, fleet, remedies),
    ]


def _spoken(finding: Finding, remedies: Remedies) -> bool:
    """Whether the manufacturer has said something about a finding."""
    if finding.speaker is Speaker.MANUFACTURER or any(r.speaker is Speaker.MANUFACTURER for r in remedies.of(finding)):
        return True
    said = {statement.status for statement in remedies.maker_said(finding)}
    return not said.isdisjoint((*_ANSWERS, Status.UNDER_INVESTIGATION))


def _position(target: Target, fleet: Fleet, findings: list[Finding]) -> list[Measure]:
    """Ask the manufacturer, once per model, about findings on which it said nothing and no update asks it already."""
    if not findings or not target.make:
        return []
    silent = Because("measure.because.silent")
    return [_asked(target, "measure.ask", fleet.scope(findings), silent)]


def _asked(
    target: Target, subject: str, scope: Scope, because: Because, args: tuple[str, ...] = (), text: str = ""
) -> Measure:
    """A question to the manufacturer: it changes nothing on the device."""
    return measure(
        target.key,
        MeasureKind.ORGANISATION,
        subject,
        scope,
        authority=Authority.MANUFACTURER_WORD,
        decided_by=(MANUFACTURER, BIOMEDICAL),
        speaker=Speaker.HYGIE,
        effects=_NOTHING,
        because=(because,),
        args=(f"make={target.make}", f"vulnerabilities={len(scope.vulnerabilities)}", *args),
        text=text,
    )


def _studies(target: Target, fleet: Fleet, remedies: Remedies) -> list[Measure]:
    """Ask what came of a study, where the manufacturer gave no answer since."""
    found: dict[str, list[tuple[Finding, Statement]]] = {}
    for finding in target.findings:
        said = remedies.maker_said(finding)
        studied = [one for one in said if one.status is Status.UNDER_INVESTIGATION]
        if studied and not any(one.status in _ANSWERS for one in said):
            last = max(studied, key=lambda one: (one.dated, one.document, one.place))
            found.setdefault(last.document, []).append((finding, last))
    return [_study(target, fleet, rows) for _, rows in sorted(found.items())]


def _study(target: Target, fleet: Fleet, rows: list[tuple[Finding, Statement]]) -> Measure:
    scope = fleet.scope(finding for finding, _ in rows)
    first = min((one for _, one in rows), key=lambda one: (one.reading, one.place))
    because = Because("measure.because.studied", _source(first), f"{first.reading}#{first.place}")
    return _asked(target, "measure.ask.study", scope, because, _source(first), first.text)


def _conditions(target: Target, fleet: Fleet, remedies: Remedies) -> list[Measure]:
    """Check on site each condition on which a word hangs."""
    found: dict[tuple[str, str], list[tuple[Finding, Statement, Because]]] = {}
    for finding in target.findings:
        conditions = [because for because in (*finding.because, *finding.against) if because.key == CONDITION]
        origins = {f"{one.reading}#{one.place}": one for one in remedies.said(finding)} if conditions else {}
        for because in dict.fromkeys(conditions):
            said = origins.get(because.origin)
            if said is not None and said.status in (*_ANSWERS, Status.AFFECTED):
                found.setdefault((said.document, because.args[0]), []).append((finding, said, because))
    return [_check(target, fleet, rows) for _, rows in sorted(found.items())]


def _check(target: Target, fleet: Fleet, rows: list[tuple[Finding, Statement, Because]]) -> Measure:
    scope = fleet.scope({finding.id: finding for finding, _, _ in rows}.values())
    _, first, because = min(rows, key=lambda row: (row[1].reading, row[1].place))
    args = (f"status={first.status.value}", f"publisher={first.publisher}", *_source(first))
    return measure(
        target.key,
        MeasureKind.ORGANISATION,
        "measure.check_condition",
        scope,
        authority=Authority.HOSPITAL,
        decided_by=(BIOMEDICAL, IT),
        speaker=first.speaker,
        effects=_NOTHING,
        because=(Because("measure.because.conditional", args, because.origin),),
        args=(*args, f"vulnerabilities={len(scope.vulnerabilities)}", because.args[0]),
        text=because.args[0].partition("=")[2],
    )


def _source(said: Statement) -> tuple[str, str]:
    return f"document={said.document}", f"dated={said.dated or '-'}"
