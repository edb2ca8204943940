"""OPC UA: what software a server says that it is. Values, names of nodes, users and their passwords are never read.

Said where nothing is encrypted: the product of the server that answers which ends it has, and its build where a client
reads that. Which other servers a directory knows is not said of it.
Source: OPC 10000-6 sections 5.2 (binary encoding), 6.7.2 (messages) and 7.1.2 (connection protocol); OPC 10000-4
sections 5.5.4 (GetEndpoints) and 7.2 (ApplicationDescription); OPC 10000-5 section 12.4 (BuildInfo).
"""

import re
import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_TYPES = re.compile(rb"(?:HEL|ACK|ERR|RHE)F|(?:OPN|CLO|MSG)[FCA]")
_POLICY = b"http://opcfoundation.org/UA/SecurityPolicy#"
_BODY = 24
"""Bytes before a message's body: type, size, channel, token, sequence, request."""
_ENDPOINTS, _READ = 431, 634
"""Numbers of the two answers that are read."""
_BUILD = b"\x16\x01\x00\x54\x01\x01"
"""A value that is an object of kind 340, BuildInfo, in binary."""
_LONGEST = 1 << 24
_LONGEST_TEXT = 1024


def looks_like(payload: bytes) -> bool:
    """A message's type and size, and what only this protocol has behind them."""
    if len(payload) < 16 or not _TYPES.match(payload):
        return False
    kind, size = payload[:3], int.from_bytes(payload[4:8], "little")
    if not 8 <= size < _LONGEST:
        return False
    if kind == b"HEL":
        return payload[32:36] in (b"opc.", b"") and len(payload) <= size
    if kind == b"ACK":
        return size == 28 and payload[8:12] == bytes(4)
    if kind == b"OPN":
        return payload[16:59] == _POLICY
    if kind == b"MSG":
        return payload[_BODY : _BODY + 2] == b"\1\0"
    return kind == b"ERR" and payload[10:12] in (b"\x7d\x80", b"\x7e\x80", b"\x7f\x80", b"\x80\x80")


def sender(payload: bytes) -> str:
    """By the messages that only one end sends."""
    return {b"HELF": "client", b"ACKF": "server", b"ERRF": "server", b"RHEF": "server"}.get(payload[:4], "")


def length(payload: bytes) -> int:
    """One message. Raises ValueError where none begins."""
    if len(payload) < 8:
        return 0
    size = int.from_bytes(payload[4:8], "little")
    if not _TYPES.match(payload) or not 8 <= size < _LONGEST:
        raise ValueError("no message of OPC UA")
    return size


def _text(payload: bytes, at: int) -> tuple[str, int]:
    """A string and where it ends; -1 bytes are none. Raises ValueError, struct.error."""
    (size,) = struct.unpack_from("<i", payload, at)
    if size > _LONGEST_TEXT or at + 4 + size > len(payload):
        raise ValueError(f"a text cut at {at}")
    end = at + 4 + max(size, 0)
    return plain(payload[at + 4 : end]), end


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Product and build of a server that answers. Raises ValueError, IndexError, struct.error."""
    if payload[:3] != b"MSG" or payload[_BODY : _BODY + 2] != b"\1\0":
        return
    answer = int.from_bytes(payload[_BODY + 2 : _BODY + 4], "little")
    if answer == _ENDPOINTS:
        yield from _product(payload)
    elif answer == _READ:
        yield from _build(payload)


def _product(payload: bytes) -> Iterator[Said]:
    """Of the first end: its address, the server's name (URI), its product."""
    result, diagnosis = struct.unpack_from("<12xIB", payload, _BODY + 4)
    at = _BODY + 4 + 17
    strings, end, count = struct.unpack_from("<i3si", payload, at)
    if result or diagnosis or strings > 0 or end != bytes(3) or count < 1:
        return
    _address, at = _text(payload, at + 11)
    _name, at = _text(payload, at)
    product, _at = _text(payload, at)
    if product:
        yield Said("sender", Trait.SERVER_SOFTWARE, product, at, 0.9)


def _build(payload: bytes) -> Iterator[Said]:
    at = payload.find(_BUILD, _BODY, 2048)
    if at < 0:
        return
    # The object's own length stands before it.
    _uri, end = _text(payload, at + len(_BUILD) + 4)
    maker, end = _text(payload, end)
    product, end = _text(payload, end)
    version, _end = _text(payload, end)
    if product:
        words = [maker] if maker and not product.casefold().startswith(maker.casefold()) else []
        yield Said("sender", Trait.SERVER_SOFTWARE, plain(" ".join([*words, product, version])), at)


DISSECTOR = Dissector(
    "opcua", frozenset({"tcp"}), looks_like, dissect, frozenset({4840}), sender, length, reach=4_096, units=32
)
