"""LLDP: what switches, telephones and some devices say of themselves on the link.

Port descriptions and the asset's free text are not read.
Source: IEEE 802.1AB-2016 clause 8 (8.5 basic TLVs); ANSI/TIA-1057 section 10.2 (inventory, OUI 00-12-BB).
"""

import re
import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

END, CHASSIS, NAME, DESCRIPTION, CAPABILITIES, MANAGEMENT, ORGANISATION = 0, 1, 5, 6, 7, 8, 127
MED = b"\x00\x12\xbb"
INVENTORY = {
    5: Trait.HARDWARE_VERSION,
    6: Trait.FIRMWARE,
    7: Trait.VERSION,
    8: Trait.SERIAL,
    9: Trait.MANUFACTURER,
    10: Trait.PRODUCT,
}
"""LLDP-MED inventory subtypes (table 19)."""
_COMPILED = re.compile(r"(?<=.) Compiled \w{3} .*")
"""Network equipment says who compiled its software."""
ROLES = ((0x10, "router"), (0x08, "access point"), (0x20, "ip phone"), (0x04, "switch"))
"""Enabled capabilities (table 8-4), the most telling first."""


def looks_like(payload: bytes) -> bool:
    """Begins with a chassis TLV, then a port TLV."""
    if len(payload) < 8 or payload[0] != 0x02:
        return False
    following = 2 + payload[1]
    return following < len(payload) and payload[following] == 0x04


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Name, description, roles, addresses and inventory of the sender."""
    offset = 0
    while offset + 2 <= len(payload):
        (head,) = struct.unpack_from(">H", payload, offset)
        kind, start = head >> 9, offset + 2
        stop = start + (head & 0x1FF)
        if kind == END:
            return
        if stop > len(payload):
            raise ValueError(f"a TLV cut at {offset}")
        yield from _told(kind, payload[start:stop], start)
        offset = stop


def _told(kind: int, value: bytes, offset: int) -> Iterator[Said]:
    if kind == CHASSIS and value[:1] == b"\4" and is_card(value[1:]):
        yield Said("sender", Trait.MAC, mac_text(value[1:]), offset, 0.9)
    elif kind == NAME and device_name(value):
        yield Said("sender", Trait.HOST_NAME, device_name(value), offset)
    elif kind == DESCRIPTION and plain(value):
        yield Said("sender", Trait.LLDP_DESCRIPTION, _COMPILED.sub("", plain(value, 256)), offset)
    elif kind == CAPABILITIES and len(value) >= 4:
        enabled = int.from_bytes(value[2:4], "big")
        yield from (Said("sender", Trait.ROLE, role, offset) for bit, role in ROLES if enabled & bit)
    elif kind == MANAGEMENT:
        yield from _management(value, offset)
    elif kind == ORGANISATION and value[:3] == MED and len(value) > 4:
        trait = INVENTORY.get(value[3])
        if trait and plain(value[4:]):
            yield Said("sender", trait, plain(value[4:]), offset)


def _management(value: bytes, offset: int) -> Iterator[Said]:
    size = value[0] if value else 0
    family, address = value[1:2], value[2 : 1 + size]
    if (family, len(address)) in ((b"\1", 4), (b"\2", 16)) and is_host(address):
        yield Said("sender", Trait.IP, ip_text(address), offset, 0.9)


DISSECTOR = Dissector("lldp", frozenset({"ethernet"}), looks_like, dissect, frozenset({0x88CC}))
