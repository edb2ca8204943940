"""DICOM upper layer: AE titles, implementations, SOP classes with the part played, and five words of stored data sets.

Of data sets only manufacturer, model, station name, software version, serial number and modality are read, and only in
objects that are being stored: nothing of the patient, the study or the image.
Source: DICOM PS3.8 section 9.3 (PDUs), annex E (P-DATA); PS3.7 annex D.3 (user information), section 9.3 (commands);
PS3.6 (tags).
"""

import struct
from collections.abc import Iterator

from hygie.facts import dicom as facts
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import dataset
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

REQUEST, ACCEPT, REJECT, DATA, RELEASE, RELEASED, ABORT = range(1, 8)
"""PDU types (PS3.8 table 9-1)."""
APPLICATION = b"1.2.840.10008.3.1.1.1"
"""Application context name (PS3.7 annex A.2.1)."""
_PROPOSED, _RESULT, _USER = 0x20, 0x21, 0x50
_UID, _ROLE, _VERSION = 0x52, 0x54, 0x55
MANY = 32
"""From so many storage classes on, a list is a toolkit's default and tells nothing of its speaker: not listed."""
WORDS = {
    (0x0008, 0x0060): Trait.DICOM_MODALITY,
    (0x0008, 0x0070): Trait.MANUFACTURER,
    (0x0008, 0x1010): Trait.STATION_NAME,
    (0x0008, 0x1090): Trait.PRODUCT,
    (0x0018, 0x1000): Trait.SERIAL,
    (0x0018, 0x1020): Trait.VERSION,
}
"""The only elements of a data set that are read (PS3.6 table 6-1); all at most 64 characters (PS3.5 table 6.2-1)."""
_SOP_CLASS = (0x0008, 0x0016)


def looks_like(payload: bytes) -> bool:
    """An association request or its acceptance, with DICOM's application context; or a data PDU whose items add up."""
    if len(payload) < 10 or payload[1]:
        return False
    size = int.from_bytes(payload[2:6], "big")
    if payload[0] in (REQUEST, ACCEPT):
        return payload[6] == 0 and payload[7] & 1 == 1 and APPLICATION in payload[74:130]
    if payload[0] != DATA or len(payload) < 12:
        return False
    item = int.from_bytes(payload[6:10], "big")
    return payload[10] & 1 == 1 and payload[11] <= 3 and 2 <= item <= size - 4 and (item == size - 4 or item % 2 == 0)


def sender(payload: bytes) -> str:
    """Requests of associations come from clients, answers from servers."""
    return {REQUEST: "client", ACCEPT: "server", REJECT: "server"}.get(payload[0], "") if payload else ""


def length(payload: bytes) -> int:
    """One PDU. Raises ValueError where none begins."""
    if len(payload) < 6:
        return 0
    if not REQUEST <= payload[0] <= ABORT or payload[1]:
        raise ValueError("no PDU of DICOM")
    return 6 + int.from_bytes(payload[2:6], "big")


def dissect(payload: bytes, way: Way) -> Iterator[Said]:
    """What one PDU says of both ends."""
    kind = payload[0]
    if kind == REQUEST:
        yield from _request(payload)
    elif kind == ACCEPT:
        yield from _accept(payload, way.opening)
    elif kind == DATA:
        yield from _data(payload)


