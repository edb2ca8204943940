"""Signs of remote maintenance: who opens a tunnel (IPsec, OpenVPN, WireGuard, PPTP) or a TeamViewer session.

It is said of the end that opens; a tunnel may also join two sites, so its confidence is lower. Nothing inside is read.
Source: RFC 2408 section 3.1, RFC 7296 section 3.1, RFC 3948 section 2.2 (IKE); RFC 2637 sections 2.1 and 2.2 (PPTP);
OpenVPN wire protocol (draft), sections on packet types, tls-auth and tls-crypt; WireGuard, "Protocol & Cryptography";
TeamViewer: its port and first bytes, as nDPI's teamviewer.c has them.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

TUNNEL, SESSION = 0.5, 0.9
"""Confidence that it is for maintenance."""
_EXCHANGES = {0x10: frozenset((2, 4, 5, 6, 32, 33)), 0x20: frozenset((34, 35, 36, 37, 43))}
"""Version -> exchanges (main, aggressive...; IKE_SA_INIT, IKE_AUTH...)."""
_CLIENT_RESET, _SERVER_RESET, _CLIENT_RESET_3 = 0x38, 0x40, 0x50
_SEALED = frozenset((42, 54, 86))
"""Bytes of a client's reset with an HMAC of 20, 32 or 64 bytes."""
_PPTP = b"\x00\x9c\x00\x01\x1a\x2b\x3c\x4d"
"""156 bytes, a control message, the cookie."""
_FIRST = (b"\0\0\0\1", b"\x0f\0\0\1")
"""Numbers of a first packet; the second asks for early negotiation."""


def _opens(service: str, way: Way, sure: float) -> Iterator[Said]:
    if way.sender == "client":
        yield Said("sender", Trait.REMOTE_MAINTENANCE, service, 0, sure)


def _header(payload: bytes) -> bytes:
    """A message of IKE; over port 4500 four empty bytes go before."""
    return payload[4:] if payload[:4] == bytes(4) else payload


def is_ike(payload: bytes) -> bool:
    """The header with its own length."""
    message = _header(payload)
    return (
        len(message) >= 28
        and message[:8] != bytes(8)
        and message[18] in _EXCHANGES.get(message[17], ())
        and int.from_bytes(message[24:28], "big") == len(message)
    )


def ike_sender(payload: bytes) -> str:
    """The first message has no answerer's number yet."""
    message = _header(payload)
    return "client" if is_ike(payload) and message[8:16] == bytes(8) else ""


def ike(payload: bytes, way: Way) -> Iterator[Said]:
    """Who begins."""
    if _header(payload)[8:16] == bytes(8):
        yield from _opens("IPsec", way, TUNNEL)


def _unframed(payload: bytes) -> bytes:
    """Over TCP the length goes before."""
    framed = len(payload) >= 16 and int.from_bytes(payload[:2], "big") == len(payload) - 2
    return payload[2:] if framed else payload


def is_openvpn(payload: bytes) -> bool:
    """A hard reset: alone, with an HMAC, or encrypted."""
    packet = _unframed(payload)
    size = len(packet)
    if size < 14:
        return False
    if packet[0] == _CLIENT_RESET:
        plain = size == 14 and packet[9:] == bytes(5)
        signed = size in _SEALED and packet[-5:] == bytes(5) and packet[-13:-9] == _FIRST[0]
        return plain or signed or (size == 54 and packet[9:13] in _FIRST)
    if packet[0] == _CLIENT_RESET_3:
        return 100 < size < 1400 and packet[9:13] in _FIRST
    return packet[0] == _SERVER_RESET and size == 26 and packet[9:14] == b"\1\0\0\0\0" and packet[22:] == bytes(4)


def openvpn_sender(payload: bytes) -> str:
    """By the packet's type."""
    if not is_openvpn(payload):
        return ""
    return "server" if _unframed(payload)[0] == _SERVER_RESET else "client"


def openvpn_length(payload: bytes) -> int:
    """One packet. Raises ValueError where none begins."""
    if len(payload) < 16:
        return 0
    if not is_openvpn(payload):
        raise ValueError("no reset of OpenVPN")
    return len(payload)


def openvpn(_: bytes, way: Way) -> Iterator[Said]:
    """Who begins."""
    yield from _opens("OpenVPN", way, TUNNEL)


def is_wireguard(payload: bytes) -> bool:
    """A handshake's first or second message, without a cookie."""
    size = {b"\1\0\0\0": 148, b"\2\0\0\0": 92}.get(payload[:4])
    return len(payload) == size and payload[-16:] == bytes(16) and payload[4:8] != bytes(4)


def wireguard_sender(payload: bytes) -> str:
    """By the message's type."""
    return {1: "client", 2: "server"}.get(payload[0], "") if is_wireguard(payload) else ""


def wireguard(_: bytes, way: Way) -> Iterator[Said]:
    """Who begins."""
    yield from _opens("WireGuard", way, TUNNEL)


def is_teamviewer(payload: bytes) -> bool:
    """Its two first bytes, or behind a head of eleven bytes where it goes over UDP."""
    over_udp = len(payload) > 13 and payload[0] == 0 and payload[11:13] == b"\x17\x24"
    return over_udp or payload[:2] in (b"\x17\x24", b"\x11\x30")


def teamviewer(_: bytes, way: Way) -> Iterator[Said]:
    """Who begins."""
    yield from _opens("TeamViewer", way, SESSION)


def is_pptp(payload: bytes) -> bool:
    """A control message with its cookie: the two that begin a connection have one length."""
    return len(payload) >= 156 and payload[:8] == _PPTP and payload[8:12] in (b"\0\1\0\0", b"\0\2\0\0")


def pptp_sender(payload: bytes) -> str:
    """By the message's type."""
    return ("client" if payload[9] == 1 else "server") if is_pptp(payload) else ""


def pptp(_: bytes, way: Way) -> Iterator[Said]:
    """Who begins."""
    yield from _opens("PPTP", way, TUNNEL)


_UDP, _TCP = frozenset({"udp"}), frozenset({"tcp"})
DISSECTORS = (
    Dissector("ike", _UDP, is_ike, ike, frozenset({500, 4500}), ike_sender),
    Dissector("openvpn", _UDP | _TCP, is_openvpn, openvpn, frozenset({1194}), openvpn_sender, openvpn_length, units=1),
    Dissector("wireguard", _UDP, is_wireguard, wireguard, frozenset({51820}), wireguard_sender),
    Dissector("pptp", _TCP, is_pptp, pptp, frozenset({1723}), pptp_sender, len, units=1),
    Dissector(
        "teamviewer", _UDP | _TCP, is_teamviewer, teamviewer, frozenset({5938}), length=len, units=1, only_ports=True
    ),
)
"""One row a protocol."""
