"""IPP: maker, model, firmware and serial number of printers that are asked what they are.

Jobs, who prints, and the names and places that people give to printers are never read. A print server speaks of other
machines: what it says of its queues is not said of it.
Source: RFC 8010 section 3 (encoding); RFC 8011 section 5.4 (printer attributes); PWG 5100.13 section 6.6 and IEEE 1284
section 7.6 (printer-device-id); PWG 5110.1 section 4.1 (firmware).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import http
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_TYPE = b"application/ipp"
_MOST = 24_576
_PRINTER, _END = 4, 3
_ENDS = re.compile(rb"/(?:printers|classes)/", re.IGNORECASE)
_SERVERS = re.compile(rb"CUPS/\S+ IPP/|Microsoft", re.IGNORECASE)
_CONTROL = re.compile(rb"[\0-\x1f]")
"""What no text holds: lengths that lie let one attribute run into the next."""
_WANTED = {
    b"printer-make-and-model",
    b"printer-device-id",
    b"printer-firmware-string-version",
    b"printer-serial-number",
    b"printer-uri-supported",
}
_KEYS = {
    "MFG": Trait.MANUFACTURER,
    "MANUFACTURER": Trait.MANUFACTURER,
    "MDL": Trait.PRODUCT,
    "MODEL": Trait.PRODUCT,
    "SN": Trait.SERIAL,
    "SERN": Trait.SERIAL,
    "SERIALNUMBER": Trait.SERIAL,
}
"""Keys of a device's identifier (IEEE 1284)."""
_SURE = 0.95


def _is_ipp(head: http.Head) -> bool:
    return head.fields.get("content-type", b"").lower().startswith(_TYPE)


def looks_like(payload: bytes) -> bool:
    """A message of HTTP whose content is IPP."""
    if not http.starts(payload) or _TYPE not in payload[:4096].lower():
        return False
    try:
        return _is_ipp(http.head(payload))
    except ValueError:
        return False


def sender(payload: bytes) -> str:
    """By the first line."""
    if not http.starts(payload):
        return ""
    return "client" if http.is_request(payload) else "server"


def length(payload: bytes) -> int:
    """The head; of an answer the body too. Raises ValueError where no head begins."""
    return http.unit_length(payload, lambda head: head.status == 200 and _is_ipp(head))


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an answer says of the printer that sends it. Raises ValueError."""
    head = http.head(payload)
    # A head without end may run into the body, where people are named.
    if not http.head_length(payload):
        return
    yield from http.products(head)
    if head.status != 200 or not _is_ipp(head) or _SERVERS.search(head.fields.get("server", b"")):
        return
    found = _attributes(http.body(payload, head, _MOST))
    if _ENDS.search(found.get(b"printer-uri-supported", b"")):
        return
    told = dict(_device(found.get(b"printer-device-id", b"")))
    model = plain(found.get(b"printer-make-and-model", b""))
    for trait, name in ((Trait.FIRMWARE, b"printer-firmware-string-version"), (Trait.SERIAL, b"printer-serial-number")):
        if plain(found.get(name, b"")):
            told[trait] = plain(found[name])
    if model:
        told.setdefault(Trait.PRODUCT, model)
    if Trait.PRODUCT in told:
        yield Said("sender", Trait.KIND, "printer", head.length, _SURE)
    for trait, value in told.items():
        yield Said("sender", trait, value, head.length, _SURE)


def _attributes(body: bytes) -> dict[bytes, bytes]:
    """First values of the wanted attributes of the printer; as far as they are there."""
    found: dict[bytes, bytes] = {}
    at, group = 8, 0
    while at < len(body) and group != _END:
        tag = body[at]
        if tag < 0x10:
            group, at = tag, at + 1
            continue
        size = int.from_bytes(body[at + 1 : at + 3], "big")
        name, at = body[at + 3 : at + 3 + size], at + 3 + size
        size = int.from_bytes(body[at : at + 2], "big")
        value, at = body[at + 2 : at + 2 + size], at + 2 + size
        if group == _PRINTER and name in _WANTED and at <= len(body) and not _CONTROL.search(value):
            found.setdefault(name, value)
    return found


def _device(identifier: bytes) -> Iterator[tuple[Trait, str]]:
    """Maker, model, serial number of "MFG:Kyocera;MDL:ECOSYS P3145dn;"."""
    for pair in plain(identifier, 512).split(";"):
        key, _, value = pair.partition(":")
        trait = _KEYS.get(key.strip().upper())
        if trait and value.strip():
            yield trait, plain(value)


DISSECTOR = Dissector(
    "ipp", frozenset({"tcp"}), looks_like, dissect, frozenset({631}), sender, length, reach=_MOST, units=8
)
