"""Commands that ask what is known: devices, device, flows, zones, findings, why, affected, cut, plan, questions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from hygie.model.verdict import Verdict
from hygie.serve.console import FAILED, USAGE
from hygie.serve.desk import Desk, desk, filtered, listing, workspace

if TYPE_CHECKING:
    from hygie.model.picture import Picture


def picture(at: Desk) -> "Picture":
    """What the workspace knows, as the last assessment left it."""
    from hygie import walk

    with workspace(at) as store:
        if walk.behind(store):
            at.console.note("workspace.behind")
        return walk.picture(store)


def show(at: Desk, name: str, form: str, expression: str = "", **equal: str) -> None:
    """Lists a table, filtered."""
    from hygie.exports.listing import TABLES
    from hygie.serve.choosing import chosen

    known = picture(at)
    table = TABLES[name]
    rows = chosen(at.console, table, table.rows(known), expression)
    for column, wanted in equal.items():
        place = table.columns.index(column)
        rows = [row for row in rows if str(row[place]).lower() == wanted.lower()]
    tell(at, known, name, rows, form)


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


@click.command()
@filtered
@listing
@desk
def devices(at: Desk, expression: str, form: str) -> None:
    """The register: every device."""
    show(at, "devices", form, expression)


@click.command()
@filtered
@listing
@desk
def flows(at: Desk, expression: str, form: str) -> None:
    """Who talked to whom, on what service (matrice de flux); outside addresses are marked."""
    show(at, "flows", form, expression)


@click.command()
@filtered
@listing
@desk
def zones(at: Desk, expression: str, form: str) -> None:
    """The parts of the network."""
    show(at, "zones", form, expression)


@click.command()
@click.option("--device", default="", help="Only of this device.")
@click.option("--cve", default="", help="Only of this vulnerability.")
@click.option("--verdict", default="", help="affected, possible, not affected, fixed or unknown.")
@filtered
@listing
@desk
def findings(at: Desk, device: str, cve: str, verdict: str, expression: str, form: str) -> None:
    """Devices and vulnerabilities, with verdict and who says so."""
    if verdict:
        verdict = _verdict(at, verdict)
    wanted = {"device": device, "vulnerability": cve, "verdict": verdict}
    show(at, "findings", form, expression, **{column: value for column, value in wanted.items() if value})


def _verdict(at: Desk, text: str) -> str:
    """The verdict that a word of either language means; a word that means none ends the program."""
    words = {at.console.text(f"verdict.{one}").lower(): str(one) for one in Verdict}
    words |= {str(one): str(one) for one in Verdict}
    if text.lower() not in words:
        at.console.fail(USAGE, "usage.verdict", f"text={text}", f"words={', '.join(sorted(words))}")
    return words[text.lower()]


@click.command()
@filtered
@listing
@desk
def plan(at: Desk, expression: str, form: str) -> None:
    """The measures worth doing, on both safeties, most urgent first."""
    show(at, "measures", form, expression)


@click.command()
@click.option("--to", default="", help="Only for this manufacturer, or 'hospital'.")
@listing
@desk
def questions(at: Desk, to: str, form: str) -> None:
    """What only a person can settle."""
    show(at, "questions", form, **({"to": to} if to else {}))


@click.command()
@click.argument("ident", metavar="ID")
@desk
def device(at: Desk, ident: str) -> None:
    """One device: what it is, how we know, whom it talks to, what concerns it."""
    _tell(at, ident, "device")


@click.command()
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


@click.command()
@click.argument("name", metavar="ADVISORY_OR_CVE")
@listing
@desk
def affected(at: Desk, name: str, form: str) -> None:
    """Which devices an advisory or a vulnerability hits, and why."""
    from hygie import walk
    from hygie.exports.listing import TABLES
    from hygie.serve.explaining import hits

    with workspace(at) as store:
        known = walk.picture(store)
        try:
            found = hits(store, known, name)
        except LookupError:
            at.console.fail(FAILED, "affected.silent", f"name={name}")
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


COMMANDS = (devices, device, flows, zones, findings, why, affected, plan, questions)
