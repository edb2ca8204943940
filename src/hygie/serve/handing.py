"""Commands that hand something over: export, cut."""

import sys
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hygie.model.observed import KIND as OBSERVATIONS
from hygie.serve.asking import picture
from hygie.serve.console import FAILED, USAGE
from hygie.serve.desk import Desk, desk, iso, listing, site_option, workspace
from hygie.serve.helping import Verb
from hygie.serve.trusting import send

if TYPE_CHECKING:
    from hygie.act.cuts import Cut, Loss


@click.command(cls=Verb)
@click.argument("form", metavar="FORMAT")
@click.option("--table", metavar="TABLE", default="")
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path, readable=False), default=None)
@click.option("--since", metavar="DATE", default="")
@site_option
@desk
def export(at: Desk, form: str, table: str, output: Path | None, since: str, site: str) -> None:
    """Write what is known as csv, json, xlsx or html; or what a sensor observed, signed, for another site."""
    from hygie.exports.listing import TABLES
    from hygie.exports.renderers import RENDERERS

    if form == OBSERVATIONS and not table:
        send(at, output or Path(f"{OBSERVATIONS}.zip"), site, iso(at, since) if since else "")
        return
    if since or site:
        at.console.fail(USAGE, "send.only", f"form={OBSERVATIONS}")
    if form == "csv" and table:
        if table not in TABLES:
            at.console.fail(USAGE, "usage.table", f"table={table}", f"tables={', '.join(TABLES)}")
    elif table or form not in RENDERERS:
        forms = ", ".join((*RENDERERS, OBSERVATIONS))
        at.console.fail(USAGE, "usage.format", f"format={form}", f"formats={forms}")
    if form == "statements":  # a blank table: nothing need be known
        from hygie.exports import letters

        _write(at, {"statements.xlsx": letters.blank(at.console.language)}, output or Path("statements.xlsx"))
        return
    known = picture(at)
    if table:
        from hygie.exports.listing import as_csv

        files = {f"{table}.csv": as_csv(known, table, at.console.language).encode("utf-8-sig")}
        target = output
    else:
        files = RENDERERS[form](known, at.console.language)
        target = output or Path("hygie-export" if len(files) > 1 else next(iter(files)))
    _write(at, files, target)


def _write(at: Desk, files: dict[str, bytes], target: Path | None) -> None:
    """One file under the name given, several into a folder of that name, one table without name to standard output."""
    if target is None:
        sys.stdout.buffer.write(next(iter(files.values())))
        return
    try:
        if len(files) > 1:
            target.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            place = target / name if len(files) > 1 else target
            place.write_bytes(content)
            at.console.say("export.done", f"file={place}")
    except OSError as error:
        at.console.fail(FAILED, "export.failed", f"file={target}", f"detail={error.strerror or error}")


@click.command(cls=Verb)
@click.argument("target", metavar="ZONE|DEVICE|internet")
@site_option
@listing
@desk
def cut(at: Desk, target: str, site: str, form: str) -> None:
    """What care is lost if a zone, a device or the internet is cut: from observed flows, ward by ward."""
    from hygie import act
    from hygie.act.cuts import Loss
    from hygie.ground import Ground
    from hygie.serve.explaining import named_devices

    with workspace(at) as store:
        ground = Ground(store, store.recall("as_of"))
        devices = [d for d in named_devices(ground["device"], target) if site in ("", d.site)]
        if len(devices) > 1:
            names = ", ".join(sorted(f"{d.site} ({d.id})" for d in devices))
            at.console.fail(FAILED, "cut.several", f"target={target}", f"names={names}")
        doubted = {ident for link in ground["link"] if not link.decided for ident in (link.left, link.right)}
        try:
            found = act.cut(devices[0].id if devices else target, ground, site)
        except ValueError as error:
            at.console.fail(FAILED, "cut.several", f"target={target}", f"names={error}")
        except LookupError:
            at.console.fail(FAILED, "cut.nothing", f"target={target}")
    if form == "table":
        _cut_table(at, found, doubted)
    else:
        say = at.console.text
        lines = [row._replace(lost=say(row.lost), degraded=say(row.degraded)) for row in found.rows]
        at.console.listing(Loss._fields, lines, form)


def never_seen(reason: str, device: str, doubted: Container[str]) -> str:
    """Why nobody can tell; "never seen" is not said of a device that may be another one: its pair is open."""
    return "cut.unknown.perhaps_seen" if reason == "cut.unknown.never_seen" and device in doubted else reason


def _cut_table(at: Desk, found: "Cut", doubted: Container[str]) -> None:
    """Ward by ward, a line for each device, with what it loses; then what nobody can tell."""
    say = at.console.text
    at.console.say("cut.title", f"name={found.name}", f"count={len(found.rows)}")
    groups: dict[tuple[str, str, str], list[Loss]] = {}
    for row in found.rows:
        groups.setdefault((row.ward, row.device, row.name), []).append(row)
    cells = []
    for (ward, _, name), rows in groups.items():
        services = sorted({f"{row.service} {row.port}" for row in rows})
        peers = sorted({row.peer_name for row in rows})
        days = f"{max(row.active_days for row in rows)} / {max(row.watched_days for row in rows)}"
        shown = [", ".join(peers[:PEERS]) + (f" + {len(peers) - PEERS}" if len(peers) > PEERS else "")]
        cells.append((ward, name, ", ".join(services), *shown, days, say(rows[0].lost), say(rows[0].degraded)))
    at.console.listing(("ward", "name", "services", "peers", "days_seen", "lost", "degraded"), cells, "table")
    for one in found.unknown[:UNKNOWN]:
        where = ", ".join(filter(None, (one.name, one.ward)))
        at.console.line(f"? {say(never_seen(one.reason, one.device, doubted), f'name={where}')}")
    if len(found.unknown) > UNKNOWN:
        at.console.say("cut.unknown.more", f"count={len(found.unknown) - UNKNOWN}")
    at.console.say("cut.limits")


PEERS, UNKNOWN = 3, 12
"""Peers of one device, and things that nobody can tell, that the terminal names."""

COMMANDS = (export, cut)
