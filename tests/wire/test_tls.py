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
ANYDESK = bytes.fromhex(
    "16030100de010000da0303b72ba0588e75688a6d6b6a85ae1a8f1e0a92647acedf5c129e2979a2057bd947000038c02cc030"
    "009fcca9cca8ccaac02bc02f009ec024c028006bc023c0270067c00ac0140039c009c0130033009d009c003d003c0035002f"
    "00ff0100007900000023002100001e72656c61792d31613262336334642e6e65742e616e796465736b2e636f6d000b000403"
    "000102000a000c000a001d0017001e00190018002300000016000000170000000d002a002804030503060308070808080908"
    "0a080b080408050806040105010601030303010302040205020602"
)
"""A hello that OpenSSL 3.0 made, asking for a name as AnyDesk does."""


def test_the_best_version_offered_and_never_the_name_asked_for() -> None:
    assert said(tls.DISSECTOR, CLIENT) == {
        ("sender", "tls_version", "TLS 1.3"),
        ("sender", "tls_ja3", "56c6570d0a7ba0fe6e87bebfd10931de"),
        ("sender", "tls_ja4", "t13d010200_0f2cb44170f4_b9a491fefe05"),
    }
    assert ("sender", "tls_version", "TLS 1.2") in said(tls.DISSECTOR, OLD)
    assert not [one for hello in (CLIENT, OLD) for one in said(tls.DISSECTOR, hello) if "private" in one[2]]


def test_services_of_remote_maintenance_are_told_and_the_name_is_not() -> None:
    assert b"relay-1a2b3c4d.net.anydesk.com" in ANYDESK
    assert said(tls.DISSECTOR, ANYDESK) == {
        ("sender", "tls_version", "TLS 1.2"),
        ("sender", "remote_maintenance", "AnyDesk"),
        ("sender", "tls_ja3", "871a754af286dfb70c1b53c6887c62e0"),
        ("sender", "tls_ja4", "t12d280700_d943125447b4_e7e480e5a997"),
    }
    relay = record(certificate(name(("2.5.4.3", b"AnyNet Relay"))))
    assert said(tls.DISSECTOR, relay, WAY) == {
        ("sender", "tls_certificate_subject", "CN=AnyNet Relay"),
        ("receiver", "remote_maintenance", "AnyDesk"),
    }


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
    survives(tls.DISSECTOR, [ANYDESK, CLIENT, SERVER], [WAY])
