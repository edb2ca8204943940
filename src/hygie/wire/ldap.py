"""LDAP: what a directory's root says of its server, names in NTLM and Kerberos; CLDAP: the ping of domain controllers.

Entries other than the root's may be persons: not read, nor are filters, names that bind, passwords.
Source: RFC 4511 sections 4.1.1, 4.2, 4.5 and 5.1; RFC 4512 section 5.1 and RFC 3045 (root); [MS-ADTS] sections
3.1.1.3.2 (root), 6.1.4.2 (levels), 6.3.1.9 (answer) and 6.3.3 (ping).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import ber, ntlm, tickets
from hygie.wire.codec.names import name
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

BIND, BIND_ANSWER, SEARCH, ENTRY = 0x60, 0x61, 0x63, 0x64
_BY_CLIENT = frozenset((BIND, 0x42, SEARCH, 0x66, 0x68, 0x4A, 0x6C, 0x6E, 0x50, 0x77))
_BY_SERVER = frozenset((BIND_ANSWER, ENTRY, 0x65, 0x67, 0x69, 0x6B, 0x6D, 0x6F, 0x73, 0x78, 0x79))
_SEQUENCE, _SET, _INTEGER, _TEXT, _AND, _EQUAL = 0x30, 0x31, 2, 4, 0xA0, 0xA3
_FAR = 1 << 31
_LONGEST = 16 << 20
_ACTIVE_DIRECTORY = b"1.2.840.113556.1.4.800"
_LEVELS = {
    b"2": "Windows Server 2003",
    b"3": "Windows Server 2008",
    b"4": "Windows Server 2008 R2",
    b"5": "Windows Server 2012",
    b"6": "Windows Server 2012 R2",
    b"10": "Windows Server 2025",
}
"""domainControllerFunctionality: the server's own version. 7 stands for 2016, 2019 and 2022: not said."""
_SAM_LOGON_RESPONSE_EX = (23, 25)
_CONTROLLER = "domain controller"


def _operation(payload: bytes) -> tuple[ber.Element, ber.Element]:
    """(the message, its operation), which may end after the bytes. Raises ValueError, IndexError."""
    message = ber.element(payload, 0, _LONGEST)
    number = ber.element(payload, message.start, message.stop)
    if message.tag != _SEQUENCE or number.tag != _INTEGER or number.stop - number.start > 4:
        raise ValueError("no message of LDAP")
    return message, ber.element(payload, number.stop, message.stop)


def looks_like(payload: bytes) -> bool:
    """A sequence of a number and a known operation that fills it, but for controls."""
    if len(payload) < 7 or payload[0] != _SEQUENCE:
        return False
    try:
        message, operation = _operation(payload)
        known = operation.tag in _BY_CLIENT or operation.tag in _BY_SERVER
        follows = payload[operation.stop : operation.stop + 1]
    except (ValueError, IndexError):
        return False
    return known and (operation.stop == message.stop or follows in (b"", b"\xa0"))


def sender(payload: bytes) -> str:
    """By the operation."""
    if not looks_like(payload):
        return ""
    return "client" if _operation(payload)[1].tag in _BY_CLIENT else "server"


def length(payload: bytes) -> int:
    """One message. Raises ValueError where none begins."""
    if len(payload) < 14:
        return 0
    if not looks_like(payload):
        raise ValueError("no message of LDAP")
    return ber.element(payload, 0, _LONGEST).stop


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The root's entry, and what binds."""
    _message, operation = _operation(payload)
    if operation.tag in (BIND, BIND_ANSWER):
        token = payload[operation.start : operation.stop]
        found = [*ntlm.said(token), *(tickets.said(token) if operation.tag == BIND else ())]
        yield from (one._replace(offset=operation.start + one.offset) for one in found)
    elif operation.tag == ENTRY:
        yield from _root(dict(_attributes(payload, operation)))


