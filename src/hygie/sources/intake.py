"""Files -> readings with their rows: recognises, identifies, reads; never twice what is known.

What comes in: paths, what the person says of them, and a shelf of what is known. What goes out: each file's reading
with its rows by kind, or None for the rows where the reading is known. What could not be read at all is a reading too:
it carries its refusal.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from hygie import sources
from hygie.model import READ_ROWS
from hygie.model.bulk import Bulk, merge
from hygie.model.evidence import Reading, Refusal, Speaker
from hygie.model.observed import Part, Signer, fingerprint
from hygie.model.seams import Clock, Given, Input, Reader
from hygie.sources.opening import Coming, Content, Limits, Secret, files, refusal
from hygie.sources.opening.limits import DEFAULTS
from hygie.sources.series import UNREAD, Standing, Terms, identify, same_with_date, series_of, unread

Rows = dict[str, list[Any]]
"""Rows by kind."""
SPILL = 100_000
"""Rows of one kind and reading that are handed over before the rest is read."""
Spill = Callable[[str, str, Sequence[Any] | Bulk], None]
"""Takes rows of a reading (its id, their kind) before it is through."""
PASSING = "R-passing"
"""Id of a reading as long as its content is not through, where that comes once: no reading keeps it."""
KIND_OF = {row: kind for kind, row in READ_ROWS.items()}
"""Row type -> kind."""


class Arrival(NamedTuple):
    """A content that comes once, recognised by its beginning."""

    item: Content
    reader: Reader
    terms: Terms
    read_at: str
    mapping: Mapping[str, str]


class Shelf(NamedTuple):
    """What reading needs to know of what is there already."""

    clock: Clock
    known: Iterable[Reading]
    """Readings that are there when reading begins."""
    mapping: Callable[[str], Mapping[str, str]]
    """Saved column mapping of a source."""
    without: Iterable[Path] = ()
    """Folders left out in silence: the workspace itself."""
    succeed: Callable[[str, str], None] = lambda _, __: None
    """Lets a known reading count again in place of another: its file is back where the other's was ("" nobody's)."""
    elsewhere: Callable[[Content, Reading, Given], bool] = lambda *_: False
    """Takes a new reading over, without its rows: whoever says True reads them, by `rows_of`."""
    over: Callable[[Reading], bool] = lambda _: False
    """Whether a new reading is one that was forgotten for its age, and still is too old: it is not read again."""
    spill: Spill | None = None
    """Takes rows of long files as they come; None: all are held until the file is through."""
    receive: "Callable[[Arrival], tuple[Reading, Rows]]" = lambda arrival: streamed(*arrival)
    """Reads what comes once; its reading has the id that its content gives it. Raises UNREADABLE."""
    limits: Limits = DEFAULTS
    """How much may come out of what is opened."""
    rows: "Callable[[Content, Reader, Reading, Given], tuple[Reading, Rows]] | None" = None
    """Reads an identified content; None: `rows_of` does."""
    trusted: Callable[[str], Signer | None] = lambda _: None
    """The sensor whose public key (base64) a person accepted; None nobody's."""


UNIDENTIFIED = Reading(
    id=PASSING,
    source="",
    site="",
    kind="",
    reader_version=0,
    speaker=Speaker.OBSERVED,
    snapshot=False,
    name="",
    path="",
    size=-1,
    sha256="",
    dated="",
    read_at="",
    author="",
)
"""A reading before its content has come."""


class _Desk(NamedTuple):
    """What reading works with."""

    terms: Terms
    shelf: Shelf
    known: dict[str, Reading]
    standing: Standing


def intake(paths: Iterable[str | Coming], terms: Terms, shelf: Shelf) -> Iterator[tuple[Reading, Rows | None]]:
    """Each file under the paths, in name order, with its rows; None where its reading is known or taken elsewhere.

    One that is too old to be read again (`Shelf.over`) comes as forgotten. Raises nothing.
    """
    here = [r for r in shelf.known if not r.forgotten]
    desk = _Desk(terms, shelf, {r.id: r for r in here}, Standing(here))
    for item in files(paths, shelf.limits, shelf.without):
        for reading, rows in _taken(item, desk):
            if not reading.forgotten:
                desk.known[reading.id] = reading
            desk.standing.take(reading)
            yield reading, rows
        if not isinstance(item, Refusal):
            item.close()


