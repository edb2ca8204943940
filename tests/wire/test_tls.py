import struct

import pytest

from hygie.wire import Way, tls
from wire.hostile import ber, oid, said, survives


def handshake(kind: int, body: bytes) -> bytes:
    return bytes((kind,)) + len(body).to_bytes(3, "big") + body


def record(*messages: bytes) -> bytes:
    body = b"".join(messages)
    return b"\x16\3\1" + struct.pack(">H", len(body)) + body


def extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">HH", kind, len(body)) + body


def hello(extensions: bytes) -> bytes:
    body = b"\3\3" + bytes(32) + b"\0" + b"\0\2\x13\1" + b"\1\0" + struct.pack(">H", len(extensions)) + extensions
    return record(handshake(1, body))


def name(*pairs: tuple[str, bytes]) -> bytes:
    return ber(0x30, *(ber(0x31, ber(0x30, oid(kind), ber(0x0C, text))) for kind, text in pairs))


def certificate(subject: bytes) -> bytes:
    signed = ber(
        0x30,
        ber(0xA0, ber(2, b"\2")),
        ber(2, b"\1"),
        ber(0x30),
        name(("2.5.4.3", b"Issuer")),
        ber(0x30),
        subject,
        ber(0x30),
    )
    der = ber(0x30, signed, ber(0x30), ber(3, b"\0"))
    listed = len(der).to_bytes(3, "big") + der
    return handshake(11, len(listed).to_bytes(3, "big") + listed)


SNI = extension(0, b"\0\x19\0\0\x16www.private-life.example")
CLIENT = hello(SNI + extension(43, b"\4\3\4\3\3"))
OLD = hello(SNI)
SUBJECT = name(("2.5.4.10", b"Example Medical"), ("2.5.4.3", b"pump-gw.chu.example"), ("2.5.4.6", b"FR"))
SERVER = record(handshake(2, b"\3\1" + bytes(32) + b"\0" + b"\0\x2f\0"), certificate(SUBJECT))
WAY = Way("tcp", sender="server")


def test_the_best_version_offered_and_never_the_name_asked_for() -> None:
    assert said(tls.DISSECTOR, CLIENT) == {("sender", "tls_version", "TLS 1.3")}
    assert said(tls.DISSECTOR, OLD) == {("sender", "tls_version", "TLS 1.2")}


def test_the_servers_choice_and_certificate() -> None:
    assert said(tls.DISSECTOR, SERVER, WAY) == {
        ("sender", "tls_version", "TLS 1.0"),
        ("sender", "tls_certificate_subject", "CN=pump-gw.chu.example, O=Example Medical"),
    }


def test_a_clients_certificate_may_name_a_person() -> None:
    person = record(certificate(name(("2.5.4.3", b"Marie DURAND 899700123456"))))
    assert said(tls.DISSECTOR, person, Way("tcp", sender="client")) == set()
    assert said(tls.DISSECTOR, person) == set()


def test_units() -> None:
    assert tls.length(CLIENT + b"x") == len(CLIENT)
    with pytest.raises(ValueError, match="no record"):
        tls.length(b"GET / HTTP/1.1")
    assert (tls.sender(CLIENT), tls.sender(SERVER)) == ("client", "server")


def test_hostile() -> None:
    survives(tls.DISSECTOR, [CLIENT, SERVER], [WAY])
