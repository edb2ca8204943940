r"""Recog's patterns, where somebody hands its files over -> `Rule` rows: what greetings and descriptions tell of a
thing.

A file holds fingerprints of one sort of text (`matches`). Those that speak of what Hygie keeps are read; each becomes
one rule with several conclusions: system, maker, product, kind, CPE name. Of a file the first fingerprint that fits
counts, as in Recog (`register.rules`). Its expressions are Ruby's: one that `names.pattern` does not understand, or
that does not find its own example, is refused with its line; the others count.

A bare "Linux" stays without the kernel's version: distributions mend kernels without raising it.
Source: Recog, README "Recog databases" (fingerprints, pattern, flags, certainty, example, param pos and name).
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from hygie.facts.functions import functions
from hygie.model.evidence import Refusal, Speaker, Trait
from hygie.model.rule import Rule
from hygie.model.seams import Given, Input, Reader
from hygie.names import cpe
from hygie.names.pattern import compiled
from hygie.names.rules import Written, checked
from hygie.names.systems import names_of

KIND = "recog"
TEXTS = {
    "http_header.server": Trait.HTTP_SERVER,
    "http_header.user_agent": Trait.HTTP_USER_AGENT,
    "ssh.banner": Trait.SSH_SOFTWARE,
    "snmp.sys_description": Trait.SNMP_DESCRIPTION,
    "snmp.sys_object_id": Trait.SNMP_OBJECT_ID,
    "dhcp_vendor_class": Trait.DHCP_VENDOR_CLASS,
    "smb.native_os": Trait.SMB_OS,
    "x509.subject": Trait.TLS_SUBJECT,
    "sip_header.server": Trait.SERVER_SOFTWARE,
    "rtsp_header.server": Trait.SERVER_SOFTWARE,
}
"""What a file's fingerprints look at -> the trait that holds such a text."""
MOST = 20_000
"""Fingerprints of one file."""
_SURE = 0.85
"""Certainty of a fingerprint that gives none."""
_EXAMPLES = 3
"""Of each fingerprint that are tried."""
_ROOT = re.compile(rb"<fingerprints\b([^>]{0,500})>")
_MATCHES = re.compile(rb"\b(?:matches|protocol)\s*=\s*[\"']([\w.-]{1,60})[\"']")
_HOLE = re.compile(r"\{([\w.]+)\}")
_MARK = "zq{}qz"
"""Stands for a hole while a CPE name is taken apart."""
_DEVICES: dict[str, tuple[str, str]] = {
    "printer": ("printer", ""),
    "multifunction device": ("printer", ""),
    "print server": ("printer", ""),
    "voip": ("ip_phone", ""),
    "ip phone": ("ip_phone", ""),
    "switch": ("network_equipment", "switch"),
    "router": ("network_equipment", "router"),
    "wap": ("network_equipment", "access point"),
    "wireless controller": ("network_equipment", ""),
    "firewall": ("network_equipment", ""),
    "load balancer": ("network_equipment", ""),
}
"""Recog's sort of device -> clinical kind and role."""


class Print(NamedTuple):
    """One fingerprint."""

    line: int
    pattern: str
    certainty: str
    examples: list[str]
    params: dict[str, tuple[int, str]]
    """Name -> group (0 none) and value."""


def recognises(source: Input) -> bool:
    """An XML document of fingerprints."""
    return source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and _ROOT.search(source.head) is not None


def series(source: Input) -> str:
    """The file's name: each sort of text is a file of its own."""
    return source.name.rpartition("/")[2]


def read(source: Input, given: Given) -> Iterator[Any]:
    """A Rule for each conclusion, in the file's order; a Refusal for each fingerprint that is not understood.

    Raises ExpatError, ValueError.
    """
    root = _ROOT.search(source.head)
    found = _MATCHES.search(root.group(1)) if root else None
    matches = found.group(1).decode() if found else ""
    if matches not in TEXTS:
        yield Refusal(given.reading, source.name, "", "refusal.recog.other", (f"matches={matches}",), True)
        return
    title = f"Recog, {series(source)}"
    for number, one in enumerate(_prints(source.bytes())):
        if number >= MOST:
            yield Refusal(given.reading, source.name, f"line {one.line}", "refusal.rule.many", (f"most={MOST}",))
            return
        try:
            yield from _rules(one, TEXTS[matches], f"{title} {one.line}", given.reading)
        except ValueError as error:
            yield Refusal(given.reading, source.name, f"line {one.line}", error.args[0], error.args[1:])


