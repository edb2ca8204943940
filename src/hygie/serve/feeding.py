"""Commands that bring something in or take it out: assess, read, mapping, forget, feeds, demo."""

import os
import shutil
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, desk, listing, site_option, source_option, workspace

if TYPE_CHECKING:
    from hygie.sources.series import Terms
    from hygie.walk import Outcome

SHOWN = 12
"""Refusals that the terminal shows; the report holds them all."""

_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")
_dated = click.option("--dated", metavar="DATE", default="", help="Date of the content, where it does not say.")


@click.command()
@_paths
@site_option
@source_option
@_dated
@desk
def assess(at: Desk, paths: tuple[str, ...], site: str, series: str, dated: str) -> None:
    """The main job: read what is under PATHs, match, rank, propose; leave a workspace and a report.

    Without PATH the workspace is recomputed.
    """
    _assess(at, paths, _terms(at, site, series, dated))


def _assess(at: Desk, paths: tuple[str, ...], terms: "Terms") -> None:
    """Reads, computes, writes the report, says what came out."""
    from hygie import walk
    from hygie.serve import summary

    _present(at, paths)
    if not paths and not (at.workspace / "hygie.db").exists():
        at.console.fail(FAILED, "workspace.absent", f"folder={at.workspace}")
    with workspace(at, write=True) as store:
        outcome = walk.assess(store, paths, terms, SystemClock(at.as_of), at.console.progress)
        picture = walk.picture(store, outcome.ground)
        at.console.progress("report", 0)
        written = walk.answer(store, picture, at.console.language)
    summary.tell(at.console, outcome, picture, written)
    _end(at, outcome)


@click.command()
@_paths
@site_option
@source_option
@_dated
@click.option("--dry-run", is_flag=True, help="Show how the files would be understood; write nothing.")
@desk
def read(at: Desk, paths: tuple[str, ...], site: str, series: str, dated: str, dry_run: bool) -> None:
    """Only read evidence into the workspace."""
    from hygie import walk

    if not paths:
        at.console.fail(USAGE, "usage.paths")
    _present(at, paths)
    terms = _terms(at, site, series, dated)
    if dry_run:
        from hygie.serve import preview

        raise SystemExit(preview.show(at, paths, terms))
    with workspace(at, write=True) as store:
        outcome = walk.read(store, paths, terms, SystemClock(at.as_of), at.console.progress)
    at.console.say("read.done", f"read={len(outcome.read)}", f"known={outcome.known}")
    for reading in outcome.read:
        kind = at.console.text(f"kind_of_reading.{reading.kind}")
        at.console.line(f"  {reading.id}  {kind}  {reading.name}  {reading.stated}")
    _end(at, outcome)


@click.command()
@click.argument("source", metavar="SOURCE|FILE")
@click.option("--set", "changes", multiple=True, metavar="HEADING=TRAIT", help="'-' as TRAIT: do not read the column.")
@site_option
@source_option
@desk
def mapping(at: Desk, source: str, changes: tuple[str, ...], site: str, series: str) -> None:
    """Show, or with --set save, how a table's columns are understood."""
    from hygie.serve import preview

    preview.set_mapping(at, source, changes, _terms(at, site, series, ""))


@click.command()
@click.argument("reading", required=False, default="")
@click.option("--before", metavar="DATE", default="", help="All readings dated, or where undated read, before DATE.")
@desk
def forget(at: Desk, reading: str, before: str) -> None:
    """Retract a reading, or all that is older: nothing of it stays but its id, dates and author."""
    from hygie import walk
    from hygie.sources.series import forgettable

    if bool(reading) == bool(before):
        at.console.fail(USAGE, "usage.forget")
    day = _iso(at, before) if before else ""
    if not (at.workspace / "hygie.db").exists():
        at.console.fail(FAILED, "workspace.absent", f"folder={at.workspace}")
    with workspace(at, write=True) as store:
        gone = forgettable(store.readings(), reading, day)
        if not gone:
            at.console.fail(FAILED, "forget.nothing", f"what={reading or day}")
        kept = walk.forget(store, gone, SystemClock(at.as_of), at.console.language, at.console.progress)
    for one in gone:
        at.console.say("forget.done", f"reading={one.id}", f"name={one.name}")
    for name in sorted(kept):
        at.console.say("summary.kept", f"file={at.workspace / name}")


