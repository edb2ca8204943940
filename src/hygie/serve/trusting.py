"""Commands about signed observations: keys, trust; and what `export observations` does.

A sensor elsewhere makes a key, and its centre, by a named person, accepts the public half for one site. Nobody's word
is taken for another's: what comes signed speaks of that site alone.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from hygie.model.observed import KIND, Signer, fingerprint, from_line, is_name, public_line
from hygie.serve.clock import SystemClock
from hygie.serve.console import FAILED, USAGE
from hygie.serve.desk import Desk, absent, desk, listing, workspace
from hygie.serve.helping import Family, before, general
from hygie.serve.signing import FILE, Key, load, make

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hygie.exports.observations import Parcel
    from hygie.model.evidence import Reading
    from hygie.store import Ledger

_LARGEST = 4096
"""Bytes of a file that holds a public key."""


@click.group(cls=Family, invoke_without_command=True)
@general
@click.pass_context
def keys(ctx: click.Context, /, **given: Any) -> None:
    """The key by which this workspace, as a sensor's, signs its observations."""
    before(ctx, **given)


@keys.command("new")
@click.argument("name", metavar="SENSOR")
@desk
def keys_new(at: Desk, name: str) -> None:
    """Make the key, once; shows what the centre needs."""
    if not is_name(name):
        at.console.fail(USAGE, "keys.name", f"name={name}")
    with workspace(at, write=True):
        try:
            key = make(at.workspace, name)
        except FileExistsError:
            at.console.fail(FAILED, "keys.there", f"file={at.workspace / FILE}")
    _show(at, key)


@keys.command("show")
@desk
def keys_show(at: Desk) -> None:
    """Shows the public key again, and its fingerprint."""
    _show(at, _key(at))


def _show(at: Desk, key: Key) -> None:
    at.console.line(key.line)
    at.console.say("keys.fingerprint", f"key={fingerprint(key.public)}")
    at.console.say("keys.hand")


def _key(at: Desk) -> Key:
    """The workspace's key; what stands in the way ends the program."""
    if not (at.workspace / "hygie.db").exists():
        absent(at)
    file = at.workspace / FILE
    try:
        return load(at.workspace)
    except FileNotFoundError:
        at.console.fail(FAILED, "keys.absent", f"folder={at.workspace}")
    except PermissionError:
        at.console.fail(FAILED, "keys.open", f"file={file}")
    except ValueError:
        at.console.fail(FAILED, "keys.damaged", f"file={file}")
    except OSError as error:
        at.console.fail(FAILED, "export.failed", f"file={file}", f"detail={error.strerror or error}")


# ---------------------------------------------------------------- whom one trusts


@click.group(cls=Family, invoke_without_command=True)
@general
@click.pass_context
def trust(ctx: click.Context, /, **given: Any) -> None:
    """Sensors elsewhere whose signed observations are accepted."""
    before(ctx, **given)


@trust.command("add")
@click.argument("key", metavar="KEY")
@click.option("--by", "who", metavar="PERSON", required=True)
@click.option("--site", metavar="NAME", required=True)
@desk
def trust_add(at: Desk, key: str, who: str, site: str) -> None:
    """Accept a sensor's public key for one site."""
    from hygie.store.signers import Signers

    public, sensor = _line(at, key)
    if not who.strip() or not site.strip():
        at.console.fail(USAGE, "trust.unsaid")
    one = Signer(public, sensor, site.strip(), who.strip(), SystemClock(at.as_of).today())
    with workspace(at, write=True) as store:
        other = Signers(store).accept(one)
    if other is not None:
        args = (f"sensor={other.sensor}", f"site={other.site}", f"key={fingerprint(other.key)}")
        at.console.fail(FAILED, "trust.there", *args)
    at.console.say("trust.added", f"sensor={sensor}", f"site={one.site}", f"key={fingerprint(public)}")


@trust.command("withdraw")
@click.argument("mark", metavar="FINGERPRINT|SENSOR")
@click.option("--by", "who", metavar="PERSON", required=True)
@desk
def trust_withdraw(at: Desk, mark: str, who: str) -> None:
    """Accept no more files of a sensor; what was read of it stays until it is forgotten."""
    from hygie.store.signers import Signers

    if not who.strip():
        at.console.fail(USAGE, "trust.unsaid")
    if not (at.workspace / "hygie.db").exists():
        absent(at)
    with workspace(at, write=True) as store:
        ended = Signers(store).withdraw(mark.strip(), who.strip(), SystemClock(at.as_of).today())
    if ended is None:
        at.console.fail(FAILED, "trust.nobody", f"name={mark}")
    at.console.say("trust.ended", f"sensor={ended.sensor}", f"site={ended.site}")


