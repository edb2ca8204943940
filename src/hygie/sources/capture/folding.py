"""Talks become conversations: columns of the meter, and what was read of them -> sums by client, server and service.

A conversation is (sensor, VLAN, client, server, transport, server's port, service), whatever the client's port was.
Everything here is columns; rows of the meter's table come in, rows of `CONVERSATION` columns go out.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from hygie.facts import ports
from hygie.kernel import columns as c
from hygie.model.evidence import Trait
from hygie.sources.capture.ends import Ends
from hygie.sources.capture.keys import address, card_of, vlan_text
from hygie.sources.capture.metering import Columns
from hygie.sources.capture.talks import TCP, UDP, Talk, transport_name
from hygie.wire.codec.addresses import is_card, is_host

Column = np.ndarray[tuple[int], np.dtype[np.int64]]
(
    TAG, CLIENT_CARD, CLIENT_HIGH, CLIENT_LOW, SERVER_CARD, SERVER_HIGH, SERVER_LOW, META, PORT, SERVICE, PLACE,
    PACKETS_OUT, BYTES_OUT, PACKETS_BACK, BYTES_BACK, FIRST, LAST, OPENED,
) = range(18)  # fmt: skip
CONVERSATION = 18
KEYS = PLACE
"""Columns before this one are the key."""
_NEVER = np.iinfo(np.int64).max


class Services:
    """Names of services by number."""

    __slots__ = ("_numbers", "names", "usual")

    def __init__(self) -> None:
        numbers, self.usual = _usual_services()
        """Transport -> number of the usual service of each port, with "?"; -1 none."""
        self.names = list(numbers)
        self._numbers = dict(numbers)

    def number(self, name: str) -> int:
        """Number of a name."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = len(self.names)
            self.names.append(name)
        return found


@cache
def _usual_services() -> tuple[dict[str, int], dict[int, Column]]:
    """(number of each name, transport -> number by port): made once, for all captures."""
    numbers: dict[str, int] = {}
    tables: dict[int, Column] = {}
    for number, transport in ((TCP, "tcp"), (UDP, "udp")):
        usual = (ports.name(transport, port) for port in range(65_536))
        tables[number] = np.array(
            [numbers.setdefault(name + "?", len(numbers)) if name else -1 for name in usual], np.int64
        )
    return numbers, tables


def grouped(rows: Columns) -> tuple[Column, int]:
    """(number of each row's group, groups): equal rows have one, in the order in which they first come."""
    if len(rows) > _MANY:
        from hygie.kernel.compiled import HERE

        if HERE:
            from hygie.kernel.hashing import group

            size = 1 << (2 * len(rows)).bit_length()
            groups = np.empty(len(rows), np.int64)
            return groups, int(group(np.ascontiguousarray(rows), np.full(size, -1, np.int32), groups))
    numbers: dict[tuple[int, ...], int] = {}
    found = [numbers.setdefault(tuple(row), len(numbers)) for row in rows.tolist()]
    return np.array(found, np.int64), len(numbers)


_MANY = 20_000
"""Rows from which compiled code is worth its start."""


class Groups:
    """Rows by group: sums, least and greatest of columns."""

    __slots__ = ("_order", "_starts", "heads")

    def __init__(self, keys: Columns) -> None:
        groups, _ = grouped(keys)
        self._order = np.argsort(groups, kind="stable")
        self._starts = np.flatnonzero(np.diff(groups[self._order], prepend=-1))
        self.heads: Column = self._order[self._starts]
        """First row of each group."""

    def sums(self, values: Column) -> Column:
        """Sum of each group."""
        return np.asarray(np.add.reduceat(values[self._order], self._starts) if len(values) else values)

    def least(self, values: Column) -> Column:
        """Least of each group."""
        return np.asarray(np.minimum.reduceat(values[self._order], self._starts) if len(values) else values)

    def greatest(self, values: Column) -> Column:
        """Greatest of each group."""
        return np.asarray(np.maximum.reduceat(values[self._order], self._starts) if len(values) else values)

    def bits(self, values: Column) -> Column:
        """Bits that are set somewhere in each group."""
        return np.asarray(np.bitwise_or.reduceat(values[self._order], self._starts) if len(values) else values)


def earliest(first: Column, second: Column) -> Column:
    """The lesser of two times, 0 standing for none."""
    least = np.minimum(np.where(first == 0, _NEVER, first), np.where(second == 0, _NEVER, second))
    return np.where(least == _NEVER, 0, least)


