import gzip
import re

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


@pytest.mark.parametrize(
    ("agent", "system"),
    [
        ("Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36", "Windows NT 6.1"),
        ("Microsoft-CryptoAPI/10.0", "Windows NT 10.0"),
        ("Windows-Update-Agent/10.0.10011.16384 Client-Protocol/2.33", "Windows NT 10.0"),
        ("Microsoft BITS/7.8", "Windows"),
        ("Mozilla/5.0 (Linux; Android 9; SM-T510) AppleWebKit/537.36", "Android 9"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macOS"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0)", "Linux"),
        ("Mozilla/5.0 (compatible)", ""),
    ],
)
def test_of_a_browser_only_the_system_is_said(agent: str, system: str) -> None:
    found = http.head(b"GET /patient/1 HTTP/1.1\r\nUser-Agent: " + agent.encode() + b"\r\n\r\n")
    assert [(one.trait.value, one.value) for one in http.products(found)] == (
        [("operating_system", system)] if system else []
    )


def test_bounds() -> None:
    assert http.head_length(b"GET / HTTP/1.1\r\n") == 0
    with pytest.raises(ValueError, match="without end"):
        http.head_length(b"GET / HTTP/1.1\r\n" + b"x" * http.LONGEST_HEAD)
    with pytest.raises(ValueError, match="first line"):
        http.head(b"hello")
    many = b"GET / HTTP/1.1\r\n" + b"".join(b"h%d: 1\r\n" % n for n in range(500)) + b"\r\n"
    assert len(http.head(many).fields) == http.MOST_FIELDS


def test_bodies_in_chunks_and_packed() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    packed = gzip.compress(b"x" * 5000)
    first, second = packed[:20], packed[20:]
    raw = head + b"14;a=b\r\n" + first + b"\r\n%x\r\n" % len(second) + second + b"\r\n0\r\n\r\n"
    found = http.head(raw)
    assert http.message_length(raw, found) == http.unit_length(raw + b"HTTP/1.1 200", bool) == len(raw)
    assert http.body(raw, found, 100) == b"x" * 100
    assert len(http.body(raw[:-12], found, 10_000)) <= 5000
    assert http.message_length(raw[: len(head) + 12], found) == len(head) + 8 + 20 + 7
    with pytest.raises(ValueError, match="does not hold"):
        http.body(raw.replace(packed[:10], b"0123456789"), found, 100)
    with pytest.raises(ValueError, match="no number"):
        http.unit_length(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", bool)


def test_a_target_is_compared_and_not_returned() -> None:
    raw = b"GET /studies?PatientID=1 HTTP/1.1\r\n\r\n"
    assert http.aims_at(raw, re.compile(rb"^/studies"))
    assert not http.aims_at(raw, re.compile(rb"HTTP"))
    assert not http.aims_at(b"HTTP/1.1 200 OK\r\n\r\n", re.compile(rb"200"))


def test_bodies_without_a_length() -> None:
    assert http.unit_length(head := b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\n", bool) == 0
    assert http.unit_length(head + b"body", bool) == len(head) + 4
    assert http.unit_length(head + b"body", lambda _: False) == len(head)
    assert http.unit_length(none := b"HTTP/1.1 304 Not Modified\r\n\r\n", bool) == len(none)
    assert http.unit_length(asked := b"GET / HTTP/1.1\r\n\r\n", bool) == len(asked)
    assert http.unit_length(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", bool) == 0
