import struct

import pytest

from hygie.wire.codec import names
from wire.hostile import labels, message


def test_a_name_with_a_pointer() -> None:
    data = bytes(12) + labels("chu.example") + b"\x04pacs\xc0\x0c"
    assert names.name(data, 12) == ("chu.example", 25)
    assert names.name(data, 25) == ("pacs.chu.example", len(data))


@pytest.mark.parametrize(
    "data", [b"\xc0\x00", b"\xc0\x02\xc0\x00", b"\x40ab\0", b"\x05ab", (b"\x3f" + b"a" * 63) * 5 + b"\0"]
)
def test_names_that_loop_or_lie(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        names.name(data, 0)


def test_records() -> None:
    data = message(0x8180, labels("a.b"), ("a.b", names.A, b"\x0a\0\0\1"), ("c", names.TXT, b"\1x"))
    assert [(r.name, r.kind, data[r.start : r.stop]) for r in names.records(data)] == [
        ("a.b", names.A, b"\x0a\0\0\1"),
        ("c", names.TXT, b"\1x"),
    ]
    assert names.header(data) == names.Header(True, 0, 0, 1, 2)


def test_a_record_cut_short() -> None:
    data = message(0x8180, b"", ("a.b", names.A, b"\x0a\0\0\1"))
    with pytest.raises((ValueError, struct.error)):
        list(names.records(data[:-1]))


def test_what_a_message_looks_like() -> None:
    assert names.looks_like_message(message(0x0100, labels("a.b")))
    assert not names.looks_like_message(b"GET / HTTP/1.1\r\n\r\n")
    assert not names.looks_like_message(bytes(40))
