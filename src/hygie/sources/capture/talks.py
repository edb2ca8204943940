"""Connections of which something is read, while they live."""

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

    __slots__ = ("begin", "lost", "round", "source", "stream", "talk", "target", "units", "until")

    def __init__(self, talk: "Talk", source: bytes, target: bytes) -> None:
        self.talk = talk
        self.source = source
        """Address, 4 or 16 bytes; 6: the card of a sender without one."""
        self.target = target
        self.round = 0
        """How often the connection began anew."""
        self.begin = -1
        """Sequence number of the first byte, where the opening was seen."""
        self.stream: Stream | None = None
        """Bytes in order, where they are read."""
        self.lost = 0
        """Segments in a row in which no unit begins."""
        self.units = 0
        """Units read; -1: nothing more is read of this direction."""
        self.until = -1
        """Sequence number before which nothing is read in this round; -1 none."""


class Talk:
    """A connection, or datagrams between two ends, of which something is read."""

    __slots__ = ("back", "caller", "dissector", "forth", "opened", "opening", "ports", "transport", "tries")

    def __init__(self, transport: int, ports: tuple[int, int]) -> None:
        self.transport = transport
        """IP protocol number."""
        self.ports = ports
        """Ports of source and target."""
        self.forth: Half | None = None
        """From source to target."""
        self.back: Half | None = None
        self.caller = 0
        """1: source is the client; -1: target is; 0 not known."""
        self.opened = False
        """The caller is known by an opening or by content."""
        self.dissector: Dissector | None = None
        self.opening = b""
        """First unit of the end that spoke first, for modules that ask for it."""
        self.tries = 0
        """Units in which nothing was recognised."""


def transport_name(number: int) -> str:
    """Transport as shown; negative numbers stand for frames without IP."""
    if number < 0:
        return "ethernet"
    return TRANSPORTS.get(number, f"ip/{number}")
