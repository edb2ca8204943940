"""Answers as stations of Siemens give them, put together here by the standard's form."""

import struct

import pytest

from hygie.wire import Way, profinet
from wire.hostile import said, survives


def frame(ident: int, service: int, kind: int, *blocks: tuple[int, int, bytes]) -> bytes:
    body = b"".join(struct.pack(">BBH", a, b, len(v)) + v + b"\0" * (len(v) % 2) for a, b, v in blocks)
    return struct.pack(">HBBIHH", ident, service, kind, 7, 0, len(body)) + body


ANSWER = frame(
    profinet.IDENTIFY,
    profinet.SEARCH,
    1,
    (2, 2, b"\0\0et200sp-bloc2"),
    (2, 1, b"\0\0ET200SP"),
    (2, 3, b"\0\0\0\x2a\3\x13"),
    (2, 4, b"\0\0\1\0"),
    (1, 2, b"\0\1" + bytes((10, 42, 90, 7, 255, 255, 255, 0, 10, 42, 90, 254))),
)
NAMED = (2, 2, b"\0\0x208-bord")
HELLO = frame(profinet.HELLO, profinet.GREET, 0, NAMED, (1, 2, b"\0\2" + bytes((10, 0, 0, 7)) + bytes(8)))
SEARCH = frame(0xFEFE, profinet.SEARCH, 0, (2, 2, b"et200sp-bloc2"))
SET = frame(profinet.ANSWER, 4, 0, (2, 2, b"\0\1new-name"))
SET_ANSWER = frame(profinet.ANSWER, 4, 1, (5, 4, b"\2\2\0"))


def test_a_station_answers() -> None:
    assert said(profinet.DISSECTOR, ANSWER) == {
        ("sender", "host_name", "et200sp-bloc2"),
        ("sender", "product", "ET200SP"),
        ("sender", "manufacturer", "Siemens"),
        ("sender", "role", "profinet io device"),
        ("sender", "ip", "10.42.90.7"),
    }


def test_a_station_that_begins_greets() -> None:
    assert said(profinet.DISSECTOR, HELLO) == {("sender", "host_name", "x208-bord"), ("sender", "ip", "10.0.0.7")}


def test_what_is_sought_or_set_is_nobodys_word_on_itself() -> None:
    assert [profinet.looks_like(unit) for unit in (SEARCH, SET, SET_ANSWER)] == [False] * 3


@pytest.mark.parametrize(
    "block",
    [
        (1, 2, b"\0\1" + bytes(12)),
        (1, 2, b"\0\0" + bytes((10, 0, 0, 7)) + bytes(8)),
        (1, 2, b"\0\x81" + bytes((10, 0, 0, 7)) + bytes(8)),
        (2, 2, b"\0\0%n%n%n"),
        (2, 2, b"\0\0"),
        (2, 3, b"\0\0\xff\xff\0\1"),
        (2, 4, b"\0\0\0\0"),
        (2, 6, b"\0\0port-001.x"),
    ],
)
def test_what_says_nothing_is_nothing(block: tuple[int, int, bytes]) -> None:
    unit = frame(profinet.IDENTIFY, profinet.SEARCH, 1, block)
    assert profinet.looks_like(unit) or len(unit) < 16
    assert said(profinet.DISSECTOR, unit) == set()


def test_blocks_beyond_their_frame_are_an_error() -> None:
    unit = frame(profinet.IDENTIFY, profinet.SEARCH, 1, NAMED)
    with pytest.raises(ValueError, match="cut"):
        list(profinet.dissect(unit[:14] + b"\xff\xff" + unit[16:], Way("ethernet")))
    with pytest.raises(ValueError, match="cut"):
        list(profinet.dissect(unit[:-2], Way("ethernet")))


def test_anything_may_come() -> None:
    survives(profinet.DISSECTOR, [ANSWER, HELLO])