def _prints(content: bytes) -> Iterator[Print]:
    """The fingerprints of a document. Raises ExpatError, ValueError for one with a document type of its own."""
    made: list[Print] = []
    text: list[str] = []
    encoded: list[str] = []
    parser = expat.ParserCreate()

    def doctype(*_: Any) -> None:
        raise ValueError("refusal.recog.doctype")

    def start(name: str, given: dict[str, str]) -> None:
        if name == "fingerprint":
            flags = "(?i)" if "REG_ICASE" in given.get("flags", "") else ""
            pattern = flags + given.get("pattern", "")
            made.append(Print(parser.CurrentLineNumber, pattern, given.get("certainty", ""), [], {}))
        elif name == "param" and made:
            position = given.get("pos", "0")
            group = int(position) if position.isdigit() else 0
            made[-1].params.setdefault(given.get("name", ""), (group, given.get("value", "")))
        elif name == "example":
            text.clear()
            encoded[:] = [given.get("_encoding", "") or "file" * ("_filename" in given)]

    def end(name: str) -> None:
        if name == "example" and made and len(made[-1].examples) < _EXAMPLES:
            made[-1].examples.extend(_example("".join(text), encoded[0] if encoded else ""))

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    for at in range(0, len(content), 65_536):
        parser.Parse(content[at : at + 65_536], at + 65_536 >= len(content))
        yield from made[:-1]
        del made[:-1]
    yield from made


def _example(text: str, encoding: str) -> Iterator[str]:
    """An example's text; none where it lies elsewhere."""
    if not encoding:
        yield text
    elif encoding == "base64":
        try:
            yield base64.b64decode(text, validate=False).decode("latin-1")
        except binascii.Error:
            return


def _rules(one: Print, reads: Trait, name: str, reading: str) -> Iterator[Rule]:
    """The conclusions of a fingerprint. Raises ValueError."""
    pattern = compiled(one.pattern)
    wrong = next((text for text in one.examples if text and pattern.search(text) is None), None)
    if wrong is not None:
        raise ValueError("refusal.recog.example")
    certainty = float(one.certainty) if re.fullmatch(r"[01](?:\.\d+)?", one.certainty) else _SURE
    source = name.rpartition(" ")[0]
    for trait, value in _concluded(one):
        written = Written(name, reads, one.pattern, "", trait, value, certainty, source)
        yield checked(written, reading, f"line {one.line}", functions())


def _concluded(one: Print) -> Iterator[tuple[Trait, str]]:
    """Trait and value of what a fingerprint says."""
    device = (_constant(one, "hw.device") or _constant(one, "os.device")).lower()
    kind, role = _DEVICES.get(device, ("", ""))
    system = _system(one)
    thing = bool(device) and device != "general" and not system
    values = {
        Trait.OS: system,
        Trait.MANUFACTURER: _value(one, "hw.vendor") or (_value(one, "os.vendor") if thing else ""),
        Trait.PRODUCT: _value(one, "hw.product")
        or _value(one, "hw.model")
        or (_value(one, "os.product") if thing else ""),
        Trait.FIRMWARE: _value(one, "os.version") if thing else "",
        Trait.KIND: kind,
        Trait.ROLE: role,
    }
    yield from ((trait, value) for trait, value in values.items() if value)
    for name in ("service.cpe23", "hw.cpe23", *(() if system else ("os.cpe23",))):
        value = _cpe(one, name)
        if value:
            yield Trait.CPE, value


def _constant(one: Print, name: str) -> str:
    group, value = one.params.get(name, (0, ""))
    return "" if group else value


def _value(one: Print, name: str, otherwise: str | None = None, depth: int = 4) -> str:
    """A parameter's value, with groups for what the pattern finds and for the parameters that it names; "" none."""
    if name not in one.params or not depth:
        return ""
    group, value = one.params[name]
    if group:
        return f"{{{group}}}" if otherwise is None else f"{{{group}|{otherwise}}}"
    return _HOLE.sub(lambda hole: _value(one, hole[1], otherwise, depth - 1), value)


def _system(one: Print) -> str:
    """The operating system, if it is one that records speak of; "" else."""
    product, vendor, family = (_constant(one, f"os.{part}") for part in ("product", "vendor", "family"))
    named = product
    if product.lower() in ("", "linux") and (product or family).lower() == "linux":
        named = vendor if vendor and names_of(vendor, "") else "Linux"
    elif not product and family.lower() == "windows":
        return "Windows"
    if not named or not (names_of(named, "") or named == "Windows"):
        return ""
    return named if named in ("Linux", "Windows") else f"{named} {_value(one, 'os.version', '')}".strip()


def _cpe(one: Print, name: str) -> str:
    """A CPE name with groups in it, as a formatted string; "" none, or none that can be read."""
    text = _constant(one, name)
    holes: list[str] = []

    def hole(found: re.Match[str]) -> str:
        holes.append(_value(one, found[1], "*") or "*")
        return _MARK.format(len(holes) - 1)

    try:
        parts = cpe.parse(_HOLE.sub(hole, text)) if text else None
    except ValueError:
        return ""
    if parts is None:
        return ""
    if parts.version == cpe.NA:
        parts = parts._replace(version=cpe.ANY)
    written = cpe.formatted(parts)
    for number, value in enumerate(holes):
        written = written.replace(_MARK.format(number), value)
    return written


READER = Reader(KIND, 1, recognises, read, snapshot=True, speaker=Speaker.THIRD_PARTY, series=series)
