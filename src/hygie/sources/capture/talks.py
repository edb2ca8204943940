"""Who talks to whom: connections while they live, conversations once they are folded together.

A `Talk` is one 5-tuple; a conversation is what rests: (sensor, VLAN, client, server, transport, server's port,
service), whatever the client's port was. Both tables are bounded: idle talks are folded early, a full table of
conversations is given out as partial flows whose equal keys add up.
"""

from dataclasses import dataclass, field

from hygie.facts import ports
from hygie.sources.capture.streams import Stream
from hygie.wire import Dissector

TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58
TRANSPORTS = {
    TCP: "tcp",
    UDP: "udp",
    ICMP: "icmp",
    ICMP6: "icmp",
    2: "igmp",
    41: "ip-in-ip",
    4: "ip-in-ip",
    47: "gre",
    50: "esp",
    51: "ah",
    89: "ospf",
    103: "pim",
    112: "vrrp",
    132: "sctp",
}
"""IP protocol numbers -> transport as shown; others "ip/<number>" (IANA protocol numbers)."""


class Half:
    """One direction of a talk."""

    __slots__ = ("begin", "bytes", "first", "last", "mac", "packets", "stream", "talk", "units")

    def __init__(self, talk: "Talk", mac: bytes, time: int) -> None:
        self.talk = talk
        self.mac = mac
        self.packets = 0
        self.bytes = 0
        self.first = time
        self.last = time
        self.begin = -1
        """Sequence number of the first byte, where the opening was seen."""
        self.stream: Stream | None = None
        """Bytes in order, where they are read."""
        self.units = 0
        """Units read; -1: nothing more is read of this direction."""


class Talk:
    """A connection, or datagrams between two ends."""

    __slots__ = (
        "back",
        "caller",
        "dissector",
        "forth",
        "multicast",
        "opened",
        "opening",
        "payloads",
        "place",
        "ports",
        "source",
        "tag",
        "target",
        "transport",
        "tries",
    )

    def __init__(self, tag: tuple[int, str], transport: int, source: bytes, target: bytes, place: int) -> None:
        self.tag = tag
        """(interface, VLAN)."""
        self.transport = transport
        """IP protocol number; -1 - EtherType for frames without IP."""
        self.source = source
        """Address that sent the first packet seen."""
        self.target = target
        self.ports = (0, 0)
        """Ports of source and target."""
        self.place = place
        self.forth: Half | None = None
        """From source to target."""
        self.back: Half | None = None
        self.caller = 0
        """1: source is the client; -1: target is; 0 not known."""
        self.opened = False
        """The caller is known by an opening or by content."""
        self.multicast = False
        """The target is a group or broadcast address."""
        self.dissector: Dissector | None = None
        self.opening = b""
        """First unit of the end that spoke first, for modules that ask for it."""
        self.payloads = 0
        """Bit 1: source sent content; bit 2: target did."""
        self.tries = 0
        """Units in which nothing was recognised."""


@dataclass(slots=True)
class Sums:
    """A conversation's counts."""

    place: int
    packets_out: int = 0
    bytes_out: int = 0
    packets_back: int = 0
    bytes_back: int = 0
    first: int = 0
    last: int = 0
    opened: bool = False


Key = tuple[int, str, bytes, bytes, bytes, bytes, str, int, str]
"""(interface, VLAN, client MAC, client, server MAC, server, transport, port, service)."""


@dataclass(slots=True)
class Conversations:
    """Sums of folded talks by key."""

    sums: dict[Key, Sums] = field(default_factory=dict)

    def add(self, key: Key, place: int, out: Half | None, back: Half | None, opened: bool) -> None:
        """Adds one talk's counts."""
        found = self.sums.get(key)
        if found is None:
            found = self.sums[key] = Sums(place)
        found.place = min(found.place, place)
        found.opened = found.opened or opened
        if out:
            found.packets_out += out.packets
            found.bytes_out += out.bytes
            _extend(found, out)
        if back:
            found.packets_back += back.packets
            found.bytes_back += back.bytes
            _extend(found, back)


def _extend(sums: Sums, half: Half) -> None:
    if half.first:
        sums.first = min(sums.first, half.first) if sums.first else half.first
    sums.last = max(sums.last, half.last)


def transport_name(number: int) -> str:
    """Transport as shown; negative numbers stand for frames without IP."""
    if number < 0:
        return "ethernet"
    return TRANSPORTS.get(number, f"ip/{number}")


def calls_forth(talk: Talk) -> bool:
    """Whether the source of a talk is its client: by opening, content, usual ports, or who spoke first."""
    if talk.multicast:
        return True
    if talk.caller:
        return talk.caller > 0
    name = transport_name(talk.transport)
    ours, theirs = (bool(ports.name(name, port)) for port in talk.ports)
    if ours != theirs:
        return theirs
    if talk.transport == TCP and talk.ports[0] != talk.ports[1]:
        return talk.ports[1] < talk.ports[0]
    return True


def service_of(talk: Talk, port: int) -> str:
    """The service by content, else the port's usual one with "?"; "" unknown."""
    if talk.dissector:
        return talk.dissector.service
    if talk.transport < 0:
        kind = -1 - talk.transport
        return ports.name("ethernet", kind) or f"{'type' if kind >= 1536 else 'llc'} 0x{kind:04x}"
    if talk.transport not in (TCP, UDP):
        return transport_name(talk.transport)
    usual = ports.name(transport_name(talk.transport), port)
    return usual + "?" if usual else ""


def key_of(talk: Talk) -> tuple[Key, Half | None, Half | None]:
    """(key, client's half, server's half) of a talk."""
    forth = calls_forth(talk)
    out, back = (talk.forth, talk.back) if forth else (talk.back, talk.forth)
    client, server = (talk.source, talk.target) if forth else (talk.target, talk.source)
    port = talk.ports[1] if forth else talk.ports[0]
    interface, vlan = talk.tag
    key = (
        interface,
        vlan,
        out.mac if out else b"",
        client,
        back.mac if back else b"",
        server,
        transport_name(talk.transport),
        port,
        service_of(talk, port),
    )
    return key, out, back
