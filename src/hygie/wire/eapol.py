"""802.1X: whether a switch or an access point asks who is there, whether the device answers, and by which method.

Who answers is never said: the identity, certificates and keys are not read.
Source: IEEE 802.1X-2020 clause 11 (11.3 EAPOL PDUs, table 11-3); RFC 3748 section 4 (EAP), IANA "EAP Method Types".
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

EAP, START, LOGOFF, KEY = 0, 1, 2, 3
"""Packet types."""
REQUEST, RESPONSE, GRANTED, REFUSED = 1, 2, 3, 4
"""Codes of EAP."""
IDENTITY, NOTIFICATION, NAK = 1, 2, 3
METHODS = {
    4: "EAP-MD5",
    6: "EAP-GTC",
    13: "EAP-TLS",
    17: "LEAP",
    18: "EAP-SIM",
    21: "EAP-TTLS",
    23: "EAP-AKA",
    25: "PEAP",
    26: "EAP-MSCHAPv2",
    43: "EAP-FAST",
    55: "TEAP",
}
"""Methods by number: those that are met."""
ASKS, ANSWERS = "authenticator", "supplicant"
_FIRST = 4
"""Bytes before the body."""


def looks_like(payload: bytes) -> bool:
    """A version, a type, and a body that fits into the frame."""
    if len(payload) < _FIRST or payload[0] not in (1, 2, 3) or payload[1] > KEY:
        return False
    return int.from_bytes(payload[2:4], "big") <= len(payload) - _FIRST


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What part each end plays. Raises ValueError, IndexError."""
    kind, size = payload[1], int.from_bytes(payload[2:4], "big")
    body = payload[_FIRST : _FIRST + size]
    if kind in (START, LOGOFF):
        yield Said("sender", Trait.PORT_AUTHENTICATION, ANSWERS, 1)
    elif kind == EAP:
        yield from _told(body)


def _told(body: bytes) -> Iterator[Said]:
    """An EAP packet: code, number, length, and of requests and responses the method."""
    code, size = body[0], int.from_bytes(body[2:4], "big")
    if size < 4 or size > len(body):
        raise ValueError("an EAP packet cut short")
    if (code in (GRANTED, REFUSED) and size == 4) or (code == REQUEST and size > 4):
        yield Said("sender", Trait.PORT_AUTHENTICATION, ASKS, _FIRST)
    elif code == RESPONSE and size > 4:
        yield Said("sender", Trait.PORT_AUTHENTICATION, ANSWERS, _FIRST)
        if body[4] in METHODS:
            yield Said("sender", Trait.PORT_AUTHENTICATION, f"{ANSWERS} {METHODS[body[4]]}", _FIRST + 4)


DISSECTOR = Dissector("802.1x", frozenset({"ethernet"}), looks_like, dissect, frozenset({0x888E}))
