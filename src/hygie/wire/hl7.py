"""HL7 version 2 over MLLP: the header segment only. No other segment of a message is ever looked at.

Source: MLLP release 1, transport specification; HL7 v2.8.2 chapter 2, section 2.14.9 (MSH).
"""

from collections.abc import Iterator

from hygie.model.seams import Said
from hygie.wire.codec import msh
from hygie.wire.way import Dissector, Way

START, END = b"\x0b", b"\x1c\r"


def looks_like(payload: bytes) -> bool:
    """A block that begins with an MSH segment and four or five delimiters."""
    return payload[:1] == START and msh.starts(payload[1:9])


def length(payload: bytes) -> int:
    """Up to the end of the block; 0 it has not come. Raises ValueError where no block begins."""
    if payload[:1] != START:
        raise ValueError("no block of MLLP")
    end = payload.find(END)
    return end + len(END) if end >= 0 else 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The header segment."""
    if payload[:1] != START:
        raise ValueError("no block of MLLP")
    return msh.read(payload[1 : 1 + msh.LONGEST], 1)


DISSECTOR = Dissector(
    "hl7", frozenset({"tcp"}), looks_like, dissect, frozenset({2575}), length=length, reach=2_048, units=64
)
