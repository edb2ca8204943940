"""Clinical services over HTTP/1: DICOMweb, FHIR, and HL7 version 2 in the body of a request.

Told by media types, or by paths that only these services have. Paths, queries and their identifiers are never said. Of
bodies only two beginnings are read: a server's own statement of its software (FHIR's capabilities), and the header
segment of an HL7 message. Any other body, so every patient, is left alone.
Source: DICOM PS3.18 sections 8.7 (media types), 9 (URI), 10 (studies) and 11 (worklist); HL7 FHIR R4 sections 3.1.0
(media types) and 5.2 (CapabilityStatement.software); HAPI "HL7 over HTTP" 1.0 (media types).
"""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import http, msh
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

REACH = 16_384
_UNPACKED = 262_144
_PORTS = frozenset({80, 8000, 8042, 8080})
_BROWSER = re.compile(rb"Mozilla/|Opera/")
_STUDIES = re.compile(rb"/(?:studies|series|instances|workitems)(?:[/?]|$)|[?&]requestType=WADO(?:&|$)", re.IGNORECASE)
_ROOT = re.compile(
    rb"/(?:dicom-?web|(?:wado|qido|stow)(?:-?rs)?)/(?:[^?]{0,200}/)?(?:studies|series|instances|workitems)(?:[/?]|$)"
    rb"|[?&]requestType=WADO&",
    re.IGNORECASE,
)
_WORKLIST = re.compile(rb"/workitems(?:[/?]|$)")
_WADO = re.compile(
    rb"^multipart/related;.{0,200}application/dicom|^application/dicom(?![\w.-])|application/dicom\+(?:json|xml)"
)
_FHIR = re.compile(rb"application/(?:fhir\+|json\+fhir|xml\+fhir)")
_FHIR_PATH = re.compile(rb"^/(?:[^?]{0,100}/)?fhir[\w.-]{0,20}/|/metadata\?_format=", re.IGNORECASE)
_HL7 = re.compile(rb"(?:x-)?application/hl7-v2")
_CAPABILITIES = re.compile(
    rb'\s*(?:\{\s*"resourceType"\s*:\s*"(?:CapabilityStatement|Conformance)"|'
    rb"(?:<\?xml[^>]{0,100}\?>\s*)?<(?:CapabilityStatement|Conformance)[ >])"
)
_SOFTWARE = re.compile(rb'"software"\s*:\s*\{([^{}]{2,600})\}|<software>(.{2,600}?)</software>', re.DOTALL)
_WORDS = re.compile(rb'"(name|version)"\s*:\s*("(?:[^"\\]|\\.){1,120}")|<(name|version) value="([^"<>]{1,120})"')


def _types(head: http.Head) -> bytes:
    return head.fields.get("content-type", b"").lower()


def _asks(head: http.Head, media: re.Pattern[bytes]) -> bool:
    """Whether a message carries or wants a media type."""
    return bool(media.search(_types(head)) or (head.method and media.search(head.fields.get("accept", b"").lower())))


def is_dicomweb(payload: bytes, head: http.Head) -> bool:
    """By the media type, and by the path where it says enough alone."""
    if head.status:
        return bool(_WADO.search(_types(head)))
    return http.aims_at(payload, _ROOT) or (_asks(head, _WADO) and http.aims_at(payload, _STUDIES))


def is_fhir(payload: bytes, head: http.Head) -> bool:
    """By the media type, by the path of capabilities, or by their first words."""
    if _asks(head, _FHIR) or http.aims_at(payload, _FHIR_PATH):
        return True
    return bool(head.status and _CAPABILITIES.match(http.body(payload, head, 400)))


def is_hl7(payload: bytes, head: http.Head) -> bool:
    """By the media type, or by the body's first segment."""
    return bool(_HL7.search(_types(head))) or msh.starts(http.body(payload, head, 64))


def _looks(of: Callable[[bytes, http.Head], bool]) -> Callable[[bytes], bool]:
    def looks_like(payload: bytes) -> bool:
        if not http.starts(payload):
            return False
        try:
            return of(payload, http.head(payload))
        except ValueError:
            return False

    return looks_like


def sender(payload: bytes) -> str:
    """By the first line."""
    if not http.starts(payload):
        return ""
    return "client" if http.is_request(payload) else "server"


def length(payload: bytes) -> int:
    """The head; with the body where it may be one of the two that are read. Raises ValueError where no head begins."""

    def wanted(head: http.Head) -> bool:
        stated = head.status == 200 and re.search(rb"json|xml", _types(head)) and not _WADO.search(_types(head))
        return bool(stated or _HL7.search(_types(head)) or msh.starts(http.body(payload, head, 64)))

    return http.unit_length(payload, wanted)


def dicomweb(payload: bytes, _: Way) -> Iterator[Said]:
    """Parts played: who answers has the images; who stores or asks is no browser of a person."""
    head = http.head(payload)
    yield from http.products(head)
    if head.status == 200 and _WADO.search(_types(head)):
        yield Said("sender", Trait.DICOM_ROLE, "archive", 0, 0.7)
    elif head.method:
        worklist = http.aims_at(payload, _WORKLIST)
        yield Said("receiver", Trait.DICOM_ROLE, "worklist" if worklist else "archive", 0, 0.4)
        if head.method == "GET" and not worklist and not _BROWSER.match(head.fields.get("user-agent", b"")):
            yield Said("sender", Trait.DICOM_ROLE, "workstation", 0, 0.4)


def fhir(payload: bytes, _: Way) -> Iterator[Said]:
    """The part, and the software of a server that states its capabilities."""
    head = http.head(payload)
    yield from http.products(head)
    if not head.status:
        return
    if _FHIR.search(_types(head)):
        yield Said("sender", Trait.ROLE, "fhir server", 0, 0.9)
    body = http.body(payload, head, _UNPACKED)
    found = _SOFTWARE.search(body) if _CAPABILITIES.match(body) else None
    if found:
        words = dict(_words(found.group(1) or found.group(2)))
        if words.get("name"):
            value = "/".join(words[key] for key in ("name", "version") if words.get(key))
            yield Said("sender", Trait.HTTP_SERVER, value, head.length)


def _words(block: bytes) -> Iterator[tuple[str, str]]:
    """(name or version, its text)."""
    for found in _WORDS.finditer(block):
        if found.group(1):
            yield found.group(1).decode(), plain(str(json.loads(found.group(2))), 60)
        else:
            yield found.group(3).decode(), plain(unescape(plain(found.group(4), 120)), 60)


def hl7(payload: bytes, _: Way) -> Iterator[Said]:
    """The header segment of the message in the body."""
    head = http.head(payload)
    yield from http.products(head)
    body = http.body(payload, head, msh.LONGEST).lstrip(b"\x0b")
    if msh.starts(body):
        yield from msh.read(body, head.length)


def _row(
    service: str, of: Callable[[bytes, http.Head], bool], dissect: Callable[[bytes, Way], Iterator[Said]]
) -> Dissector:
    return Dissector(service, frozenset({"tcp"}), _looks(of), dissect, _PORTS, sender, length, reach=REACH, units=8)


DISSECTORS = (_row("dicomweb", is_dicomweb, dicomweb), _row("fhir", is_fhir, fhir), _row("hl7-http", is_hl7, hl7))
"""Tried before HTTP alone."""
