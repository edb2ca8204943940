"""Commands that hand something over: export, cut."""

import sys
from pathlib import Path

import click

from hygie.serve.asking import picture
from hygie.serve.console import FAILED, USAGE
from hygie.serve.desk import Desk, desk, listing, workspace


@click.command()
@click.argument("form", metavar="FORMAT")
@click.option("--table", default="", help="For csv: one table only, to standard output or to --output.")
@click.option("--output", "-o", type=click.Path(path_type=Path), default=None, help="File (csv: folder).")
@desk
def export(at: Desk, form: str, table: str, output: Path | None) -> None:
    """Write what is known as csv, json, xlsx or html."""
    from hygie.exports.listing import TABLES
    from hygie.exports.renderers import RENDERERS

    if form == "csv" and table:
        if table not in TABLES:
            at.console.fail(USAGE, "usage.table", f"table={table}", f"tables={', '.join(TABLES)}")
    elif table or form not in RENDERERS:
        at.console.fail(USAGE, "usage.format", f"format={form}", f"formats={', '.join(RENDERERS)}")
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


@click.command()
@click.argument("target", metavar="ZONE|DEVICE|internet")
@listing
@desk
def cut(at: Desk, target: str, form: str) -> None:
    """What care is lost if a zone, a device or the internet is cut: from observed flows, ward by ward."""
    from hygie import act, walk
    from hygie.act.cuts import Loss

    with workspace(at) as store:
        try:
            found = act.cut(target, walk.Ground(store, store.recall("as_of")))
        except LookupError:
            at.console.fail(FAILED, "cut.nothing", f"target={target}")
    say = at.console.text
    lines = [row._replace(lost=say(row.lost), degraded=say(row.degraded)) for row in found.rows]
    if form == "table":
        at.console.say("cut.title", f"name={found.name}", f"days={found.days:.1f}", f"count={len(lines)}")
        columns = ("ward", "name", "service", "port", "peer_name", "active_days", "lost", "degraded")
        at.console.listing(columns, ([getattr(row, c) for c in columns] for row in lines), form)
        for one in found.unknown:
            at.console.line(f"? {say(one.reason, f'name={one.name}', f'ward={one.ward}', f'zone={one.zone}')}")
        at.console.say("cut.limits")
    else:
        at.console.listing(Loss._fields, lines, form)


COMMANDS = (export, cut)
