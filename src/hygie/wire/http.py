"""HTTP/1: the server's product, and the client's where it is a device's and not a person's browser.

Targets, queries, cookies, credentials, referrers and bodies are never read. Of a browser only the system is kept. Where
an end signs in with NTLM or Kerberos, the names of the machines stand there too; the user's is not read.
Source: RFC 9110 sections 10.1.5 (User-Agent) and 10.2.4 (Server); RFC 9112 section 2; RFC 4559 section 4 and
[MS-NTHT] section 2.2 (NTLM).
"""

import binascii
import re
from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.codec import http, ntlm, tickets
from hygie.wire.way import Dissector, Way

_SIGNED = re.compile(
    rb"\n(?:Proxy-Authorization|Authorization|Proxy-Authenticate|WWW-Authenticate): ?(?:NTLM|Negotiate) "
    rb"([A-Za-z0-9+/]{32,8000}=*)[ \r\n,]",
    re.IGNORECASE,
)
_PASSED_ON = 0.8
"""How sure it is that the end itself sent it: proxies pass such fields on."""


def looks_like(payload: bytes) -> bool:
    """A request line or a status line; not SSDP's."""
    return http.starts(payload) and not payload.startswith((b"NOTIFY *", b"M-SEARCH *"))


def sender(payload: bytes) -> str:
    """By the first line."""
    if not http.starts(payload):
        return ""
    return "client" if http.is_request(payload) else "server"


def length(payload: bytes) -> int:
    """The head only: bodies are never kept. Raises ValueError where no head begins."""
    if len(payload) < 16:
        return 0
    if not http.starts(payload):
        raise ValueError("no head of HTTP")
    return http.head_length(payload)


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The Server and User-Agent fields, and what an NTLM message says of the machine."""
    head = http.head(payload)
    yield from http.products(head)
    signed = _SIGNED.search(payload, 0, head.length)
    if signed:
        token = signed.group(1).rstrip(b"=")
        blob = binascii.a2b_base64(token + b"=" * (-len(token) % 4))
        yield from (one._replace(offset=signed.start(1)) for one in ntlm.said(blob, _PASSED_ON))
        yield from (one._replace(offset=signed.start(1)) for one in tickets.said(blob, _PASSED_ON))


DISSECTOR = Dissector(
    "http",
    frozenset({"tcp"}),
    looks_like,
    dissect,
    frozenset({80, 8000, 8042, 8080}),
    sender,
    length,
    reach=8_192,
    units=4,
)
