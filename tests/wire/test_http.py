import base64

import pytest

from hygie.wire import http
from wire.hostile import said, survives
from wire.test_smb import TICKET, authenticate

REQUEST = (
    b"POST /patient?name=DURAND&token=abc HTTP/1.1\r\nHost: pacs.chu\r\nUser-Agent: ExamplePump/2.1 (id 77)\r\n"
    b"Cookie: session=secret\r\nAuthorization: Basic bWFyaWU6c2VjcmV0\r\n\r\n<Patient>DURAND</Patient>"
)
ANSWER = b"HTTP/1.1 200 OK\r\nServer: Example-Web/1.4 (Linux)\r\nSet-Cookie: a=secret\r\n\r\nDURAND"

TOKEN = (
    b"TlRMTVNTUAACAAAABgAGADgAAAA1goniTwDFK3hbwu4AAAAAAAAAAGwAbAA+AAAABgEAAAAAAA9DAEgAVQACAAYAQwBIAFUAAQAM"
    b"AFMAUgBWAC0AQQBEAAQAFgBjAGgAdQAuAGUAeABhAG0AcABsAGUAAwAkAHMAcgB2AC0AYQBkAC4AYwBoAHUALgBlAHgAYQBtAHAA"
    b"bABlAAcACAAULqv3nHvdAQAAAAA="
)
"""A challenge that Samba 4.17 made (for LDAP), as IIS would put it into a head."""
CHALLENGED = b"HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-IIS/10.0\r\nWWW-Authenticate: NTLM " + TOKEN + b"\r\n\r\n"


def browser(agent: bytes) -> bytes:
    return b"GET /x HTTP/1.1\r\nUser-Agent: " + agent + b"\r\n\r\n"


def test_products_only() -> None:
    assert said(http.DISSECTOR, REQUEST) == {("sender", "http_user_agent", "ExamplePump/2.1")}
    assert said(http.DISSECTOR, ANSWER) == {("sender", "http_server", "Example-Web/1.4 (Linux)")}


def test_who_signs_in_with_ntlm_names_the_machines() -> None:
    assert said(http.DISSECTOR, CHALLENGED) == {
        ("sender", "http_server", "Microsoft-IIS/10.0"),
        ("sender", "netbios_name", "SRV-AD"),
        ("sender", "host_name", "srv-ad.chu.example"),
        ("sender", "workgroup", "CHU"),
    }
    signed = b"GET /durand HTTP/1.1\r\nAuthorization: NTLM " + base64.b64encode(authenticate()) + b"\r\n\r\n"
    assert said(http.DISSECTOR, signed) == {
        ("sender", "netbios_name", "POSTE-12"),
        ("sender", "smb_os", "Windows 6.1.7601"),
    }
    asked = b"GET /x HTTP/1.1\r\nAuthorization: Negotiate " + base64.b64encode(TICKET) + b"\r\n\r\n"
    assert said(http.DISSECTOR, asked) == {("receiver", "host_name", "srv-ad.chu.example")}


def test_of_a_browser_only_the_system() -> None:
    agent = b"Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 Chrome/109.0"
    assert said(http.DISSECTOR, browser(agent)) == {("sender", "operating_system", "Windows NT 6.1")}
    assert said(http.DISSECTOR, browser(b"Mozilla/5.0 (X11; Linux) Firefox/128")) == set()
    assert said(http.DISSECTOR, browser(b"marie@chu.example")) == set()


def test_a_unit_is_the_head_alone() -> None:
    assert http.length(ANSWER) == len(ANSWER) - 6
    assert http.length(ANSWER[:40]) == 0
    with pytest.raises(ValueError, match="no head"):
        http.length(b"<Patient>DURAND</Patient>")


def test_hostile() -> None:
    survives(http.DISSECTOR, [REQUEST, ANSWER, CHALLENGED])
