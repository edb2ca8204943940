"""Devices profile for web services: what a device says of itself when it is asked (IEEE 11073 SDC, printers, scanners).

Read of an answer: manufacturer, model, firmware, serial number and types of the host; of SDC's description of a device
the metadata of its medical device system. Patients, measures, settings, subscriptions and addresses are not read; the
same over TLS stays unread. Read by pattern, without an XML parser: no entity is ever expanded.
Source: OASIS DPWS 1.1 sections 3.4 (path of a device) and 5.1 (ThisModel, ThisDevice, Host); IEEE 11073-20702 (MDPWS);
IEEE 11073-10207 section B.92 (MetaData); W3C WS-MetadataExchange.
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
    """Head and body. Raises ValueError where no head begins."""
    return http.whole_length(payload)


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an answer says of the device that gives it. Raises ValueError."""
    head = http.head(payload)
    yield from http.products(head)
    if not head.status or b"xml" not in head.fields.get("content-type", b"").lower():
        return
    body = http.body(payload, head, _UNPACKED)
    if not _profiled(body):
        return
    seen: set[bytes] = set()
    for found in _BLOCK.finditer(body):
        kind = found.group(1)
        end = -1 if kind in seen else body.find(kind + b">", found.end())
        seen.add(kind)
        if end < 0:
            continue
        block = body[found.end() : min(end, found.end() + 8192)]
        yield from _types(block, head.length) if kind == b"Host" else _values(kind, block, head.length)


def _types(block: bytes, offset: int) -> Iterator[Said]:
    for name in _text(block, b"Types", 400).split():
        yield Said("sender", Trait.WSD_TYPE, name.rpartition(":")[2] or name, offset)


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