def _attributes(payload: bytes, operation: ber.Element) -> Iterator[tuple[str, tuple[int, list[bytes]]]]:
    """(name, (offset, values)) of an entry without a name: the root. Raises ValueError, IndexError."""
    entry = ber.element(payload, operation.start, _FAR)
    if entry.tag != _TEXT or entry.stop != entry.start:
        return
    listed = ber.element(payload, entry.stop, _FAR)
    whole = ber.Element(listed.tag, listed.start, min(listed.stop, len(payload)))
    for one in ber.children(payload, whole):
        parts = list(ber.children(payload, one))
        if len(parts) == 2 and parts[1].tag == _SET:
            values = [payload[part.start : part.stop] for part in ber.children(payload, parts[1])]
            label = payload[parts[0].start : parts[0].stop].decode("latin-1").lower()
            yield label, (one.start, values)


def _root(entry: dict[str, tuple[int, list[bytes]]]) -> Iterator[Said]:
    def of(label: str) -> tuple[int, bytes]:
        at, values = entry.get(label, (0, []))
        return at, values[0] if values else b""

    at, host = of("dnshostname")
    if device_name(host):
        yield Said("sender", Trait.HOST_NAME, device_name(host), at)
    at, server = of("servername")
    own = device_name(server.partition(b",")[0].partition(b"=")[2])
    if own:
        yield Said("sender", Trait.NETBIOS_NAME, own, at, 0.8)
    software = " ".join(filter(None, (plain(of("vendorname")[1], 64), plain(of("vendorversion")[1], 48))))
    if not software and b"OpenLDAProotDSE" in entry.get("objectclass", (0, []))[1]:
        software = "OpenLDAP"
    if software:
        yield Said("sender", Trait.SERVER_SOFTWARE, software, of("vendorname")[0])
    at, level = of("domaincontrollerfunctionality")
    if level or _ACTIVE_DIRECTORY in entry.get("supportedcapabilities", (0, []))[1]:
        yield Said("sender", Trait.ROLE, _CONTROLLER, at, 0.9)
    # Samba gives a level too; it names itself as vendor, which Windows never does.
    if level in _LEVELS and not software:
        yield Said("sender", Trait.OS, _LEVELS[level], at, 0.9)


def ping(payload: bytes, _: Way) -> Iterator[Said]:
    """CLDAP: the name that the asking machine gives itself, and what a domain controller answers."""
    _message, operation = _operation(payload)
    if operation.tag == SEARCH:
        yield from _asked(payload, operation)
    elif operation.tag == ENTRY:
        entry = dict(_attributes(payload, operation))
        if "netlogon" in entry:
            at, values = entry["netlogon"]
            yield from _logon(values[0] if values else b"", at)
        yield from _root(entry)


def _asked(payload: bytes, operation: ber.Element) -> Iterator[Said]:
    """The word "Host" of a filter; "User" beside it is never read."""
    parts = list(ber.children(payload, operation))
    if len(parts) < 7 or parts[6].tag != _AND:
        return
    for condition in ber.children(payload, parts[6]):
        pair = list(ber.children(payload, condition)) if condition.tag == _EQUAL else []
        if len(pair) == 2 and payload[pair[0].start : pair[0].stop].lower() == b"host":
            own = device_name(payload[pair[1].start : pair[1].stop].rstrip(b"\0"))
            if own:
                yield Said("sender", Trait.NETBIOS_NAME, own, pair[1].start, 0.9)


def _logon(answer: bytes, offset: int) -> Iterator[Said]:
    """Names of an extended answer to a ping: the fifth and the first two stay unread, the sixth is a user's."""
    if int.from_bytes(answer[:2], "little") not in _SAM_LOGON_RESPONSE_EX or len(answer) < 30:
        return
    _, at = name(answer, 24)
    _, at = name(answer, at)
    host, at = name(answer, at)
    domain, at = name(answer, at)
    computer, _ = name(answer, at)
    traits = ((Trait.HOST_NAME, host), (Trait.WORKGROUP, domain), (Trait.NETBIOS_NAME, computer.lstrip("\\")))
    for trait, value in traits:
        if device_name(value):
            yield Said("sender", trait, device_name(value), offset, 0.95)
    yield Said("sender", Trait.ROLE, _CONTROLLER, offset, 0.95)


DISSECTOR = Dissector(
    "ldap", frozenset({"tcp"}), looks_like, dissect, frozenset({389, 3268}), sender, length, reach=16_384, units=8
)
CONNECTIONLESS = Dissector("cldap", frozenset({"udp"}), looks_like, ping, frozenset({389}), sender, length)
