"""Datagrams of exporters and files of nfdump, made by hand as their descriptions say."""

import struct
from ipaddress import ip_address
from typing import Any

from hostile import content
from hygie.model.evidence import Coverage, Evidence, Refusal
from hygie.model.fleet import Flow
from hygie.model.seams import Given
from hygie.sources import read as read_rows
from hygie.sources import reader_of

GIVEN = Given("local", "r1")
NOW = 1_786_320_000
"""Seconds: an instant in August 2026."""
UPTIME = 3_600_000
"""Milliseconds that the exporter runs."""


def rows(data: bytes, kind: str) -> list[Any]:
    """All rows of a content that a kind of reader takes for its own."""
    reader = reader_of(content(data))
    assert not isinstance(reader, Refusal), reader
    assert reader.kind == kind
    return list(read_rows(content(data), reader, GIVEN))


def flows(found: list[Any]) -> list[Flow]:
    return [row for row in found if isinstance(row, Flow)]


def said(found: list[Any]) -> set[tuple[str, str, str]]:
    return {(row.subject, row.trait.value, row.value) for row in found if isinstance(row, Evidence)}


def covered(found: list[Any]) -> list[Coverage]:
    return [row for row in found if isinstance(row, Coverage)]


def told(found: list[Any]) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.reason, row.args) for row in found if isinstance(row, Refusal)]


def packed(text: str) -> bytes:
    return ip_address(text).packed


def v5(
    *records: tuple[str, str, int, int, int, int, int, int, int], number: int = 0, sampling: int = 0, engine: int = 0
) -> bytes:
    """Records: source, target, ports, protocol, flags, packets, octets, milliseconds from start to first packet."""
    data = struct.pack(">HHIIIIBBH", 5, len(records), UPTIME, NOW, 0, number, 0, engine, sampling)
    for source, target, one, other, protocol, flags, packets, octets, first in records:
        data += packed(source) + packed(target) + bytes(4) + struct.pack(">HHII", 1, 2, packets, octets)
        data += struct.pack(">IIHHBBBB", first, first + 500, one, other, 0, flags, protocol, 0) + bytes(8)
    return data


def sets(*parts: tuple[int, bytes]) -> bytes:
    """Sets of version 9 and IPFIX."""
    return b"".join(struct.pack(">HH", kind, 4 + len(part)) + part for kind, part in parts)


def template(ident: int, *fields: tuple[int, ...]) -> bytes:
    """Fields: element, bytes, and the enterprise where there is one."""
    data = struct.pack(">HH", ident, len(fields))
    for element, size, *enterprise in fields:
        data += struct.pack(">HH", element | (0x8000 if enterprise else 0), size)
        data += struct.pack(">I", *enterprise) if enterprise else b""
    return data


def v9(*parts: tuple[int, bytes], number: int = 1, domain: int = 0) -> bytes:
    return struct.pack(">HHIIII", 9, len(parts), UPTIME, NOW, number, domain) + sets(*parts)


def ipfix(*parts: tuple[int, bytes], number: int = 0, domain: int = 0) -> bytes:
    body = sets(*parts)
    return struct.pack(">HHIII", 10, 16 + len(body), NOW, number, domain) + body


FIELDS = ((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (6, 1), (2, 4), (1, 4), (152, 8), (153, 8), (56, 6), (58, 2))
"""Ends, ports, protocol, flags, packets, octets, first, last, card, VLAN."""


def record(
    source: str,
    target: str,
    ports: tuple[int, int],
    counts: tuple[int, int],
    first: int,
    protocol: int = 6,
    flags: int = 0x1B,
    card: str = "",
    vlan: int = 0,
) -> bytes:
    """A record of `FIELDS`; first: milliseconds after NOW."""
    data = packed(source) + packed(target) + struct.pack(">HHBBII", *ports, protocol, flags, *counts)
    data += struct.pack(">QQ", NOW * 1000 + first, NOW * 1000 + first + 500)
    return data + (bytes.fromhex(card.replace(":", "")) or bytes(6)) + struct.pack(">H", vlan)


def element(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, 4 + len(data)) + data


def nfdump_record(
    source: str, target: str, ports: tuple[int, int], counts: tuple[int, int], first: int, flags: int = 0x1B
) -> bytes:
    """A flow as nfdump 1.7 keeps it; first: milliseconds after NOW."""
    begun = NOW * 1000 + first
    parts = element(1, struct.pack("<QQQQQHHBBBB", begun, begun + 500, begun, *counts, *ports, 6, flags, 0, 0))
    one, other = ip_address(source), ip_address(target)
    if one.version == 4:
        parts += element(2, one.packed[::-1] + other.packed[::-1])
    else:
        halves = [part[at : at + 8][::-1] for part in (one.packed, other.packed) for at in (0, 8)]
        parts += element(3, b"".join(halves))
    parts += element(6, struct.pack("<II", 20, 0)) + element(12, packed("10.0.0.254")[::-1])
    parts += element(15, struct.pack("<Q", 0x0250_4600_4510) + bytes(24))
    return struct.pack("<HHHBBHBB", 11, 12 + len(parts), 5, 0, 0, 1, 0, 9) + parts


def nfdump_file(block: bytes, compression: int = 0, layout: int = 2, encryption: int = 0) -> bytes:
    head = struct.pack("<2sHIQBBHIQII", b"\x0c\xa5", layout, 0x01070100, NOW, compression, encryption, 0, 0, 0, 0, 1)
    return head + struct.pack("<IIHH", 2, len(block), 3, 0) + block
