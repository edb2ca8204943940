"""Commands that bring something in or take it out: assess, read, mapping, forget, feeds, demo."""

import os
import shutil
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, absent, desk, iso, listing, site_option, source_option, workspace
from hygie.serve.helping import Family, Verb, before, general

if TYPE_CHECKING:
    from hygie.model.evidence import Reading, Refusal
    from hygie.sources.opening import Limits
    from hygie.sources.series import Terms
    from hygie.store import Ledger
    from hygie.walk import Hands, Outcome

SHOWN = 12
"""Refusals, and names of files, that the terminal shows; the report holds them all."""

_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")
_dated = click.option("--dated", metavar="DATE", default="")


@click.command(cls=Verb)
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
        absent(at)
    with workspace(at, write=True) as store:
        with walk.Hands() as hands:
            read = _brought(at, store, paths, terms, hands)
            rest = walk.assess(store, (), terms, SystemClock(at.as_of), at.console.progress, hands)
        outcome = walk.Outcome(read.read + rest.read, read.known + rest.known, read.refusals + rest.refusals)
        picture = walk.picture(store, rest.ground)
        at.console.progress("report", 0)
        written = walk.answer(store, picture, at.console.language)
    summary.tell(at.console, outcome, picture, written)
    _end(at, outcome)


@click.command(cls=Verb)
@_paths
@site_option
@source_option
@_dated
@click.option("--dry-run", is_flag=True)
@desk
def read(at: Desk, paths: tuple[str, ...], site: str, series: str, dated: str, dry_run: bool) -> None:
    """Only read evidence into the workspace."""
    if not paths:
        at.console.fail(USAGE, "usage.paths")
    _present(at, paths)
    terms = _terms(at, site, series, dated)
    if dry_run:
        from hygie.serve import preview

        raise SystemExit(preview.show(at, paths, terms))
    with workspace(at, write=True) as store:
        outcome = _brought(at, store, paths, terms)
    at.console.say("read.done", f"read={taken(outcome.read)}", f"known={outcome.known}")
    for reading in outcome.read:
        kind = at.console.text(f"kind_of_reading.{reading.kind}")
        at.console.line(f"  {reading.id}  {kind}  {reading.name}  {reading.stated}")
    _end(at, outcome)


def _brought(
    at: Desk, store: "Ledger", paths: tuple[str, ...], terms: "Terms", hands: "Hands | None" = None
) -> "Outcome":
    """Reads what is under the paths; then forgets what is older than the workspace's settings let it keep.

    In this order, so that what was older when it came in goes at once, and nothing is computed from it.
    """
    from hygie import walk
    from hygie.ground import Ground
    from hygie.serve.keeping import Old, days, overdue, remember
    from hygie.store import LockHeldError

    clock, keep = SystemClock(at.as_of), at.settings.keep_days
    old = Old(store, clock.today(), keep)
    outcome = walk.read(store, paths, terms, clock, at.console.progress, old, hands, _limits(at))
    outcome = outcome._replace(known=outcome.known - len(old.names))
    if old.names:
        at.console.say("read.old", f"count={len(old.names)}", f"days={keep}", f"names={_listed(old.names)}")
    if not keep:
        return outcome
    known = store.readings()
    day = days(known, store.rows("coverage"))
    ground = Ground(store, clock.today())
    gone = overdue(known, day, clock.today(), keep, ground.newest, ground.lost)
    try:
        if gone:
            remember(store, gone, day)
            walk.forget(store, gone, clock, at.console.language, at.console.progress)
    except LockHeldError:
        at.console.note("forget.later", f"days={keep}")
        return outcome
    for one in gone:
        at.console.say("forget.aged", f"reading={one.id}", f"name={one.name}", f"date={day[one.id]}", f"days={keep}")
    left = {one.id for one in gone}
    return outcome._replace(
        read=[one for one in outcome.read if one.id not in left],
        refusals=[one for one in outcome.refusals if one.reading not in left],
    )


@click.command(cls=Verb)
@click.argument("source", metavar="[SOURCE|FILE]", required=False, default="")
@click.option("--set", "changes", multiple=True, metavar="HEADING=TRAIT")
@click.option("--kind", metavar="KIND", default="")
@click.option("--traits", is_flag=True)
@site_option
@source_option
@desk
def mapping(at: Desk, source: str, changes: tuple[str, ...], kind: str, traits: bool, site: str, series: str) -> None:
    """Show, or with --set save, how a table's columns are understood."""
    from hygie.serve import preview

    if traits:
        preview.traits(at)
        return
    if not source:
        at.console.fail(USAGE, "mapping.source")
    preview.set_mapping(at, source, changes, _terms(at, site, series, ""), kind)


@click.command(cls=Verb)
@click.argument("reading", metavar="[READING]", required=False, default="")
@click.option("--before", metavar="DATE", default="")
@desk
def forget(at: Desk, reading: str, before: str) -> None:
    """Retract a reading, or all that is older: nothing of it stays but its id, dates and author."""
    from hygie import walk
    from hygie.sources.series import forgettable

    if bool(reading) == bool(before):
        at.console.fail(USAGE, "usage.forget")
    day = iso(at, before) if before else ""
    if not (at.workspace / "hygie.db").exists():
        absent(at)
    with workspace(at, write=True) as store:
        gone = forgettable(store.readings(), reading, day)
        if not gone:
            at.console.fail(FAILED, "forget.nothing", f"what={reading or day}")
        kept = walk.forget(store, gone, SystemClock(at.as_of), at.console.language, at.console.progress)
    for one in gone:
        at.console.say("forget.done", f"reading={one.id}", f"name={one.name}")
    for name in sorted(kept):
        at.console.say("summary.kept", f"file={at.workspace / name}")


