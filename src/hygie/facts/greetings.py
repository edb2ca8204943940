"""Software and systems in the words with which servers greet: FTP, SMTP, SSH, Telnet.

What comes in: a service's name and its greeting. What goes out: `told(service, text)`: what a form of the table fits.
Nothing else of a greeting is kept: names of machines, wards and people stand there too. "Windows" alone is not said:
other protocols tell its version.

Source: the greetings that the programs named here send by default (vsftpd, ProFTPD, Pure-FTPd, NetBSD's and OpenBSD's
ftpd, IIS, VxWorks, QNX, SunOS, inetutils, Postfix, Exim, Sendmail, OpenSSH's VersionAddendum).
"""

import re
from typing import NamedTuple

VERSION = 1
"""Raised whenever a row changes meaning."""

LONGEST = 1000
"""Bytes of a greeting that are looked at."""


class Told(NamedTuple):
    """What a greeting says; "" not said."""

    software: str
    os: str
    os_version: str


_V = r"\d[\w.+-]{0,24}"
FORMS: tuple[tuple[str, str, str], ...] = (
    ("ftp", rf"\((?P<software>vsFTPd {_V})\)", ""),
    ("ftp", rf"\b(?P<software>ProFTPD(?: {_V})?) Server", ""),
    ("ftp", r"Welcome to (?P<software>Pure-FTPd)", ""),
    ("ftp", rf"(?P<software>FileZilla Server(?: version)?(?: {_V})?)", ""),
    ("ftp", r"(?P<software>Microsoft FTP Service)", ""),
    ("ftp", rf"(?P<software>Serv-U FTP Server v{_V})", ""),
    ("ftp", rf"\(?VxWorks \(?(?:VxWorks )?(?P<version>{_V})\)", "VxWorks"),
    ("ftp", r"\bVxWorks\b", "VxWorks"),
    ("ftp", rf"\((?P<software>NetBSD-ftpd {_V})\)", ""),
    ("ftp", rf"\((?P<software>QNXNTO-ftpd {_V})\)", "QNX"),
    ("ftp", rf"\(SunOS (?P<version>{_V})\)", "SunOS"),
    ("ftp", rf"NET\+ARM FTP Server {_V}", "NET+OS"),
    ("ftp", r"FTP server \((?P<software>Version [\w./-]{1,60})\)", ""),
    ("ftp", r"(?P<software>JD FTP Server)", ""),
    ("smtp", r"\bESMTP (?P<software>Postfix)\b", ""),
    ("smtp", rf"(?P<software>Microsoft ESMTP MAIL Service), Version: (?P<version>{_V})", "Windows"),
    ("smtp", rf"\bESMTP (?P<software>(?:Exim|Sendmail) {_V})", ""),
    ("ssh", r"OpenSSH_\S+ Debian-", "Debian"),
    ("ssh", r"OpenSSH_\S+ Ubuntu-", "Ubuntu"),
    ("ssh", r"OpenSSH_\S+ FreeBSD-", "FreeBSD"),
    ("telnet", rf"\bLinux (?P<version>{_V}) \(", "Linux"),
    ("telnet", r"\bDebian GNU/Linux (?P<version>\d{1,2})\b", "Debian"),
    ("telnet", r"\bUbuntu (?P<version>\d\d\.\d\d(?:\.\d{1,2})?)", "Ubuntu"),
    ("telnet", rf"\bSunOS (?P<version>{_V})", "SunOS"),
    ("telnet", r"\bVxWorks\b", "VxWorks"),
    ("telnet", r"\bQNX\b", "QNX"),
    ("telnet", r"\bHP-UX\b", "HP-UX"),
    ("telnet", r"\bAIX Version (?P<version>\d)", "AIX"),
    ("telnet", r"Windows CE Telnet Service", "Windows CE"),
    ("telnet", r"(?P<software>Microsoft Telnet S(?:ervice|erver))", ""),
    ("telnet", rf"\b(?P<software>BusyBox v{_V})", ""),
)
"""Service; what is looked for, with `software` and `version` (of the system) where they stand; the system."""

_ROWS = tuple((service, re.compile(pattern), os) for service, pattern, os in FORMS)


def told(service: str, greeting: bytes) -> Told | None:
    """What the first form that fits says; None: none fits."""
    text = greeting[:LONGEST].decode("latin-1")
    for row, pattern, os in _ROWS:
        found = pattern.search(text) if row == service else None
        if found:
            groups = found.groupdict()
            return Told(groups.get("software") or "", os, groups.get("version") or "")
    return None
