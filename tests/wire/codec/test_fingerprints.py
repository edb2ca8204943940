"""`wire.codec.fingerprints` against published examples, and against tshark where it is here."""

import hashlib
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from hygie.wire.codec import fingerprints
from hygie.wire.codec.fingerprints import Hello, hello, ja3, ja4

CHROME = Hello(
    0x0303,
    [0x0A0A, 0x0304, 0x0303],
    [0x2A2A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x9C, 0x9D, 0x2F,
     0x35],
    [0x1A1A, 0, 0x17, 0xFF01, 10, 11, 0x23, 16, 5, 13, 0x12, 0x33, 0x2D, 43, 0x1B, 0x4469, 0xFAFA, 0x15],
    [0x3A3A, 29, 23, 24],
    [0],
    [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
    b"h2",
)  # fmt: skip
"""The hello of JA4's own description."""


def record(body: bytes) -> bytes:
    message = b"\1" + len(body).to_bytes(3, "big") + body
    return b"\x16\3\1" + struct.pack(">H", len(message)) + message


def made(ciphers: list[int], extensions: dict[int, bytes], version: int = 0x0303) -> bytes:
    offered = b"".join(struct.pack(">H", one) for one in ciphers)
    told = b"".join(struct.pack(">HH", kind, len(body)) + body for kind, body in extensions.items())
    lists = struct.pack(">H", len(offered)) + offered + b"\1\0" + struct.pack(">H", len(told)) + told
    return record(struct.pack(">H", version) + bytes(32) + b"\0" + lists)


NAMED = made(
    [0x1301, 0xC02F],
    {
        0: b"\0\x19\0\0\x16www.private-life.example",
        16: b"\0\x0c\x02h2\x08http/1.1",
        10: b"\0\4\0\x1d\0\x17",
        11: b"\1\0",
        13: b"\0\4\4\3\x08\4",
        43: b"\4\3\4\3\3",
    },
)


def test_published_examples() -> None:
    assert ja4(CHROME) == "t13d1516h2_8daaf6152771_e5627efa2ab1"
    lists = [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4]
    assert ja3(Hello(769, [], lists, [0, 10, 11], [23, 24, 25], [0], [], b"")) == "ada70206e40642a3e4461f35503241d5"
    lists = [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99]
    assert ja3(Hello(769, [], lists, [], [], [], [], b"")) == "de350869b8c85de67a350c8d186f11e6"


def test_a_hello_comes_apart() -> None:
    found = hello(NAMED)
    assert found == Hello(
        0x0303, [0x0304, 0x0303], [0x1301, 0xC02F], [0, 16, 10, 11, 13, 43], [29, 23], [0], [0x0403, 0x0804], b"h2"
    )
    assert ja4(found).startswith("t13d0206h2_")
    text = "771,4865-49199,0-16-10-11-13-43,29-23,0"
    assert ja3(found) == hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def test_the_name_asked_for_changes_nothing() -> None:
    other = NAMED.replace(b"www.private-life.example", b"www.another-one.examples")
    assert other != NAMED
    first, second = hello(NAMED), hello(other)
    assert first is not None and second is not None
    assert (ja3(first), ja4(first)) == (ja3(second), ja4(second))


def test_hellos_that_shuffle_have_no_ja3() -> None:
    assert ja3(CHROME) == ""


@pytest.mark.parametrize(
    ("protocol", "shown"), [(b"", "00"), (b"h", "hh"), (b"http/1.1", "h1"), (b"\xab", "ab"), (b"\x30\xab", "3b")]
)
def test_the_application_protocol_in_two_signs(protocol: bytes, shown: str) -> None:
    assert ja4(CHROME._replace(protocol=protocol))[8:10] == shown


def test_nothing_offered() -> None:
    bare = Hello(0x0301, [], [], [], [], [], [], b"")
    assert ja4(bare) == "t10i000000_000000000000_000000000000"


def test_what_is_no_whole_hello() -> None:
    assert hello(b"GET / HTTP/1.1") is None
    for end in range(len(NAMED)):
        try:
            assert hello(NAMED[:end]) is None
        except (IndexError, struct.error):
            continue


def test_as_tshark_has_it(shared: Path) -> None:
    program = shutil.which("tshark")
    captures = sorted((shared / "pcaps").rglob("*tls*.pcap*"))[:12]
    if not program:
        pytest.skip("tshark is not here")
    compared = 0
    for capture in captures:
        asked = ["-Y", "tls.handshake.type==1", "-T", "fields", "-e", "tls.handshake.ja3", "-e", "tcp.payload"]
        told = subprocess.run([program, "-r", capture, *asked], capture_output=True, text=True, check=False).stdout
        for line in told.splitlines():
            known, _, raw = line.partition("\t")
            data = bytes.fromhex(raw.replace(":", "")) if raw and "," not in line else b""
            found = hello(data) if fingerprints.looks_like(data) else None
            if found is not None and ja3(found):
                assert ja3(found) == known, capture
                compared += 1
    assert compared
