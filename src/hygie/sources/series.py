"""Readings and their series: what identifies a reading, and which readings count now.

A source is a series; a reading is one file of it, keyed by content. Snapshot sources (GMAO, address plan, feeds, one
advisory) supersede their last reading; captures and people's decisions add up.
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from hygie.model.evidence import Decision, Reading, Speaker
from hygie.model.seams import Input, Reader
from hygie.names.marks import WITHDRAWN

UNREAD = "unread"
"""Kind of a reading of which nothing could be read: it only carries its refusal, and is tried again each time."""


class Terms(NamedTuple):
    """What the person who hands files over says of them."""

    site: str = "local"
    source: str = ""
    """Name of the series; "" = derived."""
    dated: str = ""
    """ISO 8601 date of the content where it does not say."""
    author: str = ""


def series_of(item: Input, reader: Reader, terms: Terms) -> str:
    """Name of the source that `item` belongs to: site, kind, and what tells it from others of its kind.

    A person may name the hospital's own tables and captures; a document (advisory, SBOM, form) is named by its own id,
    whatever else is handed over with it. Raises what the reader's `series` raises.
    """
    own = reader.series(item)
    name = terms.source or own if reader.speaker in (Speaker.HOSPITAL, Speaker.OBSERVED) else own or terms.source
    return "/".join(filter(None, (terms.site, reader.kind, name)))


def identify(
    item: Input, reader: Reader, terms: Terms, read_at: str, mapping: Mapping[str, str] | None = None
) -> Reading:
    """The reading that `reader` will make of `item`, with the columns understood as `mapping` says.

    Raises what the reader's `series` and `dated` and the stream raise.
    """
    sha256 = item.sha256()
    series = series_of(item, reader, terms)
    dated = reader.dated(item) or terms.dated
    return Reading(
        id=_ident(terms.site, series, sha256, reader, dated, mapping or {}),
        source=series,
        site=terms.site,
        kind=reader.kind,
        reader_version=reader.version,
        speaker=reader.speaker,
        snapshot=reader.snapshot,
        name=item.name,
        path=item.path,
        size=item.size,
        sha256=sha256,
        dated=dated,
        read_at=read_at,
        author=terms.author,
    )


def same_with_date(
    item: Input, reader: Reader, terms: Terms, known: Iterable[Reading], mapping: Mapping[str, str]
) -> Reading | None:
    """The reading of this very content that bears a date which a person gave, where none is given now; else None."""
    if terms.dated or reader.dated(item):
        return None
    series = series_of(item, reader, terms)
    for one in known:
        if one.dated and one.id == _ident(terms.site, series, one.sha256, reader, one.dated, mapping):
            return one
    return None


def unread(name: str, path: str, terms: Terms, read_at: str) -> Reading:
    """The reading that carries the refusal of a whole file."""
    ident = _key(terms.site, UNREAD, path or name)
    return Reading(
        id=ident,
        source=f"{terms.site}/{UNREAD}/{ident}",
        site=terms.site,
        kind=UNREAD,
        reader_version=0,
        speaker=Speaker.HYGIE,
        snapshot=True,
        name=name,
        path=path,
        size=0,
        sha256="",
        dated="",
        read_at=read_at,
        author=terms.author,
    )


class Standing:
    """What stands where: at each path the reading of the file that lies there, and the readings of each content."""

    def __init__(self, known: Iterable[Reading]) -> None:
        self._at: dict[tuple[str, str, str], dict[str, Reading]] = defaultdict(dict)
        self._of: dict[str, dict[str, Reading]] = defaultdict(dict)
        self._replaced: dict[str, str] = {}
        """Reading -> the one that replaced it."""
        for reading in known:
            self.take(reading)

    def take(self, reading: Reading) -> None:
        """Learns of a reading."""
        if reading.forgotten:
            return
        self._at[_place(reading)][reading.id] = reading
        self._of[reading.sha256][reading.id] = reading
        if reading.supersedes and reading.kind != UNREAD:
            self._replaced[reading.supersedes] = reading.id

    def back(self, ident: str) -> None:
        """A reading counts again."""
        self._replaced.pop(ident, None)

    def of(self, sha256: str) -> list[Reading]:
        """Readings of a content."""
        return list(self._of[sha256].values())

    def before(self, reading: Reading) -> str:
        """The reading that `reading` retires, "" none.

        It is the one whose file stood where this one stands, but never one of the same series with a newer date; or,
        where the place tells nothing (an archive's member, standard input), one of the same content, understood
        otherwise. Captures retire nothing but a refusal; of filled-in files both count, the later word first; a
        refusal retires nothing, it only remembers what stood there.
        """
        here = [r for r in self._at[_place(reading)].values() if self._yields(r, reading)]
        if not here and reading.snapshot:
            here = [r for r in self.of(reading.sha256) if self._yields(r, reading) and _alike(r, reading)]
        return max(here, key=lambda r: (r.kind == UNREAD, r.dated, r.id)).id if here else ""

    def replaced(self, reading: Reading) -> bool:
        """Whether another took its place."""
        return reading.id in self._replaced

    def _yields(self, old: Reading, new: Reading) -> bool:
        if old.id == new.id or old.id in self._replaced:
            return False
        if UNREAD in (old.kind, new.kind):
            return True
        if old.sha256 == new.sha256 and old.kind != new.kind:  # the same, taken for another kind
            return True
        if not old.snapshot or not new.snapshot:
            return old.kind == new.kind and new.speaker is Speaker.PERSON
        return not (old.source == new.source and new.dated and old.dated > new.dated)


def _place(reading: Reading) -> tuple[str, str, str]:
    """Site and path; of what has no path, the name."""
    return (reading.site, reading.path, "" if reading.path else reading.name)


def _alike(one: Reading, other: Reading) -> bool:
    """The same content under the same conditions, but for how its columns are understood."""
    return (one.source, one.dated, one.reader_version) == (other.source, other.dated, other.reader_version)


class Shrunk(NamedTuple):
    """A list that no longer names devices which an earlier one named."""

    new: Reading
    old: Reading
    gone: int
    total: int
    """Devices in use that the earlier one named; `gone` of them are not in the new one."""

    @property
    def asked(self) -> bool:
        """That too many are gone to believe it unasked: the earlier one goes on counting until a person decides."""
        return self.gone > HANDFUL and self.gone * 2 > self.total

    @property
    def told(self) -> bool:
        """That a person has to see it."""
        return self.asked or (self.gone >= HANDFUL and self.gone * 10 > self.total)


HANDFUL = 5
"""Devices that may leave a list without a word."""
Lost = Callable[[Reading, tuple[Reading, ...]], tuple[int, int]]
"""Of the devices in use that a reading names, how many these later ones name no more, and how many there are."""


class Currency(NamedTuple):
    """Which readings count now."""

    live: tuple[Reading, ...]
    undecided: tuple[tuple[Reading, Reading], ...]
    """Two readings of one series with different contents and no way to tell the newer: both count until told."""
    shrunk: tuple[Shrunk, ...] = ()
    """Lists that lost more than a few of the devices that the one before named."""


def question(one: Reading, other: Reading) -> str:
    """Id of the question which of two readings is the newer."""
    return "|".join((f"newest:{one.source}", *sorted((one.id, other.id))))


def current(
    readings: Iterable[Reading], decided: Mapping[str, str] | None = None, lost: Lost = lambda _old, _new: (0, 0)
) -> Currency:
    """Sorts out superseded readings: the newer date of a snapshot series wins, in whatever order they were read.

    `decided`: question -> reading (or its file's name) that a person named as the newer. `lost`: what a list lost; one
    that lost most of its devices retires the earlier one only by a person's word.
    """
    kept = sorted((r for r in readings if not r.forgotten), key=lambda r: r.id)
    older = _older(kept, decided or {})
    replaced = _replaced(kept)
    series: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    beside: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    live: list[Reading] = []
    known = {r.id: r for r in kept}
    for reading in kept:
        if not reading.snapshot:
            live.append(reading)
        elif reading.id not in replaced:
            stands, held = _standing(reading, known, older, lost)
            series[reading.site, reading.source].extend(stands)
            beside[reading.site, reading.source].extend(held)
    undecided: list[tuple[Reading, Reading]] = []
    shrunk: list[Shrunk] = []
    for name, group in series.items():
        if not group:
            continue
        said = [r for r in group if not _mute(r)] or group
        newest = _newest(said)
        live.extend(newest)
        # What says nothing but its refusal asks no question; it is told as long as nothing newer says something.
        live.extend(r for r in group if r not in said and (r.dated or newest[0].dated) >= newest[0].dated)
        undecided.extend((newest[0], other) for other in newest[1:])
        earlier = [r for r in said if r not in newest and r.sha256 not in {one.sha256 for one in newest}]
        for old in (*beside[name], *earlier):
            found = Shrunk(newest[-1], old, *lost(old, tuple(newest)))
            if found.asked:
                live.append(old)
            if found.told:
                shrunk.append(found)
    return Currency(tuple(sorted(set(live), key=lambda r: r.id)), tuple(undecided), tuple(shrunk))


def _standing(
    head: Reading, known: Mapping[str, Reading], older: Mapping[str, set[str]], lost: Lost
) -> tuple[list[Reading], list[Reading]]:
    """What stands at the place of a reading that nothing replaced, and the earlier ones whose place it took and that
    are still to be compared with it: of each earlier one, what it had not retired."""
    line: list[Reading] = []
    one: Reading | None = head
    while one is not None and one not in line:
        line.append(one)
        one = _taken(one, known)
    held: list[Reading] = []
    for one in reversed(line):
        if one.id in older:
            held = held if older[one.id] & {r.id for r in held} else []
            stands = held
        else:
            held = [old for old in held if old.id not in older]
            stands = [*(old for old in held if Shrunk(one, old, *lost(old, (one,))).asked), one]
        if one is head:
            return (stands, []) if one.id in older else ([head], held)
        held = stands
    return [head], []


def _mute(reading: Reading) -> bool:
    """That a reading says nothing but why nothing could be read."""
    return reading.kind == UNREAD or (reading.snapshot and not reading.stated and reading.refused > 0)


def _taken(reading: Reading, known: Mapping[str, Reading]) -> Reading | None:
    """The reading whose place a reading took; a refusal took none, and what took the refusal's took theirs."""
    before = known.get(reading.supersedes) if not _mute(reading) else None
    met = {reading.id}
    while before is not None and _mute(before) and before.id not in met:
        met.add(before.id)
        before = known.get(before.supersedes)
    return None if before is None or before.id in met else before


def last_words(decisions: Iterable[Decision], readings: Iterable[Reading]) -> list[Decision]:
    """Decisions that hold: without those that a later state of the same file words otherwise, and without those that
    a decision replaces or withdraws, wherever they are repeated. The order of reading does not matter.

    A word is known by the reading that gave it first: whoever answers it anew, or takes it back, names that reading. It
    is taken back in every reading of that content: one with another date, or by a later reader, says nothing new.
    """
    known = list(readings)
    before = {r.id: r.supersedes for r in known}
    content = {r.id: f"{r.site} {r.sha256}" for r in known if r.sha256}
    said = list(decisions)
    gone = {(content.get(first, first), one.about.removeprefix(WITHDRAWN)) for one in said for first in one.replaces}
    changed: set[tuple[str, str]] = set()
    for one in said:
        older = before.get(one.reading, "")
        while older and (older, one.about) not in changed:
            changed.add((older, one.about))
            older = before.get(older, "")
    held = [one for one in said if (one.reading, one.about) not in changed]
    firsts = [one.first or one.reading for one in held]
    return [one for one, first in zip(held, firsts, strict=True) if (content.get(first, first), one.about) not in gone]


def forgettable(readings: Iterable[Reading], ident: str, before: str) -> list[Reading]:
    """The readings that an id, or a date (ISO 8601) that they are older than, means."""
    known = [r for r in readings if not r.forgotten]
    if before:
        return [r for r in known if (r.dated or r.read_at)[:10] < before]
    return [r for r in known if r.id == ident]


def _replaced(kept: Iterable[Reading]) -> set[str]:
    """Readings whose place another took. A refusal takes no place, but what took the refusal's also took theirs."""
    known = {r.id: r for r in kept}
    replaced: set[str] = set()
    for reading in known.values():
        before = known.get(reading.supersedes) if not _mute(reading) else None
        while before is not None and before.id not in replaced:
            replaced.add(before.id)
            before = known.get(before.supersedes) if _mute(before) else None
    return replaced


def _older(kept: Iterable[Reading], decided: Mapping[str, str]) -> dict[str, set[str]]:
    """Readings that a person called the older of two -> the newer; as long as the newer is there."""
    known = {r.id: r for r in kept}
    older: dict[str, set[str]] = defaultdict(set)
    for about, answer in decided.items():
        pair = [known[i] for i in about.split("|")[-2:] if i in known]
        named = [r for r in pair if answer.strip() in (r.id, r.name, r.name.rpartition("/")[2])]
        if len(pair) == 2 and len(named) == 1:
            for one in pair:
                if one is not named[0]:
                    older[one.id].add(named[0].id)
    return dict(older)


def _newest(group: list[Reading]) -> list[Reading]:
    """The readings of one snapshot series that may be the newest; a better reader's reading of one content wins."""
    best: dict[str, Reading] = {}
    for reading in group:
        other = best.get(reading.sha256 or reading.id)
        if other is None or (reading.reader_version, reading.dated) > (other.reader_version, other.dated):
            best[reading.sha256 or reading.id] = reading
    left = sorted(best.values(), key=lambda r: r.id)
    if all(r.dated for r in left):
        last = max(r.dated for r in left)
        left = [r for r in left if r.dated == last]
    return left


def _ident(site: str, series: str, sha256: str, reader: Reader, dated: str, mapping: Mapping[str, str]) -> str:
    """Id of the reading of a content under these conditions."""
    said = [f"{heading}={trait}" for heading, trait in sorted(mapping.items())]
    return _key(site, series, sha256, reader.kind, str(reader.version), dated, *said)


def _key(*parts: str) -> str:
    """A reading id: "R" and 12 characters of base32."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return "R" + base64.b32encode(digest).decode()[:12]
