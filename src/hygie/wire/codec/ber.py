"""Basic and distinguished encoding rules: definite lengths only.

Source: ITU-T X.690 (02/2021), sections 8.1, 8.3 and 8.19.
"""

from collections.abc import Iterator
from typing import NamedTuple

MOST_CHILDREN = 1000


class Element(NamedTuple):
    """One encoded value."""

    tag: int
    """First identifier byte, class and form bits included."""
    start: int
    """First byte of the content."""
    stop: int
    """One past its last byte."""


def element(data: bytes, offset: int, end: int) -> Element:
    """The element that begins at offset and must end by end. Raises ValueError."""
    if offset + 2 > end:
        raise ValueError(f"no element at {offset}")
    tag, length, start = data[offset], data[offset + 1], offset + 2
    if tag & 0x1F == 0x1F:
        raise ValueError("a tag of several bytes")
    if length & 0x80:
        count = length & 0x7F
        if not 0 < count <= 4 or start + count > end:
            raise ValueError(f"a length of {count} bytes")
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > end:
        raise ValueError(f"an element longer than its parent by {start + length - end}")
    return Element(tag, start, start + length)


def children(data: bytes, parent: Element) -> Iterator[Element]:
    """The elements inside a constructed one, at most `MOST_CHILDREN`. Raises ValueError."""
    offset = parent.start
    for _ in range(MOST_CHILDREN):
        if offset >= parent.stop:
            return
        child = element(data, offset, parent.stop)
        yield child
        offset = child.stop


def integer(data: bytes, part: Element) -> int:
    """A whole number, two's complement, at most 8 bytes. Raises ValueError."""
    if not 0 < part.stop - part.start <= 9:
        raise ValueError("an integer of odd size")
    return int.from_bytes(data[part.start : part.stop], "big", signed=True)


def oid(data: bytes, part: Element) -> str:
    """An object identifier as dotted text. Raises ValueError."""
    if not 0 < part.stop - part.start <= 128:
        raise ValueError("an object identifier of odd size")
    numbers: list[int] = []
    value = 0
    for byte in data[part.start : part.stop]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        raise ValueError("an object identifier without end")
    first = min(numbers[0] // 40, 2)
    return ".".join(str(n) for n in (first, numbers[0] - 40 * first, *numbers[1:]))
