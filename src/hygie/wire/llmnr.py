"""LLMNR answers: the name that a machine gives itself on the link. What it is asked for is never said.

Source: RFC 4795 sections 2.1 and 2.5.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import names
from hygie.wire.codec.addresses import ip_text, is_host, is_private
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

PORT = 5355


def looks_like(payload: bytes) -> bool:
    """A DNS message with exactly one question; told from DNS by its port only."""
    return names.looks_like_message(payload) and payload[4:6] == b"\0\1"


def sender(payload: bytes) -> str:
    """By the QR bit."""
    return ("server" if payload[2] & 0x80 else "client") if len(payload) > 2 else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Names of private addresses in answers, said of the address."""
    if not names.header(payload).answer:
        return
    for record in names.records(payload):
        data = payload[record.start : record.stop]
        if record.kind not in (names.A, names.AAAA) or len(data) not in (4, 16):
            continue
        if is_private(data) and is_host(data) and device_name(record.name):
            yield Said(ip_text(data), Trait.HOST_NAME, device_name(record.name), record.start, 0.9)


DISSECTOR = Dissector(
    "llmnr", frozenset({"udp"}), looks_like, dissect, frozenset({PORT}), sender, only_ports=True, of_sender=True
)
