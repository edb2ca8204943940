import numpy as np
import pytest

from hygie.sources.capture import pairs
from hygie.sources.capture.keys import card, numbers
from hygie.sources.capture.pairs import Pairs, Seen

ONE, OTHER = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
FOUR, SIX = bytes((10, 0, 0, 1)), b"\xfd" + bytes(14) + b"\1"


def row(sender: bytes, end: bytes, place: int, first: int, last: int, near: int = 0, sensors: int = 1) -> list[int]:
    return [card(sender), *numbers(end), 4 if len(end) == 4 else 6, place, first, last, near, sensors]


def test_equal_pairs_are_one() -> None:
    table = Pairs(10)
    table.add(np.array([row(ONE, FOUR, 5, 0, 70), row(OTHER, SIX, 6, 60, 60, 1), row(ONE, FOUR, 9, 50, 80, 0, 4)]))
    table.sent(ONE, FOUR, True, 2, 3, 90, 90)
    table.sent(b"", SIX, False, 0, 7, 0, 0)
    assert list(table.items()) == [
        ((ONE, FOUR), Seen(3, 50, 90, 1.0, True, 7)),
        ((OTHER, SIX), Seen(6, 60, 60, 1.0, True, 1)),
        ((b"", SIX), Seen(7, 0, 0, 1.0, False, 0)),
    ]
    assert len(table) == 3
    assert table.dropped() == 0


@pytest.mark.parametrize("least", [0, 3, 1000])
def test_however_they_come_the_first_are_kept(least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_LEAST", least)
    monkeypatch.setattr(pairs, "_AT_ONCE", 2)
    table = Pairs(4)
    for turn in range(3):
        table.add(np.array([row(ONE, bytes((10, 0, 0, n)), 10 * turn + n, turn + 1, turn + 1) for n in range(1, 7)]))
    found = dict(table.items())
    assert [end[-1] for _, end in found] == [1, 2, 3, 4]
    assert all(seen == Seen(end[-1], 1, 3, 1.0, False, 1) for (_, end), seen in found.items())
    assert table.dropped() >= 2


def test_seen_again() -> None:
    seen = Seen(5, 0, 10, 0.5)
    seen.again(3, 7, 0.4)
    assert seen == Seen(3, 7, 10, 0.5)
    seen.again(9, 0, 0.9)
    assert seen == Seen(3, 7, 10, 0.9)
