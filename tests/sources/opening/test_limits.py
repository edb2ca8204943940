import io
import zlib
from typing import BinaryIO, cast

import pytest

from hygie.sources.opening.limits import Budget, Counted, Limits

SMALL = Limits(ratio=2, free=100, members=2, size=1000)


class Breaking(io.BytesIO):
    """Gives its bytes, then breaks."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise zlib.error("broken")
        return data


def counted(stream: BinaryIO, budget: Budget) -> Counted:
    return Counted(stream, "x", budget)


def test_every_byte_counts_once_however_often_it_is_read() -> None:
    budget = Budget(10, SMALL)
    for _ in range(5):
        assert counted(io.BytesIO(b"a" * 90), budget).read() == b"a" * 90
    with pytest.raises(ValueError, match=r"refusal\.bomb"):
        Counted(io.BytesIO(b"b" * 50), "y", budget).read()


def test_a_large_file_may_hold_more() -> None:
    assert len(counted(io.BytesIO(b"a" * 900), Budget(500, SMALL)).read()) == 900
    with pytest.raises(ValueError, match=r"refusal\.limit"):
        counted(io.BytesIO(b"a" * 1001), Budget(5000, SMALL)).read()


def test_members_are_counted() -> None:
    budget = Budget(10, SMALL)
    budget.enter()
    budget.enter()
    with pytest.raises(ValueError, match=r"refusal\.members"):
        budget.enter()


def test_bytes_before_a_damage_are_given() -> None:
    stream = counted(cast(BinaryIO, Breaking(b"good bytes")), Budget(1000, Limits()))
    assert stream.read(4) == b"good"
    assert stream.read(100) == b" bytes"
    with pytest.raises(zlib.error):
        stream.read(1)
    assert stream.read1(0) == b""
    stream.close()
    stream.close()
