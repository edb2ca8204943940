import pytest

from hygie.wire.codec import handshake
from wire.test_rdp import CERTIFICATE, HELLO
from wire.test_tls import CLIENT


def test_who_speaks_and_how_far() -> None:
    assert [handshake.sender(unit) for unit in (CLIENT, HELLO, CERTIFICATE)] == ["client", "server", ""]
    assert handshake.length(HELLO + CERTIFICATE) == len(HELLO)
    with pytest.raises(ValueError, match="no record"):
        handshake.length(b"SSH-2.0-x")


def test_a_certificate_is_read_of_servers_only() -> None:
    assert [one.value for one in handshake.said(CERTIFICATE, True)] == ["CN=CONSOLE-IRM.chu.example"]
    assert list(handshake.said(CERTIFICATE, False)) == []
    assert list(handshake.said(b"\x17\3\3\0\1x", True)) == []