def summed(rows: Columns) -> Columns:
    """Conversations, those with equal keys added up."""
    if not len(rows):
        return rows
    groups = Groups(rows[:, :KEYS])
    made = rows[groups.heads]
    made[:, PLACE] = groups.least(rows[:, PLACE])
    for column in (PACKETS_OUT, BYTES_OUT, PACKETS_BACK, BYTES_BACK):
        made[:, column] = groups.sums(rows[:, column])
    first = groups.least(np.where(rows[:, FIRST] == 0, _NEVER, rows[:, FIRST]))
    made[:, FIRST] = np.where(first == _NEVER, 0, first)
    made[:, LAST] = groups.greatest(rows[:, LAST])
    made[:, OPENED] = groups.bits(rows[:, OPENED])
    return made


class _Talks(NamedTuple):
    """Talks as columns."""

    forth: Columns
    """Halves that began them."""
    back: Columns
    """Their other halves; where there is none, the first row of the table."""
    answered: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    """There is another half."""
    caller: Column
    opened: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    service: Column
    """Number of the service that was recognised; -1 none."""


def fold(rows: Columns, known: dict[int, Talk], services: Services, ends: Ends) -> Columns:
    """Conversations of talks; tells `ends` which ports answered, what was readable, and who was seen when.

    rows: the meter's halves, n x HALF, every talk whole; known: row of the half that began a talk -> what was read.
    """
    if not len(rows):
        return np.zeros((0, CONVERSATION), np.int64)
    _present(rows, ends)
    talks = _talks(rows, known, services)
    forth = _calls_forth(talks, services)
    made = _conversations(talks, forth, services)
    _tell(talks, forth, made, services, ends)
    return summed(made)


def _talks(rows: Columns, known: dict[int, Talk], services: Services) -> _Talks:
    begun = np.flatnonzero(rows[:, c.TALK] == np.arange(len(rows)))
    others = rows[begun, c.OTHER]
    forth, back = rows[begun], rows[np.maximum(others, 0)]
    caller, opened = forth[:, c.CALLER].copy(), forth[:, c.FLAGS] & c.OPENED > 0
    service = np.full(len(begun), -1, np.int64)
    places = np.full(len(rows), -1, np.int64)
    places[begun] = np.arange(len(begun))
    for row, talk in known.items():
        at = places[row]
        if not caller[at]:
            caller[at] = talk.caller
        opened[at] |= talk.opened
        if talk.dissector:
            service[at] = services.number(talk.dissector.service)
    return _Talks(forth, back, others >= 0, caller, opened, service)


