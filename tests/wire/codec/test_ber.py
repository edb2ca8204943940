import pytest

from hygie.wire.codec import ber
from wire.hostile import ber as made
from wire.hostile import oid


def test_elements_inside_each_other() -> None:
    data = made(0x30, made(2, b"\xff\x00"), oid("1.3.6.1.4.1.8072.3"), made(4, b"x" * 300))
    parts = list(ber.children(data, ber.element(data, 0, len(data))))
    assert ber.integer(data, parts[0]) == -256
    assert ber.oid(data, parts[1]) == "1.3.6.1.4.1.8072.3"
    assert parts[2].stop - parts[2].start == 300


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x05ab", b"\x30\x80\0\0", b"\x30\x85\0\0\0\0\1x", b"\x3f\x01\x00"]
)
def test_lengths_that_lie(data: bytes) -> None:
    with pytest.raises(ValueError):
        ber.element(data, 0, len(data))


def test_odd_values() -> None:
    with pytest.raises(ValueError, match="integer"):
        ber.integer(b"", ber.Element(2, 0, 0))
    with pytest.raises(ValueError, match="without end"):
        ber.oid(b"\x80", ber.Element(6, 0, 1))


def test_as_many_children_as_are_believed() -> None:
    data = made(0x30, b"\5\0" * 3000)
    assert len(list(ber.children(data, ber.element(data, 0, len(data))))) == ber.MOST_CHILDREN
