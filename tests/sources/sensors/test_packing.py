"""Blocks are unpacked as their formats say, and what does not hold is refused."""

import bz2
import random
from collections.abc import Callable

import pytest

from hygie.sources.sensors import packing
from hygie.sources.sensors.packing import UNPACK, bzip2, lz4, lzo

TEXT = b"abcdefgh" * 5 + b"."
LZ4 = b"\x8fabcdefgh\x08\x00\x0d\x10."
"""8 literals, then 32 bytes from 8 before (4 + 15 + 13), then 1 literal."""
LZO = b"\x19abcdefgh\x3e\x1d\x00." + b"\x11\x00\x00"


def test_lz4() -> None:
    assert lz4(LZ4) == TEXT
    assert lz4(b"\x50hello") == b"hello"


def test_lzo() -> None:
    # 17 + 8 literals; a match of 30 + 2 bytes from 8 before and 1 literal; the end.
    assert lzo(LZO) == TEXT
    assert lzo(b"\x16hello\x11\x00\x00") == b"hello"


def test_bzip2() -> None:
    assert bzip2(bz2.compress(TEXT)) == TEXT
    assert UNPACK[0](TEXT) == TEXT


@pytest.mark.parametrize(("unpack", "data"), [(lz4, LZ4), (lzo, LZO), (bzip2, bz2.compress(TEXT))])
def test_damage(unpack: Callable[[bytes], bytes], data: bytes) -> None:
    dice = random.Random(3)
    for _ in range(3000):
        broken = bytearray(data[: dice.randrange(1, len(data) + 1)])
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        try:
            assert len(unpack(bytes(broken))) <= packing.MOST
        except (ValueError, IndexError, OSError, EOFError):
            continue


@pytest.mark.parametrize("bomb", [b"\x1fa\x01\x00" + b"\xff" * 70_000 + b"\x00", b"\x1fa\x01\x00" + b"\xff" * 100_000])
def test_what_comes_out_is_bounded(bomb: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        lz4(bomb)
