from pathlib import Path

import pytest

from hostile import flips
from hygie.sources.opening import compound

BOOKS = Path(__file__).with_name("books")


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls"])
def test_what_is_behind_a_password(name: str) -> None:
    assert compound.protected((BOOKS / name).read_bytes())


@pytest.mark.parametrize("name", ["list.xls", "list.ods", "locked.ods"])
def test_what_is_not_or_is_no_compound_file(name: str) -> None:
    assert not compound.protected((BOOKS / name).read_bytes())


def test_damage_is_no_password() -> None:
    data = (BOOKS / "locked.xls").read_bytes()
    assert [compound.protected(data[:end]) for end in range(0, 2048, 64)] == [False] * 32
    for damaged in (*(data[:end] for end in range(2048, len(data), 16)), *flips(data, 1000)):
        assert compound.protected(damaged) in (True, False)
    assert not compound.protected(compound.MAGIC)
    assert not compound.protected(compound.MAGIC + bytes(600))


def test_a_stream_of_its_own_sectors_is_looked_at_there() -> None:
    data = bytearray((BOOKS / "list.xls").read_bytes())
    at = data.find("Workbook".encode("utf-16-le"))
    data[at + 116 : at + 124] = (len(data) // 512 - 1).to_bytes(4, "little") + (5000).to_bytes(4, "little")
    data = data[: len(data) // 512 * 512]
    plain = bytes(data) + b"\x09\x08\x02\x00\x00\x00" + b"\x42\x00\x02\x00\x00\x00"
    locked = bytes(data) + b"\x09\x08\x02\x00\x00\x00" + b"\x2f\x00\x02\x00\x00\x00"
    assert [compound.protected(plain), compound.protected(locked)] == [False, True]
