"""Made by radclient and FreeRADIUS 3.2. The accounting is laid out by RFC 2866."""

import pytest

from hygie.wire import radius
from wire.hostile import said, survives

ASKED = bytes.fromhex(
    "01d30056e3a3f071b958306cf71c660b0fa43f030108647572616e64021212d352feacaacb5d01db0b45cabb5929200f7377697463682d"
    "626c6f632d3304060a0900071f1341412d42422d43432d44442d45452d4646"
)
REJECTED = bytes.fromhex("03d30014e6ea23fe736d7f364a9523f196164670")


def accounting(status: int, card: bytes, address: str = "0a090007") -> bytes:
    attributes = b"\x01\x08durand" + b"\x28\x06" + status.to_bytes(4, "big") + b"\x08\x06" + bytes.fromhex(address)
    attributes += bytes((31, 2 + len(card))) + card
    return b"\x04\x09" + (20 + len(attributes)).to_bytes(2, "big") + bytes(range(16)) + attributes


ACCOUNTING = accounting(3, b"00-11-22-AA-BB-CC")


@pytest.mark.parametrize("form", [b"00-11-22-AA-BB-CC", b"0011.22aa.bbcc", b"001122AABBCC", b"00:11:22:aa:bb:cc"])
def test_accounting_tells_which_address_a_card_has(form: bytes) -> None:
    assert said(radius.DISSECTOR, accounting(1, form)) == {("00:11:22:aa:bb:cc", "ip", "10.9.0.7")}


def test_what_tells_no_card_says_nothing() -> None:
    for unit in (
        accounting(2, b"00-11-22-AA-BB-CC"),
        accounting(1, b"durand"),
        accounting(1, b"00-11-22-AA-BB-CC", "ffffffff"),
        accounting(1, b"01-11-22-AA-BB-CC"),
    ):
        assert radius.looks_like(unit)
        assert said(radius.DISSECTOR, unit) == set()


def test_nobody_is_named() -> None:
    assert b"durand" in ASKED
    assert b"durand" in ACCOUNTING
    assert said(radius.DISSECTOR, ASKED) == said(radius.DISSECTOR, REJECTED) == set()
    assert "durand" not in str(said(radius.DISSECTOR, ACCOUNTING))


def test_units_and_ends() -> None:
    assert [radius.sender(unit) for unit in (ASKED, REJECTED, ACCOUNTING, b"")] == ["client", "server", "client", ""]
    assert not radius.looks_like(ASKED + b"\0")
    assert not radius.looks_like(ASKED[:-3])


def test_hostile() -> None:
    survives(radius.DISSECTOR, [ASKED, REJECTED, ACCOUNTING])
