"""Talks become conversations: columns of the meter, and what was read of them -> sums by client, server and service.

A conversation is (sensor, VLAN, client, server, transport, server's port, service), whatever the client's port was.
Everything here is columns; rows of the meter's table come in, rows of `CONVERSATION` columns go out.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from hygie.facts import ports
from hygie.kernel import columns as c
from hygie.model.evidence import Trait
from hygie.sources.capture.ends import MANY, Ends
from hygie.sources.capture.grouping import Column, Groups, earliest, grouped
from hygie.sources.capture.keys import address, card_of, vlan_text
from hygie.sources.capture.metering import Columns
from hygie.sources.capture.talks import TCP, UDP, Talk, transport_name
from hygie.wire.codec.addresses import is_card

(
    TAG, CLIENT_CARD, CLIENT_HIGH, CLIENT_LOW, SERVER_CARD, SERVER_HIGH, SERVER_LOW, META, PORT, SERVICE, PLACE,
    PACKETS_OUT, BYTES_OUT, PACKETS_BACK, BYTES_BACK, FIRST, LAST, OPENED, STATE,
) = range(19)  # fmt: skip
CONVERSATION, FOLDED = 18, 19
"""Columns of a conversation; of a talk that becomes one, STATE beside them."""
KEYS = PLACE
"""Columns before this one are the key."""
_SPOKE, _BOTH_SPOKE, _SERVER_SPOKE, _ACCEPTED, _ONE_SERVER, _DISSECTED = 1, 2, 4, 8, 16, 32
"""Bits of STATE. ONE_SERVER: what answers is a machine that was seen; DISSECTED: the service is known by content."""
PIECE = 1 << 16
"""Rows that are looked at at once."""
Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]


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


def summed(rows: Columns) -> Columns:
    """Conversations, those with equal keys added up."""
    made: Columns = rows.copy()
    return made[: add_up(made)]


def add_up(rows: Columns) -> int:
    """Adds up conversations with equal keys, in place: how many rows at the beginning hold them now."""
    if not len(rows):
        return 0
    groups = Groups(rows[:, :KEYS])
    count = len(groups.heads)
    rows[:count, PLACE] = groups.least(rows[:, PLACE])
    for column in (PACKETS_OUT, BYTES_OUT, PACKETS_BACK, BYTES_BACK):
        rows[:count, column] = groups.sums(rows[:, column])
    rows[:count, FIRST] = groups.begins(rows[:, FIRST])
    rows[:count, LAST] = groups.greatest(rows[:, LAST])
    rows[:count, OPENED] = groups.bits(rows[:, OPENED])
    for column in range(KEYS):
        rows[:count, column] = rows[groups.heads, column]
    return count


class _Heard(NamedTuple):
    """What was read of talks, by the row of the half that began each; ascending."""

    rows: Column
    caller: Column
    opened: Column
    service: Column
    """Number; -1 none."""


class _Talks(NamedTuple):
    """Some talks as columns."""

    forth: Columns
    """Halves that began them."""
    back: Columns
    """Their other halves; where there is none, the first row of the table."""
    answered: Truths
    """There is another half."""
    caller: Column
    opened: Truths
    service: Column
    """Number of the service that was recognised; -1 none."""


def fold(
    rows: Columns, known: Mapping[int, Talk], services: Services, ends: Ends, members: Column | None = None
) -> Columns:
    """Conversations of talks; tells `ends` which ports answered, what was readable, and who was seen when.

    rows: the meter's halves, n x HALF; known: row of the half that began a talk -> what was read; members: rows that
    are folded, ascending, every talk whole; None all. Some rows are looked at at once: the table is large.
    """
    members = np.arange(len(rows)) if members is None else members
    begun = members[rows[members, c.TALK] == members]
    if not len(begun):
        return np.zeros((0, CONVERSATION), np.int64)
    for part in _parts(members):
        _present(rows[part], ends)
    heard = _heard(known, services)
    made: Columns = np.zeros((len(begun), FOLDED), np.int64)
    for at, part in enumerate(_parts(begun)):
        talks = _talks(rows, part, heard)
        made[at * PIECE : at * PIECE + len(part)] = _conversations(talks, _calls_forth(talks, services))
    _inherit(made)
    made[:, STATE] |= np.where(made[:, SERVICE] >= 0, _DISSECTED, 0)
    _name(made, services)
    _tell(made, services, ends)
    return made[: add_up(made), :CONVERSATION]


def _parts(rows: Column) -> Iterator[Column]:
    """Some at once."""
    return (rows[begin : begin + PIECE] for begin in range(0, len(rows), PIECE))


def _heard(known: Mapping[int, Talk], services: Services) -> _Heard:
    rows = sorted(known)
    talks = [known[row] for row in rows]
    numbers = [services.number(talk.dissector.service) if talk.dissector else -1 for talk in talks]
    columns = (rows, [talk.caller for talk in talks], [talk.opened for talk in talks], numbers)
    return _Heard(*(np.array(column, np.int64) for column in columns))


def _talks(rows: Columns, begun: Column, heard: _Heard) -> _Talks:
    """The talks that these halves began."""
    forth = rows[begun]
    others = forth[:, c.OTHER]
    back = rows[np.maximum(others, 0)]
    caller, opened = forth[:, c.CALLER].copy(), forth[:, c.FLAGS] & c.OPENED > 0
    service = np.full(len(begun), -1, np.int64)
    if len(heard.rows):
        at = np.minimum(np.searchsorted(heard.rows, begun), len(heard.rows) - 1)
        read = heard.rows[at] == begun
        caller = np.where(read & (caller == 0), heard.caller[at], caller)
        opened = opened | (read & (heard.opened[at] > 0))
        service = np.where(read, heard.service[at], service)
    return _Talks(forth, back, others >= 0, caller, opened, service)


def _calls_forth(talks: _Talks, services: Services) -> Truths:
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


def _conversations(talks: _Talks, forth: Truths) -> Columns:
    """One row a talk, n x FOLDED. forth: the source is the client."""
    a, b, there = talks.forth, talks.back, talks.answered
    made = np.zeros((len(a), FOLDED), np.int64)
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
    made[:, STATE] = _state(talks, forth)
    return made


def _state(talks: _Talks, forth: Truths) -> Column:
    """Bits of what a talk's halves tell of it."""
    flags, other = talks.forth[:, c.FLAGS], np.where(talks.answered, talks.back[:, c.FLAGS], 0)
    state = np.zeros(len(flags), np.int64)
    for bit, holds in (
        (_SPOKE, (flags | other) & c.SPOKE),
        (_BOTH_SPOKE, flags & other & c.SPOKE),
        (_SERVER_SPOKE, np.where(forth, other, flags) & c.SPOKE),
        (_ACCEPTED, flags & c.ACCEPTED),
        (_ONE_SERVER, np.where(forth, talks.answered, True) & (flags & c.GROUP == 0)),
    ):
        state |= np.where(holds > 0, bit, 0)
    return state


