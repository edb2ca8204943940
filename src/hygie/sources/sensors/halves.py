"""Flows of one direction, as routers export them -> conversations.

A router tells each direction apart, and a long connection again and again. Records of one direction add up; the two
directions of the same ends and ports are one conversation, begun by the one whose first packet came first. Where a
router tells the same packets both where they enter and where they leave, they count once.
"""

from collections.abc import Iterator
from typing import NamedTuple

from hygie.model.bulk import Bulk
from hygie.sources.capture.talks import TCP, UDP
from hygie.sources.sensors.records import End, Log, Record

MOST = 150_000
"""Directions that are held before they become conversations."""
_SYN, _ACK = 2, 16
_HEADERS = {TCP: 60, UDP: 28}
"""Bytes of the longest usual headers of a packet without content."""
_ICMP, _ICMP6 = 1, 58


class Half(NamedTuple):
    """What one record tells of one direction."""

    sensor: int
    source: bytes
    """4 or 16 bytes."""
    target: bytes
    source_port: int
    target_port: int
    """Of ICMP type and code, as type * 256 + code."""
    protocol: int
    packets: int
    octets: int
    first: int
    """Microseconds since 1970 UTC; 0 not told."""
    last: int
    flags: int
    """TCP flags of all packets, together."""
    place: int
    leaving: bool = False
    """The packets were counted where they leave the router."""
    card: bytes = b""
    """Of the sender's side; b"" not told."""
    vlan: str = ""
    begun: bool = False
    """The exporter says that the source began."""


class Halves:
    """Directions until their conversation is told."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self._rows: dict[tuple[int, bytes, bytes, int, int, int], list[Half]] = {}
        """Ends -> what was counted where packets enter, and where they leave."""

    def take(self, half: Half) -> Iterator[Bulk]:
        """Adds a record."""
        protocol, ports = half.protocol, (half.source_port, half.target_port)
        if protocol not in (TCP, UDP):
            ports = 0, 0
        key = (half.sensor, half.source, half.target, *ports, protocol)
        if not any(half.source):
            # All that have no address yet share one flow: the card is only that of the first.
            half = half._replace(card=b"")
        known = self._rows.setdefault(key, [])
        at = next((at for at, one in enumerate(known) if one.leaving == half.leaving), -1)
        if at < 0:
            known.append(half)
        else:
            known[at] = _added(known[at], half)
        if len(self._rows) >= MOST:
            yield from self.end()

    def end(self) -> Iterator[Bulk]:
        """All conversations that are known."""
        rows, self._rows = self._rows, {}
        for key, known in rows.items():
            sensor, source, target, source_port, target_port, protocol = key
            back = (sensor, target, source, target_port, source_port, protocol)
            one = _counted(known)
            other = _counted(rows[back]) if back in rows and back != key else None
            if other is None or _before(one, other, key < back):
                yield from self.log.take(_record(one, other))


def _added(one: Half, other: Half) -> Half:
    """Two records of one direction, counted at one place."""
    return one._replace(
        packets=one.packets + other.packets,
        octets=one.octets + other.octets,
        first=min(one.first or other.first, other.first or one.first),
        last=max(one.last, other.last),
        flags=one.flags | other.flags,
        place=min(one.place, other.place),
        card=one.card or other.card,
        vlan=one.vlan or other.vlan,
        begun=one.begun or other.begun,
    )


def _counted(known: list[Half]) -> Half:
    """One direction: of two places at which the same packets were counted, the one that met more."""
    if len(known) == 1:
        return known[0]
    most = max(known, key=lambda half: (half.packets, half.octets, not half.leaving))
    entering = next((half for half in known if not half.leaving), most)
    return most._replace(card=entering.card, vlan=entering.vlan)


def _before(one: Half, other: Half, otherwise: bool) -> bool:
    """Whether one began; where the times are the same, `otherwise`."""
    if one.begun != other.begun:
        return one.begun
    if one.first == other.first or not one.first or not other.first:
        return otherwise
    return one.first < other.first


def _record(one: Half, other: Half | None) -> Record:
    """The conversation of two directions; that `one` began is sure only where its opening came first for certain."""
    back = other or one._replace(packets=0, octets=0, first=0, last=0, flags=0, card=b"")
    opened = one.begun
    if one.protocol == TCP and one.flags & _SYN:
        alone = other is None and not one.flags & _ACK
        opened = opened or alone or bool(other and one.first and one.first < other.first)
    elif one.protocol in (_ICMP, _ICMP6):
        opened = one.target_port >> 8 in (8, 128)
    return Record(
        End(one.source, one.source_port, one.card),
        End(one.target, one.target_port, back.card),
        one.protocol,
        one.packets,
        one.octets,
        back.packets,
        back.octets,
        min(one.first or back.first, back.first or one.first),
        max(one.last, back.last),
        min(one.place, back.place),
        one.sensor,
        one.vlan or back.vlan,
        "",
        opened,
        bool(back.flags & _SYN and back.flags & _ACK),
        one.octets > one.packets * _HEADERS.get(one.protocol, 0),
        back.octets > back.packets * _HEADERS.get(one.protocol, 0),
    )
