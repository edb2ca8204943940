"""POCT1-A: point-of-care analysers, in the hello by which they open a talk with their data manager.

Only the hello's device block is read; observations, patients, operators, orders and lists never are. Read by pattern,
without an XML parser: no entity is ever expanded.
Source: CLSI POCT01-A2, appendix B (device messaging layer), sections on HEL.R01 and the DEV object.
"""

import re
from collections.abc import Iterator
from html import unescape

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import card_of_eui64, is_card, mac_text
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

REACH = 8_192
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,8}(?:<\?xml[^>]{0,120}\?>\s{0,8})?(?:<!--[^>]{0,200}-->\s{0,8})?"
    rb"<((?:HEL|ACK|DST|REQ|OBS|OPL|PTL|DTV|EOT|END|ESC|EVS|KPA)\.R0\d)[\s/>]"
)
"""Messages of the device messaging layer."""
_DEVICE, _AFTER = b"<DEV>", b"</DEV>"
_LONGEST = 6_000
"""Bytes of a device block that are looked at."""
_VALUE = re.compile(rb"<DEV\.(\w{2,20})\s[^>]{0,200}?\bV\s?=\s?[\"']([^\"'<>]{1,128})[\"']")
_TRAITS = {
    "manufacturer_name": Trait.MANUFACTURER,
    "model_id": Trait.PRODUCT,
    "serial_id": Trait.SERIAL,
    "hw_version": Trait.HARDWARE_VERSION,
    "sw_version": Trait.VERSION,
}
_CARD = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{2}[:-]?){7}[0-9A-Fa-f]{2}")


def looks_like(payload: bytes) -> bool:
    """A root element that is a message of the device messaging layer."""
    return bool(_ROOT.match(payload))


def sender(payload: bytes) -> str:
    """Devices open talks with a hello."""
    found = _ROOT.match(payload)
    return "client" if found and found.group(1).startswith(b"HEL") else ""


def length(payload: bytes) -> int:
    """Up to the end of the root element; 0 it has not come. Raises ValueError where none begins."""
    found = _ROOT.match(payload)
    if not found:
        if len(payload) < 16 and payload[:1] in (b"<", b"\xef"):
            return 0
        raise ValueError("no message of POCT1-A")
    close = b"</" + found.group(1) + b">"
    end = payload.find(close, found.end())
    return end + len(close) if end >= 0 else 0


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The device block of a hello. Raises ValueError."""
    found = _ROOT.match(payload)
    if not found:
        raise ValueError("no message of POCT1-A")
    offset = payload.find(_DEVICE)
    if offset < 0 or not found.group(1).startswith(b"HEL"):
        return
    end = payload.find(_AFTER, offset, offset + _LONGEST)
    block = payload[offset : end if end >= 0 else offset + _LONGEST]
    values = {key.decode(): plain(unescape(plain(raw))) for key, raw in _VALUE.findall(block)}
    for key, trait in _TRAITS.items():
        if values.get(key):
            yield Said("sender", trait, values[key], offset)
    # What a device is called is its model's name where it gives none; else a word of whoever set it up.
    name = device_name(values.get("device_name", ""))
    if name:
        known = bool(values.get("model_id"))
        yield Said("sender", Trait.COMMERCIAL_NAME if known else Trait.PRODUCT, name, offset, 0.5 if known else 0.7)
    if values.get("vendor_id") and not values.get("manufacturer_name"):
        yield Said("sender", Trait.MANUFACTURER, values["vendor_id"], offset, 0.6)
    card = _card(values.get("device_id", ""))
    if card:
        yield Said("sender", Trait.MAC, card, offset, 0.8)


def _card(text: str) -> str:
    """A device's identifier where it is a MAC or an EUI-64 made of one; "" else."""
    if not _CARD.fullmatch(text):
        return ""
    raw = bytes.fromhex(re.sub(r"[:-]", "", text))
    return card_of_eui64(raw) if len(raw) == 8 else mac_text(raw) if is_card(raw) else ""


DISSECTOR = Dissector(
    "poct1a", frozenset({"tcp"}), looks_like, dissect, frozenset({3001}), sender, length, reach=REACH, units=4
)
