"""The header segment of HL7 version 2, alone: whoever carries a message reads no other segment of it.

An application's universal id may be an EUI-64 (IHE PCD): it names the maker, and the card that it was made of. MSH-21
names the transaction, and so the actor. MSH-8 (security) is never read.
Source: HL7 v2.8.2 chapter 2, sections 2.14.9 (MSH) and 2.5 (delimiters), chapter 2.A (HD); IHE Devices TF-2, appendix
B.1 (MSH-3, MSH-21).
"""

import re
from collections.abc import Iterator

from hygie.facts import oui
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import card_of_eui64
from hygie.wire.codec.text import plain

LONGEST = 2048
"""Bytes of a header that are looked at."""
_EUI64 = re.compile(rb"[0-9A-Fa-f]{16}")
_UNIVERSAL = b"EUI-64"
_PROFILE = re.compile(rb"1\.3\.6\.1\.4\.1\.19376\.1\.6\.1\.(\d{1,2})\.1(?!\d)")
_PLAYS = {
    b"1": "device observation reporter",
    b"3": "infusion order programmer",
    b"4": "alert reporter",
    b"9": "implantable cardiac device reporter",
    b"10": "infusion event reporter",
}
"""Transaction of IHE Patient Care Device (PCD-01, -03, -04, -09, -10) -> the actor that begins it (DEV TF-1)."""


def starts(data: bytes) -> bool:
    """Whether bytes begin with a header segment."""
    return len(data) >= 8 and data[:3] == b"MSH" and not data[3:4].isalnum() and data[3:4] not in (b" ", b"\r", b"\n")


def read(data: bytes, offset: int) -> Iterator[Said]:
    """Applications, version, message type and profile. offset: where the segment begins. Raises ValueError."""
    if not starts(data):
        raise ValueError("no MSH segment")
    header = data[:LONGEST].replace(b"\n", b"\r").partition(b"\r")[0]
    separator, component = header[3:4], header[4:5]
    fields = header.split(separator)
    # fields[n] is MSH-(n+1), for MSH-1 is the separator itself.
    for about, first, confidence in (("sender", 2, 1.0), ("receiver", 4, 0.8)):
        name = "^".join(_part(fields, at, component) for at in (first, first + 1)).strip("^")
        if name:
            yield Said(about, Trait.HL7_APPLICATION, name, offset, confidence)
        yield from _unique(_field(fields, first).split(component), about, offset, confidence)
    kind = "^".join(plain(p, 8) for p in _field(fields, 8).split(component)[:2])
    if kind:
        yield Said("sender", Trait.HL7_MESSAGE, kind, offset)
    if _part(fields, 11, component):
        yield Said("sender", Trait.HL7_VERSION, _part(fields, 11, component), offset)
    profile = _PROFILE.search(_field(fields, 20)[:512])
    if profile and profile.group(1) in _PLAYS:
        yield Said("sender", Trait.ROLE, _PLAYS[profile.group(1)], offset, 0.9)


def _unique(name: list[bytes], about: str, offset: int, confidence: float) -> Iterator[Said]:
    """What the EUI-64 of a name tells: its maker, and the card that it was made of."""
    if len(name) < 3 or name[2].strip() != _UNIVERSAL or not _EUI64.fullmatch(name[1].strip()):
        return
    number = bytes.fromhex(name[1].strip().decode())
    card = card_of_eui64(number)
    if card:
        yield Said(about, Trait.MAC, card, offset, round(0.6 * confidence, 2))
    made_by = oui.maker(number[:6].hex(":"))
    if made_by:
        yield Said(about, Trait.MANUFACTURER, made_by, offset, round(0.5 * confidence, 2))


def _field(fields: list[bytes], at: int) -> bytes:
    return fields[at] if at < len(fields) else b""


def _part(fields: list[bytes], at: int, component: bytes) -> str:
    """First component of a field."""
    return plain(_field(fields, at).split(component)[0], 64)
