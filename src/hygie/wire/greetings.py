"""Protocols told by their first words: software and system where a known form of greeting names them, nothing else.

FTP, Telnet, SMTP, POP3, IMAP and the like carry names and passwords: of what servers say only what `facts.greetings`
knows is kept; what clients say is not looked at. SSH states its software, and where a distribution made it, its
package. VNC's names of screens hold users: not read.
Source: RFC 4253 section 4.2 (SSH); RFC 959 section 4.2, RFC 2389, RFC 2428 and RFC 4217 (FTP); RFC 854 (Telnet);
RFC 5321 section 4.2 (SMTP); RFC 1939 (POP3); RFC 9051 (IMAP); RFC 6143 sections 7.1.1, 7.1.2 and 8.1 (VNC, and IANA's
registry of its security types).
"""

import re
from collections.abc import Callable, Iterator

from hygie.facts.greetings import told
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_SSH = re.compile(rb"SSH-(?:1\.\d{1,2}|2\.0)-([!-~]{1,100})[ \r\n]")
_PACKAGED = re.compile(rb" ((?:Debian|Ubuntu|Raspbian|FreeBSD|NetBSD)(?:_Secure_Shell)?-[\w.+~:-]{1,40})\r?\n")
"""The comment by which distributions name their package; another may say anything."""
_VNC = re.compile(rb"RFB (\d{3}\.\d{3})\n")
_FTP = re.compile(rb"220[ -][^\r\n]{0,200}(?:ftp|FTP|Ftp|FileZilla)")
_ASKS = re.compile(rb"(?:AUTH (?:TLS|SSL)|FEAT|SYST|PASV|EPSV)\r\n")
"""Commands of FTP that no other protocol's clients begin with: a greeting need not name the protocol."""
_POP = re.compile(rb"\+OK [!-~]")
"""With words behind it: a bare "+OK" is also the answer of some data bases (RESP)."""
_SMTP = re.compile(rb"220[ -][^\r\n]{0,200}(?:SMTP|smtp)|(?:EHLO|HELO) [^\r\n]{1,200}\r\n")
_TELNET = re.compile(rb"(?:\xff[\xfb-\xfe][\x00-\x31]){2,}")

_BY_GREETING = 0.8
"""Confidence of a system that a greeting names."""
_APPLE, _ULTRA = "003.889", 17
_SCREENS = {_APPLE: "Apple Remote Desktop", "004": "RealVNC", "005": "RealVNC"}
"""Versions that only one maker's servers give."""


def _telnet(payload: bytes) -> bool:
    return bool(_TELNET.match(payload))


def _ftp(payload: bytes) -> bool:
    return bool(_FTP.match(payload) or _ASKS.match(payload))


def _ftp_sender(payload: bytes) -> str:
    return "server" if payload[:1] == b"2" else "client"


def _starts(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda payload: bool(pattern.match(payload))


def silent(_: bytes, __: Way) -> Iterator[Said]:
    """Nothing is read."""
    return iter(())


def _greets(service: str) -> Callable[[bytes, Way], Iterator[Said]]:
    """Reads what a server of this service says."""

    def dissect(payload: bytes, way: Way) -> Iterator[Said]:
        known = told(service, payload) if way.sender == "server" else None
        if known is None:
            return
        if known.software:
            yield Said("sender", Trait.SERVER_SOFTWARE, known.software, 0)
        if known.os:
            yield Said("sender", Trait.OS, known.os, 0, _BY_GREETING)
        if known.os_version:
            yield Said("sender", Trait.OS_VERSION, known.os_version, 0, _BY_GREETING)

    return dissect


_system = _greets("ssh")


def ssh(payload: bytes, way: Way) -> Iterator[Said]:
    """The software of an identification line. Raises ValueError."""
    found = _SSH.match(payload)
    if not found:
        raise ValueError("no identification line of SSH")
    packaged = _PACKAGED.match(payload, found.end(1))
    software = b" ".join((found.group(1), packaged.group(1))) if packaged else found.group(1)
    yield Said("sender", Trait.SSH_SOFTWARE, plain(software), 0)
    yield from _system(payload, way)


def vnc(payload: bytes, way: Way) -> Iterator[Said]:
    """What a server's version or its kinds of security tell of its maker."""
    if way.sender != "server":
        return
    found = _VNC.match(payload)
    version = found.group(1).decode() if found else ""
    software = _SCREENS.get(version) or _SCREENS.get(version[:3], "")
    kinds = b"" if found else payload[1 : 1 + payload[0]]
    if software or _ULTRA in kinds:
        yield Said("sender", Trait.SERVER_SOFTWARE, software or "UltraVNC", 0, 0.9)
    if version == _APPLE:
        yield Said("sender", Trait.OS, "macOS", 0, _BY_GREETING)


def vnc_length(payload: bytes) -> int:
    """A version, or a list of kinds of security."""
    if not payload or (payload[:1] == b"R" and len(payload) < 12):
        return 0
    return 12 if payload[:4] == b"RFB " else 1 + payload[0]


def line(payload: bytes) -> int:
    """Up to the first line's end; 0 none yet."""
    return payload.find(b"\n", 0, 512) + 1 or (len(payload) if len(payload) >= 512 else 0)


def _row(
    service: str,
    looks: Callable[[bytes], bool],
    ports: set[int],
    sender: str = "",
    dissect: Callable[[bytes, Way], Iterator[Said]] = silent,
    units: int = 1,
) -> Dissector:
    return Dissector(service, frozenset({"tcp"}), looks, dissect, frozenset(ports), lambda _: sender, len, units=units)


DISSECTORS = (
    _row("ftp", _ftp, {21}, "", _greets("ftp"))._replace(sender=_ftp_sender),
    _row("smtp", _starts(_SMTP), {25, 587}, "", _greets("smtp")),
    _row("pop3", _starts(_POP), {110}, "server"),
    _row("imap", _starts(re.compile(rb"\* OK[ \r]")), {143}, "server"),
    _row("vnc", _starts(_VNC), {5900, 5901}, "", vnc, 2)._replace(length=vnc_length),
    _row("telnet", _telnet, {23}, "", _greets("telnet"), 6),
    Dissector("ssh", frozenset({"tcp"}), _starts(_SSH), ssh, frozenset({22}), length=line, units=1),
)
"""One row a protocol; those that are silent give the service's name alone."""