def _items(payload: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(type, start, stop) of items or sub-items (PS3.8 section 9.3.2.1). Raises ValueError, struct.error."""
    offset = start
    while offset + 4 <= end:
        kind, size = struct.unpack_from(">BxH", payload, offset)
        if offset + 4 + size > end:
            raise ValueError(f"an item cut at {offset}")
        yield kind, offset + 4, offset + 4 + size
        offset += 4 + size


def _title(payload: bytes, start: int) -> str:
    return plain(payload[start : start + 16], 16)


def _uid(raw: bytes) -> str:
    """A UID as text; "" where it is none (PS3.5 section 9.1)."""
    text = raw.rstrip(b"\0 ").decode("ascii", "replace")
    return text if text and len(text) <= 64 and text.replace(".", "").isdigit() else ""


def _contexts(payload: bytes) -> dict[int, str]:
    """Presentation context -> abstract syntax proposed."""
    proposed: dict[int, str] = {}
    for kind, start, stop in _items(payload, 74, len(payload)):
        if kind == _PROPOSED:
            for sub, first, last in _items(payload, start + 4, stop):
                if sub == 0x30 and _uid(payload[first:last]):
                    proposed[payload[start]] = _uid(payload[first:last])
    return proposed


def _swapped(payload: bytes) -> set[str]:
    """SOP classes of which the requester wants to be the provider only (role selection, PS3.7 annex D.3.3.4)."""
    found: set[str] = set()
    for start, stop, kind in _user(payload):
        if kind == _ROLE:
            (size,) = struct.unpack_from(">H", payload, start)
            end = start + 2 + size
            if end + 2 <= stop and payload[end] == 0 and payload[end + 1] == 1:
                found.add(_uid(payload[start + 2 : end]))
    return found


def _user(payload: bytes) -> Iterator[tuple[int, int, int]]:
    """(start, stop, type) of user information's sub-items."""
    for kind, start, stop in _items(payload, 74, len(payload)):
        if kind == _USER:
            for sub, first, last in _items(payload, start, stop):
                yield first, last, sub


def _implementation(payload: bytes) -> Iterator[Said]:
    for start, stop, kind in _user(payload):
        if kind == _UID and _uid(payload[start:stop]):
            uid = _uid(payload[start:stop])
            yield Said("sender", Trait.DICOM_IMPLEMENTATION_UID, uid, start)
            known = facts.implementation(uid)
            if known and not known.toolkit:
                yield Said("sender", Trait.MANUFACTURER, known.name, start, round(0.6 * known.confidence, 2))
        elif kind == _VERSION and plain(payload[start:stop], 16):
            yield Said("sender", Trait.DICOM_IMPLEMENTATION_VERSION, plain(payload[start:stop], 16), start)


def _request(payload: bytes) -> Iterator[Said]:
    """A-ASSOCIATE-RQ (PS3.8 table 9-11): the called title is only what the caller believes."""
    if len(payload) < 74:
        raise ValueError("an association request cut short")
    if _title(payload, 26):
        yield Said("sender", Trait.AE_TITLE, _title(payload, 26), 26)
    if _title(payload, 10):
        yield Said("receiver", Trait.AE_TITLE, _title(payload, 10), 10, 0.6)
    yield from _implementation(payload)
    yield from _parts(set(_contexts(payload).values()), _swapped(payload), ("sender",), 0.5)


def _accept(payload: bytes, opening: bytes) -> Iterator[Said]:
    """A-ASSOCIATE-AC (PS3.8 table 9-17): with the request it answers, the classes that both ends agreed on."""
    if len(payload) < 74:
        raise ValueError("an association acceptance cut short")
    yield from _implementation(payload)
    if opening[:1] != bytes((REQUEST,)) or len(opening) < 74:
        return
    # The titles of an answer are only echoes (table 9-17): what the acceptor agreed to are those of the request.
    if _title(opening, 10):
        yield Said("sender", Trait.AE_TITLE, _title(opening, 10), 10)
    proposed = _contexts(opening)
    accepted = {
        proposed[payload[start]]
        for kind, start, stop in _items(payload, 74, len(payload))
        if kind == _RESULT and stop - start >= 4 and payload[start + 2] == 0 and payload[start] in proposed
    }
    yield from _parts(accepted, _swapped(opening), ("receiver", "sender"), 0.8)


def _parts(classes: set[str], swapped: set[str], ends: tuple[str, ...], confidence: float) -> Iterator[Said]:
    """SOP classes and roles of (requester, acceptor)."""
    many = sum(map(facts.is_storage, classes)) >= MANY
    for at, about in enumerate(ends):
        roles: set[str] = set()
        for uid in sorted(classes):
            provider = (at == 1) != (uid in swapped)
            role = facts.roles(uid)[provider]
            vague = many and facts.is_storage(uid)
            if not vague:
                yield Said(about, Trait.DICOM_SOP_CLASS, f"{uid} {'scp' if provider else 'scu'}", 74, confidence)
            # A caller that may store everything may be an archive's router as well as a modality.
            if role and (provider or not vague):
                roles.add(role)
        yield from (Said(about, Trait.DICOM_ROLE, role, 74, confidence) for role in sorted(roles))


def _data(payload: bytes) -> Iterator[Said]:
    """P-DATA-TF (PS3.8 section 9.3.5): commands, and the beginning of data sets."""
    offset, end = 6, min(len(payload), 6 + int.from_bytes(payload[2:6], "big"))
    while offset + 6 <= end:
        (size,) = struct.unpack_from(">I", payload, offset)
        control, start, stop = payload[offset + 5], offset + 6, min(offset + 4 + size, end)
        if size < 2:
            raise ValueError(f"an item of {size} bytes at {offset}")
        if control & 1:
            yield from _command(payload[start:stop], start)
        else:
            yield from _stored(payload[start:stop], start)
        offset += 4 + size


def _command(data: bytes, offset: int) -> Iterator[Said]:
    """A command set: a request names the class that its sender uses (PS3.7 table E.1-1)."""
    uid, request = "", False
    for element in dataset.elements(data, 0x0000):
        value = data[element.start : element.stop]
        if element.number == 0x0002:
            uid = _uid(value)
        elif element.number == 0x0100 and len(value) == 2:
            request = not value[1] & 0x80
    user, provider = facts.roles(uid)
    if not request:
        return
    for about, part, role in (("sender", "scu", user), ("receiver", "scp", provider)):
        if role:
            yield Said(about, Trait.DICOM_SOP_CLASS, f"{uid} {part}", offset, 0.9)
            yield Said(about, Trait.DICOM_ROLE, role, offset, 0.7)


def _stored(data: bytes, offset: int) -> Iterator[Said]:
    """The beginning of a stored object. Middles of data sets do not begin with group 0008: nothing is read of them."""
    if data[:2] not in (b"\x08\x00", b"\x00\x08") or len(data) < 16:
        return
    found: list[Said] = []
    stored = False
    for element in dataset.elements(data, 0x0018):
        tag = (element.group, element.number)
        if tag == _SOP_CLASS:
            stored = facts.is_storage(_uid(data[element.start : element.stop]))
        trait = WORDS.get(tag)
        text = plain(data[element.start : element.stop], 64) if element.stop - element.start <= 66 else ""
        if trait and text:
            found.append(Said("sender", trait, text, offset + element.start, 0.8))
    if stored:
        yield from found


DISSECTOR = Dissector(
    "dicom",
    frozenset({"tcp"}),
    looks_like,
    dissect,
    frozenset({104, 4242, 11112}),
    sender,
    length,
    reach=32_768,
    units=12,
    remembers=True,
)
