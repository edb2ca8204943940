import pytest

from hygie.wire.codec import http


def test_a_request_without_its_target() -> None:
    raw = b"GET /secret?name=DURAND HTTP/1.1\r\nA: 1\r\nA: 2\r\nb:3\r\n\r\nbody"
    assert http.head(raw) == http.Head("GET", 0, {"a": b"1", "b": b"3"}, len(raw) - 4)
    assert http.is_request(raw)
    assert http.head_length(raw) == len(raw) - 4


def test_an_answer() -> None:
    raw = b"HTTP/1.0 404 Not Found\nServer: x\n\n"
    assert http.head(raw) == http.Head("", 404, {"server": b"x"}, len(raw))
    assert not http.is_request(raw)


def test_bounds() -> None:
    assert http.head_length(b"GET / HTTP/1.1\r\n") == 0
    with pytest.raises(ValueError, match="without end"):
        http.head_length(b"GET / HTTP/1.1\r\n" + b"x" * http.LONGEST_HEAD)
    with pytest.raises(ValueError, match="first line"):
        http.head(b"hello")
    many = b"GET / HTTP/1.1\r\n" + b"".join(b"h%d: 1\r\n" % n for n in range(500)) + b"\r\n"
    assert len(http.head(many).fields) == http.MOST_FIELDS
