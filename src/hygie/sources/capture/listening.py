"""Finds the protocol of a talk by content and lets its module read the units.

Ports decide only what is tried first. A unit longer than what is kept is read as far as it is there; a direction of
which enough was read, or in which nothing is recognised, is left alone from then on.
"""

import struct
from collections import OrderedDict
from collections.abc import Iterable

from hygie.model.seams import Said
from hygie.sources.capture.streams import FARTHEST, MOST, Stream
from hygie.sources.capture.talks import Half, Talk
from hygie.wire import DISSECTORS, Dissector, Way

BROKEN = (ValueError, LookupError, struct.error)
"""What protocol modules raise on bytes that do not hold."""
MOST_TRIES = 6
"""Payloads of a talk in which a protocol is looked for."""
MOST_LOST = 12
"""Segments in a row that begin no unit, after which a direction is left alone."""
ENOUGH = 160
"""Bytes after which a stream's beginning is not waited for any longer."""
MOST_IN_ALL = 32 << 20
"""Bytes held by all streams together."""
SILENT = 10_000
"""Segments of others since its last, from which a stream whose unit never became whole is not missed."""
MOST_REMEMBERED, SHORT = 2048, 16_384
"""Units remembered with what they said; bytes of the longest."""


class Listening:
    """Reads payloads of talks. `said` collects what one payload said: (statement, service)."""

    __slots__ = (
        "broken",
        "given_up",
        "held",
        "recognised",
        "remembered",
        "rows",
        "senders",
        "streams",
        "tried",
        "turn",
        "usual",
    )

    def __init__(self, dissectors: Iterable[Dissector] = DISSECTORS.values()) -> None:
        self.rows = tuple(dissectors)
        self.usual = frozenset().union(*(row.ports for row in self.rows))
        self.tried: dict[tuple[str, int, int], tuple[Dissector, ...]] = {}
        self.held = 0
        """Bytes in streams."""
        self.streams: dict[Half, int] = {}
        """Directions with a stream -> turn of their last segment."""
        self.turn = 0
        """Segments so far."""
        self.given_up = 0
        """Units that were dropped, unfinished, because too much was held."""
        self.recognised: dict[tuple[bytes, int, int], Dissector | None] = {}
        """Datagram and usual ports -> protocol."""
        self.senders: dict[tuple[str, bytes], str] = {}
        """Service and unit -> who sends it."""
        self.remembered: OrderedDict[tuple[str, bytes, str, bytes], tuple[list[Said], bool]] = OrderedDict()
        """Units read lately -> what they said, and whether they broke off."""
        self.broken: dict[str, int] = {}
        """Service -> units that did not hold."""

    def recognise(self, payload: bytes, transport: str, source: int, target: int) -> Dissector | None:
        """The protocol that a payload begins; those usual on the ports are tried first."""
        for row in self._order(transport, source, target):
            if row.looks_like(payload):
                return row
        return None

    def _order(self, transport: str, source: int, target: int) -> tuple[Dissector, ...]:
        # Ports that no row names are all alike: the table stays small.
        key = (transport, source if source in self.usual else 0, target if target in self.usual else 0)
        found = self.tried.get(key)
        if found is None:
            rows = [row for row in self.rows if transport in row.carriers]
            usual = [row for row in rows if source in row.ports or target in row.ports]
            others = [row for row in rows if row not in usual and not row.only_ports]
            found = self.tried[key] = (*usual, *others)
        return found

    def datagram(self, talk: Talk, half: Half, payload: bytes) -> list[Said]:
        """What one datagram says."""
        row = talk.dissector
        if row is None:
            row = self._datagram_of(payload, *talk.ports)
            if row is None:
                talk.tries += 1
                if talk.tries >= MOST_TRIES:
                    half.units = -1
                return []
            talk.dissector = row
        elif not row.looks_like(payload):
            return []
        return self._unit(talk, half, row, payload)

    def _datagram_of(self, payload: bytes, source: int, target: int) -> Dissector | None:
        """As `recognise`, the answer for the same bytes kept."""
        key = (payload, source if source in self.usual else 0, target if target in self.usual else 0)
        if key in self.recognised:
            return self.recognised[key]
        row = self.recognise(payload, "udp", source, target)
        if len(self.recognised) >= MOST_REMEMBERED:
            self.recognised.clear()
        if len(payload) <= SHORT:
            self.recognised[key] = row
        return row

    def segment(self, talk: Talk, half: Half, sequence: int, payload: bytes) -> list[Said]:
        """What a stream says once this segment is in its place."""
        stream = half.stream
        if stream is None:
            stream = half.stream = Stream(half.begin)
        self.turn += 1
        self.streams[half] = self.turn
        if self.held > MOST_IN_ALL:
            self._make_room()
        before = stream.held()
        stream.push(sequence, payload)
        said: list[Said] = []
        while stream.ready and half.units >= 0:
            unit = self._next(talk, half, stream, payload)
            if unit is None or talk.dissector is None:
                break
            said += self._unit(talk, half, talk.dissector, unit)
        if half.units >= 0:
            self.held += stream.held() - before
        else:
            self.held -= before
            half.stream = None
            del self.streams[half]
        return said

    def _make_room(self) -> None:
        """Drops what those hold that were silent longest, until half is held; with the next unit they are read on."""
        for half in sorted(self.streams, key=self.streams.__getitem__):
            if self.held <= MOST_IN_ALL // 2:
                break
            if half.stream is not None and half.stream.held():
                self.given_up += self.turn - self.streams[half] < SILENT
                self.held -= half.stream.held()
                half.stream.clear()

    def message(self, talk: Talk, payload: bytes, forth: bool) -> list[Said]:
        """What a later message of a connection says, where it begins a packet."""
        row = talk.dissector
        if row is None or not row.looks_like(payload):
            return []
        sender = row.sender(payload)
        if not sender and talk.caller:
            sender = "client" if (talk.caller > 0) == forth else "server"
        size = row.length(payload)
        return self._said(row, payload[:size] if size else payload, sender, b"")

    def stop(self, half: Half) -> None:
        """Leaves a direction alone and frees what it holds."""
        if half.stream:
            self.held -= half.stream.held()
            del self.streams[half]
        half.stream = None
        half.units = -1

    def _next(self, talk: Talk, half: Half, stream: Stream, latest: bytes) -> bytes | None:
        """The next unit that is whole, or as much of it as is kept; None until more comes."""
        ready = stream.ready
        if len(ready) < stream.needed:
            return None
        stream.needed = 0
        if talk.dissector is None and not self._begin(talk, half, stream, latest):
            return None
        row = talk.dissector
        if row is None:
            return None
        head = bytes(ready)
        if stream.cut and not row.looks_like(head):
            self._lost(half, stream)
            return None
        stream.cut = False
        try:
            size = row.length(head)
        except BROKEN:
            self._lost(half, stream)
            return None
        half.lost = 0
        enough = min(size or MOST, row.reach)
        if len(ready) < enough:
            stream.needed = enough if size else 0
            return None
        del ready[: size or len(ready)]
        rest = size - len(head)
        stream.cut = size == 0
        if rest >= FARTHEST:
            half.units = -1
        elif rest > 0:
            stream.skip(rest)
        return head[: min(size or MOST, MOST)]

    def _lost(self, half: Half, stream: Stream) -> None:
        """Not the beginning of a unit: the next segment may be one. After many that were not, none is looked for."""
        stream.ready.clear()
        stream.cut = True
        half.lost += 1
        if half.lost >= MOST_LOST:
            half.units = -1

    def _begin(self, talk: Talk, half: Half, stream: Stream, latest: bytes) -> bool:
        """Looks for the protocol in what is ready; where that is the end of something, in the latest segment alone."""
        head = bytes(stream.ready)
        found = self.recognise(head, "tcp", *talk.ports)
        if not found and len(latest) < len(head) and head.endswith(latest):
            found = self.recognise(latest, "tcp", *talk.ports)
            if found:
                stream.ready[:] = latest
        if found:
            talk.dissector = found
            return True
        if len(head) >= ENOUGH:
            stream.ready.clear()
            talk.tries += 1
            if talk.tries >= MOST_TRIES:
                half.units = -1
        return False

    def _unit(self, talk: Talk, half: Half, row: Dissector, unit: bytes) -> list[Said]:
        """Statements of one unit. Those before a break stay."""
        forth = half is talk.forth
        sender = self._sender(row, unit)
        if sender and not talk.opened:
            talk.caller = 1 if (sender == "client") == forth else -1
            talk.opened = True
        elif not sender and talk.caller:
            sender = "client" if (talk.caller > 0) == forth else "server"
        opening = b""
        if row.remembers and half.units == 0:
            opening, talk.opening = talk.opening, b"" if talk.opening else unit
        if half.units >= 0:
            half.units += 1
        if row.units and half.units >= row.units:
            half.units = -1
        return self._said(row, unit, sender, opening)

    def _sender(self, row: Dissector, unit: bytes) -> str:
        """Who sends a unit by its own words, the answer for the same bytes kept."""
        key = (row.service, unit)
        found = self.senders.get(key)
        if found is None:
            found = row.sender(unit)
            if len(self.senders) >= MOST_REMEMBERED:
                self.senders.clear()
            if len(unit) <= SHORT:
                self.senders[key] = found
        return found

    def _said(self, row: Dissector, unit: bytes, sender: str, opening: bytes) -> list[Said]:
        """Statements of a unit; those before a break stay. The same unit says the same: it is read once."""
        key = row.service, unit, sender, opening
        known = self.remembered.get(key)
        if known is not None:
            self.remembered.move_to_end(key)
            said, broken = known
        else:
            said, broken = [], False
            try:
                for one in row.dissect(unit, Way(next(iter(row.carriers)), sender=sender, opening=opening)):
                    said.append(one)
            except BROKEN:
                broken = True
            if len(unit) <= SHORT:
                self.remembered[key] = said, broken
                if len(self.remembered) > MOST_REMEMBERED:
                    self.remembered.popitem(last=False)
        if broken:
            self.broke(row.service)
        return said

    def broke(self, service: str) -> None:
        """Counts a unit that did not hold."""
        self.broken[service] = self.broken.get(service, 0) + 1
