import pytest

from hygie.wire.codec import msh


def test_where_a_header_begins() -> None:
    assert msh.starts(b"MSH|^~\\&|A")
    assert not msh.starts(b"MSHELLO WORLD")
    assert not msh.starts(b"MSH is short")
    with pytest.raises(ValueError, match="no MSH"):
        list(msh.read(b"PID|1||DURAND^Marie", 0))


def test_the_header_alone() -> None:
    message = b"MSH|^~\\&|A^DURAND^L|B|C|D|2024|passw0rd|ACK|1|P|2.3\rPID|1||DURAND^Marie"
    values = [one.value for one in msh.read(message, 7)]
    assert values == ["A^B", "C^D", "ACK", "2.3"]
    assert {one.offset for one in msh.read(message, 7)} == {7}
