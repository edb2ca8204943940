"""Fragments of IP packets put together, so that what reads a packet sees it whole, tunnels in it too.

Both passes hand over every fragment here, in packet order, and take in what comes back as if it had been one frame: the
link and network headers of the first fragment, its lengths made whole, and all bytes. A datagram of which something
never comes is given up in the end, and taken in as far as it goes from its first byte. What cannot be put together is
counted: fragments without a first one, those that overlap others (nobody sends such in good faith: RFC 5722), those
whose lengths do not hold. A fragment that came twice counts twice and is used once.

Source: RFC 791 section 3.2; RFC 8200 section 4.5.
"""

from bisect import bisect_left
from typing import NamedTuple

from hygie.sources.capture import layers
from hygie.sources.capture.frames import Frame
from hygie.sources.capture.layers import Link, Packet

MOST = 1024
"""Datagrams that are waited for."""
MOST_BYTES = 8 << 20
"""Bytes held of all."""
PATIENCE = 30_000_000
"""Microseconds of the capture's clock from the first fragment after which a datagram is given up."""
LONGEST = 65_535
"""Bytes of an IP packet."""
_EACH = 200
"""Bytes that each fragment takes in memory beside its own."""


class Whole(NamedTuple):
    """A packet to take in: one that was recorded, or one put together."""

    frame: Frame
    """Number and time of its first fragment; `size`: bytes of all its frames on the wire."""
    link: int
    """Link type of the frame's data."""
    packets: int
    """Frames that it came in, and that its flow counts; 0: it was recorded so."""


class Left(NamedTuple):
    """Fragments that no flow counts."""

    packets: int
    number: int
    """Packet number of the first."""


class _Piece(NamedTuple):
    offset: int
    """Bytes of the packet before it."""
    body: bytes
    number: int
    size: int
    """Bytes of its frames on the wire; of one that came twice, of both."""
    packets: int


class _Datagram:
    """A packet of which fragments came."""

    __slots__ = ("head", "last", "link", "pieces", "refused", "start", "there", "time", "weight")

    def __init__(self, time: int) -> None:
        self.time = time
        """Of the fragment that came first."""
        self.pieces: list[_Piece] = []
        """By offset."""
        self.there = 0
        """Bytes of them."""
        self.weight = 0
        """Bytes that they take in memory."""
        self.last = -1
        """Bytes of the whole, known from the last fragment; -1 not."""
        self.head = b""
        """Of the first fragment: all headers down to the network's."""
        self.start = 0
        """Where in them the network header begins."""
        self.link = 0
        self.refused = False

    def whole(self) -> bool:
        """Whether nothing is missing: fragments neither overlap nor reach beyond the last."""
        return bool(self.head) and self.there == self.last


Key = tuple[int, str, bytes, bytes, int, bytes]
"""(interface, VLAN, source, target, protocol, identification)."""


