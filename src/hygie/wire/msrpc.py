"""MSRPC (DCE/RPC over TCP): what NTLM and Kerberos say of machines as a client binds. Calls are never read.

Source: The Open Group C706 chapter 12 (12.6.3.1 common fields, 12.6.4.3 bind, 12.6.4.4 bind_ack); [MS-RPCE] sections
2.2.2.3, 2.2.2.11 (sec_trailer) and 2.2.2.10 (rpc_auth_3).
"""

import struct
from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.codec import ntlm, tickets
from hygie.wire.way import Dissector, Way

HEADER = 16
BIND, BIND_ACK, ALTER, ALTER_ANSWER, AUTH3 = 11, 12, 14, 15, 16
_BINDING = frozenset((BIND, BIND_ACK, ALTER, ALTER_ANSWER, AUTH3))
_BY_CLIENT = frozenset((0, BIND, ALTER, AUTH3, 18, 19))
_BY_SERVER = frozenset((2, 3, BIND_ACK, 13, ALTER_ANSWER))
_LITTLE = b"\x10\0\0\0"
"""Data representation: little endian, ASCII, IEEE (C706 section 14.1)."""


def looks_like(payload: bytes) -> bool:
    """The fixed header of version 5.0 in little endian, with lengths that agree."""
    if len(payload) < HEADER or payload[:2] != b"\5\0" or payload[2] > 19 or payload[4:8] != _LITTLE:
        return False
    size, auth = struct.unpack_from("<HH", payload, 8)
    return bool(size >= HEADER + auth)


def sender(payload: bytes) -> str:
    """By the kind of packet."""
    if not looks_like(payload):
        return ""
    return "client" if payload[2] in _BY_CLIENT else "server" if payload[2] in _BY_SERVER else ""


def length(payload: bytes) -> int:
    """One fragment. Raises ValueError where none begins."""
    if len(payload) < HEADER:
        return 0
    if not looks_like(payload):
        raise ValueError("no fragment of DCE/RPC")
    return int.from_bytes(payload[8:10], "little")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The token at the end of what binds. Raises ValueError, struct.error."""
    size, auth = struct.unpack_from("<HH", payload, 8)
    if payload[2] not in _BINDING or not auth:
        return
    if size > len(payload):
        raise ValueError("a fragment cut short")
    start = size - auth
    found = [*ntlm.said(payload[start:size]), *tickets.said(payload[start:size])]
    yield from (one._replace(offset=start + one.offset) for one in found)


DISSECTOR = Dissector(
    "msrpc", frozenset({"tcp"}), looks_like, dissect, frozenset({135, 593}), sender, length, reach=5_840, units=4
)
