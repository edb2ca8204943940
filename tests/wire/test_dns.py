import pytest

from hygie.wire import dns
from hygie.wire.codec import names
from wire.hostile import labels, message, said, survives

QUESTION = labels("pacs01.chu.example")
ANSWER = message(
    0x8180,
    QUESTION,
    ("pacs01.chu.example", names.A, bytes((10, 20, 2, 10))),
    ("www.gossip.example", names.A, bytes((93, 184, 216, 34))),
    ("7.1.20.10.in-addr.arpa", names.PTR, labels("ct01.chu.example")),
)


def test_names_of_inside_addresses_only() -> None:
    assert said(dns.DISSECTOR, ANSWER) == {
        ("sender", "role", "dns server"),
        ("10.20.2.10", "host_name", "pacs01.chu.example"),
        ("10.20.1.7", "host_name", "ct01.chu.example"),
    }


def test_what_is_looked_up_is_never_said() -> None:
    assert said(dns.DISSECTOR, message(0x0100, labels("www.private-life.example"))) == set()
    assert said(dns.DISSECTOR, message(0x8183, labels("www.private-life.example"))) == {
        ("sender", "role", "dns server")
    }


def test_who_asks_and_who_answers() -> None:
    assert dns.sender(ANSWER) == "server"
    assert dns.sender(message(0x0100, QUESTION)) == "client"


def framed(message: bytes) -> bytes:
    return len(message).to_bytes(2, "big") + message


def test_over_tcp_a_length_goes_before() -> None:
    asked = framed(message(0x0100, QUESTION))
    assert dns.begins(asked)
    assert not dns.begins(asked[:30]), "more bytes are waited for"
    assert dns.length(framed(ANSWER) + asked) == len(ANSWER) + 2
    assert dns.length(asked[:10]) == 0
    assert said(dns.OVER_TCP, framed(ANSWER)) == said(dns.DISSECTOR, ANSWER)
    assert (dns.OVER_TCP.sender(framed(ANSWER)), dns.OVER_TCP.sender(asked)) == ("server", "client")


def test_other_streams_are_not_taken_for_dns() -> None:
    """A hello of OpenFlow, a greeting of MySQL, a message without its length."""
    for stream in (
        bytes.fromhex("01000008000000010105000800000002010600b000000002"),
        b"\x4a\0\0\0\x0a5.5.5" + bytes(60),
    ):
        assert not dns.begins(stream)
        with pytest.raises(ValueError, match="no message"):
            dns.length(stream + bytes(20))
    assert not dns.begins(message(0x0100, QUESTION))


def test_private_types_are_asked_for_too() -> None:
    question = message(0x0100, QUESTION)
    signing = question[:-4] + (65534).to_bytes(2, "big") + question[-2:]
    assert dns.looks_like(signing)


def test_hostile() -> None:
    survives(dns.DISSECTOR, [ANSWER])
    survives(dns.OVER_TCP, [framed(ANSWER), framed(message(0x0100, QUESTION))])
