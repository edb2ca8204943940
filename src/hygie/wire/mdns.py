"""Multicast DNS announcements: names, services and models that devices announce. Questions are not read.

An instance's label is kept with its service ("_dicom._tcp US-LOGIQ-E10") unless it is one that a person gave to a
telephone or a laptop. Of TXT records only model, product and maker keys are read.
Source: RFC 6762 sections 6 and 18; RFC 6763 sections 4.1, 6 and 9.
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import names
from hygie.wire.codec.addresses import ip_text, is_host, is_private
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

PORT = 5353
TEXTS = {
    b"ty": Trait.PRODUCT,
    b"md": Trait.PRODUCT,
    b"model": Trait.PRODUCT,
    b"usb_mdl": Trait.PRODUCT,
    b"usb_mfg": Trait.MANUFACTURER,
    b"mfg": Trait.MANUFACTURER,
    b"manufacturer": Trait.MANUFACTURER,
    b"serialnumber": Trait.SERIAL,
    b"fwversion": Trait.FIRMWARE,
}
"""Keys of TXT records that name a product (RFC 6763 section 6.4; printers: Bonjour Printing 1.2.1)."""


def looks_like(payload: bytes) -> bool:
    """A DNS message with identifier zero; told from DNS by its port only."""
    return payload[:2] == b"\0\0" and names.looks_like_message(payload)


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What the sender announces."""
    if not names.header(payload).answer:
        return
    records = list(names.records(payload))
    # One owner of addresses: a machine that announces itself. Several: a proxy or a reflector speaks for others.
    owners = {record.name.lower() for record in records if record.kind in (names.A, names.AAAA)}
    for record in records:
        owner = record.name.removesuffix(".local")
        data = payload[record.start : record.stop]
        if record.kind in (names.A, names.AAAA) and len(data) in (4, 16):
            if is_host(data) and is_private(data) and device_name(owner):
                about = "sender" if len(owners) == 1 else ip_text(data)
                yield Said(about, Trait.HOST_NAME, device_name(owner), record.start, 0.9)
        elif record.kind == names.PTR and owner.startswith("_"):
            yield from _service(payload, record, owner)
        elif record.kind == names.SRV and "._" in owner:
            yield from _announced(owner.partition("._")[0], "_" + owner.partition("._")[2], record.start)
        elif record.kind == names.TXT and "._" in owner:
            yield from _texts(data, record.start)


def _service(payload: bytes, record: names.Record, owner: str) -> Iterator[Said]:
    """A PTR from a service type to an instance; enumeration (_services._dns-sd) names types only."""
    target = names.name(payload, record.start)[0]
    target = target.removesuffix(".local")
    if owner.startswith("_services."):
        yield from _announced("", target, record.start)
    elif target.lower().endswith("." + owner.lower()):
        yield from _announced(target[: -len(owner) - 1], owner, record.start)


def _announced(label: str, service: str, offset: int) -> Iterator[Said]:
    service = plain(service, 64)
    if service.endswith(("._tcp", "._udp")):
        yield Said("sender", Trait.MDNS_SERVICE, f"{service} {device_name(label)}".strip(), offset, 0.9)


def _texts(data: bytes, offset: int) -> Iterator[Said]:
    at = 0
    while at < len(data):
        entry = data[at + 1 : at + 1 + data[at]]
        key, equals, value = entry.partition(b"=")
        trait = TEXTS.get(key.lower())
        if trait and equals and device_name(value):
            yield Said("sender", trait, device_name(value), offset + at, 0.7)
        at += 1 + data[at]


DISSECTOR = Dissector(
    "mdns", frozenset({"udp"}), looks_like, dissect, frozenset({PORT}), only_ports=True, of_sender=True
)