def _calls_forth(talks: _Talks, services: Services) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Whether the source of a talk is its client: by opening, content, usual ports, or who spoke first."""
    forth = talks.forth
    protocol, source, target = forth[:, c.META] >> 8, forth[:, c.PORTS] >> 16 & 0xFFFF, forth[:, c.PORTS] & 0xFFFF
    ours, theirs = (_usual(protocol, port, services) >= 0 for port in (source, target))
    smaller = (target < source) | (source == target) | (protocol != TCP)
    by_ports = np.where(ours != theirs, theirs, smaller)
    group = forth[:, c.FLAGS] & c.GROUP > 0
    return np.asarray(group | np.where(talks.caller != 0, talks.caller > 0, by_ports))


def _usual(protocol: Column, port: Column, services: Services) -> Column:
    """Number of the usual service of each port; -1 none."""
    found = np.full(len(port), -1, np.int64)
    for number, table in services.usual.items():
        found = np.where(protocol == number, table[port], found)
    return found


def _conversations(talks: _Talks, forth: "np.ndarray[tuple[int], np.dtype[np.bool_]]", services: Services) -> Columns:
    """One row a talk."""
    a, b, there = talks.forth, talks.back, talks.answered
    made = np.zeros((len(a), CONVERSATION), np.int64)
    other_card = np.where(there, b[:, c.CARD], 0)
    packets, size = np.where(there, b[:, c.PACKETS], 0), np.where(there, b[:, c.BYTES], 0)
    made[:, TAG] = a[:, c.TAG]
    made[:, CLIENT_CARD] = np.where(forth, a[:, c.CARD], other_card)
    made[:, SERVER_CARD] = np.where(forth, other_card, a[:, c.CARD])
    for client, server, one, two in (
        (CLIENT_HIGH, SERVER_HIGH, c.A_HIGH, c.B_HIGH),
        (CLIENT_LOW, SERVER_LOW, c.A_LOW, c.B_LOW),
    ):
        made[:, client] = np.where(forth, a[:, one], a[:, two])
        made[:, server] = np.where(forth, a[:, two], a[:, one])
    families = a[:, c.META] & 0xFF
    turned = (families & 15) << 4 | families >> 4
    made[:, META] = a[:, c.META] & ~0xFF | np.where(forth, families, turned)
    made[:, PORT] = np.where(forth, a[:, c.PORTS] & 0xFFFF, a[:, c.PORTS] >> 16 & 0xFFFF)
    made[:, PLACE] = a[:, c.PLACE]
    made[:, PACKETS_OUT], made[:, PACKETS_BACK] = (
        np.where(forth, a[:, c.PACKETS], packets),
        np.where(forth, packets, a[:, c.PACKETS]),
    )
    made[:, BYTES_OUT], made[:, BYTES_BACK] = (
        np.where(forth, a[:, c.BYTES], size),
        np.where(forth, size, a[:, c.BYTES]),
    )
    made[:, FIRST] = np.where(there, earliest(a[:, c.FIRST], b[:, c.FIRST]), a[:, c.FIRST])
    made[:, LAST] = np.where(there, np.maximum(a[:, c.LAST], b[:, c.LAST]), a[:, c.LAST])
    made[:, OPENED] = talks.opened
    made[:, SERVICE] = talks.service
    _inherit(talks, made)
    _name(made, services)
    return made


def _inherit(talks: _Talks, made: Columns) -> None:
    """Talks of which nothing new was to be read have the service of those between the same ends, or of that port."""
    spoke = talks.forth[:, c.FLAGS] | np.where(talks.answered, talks.back[:, c.FLAGS], 0)
    silent = (made[:, SERVICE] < 0) & (spoke & c.SPOKE > 0)
    read = made[:, SERVICE] >= 0
    if not silent.any() or not read.any():
        return
    places = np.flatnonzero(read)
    # The last assignment stays: that of the talk that came first.
    places = places[np.argsort(-made[places, PLACE], kind="stable")]
    for ends in ((CLIENT_HIGH, CLIENT_LOW, SERVER_HIGH, SERVER_LOW, META, PORT), (SERVER_HIGH, SERVER_LOW, META, PORT)):
        groups, count = grouped(made[:, np.array(ends)])
        service = np.full(count, -1, np.int64)
        service[groups[places]] = made[places, SERVICE]
        chosen = silent & (made[:, SERVICE] < 0)
        made[chosen, SERVICE] = service[groups[chosen]]
    talks.service[silent] = made[silent, SERVICE]


def _name(made: Columns, services: Services) -> None:
    """Where content told nothing: the port's usual service with "?", else the transport, else the type."""
    protocol = made[:, META] >> 8
    unknown = made[:, SERVICE] < 0
    made[unknown, SERVICE] = _usual(protocol, made[:, PORT], services)[unknown]
    bare = services.number("")
    made[:, SERVICE] = np.where(
        (made[:, SERVICE] < 0) & ((protocol == TCP) | (protocol == UDP)), bare, made[:, SERVICE]
    )
    for number in np.unique(protocol[made[:, SERVICE] < 0]).tolist():
        made[(protocol == number) & (made[:, SERVICE] < 0), SERVICE] = services.number(_plain_name(number))


def _plain_name(protocol: int) -> str:
    """The service of what has no ports."""
    kind = protocol - 65_536
    if kind < 0:
        return transport_name(protocol)
    return ports.name("ethernet", kind) or f"{'type' if kind >= 1536 else 'llc'} 0x{kind:04x}"


