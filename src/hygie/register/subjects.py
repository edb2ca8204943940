"""Evidence -> subjects: what one source says of one thing, with the keys by which it may be known elsewhere.

What comes in: evidence in any order, the live readings. What goes out: subjects in a fixed order, and the statements
about zones and models apart. Makers get their key later (`name_makers`), when all spellings are known.

A subject is told by site, source and name. A table's subject that stands on several lines of one reading (an inventory
number shared by the parts of a system) becomes one subject a line. A site said of the subject beats the reading's.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from hygie.facts import functions
from hygie.model.evidence import Evidence, Reading, Speaker, Trait
from hygie.register import keys

DAY = 86_400_000_000
"""Microseconds."""
FOREVER = 1 << 62

_CELL = re.compile(r"(?:^|!)[A-Z]{1,3}([0-9]+)$")
SURE_NAME = 0.65
"""Confidence below which a name joins no devices: an alias, an account, or one that may have been passed on."""
_ONCE = frozenset((Trait.INVENTORY, Trait.SERIAL, Trait.DESIGNATION))
"""Traits that a line says once: met twice in one reading, the subject stands on several lines."""


Said = dict[Trait, list[Evidence]]
"""Statements that say something, by trait."""


class Stay(NamedTuple):
    """An address borne for a time."""

    address: str
    first: int
    """Microseconds since 1970 UTC."""
    last: int
    timed: bool
    """False: declared without time, for as long as anybody knows."""


@dataclass(slots=True)
class Subject:
    """What one source says of one thing."""

    site: str
    source: str
    name: str
    """Subject of its evidence."""
    row: str
    """Line, where the subject stands on several; else ""."""
    said: Said
    gmao: bool = False
    """From a GMAO."""
    live: bool = False
    """From traffic or a table that the network itself keeps (leases, MAC, ARP)."""
    traffic: bool = False
    inventory: str = ""
    part: str = ""
    """What tells members of a system that share a number: "serial=...", "mac=...", "role=..."; else ""."""
    make: str = ""
    """Key of the maker's name."""
    serial: str = ""
    udi: str = ""
    macs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()
    system: str = ""
    role: str = ""
    designation: str = ""
    barred: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Sides of "different" decisions that this subject stands on."""

    @property
    def number(self) -> str:
        """Inventory number, with the part where several share it."""
        return f"{self.inventory};{self.part}" if self.part else self.inventory

    @property
    def own(self) -> str:
        """Name within all sources, for things that nothing else names: "row=17@<source>"."""
        return f"{self.name.removeprefix('device:')}{'#' + self.row if self.row else ''}@{self.source}"

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Fixed order of subjects."""
        return self.site, self.source, self.name, self.row


class Sorted(NamedTuple):
    """Evidence by what it speaks of."""

    devices: list[Subject]
    zones: dict[tuple[str, str], list[Evidence]]
    """(site, subject) -> statements."""
    models: dict[str, list[Evidence]]
    """Subject -> statements."""


NETWORK_TABLES = frozenset(("leases", "mac_table", "arp", "terminal"))
"""Kinds of readings that list what was on the network: to stand there is to have been there."""


DATING = frozenset(("endpoints",))
"""Kinds of readings that list what was met at some time: to stand there is to have been there on the day that is told,
if any is."""


def instant(dated: str) -> int:
    """Microseconds since 1970 UTC of an ISO date or instant; 0 where it is none."""
    try:
        when = datetime.fromisoformat(dated)
    except ValueError:
        return 0
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return int(when.timestamp()) * 1_000_000


@lru_cache(maxsize=65536)
def named(designation: str, maker: str = "", ward: str = "") -> tuple[str, str]:
    """Clinical kind that a designation names, and the phrase that says so; see `facts.functions.named`."""
    return functions.named(designation, maker, ward)


def is_live(reading: Reading) -> bool:
    """Whether a reading lists what was really on the network."""
    return reading.speaker is Speaker.OBSERVED or reading.kind in NETWORK_TABLES


def gather(evidence: Iterable[Evidence], readings: Mapping[str, Reading]) -> Sorted:
    """Groups evidence by subject and trait. Evidence of readings that are no longer live is left out."""
    series: dict[tuple[str, str], dict[str, Said]] = {}
    shelf = {key: series.setdefault((r.site, r.source), {}) for key, r in readings.items() if not r.forgotten}
    for statement in evidence:
        subjects = shelf.get(statement.reading)
        if subjects is None or not statement.value:
            continue
        said = subjects.get(statement.subject)
        if said is None:
            said = subjects[statement.subject] = {}
        of_trait = said.get(statement.trait)
        if of_trait is None:
            said[statement.trait] = [statement]
        else:
            of_trait.append(statement)
    devices: list[Subject] = []
    zones: dict[tuple[str, str], list[Evidence]] = {}
    models: dict[str, list[Evidence]] = {}
    kept = {key: [r for r in shelf if shelf[r] is subjects] for key, subjects in series.items()}
    for (site, source), subjects in series.items():
        alone = readings[kept[site, source][0]] if len(kept[site, source]) == 1 else None
        for name, said in subjects.items():
            if name.startswith("zone:"):
                zones.setdefault((_site(said, site, readings), name), []).extend(_flat(said))
            elif name.startswith("model:"):
                models.setdefault(name, []).extend(_flat(said))
            else:
                for row, part in _lines(said):
                    subject = _subject(_site(part, site, readings), source, name, row, part, readings)
                    _mark(subject, (alone,) if alone else [readings[key] for key in _readings_of(part)])
                    devices.append(subject)
    devices.sort(key=lambda subject: subject.order)
    return Sorted(devices, zones, models)