@trust.command("list")
@listing
@desk
def trust_list(at: Desk, form: str) -> None:
    """Whose files are accepted, for which site, by whom."""
    from hygie.store.signers import Signers

    with workspace(at) as store:
        known = Signers(store).all()
    heads = ("sensor", "site", "fingerprint", "who", "when", "ended_by", "ended")
    rows = [(s.sensor, s.site, fingerprint(s.key), s.who, s.when, s.ended_by, s.ended) for s in known]
    at.console.listing(heads, rows, form)


def _line(at: Desk, text: str) -> tuple[str, str]:
    """(key, sensor) of a public key's line, or of the file that holds it."""
    try:
        if os.path.lexists(text):
            with Path(text).open("rb") as file:
                text = file.read(_LARGEST).partition(b"\n")[0].decode("utf-8", "replace")
        return from_line(text)
    except ValueError:
        at.console.fail(USAGE, "trust.line", f"form={public_line('...', at.console.text('metavar.SENSOR'))}")
    except OSError as error:
        at.console.fail(FAILED, "export.failed", f"file={text}", f"detail={error.strerror or error}")


# ---------------------------------------------------------------- what is sent


def send(at: Desk, target: Path, site: str, since: str) -> None:
    """Writes the signed file of what this workspace read of captures and logs, since a day (ISO 8601; "" all)."""
    from hygie.exports import observations
    from hygie.sources.opening.limits import DEFAULTS

    key = _key(at)
    temporary = target.with_name(f".{target.name}.tmp")
    with workspace(at) as store:
        chosen = _chosen(at, store, site, since)
        if not chosen:
            at.console.fail(FAILED, "send.nothing", f"folder={at.workspace}")
        if len(chosen) > DEFAULTS.members - 3:
            at.console.fail(FAILED, "send.many", f"count={len(chosen)}", f"limit={DEFAULTS.members - 3}")
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "wb") as out:
                made = SystemClock().now()
                done = observations.write(out, _parcels(store, chosen), key.sensor, key.public, made, key.sign)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(target)
        except OSError as error:
            _not_written(at, temporary, target, error)
    args = (f"file={target}", f"readings={done.parts}", f"rows={done.rows}", f"sensor={key.sensor}")
    at.console.say("send.done", *args)


def _not_written(at: Desk, temporary: Path, target: Path, error: OSError) -> NoReturn:
    if temporary.is_file():
        temporary.unlink()
    at.console.fail(FAILED, "export.failed", f"file={target}", f"detail={error.strerror or error}")


def _chosen(at: Desk, store: "Ledger", site: str, since: str) -> "list[Reading]":
    """Readings of captures and logs; of a file that readers of two versions read, the newer's. Several sites, none
    named, end the program."""
    from hygie.model.evidence import Speaker
    from hygie.serve.keeping import days

    known = [r for r in store.readings() if r.speaker is Speaker.OBSERVED and r.kind != KIND and not r.forgotten]
    sites = sorted({r.site for r in known})
    if not site and len(sites) > 1:
        at.console.fail(USAGE, "send.sites", f"sites={', '.join(sites)}")
    day = days(known, store.rows("coverage"))
    newest: dict[tuple[str, str], Reading] = {}
    for one in sorted(known, key=lambda r: (r.reader_version, r.id)):
        if one.site == (site or one.site) and day[one.id] >= since:
            newest[one.source, one.sha256 or one.id] = one
    return sorted(newest.values(), key=lambda r: (day[r.id], r.id))


def _parcels(store: "Ledger", chosen: "Iterable[Reading]") -> "Iterator[Parcel]":
    """Each reading with its rows."""
    from hygie.exports.observations import Parcel
    from hygie.model.observed import ROWS

    for one in chosen:
        yield Parcel(one, {kind: store.rows(kind, [one.id]) for kind in ROWS})


COMMANDS = (keys, trust)
