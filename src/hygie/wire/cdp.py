"""CDP: what Cisco's switches, telephones, access points, and some other devices say of themselves on the link.

Ports, management domains and locations are not read: they speak of the link, not of the device.
Source: Cisco, "Cisco Discovery Protocol" packet format (types 1 to 6, 0x0a and 0x16), LLC/SNAP 00-00-0C 0x2000.
"""

import re
import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_host
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

DEVICE, ADDRESSES, CAPABILITIES, VERSION, PLATFORM, NATIVE_VLAN, MANAGEMENT = 1, 2, 4, 5, 6, 0x0A, 0x16
_KNOWN = frozenset((*range(1, 0x20), *range(0x1000, 0x1020)))
ROLES = ((0x80, "ip phone"), (0x08, "switch"), (0x01, "router"), (0x02, "access point"))
"""Capabilities, the most telling first: a switch that routes is a switch."""
_FURTHER = 0.9
"""How sure a further role is."""
_CARRIES_OTHERS = 0x01 | 0x02 | 0x08
_SERIAL = re.compile(r"^(?P<name>[^()]+)\((?P<serial>[A-Z]{3}[0-9A-Z]{8})\)$")
"""NX-OS puts its serial number behind its name."""
_MAKER = re.compile(r"^cisco (?P<model>[\w./-]+)$", re.IGNORECASE)
_IPV4 = b"\x01\x01\xcc\x00\x04"
"""Of an address: NLPID, one byte, IP; four bytes."""
_IPV6 = b"\x02\x08\xaa\xaa\x03\x00\x00\x00\x86\xdd\x00\x10"


def looks_like(payload: bytes) -> bool:
    """Version 1 or 2, then a type that is known with a length that fits."""
    if len(payload) < 9 or payload[0] not in (1, 2):
        return False
    kind, size = struct.unpack_from(">HH", payload, 4)
    return kind in _KNOWN and 4 <= size <= len(payload) - 4


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """Name, platform, software, addresses, role of the sender. Raises ValueError, struct.error."""
    offset, fields = 4, dict[int, tuple[int, bytes]]()
    while offset + 4 <= len(payload):
        kind, size = struct.unpack_from(">HH", payload, offset)
        if not kind and not size:
            break
        if size < 4 or offset + size > len(payload):
            yield from _all(fields)
            raise ValueError(f"a field cut at {offset}")
        fields.setdefault(kind, (offset, payload[offset + 4 : offset + size]))
        offset += size
    yield from _all(fields)


def _all(fields: dict[int, tuple[int, bytes]]) -> Iterator[Said]:
    for kind, (at, value) in fields.items():
        if kind == DEVICE:
            yield from _named(value, at)
        elif kind == PLATFORM and plain(value):
            found = _MAKER.match(plain(value))
            if found:
                yield Said("sender", Trait.MANUFACTURER, "Cisco", at)
            yield Said("sender", Trait.PRODUCT, found["model"] if found else plain(value), at)
        elif kind == VERSION and plain(value):
            # Only the first line: who compiled it stands further down.
            yield Said("sender", Trait.LLDP_DESCRIPTION, plain(value.lstrip().partition(b"\n")[0], 256), at)
        elif kind in (ADDRESSES, MANAGEMENT):
            yield from _addresses(value, at)
    yield from _place(fields)


def _named(value: bytes, at: int) -> Iterator[Said]:
    name = device_name(value)
    found = _SERIAL.match(name)
    if found:
        yield Said("sender", Trait.SERIAL, found["serial"], at)
    if name:
        yield Said("sender", Trait.HOST_NAME, found["name"] if found else name, at)


def _addresses(value: bytes, at: int) -> Iterator[Said]:
    count, offset = int.from_bytes(value[:4], "big"), 4
    for _ in range(min(count, 16)):
        for head, size in ((_IPV4, 4), (_IPV6, 16)):
            if value.startswith(head, offset):
                address = value[offset + len(head) : offset + len(head) + size]
                if len(address) == size and is_host(address):
                    yield Said("sender", Trait.IP, ip_text(address), at, 0.9)
                offset += len(head) + size
                break
        else:
            return


def _place(fields: dict[int, tuple[int, bytes]]) -> Iterator[Said]:
    """The role; and the VLAN of what is the link's end: a switch's own port says nothing of where the switch is."""
    at, value = fields.get(CAPABILITIES, (0, b""))
    able = int.from_bytes(value[:4], "big")
    roles = [role for bit, role in ROLES if able & bit]
    for role in roles:
        yield Said("sender", Trait.ROLE, role, at, 1.0 if role == roles[0] else _FURTHER)
    at, vlan = fields.get(NATIVE_VLAN, (0, b""))
    if len(vlan) == 2 and able and not able & _CARRIES_OTHERS and 0 < int.from_bytes(vlan, "big") < 4095:
        yield Said("sender", Trait.VLAN, str(int.from_bytes(vlan, "big")), at, 0.7)


DISSECTOR = Dissector("cdp", frozenset({"ethernet"}), looks_like, dissect, frozenset({0x2000}))