def _inherit(made: Columns) -> None:
    """Talks of which nothing new was to be read have the service of those between the same ends, or of that port."""
    silent = (made[:, SERVICE] < 0) & (made[:, STATE] & _SPOKE > 0)
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


def _tell(made: Columns, services: Services, ends: Ends) -> None:
    """Which ports are sure to answer, and what travelled readable."""
    protocol, state = made[:, META] >> 8, made[:, STATE]
    carried = (protocol == TCP) | (protocol == UDP)
    dissected = state & _DISSECTED > 0
    accepted = (protocol == TCP) & (state & _ACCEPTED > 0)
    asked = (state & _SERVER_SPOKE > 0) & dissected & (made[:, OPENED] > 0)
    answered = carried & (state & _ONE_SERVER > 0) & (accepted | asked)
    clear = np.array([name.rstrip("?") in ports.CLEARTEXT for name in services.names])[made[:, SERVICE]]
    readable = carried & clear & (dissected | ((state & _BOTH_SPOKE > 0) & (protocol == TCP)))
    server = (SERVER_CARD, SERVER_HIGH, SERVER_LOW, META, PORT, SERVICE)
    client = (CLIENT_CARD, CLIENT_HIGH, CLIENT_LOW, META, PORT, SERVICE)
    for chosen, ends_of, trait, sure, unsure in (
        (answered, server, Trait.SERVICE, 1.0, 0.6),
        (readable, server, Trait.CLEARTEXT, 1.0, 0.5),
        (readable & dissected, client, Trait.CLEARTEXT, 1.0, 0.5),
    ):
        for row, first, last in _stated(made, np.flatnonzero(chosen), ends_of):
            card, high, low, meta, port, service, known, place = row
            family = (meta & 15) if ends_of is server else (meta >> 4 & 15)
            name = services.names[service]
            text = f"{transport_name(meta >> 8)}/{port} {name}".rstrip() if trait is Trait.SERVICE else name.rstrip("?")
            what = (card_of(card), address(family, high, low), trait, text, "talk")
            for time in (first, last):
                ends.say(what, sure if known else unsure, place, time)


