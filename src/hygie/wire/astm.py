"""Laboratory analysers: the header record of ASTM E1394 messages, in E1381 frames over TCP, in MLLP blocks, or bare.

The header alone is read, and of it only the sender's name with the version and serial number that analysers write
behind it: never the access password, never a patient, order, result, comment or query record.
Source: CLSI LIS2-A2 (ASTM E1394-97) sections 5.4 (delimiters) and 6 (header record); CLSI LIS1-A (ASTM E1381-02)
sections 6.2 (establishment) and 6.3 (frames).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

REACH = 1024
_FRAMED = re.compile(rb"[\x04\x05]{0,4}(?:\x02[0-7]|\x0b)H([!-/:-@\[-`{-~])([!-/:-@\[-`{-~]{3})\1")
_BARE = re.compile(rb"H\|(?:\\\^&|\\\^~|`\^&|~\^\\|@\^\\|\^~\\)\|")
_CONTROLS = re.compile(rb"[\x04-\x06\x15]+")
"""End of transmission, enquiry, acknowledgement, refusal (LIS1-A section 6)."""
_END = re.compile(rb"[\x03\x17][0-9A-Fa-f]{2}\r\n?|\x1c\r")
_FRAME = re.compile(rb"\x02[0-7]|\x0b")
_LONGEST = 65_536
_SENDER = 4
"""Place of the sender's name among a header's fields (LIS2-A2 section 6.5)."""
_VERSION = re.compile(r"[Vv]?\d{1,4}(?:[.-]\w{1,6}){1,4}")
_SERIAL = re.compile(r"[\w-]{4,24}")
_HOSTS = re.compile(r"(?:host|lis|lims|his|sil|sgl|server|\d+)\d*", re.IGNORECASE)
"""Names by which the other end calls itself."""


def looks_like(payload: bytes) -> bool:
    """A header record with its delimiters, at the beginning of a frame, of a block, or alone."""
    found = _FRAMED.match(payload)
    return len(set(found.group(1) + found.group(2))) == 4 if found else bool(_BARE.match(payload))


def length(payload: bytes) -> int:
    """Control characters, one frame or block, or one bare header. Raises ValueError where none begins."""
    controls = _CONTROLS.match(payload)
    if controls:
        return controls.end()
    if _FRAME.match(payload):
        end = _END.search(payload, 1, _LONGEST)
        return end.end() if end else 0
    if payload[:2] == b"\x02":
        return 0
    if _BARE.match(payload):
        return payload.find(b"\r", 0, REACH) + 1
    raise ValueError("no frame of E1381, no header of E1394")


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The sender of a header record."""
    begun = re.match(rb"[\x04-\x06\x15]*(?:\x02[0-7]|\x0b)?H", payload)
    if not begun:
        return
    start = begun.end() - 1
    header = re.split(rb"[\r\n\x03\x17]", payload[start : start + REACH], maxsplit=1)[0]
    if len(header) < 6:
        raise ValueError("a header cut short")
    fields = header.split(header[1:2])
    if len(fields) <= _SENDER:
        return
    parts = [plain(part, 64) for part in fields[_SENDER].split(header[3:4])]
    name = device_name(parts[0])
    if not re.search(r"[A-Za-z]{2}", name) or _HOSTS.fullmatch(name):
        return
    yield Said("sender", Trait.PRODUCT, name, start, 0.7)
    if len(parts) > 1 and _VERSION.fullmatch(parts[1]):
        yield Said("sender", Trait.VERSION, parts[1], start, 0.7)
        if len(parts) > 2 and _SERIAL.fullmatch(parts[2]) and re.search(r"\d{3}", parts[2]):
            yield Said("sender", Trait.SERIAL, parts[2], start, 0.6)


DISSECTOR = Dissector("astm", frozenset({"tcp"}), looks_like, dissect, length=length, reach=REACH, units=64)