def _taken(item: Content | Refusal, desk: _Desk) -> Iterator[tuple[Reading, Rows | None]]:
    """The reading of one file; those of a sensor's signed observations."""
    if isinstance(item, Refusal):
        yield _refused(item, "", desk)
    elif sources.observations.recognises(item):
        yield from _signed(item, desk)
    else:
        yield _read(item, desk)


def _signed(item: Content, desk: _Desk) -> Iterator[tuple[Reading, Rows | None]]:
    """The parts of a sensor's file, once all of it was found to be what an accepted sensor signed; else one refusal."""
    try:
        package = sources.observations.opened(item, desk.shelf.trusted)
    except sources.UNREADABLE as error:
        yield _refused(refusal(item.name, error), item.path, desk)
        return
    for part, member in package.members:
        try:
            yield _observed(part, member, package.signer, desk)
        except sources.UNREADABLE as error:
            yield _refused(refusal(member.name, error), "", desk)
        member.close()


def _observed(part: Part, member: Content, signer: Signer, desk: _Desk) -> tuple[Reading, Rows | None]:
    """One part, as the capture that it was made from would be; None where that capture, or the part, is known.

    Raises what reading it raises.
    """
    reader, origin = sources.observations.READER, part.origin
    terms = Terms(signer.site, signer.sensor, origin.dated, f"{signer.sensor} {fingerprint(signer.key)}")
    read_at = desk.shelf.clock.now()
    reading = identify(member, reader, terms, read_at)
    same = [r for r in desk.standing.of(origin.sha256) if (r.site, r.kind) == (signer.site, origin.kind)]
    if known := next(iter(same), desk.known.get(reading.id)):
        return known, None
    if desk.shelf.over(reading):
        return replace(reading, forgotten=True), None
    came, rows = desk.shelf.receive(Arrival(member, reader, terms, read_at, {}))
    if came.id != reading.id:
        raise ValueError("refusal.changed")
    return replace(came, name=member.name, sha256=origin.sha256, size=origin.size), rows


def _read(item: Content, desk: _Desk) -> tuple[Reading, Rows | None]:
    """One file."""
    if item.passing is not None:
        reader = next((one for one in sources.READERS.values() if one.streams and one.recognises(item)), None)
        try:
            if reader is not None:
                return _arrived(item, reader, desk)
            item.settle()
        except sources.UNREADABLE as error:
            return _refused(refusal(item.name, error), "", desk)
    found = sources.asked(item, desk.terms.site, desk.shelf.mapping) or sources.reader_of(item)
    if isinstance(found, Refusal):
        return _refused(found, item.path, desk)
    try:
        return _one(item, found, desk)
    except sources.UNREADABLE as error:
        return _refused(refusal(item.name, error), item.path, desk)


def _one(item: Content, reader: Reader, desk: _Desk) -> tuple[Reading, Rows | None]:
    """One recognised file. Raises what looking into it raises."""
    terms, standing = desk.terms, desk.standing
    mapping = desk.shelf.mapping(series_of(item, reader, terms))
    reading = identify(item, reader, terms, desk.shelf.clock.now(), mapping)
    reading = replace(reading, path=_whole(reading.path))
    dated = same_with_date(item, reader, terms, standing.of(reading.sha256), mapping)
    if known := dated or desk.known.get(reading.id):
        return _again(known, reading, desk), None
    if desk.shelf.over(reading):
        return replace(reading, forgotten=True), None
    given = Given(terms.site, reading.id, mapping, terms.dated, desk.shelf.clock.today())
    reading = replace(reading, supersedes=standing.before(reading))
    if desk.shelf.elsewhere(item, reading, given):
        return reading, None
    if desk.shelf.rows is not None:
        return desk.shelf.rows(item, reader, reading, given)
    return rows_of(item, reader, reading, given, desk.shelf.spill)


