"""DHCPv6: the names and vendor class that a client gives, and the address that it is leased; direct and relayed.

Direct messages speak of who sends or gets them; relayed ones of the card that the relay names, else of the one in the
client's DUID. Cloned machines may share a DUID: it alone never tells a card of who speaks directly. User classes are
not read.
Source: RFC 8415 sections 8, 9 (messages, relays), 11 (DUID), 21 (options 1, 3, 5, 9, 16) and 7.3 (types); RFC 4704
section 4 (option 39); RFC 6939 section 4 (option 79).
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

ADVERTISE, REPLY, RECONFIGURE, RELAYED, RELAYED_BACK = 2, 7, 10, 12, 13
_FROM_SERVERS = (ADVERTISE, REPLY, RECONFIGURE)
_LAST = RELAYED_BACK
CLIENT, SERVER, LEASES, ADDRESS, MESSAGE, VENDOR, FQDN, LINK = 1, 2, 3, 5, 9, 16, 39, 79
_DUIDS = range(1, 5)
_HEAD, _RELAY_HEAD = 4, 34
_ETHERNET = b"\0\x01"
_MOST_RELAYS = 4
Options = dict[int, tuple[int, bytes]]


def options(payload: bytes, offset: int) -> Options:
    """Code -> (offset, value), the first of each. Raises ValueError, struct.error."""
    found: Options = {}
    while offset < len(payload):
        code, size = struct.unpack_from(">HH", payload, offset)
        if offset + 4 + size > len(payload):
            raise ValueError(f"an option cut at {offset}")
        found.setdefault(code, (offset + 4, payload[offset + 4 : offset + 4 + size]))
        offset += 4 + size
    return found


def looks_like(payload: bytes) -> bool:
    """A message whose options add up and that holds a client's or server's DUID, or a relay's message."""
    if len(payload) < 12 or not 1 <= payload[0] <= _LAST:
        return False
    relay = payload[0] >= RELAYED
    if relay and (len(payload) < _RELAY_HEAD + 8 or payload[1] > 32):
        return False
    try:
        found = options(payload, _RELAY_HEAD if relay else _HEAD)
    except (ValueError, struct.error):
        return False
    if relay:
        inner = found.get(MESSAGE, (0, b""))[1]
        return len(inner) >= 8 and 1 <= inner[0] <= _LAST
    duids = [found[code][1] for code in (CLIENT, SERVER) if code in found]
    return bool(duids) and all(6 <= len(duid) <= 130 and duid[0] == 0 and duid[1] in _DUIDS for duid in duids)


def sender(payload: bytes) -> str:
    """By the message type; relays are neither."""
    if not payload or not 1 <= payload[0] < RELAYED:
        return ""
    return "server" if payload[0] in _FROM_SERVERS else "client"


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What a client says of itself, or the lease that it gets. Raises ValueError, struct.error, LookupError."""
    base, about = 0, ""
    for _hop in range(_MOST_RELAYS):
        if payload[0] < RELAYED:
            break
        found = options(payload, _RELAY_HEAD)
        if LINK in found and found[LINK][1][:2] == _ETHERNET and is_card(found[LINK][1][2:]):
            about = mac_text(found[LINK][1][2:])
        place, payload = found[MESSAGE]
        base += place
        about = about or "relay"
    if not 1 <= payload[0] < RELAYED:
        raise ValueError("no message of DHCPv6")
    found = options(payload, _HEAD)
    if about == "relay":
        about = _card(found.get(CLIENT, (0, b""))[1])
        if not about:
            return
    if payload[0] not in _FROM_SERVERS:
        yield from _client(found, about or "sender", base)
        return
    if not base:
        yield Said("sender", Trait.ROLE, "dhcp server", 0)
    if payload[0] == REPLY:
        yield from _leases(payload, about or "receiver", base)


def _card(duid: bytes) -> str:
    """The card in a DUID that is made of one (types 1 and 3); "" none."""
    start = {b"\0\x01": 8, b"\0\x03": 4}.get(duid[:2], 0)
    if not start or duid[2:4] != _ETHERNET or not is_card(duid[start:]):
        return ""
    return mac_text(duid[start:])


def _client(found: Options, about: str, base: int) -> Iterator[Said]:
    if FQDN in found:
        offset, value = found[FQDN]
        name = device_name(b".".join(_labels(value[1:])))
        if name:
            yield Said(about, Trait.HOST_NAME, name, base + offset)
    if VENDOR in found and len(found[VENDOR][1]) > 6:
        offset, value = found[VENDOR]
        (size,) = struct.unpack_from(">H", value, 4)
        text = plain(value[6 : 6 + size])
        if text:
            yield Said(about, Trait.DHCP_VENDOR_CLASS, text, base + offset)


def _labels(value: bytes) -> Iterator[bytes]:
    """Labels of a name without compression, as far as they go."""
    offset = 0
    while offset < len(value) and 0 < value[offset] < 64:
        yield value[offset + 1 : offset + 1 + value[offset]]
        offset += 1 + value[offset]


def _leases(payload: bytes, about: str, base: int) -> Iterator[Said]:
    """Addresses given for a time (IA_NA); a lifetime of zero takes one back."""
    offset, value = options(payload, _HEAD).get(LEASES, (0, b""))
    if len(value) <= 12:
        return
    start, address = options(value, 12).get(ADDRESS, (0, b""))
    if len(address) >= 24 and is_host(address[:16]) and address[20:24] != bytes(4):
        yield Said(about, Trait.IP, ip_text(address[:16]), base + offset + start)


DISSECTOR = Dissector("dhcpv6", frozenset({"udp"}), looks_like, dissect, frozenset({546, 547}), sender)
