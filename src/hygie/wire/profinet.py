"""PROFINET DCP: the name, the kind and the address of stations on the link, as they answer for themselves.

What a controller seeks, or sets in another, is not read: only answers, and the greeting of a station that begins. The
numbers of maker and device are those of the station's description file (GSDML).
Source: IEC 61158-6-10 section 4.3 (DCP: 4.3.1.3 frame ids, 4.3.1.4 blocks); IEC 61784-2 (PROFINET).
"""

import re
import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_host
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

HELLO, ANSWER, IDENTIFY = 0xFEFC, 0xFEFD, 0xFEFF
"""Frame ids: a station begins; it answers Get and Set; it answers a search."""
_HEAD = struct.Struct(">HBBIHH")
GET, SEARCH, GREET = 3, 5, 6
"""Services."""
SUCCESS = 1
"""Of the service type: an answer that holds."""
IP, PROPERTIES = 1, 2
MAKERS = {0x002A: "Siemens", 0x00B0: "Phoenix Contact"}
"""Numbers of makers, as PROFIBUS & PROFINET International gives them, of those that are sure."""
ROLES = ((2, "profinet controller"), (8, "profinet supervisor"), (4, "profinet io device"), (1, "profinet io device"))
"""Bits of a station's role."""
_STATION = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,239}")
"""Names of stations (4.3.1.4.15), also with the capitals that some tools let in."""
CONFLICT = 0x80
"""Of an address block: another station has the same address."""


def looks_like(payload: bytes) -> bool:
    """An answer or a greeting, whose blocks fit into the frame."""
    if len(payload) < _HEAD.size + 4:
        return False
    frame, service, kind, _, _, size = _HEAD.unpack_from(payload)
    told = {HELLO: (GREET, 0), IDENTIFY: (SEARCH, SUCCESS), ANSWER: (GET, SUCCESS)}.get(frame)
    return told == (service, kind) and 0 < size <= len(payload) - _HEAD.size


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Blocks of an answer. Raises ValueError for one that is cut, struct.error."""
    size = _HEAD.unpack_from(payload)[-1]
    at, end = _HEAD.size, _HEAD.size + size
    if end > len(payload):
        raise ValueError("blocks cut short")
    while at + 4 <= end:
        option, part, length = struct.unpack_from(">BBH", payload, at)
        start, stop = at + 4, at + 4 + length
        if stop > end or length < 2:
            raise ValueError(f"a block cut at {at}")
        yield from _told(option, part, payload[start : start + 2], payload[start + 2 : stop], start + 2)
        at = stop + length % 2


def _told(option: int, part: int, state: bytes, value: bytes, at: int) -> Iterator[Said]:
    """One block; `state`: the two bytes before its value."""
    if option == IP and part in (2, 3) and len(value) >= 12:
        if not state[1] & CONFLICT and state[1] & 3 and is_host(value[:4]):
            yield Said("sender", Trait.IP, ip_text(value[:4]), at)
    elif option == PROPERTIES and part == 1 and plain(value):
        yield Said("sender", Trait.PRODUCT, plain(value), at, 0.9)
    elif option == PROPERTIES and part == 2 and _STATION.fullmatch(value) and device_name(value):
        yield Said("sender", Trait.HOST_NAME, device_name(value), at)
    elif option == PROPERTIES and part == 3 and len(value) >= 4:
        maker, _device = struct.unpack_from(">HH", value)
        if maker in MAKERS:
            yield Said("sender", Trait.MANUFACTURER, MAKERS[maker], at)
    elif option == PROPERTIES and part == 4 and value:
        role = next((name for bit, name in ROLES if value[0] & bit), "")
        if role:
            yield Said("sender", Trait.ROLE, role, at, 0.9)


DISSECTOR = Dissector("profinet", frozenset({"ethernet"}), looks_like, dissect, frozenset({0x8892}))
