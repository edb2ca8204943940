"""Oracle's network protocol (TNS): the machine that a client says it is, and the version of a listener that refuses.

Users, services, programs' paths, statements and what databases answer are never read.
Source: Oracle Database Net Services Reference, "Connect data section"; packets as the python-oracledb driver (its thin
mode) and Wireshark's packet-tns.c lay them out; the number of a version as OCIServerRelease packs it (8, 4, 8, 4 and 8
bits before release 18, the first 8 alone read since).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

CONNECT, ACCEPT, REFUSE = 1, 2, 4
_VERSIONS = range(300, 340)
_REPACKED = 18
"""Release from which the number is packed otherwise."""
_MACHINE = re.compile(rb"\(CID=(?:\([A-Z]{1,12}=[^()]{0,256}\)){0,4}?\(HOST=([^()]{1,64})\)")
_NUMBER = re.compile(rb"\(VSNNUM=(\d{8,10})\)")


def looks_like(payload: bytes) -> bool:
    """A packet of one of the three kinds that begin a connection, of the length that it says."""
    if len(payload) < 12 or payload[2:4] != b"\0\0" or payload[6:8] != b"\0\0":
        return False
    size, version = int.from_bytes(payload[:2], "big"), int.from_bytes(payload[8:10], "big")
    if payload[4] == CONNECT:
        compatible = int.from_bytes(payload[10:12], "big")
        return version in _VERSIONS and compatible in _VERSIONS and 34 <= size <= 4096
    if payload[4] == ACCEPT:
        return version in _VERSIONS and 24 <= size <= 512
    return payload[4] == REFUSE and payload[12:13] == b"(" and size == 12 + int.from_bytes(payload[10:12], "big")


def sender(payload: bytes) -> str:
    """By the packet's kind."""
    return {CONNECT: "client", ACCEPT: "server", REFUSE: "server"}[payload[4]] if looks_like(payload) else ""


def length(payload: bytes) -> int:
    """One packet of those that begin a connection; later ones may have longer lengths. Raises ValueError."""
    if len(payload) < 8:
        return 0
    size = int.from_bytes(payload[:2], "big")
    if size < 8 or payload[4] > 19:
        raise ValueError("no packet of TNS")
    return size


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """A client's machine; a listener's version."""
    if not looks_like(payload):
        return
    machine = _MACHINE.search(payload) if payload[4] == CONNECT else None
    name = device_name(machine.group(1)) if machine else ""
    # Drivers in Java give "__jdbc__" instead.
    if machine and name and not name.startswith("__"):
        yield Said("sender", Trait.HOST_NAME, name, machine.start(1), 0.9)
    number = _NUMBER.search(payload) if payload[4] == REFUSE else None
    if number and int(number.group(1)) >> 24:
        version = _version(int(number.group(1)))
        yield Said("sender", Trait.SERVER_SOFTWARE, f"Oracle Database {version}", number.start(1), 0.9)


def _version(number: int) -> str:
    major = number >> 24 & 0xFF
    if major >= _REPACKED:
        return str(major)
    return f"{major}.{number >> 20 & 15}.{number >> 12 & 255}.{number >> 8 & 15}"


DISSECTOR = Dissector(
    "oracle", frozenset({"tcp"}), looks_like, dissect, frozenset({1521}), sender, length, reach=2_048, units=2
)
