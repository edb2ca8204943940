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


def test_hostile() -> None:
    survives(dns.DISSECTOR, [ANSWER])