def _stated(made: Columns, chosen: Column, ends_of: tuple[int, ...]) -> Iterator[tuple[list[int], int, int]]:
    """(end, meta, port, service, by content, first packet), first and last time: one of each."""
    if not len(chosen):
        return
    keys: Columns = np.empty((len(chosen), len(ends_of) + 1), np.int64)
    for at, column in enumerate(ends_of):
        keys[:, at] = made[chosen, column]
    keys[:, -1] = made[chosen, STATE] & _DISSECTED > 0
    groups = Groups(keys)
    table = np.column_stack((keys[groups.heads], groups.least(made[chosen, PLACE])))
    times = np.column_stack((groups.begins(made[chosen, FIRST]), groups.greatest(made[chosen, LAST])))
    order = np.argsort(table[:, -1], kind="stable")
    for row, (start, stop) in zip(table[order].tolist(), times[order].tolist(), strict=True):
        yield row, start, stop


def _present(rows: Columns, ends: Ends) -> None:
    """Which cards sent with which address and in which VLAN, and when."""
    family = rows[:, c.META] >> 4 & 15
    sent = rows[(family != 1) & (rows[:, c.META] < c.BARE)]
    keys, seen = _seen(sent, (c.CARD, c.A_HIGH, c.A_LOW, c.META), c.META, 0xF0)
    keys[:, 3] >>= 4
    hosts = are_hosts(keys[:, 3], keys[:, 1], keys[:, 2])
    near, sensors = seen[:, 1] & c.NEAR, seen[:, 1] >> 8
    ends.pairs.add(np.column_stack((keys, seen[:, 0], seen[:, 2:], near, sensors))[hosts])
    tagged = rows[(rows[:, c.TAG] & _VLANS != 0) & (rows[:, c.CARD] != 0)]
    keys, seen = _seen(tagged, (c.CARD, c.TAG), c.TAG, _VLANS)
    for (card, vlan), (place, _, first, last) in zip(keys.tolist(), seen.tolist(), strict=True):
        if is_card(card_of(card)):
            ends.tagged(card_of(card), vlan_text(vlan), place, first, last)


_VLANS = (1 << 48) - 1


def are_hosts(family: Column, high: Column, low: Column) -> Truths:
    """Of each address whether it is one machine's: `is_host` for columns."""
    first = low >> 24 & 0xFF
    four = (first > 0) & (first < 224) & (first != 127)
    six = (high >> 56 & 0xFF != 0xFF) & ((high != 0) | (low & ~0xFF != 0))
    return np.asarray(np.where(family == 4, four, (family == 6) & six))


def _seen(rows: Columns, chosen: tuple[int, ...], masked: int, mask: int) -> tuple[Columns, Columns]:
    """Keys, and (first packet, flags and interfaces, first, last) of rows with equal keys, by first packet."""
    keys: Columns = rows[:, np.array(chosen)]
    keys[:, chosen.index(masked)] &= mask
    if not len(rows):
        return keys, np.zeros((0, 4), np.int64)
    groups = Groups(keys)
    interfaces = np.left_shift(1, np.minimum(rows[:, c.TAG] >> 48, MANY)) << 8
    bits, place = groups.bits(rows[:, c.FLAGS] | interfaces), groups.least(rows[:, c.PLACE])
    seen = np.column_stack((place, bits, groups.begins(rows[:, c.FIRST]), groups.greatest(rows[:, c.LAST])))
    order = np.argsort(place, kind="stable")
    return keys[groups.heads][order], seen[order]
