"""Protocols told by their first words, of which nothing more is read here: only the service's name is known.

FTP, Telnet, SMTP, POP3, IMAP and the like carry names and passwords: none of it is looked at. SSH states its software.
Source: RFC 4253 section 4.2 (SSH); RFC 959 section 4.2 (FTP); RFC 854 (Telnet); RFC 5321 section 4.2 (SMTP); RFC 1939
(POP3); RFC 9051 (IMAP); RFC 6143 section 7.1.1 (VNC); Modbus Messaging on TCP/IP 1.0b
section 3.1.3.
"""

import re
from collections.abc import Callable, Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_SSH = re.compile(rb"SSH-(?:1\.\d{1,2}|2\.0)-([!-~]{1,100})[ \r\n]")
_VNC = re.compile(rb"RFB \d{3}\.\d{3}\n")
_FTP = re.compile(rb"220[ -][^\r\n]{0,200}(?:ftp|FTP|Ftp)")
_SMTP = re.compile(rb"220[ -][^\r\n]{0,200}(?:SMTP|smtp)|(?:EHLO|HELO) [^\r\n]{1,200}\r\n")
_TELNET = re.compile(rb"(?:\xff[\xfb-\xfe][\x00-\x31]){2,}")


def _telnet(payload: bytes) -> bool:
    return bool(_TELNET.match(payload))


def _starts(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda payload: bool(pattern.match(payload))


def silent(_: bytes, __: Way) -> Iterator[Said]:
    """Nothing is read."""
    return iter(())


def ssh(payload: bytes, _: Way) -> Iterator[Said]:
    """The software of an identification line. Raises ValueError."""
    found = _SSH.match(payload)
    if not found:
        raise ValueError("no identification line of SSH")
    yield Said("sender", Trait.SSH_SOFTWARE, plain(found.group(1)), 0)


def line(payload: bytes) -> int:
    """Up to the first line's end; 0 none yet."""
    return payload.find(b"\n", 0, 512) + 1 or (len(payload) if len(payload) >= 512 else 0)


def _row(service: str, looks: Callable[[bytes], bool], ports: set[int], sender: str = "") -> Dissector:
    return Dissector(service, frozenset({"tcp"}), looks, silent, frozenset(ports), lambda _: sender, len, units=1)


DISSECTORS = (
    _row("ftp", _starts(_FTP), {21}, "server"),
    _row("smtp", _starts(_SMTP), {25, 587}),
    _row("pop3", _starts(re.compile(rb"\+OK[ \r]")), {110}, "server"),
    _row("imap", _starts(re.compile(rb"\* OK[ \r]")), {143}, "server"),
    _row("vnc", _starts(_VNC), {5900, 5901}),
    _row("telnet", _telnet, {23}),
    Dissector("ssh", frozenset({"tcp"}), _starts(_SSH), ssh, frozenset({22}), length=line, units=1),
)
"""Rows without statements of their own, and SSH."""
