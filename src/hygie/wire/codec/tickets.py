"""Kerberos' names: principals, and the host that a ticket was made for. Principals of users are never returned.

Source: RFC 4120 sections 5.2.1, 5.2.2 (Realm, PrincipalName), 5.3 (Ticket) and 5.5.1 (AP-REQ); RFC 4121 section 4.1
(the token's head); [MS-KILE] section 3.1.5.11.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ber
from hygie.wire.codec.text import device_name

TICKET, SEQUENCE = 0x61, 0x30
_TOKEN = bytes.fromhex("06092a864886f71201020201006e")
"""Mechanism 1.2.840.113554.1.2.2, token AP-REQ, its first byte."""
_FAR = 1 << 31
_SERVICES = frozenset(("cifs", "ldap", "http", "host", "termsrv", "wsman", "rpcss", "mssqlsvc", "nfs"))
"""Kinds of service whose principal names the machine that offers it."""


def fields(data: bytes, parent: ber.Element) -> Iterator[ber.Element]:
    """The fields of the sequence in a tagged element; the last may end after the data.

    Raises ValueError, IndexError.
    """
    inner = ber.element(data, parent.start, _FAR)
    if inner.tag != SEQUENCE:
        raise ValueError("no sequence")
    offset = inner.start
    for _ in range(20):
        if offset >= min(inner.stop, len(data)):
            return
        field = ber.element(data, offset, _FAR)
        yield field
        offset = field.stop


def word(data: bytes, field: ber.Element) -> str:
    """The text in a tagged field. Raises ValueError, IndexError."""
    inner = ber.element(data, field.start, len(data))
    return data[inner.start : inner.stop].decode("latin-1")


def principal(data: bytes, field: ber.Element) -> list[str]:
    """The words of a principal's name. Raises ValueError, IndexError."""
    for part in fields(data, field):
        if part.tag == 0xA1:
            return [data[one.start : one.stop].decode("latin-1") for one in _texts(data, part)]
    return []


def _texts(data: bytes, field: ber.Element) -> Iterator[ber.Element]:
    whole = ber.element(data, field.start, len(data))
    yield from ber.children(data, whole)


def ticket(data: bytes, element: ber.Element) -> tuple[str, list[str]]:
    """(realm, words of the service's name) of a ticket. Raises ValueError, IndexError."""
    realm, names = "", list[str]()
    for field in fields(data, element):
        if field.tag == 0xA1:
            realm = word(data, field)
        elif field.tag == 0xA2:
            names = principal(data, field)
            break
    return realm, names


def said(data: bytes, sure: float = 1.0) -> Iterator[Said]:
    """The name of the machine that a token is sent to, where a token of Kerberos lies in data.

    Raises ValueError, IndexError.
    """
    at = data.find(_TOKEN)
    if at < 0:
        return
    request = ber.element(data, at + len(_TOKEN) - 1, _FAR)
    for field in fields(data, request):
        if field.tag == 0xA3:
            realm, names = ticket(data, ber.element(data, field.start, _FAR))
            host = device_name(names[1].partition(":")[0]) if len(names) >= 2 else ""
            # Clusters and aliases have names that move: they are shown, and not sure enough to join devices.
            # A share of the whole domain bears the domain's name, on each of its controllers.
            if names[:1] and names[0].lower() in _SERVICES and host and host.lower() != realm.lower():
                yield Said("receiver", Trait.HOST_NAME, host, field.start, round(0.6 * sure, 3))
            return