@click.group()
def feeds() -> None:
    """Vulnerability knowledge: from local files, and how old it is."""


@feeds.command("import")
@_paths
@_dated
@desk
def feeds_import(at: Desk, paths: tuple[str, ...], dated: str) -> None:
    """Read advisories, CVE, NVD, KEV and EPSS files that lie here; nothing is fetched."""
    from hygie import walk

    if not paths:
        at.console.fail(USAGE, "usage.paths")
    _present(at, paths)
    with workspace(at, write=True) as store:
        terms = _terms(at, "local", "", dated)
        outcome = walk.read(store, paths, terms, SystemClock(at.as_of), at.console.progress)
    at.console.say("read.done", f"read={len(outcome.read)}", f"known={outcome.known}")
    _end(at, outcome)


@feeds.command("status")
@listing
@desk
def feeds_status(at: Desk, form: str) -> None:
    """Each source of knowledge: its readings, newest date, rows, and what is missing."""
    from hygie.exports.report.coverage import FEEDS

    with workspace(at) as store:
        known = [r for r in store.readings() if not r.forgotten]
    rows = []
    for kind in FEEDS:
        found = [r for r in known if r.kind == kind]
        newest = max((r.dated[:10] for r in found if r.dated), default="")
        rows.append((kind, len(found), newest, sum(r.stated for r in found), sum(r.refused for r in found)))
    at.console.listing(("source", "readings", "newest", "stated", "refused"), rows, form)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("hospital"))
@desk
def demo(at: Desk, folder: Path) -> None:
    """Write the example hospital into FOLDER and assess it."""
    try:
        if folder.exists() and any(folder.iterdir()):
            at.console.fail(FAILED, "demo.not_empty", f"folder={folder}")
        with resources.as_file(_example()) as example:
            shutil.copytree(example, folder, dirs_exist_ok=True)
    except OSError as error:
        at.console.fail(FAILED, "export.failed", f"file={folder}", f"detail={error.strerror or error}")
    at.console.say("demo.written", f"folder={folder}")
    _assess(at, (str(folder),), _terms(at, "local", "", ""))


def _example() -> "resources.abc.Traversable":
    """The example hospital: in the wheel beside this module, in a checkout under examples/."""
    packed = resources.files("hygie.serve").joinpath("hospital")
    if packed.is_dir():
        return packed
    return Path(__file__).resolve().parents[3] / "examples" / "hospital"


def _present(at: Desk, paths: tuple[str, ...]) -> None:
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            at.console.fail(USAGE, "usage.absent", f"path={path}")


def _terms(at: Desk, site: str, source: str, dated: str) -> "Terms":
    from hygie.sources.series import Terms

    return Terms(site, source, _iso(at, dated) if dated else "")


def _iso(at: Desk, text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        at.console.fail(USAGE, "usage.date", f"text={text}")


def _end(at: Desk, outcome: "Outcome") -> None:
    """Tells what was refused; exit code 1 where something was."""
    from hygie.exports.pen import Pen

    pen = Pen(at.console.language, ())
    for one in outcome.refusals[:SHOWN]:
        place = f" ({one.place})" if one.place else ""
        at.console.line(f"! {one.name}{place}: {pen.text(one.reason, *one.args)}")
    if len(outcome.refusals) > SHOWN:
        at.console.say("refusals.more", f"count={len(outcome.refusals) - SHOWN}")
    raise SystemExit(REFUSED if outcome.refusals else DONE)


COMMANDS = (assess, read, mapping, forget, feeds, demo)
