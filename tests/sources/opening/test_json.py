from hostile import content
from hygie.sources.opening.json import top


def test_top_level_keys() -> None:
    source = content(b'\xef\xbb\xbf {"a": {"b": 1}, "c": [2]}')
    assert {key: bytes(raw) for key, raw in top(source).items()} == {"a": b'{"b": 1}', "c": b"[2]"}
    assert top(source) is top(source)


def test_what_is_no_object_has_none() -> None:
    for data in (b"[1]", b'{"a": 1', b"a;b", b"", b"{" * 100_000):
        assert top(content(data)) == {}
