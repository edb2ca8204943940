"""Records of sensors -> what a capture gives: flows, evidence, coverage.

A sensor (Zeek, Suricata, a router that exports flows) has already looked at the packets and tells conversations. They
are gathered here by client, server, port and service, as halves of talks, and from there on go the way of a capture:
`capture.folding` (conversations), `capture.ends` (who owns which address), `capture.telling` (rows). So a router, a
local address, a readable service mean the same whoever watched.

What sensors do not tell is not made up. No record says whether a router lay between: a card is taken for the device's
own only where both ends of a talk lie in one network, each with its card, or where the target is a link's group.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from hygie.kernel import columns as c
from hygie.model.bulk import Bulk
from hygie.model.evidence import Trait
from hygie.model.seams import Given
from hygie.sources.capture import folding, keys, telling
from hygie.sources.capture.ends import Owners
from hygie.sources.capture.frames import Interface
from hygie.sources.capture.metering import MOST_TAGS, Columns, Rooms
from hygie.sources.capture.plain import Plain
from hygie.sources.capture.sight import Sight
from hygie.sources.capture.talks import TCP, UDP, Talk
from hygie.wire import DISSECTORS, Dissector
from hygie.wire.codec.addresses import is_card, is_host, is_private

MOST = 200_000
"""Conversations gathered before they are folded."""
MOST_SENSORS = 4096
"""Sensors of one file that are told apart; more share one."""
MOST_SERVICES = 1000
"""Names of services that are told apart; beyond, a service is not named."""
_SLOT = 600_000_000
"""Microseconds in which a sensor spoke or was silent."""
_SILENT = 6
"""Slots in a row that make a gap: an hour."""
_LONGEST = 4320
"""Slots of one conversation that count as watched, thirty days."""
MOST_SLOTS = 1_000_000
"""Slots of one sensor that are counted: 19 years."""


class End(NamedTuple):
    """One end of a conversation."""

    address: bytes
    """4 or 16 bytes."""
    port: int = 0
    card: bytes = b""
    """6 bytes; b"" not told."""


class Record(NamedTuple):
    """One conversation as a sensor tells it."""

    one: End
    """Who began, as far as the sensor knows."""
    other: End
    protocol: int
    """IP protocol number."""
    packets_out: int
    """From one to other."""
    bytes_out: int
    packets_back: int
    bytes_back: int
    first: int
    """Microseconds since 1970 UTC; 0 not told."""
    last: int
    place: int
    """Line or record."""
    sensor: int = 0
    """Number that `Log.sensor` gave."""
    vlan: str = ""
    """ "100", or "100.12" for a tag within a tag."""
    service: str = ""
    """Recognised by content; "" not recognised."""
    opened: bool = False
    """The opening was seen: who began is sure."""
    accepted: bool = False
    """TCP: the other end agreed."""
    spoke_out: bool = True
    """Content went from one to other; where the sensor does not tell, that packets did."""
    spoke_back: bool = True


class Log:
    """One file of records as it is read."""

    def __init__(self, given: Given, name: str, unit: str) -> None:
        """`name`: the sensor's where nothing else names one; `unit`: "line" or "record", for places."""
        self.given = given
        self.name = name
        self.unit = unit
        self.interfaces: list[Interface] = []
        self.meter = Plain(self.interfaces, Rooms())
        self.sight = Sight(self.interfaces, self.meter, Rooms())
        self.sampled: set[str] = set()
        """Sensors that count only some packets: they cover nothing."""
        self._sensors: dict[str, int] = {}
        self._slots: list[set[int]] = []
        self._drops: dict[int, int] = {}
        self._talks: dict[tuple[Any, ...], list[int]] = {}
        self._services: dict[str, Dissector] = {}

    def sensor(self, name: str = "") -> int:
        """Number of a sensor."""
        name = name or self.name
        if name not in self._sensors and len(self._sensors) >= MOST_SENSORS:
            name = self.name
        found = self._sensors.get(name)
        if found is None:
            found = self._sensors[name] = len(self.interfaces)
            self.interfaces.append(Interface(1, name))
            self.meter.sensors.append([0] * c.SENSOR)
            self._slots.append(set())
        return found

    def lost(self, sensor: int, total: int, fresh: bool) -> None:
        """Packets that a sensor says it lost since it started. Of a file that begins later (not `fresh`), only what
        is added within it: the file before told the rest. A lower number is a restart."""
        before = self._drops.get(sensor, 0 if fresh else total)
        self.interfaces[sensor].lost += total - before if total >= before else total
        self._drops[sensor] = total

    def counted(self, sensor: int, packets: int, octets: int, lost: int) -> None:
        """Packets and bytes that a sensor says it met and lost, beside any conversation."""
        self.meter.sensors[sensor][c.N_PACKETS] += packets
        self.meter.sensors[sensor][c.N_BYTES] += octets
        self.interfaces[sensor].lost += lost

    def say(self, end: End, trait: Trait, value: str, confidence: float, place: int, time: int, by: str) -> None:
        """A statement about an end; `by`: the protocol in which it was said."""
        if value and (is_card(end.card) or end.address):
            self.sight.ends.say((end.card, end.address, trait, value, by), confidence, place, time)

    def met(self, end: End, place: int, time: int) -> None:
        """An end was there."""
        if is_host(end.address):
            self.sight.ends.pairs.sent(end.card, end.address, False, 0, place, time, time)

    def take(self, record: Record) -> Iterator[Bulk]:
        """Gathers a record; gives flows out where they have become many."""
        self._watch(record)
        if record.one.card or record.other.card:
            record = record._replace(one=_named(record.one), other=_named(record.other))
        record = record if _from_one(record, self.sight.services) else _turned(record)
        service = record.service
        if service and service not in self._services:
            if len(self._services) < MOST_SERVICES:
                self._services[service] = _dissector(service)
            else:
                service = ""
        key = (
            record.sensor << 48 | keys.packed(record.vlan),
            keys.card(record.one.card),
            keys.card(record.other.card),
            record.one.address,
            record.other.address,
            record.protocol,
            record.other.port if record.protocol in (TCP, UDP) else 0,
            service,
        )
        row = self._talks.get(key)
        if row is None:
            self._talks[key] = [*record[3:10], *_flags(record)]
        else:
            _add(row, record)
        if len(self._talks) >= MOST:
            yield from self._fold()

    def _watch(self, record: Record) -> None:
        """What the record says of its sensor."""
        row = self.meter.sensors[record.sensor]
        row[c.N_PACKETS] += record.packets_out + record.packets_back
        row[c.N_BYTES] += record.bytes_out + record.bytes_back
        if record.vlan and len(self.meter.tags) < MOST_TAGS:
            self.meter.tags.setdefault((record.sensor, keys.packed(record.vlan)))
        self.watched(record.sensor, record.first or record.last, record.last or record.first)

    def watched(self, sensor: int, first: int, last: int) -> None:
        """A sensor was awake then; 0 not told."""
        if not first:
            return
        row, slots = self.meter.sensors[sensor], self._slots[sensor]
        row[c.N_FIRST] = min(row[c.N_FIRST] or first, first)
        row[c.N_LAST] = max(row[c.N_LAST], last)
        if len(slots) < MOST_SLOTS:
            begin = first // _SLOT
            slots.update(range(begin, min(last // _SLOT, begin + _LONGEST) + 1))

    def _fold(self) -> Iterator[Bulk]:
        """Talks become conversations; they are given out where they are many."""
        rows, known = _halves(self._talks, self._services)
        self._talks = {}
        sight = self.sight
        sight.gather(folding.fold(rows, known, sight.services, sight.ends))
        if sight.is_full():
            yield from self._flows(Owners(sight.ends))

    def _flows(self, owners: Owners) -> Iterator[Bulk]:
        for bulk in telling.flows(self.sight, self.given, owners):
            places = [self._place(text) for text in bulk.columns["place"]]
            yield replace(bulk, columns={**bulk.columns, "place": places})

    def _place(self, text: str) -> str:
        return text.replace("packet", self.unit, 1)

    def end(self) -> Iterator[Any]:
        """All that is left: flows, evidence, coverage."""
        yield from self._fold()
        ends = self.sight.ends
        owners = Owners(ends)
        yield from self._flows(owners)
        # A card of which nothing else is known may be a router's: that it was met in a VLAN makes no device of it.
        known = owners.routers | owners.claimed.keys() | owners.own
        ends.vlans = {key: seen for key, seen in ends.vlans.items() if key[0] in known}
        for said in telling.evidence(self.sight, self.given, owners):
            yield replace(said, place=self._place(said.place))
        for row, slots in zip(self.meter.sensors, self._slots, strict=True):
            row[c.N_GAPS] = _gaps(slots)
        for covered in telling.coverage(self.sight, self.given, owners):
            yield replace(covered, vlans=(), networks=()) if covered.sensor in self.sampled else covered


def _named(end: End) -> End:
    """An end that has no address yet is known by its card, as in captures."""
    return end if any(end.address) or not is_card(end.card) else end._replace(address=end.card)


def _numbers(address: bytes) -> tuple[int, int, int]:
    """(family, high, low)."""
    if len(address) == 6:
        return 1, 0, int.from_bytes(address, "big")
    return 4 if len(address) == 4 else 6, *keys.numbers(address)


def _dissector(service: str) -> Dissector:
    """What stands for the module of a service that a sensor recognised."""
    return DISSECTORS.get(service) or Dissector(service, frozenset(), lambda _: False, lambda *_: iter(()))


def _gaps(slots: set[int]) -> int:
    """Silences of an hour and more."""
    known = sorted(slots)
    return sum(after - before > _SILENT for before, after in pairwise(known))


_ANSWERS = frozenset(((67, 68), (547, 546)))
"""Ports of servers and their clients where both are usual: DHCP (RFC 2131 section 4.1, RFC 8415 section 7.2)."""


def _from_one(record: Record, services: folding.Services) -> bool:
    """Whether `one` is the client: by the opening, a group, usual ports, else who spoke first; as in captures."""
    if record.opened or not is_host(record.other.address):
        return True
    if not is_host(record.one.address):
        return False
    usual = services.usual.get(record.protocol)
    if usual is None:
        return True
    if record.protocol == UDP and (record.one.port, record.other.port) in _ANSWERS:
        return False
    ours, theirs = usual[record.one.port] >= 0, usual[record.other.port] >= 0
    if ours != theirs:
        return bool(theirs)
    return record.protocol != TCP or record.other.port <= record.one.port


def _turned(record: Record) -> Record:
    """The same, told from the other end."""
    return record._replace(
        one=record.other,
        other=record.one,
        packets_out=record.packets_back,
        bytes_out=record.bytes_back,
        packets_back=record.packets_out,
        bytes_back=record.bytes_out,
        spoke_out=record.spoke_back,
        spoke_back=record.spoke_out,
    )


def _flags(record: Record) -> tuple[int, int]:
    """Flags of the half from one to other, and of the half back."""
    one, other = record.one, record.other
    near = _is_near(one, other)
    out = c.SPOKE if record.spoke_out else 0
    out |= c.NEAR if near or other.card == _EVERYBODY or other.address.startswith(_LINK_GROUPS) else 0
    out |= 0 if is_host(other.address) or other.address[0] == _LOOP else c.GROUP
    out |= c.OPENED if record.opened else 0
    out |= c.ACCEPTED if record.accepted else 0
    return out, (c.SPOKE if record.spoke_back else 0) | (c.NEAR if near else 0)


_LOOP = 127
_EVERYBODY = b"\xff" * 6
_LINK_GROUPS = (b"\xff" * 4, bytes((224, 0, 0)), b"\xff\x02")
"""Beginnings of addresses that no router passes on (RFC 919, RFC 5771 section 4, RFC 4291 section 2.7)."""


def _is_near(one: End, other: End) -> bool:
    """Whether both ends lie on the link that was watched: in one network, each with a card of its own."""
    if not (is_card(one.card) and is_card(other.card)) or one.card == other.card:
        return False
    if len(one.address) != len(other.address) or not (is_private(one.address) and is_private(other.address)):
        return False
    size = 3 if len(one.address) == 4 else 8
    return one.address[:size] == other.address[:size]


def _add(row: list[int], record: Record) -> None:
    """Adds a record to what is known of its conversation."""
    out, back = _flags(record)
    row[0] += record.packets_out
    row[1] += record.bytes_out
    row[2] += record.packets_back
    row[3] += record.bytes_back
    row[4] = min(row[4], record.first) if row[4] and record.first else row[4] or record.first
    row[5] = max(row[5], record.last)
    row[6] = min(row[6], record.place)
    row[7] |= out
    row[8] |= back


def _halves(talks: dict[tuple[Any, ...], list[int]], services: dict[str, Dissector]) -> tuple[Columns, dict[int, Talk]]:
    """Talks as halves, as `folding.fold` takes them, and what was recognised of them."""
    rows: list[list[int]] = []
    known: dict[int, Talk] = {}
    for (tag, card, back_card, one, other, protocol, port, service), row in talks.items():
        begun = len(rows)
        (family, *first), (families, *second) = _numbers(one), _numbers(other)
        key = (*first, *second, port, protocol << 8 | family << 4 | families)
        back = bool(row[2] or row[3])
        # What no end was told to have sent is the opener's.
        forth = bool(row[0] or row[1]) or not back
        if forth:
            rows.append(_half(key, tag, card, row[0:2], row[4:8], begun, 1))
        if back:
            flags = row[8] if forth else row[8] | row[7] & (c.OPENED | c.ACCEPTED)
            rows.append(_half(keys.turned(key), tag, back_card, row[2:4], [*row[4:7], flags], begun, -1))
        if forth and back:
            rows[begun][c.OTHER] = begun + 1
            rows[begun + 1][c.OTHER] = begun
        if service:
            talk = known[begun] = Talk(protocol, (0, port) if forth else (port, 0))
            talk.dissector, talk.opened, talk.caller = services[service], row[7] & c.OPENED > 0, 1 if forth else -1
    return np.array(rows, np.int64).reshape(-1, c.HALF), known


def _half(
    key: tuple[int, ...], tag: int, card: int, counts: list[int], seen: list[int], begun: int, caller: int
) -> list[int]:
    """One direction; counts: packets, bytes; seen: first, last, place, flags."""
    return [*key, tag, card, *counts, *seen[:3], -1, begun, -1, 0, 0, -1, caller, seen[3], -1]
