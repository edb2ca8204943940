"""DHCPv4: names, vendor class and request list that a device gives, and the address that it was leased.

A requested address (option 50) is only a wish until the server acknowledges it: lower confidence.
Source: RFC 2131 section 2 and table 1; RFC 2132 (options 12, 50, 53 to 55, 60, 61); RFC 4702 (option 81).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.addresses import ip_text, is_card, is_host, mac_text
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

COOKIE = b"\x63\x82\x53\x63"
_OPTIONS = 240
HOST, REQUESTED, OVERLOAD, KIND, SERVER, LIST, VENDOR, CLIENT, FQDN = 12, 50, 52, 53, 54, 55, 60, 61, 81
REQUEST, ACK, INFORM = 3, 5, 8
"""Message types that this module tells apart (RFC 2132 section 9.6)."""


def looks_like(payload: bytes) -> bool:
    """BOOTP's fixed part with DHCP's cookie."""
    return len(payload) > _OPTIONS and payload[236:240] == COOKIE and payload[0] in (1, 2)


def sender(payload: bytes) -> str:
    """By the op field."""
    return {1: "client", 2: "server"}.get(payload[0], "") if payload else ""


def options(payload: bytes) -> dict[int, tuple[int, bytes]]:
    """Option code -> (offset, value); parts of a split option are joined (RFC 3396). Raises ValueError."""
    found: dict[int, tuple[int, bytes]] = {}
    offset = _OPTIONS
    while offset < len(payload):
        code = payload[offset]
        if code == 255:
            break
        if code == 0:
            offset += 1
            continue
        if offset + 2 > len(payload) or offset + 2 + payload[offset + 1] > len(payload):
            raise ValueError(f"an option cut at {offset}")
        start = offset + 2
        offset = start + payload[offset + 1]
        first, before = found.get(code, (start, b""))
        found[code] = (first, before + payload[start:offset])
    return found


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What a client says of itself, or the lease that a server gives it; said of the client's network card."""
    if len(payload) <= _OPTIONS or payload[236:240] != COOKIE:
        raise ValueError("no DHCP")
    found = options(payload)
    about = _card(payload, found)
    kind = found.get(KIND, (0, b"\0"))[1][:1]
    if payload[0] == 2:
        yield from _lease(payload, found, about, kind)
    elif about:
        yield from _client(payload, found, about, kind)


def _card(payload: bytes, found: dict[int, tuple[int, bytes]]) -> str:
    """The client's MAC: the hardware address field, else option 61 of type Ethernet."""
    if payload[1] == 1 and payload[2] == 6 and is_card(payload[28:34]):
        return mac_text(payload[28:34])
    identifier = found.get(CLIENT, (0, b""))[1]
    if len(identifier) == 7 and identifier[0] == 1 and is_card(identifier[1:]):
        return mac_text(identifier[1:])
    return ""


def _client(payload: bytes, found: dict[int, tuple[int, bytes]], about: str, kind: bytes) -> Iterator[Said]:
    if HOST in found and device_name(found[HOST][1]):
        yield Said(about, Trait.HOST_NAME, device_name(found[HOST][1]), found[HOST][0])
    if FQDN in found and device_name(_fqdn(found[FQDN][1])):
        yield Said(about, Trait.HOST_NAME, device_name(_fqdn(found[FQDN][1])), found[FQDN][0])
    if VENDOR in found and plain(found[VENDOR][1]):
        yield Said(about, Trait.DHCP_VENDOR_CLASS, plain(found[VENDOR][1]), found[VENDOR][0])
    if LIST in found:
        asked = ",".join(str(code) for code in found[LIST][1][:100])
        yield Said(about, Trait.DHCP_FINGERPRINT, asked, found[LIST][0])
    if is_host(payload[12:16]):
        yield Said(about, Trait.IP, ip_text(payload[12:16]), 12, 0.9)
        return
    offset, wish = found.get(REQUESTED, (0, b""))
    if kind == bytes((REQUEST,)) and len(wish) == 4 and is_host(wish):
        yield Said(about, Trait.IP, ip_text(wish), offset, 0.5)


def _fqdn(value: bytes) -> bytes | str:
    """The name of option 81: ASCII, or labels where bit E is set. Raises IndexError on cut labels."""
    if not value or not value[0] & 4:
        return value[3:]
    labels, offset = [], 3
    while offset < len(value) and value[offset]:
        labels.append(value[offset + 1 : offset + 1 + value[offset]])
        offset += 1 + value[offset]
    return b".".join(labels)


def _lease(payload: bytes, found: dict[int, tuple[int, bytes]], about: str, kind: bytes) -> Iterator[Said]:
    leased = payload[16:20] if is_host(payload[16:20]) else payload[12:16]
    if about and kind == bytes((ACK,)) and is_host(leased):
        yield Said(about, Trait.IP, ip_text(leased), 16)
    server = found.get(SERVER, (0, b""))
    if len(server[1]) == 4 and is_host(server[1]):
        yield Said(ip_text(server[1]), Trait.ROLE, "dhcp server", server[0])


DISSECTOR = Dissector("dhcp", frozenset({"udp"}), looks_like, dissect, frozenset({67, 68}), sender)
