"""Devices profile for web services: what a device says of itself when it is asked (IEEE 11073 SDC, printers, scanners).

Read of an answer: manufacturer, model, firmware, serial number and types of the host; of a computer that shares files
its name and workgroup; of SDC's description of a device
the metadata of its medical device system. Patients, measures, settings, subscriptions and addresses are not read; the
same over TLS stays unread. Read by pattern, without an XML parser: no entity is ever expanded.
Source: OASIS DPWS 1.1 sections 3.4 (path of a device) and 5.1 (ThisModel, ThisDevice, Host); IEEE 11073-20702 (MDPWS);
IEEE 11073-10207 section B.92 (MetaData); W3C WS-MetadataExchange; [MS-PBSD] section 2 (Computer).
"""

import re
from collections.abc import Iterator
from html import unescape

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import http
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

REACH = 32_768
_UNPACKED = 262_144
"""Bytes of a body once unpacked."""
_NAMESPACES = (
    b"http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01",
    b"http://schemas.xmlsoap.org/ws/2006/02/devprof",
    b"http://standards.ieee.org/downloads/11073/11073-20702-2016",
)
"""DPWS 1.1, its draft that Windows and printers speak, MDPWS."""
_PATH = re.compile(
    rb"^(?:http://[^/]{1,100})?/(?:[^/]{0,40}/)?(?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b"
)
"""A device's address is a UUID (DPWS section 3.4 recommends it)."""
_BLOCK = re.compile(rb"<(?:[\w-]{1,20}:)?(ThisModel|ThisDevice|MetaData|Host)[ >]")
_FIELDS: dict[bytes, tuple[tuple[bytes, Trait], ...]] = {
    b"ThisModel": (
        (b"Manufacturer", Trait.MANUFACTURER),
        (b"ModelName", Trait.PRODUCT),
        (b"ModelNumber", Trait.MODEL_NUMBER),
    ),
    b"ThisDevice": (
        (b"FriendlyName", Trait.COMMERCIAL_NAME),
        (b"FirmwareVersion", Trait.FIRMWARE),
        (b"SerialNumber", Trait.SERIAL),
    ),
    b"MetaData": (
        (b"Manufacturer", Trait.MANUFACTURER),
        (b"ModelName", Trait.PRODUCT),
        (b"ModelNumber", Trait.MODEL_NUMBER),
        (b"SerialNumber", Trait.SERIAL),
        (b"DeviceIdentifier", Trait.UDI_DI),
    ),
}
_BOUNDED = re.compile(rb"\n(?:Content-Length|Transfer-Encoding):", re.IGNORECASE)
_SURE = {Trait.COMMERCIAL_NAME: 0.5}
"""A friendly name may be anything that an installer typed."""


def looks_like(payload: bytes) -> bool:
    """A SOAP message to a path that is a UUID, or one whose body is there and names the profile."""
    if not http.starts(payload):
        return False
    try:
        head = http.head(payload)
        soap = b"soap+xml" in head.fields.get("content-type", b"").lower()
        return soap and (http.aims_at(payload, _PATH) or _profiled(http.body(payload, head, 4096)))
    except ValueError:
        return False


def _profiled(body: bytes) -> bool:
    return any(name in body for name in _NAMESPACES)


def sender(payload: bytes) -> str:
    """By the first line."""
    if not http.starts(payload):
        return ""
    return "client" if http.is_request(payload) else "server"


def length(payload: bytes) -> int:
    """Head and body, where that is XML. Raises ValueError where no head begins."""
    size = http.unit_length(payload, _is_xml)
    # A body that ends with its connection ends with its envelope.
    open_ended = size == len(payload) < REACH and not _BOUNDED.search(payload, 0, 8192) and payload.startswith(b"HTTP/")
    return 0 if open_ended and b"Envelope>" not in payload[-64:] else size


def _is_xml(head: http.Head) -> bool:
    return b"xml" in head.fields.get("content-type", b"").lower()


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an answer says of the device that gives it. Raises ValueError."""
    head = http.head(payload)
    yield from http.products(head)
    body = http.body(payload, head, _UNPACKED) if head.status and _is_xml(head) else b""
    if not _profiled(body):
        return
    blocks = dict(_blocks(body))
    host = blocks.pop(b"Host", b"")
    types = [name.rpartition(":")[2] or name for name in _text(host, b"Types", 400).split()]
    yield from (Said("sender", Trait.WSD_TYPE, name, head.length) for name in types)
    if "Computer" in types:
        yield from _computer(host, head.length)
        return
    for kind, block in blocks.items():
        yield from _values(kind, block, head.length)


def _blocks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The first element of each name that is read, and what stands in it."""
    seen: set[bytes] = set()
    for found in _BLOCK.finditer(body):
        kind = found.group(1)
        end = -1 if kind in seen else body.find(kind + b">", found.end())
        seen.add(kind)
        if end >= 0:
            yield kind, body[found.end() : min(end, found.end() + 8192)]


def _computer(host: bytes, offset: int) -> Iterator[Said]:
    """A computer's name and its workgroup or domain. Its model is the publishing service's, not the machine's."""
    name, _, place = _text(host, b"Computer").partition("/")
    group = place.partition(":")[2]
    for trait, text in ((Trait.NETBIOS_NAME, device_name(name)), (Trait.WORKGROUP, device_name(group))):
        if text:
            yield Said("sender", trait, text, offset, 0.9)


def _values(kind: bytes, block: bytes, offset: int) -> Iterator[Said]:
    for name, trait in _FIELDS[kind]:
        value = _text(block, name)
        if trait is Trait.COMMERCIAL_NAME:
            value = device_name(value)
        if value and (trait is not Trait.UDI_DI or re.fullmatch(r"\d{14}", value)):
            yield Said("sender", trait, value, offset, _SURE.get(trait, 1.0))


def _text(block: bytes, name: bytes, limit: int = 128) -> str:
    """Text of the first element of a name; "" none."""
    found = re.search(rb"<(?:[\w-]{1,20}:)?" + name + rb"(?: [^>]{0,200})?>([^<]{1,400})<", block)
    return plain(unescape(plain(found.group(1), 400)), limit) if found else ""


DISSECTOR = Dissector(
    "dpws", frozenset({"tcp"}), looks_like, dissect, frozenset({5357}), sender, length, reach=REACH, units=40
)
