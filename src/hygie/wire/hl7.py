"""HL7 version 2 over MLLP: the header segment only. No other segment of a message is ever looked at.

Source: HL7 v2.8.2 chapter 2, section 2.14.9 (MSH) and 2.5 (delimiters); MLLP release 1, transport specification.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

START, END = b"\x0b", b"\x1c\r"
_LONGEST_HEADER = 2048


def looks_like(payload: bytes) -> bool:
    """A block that begins with an MSH segment and four or five delimiters."""
    return len(payload) >= 9 and payload[:4] == b"\x0bMSH" and not payload[4:5].isalnum()


def length(payload: bytes) -> int:
    """Up to the end of the block; 0 it has not come. Raises ValueError where no block begins."""
    if payload[:1] != START:
        raise ValueError("no block of MLLP")
    end = payload.find(END)
    return end + len(END) if end >= 0 else 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Applications, version and message type of MSH."""
    if payload[:4] != b"\x0bMSH" or len(payload) < 9:
        raise ValueError("no MSH segment")
    header = payload[1:_LONGEST_HEADER].replace(b"\n", b"\r").partition(b"\r")[0]
    separator, component = header[3:4], header[4:5]
    fields = header.split(separator)
    # fields[n] is MSH-(n+1), for MSH-1 is the separator itself. MSH-8 (security) is never read.
    for about, first, confidence in (("sender", 2, 1.0), ("receiver", 4, 0.8)):
        name = "^".join(_part(fields, at, component) for at in (first, first + 1)).strip("^")
        if name:
            yield Said(about, Trait.HL7_APPLICATION, name, 1, confidence)
    kind = "^".join(plain(p, 8) for p in _field(fields, 8).split(component)[:2])
    if kind:
        yield Said("sender", Trait.HL7_MESSAGE, kind, 1)
    if _part(fields, 11, component):
        yield Said("sender", Trait.HL7_VERSION, _part(fields, 11, component), 1)


def _field(fields: list[bytes], at: int) -> bytes:
    return fields[at] if at < len(fields) else b""


def _part(fields: list[bytes], at: int, component: bytes) -> str:
    """First component of a field."""
    return plain(_field(fields, at).split(component)[0], 64)


DISSECTOR = Dissector(
    "hl7", frozenset({"tcp"}), looks_like, dissect, frozenset({2575}), length=length, reach=2_048, units=64
)
