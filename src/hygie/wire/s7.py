"""S7: order number, firmware, model and serial number of Siemens' controllers and of what speaks like them.

The lists of the system's state that engineering tools ask for are read, and what newer controllers state when a session
begins. Names that users give to plants and modules, variables and programs are never read.
Source: RFC 1006 section 6 and ISO 8073 section 13.7 (framing); Siemens, "System Software for S7-300/400, System and
Standard Functions", chapter on system status lists (W#16#xy11 module identification, W#16#xy1C component
identification).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_TPKT, _DATA = b"\x03\x00", b"\x02\xf0"
_CLASSIC, _PLUS = 0x32, 0x72
REQUEST, ACK, ACK_DATA, USER_DATA = 1, 2, 3, 7
_AT = 7
"""Where S7 begins, behind TPKT and COTP."""
_SZL_ANSWER = b"\x84\x01"
"""Kind of answer and group, function: lists of the system's state."""
MODULES, COMPONENTS = 0x11, 0x1C
_LISTS = frozenset((0x0011, 0x0111, 0x001C, 0x011C))
"""Whole and one record each. The later parts of a long list begin with no number: they are not read."""
_SIZES = range(22, 41)
"""Bytes of a record."""
_ITSELF, _FIRMWARE = 1, 7
_CONTROLLER = re.compile(r"6ES7 (\d)1\d-(\d)")
"""A controller's order number: line and generation."""
_LINES = {
    ("2", "1"): "S7-1200",
    ("3", "1"): "S7-300",
    ("3", "2"): "S7-300",
    ("4", "1"): "S7-400",
    ("5", "1"): "S7-1500",
}
_COMPONENT = {5: Trait.SERIAL, 7: Trait.PRODUCT}
"""Records of a component that are read; the others are names that users give, and notices."""
_ORDER = re.compile(r"6(?:ES|GK|AV|AG|SE|SL|DD|ED)\d[ -]?\w{3,4}-\w{4,5}-\w{3,4}")
_STATED = re.compile(rb"\d;(6[A-Z]{2}\d [\w-]{12,16}) ?;[VS](\d{1,2}(?:\.\d{1,3}){1,3})")
"""What a newer controller states: "1;6ES7 511-1AK00-0AB0;V1.8"."""
_SAYS = (0x32, 0x33)
"""Answers and notices of newer controllers."""


def looks_like(payload: bytes) -> bool:
    """A data unit of COTP that holds a unit of S7."""
    if len(payload) < _AT + 4 or payload[:2] != _TPKT or payload[4:6] != _DATA or payload[6] & 0x7F:
        return False
    if payload[_AT] == _PLUS:
        return payload[_AT + 1] in (1, 2, 3, 0xFE)
    return payload[_AT] == _CLASSIC and payload[_AT + 1] in (REQUEST, ACK, ACK_DATA, USER_DATA)


def sender(payload: bytes) -> str:
    """By the kind of unit; those of newer controllers by their opcode."""
    if not looks_like(payload) or len(payload) < _AT + 17:
        return ""
    if payload[_AT] == _PLUS:
        return {0x31: "client", 0x32: "server", 0x33: "server"}.get(payload[_AT + 4], "")
    kind = payload[_AT + 1]
    if kind == USER_DATA:
        return {0x40: "client", 0x80: "server"}.get(payload[_AT + 15] & 0xF0, "")
    return "client" if kind == REQUEST else "server"


def length(payload: bytes) -> int:
    """One packet of TPKT. Raises ValueError where none begins."""
    if len(payload) < 4:
        return 0
    size = int.from_bytes(payload[2:4], "big")
    if payload[:2] != _TPKT or size < _AT:
        raise ValueError("no packet of TPKT")
    return size


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What a controller says of itself. Raises ValueError, IndexError."""
    if not looks_like(payload):
        return
    if payload[_AT] == _PLUS:
        yield from _stated(payload)
    elif payload[_AT + 1] == USER_DATA and payload[_AT + 15 : _AT + 17] == _SZL_ANSWER:
        yield from _listed(payload)


def _of_line(order: str, at: int) -> Iterator[Said]:
    """The line of controllers that an order number belongs to: advisories name the line."""
    known = _CONTROLLER.match(order)
    line = _LINES.get((known[1], known[2])) if known else None
    if line:
        yield Said("sender", Trait.PRODUCT, f"SIMATIC {line}", at, 0.7)


def _stated(payload: bytes) -> Iterator[Said]:
    found = _STATED.search(payload) if payload[_AT + 4] in _SAYS else None
    if found:
        yield Said("sender", Trait.MANUFACTURER, "Siemens", found.start(), 0.9)
        yield Said("sender", Trait.MODEL_NUMBER, found.group(1).decode(), found.start(1))
        yield from _of_line(found.group(1).decode(), found.start(1))
        yield Said("sender", Trait.FIRMWARE, found.group(2).decode(), found.start(2))


def _listed(payload: bytes) -> Iterator[Said]:
    """Records of a list, each with its number first."""
    start = _AT + 10 + int.from_bytes(payload[_AT + 6 : _AT + 8], "big")
    head = payload[start : start + 12]
    if len(head) < 12 or head[0] != 0xFF:
        return
    which, size = int.from_bytes(head[4:6], "big"), int.from_bytes(head[8:10], "big")
    if which not in _LISTS or size not in _SIZES:
        return
    at = start + 12
    for _each in range(min(int.from_bytes(head[10:12], "big"), 16)):
        record = payload[at : at + size]
        if len(record) < size:
            return
        yield from _record(which & 0xFF, int.from_bytes(record[:2], "big"), record, at)
        at += size


def _record(which: int, number: int, record: bytes, at: int) -> Iterator[Said]:
    if which == MODULES and number == _ITSELF:
        order = plain(record[2:22])
        if _ORDER.fullmatch(order):
            yield Said("sender", Trait.MANUFACTURER, "Siemens", at, 0.9)
        if order:
            yield Said("sender", Trait.MODEL_NUMBER, order, at + 2)
            yield from _of_line(order, at + 2)
    elif which == MODULES and number == _FIRMWARE and len(record) >= 28 and record[24:25] == b"V":
        yield Said("sender", Trait.FIRMWARE, ".".join(str(part) for part in record[25:28]), at + 24)
    elif which == COMPONENTS and number in _COMPONENT:
        text = plain(record[2:34].partition(b"\0")[0])
        if text:
            yield Said("sender", _COMPONENT[number], text, at + 2)


DISSECTOR = Dissector(
    "s7", frozenset({"tcp"}), looks_like, dissect, frozenset({102}), sender, length, reach=1_024, units=48
)
