"""Commands that ask what is known: devices, device, flows, zones, findings, why, affected, plan, questions, score."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from hygie.model.verdict import Verdict
from hygie.serve.console import FAILED
from hygie.serve.desk import Desk, desk, filtered, listing, workspace
from hygie.serve.helping import Verb
from hygie.serve.scoring import score

if TYPE_CHECKING:
    from hygie.match.affected import Affected
    from hygie.model.picture import Picture


def picture(at: Desk) -> "Picture":
    """What the workspace knows, as the last assessment left it."""
    from hygie import walk

    with workspace(at) as store:
        if walk.behind(store):
            at.console.note("workspace.behind")
        return walk.picture(store)


Row = tuple[Any, ...]


def show(
    at: Desk,
    name: str,
    form: str,
    expression: str = "",
    order: Callable[[Row], Any] | None = None,
) -> None:
    """Lists a table, filtered; in its own order, or another."""
    from hygie.exports.listing import TABLES
    from hygie.serve.choosing import chosen

    known = picture(at)
    table = TABLES[name]
    rows = list(chosen(at.console, name, table, table.rows(known), expression))
    tell(at, known, name, sorted(rows, key=order) if order else rows, form)
    if not rows:
        nothing(at, known, name, expression)


def nothing(at: Desk, known: "Picture", name: str, expression: str = "") -> None:
    """Says why a table has no row: the filter (with the sites that there are, where it asks for one), or the input."""
    from hygie.exports.listing import TABLES

    total = sum(1 for _ in TABLES[name].rows(known))
    sites = sorted({reading.site for reading in known.readings})
    if total and re.search(r"\bsite\b", expression):
        at.console.note("table.none.site", f"count={total}", f"names={', '.join(sites)}")
    elif total:
        at.console.note("table.none.filter", f"count={total}")
    elif not known.devices:
        at.console.note("table.none.devices")
    else:
        at.console.note("table.none")


def tell(at: Desk, known: "Picture", name: str, rows: "Iterable[tuple[Any, ...]]", form: str) -> None:
    """Rows of a table: all columns for programs, few and in words for people."""
    from hygie.exports.listing import TABLES
    from hygie.exports.pen import Pen
    from hygie.serve.wording import SHOWN

    columns = TABLES[name].columns
    if form != "table":
        at.console.listing(columns, rows, form)
        return
    heads, cells = SHOWN[name](known, Pen(at.console.language, known.readings))
    at.console.listing(heads, (cells(dict(zip(columns, row, strict=True))) for row in rows), form)


@click.command(cls=Verb)
@filtered
@listing
@desk
def devices(at: Desk, expression: str, form: str) -> None:
    """The register: every device."""
    show(at, "devices", form, expression)


@click.command(cls=Verb)
@filtered
@listing
@desk
def flows(at: Desk, expression: str, form: str) -> None:
    """Who talked to whom, on what service (matrice de flux); outside addresses are marked."""
    show(at, "flows", form, expression)


@click.command(cls=Verb)
@filtered
@listing
@desk
def zones(at: Desk, expression: str, form: str) -> None:
    """The parts of the network."""
    show(at, "zones", form, expression)


@click.command(cls=Verb)
@click.option("--device", metavar="ID", default="")
@click.option("--cve", metavar="CVE", default="")
@click.option("--verdict", metavar="VERDICT", default="")
@filtered
@listing
@desk
def findings(at: Desk, device: str, cve: str, verdict: str, expression: str, form: str) -> None:
    """Devices and vulnerabilities, with verdict and who says so."""
    if verdict:
        from hygie.serve.choosing import meant

        verdict = meant(at.console, "findings", "verdict", verdict)
    from hygie.exports.listing import TABLES
    from hygie.serve.choosing import chosen

    known = picture(at)
    table = TABLES["findings"]
    ids = _devices(at, known, device) if device else set()
    pairs = _spoken(at, known, cve) if cve else set()
    place = {column: i for i, column in enumerate(table.columns)}
    rows = [
        row
        for row in chosen(at.console, "findings", table, table.rows(known), expression)
        if (not device or row[place["device"]] in ids)
        and (not cve or (row[place["device"]], row[place["finding"]]) in pairs)
        and verdict in ("", row[place["verdict"]])
    ]
    tell(at, known, "findings", rows, form)
    if not rows and (device or cve):
        at.console.note("findings.none", f"what={', '.join(filter(None, (device, cve)))}")
    elif not rows:
        nothing(at, known, "findings", expression)


def _devices(at: Desk, known: "Picture", ident: str) -> set[str]:
    """Ids of the devices that go by a name; one that nothing goes by ends the program."""
    from hygie.serve.explaining import named_devices

    found = {one.id for one in named_devices(known.devices, ident)}
    if not found:
        at.console.fail(FAILED, "find.nothing", f"what={ident}")
    return found


def _spoken(at: Desk, known: "Picture", name: str) -> set[tuple[str, str]]:
    """Device and finding of a vulnerability; one of which nothing read speaks ends the program."""
    return {(hit.device, hit.finding.id) for hit in _hits(at, known, name).hits}


def _hits(at: Desk, known: "Picture", name: str) -> "Affected":
    """What an advisory or a vulnerability hits; one of which nothing read speaks ends the program."""
    from hygie.serve.explaining import hits

    with workspace(at) as store:
        try:
            return hits(store, known, name)
        except LookupError:
            at.console.fail(FAILED, "affected.silent", f"name={name}")


@click.command(cls=Verb)
@filtered
@listing
@desk
def plan(at: Desk, expression: str, form: str) -> None:
    """The measures worth doing, on both safeties, most urgent first."""
    from hygie.exports.listing import TABLES
    from hygie.serve.wording import urgency

    place = {column: i for i, column in enumerate(TABLES["measures"].columns)}
    outcome, devices, ident = (place[column] for column in ("outcome", "devices", "id"))
    show(at, "measures", form, expression, lambda row: (*urgency(row[outcome], row[devices]), row[ident]))


@click.command(cls=Verb)
@click.option("--to", metavar="NAME", default="")
@listing
@desk
def questions(at: Desk, to: str, form: str) -> None:
    """What only a person can settle."""
    from hygie.exports.listing import TABLES

    known = picture(at)
    asked = Counter(question.to for question in known.questions)
    if to:
        to = _asked(at, known, asked, to)
    place = TABLES["questions"].columns.index("to")
    tell(at, known, "questions", (row for row in TABLES["questions"].rows(known) if to in ("", row[place])), form)
    if not known.questions:
        nothing(at, known, "questions")


def _asked(at: Desk, known: "Picture", asked: "Counter[str]", text: str) -> str:
    """Of whom something is asked by this name, or by its only beginning; where of nobody, says of whom.

    A name that the register does not know ends the program.
    """
    from hygie.names.fields import fold

    own = {fold(word): "hospital" for word in ("hospital", at.console.text("sheet.hospital"))}
    names = {**{fold(name): name for name in asked}, **own}
    words = [name for folded, name in names.items() if folded.startswith(f"{fold(text)} ")]
    begun = words or sorted({name for folded, name in names.items() if folded.startswith(fold(text))})
    found = names.get(fold(text), begun[0] if len(begun) == 1 else "")
    if found in asked:
        return found
    listed = [f"{own_name(at, name)} ({count})" for name, count in asked.most_common()]
    told = (f"to={text}", f"names={', '.join(listed) or '-'}")
    if not found and fold(text) not in {fold(model.make) for model in known.models}:
        at.console.fail(FAILED, "questions.nobody", *told)
    at.console.note("questions.nobody", *told)
    return text


def own_name(at: Desk, to: str) -> str:
    """Of whom something is asked, in words."""
    return at.console.text("sheet.hospital") if to == "hospital" else to


@click.command(cls=Verb)
@click.argument("ident", metavar="ID")
@desk
def device(at: Desk, ident: str) -> None:
    """One device: what it is, how we know, whom it talks to, what concerns it."""
    _tell(at, ident, "device")


@click.command(cls=Verb)
@click.argument("ident", metavar="ID")
@desk
def why(at: Desk, ident: str) -> None:
    """The whole chain behind a finding, a device or a measure, down to packet, cell or JSON pointer."""
    _tell(at, ident, "why")


def _tell(at: Desk, ident: str, question: str) -> None:
    from hygie import walk
    from hygie.serve.explaining import explain

    with workspace(at) as store:
        if walk.behind(store):
            at.console.note("workspace.behind")
        lines = explain(store, ident, question, at.console.language)
    if not lines:
        at.console.fail(FAILED, "find.nothing", f"what={ident}")
    for line in lines:
        at.console.line(line)


@click.command(cls=Verb)
@click.argument("name", metavar="ADVISORY_OR_CVE")
@listing
@desk
def affected(at: Desk, name: str, form: str) -> None:
    """Which devices an advisory or a vulnerability hits, and why."""
    from hygie.exports.listing import TABLES

    known = picture(at)
    found = _hits(at, known, name)
    ids = {(hit.device, hit.finding.id) for hit in found.hits}
    table = TABLES["findings"]
    places = table.columns.index("device"), table.columns.index("finding")
    rows = [row for row in table.rows(known) if (row[places[0]], row[places[1]]) in ids]
    tell(at, known, "findings", rows, form)
    if form == "table":
        counts = (f"{at.console.text(f'verdict.{verdict}')} {found.count(verdict)}" for verdict in Verdict)
        at.console.say("affected.counts", f"counts={', '.join(counts)}", f"silent={found.silent}")
        if found.documents:
            at.console.say("affected.documents", f"names={', '.join(found.documents)}")


COMMANDS = (devices, device, flows, zones, findings, why, affected, plan, questions, score)