@click.group(cls=Family, invoke_without_command=True)
@general
@click.pass_context
def feeds(ctx: click.Context, /, **given: Any) -> None:
    """Vulnerability knowledge: from local files, and how old it is."""
    before(ctx, **given)


@feeds.command("import")
@_paths
@site_option
@_dated
@desk
def feeds_import(at: Desk, paths: tuple[str, ...], site: str, dated: str) -> None:
    """Read advisories, CVE, NVD, KEV and EPSS files that lie here; nothing is fetched."""
    from hygie import walk

    if not paths:
        at.console.fail(USAGE, "usage.paths")
    _present(at, paths)
    with workspace(at, write=True) as store:
        outcome = walk.read(store, paths, _terms(at, site, "", dated), SystemClock(at.as_of), at.console.progress)
    at.console.say("read.done", f"read={taken(outcome.read)}", f"known={outcome.known}")
    _end(at, outcome)


@feeds.command("status")
@listing
@desk
def feeds_status(at: Desk, form: str) -> None:
    """Each source of knowledge: its readings, newest date, rows, and what is missing."""
    from hygie.exports.report.coverage import FEEDS
    from hygie.exports.tally import distinct

    with workspace(at) as store:
        known = [r for r in store.readings() if not r.forgotten]
    rows = []
    for kind in FEEDS:
        found = distinct(r for r in known if r.kind == kind)
        newest = max((r.dated[:10] for r in found if r.dated), default="")
        rows.append((kind, len(found), newest, sum(r.stated for r in found), sum(r.refused for r in found)))
    at.console.listing(("source", "readings", "newest", "stated", "refused"), rows, form)


@click.command(cls=Verb)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("hospital"), metavar="[FOLDER]")
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
    _assess(at, (str(folder),), _terms(at, "", "", ""))


def _example() -> "resources.abc.Traversable":
    """The example hospital: in the wheel beside this module, in a checkout under examples/."""
    packed = resources.files("hygie.serve").joinpath("hospital")
    if packed.is_dir():
        return packed
    return Path(__file__).resolve().parents[3] / "examples" / "hospital"


def _limits(at: Desk) -> "Limits":
    """How much is read of one file, as the workspace's settings say."""
    from hygie.sources.opening import Limits

    most = at.settings.most_gigabytes
    return Limits(size=most * 1_000_000_000) if most else Limits()


def _listed(names: Sequence[str]) -> str:
    """Names of files, no more than the terminal shows."""
    return ", ".join([*names[:SHOWN], *[f"… (+ {len(names) - SHOWN})"] * (len(names) > SHOWN)])


def taken(readings: "Iterable[Reading]") -> int:
    """How many files were read; what Hygie itself wrote is not."""
    from hygie.sources.own import KIND as OWN

    return sum(reading.kind != OWN for reading in readings)


def _present(at: Desk, paths: tuple[str, ...]) -> None:
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            at.console.fail(USAGE, "usage.absent", f"path={path}")


def _terms(at: Desk, site: str, source: str, dated: str) -> "Terms":
    from hygie.sources.series import Terms

    return Terms(site or at.settings.site, source, iso(at, dated) if dated else "")


def _end(at: Desk, outcome: "Outcome") -> None:
    """Tells what was left out, being ours, and what was refused; exit code 1 where something was."""
    from hygie.exports.pen import Pen
    from hygie.sources.own import KIND as OWN

    if own := [reading for reading in outcome.read if reading.kind == OWN]:
        names = list(map(Pen(at.console.language, own).file, (reading.name for reading in own)))
        at.console.say("read.own", f"names={_listed(names)}")
    tell_refusals(at, outcome.refusals)
    tell_lacking(at, outcome.read)
    raise SystemExit(REFUSED if outcome.refusals else DONE)


def tell_refusals(at: Desk, refusals: "Sequence[Refusal]") -> None:
    """The first refusals, each with place and reason, and how many more."""
    from hygie.exports.pen import Pen

    pen = Pen(at.console.language, ())
    for one in refusals[:SHOWN]:
        place = f" ({one.place})" if one.place else ""
        at.console.line(f"! {one.name}{place}: {pen.text(one.reason, *one.args)}")
    if len(refusals) > SHOWN:
        at.console.say("refusals.more", f"count={len(refusals) - SHOWN}")


def tell_lacking(at: Desk, readings: "Iterable[Reading]") -> None:
    """Says that captures were read with rights that this system's kernel cannot take away."""
    from hygie.rights.giving import lacking
    from hygie.sources import READERS

    captures = (one for one in readings if one.kind in READERS and READERS[one.kind].streams)
    if (what := lacking()) and any(captures):
        at.console.note("rights.lacking", f"what={', '.join(what)}")


COMMANDS = (assess, read, mapping, forget, feeds, demo)
