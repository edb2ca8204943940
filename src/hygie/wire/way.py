"""Types of the seam: the way that bytes went, and what a protocol module offers."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hygie.model.seams import Said


class Way(NamedTuple):
    """How a payload travelled."""

    transport: str
    """tcp, udp, icmpv6 or ethernet."""
    source_port: int = 0
    destination_port: int = 0
    sender: str = ""
    """"client" or "server": who sends this payload; "" not known."""
    opening: bytes = b""
    """First unit that the other end sent, where the module asks for it (`remembers`) and it was seen whole."""


def nobody(_: bytes) -> str:
    """For protocols whose units do not tell client from server."""
    return ""


def whole(payload: bytes) -> int:
    """For protocols whose datagram is one unit."""
    return len(payload)


class Dissector(NamedTuple):
    """A row of `wire.DISSECTORS`."""

    service: str
    """Name as shown in flows: "dicom", "hl7"..."""
    carriers: frozenset[str]
    """Transports that it is looked for on."""
    looks_like: Callable[[bytes], bool]
    """Whether bytes begin a unit of this protocol. Never raises."""
    dissect: Callable[[bytes, Way], Iterator[Said]]
    """What one unit says. Raises ValueError, LookupError, struct.error on bytes that do not hold."""
    ports: frozenset[int] = frozenset()
    """Usual ports: tried first there."""
    sender: Callable[[bytes], str] = nobody
    """"client" or "server" by the unit's own words; "" not told. Never raises."""
    length: Callable[[bytes], int] = whole
    """Bytes of the unit that begins here; 0 more bytes are needed to know. Raises ValueError where none begins here."""
    reach: int = 65_536
    """Bytes of a unit's beginning that say all: what follows is not waited for."""
    units: int = 0
    """How many units of each direction of a connection are worth reading; 0 all."""
    only_ports: bool = False
    """True: its bytes look like another protocol's; it is recognised on its ports only."""
    of_sender: bool = False
    """True: what a datagram says never depends on, nor speaks of, who receives it."""
    remembers: bool = False
    """True: `Way.opening` is wanted."""
