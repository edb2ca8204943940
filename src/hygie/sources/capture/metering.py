"""What the compiled and the plain pass over frames have in common: events, tables as columns, room for them."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np

from hygie.kernel import columns as c
from hygie.wire import DISSECTORS

Columns = np.ndarray[tuple[int, int], np.dtype[np.int64]]
NAME_PORTS = frozenset((53, 137, 5353, 5355))
"""Name services over UDP: each message begins with a number of its own."""
HOUSEKEEPING = frozenset((0x0806, 0x88CC, 0x42, 0x2000, 0x8809, 0x9000, 0x888E))
"""Types that keep the link (ARP, LLDP, spanning tree, CDP, slow protocols, loopback, 802.1X): no conversation."""
PROFINET = 0x8892
"""Of it, what stations say of themselves (DCP, frame ids 0xFEFC and above) is no conversation either."""
MOST_TAGS = 4096
"""VLANs of interfaces that are remembered."""
_ALWAYS = (67, 68, 546, 547)
"""DHCP: behind a relay all devices share one pair of ends."""


def _ports() -> bytes:
    said = bytearray(65_536)
    for row in DISSECTORS.values():
        for port in row.ports:
            if 0 < port < 65_536 and "udp" in row.carriers:
                said[port] = c.SENDER if row.of_sender else c.KNOWN
    for port in _ALWAYS:
        said[port] = c.ALWAYS
    return bytes(said)


PORTS = _ports()
"""What is said of each port (`kernel.columns`)."""


class Event(NamedTuple):
    """A packet worth reading."""

    half: int
    """Row of its half; -1 for frames without IP that keep the link."""
    number: int
    time: int
    kind: int
    """STREAM, DATAGRAM, NEIGHBOUR, LINK or MESSAGE."""
    sequence: int
    """Of a TCP segment; of a LINK its EtherType."""
    caller: int
    """1 its talk was begun by the source, -1 by the target, 0 not known; of a LINK its VLANs."""
    round: int
    """How often the connection began anew; of a LINK its interface."""
    begin: int
    """Sequence number of the first byte; -1 unknown."""
    word: int
    """Number of what is said; -1 none."""
    source: int
    """Card of the sender, with THERE; 0 not recorded."""
    target: int


class Rooms(NamedTuple):
    """Bounds of the tables."""

    halves: int = 1 << 19
    channels: int = 1_000_000
    words: int = 500_000


class Metered(NamedTuple):
    """Counts as columns."""

    sensors: Columns
    """By interface, SENSOR columns."""
    counts: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    tags: list[tuple[int, int]]
    """(interface, VLANs) that were met."""


def passed(end: int, until: int) -> bool:
    """Whether a payload ends before the sequence number from which it is worth reading (RFC 9293 section 3.4)."""
    return until >= 0 and (until - end) & 0xFFFFFFFF < 1 << 31


def thinned(count: int, limit: int) -> bool:
    """Whether the packet after so many is left out: beyond the limit only those of powers of two are read."""
    return count >= limit and count & (count - 1) != 0


def first_fields(message: bytes) -> int:
    """Where the sender's and receiver's fields of an HL7 message end: the sixth bar."""
    at = -1
    for _ in range(6):
        at = message.find(b"|", at + 1, 512)
        if at < 0:
            return min(len(message), 512)
    return at + 1


Relieve = Callable[[int, int, int], None]
"""Makes room: called with the numbers of halves, channels and words before a frame is taken that might need more."""


class Meter(Protocol):
    """A pass over frames."""

    def take(self, item: Any, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Counts what came; gives the packets worth reading, in order."""
        ...

    def rest(self, relieve: Relieve) -> Iterator[tuple[Event, bytes]]:
        """Takes in what was waited for until the end: packets of which not all fragments came."""
        ...

    def metered(self) -> Metered:
        """The counts as they stand."""
        ...

    def halves_so_far(self) -> Columns:
        """The halves that live, n x HALF."""
        ...

    def half(self, row: int) -> list[int]:
        """One of them."""
        ...

    def hush(self, row: int, turn: int, until: int) -> None:
        """Nothing is to be read of a half before a sequence number (-1: nothing more), until it begins anew."""
        ...

    def word_times(self) -> list[int]:
        """When each thing was last said, by number."""
        ...

    def close(self) -> None:
        """Gives the memory of the tables back; the counts stay."""
        ...

    def clear_words(self) -> None:
        """Forgets what was said: it is read again."""
        ...

    def clear_channels(self) -> None:
        """Forgets how often each pair talked."""
        ...

    def keep(self, halves: Columns) -> None:
        """Goes on with these halves only, whose TALK and OTHER are rows of the same."""
        ...


def keeps_link(kind: int, begin: bytes) -> bool:
    """Whether a frame of a type, with the first two bytes behind it, keeps the link: no conversation."""
    return kind in HOUSEKEEPING or (kind == PROFINET and begin[:1] == b"\xfe" and begin[1:2] >= b"\xfc")
