"""Kerberos: that a machine gives tickets, its realm, and names of machines that sign in. Users are never read.

A principal that ends in "$" is a computer's account, one of "host/..." a machine's; every other one may be a person's.
What a ticket is asked for is not read: it is where a workstation goes.
Source: RFC 4120 sections 5.2.5 (addresses), 5.4.1, 5.4.2 (messages), 5.9.1 (errors), 7.2.2 (over TCP), 7.5.3 (types).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ber, tickets
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

AS_REQ, AS_REP, TGS_REQ, TGS_REP, ERROR = 0x6A, 0x6B, 0x6C, 0x6D, 0x7E
_NETBIOS = 20
"""Type of an address that is a NetBIOS name."""
_LONGEST = 256 * 1024
_LENGTH = rb"(?:[\x10-\x7f]|\x81.|\x82..|\x83...|\x84....)"
_MESSAGE = re.compile(
    rb"(?:\x6a%b\x30%b\xa1\x03\x02\x01\x05\xa2\x03\x02\x01\x0a|\x6b%b\x30%b\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x0b|"
    rb"\x6c%b\x30%b\xa1\x03\x02\x01\x05\xa2\x03\x02\x01\x0c|\x6d%b\x30%b\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x0d|"
    rb"\x7e%b\x30%b\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x1e)" % ((_LENGTH,) * 10),
    re.DOTALL,
)
"""Tag, version and type of each message."""


def _begin(payload: bytes) -> int:
    """Where the message begins: over TCP its length goes before. -1 there is none."""
    for at in (0, 4):
        if _MESSAGE.match(payload, at) and (at == 0 or payload[:1] == b"\0"):
            return at
    return -1


def looks_like(payload: bytes) -> bool:
    """A message's tag, version and type."""
    return _begin(payload) >= 0


def sender(payload: bytes) -> str:
    """By the kind of message."""
    at = _begin(payload)
    if at < 0:
        return ""
    return "client" if payload[at] in (AS_REQ, TGS_REQ) else "server"


def length(payload: bytes) -> int:
    """One message. Raises ValueError where none begins."""
    if len(payload) < 24:
        return 0
    at = _begin(payload)
    if at < 0:
        raise ValueError("no message of Kerberos")
    size = ber.element(payload, at, 1 << 31).stop
    if size > _LONGEST:
        raise ValueError("a message too long")
    return size


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Realm and part of who answers; names of the machine that asks."""
    at = _begin(payload)
    if at < 0:
        raise ValueError("no message of Kerberos")
    kind = payload[at]
    for field in tickets.fields(payload, ber.element(payload, at, 1 << 31)):
        if kind == AS_REQ and field.tag == 0xA4:
            yield from _asks(payload, field)
        elif kind in (AS_REP, TGS_REP) and field.tag == 0xA5:
            realm, _names = tickets.ticket(payload, ber.element(payload, field.start, 1 << 31))
            yield from _answers(realm, field.start)
        elif kind == ERROR and field.tag == 0xA9:
            yield from _answers(tickets.word(payload, field), field.start)


def _answers(realm: str, offset: int) -> Iterator[Said]:
    yield Said("sender", Trait.ROLE, "domain controller", offset, 0.6)
    if device_name(realm):
        yield Said("sender", Trait.WORKGROUP, device_name(realm), offset, 0.6)


def _asks(payload: bytes, body: ber.Element) -> Iterator[Said]:
    """A request's body: the account where it is a machine's, and the addresses that the machine gives itself."""
    for field in tickets.fields(payload, body):
        if field.tag == 0xA1:
            names = tickets.principal(payload, field)
            # Accounts of services ("gmsa$") end so too: that it is the machine's name is not sure.
            if len(names) == 1 and names[0].endswith("$") and device_name(names[0][:-1]):
                yield Said("sender", Trait.NETBIOS_NAME, device_name(names[0][:-1]), field.start, 0.6)
            elif len(names) == 2 and names[0].lower() == "host" and device_name(names[1]):
                yield Said("sender", Trait.HOST_NAME, device_name(names[1]), field.start, 0.8)
        elif field.tag == 0xA9:
            yield from _addresses(payload, ber.element(payload, field.start, len(payload)))


def _addresses(payload: bytes, listed: ber.Element) -> Iterator[Said]:
    for one in ber.children(payload, listed):
        parts = list(ber.children(payload, one))
        if len(parts) == 2 and ber.integer(payload, ber.element(payload, parts[0].start, parts[0].stop)) == _NETBIOS:
            inner = ber.element(payload, parts[1].start, parts[1].stop)
            name = device_name(payload[inner.start : inner.stop])
            if name:
                yield Said("sender", Trait.NETBIOS_NAME, name, inner.start, 0.9)


DISSECTOR = Dissector(
    "kerberos",
    frozenset({"tcp", "udp"}),
    looks_like,
    dissect,
    frozenset({88}),
    sender,
    length,
    reach=2_048,
    units=4,
)
