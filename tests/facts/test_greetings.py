import re

import pytest

from hygie.facts import greetings
from hygie.facts.greetings import Told, told


@pytest.mark.parametrize(
    ("service", "greeting", "expected"),
    [
        ("ftp", b"220 (vsFTPd 3.0.3)\r\n", Told("vsFTPd 3.0.3", "", "")),
        ("ftp", b"220 ProFTPD Server (Service de reanimation) [10.9.0.1]\r\n", Told("ProFTPD", "", "")),
        ("ftp", b"220 ProFTPD 1.3.5b Server (Bloc) [10.9.0.1]\r\n", Told("ProFTPD 1.3.5b", "", "")),
        ("ftp", b"220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n", Told("Pure-FTPd", "", "")),
        ("ftp", b"220-FileZilla Server 1.9.1\r\n", Told("FileZilla Server 1.9.1", "", "")),
        ("ftp", b"220 Microsoft FTP Service\r\n", Told("Microsoft FTP Service", "", "")),
        ("ftp", b"220 VxWorks (5.5.1) FTP server ready\r\n", Told("", "VxWorks", "5.5.1")),
        ("ftp", b"220 pump FTP server (VxWorks 5.4.2) ready.\r\n", Told("", "VxWorks", "5.4.2")),
        ("ftp", b"220 h FTP server (Version 6.4/OpenBSD) ready.\r\n", Told("Version 6.4/OpenBSD", "", "")),
        ("smtp", b"220 h Microsoft ESMTP MAIL Service, Version: 10.0.17763.1 ready at",
         Told("Microsoft ESMTP MAIL Service", "Windows", "10.0.17763.1")),
        ("ssh", b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Told("", "Debian", "")),
        ("telnet", b"\r\nLinux 6.1.44 (vm) (pts/0)\r\n", Told("", "Linux", "6.1.44")),
        ("telnet", b"Debian GNU/Linux 12\r\nvm login: ", Told("", "Debian", "12")),
    ],
)  # fmt: skip
def test_what_greetings_say(service: str, greeting: bytes, expected: Told) -> None:
    assert told(service, greeting) == expected


def test_what_no_form_fits_says_nothing() -> None:
    assert told("ftp", b"220 Bienvenue Marie Durand, FTP du bloc\r\n") is None
    assert told("pop3", b"+OK Microsoft FTP Service") is None


def test_forms_are_short_and_bounded() -> None:
    for _, pattern, os in greetings.FORMS:
        assert re.compile(pattern).groupindex or os
        assert "*" not in pattern.replace(r"\+", "")
