"""DNS answers: the names of machines inside the hospital. What workstations look up is never said.

Only addresses that are used inside carry a name here (see `codec.addresses.is_private`); questions, aliases, public
addresses and texts are not read.
Source: RFC 1035 sections 3.3, 3.4, 4.1 and 4.2.2 (TCP); RFC 3596 (AAAA); section 3.5 (in-addr.arpa).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import names
from hygie.wire.codec.addresses import ip_text, is_host, is_private
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

_REVERSE = ".in-addr.arpa"
_LENGTH = 2
"""Bytes before a message over TCP."""
_SHORTEST = 17
"""Bytes of a header and of the shortest question."""
_LONGEST = 16_384
"""Bytes of the longest message that is taken for one; zones are longer by many messages."""


def looks_like(payload: bytes) -> bool:
    """A message with sane counts and a name that parses."""
    return names.looks_like_message(payload)


def begins(payload: bytes) -> bool:
    """Over TCP: a length, then what a message of one question begins with."""
    size = int.from_bytes(payload[:_LENGTH], "big")
    message = payload[_LENGTH : _LENGTH + size]
    if not _SHORTEST <= size <= _LONGEST or not names.looks_like_message(message):
        return False
    # Any bytes may begin a stream: a question brings no answer.
    return message[4:6] == b"\0\1" and (message[2] & 0x80 > 0 or message[6:8] == b"\0\0")


def length(payload: bytes) -> int:
    """One message over TCP; 0 more bytes are needed. Raises ValueError where none begins."""
    if len(payload) < _LENGTH + _SHORTEST:
        return 0
    if not begins(payload):
        raise ValueError("no message of DNS")
    return _LENGTH + int.from_bytes(payload[:_LENGTH], "big")


def sender(payload: bytes) -> str:
    """By the QR bit."""
    return ("server" if payload[2] & 0x80 else "client") if len(payload) > 2 else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Names of private addresses, said of the address; and that an answer's sender is a name server."""
    head = names.header(payload)
    if not head.answer:
        return
    if head.error in (0, 3):
        yield Said("sender", Trait.ROLE, "dns server", 2, 0.9)
    for record in names.records(payload):
        data = payload[record.start : record.stop]
        if record.kind in (names.A, names.AAAA) and len(data) == (4 if record.kind == names.A else 16):
            if is_private(data) and is_host(data) and device_name(record.name):
                yield Said(ip_text(data), Trait.HOST_NAME, device_name(record.name), record.start, 0.8)
        elif record.kind == names.PTR and record.name.lower().endswith(_REVERSE):
            address = _reversed(record.name)
            target = names.name(payload, record.start)[0]
            if address and is_private(address) and device_name(target):
                yield Said(ip_text(address), Trait.HOST_NAME, device_name(target), record.start, 0.8)


def _reversed(name: str) -> bytes:
    """4 bytes of "3.2.1.10.in-addr.arpa"; b"" where it is none."""
    parts = name[: -len(_REVERSE)].split(".")
    if len(parts) != 4 or not all(p.isascii() and p.isdigit() and len(p) < 4 and int(p) < 256 for p in parts):
        return b""
    return bytes(int(p) for p in reversed(parts))


def _sender_behind(payload: bytes) -> str:
    return sender(payload[_LENGTH:])


def _behind(payload: bytes, way: Way) -> Iterator[Said]:
    """What stands behind the length."""
    for said in dissect(payload[_LENGTH:], way):
        yield said._replace(offset=said.offset + _LENGTH)


DISSECTOR = Dissector("dns", frozenset({"udp"}), looks_like, dissect, frozenset({53}), sender, of_sender=True)
OVER_TCP = Dissector("dns", frozenset({"tcp"}), begins, _behind, frozenset({53}), _sender_behind, length)