class Fragments:
    """Datagrams that are not whole yet, the oldest first."""

    __slots__ = ("_held", "_weight")

    def __init__(self) -> None:
        self._held: dict[Key, _Datagram] = {}
        self._weight = 0

    def of_frame(self, given: Whole) -> list[Whole | Left]:
        """As `take`, of a frame whose headers are known to hold."""
        found = layers.decode(given.link, given.frame.data)
        if found is None or found[1] is None:
            raise ValueError("no fragment")
        return self.take(given, found[0], found[1], found[2])

    def take(self, given: Whole, link: Link, packet: Packet, data: bytes) -> list[Whole | Left]:
        """What a fragment completes, or makes room for; often nothing. data: what the headers' places count in."""
        frame, found = given.frame, self._aged(given.frame.time)
        at = packet.start - 6 if len(packet.source) == 16 else link.start + 6
        word = data[at] << 8 | data[at + 1]
        offset, more = (word & 0xFFF8, word & 1) if len(packet.source) == 16 else ((word & 0x1FFF) * 8, word & 0x2000)
        body = data[packet.start : packet.stop]
        piece = _Piece(offset, body, frame.number, frame.size, given.packets or 1)
        length = len(body)
        if not length or _is_cut(link, packet, data) or (more and length % 8) or offset + length > LONGEST:
            return [*found, _as_it_is(given, link, packet, data) if offset == 0 else Left(piece.packets, piece.number)]
        identification = data[at + 2 : at + 6] if len(packet.source) == 16 else data[at - 2 : at]
        key = (frame.interface, link.vlan, packet.source, packet.target, packet.protocol, identification)
        datagram = self._held.get(key)
        if datagram is None:
            datagram = self._held[key] = _Datagram(frame.time)
        if offset == 0 and not datagram.head:
            datagram.head, datagram.start, datagram.link = data[: packet.start], link.start, packet.of
        if datagram.refused:
            return [*found, Left(piece.packets, piece.number)]
        found += self._put(datagram, piece, bool(more))
        if datagram.whole():
            del self._held[key]
            self._weight -= datagram.weight
            found += _given_up(datagram, frame.interface)
        while self._weight > MOST_BYTES or len(self._held) > MOST:
            found += self._oldest()
        return found

    def rest(self) -> list[Whole | Left]:
        """All that is still waited for, as far as it goes: the end of the capture."""
        found: list[Whole | Left] = []
        while self._held:
            found += self._oldest()
        return found

    def _aged(self, time: int) -> list[Whole | Left]:
        """What was waited for long enough."""
        found: list[Whole | Left] = []
        while self._held and time - next(iter(self._held.values())).time > PATIENCE:
            found += self._oldest()
        return found

    def _oldest(self) -> list[Whole | Left]:
        """Gives up the datagram that is waited for longest."""
        key = next(iter(self._held))
        datagram = self._held.pop(key)
        self._weight -= datagram.weight
        return _given_up(datagram, key[0])

    def _put(self, datagram: _Datagram, piece: _Piece, more: bool) -> list[Whole | Left]:
        """Puts a fragment in its place; where it overlaps another, all of the datagram are left."""
        pieces = datagram.pieces
        at = bisect_left(pieces, piece.offset, key=lambda other: other.offset)
        end = piece.offset + len(piece.body)
        if at < len(pieces) and pieces[at].offset == piece.offset and pieces[at].body == piece.body:
            again = pieces[at]
            pieces[at] = again._replace(size=again.size + piece.size, packets=again.packets + piece.packets)
            return []
        before = pieces[at - 1] if at else None
        overlaps = (before and before.offset + len(before.body) > piece.offset) or (
            at < len(pieces) and pieces[at].offset < end
        )
        beyond = (datagram.last >= 0 and end > datagram.last) or (not more and (datagram.last >= 0 or pieces[at:]))
        pieces.insert(at, piece)
        if overlaps or beyond:
            left = _left(pieces)
            self._weight -= datagram.weight
            datagram.refused, datagram.pieces, datagram.weight = True, [], 0
            return left
        if not more:
            datagram.last = end
        datagram.there += len(piece.body)
        datagram.weight += len(piece.body) + _EACH
        self._weight += len(piece.body) + _EACH
        return []


def _is_cut(link: Link, packet: Packet, data: bytes) -> bool:
    """Whether the capture holds less of a fragment than its header says, or the header says nothing."""
    start = link.start
    if len(packet.source) == 16:
        size = data[start + 4] << 8 | data[start + 5]
        return not size or start + 40 + size > len(data)
    size = data[start + 2] << 8 | data[start + 3]
    return size < packet.start - start or start + size > len(data)


def _run(pieces: list[_Piece]) -> int:
    """How many fragments follow each other from the first byte on."""
    end = 0
    for count, piece in enumerate(pieces):
        if piece.offset != end:
            return count
        end += len(piece.body)
    return len(pieces)


def _left(pieces: list[_Piece]) -> list[Whole | Left]:
    """Fragments that are only counted."""
    if not pieces:
        return []
    return [Left(sum(piece.packets for piece in pieces), min(piece.number for piece in pieces))]


def _given_up(datagram: _Datagram, interface: int) -> list[Whole | Left]:
    """A datagram as far as it goes from its first byte, and what lies beyond a hole."""
    pieces = datagram.pieces
    run = _run(pieces) if datagram.head else 0
    if not run:
        return _left(pieces)
    there = pieces[:run]
    body = b"".join(piece.body for piece in there)
    data = _mended(datagram.head, datagram.start, body)
    size, packets = sum(piece.size for piece in there), sum(piece.packets for piece in there)
    frame = Frame(there[0].number, datagram.time, interface, size, data)
    return [Whole(frame, datagram.link, packets), *_left(pieces[run:])]


def _as_it_is(given: Whole, link: Link, packet: Packet, data: bytes) -> Whole:
    """A first fragment that cannot be waited for: what there is of it."""
    made = _mended(data[: packet.start], link.start, data[packet.start : packet.stop])
    return Whole(given.frame._replace(data=made), packet.of, given.packets or 1)


def _mended(head: bytes, start: int, body: bytes) -> bytes:
    """Headers whose lengths are those of the whole, and that say it is no fragment; then the whole."""
    made = bytearray(head)
    if made[start] >> 4 == 6:
        made[start + 4 : start + 6] = min(len(head) - start - 40 + len(body), LONGEST).to_bytes(2, "big")
        made[-6:-4] = bytes(2)
    else:
        made[start + 2 : start + 4] = min(len(head) - start + len(body), LONGEST).to_bytes(2, "big")
        made[start + 6 : start + 8] = bytes(2)
    return bytes(made + body)
