import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, Struct

import hostile
from hostile import content
from hygie.model.evidence import Speaker
from hygie.sources.opening import documents
from hygie.sources.opening.documents import (
    NOTHING,
    Text,
    Told,
    absent,
    decode,
    keys,
    outline,
    pointer,
    text,
    whole,
)


class Item(Struct):
    name: Text = None
    many: list[int] = []


def test_outline_of_an_object() -> None:
    seen = outline(hostile.content(b'\xef\xbb\xbf {"a": {"b": [1, 2]}, "c": "}"} '))
    assert (seen.shape, seen.cut, bytes(seen.keys["a"]), bytes(seen.keys["c"])) == (
        "object",
        False,
        b'{"b": [1, 2]}',
        b'"}"',
    )


def test_outline_of_a_list_and_of_lines() -> None:
    assert outline(hostile.content(b'[{"a": 1}, {"b": 2}]')).keys.keys() == {"a"}
    assert outline(hostile.content(b'[{"a": 1}, {"b": 2}]')).shape == "list"
    lines = outline(hostile.content(b'{"a": 1}\r\n{"b": 2}\n'))
    assert (lines.shape, list(lines.keys)) == ("lines", ["a"])
    assert outline(hostile.content(b'{"a": 1}\n\n')).shape == "object"
    assert outline(hostile.content(b"[]")) == NOTHING
    assert outline(hostile.content(b"cve,epss,percentile\n")) == NOTHING


def test_outline_of_a_document_longer_than_its_head() -> None:
    long = json.dumps({"first": {"id": 1}, "list": [{"n": i, "t": 'a"}'} for i in range(20_000)], "last": 2})
    source = hostile.content(long.encode())
    seen = outline(source)
    assert seen.cut and list(seen.keys) == ["first", "list"]
    assert list(keys(source, "last", frozenset(("first", "list")))) == ["first", "list", "last"]
    assert list(keys(source, "last", frozenset(("first",)))) == ["first", "list"], "another format: not looked through"


def test_outline_reads_utf_16() -> None:
    assert list(outline(hostile.content('{"é": 1}'.encode("utf-16"))).keys) == ["é"]
    assert whole(hostile.content('{"é": 1}'.encode("utf-16"))) == '{"é": 1}'.encode()


@given(st.binary(max_size=300) | st.text(alphabet='{}[]",:\\a1 ').map(str.encode))
def test_outline_takes_anything(data: bytes) -> None:
    assert outline(hostile.content(data)).shape in ("", "object", "list", "lines")


def test_truncated_documents_are_still_known() -> None:
    document = b'{"document": {"csaf_version": "2.0", "title": "T"}, "product_tree": {"branches": []}}'
    for end in range(50, len(document)):
        assert "document" in outline(hostile.content(document[:end])).keys


def test_text_of_scalars() -> None:
    assert [text(v) for v in (None, "a", 2, 2.5, True, False, "a\0b")] == ["", "a", "2", "2.5", "true", "false", "a�b"]


def test_pointers_are_escaped() -> None:
    assert pointer("a/b", 0, "m~n") == "/a~1b/0/m~0n"


def test_absent_parts() -> None:
    assert absent(Raw()) and absent(Raw(b"null")) and not absent(Raw(b"[]"))


def test_a_damaged_item_costs_only_itself() -> None:
    told = Told("f", "r1")
    raw = Raw(b'[{"name": "a"}, {"name": []}, 3, {"name": 4, "other": 1}]')
    found = told.parts(raw, "/x", Item)
    assert [(place, text(item.name)) for place, item in found] == [("/x/0", "a"), ("/x/3", "4")]
    assert [(r.place, r.reason) for r in told.drain()] == [("/x/1", "refusal.part"), ("/x/2", "refusal.part")]
    assert list(told.drain()) == []


def test_what_is_no_list_is_refused() -> None:
    told = Told("f", "r1")
    assert told.parts(Raw(b'{"name": "a"}'), "/x", Item) == []
    assert told.texts(Raw(b'["a", 1, {}]'), "/y") == [("/y/0", "a"), ("/y/1", "1")]
    assert [r.place for r in told.drain()] == ["/x", "/y/2"]


def test_refusals_hold_no_control_characters() -> None:
    told = Told("f", "r1")
    told.refuse("/x", "refusal.csaf.product", "id=\x1b[31mred\n")
    assert told.rows[0].args == ("id=�[31mred�",)


def test_truncation_has_its_own_error() -> None:
    with pytest.raises(EOFError):
        decode(b'{"name": "a', Item)
    with pytest.raises(ValueError, match="Expected"):
        decode(b"[]", Item)


@pytest.mark.parametrize("data", [b"a\r\nb\n\nc", b"\xef\xbb\xbfa\r\nb\n\nc", "a\r\nb\n\nc".encode("utf-16")])
def test_lines_of_a_stream(data: bytes) -> None:
    assert [line.strip() for line in documents.lines(content(data))] == [b"a", b"b", b"", b"c"]


def test_a_line_goes_on_over_chunks_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CHUNK", 7)
    data = b"x" * 30 + b"\n" + b"y" * 5
    assert list(documents.lines(content(data))) == [b"x" * 30, b"y" * 5]
    with pytest.raises(ValueError, match=r"refusal\.large"):
        list(documents.lines(content(data), 20))


def test_a_published_document_is_a_third_partys_and_is_replaced_by_the_next() -> None:
    made = documents.published("x", 3, lambda _: True, lambda *_: iter(()), lambda _: "2026-01-01")
    assert (made.kind, made.version, made.snapshot, made.speaker) == ("x", 3, True, Speaker.THIRD_PARTY)
    one = content(b"{}")
    assert (made.series(one), made.dated(one)) == ("", "2026-01-01")
