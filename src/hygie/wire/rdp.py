"""RDP: the certificate of the machine that is worked on, which by default bears its own name.

The connection request holds a user's name (mstshash): never read; nor is the client's name, which may be a person's.
Where a client signs in beforehand (CredSSP), that lies inside TLS. Clients state builds that are not theirs: left out.
Source: [MS-RDPBCGR] sections 2.2.1.1, 2.2.1.2 (negotiation), 5.4.5.1 (TLS); RFC 1006 section 6 (TPKT); ITU-T X.224
section 13.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import handshake
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

REQUEST, CONFIRM = 0xE0, 0xD0
_TYPES = {REQUEST: (1,), CONFIRM: (2, 3)}
"""Connection request and confirm -> types of the negotiation that they may hold (2.2.1.1.1, 2.2.1.2.1, 2.2.1.2.2)."""
_COOKIE = b"Cookie: mst"


def looks_like(payload: bytes) -> bool:
    """A connection request or confirm of class 0, with nothing, a cookie or a negotiation behind it."""
    if len(payload) < 11 or payload[:3] != b"\3\0\0" or payload[3] != payload[4] + 5:
        return False
    kinds = _TYPES.get(payload[5])
    if kinds is None or payload[10] & 0xF0 or len(payload) < payload[3]:
        return False
    rest = payload[11 : payload[3]]
    negotiates = len(rest) == 8 and rest[0] in kinds and rest[2:4] == b"\x08\0"
    return not rest or negotiates or (payload[5] == REQUEST and rest.startswith(_COOKIE))


def sender(payload: bytes) -> str:
    """By the kind of connection unit, or the hello of TLS."""
    if looks_like(payload):
        return "client" if payload[5] == REQUEST else "server"
    return handshake.sender(payload)


def length(payload: bytes) -> int:
    """One TPKT, or a record of TLS once that began. Raises ValueError where neither begins."""
    if payload[:1] != b"\3":
        return handshake.length(payload)
    if len(payload) < 4:
        return 0
    size = int.from_bytes(payload[2:4], "big")
    if payload[1] or size < 7:
        raise ValueError("no TPKT")
    return size


def dissect(payload: bytes, way: Way) -> Iterator[Said]:
    """The server's hello and certificate."""
    if payload[:1] == b"\3":
        return
    for one in handshake.said(payload, way.sender == "server"):
        yield one
        name = device_name(one.value.removeprefix("CN=")) if one.trait is Trait.TLS_SUBJECT else ""
        # Made by Windows itself for this purpose, it bears the machine's name and nothing else.
        if name and one.value.startswith("CN=") and not set(name) & set(",=* "):
            yield one._replace(trait=Trait.HOST_NAME, value=name, confidence=0.8)


DISSECTOR = Dissector("rdp", frozenset({"tcp"}), looks_like, dissect, frozenset({3389}), sender, length, units=5)
