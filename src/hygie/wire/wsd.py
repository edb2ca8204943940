"""WS-Discovery: types and scopes that a device announces (printers, cameras, IEEE 11073 SDC devices).

Of scopes, hardware, name and manufacturer are read, of SDC's the type of device and the place; search terms are not.
Read by pattern, without an XML parser: no entity is ever expanded.
Source: OASIS WS-Discovery 1.1 sections 4 and 5; ONVIF Core 7.3.2.2 (scopes); IEEE 11073-20701 sections 9 and
11 (location, type of device).
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from hygie.facts import mdc
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import device_name, plain
from hygie.wire.way import Dissector, Way

_NAMESPACE = re.compile(
    rb"http://(?:schemas\.xmlsoap\.org/ws/2005/04/discovery|docs\.oasis-open\.org/ws-dd/ns/discovery/2009/01)"
)
_ANNOUNCING = re.compile(rb"<(?:\w{1,20}:)?(?:Hello|ProbeMatches|ResolveMatches|Bye)[ >]")
_TYPES = re.compile(rb"<(?:\w{1,20}:)?Types(?: [^>]{0,400})?>([^<]{1,1000})<")
_SCOPES = re.compile(rb"<(?:\w{1,20}:)?Scopes(?: [^>]{0,400})?>([^<]{1,4000})<")
_ONVIF = {
    "hardware": Trait.PRODUCT,
    "name": Trait.COMMERCIAL_NAME,
    "mfr": Trait.MANUFACTURER,
    "manufacturer": Trait.MANUFACTURER,
}
_TYPE = re.compile(
    r"sdc\.cdc\.type:/(?:urn(?::|%3A)oid(?::|%3A)1\.2\.840\.10004\.1\.1\.1\.0\.0\.1)?/[^/]{0,40}/(\d{1,9})"
)
"""A device's type in the nomenclature of ISO/IEEE 11073-10101, which is the one that needs no naming."""
_PLACE = ("fac", "bldng", "flr", "poc", "rm", "bed")
"""Keys of SDC's location query, from the facility to the bed."""


def looks_like(payload: bytes) -> bool:
    """A SOAP envelope that names the discovery namespace."""
    start = payload[:200].lstrip()
    return start.startswith((b"<?xml", b"<")) and bool(_NAMESPACE.search(payload, 0, 4096))


def sender(payload: bytes) -> str:
    """Probes come from clients, matches from servers."""
    if _ANNOUNCING.search(payload):
        return "server" if b"Matches" in payload else ""
    return "client"


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What an announcement says of its sender."""
    if not _ANNOUNCING.search(payload):
        return
    for found in _TYPES.finditer(payload):
        for name in plain(found.group(1), 400).split():
            kind = name.rpartition(":")[2]
            if kind:
                yield Said("sender", Trait.WSD_TYPE, kind, found.start(1))
    for found in _SCOPES.finditer(payload):
        for scope in plain(found.group(1), 2000).replace("&amp;", "&").split():
            yield from _scope(scope, found.start(1))


def _scope(scope: str, offset: int) -> Iterator[Said]:
    if scope.startswith("onvif://www.onvif.org/"):
        kind, _, value = scope[22:].partition("/")
        trait = _ONVIF.get(kind.lower())
        text = device_name(unquote(value))
        if trait and text:
            yield Said("sender", trait, text, offset, 0.9)
    elif scope.startswith("sdc.cdc.type:"):
        coded = _TYPE.fullmatch(scope)
        kind = mdc.KINDS.get(int(coded.group(1)), "") if coded else ""
        if kind:
            yield Said("sender", Trait.KIND, kind, offset, 0.8)
    elif scope.startswith("sdc.ctxt.loc:"):
        given = dict(parse_qsl(scope.partition("?")[2], max_num_fields=20))
        place = "/".join(plain(given[key], 40) for key in _PLACE if key in given)
        if place:
            yield Said("sender", Trait.LOCATION, place, offset, 0.9)


DISSECTOR = Dissector(
    "ws-discovery", frozenset({"udp"}), looks_like, dissect, frozenset({3702}), sender, of_sender=True
)