def _arrived(item: Content, reader: Reader, desk: _Desk) -> tuple[Reading, Rows | None]:
    """What comes once: read first, since only its end tells whether it is known. Raises UNREADABLE."""
    terms = desk.terms
    mapping = desk.shelf.mapping(series_of(item, reader, terms))
    reading, rows = desk.shelf.receive(Arrival(item, reader, terms, desk.shelf.clock.now(), mapping))
    dated = same_with_date(item, reader, terms, desk.standing.of(reading.sha256), mapping)
    if known := dated or desk.known.get(reading.id):
        return _again(known, reading, desk), None
    if desk.shelf.over(reading):
        return replace(reading, forgotten=True), None
    return replace(reading, supersedes=desk.standing.before(reading)), rows


def streamed(
    item: Content,
    reader: Reader,
    terms: Terms,
    read_at: str,
    mapping: Mapping[str, str],
    spill: Spill | None = None,
) -> tuple[Reading, Rows]:
    """Reads a content as it comes, and identifies it by what came: its reading with the counts, and its rows.

    What `spill` took before bears `PASSING` for its reading. Raises what `spill` raises.
    """
    item.hashed = True
    held = replace(UNIDENTIFIED, kind=reader.kind)
    held, rows = rows_of(item, reader, held, Given(terms.site, PASSING, mapping, terms.dated), spill)
    reading = identify(item, reader, terms, read_at, mapping)
    named = {kind: [replace(row, reading=reading.id) for row in found] for kind, found in rows.items()}
    return replace(reading, stated=held.stated, refused=held.refused, secrets=held.secrets), named


def rows_of(
    item: Input, reader: Reader, reading: Reading, given: Given, spill: Spill | None = None
) -> tuple[Reading, Rows]:
    """Reads an identified content: its reading with the counts, and its rows, but for those that `spill` took.

    Raises what `spill` raises.
    """
    rows: Rows = {}
    lists: dict[str, list[Bulk]] = {}
    secrets = stated = 0
    for row in sources.read(item, reader, given, bulk=spill is not None):
        if isinstance(row, Secret):
            secrets += 1
            continue
        if spill is not None and isinstance(row, Bulk):
            stated += _listed(lists, row, spill)
            continue
        kind = KIND_OF[type(row)]
        kept = rows.setdefault(kind, [])
        kept.append(row)
        if spill is not None and len(kept) >= SPILL and kind != "refusal":
            spill(reading.id, kind, rows.pop(kind))
            stated += len(kept)
    for kind, rest in lists.items():
        if spill is not None and rest:
            spill(reading.id, kind, merge(rest))
    refused = len(rows.get("refusal", []))
    stated += sum(map(len, rows.values())) - refused
    return replace(reading, stated=stated, refused=refused, secrets=secrets), rows


def _listed(lists: dict[str, list[Bulk]], row: Bulk, spill: Spill) -> int:
    """Gathers columns, and lets go of them when they are many; gives the rows of this one."""
    kind = KIND_OF[row.row]
    some = lists.setdefault(kind, [])
    if len(row):
        some.append(row)
    if sum(map(len, some)) >= SPILL:
        spill(row.reading, kind, merge(some))
        some.clear()
    return len(row)


def _again(known: Reading, here: Reading, desk: _Desk) -> Reading:
    """A known reading whose file is met, perhaps where another's stood since: then it takes that one's place."""
    standing = desk.standing
    before = standing.before(replace(here, id=known.id, dated=known.dated))
    refused = before in desk.known and desk.known[before].kind == UNREAD
    if before and (refused or standing.replaced(known) or not known.supersedes):
        desk.shelf.succeed(known.id, before)
        standing.back(known.id)
        return replace(known, supersedes=before)
    return known


def _refused(found: Refusal, path: str, desk: _Desk) -> tuple[Reading, Rows]:
    """The reading of a file that could not be read; it replaces itself when tried again."""
    path = path or (found.name if Path(found.name).exists() else "")
    reading = replace(unread(found.name, _whole(path), desk.terms, desk.shelf.clock.now()), refused=1)
    known = desk.known.get(reading.id, reading)
    back = desk.standing.replaced(known)
    before = known.supersedes if known is not reading and not back else desk.standing.before(reading)
    if back:
        desk.shelf.succeed(reading.id, before)
        desk.standing.back(reading.id)
    return replace(reading, supersedes=before), {"refusal": [replace(found, reading=reading.id)]}


def _whole(path: str) -> str:
    """A path that means the same from any folder, as text that can be kept; "" for what has none."""
    return os.fsencode(Path(path).absolute()).decode("utf-8", "backslashreplace") if path else ""
