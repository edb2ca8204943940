"""Values of records: what is none is refused without its text."""

from collections.abc import Callable
from typing import Any

import pytest

from hostile import content
from hygie.sources.sensors import values


def test_addresses_and_cards() -> None:
    assert values.address("10.1.2.3") == bytes((10, 1, 2, 3))
    assert values.address("::ffff:10.1.2.3") == bytes((10, 1, 2, 3))
    assert values.address("fd00::1")[-1] == 1
    assert values.card("02:50:46:0:45:10") == values.card("02-50-46-00-45-10") == bytes.fromhex("025046004510")
    assert values.card("") == values.card("02:50:46:00:45") == b""


def test_counts_and_times() -> None:
    assert (values.count(None), values.count("12"), values.count(3.0), values.port("443")) == (0, 12, 3, 443)
    assert values.seconds("1786320000.123456") == values.seconds(1786320000.123456) == 1786320000_123456
    assert (values.seconds(None), values.seconds("2.5"), values.seconds("7")) == (0, 2_500_000, 7_000_000)
    assert values.instant("2026-08-10T02:00:00.5+0200") == values.instant("2026-08-10T00:00:00.5Z")
    assert values.instant("2026-08-10T00:00:00") == 1786320000_000000
    assert values.instant("") == 0


@pytest.mark.parametrize(
    ("reads", "odd"),
    [
        (values.address, "DUPONT"),
        (values.count, "DUPONT"),
        (values.count, -1),
        (values.count, True),
        (values.count, 1 << 60),
        (values.count, [1]),
        (values.port, 65_536),
        (values.seconds, "-1"),
        (values.seconds, "9" * 30),
        (values.seconds, float("inf")),
        (values.seconds, float("nan")),
        (values.seconds, "٣"),
        (values.instant, "DUPONT"),
        (values.instant, "2" * 100),
        (values.instant, 5),
    ],
)
def test_what_is_none(reads: Callable[[Any], object], odd: Any) -> None:
    with pytest.raises(ValueError) as told:
        reads(odd)
    assert reads is values.count or "DUPONT" not in str(told.value)


def test_texts_and_lines() -> None:
    assert (values.text("a"), values.text(5), values.text(None), values.text([1]), values.text(True)) == (
        *("a", "5"),
        *("", "", ""),
    )
    assert list(values.numbered(content(b"a\r\n\n  \nb"))) == [(1, b"a"), (4, b"b")]
    with pytest.raises(ValueError, match=r"refusal\.large"):
        list(values.numbered(content(b"x" * (3 * values.LONGEST))))
