import pytest

from hygie.wire.codec import ber, tickets
from wire.hostile import ber as made
from wire.test_smb import TICKET


def token(service: bytes, host: bytes) -> bytes:
    names = made(0x30, made(0x1B, service), made(0x1B, host))
    sname = made(0x30, made(0xA0, made(2, b"\2")), made(0xA1, names))
    ticket = made(0x61, made(0x30, made(0xA1, made(0x1B, b"CHU.EXAMPLE")), made(0xA2, sname)))
    request = made(0x6E, made(0x30, made(0xA0, made(2, b"\5")), made(0xA3, ticket)))
    return bytes.fromhex("06092a864886f71201020201 00") + request


def test_a_ticket_of_which_the_end_is_missing() -> None:
    assert [(one.about, one.value) for one in tickets.said(TICKET)] == [("receiver", "srv-ad.chu.example")]
    assert [one.value for one in tickets.said(token(b"MSSQLSvc", b"sql1.chu.example:1433"))] == ["sql1.chu.example"]


def test_what_names_no_machine() -> None:
    assert list(tickets.said(token(b"krbtgt", b"CHU.EXAMPLE"))) == []
    assert list(tickets.said(token(b"m.durand", b"x"))) == []
    assert list(tickets.said(token(b"cifs", b"chu.example"))) == []
    assert list(tickets.said(b"nothing")) == []


def test_no_sequence() -> None:
    with pytest.raises(ValueError, match="no sequence"):
        list(tickets.fields(b"\xa0\3\2\1\5", ber.Element(0xA0, 2, 5)))
