"""NTP: who gives the time and who asks for it.

Source: RFC 5905 section 7.3 (header), section 3 (modes); RFC 9327 section 2 (control messages).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

ACTIVE, PASSIVE, CLIENT, SERVER, BROADCAST, CONTROL = 1, 2, 3, 4, 5, 6
_EXCHANGES = frozenset((ACTIVE, PASSIVE, CLIENT, SERVER, BROADCAST))
_ROLES = {CLIENT: "ntp client", SERVER: "ntp server", BROADCAST: "ntp server"}
"""Peers in symmetric mode may give time or, as Windows does, only ask for it: they have no role here."""
_OPERATIONS = frozenset((*range(1, 11), 31))
"""Of control messages (RFC 9327 section 2)."""


def looks_like(payload: bytes) -> bool:
    """48 bytes or more, version 1 to 4, a mode of time exchange, a stratum below 17, sane poll, precision and delay;
    or a control message whose length is that of its data."""
    if len(payload) < 12 or not 1 <= payload[0] >> 3 & 7 <= 4:
        return False
    if payload[0] & 7 == CONTROL:
        size = 12 + int.from_bytes(payload[10:12], "big")
        whole = size <= len(payload) <= size + 3 or (size < len(payload) and len(payload) - size in _SEALS)
        return whole and not payload[0] >> 6 and payload[1] & 31 in _OPERATIONS
    if len(payload) < 48 or (len(payload) - 48) % 4 or payload[0] & 7 not in _EXCHANGES:
        return False
    poll, precision = payload[2], payload[3]
    if payload[0] & 7 in (ACTIVE, PASSIVE) and (payload[0] >> 3 & 7 < 3 or not precision):
        return False  # other protocols begin so too: peers of today tell their version and precision
    # Of a packet of QUIC the second to fifth byte are 0, 0, 0, 1: a delay of minutes, which no clock has.
    return payload[1] <= 16 and poll <= 20 and (precision >= 200 or not precision) and payload[4] in (0, 0xFF)


_SEALS = frozenset(range(20, 32))
"""Bytes of a key's number and a digest, after at most three that fill up."""


def sender(payload: bytes) -> str:
    """By the mode."""
    return {CLIENT: "client", SERVER: "server"}.get(payload[0] & 7, "") if payload else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The sender's part."""
    if payload and payload[0] & 7 == CONTROL:
        return
    if len(payload) < 48:
        raise ValueError("an NTP packet cut short")
    role = _ROLES.get(payload[0] & 7)
    # Stratum 0 of a server is a refusal (kiss-o'-death), 16 an unsynchronised clock: it still serves.
    if role:
        yield Said("sender", Trait.ROLE, role, 0, 0.9)


DISSECTOR = Dissector("ntp", frozenset({"udp"}), looks_like, dissect, frozenset({123}), sender, of_sender=True)
