"""Commands that ask what is known: devices, device, flows, zones, findings, why, affected, cut, plan, questions."""

from typing import TYPE_CHECKING, Any

import click

from hygie.serve.console import FAILED
from hygie.serve.desk import Desk, desk, filtered, listing, workspace

if TYPE_CHECKING:
    from hygie.model.picture import Picture

SHORT: dict[str, tuple[str, ...]] = {
    "devices": ("id", "name", "kind", "make", "product", "version", "inventory", "addresses", "ward", "seen"),
    "zones": ("id", "site", "name", "cidr", "vlan", "use", "source"),
    "flows": (
        "client",
        "client_name",
        "server",
        "server_name",
        "outside",
        "service",
        "port",
        "packets_out",
        "packets_back",
    ),
    "findings": ("id", "device", "name", "vulnerability", "verdict", "part", "speaker", "outcome"),
    "measures": ("outcome", "model", "subject", "devices", "wards", "authority", "decided_by"),
    "questions": ("id", "to", "question", "answer", "weight"),
}
"""Columns that fit a terminal; CSV and JSON hold them all."""


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
    if form != "table":
        at.console.listing(table.columns, rows, form)
        return
    short = [c for c in SHORT[name] if c in table.columns]
    places = [table.columns.index(c) for c in short]
    at.console.listing(short, ([row[p] for p in places] for row in rows), form)


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
    wanted = {"device": device, "vulnerability": cve, "verdict": verdict}
    show(at, "findings", form, expression, **{column: value for column, value in wanted.items() if value})


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
    from hygie.exports.listing import TABLES

    known = picture(at)
    table = TABLES["findings"]
    at_document, at_vulnerability = table.columns.index("document"), table.columns.index("vulnerability")
    hits = [
        row
        for row in table.rows(known)
        if name.upper() in (str(row[at_document]).upper(), row[at_vulnerability].upper())
    ]
    _list(at, table.columns, hits, form, "findings")


def _list(at: Desk, columns: tuple[str, ...], rows: list[tuple[Any, ...]], form: str, short: str) -> None:
    if form == "table":
        kept = [c for c in SHORT[short] if c in columns]
        places = [columns.index(c) for c in kept]
        at.console.listing(kept, ([row[p] for p in places] for row in rows), form)
    else:
        at.console.listing(columns, rows, form)


COMMANDS = (devices, device, flows, zones, findings, why, affected, plan, questions)
