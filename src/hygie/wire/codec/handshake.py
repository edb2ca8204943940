"""TLS' opening, on its own or inside another protocol: version offered and chosen, a server's certificate.

A client's certificate may name a person (a professional's card): not read. From TLS 1.3 on certificates are encrypted.
Source: RFC 5246 sections 6.2.1, 7.4.1 and 7.4.2; RFC 8446 section 4.2.1; RFC 5280 section 4.1; ITU-T X.520.
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ber
from hygie.wire.codec.text import device_name

HANDSHAKE = 22
CLIENT_HELLO, SERVER_HELLO, CERTIFICATE = 1, 2, 11
SERVER_NAME, SUPPORTED_VERSIONS = 0, 43
VERSIONS = {0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2", 0x0304: "TLS 1.3"}
SUBJECT = {"2.5.4.3": "CN", "2.5.4.10": "O"}
_LONGEST_RECORD = 16384 + 2048


def looks_like(payload: bytes) -> bool:
    """A handshake record that begins with a hello."""
    return (
        len(payload) >= 6
        and payload[0] == HANDSHAKE
        and payload[1] == 3
        and payload[2] <= 4
        and payload[5] in (CLIENT_HELLO, SERVER_HELLO)
        and 4 <= int.from_bytes(payload[3:5], "big") <= _LONGEST_RECORD
    )


def sender(payload: bytes) -> str:
    """By the hello."""
    if not looks_like(payload):
        return ""
    return "client" if payload[5] == CLIENT_HELLO else "server"


def length(payload: bytes) -> int:
    """One record. Raises ValueError where none begins."""
    if len(payload) < 5:
        return 0
    size = int.from_bytes(payload[3:5], "big")
    if not 20 <= payload[0] <= 24 or payload[1] != 3 or size > _LONGEST_RECORD:
        raise ValueError("no record of TLS")
    return 5 + size


def said(payload: bytes, by_server: bool) -> Iterator[Said]:
    """The handshake messages that lie whole in one record."""
    if payload[0] != HANDSHAKE:
        return
    offset, end = 5, min(len(payload), 5 + int.from_bytes(payload[3:5], "big"))
    while offset + 4 <= end:
        kind, size = payload[offset], int.from_bytes(payload[offset + 1 : offset + 4], "big")
        body = offset + 4
        if body + size > end:
            return
        if kind in (CLIENT_HELLO, SERVER_HELLO):
            version = VERSIONS.get(_version(payload, body, body + size, kind))
            if version:
                yield Said("sender", Trait.TLS_VERSION, version, body)
        elif kind == CERTIFICATE and by_server:
            subject = _subject(payload, body, body + size)
            if subject:
                yield Said("sender", Trait.TLS_SUBJECT, subject, body)
        elif kind > 24:
            # Encrypted: anything from here on is not a message.
            return
        offset = body + size


def _version(data: bytes, start: int, end: int, kind: int) -> int:
    """Highest version offered, or the one chosen. Raises struct.error, IndexError."""
    (version,) = struct.unpack_from(">H", data, start)
    best = int(version)
    for extension, at, stop in extensions(data, start, end, kind == CLIENT_HELLO):
        if extension == SUPPORTED_VERSIONS:
            listed = data[at + (kind == CLIENT_HELLO) : stop]
            offered = [int.from_bytes(listed[i : i + 2], "big") for i in range(0, len(listed) - 1, 2)]
            best = max((v for v in offered if v in VERSIONS), default=best)
    return best


def asked_for(payload: bytes) -> str:
    """The name that a client's hello asks for: to compare with known ones, never to say. Raises what `said` raises."""
    if payload[5] != CLIENT_HELLO:
        return ""
    for kind, start, stop in extensions(payload, 9, min(len(payload), 5 + int.from_bytes(payload[3:5], "big")), True):
        if kind == SERVER_NAME and stop - start > 5:
            return payload[start + 5 : stop].decode("latin-1")
    return ""


def extensions(data: bytes, start: int, end: int, by_client: bool) -> Iterator[tuple[int, int, int]]:
    """(kind, start, stop) of a hello's extensions; it begins at start. Raises struct.error, IndexError."""
    at = start + 34
    at += 1 + data[at]
    if by_client:
        at += 2 + int.from_bytes(data[at : at + 2], "big")
        at += 1 + data[at]
    else:
        at += 3
    at += 2
    while at + 4 <= end:
        extension, size = struct.unpack_from(">HH", data, at)
        yield extension, at + 4, at + 4 + size
        at += 4 + size


def _subject(data: bytes, start: int, end: int) -> str:
    """ "CN=..., O=..." of the first certificate of a list. Raises ValueError."""
    if end - start < 6:
        return ""
    size = int.from_bytes(data[start + 3 : start + 6], "big")
    if start + 6 + size > end:
        raise ValueError("a certificate longer than its list")
    der = data[start + 6 : start + 6 + size]
    certificate = ber.element(der, 0, len(der))
    to_be_signed = next(ber.children(der, certificate), None)
    if to_be_signed is None:
        raise ValueError("an empty certificate")
    fields = [part for part in ber.children(der, to_be_signed) if part.tag != 0xA0]
    # serial, algorithm, issuer, validity, subject (RFC 5280 section 4.1)
    if len(fields) < 6:
        raise ValueError("a certificate of too few fields")
    found: list[str] = []
    for group in ber.children(der, fields[4]):
        for pair in ber.children(der, group):
            parts = list(ber.children(der, pair))
            label = SUBJECT.get(ber.oid(der, parts[0])) if len(parts) == 2 else None
            text = device_name(der[parts[1].start : parts[1].stop]) if label else ""
            if text:
                found.append(f"{label}={text}")
    return ", ".join(sorted(found))
