import pytest

from hygie.wire.codec import fields

HEAD = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nv: a\r\nVia:b\r\nbad line\r\nL: 3\r\n\r\nabcX"


def test_fields_and_compact_names() -> None:
    found = fields.head(HEAD)
    assert found.fields == {b"cseq": [b"1"], b"via": [b"a", b"b"], b"content-length": [b"3"]}
    assert found.first(b"via") == b"a"
    assert found.first(b"server") == b""
    assert found.length == len(HEAD) - 4


def test_lengths() -> None:
    assert fields.length(HEAD) == len(HEAD) - 1
    assert fields.length(HEAD[:40]) == 0
    with pytest.raises(ValueError, match="without end"):
        fields.head(b"x" * fields.LONGEST)
    for wrong in (b"x", b"-1", b"9" * 10):
        with pytest.raises(ValueError, match="no number"):
            fields.length(HEAD.replace(b"L: 3", b"L: " + wrong))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"Asterisk PBX 20.5.0", "Asterisk PBX 20.5.0"),
        (b"baresip v1.0.0 (x86_64/linux)", "baresip v1.0.0"),
        (b"Linphone Desktop/4.2.5 (pc-durand) Debian", "Linphone Desktop/4.2.5"),
        (b"FreeSWITCH-mod_sofia/1.10.7-release", "FreeSWITCH-mod_sofia/1.10.7-release"),
        (b"marie@chu.example", ""),
        (b"Marie's iPad", ""),
        (b"iPhone de Marie", ""),
        (b"0612345678", ""),
        (b"", ""),
    ],
)
def test_products(text: bytes, expected: str) -> None:
    assert fields.product(text) == expected
