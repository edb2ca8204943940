"""Elements of a DICOM data set or command set, read one after another, until a tag; sequences are stepped over.

Source: DICOM PS3.5 sections 7.1 to 7.5 and annex A; PS3.7 section 6.3 (command sets are implicit little endian).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

LONG_FORMS = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
"""Value representations with a 32-bit length (PS3.5 table 7.1-1)."""

UNDEFINED = 0xFFFFFFFF
MOST_ELEMENTS = 400
_ITEM, _ITEM_END, _SEQUENCE_END = (0xFFFE, 0xE000), (0xFFFE, 0xE00D), (0xFFFE, 0xE0DD)


class Element(NamedTuple):
    """One element."""

    group: int
    number: int
    start: int
    """First byte of the value."""
    stop: int


def elements(data: bytes, last_group: int) -> Iterator[Element]:
    """Elements at the top of a data set up to a group, as far as the bytes reach.

    Explicit or implicit VR is told by their look. Raises ValueError where tags do not rise (this is no data set).
    """
    order = ">" if data[:2] == b"\x00\x08" and data[2:4] != b"\x00\x00" else "<"
    explicit = data[4:6].isalpha() and data[4:6].isupper()
    offset, before = 0, (0, -1)
    for _ in range(MOST_ELEMENTS):
        if offset + 8 > len(data):
            return
        group, number, length, start = _head(data, offset, order, explicit)
        if group > last_group:
            return
        if (group, number) <= before:
            raise ValueError(f"tags that do not rise at {offset}")
        before = (group, number)
        stop = _end_of_sequence(data, start, order, explicit) if length == UNDEFINED else start + length
        if stop > len(data):
            return
        if length != UNDEFINED:
            yield Element(group, number, start, stop)
        offset = stop


def _head(data: bytes, offset: int, order: str, explicit: bool) -> tuple[int, int, int, int]:
    """(group, element, length, start of the value). Raises struct.error, ValueError."""
    group, number = struct.unpack_from(order + "HH", data, offset)
    if not explicit or group == 0xFFFE:
        (length,) = struct.unpack_from(order + "I", data, offset + 4)
        return group, number, length, offset + 8
    form = data[offset + 4 : offset + 6]
    if not form.isalpha():
        raise ValueError(f"no value representation at {offset}")
    if form in LONG_FORMS:
        if offset + 12 > len(data):
            return group, number, len(data), offset + 12
        (length,) = struct.unpack_from(order + "I", data, offset + 8)
        return group, number, length, offset + 12
    (length,) = struct.unpack_from(order + "H", data, offset + 6)
    return group, number, length, offset + 8


def _end_of_sequence(data: bytes, offset: int, order: str, explicit: bool) -> int:
    """Offset after a sequence of undefined length; past the end where the bytes stop first."""
    depth = 1
    for _ in range(4 * MOST_ELEMENTS):
        if offset + 8 > len(data):
            break
        group, number, length, start = _head(data, offset, order, explicit)
        tag = (group, number)
        offset = start
        if tag == _SEQUENCE_END:
            depth -= 1
            if depth == 0:
                return offset
        elif tag in (_ITEM, _ITEM_END):
            # An item of known length holds no delimiter of ours: step over it whole.
            offset += 0 if length == UNDEFINED else length
        elif length == UNDEFINED:
            depth += 1
        else:
            offset += length
    return len(data) + 1
