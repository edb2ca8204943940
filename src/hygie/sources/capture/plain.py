"""The pass over frames in plain Python: who talks to whom, how much, and which packets are worth reading.

It is the oracle of `kernel.flows`, takes its place where numba is missing, and is quicker to start for small captures.
Columns and limits are those of `kernel.columns`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hygie.kernel import columns as c
from hygie.sources.capture import keys, layers, metering
from hygie.sources.capture.ends import FIRST_HOPS
from hygie.sources.capture.fragments import Fragments, Left, Whole
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.layers import Link, Packet
from hygie.sources.capture.metering import Columns, Event, Metered, Relieve, Rooms
from hygie.sources.capture.tunnels import SealedError
from hygie.wire.codec.addresses import is_host

_TCP, _UDP, _ICMP, _ICMP6, _SYN, _ACK = 6, 17, 1, 58, 2, 16
Key = tuple[int, ...]
"""A_HIGH to META of a half."""
Half = list[int]


class _Seen(NamedTuple):
    """A frame and what its headers say."""

    frame: Frame
    link: Link
    data: bytes
    source: int
    """Card of the sender, with THERE; 0 not recorded."""
    target: int
    tag: int
    packets: int
    """Frames that it came in."""


class Plain:
    """The tables as lists and dictionaries."""

    __slots__ = (
        "_calls",
        "_channels",
        "_fragments",
        "_said",
        "_tagged",
        "counts",
        "halves",
        "interfaces",
        "rooms",
        "sensors",
        "tags",
        "times",
    )

    def __init__(self, interfaces: list[Interface], rooms: Rooms) -> None:
        self.interfaces = interfaces
        self.rooms = rooms
        self.halves: list[Half] = []
        self.counts = [0] * c.COUNTS
        self.sensors: list[list[int]] = []
        self.tags: dict[tuple[int, int], None] = {}
        self.times: list[int] = []
        """Of each thing said, when it was last said."""
        self._fragments = Fragments()
        self._tagged: dict[tuple[int, Key], int] = {}
        self._calls: dict[Key, int] = {}
        self._channels: dict[int, int] = {}
        self._said: dict[int, int] = {}

    def metered(self) -> Metered:
        """The counts as columns."""
        return Metered(
            np.array(self.sensors, np.int64).reshape(-1, c.SENSOR),
            np.array(self.counts, np.int64),
            list(self.tags),
        )

    def halves_so_far(self) -> Columns:
        """The halves that live."""
        return np.array(self.halves, np.int64).reshape(-1, c.HALF)

    def half(self, row: int) -> list[int]:
        """One of them."""
        return self.halves[row]

    def hush(self, row: int, turn: int, until: int) -> None:
        """Nothing more is to be read of this round of a half; until: not before this sequence number, -1 never."""
        if self.halves[row][c.ROUND] == turn:
            self.halves[row][c.UNTIL] = until
            self.halves[row][c.FLAGS] |= c.QUIET if until < 0 else 0

    def word_times(self) -> list[int]:
        """When each thing was last said, by number."""
        return self.times

    def close(self) -> None:
        """Gives the memory of the tables back; the counts stay."""
        self.halves, self.times = [], []
        self._tagged, self._calls, self._channels, self._said = {}, {}, {}, {}

    def clear_words(self) -> None:
        """Forgets what was said."""
        self.times = []
        self._said = {}

    def clear_channels(self) -> None:
        """Forgets how often each pair talked."""
        self._channels = {}

    def keep(self, halves: Columns) -> None:
        """Goes on with these halves only."""
        self.halves = [[int(value) for value in row] for row in halves.tolist()]
        self._tagged = {(row[c.TAG], tuple(row[: c.TAG])): at for at, row in enumerate(self.halves)}
        begun = (at for at, row in enumerate(self.halves) if row[c.TALK] == at and row[c.META] < c.BARE)
        self._calls = {tuple(self.halves[at][: c.TAG]): at for at in begun}

    def take(self, frame: Frame, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Counts a frame; gives it where it is worth reading."""
        self._make_room(relieve)
        sensor = self._see(frame)
        if frame.size > len(frame.data):
            self._odd(c.SNAPPED, frame.number)
        link = self.interfaces[frame.interface].link
        if link in layers.LINKS:
            yield from self._take([Whole(frame, link, 0)], relieve)
        else:
            sensor[c.N_UNREAD] += 1
            sensor[c.N_LINK] += 1

    def rest(self, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Takes in what is left of packets of which not all fragments came."""
        return self._take(self._fragments.rest()[::-1], relieve)

    def _make_room(self, relieve: Relieve) -> None:
        rooms = self.rooms
        if len(self.halves) >= rooms.halves or len(self._channels) >= rooms.channels or len(self.times) >= rooms.words:
            relieve(len(self.halves), len(self._channels), len(self.times))

    def _take(self, todo: list[Whole | Left], relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Takes in a frame, or what fragments gave, the next one last; gives what is worth reading."""
        while todo:
            item = todo.pop()
            if isinstance(item, Left):
                self._odd(c.FRAGMENTS, item.number, item.packets)
                continue
            if item.packets:
                self._make_room(relieve)
            try:
                found = self._decode(item)
            except SealedError:
                self._odd(c.SEALED, item.frame.number)
            except ValueError:
                self.sensors[item.frame.interface][c.N_UNREAD] += 1
                self._odd(c.UNDECODED, item.frame.number)
            else:
                if isinstance(found, list):
                    todo += found[::-1]
                elif found:
                    yield found

    def _decode(self, item: Whole) -> tuple[Event, bytes] | list[Whole | Left] | None:
        """Looks at a frame's headers: what is worth reading, or what a fragment gives.

        Raises ValueError where they do not hold, SealedError for an encrypted tunnel.
        """
        frame = item.frame
        found = layers.decode(item.link, frame.data)
        if found is None:
            raise ValueError("no header that holds")
        link, packet, data = found
        tag = keys.packed(link.vlan)
        if tag and len(self.tags) < metering.MOST_TAGS:
            self.tags.setdefault((frame.interface, tag))
        if packet is not None and packet.fragment:
            return self._fragments.take(item, link, packet, data)
        cards = keys.card(link.source), keys.card(link.target)
        seen = _Seen(frame, link, data, *cards, frame.interface << 48 | tag, item.packets or 1)
        if packet is None:
            return self._other(seen)
        if packet.protocol in (_TCP, _UDP) and packet.start + (20 if packet.protocol == _TCP else 8) > packet.stop:
            raise ValueError("a transport header cut short")
        return self._packet(seen, packet)

    def _see(self, frame: Frame) -> list[int]:
        """Counts a frame for its interface."""
        while len(self.sensors) <= frame.interface:
            self.sensors.append([0] * c.SENSOR)
        row = self.sensors[frame.interface]
        row[c.N_PACKETS] += 1
        row[c.N_BYTES] += frame.size
        if frame.time:
            last = row[c.N_LAST]
            if last and frame.time - last > c.SILENCE:
                row[c.N_GAPS] += 1
            if not row[c.N_FIRST] or frame.time < row[c.N_FIRST]:
                row[c.N_FIRST] = frame.time
            row[c.N_LAST] = max(last, frame.time)
        return row

    def _odd(self, what: int, number: int, count: int = 1) -> None:
        """Counts an oddity; its first packet is kept."""
        self.counts[what] += count
        self.counts[what + 4] = self.counts[what + 4] or number

    def _tick(self, channel: object) -> int:
        """How often a channel was met before; counts it."""
        key = hash(channel)
        before = self._channels.get(key, 0)
        self._channels[key] = before + 1
        return before

    def _word(self, said: object, time: int) -> int:
        """Number of something said; -1 where it was said before."""
        key = hash(said)
        number = self._said.get(key)
        if number is not None:
            self.times[number] = max(self.times[number], time)
            return -1
        self._said[key] = len(self.times)
        self.times.append(time)
        return len(self.times) - 1

    def _meet(self, key: Key, seen: _Seen) -> int:
        """A direction that was not seen before: of a talk that the other end began, or of a new one."""
        half = len(self.halves)
        row = [*key, seen.tag, seen.source, 0, 0, seen.frame.time, seen.frame.time, seen.frame.number]
        row += [-1, half, -1, 0, 0, -1, 0, 0, -1]
        self.halves.append(row)
        back = keys.turned(key)
        bare = key[c.META] >= c.BARE
        other = self._tagged.get((seen.tag, back))
        if other is None and not bare:
            # A tap has one interface a direction, and a mirror of what enters shows each end in its own VLAN.
            other = self._calls.get(back)
        self._tagged[seen.tag, key] = half
        if other is not None and self.halves[other][c.OTHER] < 0:
            self.halves[other][c.OTHER] = half
            row[c.OTHER] = row[c.TALK] = other
        elif not bare:
            self._calls[key] = half
        return half

    def _packet(self, seen: _Seen, packet: Packet) -> tuple[Event, bytes] | None:
        """IPv4 and IPv6: finds the half, counts, and looks at the payload."""
        data, start, protocol = seen.data, packet.start, packet.protocol
        ports = int.from_bytes(data[start : start + 4], "big") if protocol in (_TCP, _UDP) else 0
        family = 4 if len(packet.source) == 4 else 6
        first, high, low = family, *keys.numbers(packet.source)
        if not any(packet.source) and seen.source:
            first, low = 1, seen.source & ~c.THERE
        key = (high, low, *keys.numbers(packet.target), ports, protocol << 8 | first << 4 | family)
        half = self._tagged.get((seen.tag, key))
        if half is None:
            half = self._meet(key, seen)
            self._traits(half, packet, seen)
        row = self.halves[half]
        _add(row, seen)
        if protocol == _TCP:
            return self._segment(half, row, packet, seen)
        if protocol == _UDP:
            return self._datagram(half, row, packet, seen)
        if protocol in (_ICMP, _ICMP6):
            return self._control(half, row, packet, seen)
        return None

    def _traits(self, half: int, packet: Packet, seen: _Seen) -> None:
        """What the first packet of a direction tells: whether its sender is near, whether its target is a group."""
        row = self.halves[half]
        if packet.hops in FIRST_HOPS or not is_host(packet.target):
            row[c.FLAGS] |= c.NEAR
        to_group = not is_host(packet.target) or seen.target >> 40 & 1
        if row[c.TALK] == half and to_group and packet.target[0] != 127:
            row[c.FLAGS] |= c.GROUP

    def _segment(self, half: int, row: Half, packet: Packet, seen: _Seen) -> tuple[Event, bytes] | None:
        """TCP: openings, and the first payloads of a direction. RFC 9293 section 3.1."""
        data, at = seen.data, packet.start
        flags, talk = data[at + 13], self.halves[row[c.TALK]]
        sequence = int.from_bytes(data[at + 4 : at + 8], "big")
        if flags & _SYN:
            answers = bool(flags & _ACK)
            talk[c.CALLER] = 1 if (talk is row) != answers else -1
            talk[c.FLAGS] |= c.OPENED | (c.ACCEPTED if answers else 0)
            row[c.BEGIN] = (sequence + 1) & 0xFFFFFFFF
            if row[c.PACKETS] > 1:
                # An old port used again begins anew.
                row[c.ROUND] += 1
                row[c.PAYLOADS] = 0
                row[c.FLAGS] &= ~(c.QUIET | c.MESSAGES | c.MESSAGE_BEGUN)
                row[c.UNTIL] = -1
            return None
        start = at + (data[at + 12] >> 4) * 4
        if start >= packet.stop or start < at + 20:
            return None
        row[c.FLAGS] |= c.SPOKE
        before = row[c.PAYLOADS]
        row[c.PAYLOADS] += 1
        if before == 0:
            row[c.ORDINAL] = self._tick((min(_ports(row)), *row[: c.PORTS], row[c.META]))
        payload = data[start : packet.stop]
        return self._opened(half, row, payload, sequence, seen)

    def _opened(self, half: int, row: Half, payload: bytes, sequence: int, seen: _Seen) -> tuple[Event, bytes] | None:
        """A payload of a connection: whether it is worth reading."""
        before = row[c.PAYLOADS] - 1
        caller = self.halves[row[c.TALK]][c.CALLER]
        message = len(payload) > 12 and payload[:3] == b"\x0bMS"
        if message:
            # The first may be of many segments, which are read; from the second on they are known.
            row[c.FLAGS] |= c.MESSAGES if row[c.FLAGS] & c.MESSAGE_BEGUN else c.MESSAGE_BEGUN
        if payload[:2] == b"\x17\x03":
            # TLS application data: nothing readable follows.
            row[c.FLAGS] |= c.QUIET
        most = c.WHOLE_MESSAGES if row[c.FLAGS] & c.MESSAGES else c.MOST_SEGMENTS
        if before < most and not metering.thinned(row[c.ORDINAL], c.CONNECTIONS):
            if row[c.FLAGS] & c.QUIET or metering.passed(sequence + len(payload), row[c.UNTIL]):
                return None
            return _event(half, c.STREAM, -1, seen, (sequence, caller, row[c.ROUND], row[c.BEGIN])), payload
        if message:
            word = self._word((4, *row[: c.TAG], payload[: metering.first_fields(payload)]), seen.frame.time)
            if word >= 0:
                return _event(half, c.MESSAGE, word, seen, (0, caller, row[c.ROUND], -1)), payload
        return None

    def _datagram(self, half: int, row: Half, packet: Packet, seen: _Seen) -> tuple[Event, bytes] | None:
        """UDP: what is new between two ends. RFC 768."""
        data, at = seen.data, packet.start
        length = data[at + 4] << 8 | data[at + 5]
        payload = data[at + 8 : min(packet.stop, at + length) if length >= 8 else packet.stop]
        if not payload:
            return None
        row[c.FLAGS] |= c.SPOKE
        source, target = _ports(row)
        port = target if metering.PORTS[target] else source if metering.PORTS[source] else min(source, target)
        channel: tuple[int, ...] = (port, *row[: c.PORTS], row[c.META])
        usual = metering.PORTS[port]
        if metering.thinned(self._tick(channel), c.USUAL if usual else c.UNUSUAL) and usual != c.ALWAYS:
            return None
        caller = self.halves[row[c.TALK]][c.CALLER]
        # The number of a name service's question changes, what it says does not.
        words = payload[2:] if port in metering.NAME_PORTS and len(payload) > 2 else payload
        if usual == c.SENDER:
            channel = (port, row[c.A_HIGH], row[c.A_LOW], row[c.META])
        else:
            channel = (*channel, seen.target)
        word = self._word((channel, seen.source, port == target, caller, words), seen.frame.time)
        return (_event(half, c.DATAGRAM, word, seen, (0, caller, 0, -1)), payload) if word >= 0 else None

    def _control(self, half: int, row: Half, packet: Packet, seen: _Seen) -> tuple[Event, bytes] | None:
        """ICMP: who asks for an echo, and IPv6's neighbour discovery, which never leaves the link (hop limit 255)."""
        payload = seen.data[packet.start : packet.stop]
        if not payload:
            return None
        if payload[0] in (0, 8, 128, 129):
            talk = self.halves[row[c.TALK]]
            talk[c.CALLER] = 1 if (payload[0] in (8, 128)) == (talk is row) else -1
            talk[c.FLAGS] |= c.OPENED
        if packet.protocol != _ICMP6 or not 133 <= payload[0] <= 136 or packet.hops != 255:
            return None
        word = self._word((3, *row[: c.TAG], seen.source, payload), seen.frame.time)
        return (_event(half, c.NEIGHBOUR, word, seen, (0, 0, 0, -1)), payload) if word >= 0 else None

    def _other(self, seen: _Seen) -> tuple[Event, bytes] | None:
        """What is not IP: what keeps the link is read where it is new; the rest are conversations of cards."""
        kind, payload = seen.link.kind, seen.data[seen.link.start :]
        if metering.keeps_link(kind, payload[:2]):
            if metering.thinned(self._tick((seen.source, kind)), c.LINKS):
                return None
            word = self._word((seen.source, seen.target, seen.tag, kind, payload), seen.frame.time)
            states = (kind, seen.tag & ((1 << 48) - 1), seen.frame.interface, -1)
            return (_event(-1, c.LINK, word, seen, states), payload) if word >= 0 else None
        if seen.source and seen.target:
            key = (0, seen.source & ~c.THERE, 0, seen.target & ~c.THERE, 0, (65_536 + kind) << 8 | 0x11)
            half = self._tagged.get((seen.tag, key))
            if half is None:
                half = self._meet(key, seen)
                if self.halves[half][c.TALK] == half and seen.target >> 40 & 1:
                    self.halves[half][c.FLAGS] |= c.GROUP
            _add(self.halves[half], seen)
        return None


def _event(half: int, kind: int, word: int, seen: _Seen, states: tuple[int, int, int, int]) -> Event:
    return Event(half, seen.frame.number, seen.frame.time, kind, *states, word, seen.source, seen.target)


def _add(row: Half, seen: _Seen) -> None:
    row[c.PACKETS] += seen.packets
    row[c.BYTES] += seen.frame.size
    row[c.LAST] = max(row[c.LAST], seen.frame.time)


def _ports(row: Half) -> tuple[int, int]:
    return row[c.PORTS] >> 16 & 0xFFFF, row[c.PORTS] & 0xFFFF
