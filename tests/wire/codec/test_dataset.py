import struct

import pytest

from hygie.wire.codec import dataset


def implicit(group: int, number: int, value: bytes) -> bytes:
    return struct.pack("<HHI", group, number, len(value)) + value


def read(data: bytes, last: int = 0x18) -> list[tuple[int, int, bytes]]:
    return [(e.group, e.number, data[e.start : e.stop]) for e in dataset.elements(data, last)]


def test_implicit_explicit_and_big_endian() -> None:
    assert read(implicit(8, 0x16, b"1.2 ") + implicit(0x20, 1, b"x ")) == [(8, 0x16, b"1.2 ")]
    assert read(struct.pack("<HH2sH", 8, 0x16, b"UI", 4) + b"1.2 ") == [(8, 0x16, b"1.2 ")]
    assert read(struct.pack(">HH2sH", 8, 0x16, b"UI", 4) + b"1.2 ") == [(8, 0x16, b"1.2 ")]


def test_sequences_are_stepped_over() -> None:
    inner = struct.pack("<HHI", 0xFFFE, 0xE000, 8) + implicit(8, 0x70, b"") + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    data = struct.pack("<HHI", 8, 0x1032, 0xFFFFFFFF) + inner + implicit(8, 0x1090, b"Scan")
    assert read(data) == [(8, 0x1090, b"Scan")]


def test_a_value_that_is_not_there_ends_it() -> None:
    assert read(implicit(8, 0x16, b"1.2 ") + struct.pack("<HHI", 8, 0x70, 64) + b"short") == [(8, 0x16, b"1.2 ")]


def test_tags_that_do_not_rise_are_no_data_set() -> None:
    with pytest.raises(ValueError, match="rise"):
        read(implicit(8, 0x70, b"ab") + implicit(8, 0x16, b"ab"))
