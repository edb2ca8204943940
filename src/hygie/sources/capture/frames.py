"""What every capture format gives: frames, interfaces, and what was damaged."""

from dataclasses import dataclass
from typing import NamedTuple


class Frame(NamedTuple):
    """One recorded packet."""

    number: int
    """Counted from 1 over the whole file."""
    time: int
    """Microseconds since 1970 UTC; 0 not recorded."""
    interface: int
    """Index into the list of interfaces."""
    size: int
    """Bytes on the wire."""
    data: bytes
    """Bytes recorded: fewer where the capture was cut at a length."""


class Damage(NamedTuple):
    """Bytes that could not be read."""

    reason: str
    """Message key."""
    offset: int
    """First byte in the stream."""
    size: int


@dataclass(slots=True)
class Interface:
    """One interface of a capture."""

    link: int
    """Link type (LINKTYPE registry of libpcap)."""
    name: str = ""
    lost: int = 0
    """Packets that the capturing system says it lost."""
    ticks: int = 1_000_000
    """Time units in a second."""
    offset: int = 0
    """Seconds to add."""
    section: int = 0
    """Number of the section that it belongs to."""


MOST_FRAME = 262_144
"""Longest frame that is believed, in bytes (libpcap's MAXIMUM_SNAPLEN)."""
