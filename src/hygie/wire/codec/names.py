"""Messages of the Domain Name System and its kin (mDNS, LLMNR): header, names with compression, records.

Source: RFC 1035 section 4.1 (messages, section 4.1.4 compression); RFC 6762 section 18 (top bit of the class).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

A, PTR, TXT, AAAA, SRV = 1, 12, 16, 28, 33
"""Record types."""

MOST_RECORDS = 200
MOST_JUMPS = 20
LONGEST_NAME = 255


class Header(NamedTuple):
    """The first 12 bytes."""

    answer: bool
    opcode: int
    error: int
    questions: int
    records: int
    """Answers, authorities and additional records together."""


class Record(NamedTuple):
    """One resource record."""

    name: str
    kind: int
    start: int
    """First byte of its data."""
    stop: int


def header(message: bytes) -> Header:
    """Raises struct.error where the message is shorter than 12 bytes."""
    _, flags, questions, answers, authorities, additional = struct.unpack_from(">6H", message)
    return Header(bool(flags & 0x8000), flags >> 11 & 15, flags & 15, questions, answers + authorities + additional)


def name(message: bytes, offset: int) -> tuple[str, int]:
    """(name, offset after it): labels joined by dots. Raises ValueError, IndexError.

    Pointers go backwards only, at most `MOST_JUMPS` of them.
    """
    labels: list[str] = []
    after, size, jumps, floor = -1, 0, 0, offset
    while True:
        length = message[offset]
        if length == 0:
            return ".".join(labels), (after if after >= 0 else offset + 1)
        if length & 0xC0 == 0xC0:
            target = (length & 0x3F) << 8 | message[offset + 1]
            jumps += 1
            if target >= floor or jumps > MOST_JUMPS:
                raise ValueError(f"a name that points forward or too often at {offset}")
            after = after if after >= 0 else offset + 2
            offset = floor = target
            continue
        if length & 0xC0:
            raise ValueError(f"a label of unknown form at {offset}")
        label = message[offset + 1 : offset + 1 + length]
        size += length + 1
        if len(label) < length or size > LONGEST_NAME:
            raise ValueError(f"a name that does not end at {offset}")
        labels.append(label.decode("utf-8", "replace"))
        offset += 1 + length


def records(message: bytes) -> Iterator[Record]:
    """All records after the questions, at most `MOST_RECORDS`. Raises ValueError, IndexError, struct.error."""
    head = header(message)
    if head.questions > MOST_RECORDS:
        raise ValueError(f"{head.questions} questions")
    offset = 12
    for _ in range(head.questions):
        _, offset = name(message, offset)
        offset += 4
    for _ in range(min(head.records, MOST_RECORDS)):
        owner, offset = name(message, offset)
        kind, _, _, size = struct.unpack_from(">HHIH", message, offset)
        start = offset + 10
        if start + size > len(message):
            raise ValueError(f"a record cut at {start}")
        yield Record(owner, kind, start, start + size)
        offset = start + size


def looks_like_message(payload: bytes) -> bool:
    """Whether bytes hold a header with sane counts and a first name that parses."""
    if len(payload) < 17:
        return False
    head = header(payload)
    if head.opcode not in (0, 4, 5) or head.questions > 100 or head.records > 600 or not head.questions + head.records:
        return False
    if payload[3] & 0x40:
        return False
    try:
        owner, after = name(payload, 12)
        kind, group = struct.unpack_from(">HH", payload, after)
    except (ValueError, IndexError, struct.error):
        return False
    return (0 < kind < 65535 and group & 0x7FFF in (1, 3, 254, 255)) or (kind == 41 and not owner)
