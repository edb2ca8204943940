"""JA3 and JA4 of a TLS client: what its hello offers, as two short texts by which the same program is known again.

What comes in: a record that begins with a client's hello. What goes out: the texts; "" where the hello is not whole.
The name that the client asks for has no part in them: JA4 says only that it asks for one.

JA3 is not made where the hello holds GREASE values: programs that send them (browsers) shuffle the rest, so that each
hello would give another one.
Source: J. Althouse et al., JA3 (2017), "How it works"; FoxIO, JA4 technical details: JA4, TLS client; RFC 8701 section
2 (GREASE); RFC 8446 section 4.1.2 (hello); RFC 7301 section 3.1 (ALPN).
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from hygie.wire.codec.handshake import CLIENT_HELLO, SERVER_NAME, SUPPORTED_VERSIONS, extensions, looks_like

GROUPS, FORMATS, SIGNATURES, PROTOCOLS = 10, 11, 13, 16
"""Types of extensions: supported groups, point formats, signature algorithms, application protocols."""
_VERSIONS = {0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3", 0x0002: "s2"}
_NOTHING = "000000000000"


class Hello(NamedTuple):
    """What a client offers, in its order."""

    version: int
    """As its hello says it; from TLS 1.2 on always 0x0303."""
    versions: list[int]
    ciphers: list[int]
    extensions: list[int]
    groups: list[int]
    formats: list[int]
    signatures: list[int]
    protocol: bytes
    """The first application protocol; b"" none."""


def hello(payload: bytes) -> Hello | None:
    """A client's hello that lies whole in one record; None where none does. Raises IndexError, struct.error."""
    if not looks_like(payload) or payload[5] != CLIENT_HELLO:
        return None
    start, end = 9, 9 + int.from_bytes(payload[6:9], "big")
    if end > min(len(payload), 5 + int.from_bytes(payload[3:5], "big")):
        return None
    at = start + 34
    at += 1 + payload[at]
    size = int.from_bytes(payload[at : at + 2], "big")
    ciphers = _numbers(payload[at + 2 : at + 2 + size])
    told: dict[int, bytes] = {}
    order = []
    for kind, first, stop in extensions(payload, start, end, True):
        if stop > end:
            raise IndexError(f"an extension cut at {first}")
        order.append(kind)
        told.setdefault(kind, payload[first:stop])
    protocols = told.get(PROTOCOLS, b"")
    return Hello(
        int.from_bytes(payload[start : start + 2], "big"),
        _numbers(told.get(SUPPORTED_VERSIONS, b"")[1:]),
        ciphers,
        order,
        _numbers(told.get(GROUPS, b"")[2:]),
        list(told.get(FORMATS, b"")[1:]),
        _numbers(told.get(SIGNATURES, b"")[2:]),
        protocols[3 : 3 + protocols[2]] if len(protocols) > 2 else b"",
    )


def ja3(said: Hello) -> str:
    """32 hexadecimal figures; "" where the hello holds GREASE values."""
    parts = (said.ciphers, said.extensions, said.groups)
    if any(_is_grease(number) for part in parts for number in part):
        return ""
    lists = ("-".join(map(str, part)) for part in (*parts, said.formats))
    return hashlib.md5(",".join((str(said.version), *lists)).encode(), usedforsecurity=False).hexdigest()


def ja4(said: Hello) -> str:
    """ "t13d1516h2_8daaf6152771_e5627efa2ab1": what is offered, then the ciphers, then extensions and signatures."""
    ciphers, kinds = _plain(said.ciphers), _plain(said.extensions)
    version = _VERSIONS.get(max(_plain(said.versions), default=said.version), "00")
    name = "d" if SERVER_NAME in kinds else "i"
    head = f"t{version}{name}{min(len(ciphers), 99):02}{min(len(kinds), 99):02}{_shown(said.protocol)}"
    rest = _listed(sorted(kind for kind in kinds if kind not in (SERVER_NAME, PROTOCOLS)))
    signatures = _listed(_plain(said.signatures))
    return f"{head}_{_short(_listed(sorted(ciphers)))}_{_short('_'.join(filter(None, (rest, signatures))))}"


def _numbers(data: bytes) -> list[int]:
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data) - 1, 2)]


def _is_grease(number: int) -> bool:
    return number & 0x0F0F == 0x0A0A and number >> 8 == number & 0xFF


def _plain(numbers: Iterable[int]) -> list[int]:
    return [number for number in numbers if not _is_grease(number)]


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(f"{number:04x}" for number in numbers)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else _NOTHING


def _shown(protocol: bytes) -> str:
    """First and last character of the application protocol; of its hexadecimal form where one is no letter or
    figure."""
    if not protocol:
        return "00"
    ends = bytes((protocol[0], protocol[-1]))
    if ends.isalnum():
        return ends.decode("ascii")
    return protocol.hex()[0] + protocol.hex()[-1]