def _tell(
    talks: _Talks,
    forth: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    made: Columns,
    services: Services,
    ends: Ends,
) -> None:
    """Which ports are sure to answer, and what travelled readable."""
    protocol = made[:, META] >> 8
    carried = (protocol == TCP) | (protocol == UDP)
    there = np.where(forth, talks.answered, True)
    flags, other = talks.forth[:, c.FLAGS], np.where(talks.answered, talks.back[:, c.FLAGS], 0)
    server_spoke = np.where(forth, other, flags) & c.SPOKE > 0
    both_spoke = flags & other & c.SPOKE > 0
    dissected = talks.service >= 0
    accepted = (protocol == TCP) & (flags & c.ACCEPTED > 0)
    answered = carried & there & (flags & c.GROUP == 0) & (accepted | (server_spoke & dissected & talks.opened))
    clear = np.array([name.rstrip("?") in ports.CLEARTEXT for name in services.names])[made[:, SERVICE]]
    readable = carried & clear & (dissected | (both_spoke & (protocol == TCP)))
    server = (SERVER_CARD, SERVER_HIGH, SERVER_LOW, META, PORT, SERVICE)
    client = (CLIENT_CARD, CLIENT_HIGH, CLIENT_LOW, META, PORT, SERVICE)
    for chosen, ends_of, trait, sure, unsure in (
        (answered, server, Trait.SERVICE, 1.0, 0.6),
        (readable, server, Trait.CLEARTEXT, 1.0, 0.5),
        (readable & dissected, client, Trait.CLEARTEXT, 1.0, 0.5),
    ):
        for row, first, last in _stated(made[chosen], dissected[chosen], ends_of):
            card, high, low, meta, port, service, known, place = row
            family = (meta & 15) if ends_of is server else (meta >> 4 & 15)
            name = services.names[service]
            text = f"{transport_name(meta >> 8)}/{port} {name}".rstrip() if trait is Trait.SERVICE else name.rstrip("?")
            what = (card_of(card), address(family, high, low), trait, text, "talk")
            for time in (first, last):
                ends.say(what, sure if known else unsure, place, time)


def _stated(
    rows: Columns, known: "np.ndarray[tuple[int], np.dtype[np.bool_]]", ends_of: tuple[int, ...]
) -> Iterator[tuple[list[int], int, int]]:
    """(end, meta, port, service, by content, first packet), first and last time: one of each."""
    if not len(rows):
        return
    keys: Columns = np.column_stack((rows[:, np.array(ends_of)], known)).astype(np.int64)
    groups = Groups(keys)
    first = groups.least(np.where(rows[:, FIRST] == 0, _NEVER, rows[:, FIRST]))
    table = np.column_stack((keys[groups.heads], groups.least(rows[:, PLACE])))
    times = np.column_stack((np.where(first == _NEVER, 0, first), groups.greatest(rows[:, LAST])))
    order = np.argsort(table[:, -1], kind="stable")
    for row, (start, stop) in zip(table[order].tolist(), times[order].tolist(), strict=True):
        yield row, start, stop


def _present(rows: Columns, ends: Ends) -> None:
    """Which cards sent with which address and in which VLAN, and when."""
    family = rows[:, c.META] >> 4 & 15
    sent = rows[(family != 1) & (rows[:, c.META] < c.BARE)]
    for row, bits, first, last, place in _seen(sent, (c.CARD, c.A_HIGH, c.A_LOW, c.META), c.META, 0xF0):
        sender = address(row[3] >> 4, row[1], row[2])
        if is_host(sender):
            ends.sent(card_of(row[0]), sender, bool(bits & c.NEAR), bits >> 8, place, first, last)
    tagged = rows[(rows[:, c.TAG] & _VLANS != 0) & (rows[:, c.CARD] != 0)]
    for row, _, first, last, place in _seen(tagged, (c.CARD, c.TAG), c.TAG, _VLANS):
        if is_card(card_of(row[0])):
            ends.tagged(card_of(row[0]), vlan_text(row[1]), place, first, last)


_VLANS = (1 << 48) - 1


def _seen(
    rows: Columns, chosen: tuple[int, ...], masked: int, mask: int
) -> Iterator[tuple[list[int], int, int, int, int]]:
    """(key, flags and interfaces, first, last, first packet) of rows with equal keys, by first packet."""
    if not len(rows):
        return
    keys: Columns = rows[:, np.array(chosen)]
    keys[:, chosen.index(masked)] &= mask
    groups = Groups(keys)
    interfaces = np.left_shift(1, np.minimum(rows[:, c.TAG] >> 48, 54)) << 8
    bits, place = groups.bits(rows[:, c.FLAGS] | interfaces), groups.least(rows[:, c.PLACE])
    first = groups.least(np.where(rows[:, c.FIRST] == 0, _NEVER, rows[:, c.FIRST]))
    last = groups.greatest(rows[:, c.LAST])
    times = np.column_stack((bits, np.where(first == _NEVER, 0, first), last, place))
    order = np.argsort(place, kind="stable")
    for row, (flags, begin, end, number) in zip(keys[groups.heads][order].tolist(), times[order].tolist(), strict=True):
        yield row, flags, begin, end, number