def name_makers(subjects: Iterable[Subject], readings: Mapping[str, Reading], key: Callable[[str], str]) -> None:
    """Sets the key of each subject's maker."""
    for subject in subjects:
        made = subject.said.get(Trait.MANUFACTURER)
        if made:
            subject.make = key(_best(made, readings))


def _readings_of(said: Said) -> set[str]:
    return {e.reading for statements in said.values() for e in statements}


def _mark(subject: Subject, readings: Iterable[Reading]) -> None:
    """Notes what sort of readings speak of a subject."""
    for reading in readings:
        subject.gmao = subject.gmao or reading.kind == "gmao"
        subject.live = subject.live or is_live(reading) or (reading.kind in DATING and _dated(subject.said))
        subject.traffic = subject.traffic or reading.speaker is Speaker.OBSERVED


def _dated(said: Said) -> bool:
    """That a statement tells when the thing was last met."""
    return any(e.last for statements in said.values() for e in statements)


def _flat(said: Said) -> list[Evidence]:
    return [e for statements in said.values() for e in statements]


def line(place: str) -> str:
    """Row of a cell's place, with its sheet: "Parc!B12" -> "Parc!12"; "" for another place."""
    found = _CELL.search(place)
    return f"{place[: found.start()]}{'!' if place[found.start()] == '!' else ''}{found[1]}" if found else ""


def _lines(said: Said) -> list[tuple[str, Said]]:
    """The statements of each line where the subject stands on several lines of one reading, else all at once."""
    if not any(
        len(statements) > 1 and len({e.reading for e in statements}) < len(statements)
        for trait in _ONCE
        if (statements := said.get(trait))
    ):
        return [("", said)]
    rows: dict[str, Said] = {}
    for e in _flat(said):
        rows.setdefault(line(e.place), {}).setdefault(e.trait, []).append(e)
    return [("", said)] if len(rows) == 1 else sorted(rows.items(), key=lambda item: item[0])


def _site(said: Said, site: str, readings: Mapping[str, Reading]) -> str:
    """Site that the subject's own evidence says, the newest reading first; else the reading's."""
    told = said.get(Trait.SITE)
    return _best(told, readings) if told else site


def _subject(site: str, source: str, name: str, row: str, said: Said, readings: Mapping[str, Reading]) -> Subject:
    subject = Subject(site, source, name, row, said)
    for trait, read in _READ.items():
        statements = said.get(trait)
        if statements:
            read(subject, statements, readings)
    if Trait.UDI_PI in said and Trait.UDI_DI in said:
        di, pi = (keys.identifier(_best(said[trait], readings)) for trait in (Trait.UDI_DI, Trait.UDI_PI))
        subject.udi = f"{di}{keys.SEPARATOR}{pi}" if di and pi else ""
    if name.startswith("device:mac="):
        # What it says of itself (the chassis in LLDP) stands beside the card that it speaks with, never in its place.
        address = keys.mac(name.removeprefix("device:mac="))
        if address and address not in subject.macs:
            subject.macs = tuple(sorted((*subject.macs, address)))
    return subject


def _best(statements: list[Evidence], readings: Mapping[str, Reading]) -> str:
    """The value of the newest, surest statement."""
    if len(statements) == 1:
        return statements[0].value
    ranked = [(readings[e.reading].dated, e.last, e.confidence, e.value) for e in statements]
    return max(ranked)[3]


def _values(statements: list[Evidence], normal: Callable[[str], str]) -> tuple[str, ...]:
    if len(statements) == 1:
        value = normal(statements[0].value)
        return (value,) if value else ()
    return tuple(sorted({value for e in statements if (value := normal(e.value))}))


def _read_inventory(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.inventory = keys.inventory(_best(said, readings))


def _read_serial(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.serial = keys.serial(_best(said, readings))


def _read_macs(subject: Subject, said: list[Evidence], _: Mapping[str, Reading]) -> None:
    subject.macs = _values(said, keys.mac)


def _read_names(subject: Subject, said: list[Evidence], _: Mapping[str, Reading]) -> None:
    sure = [e for e in said if e.confidence >= SURE_NAME]
    subject.names = tuple(sorted({*subject.names, *_values(sure, keys.host)}))


def _read_titles(subject: Subject, said: list[Evidence], _: Mapping[str, Reading]) -> None:
    subject.titles = _values([e for e in said if e.confidence >= 0.5], keys.title)


def _read_system(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.system = keys.inventory(_best(said, readings))


def _read_role(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.role = keys.folded(_best(said, readings))


def _read_designation(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.designation = keys.folded(_best(said, readings))


def _read_stays(subject: Subject, said: list[Evidence], readings: Mapping[str, Reading]) -> None:
    subject.stays = tuple(sorted({stay(e, readings[e.reading]) for e in said if e.value}))


def stay(e: Evidence, reading: Reading) -> Stay:
    """When an address was borne: as observed; a table of the network speaks of its day, and of the days beside it."""
    if e.first or e.last:
        return Stay(e.value, e.first or e.last, e.last or e.first, True)
    day = instant(reading.dated) if is_live(reading) else 0
    if day:
        return Stay(e.value, day - DAY, day + 2 * DAY, True)
    return Stay(e.value, 0, FOREVER, False)


_READ: dict[Trait, Callable[[Subject, list[Evidence], Mapping[str, Reading]], None]] = {
    Trait.INVENTORY: _read_inventory,
    Trait.SERIAL: _read_serial,
    Trait.MAC: _read_macs,
    Trait.HOST_NAME: _read_names,
    Trait.NETBIOS_NAME: _read_names,
    Trait.AE_TITLE: _read_titles,
    Trait.IP: _read_stays,
    Trait.SYSTEM: _read_system,
    Trait.ROLE: _read_role,
    Trait.DESIGNATION: _read_designation,
}
"""Keys and what tells members of a system apart."""
