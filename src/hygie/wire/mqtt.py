"""MQTT: who is broker and who is client, and the version that a broker publishes of itself.

Names of clients and users, passwords, topics and messages are never kept: only the broker's own topic is looked for.
Source: OASIS MQTT 3.1.1 and 5.0, sections 2.1 (fixed header), 3.1 (CONNECT), 3.2 (CONNACK) and 3.3 (PUBLISH); the topic
$SYS/broker/version as Mosquitto has it.
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_CONNECT = re.compile(
    rb"\x10(?:[\x0c-\x7f]|[\x80-\xff]{1,2}[\x01-\x7f])(?:\0\x04MQTT[\x04\x05]|\0\x06MQIsdp\x03)([\0-\xff])"
)
_ACCEPTED = re.compile(rb"\x20[\x02-\x7f][\0\1]\0")
_PUBLISH = 0x30
_TOPIC = b"$SYS/broker/version"
_VERSION = re.compile(r"[A-Za-z][\w -]{1,30}? (?:version )?\d[\w.+-]{0,30}")


def looks_like(payload: bytes) -> bool:
    """A client's first packet, without the flag that none may set."""
    found = _CONNECT.match(payload)
    return bool(found) and not payload[found.end() - 1] & 1 if found else False


def sender(payload: bytes) -> str:
    """By the kinds of packet that only one end sends."""
    kind = payload[0] >> 4 if payload else 0
    return {1: "client", 2: "server", 8: "client", 9: "server", 12: "client", 13: "server"}.get(kind, "")


def _body(payload: bytes) -> tuple[int, int]:
    """(where the body begins, its bytes); (0, 0) more are needed. Raises ValueError."""
    size = 0
    for at in range(1, 5):
        if at >= len(payload):
            return 0, 0
        size |= (payload[at] & 0x7F) << 7 * (at - 1)
        if not payload[at] & 0x80:
            return at + 1, size
    raise ValueError("a length of more than four bytes")


def length(payload: bytes) -> int:
    """One packet. Raises ValueError where none begins."""
    if len(payload) < 2:
        return 0
    kind, flags = payload[0] >> 4, payload[0] & 15
    if not kind or (kind != 3 and flags != (2 if kind in (6, 8, 10) else 0)):
        raise ValueError("no packet of MQTT")
    start, size = _body(payload)
    return start + size if start else 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The parts that they play; what a broker publishes of itself. Raises ValueError."""
    if looks_like(payload):
        yield Said("receiver", Trait.ROLE, "mqtt broker", 0, 0.7)
    elif _ACCEPTED.match(payload):
        yield Said("sender", Trait.ROLE, "mqtt broker", 0, 0.9)
    elif payload[0] & 0xF0 == _PUBLISH:
        start, size = _body(payload)
        topic = payload[start + 2 : start + 2 + int.from_bytes(payload[start : start + 2], "big")]
        if topic == _TOPIC:
            # With an identifier, or with properties (5.0), something stands before the text.
            found = _VERSION.search(plain(payload[start + 2 + len(topic) : start + size]))
            if found:
                yield Said("sender", Trait.SERVER_SOFTWARE, found.group(), start, 0.9)


DISSECTOR = Dissector(
    "mqtt", frozenset({"tcp"}), looks_like, dissect, frozenset({1883}), sender, length, reach=256, units=24
)
