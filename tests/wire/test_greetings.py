"""The greetings of FTP and Telnet were made by vsftpd 3.0, ProFTPD 1.3, Pure-FTPd 1.0 and inetutils 2.4."""

import pytest

from hygie.wire import DISSECTORS, Way, greetings
from wire.hostile import said, survives

SSH = b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"
SAMPLES = {
    "ftp": b"220 (vsFTPd 3.0.3) FTP ready\r\n",
    "smtp": b"220 mail.chu.example ESMTP\r\n",
    "pop3": b"+OK ready\r\n",
    "imap": b"* OK ready\r\n",
    "vnc": b"RFB 003.008\n",
    "telnet": bytes.fromhex("fffd18fffd20fffd23fffd27"),
}


@pytest.mark.parametrize("service", SAMPLES)
def test_told_by_their_first_words_and_nothing_said(service: str) -> None:
    row, unit = DISSECTORS[service], SAMPLES[service]
    assert [name for name, other in DISSECTORS.items() if "tcp" in other.carriers and other.looks_like(unit)] == [
        service
    ]
    assert said(row, unit) == set()
    survives(row, [unit])


SERVER = Way("tcp", sender="server")
FTP = b"220 (vsFTPd 3.0.3)\r\n"
LOCAL = b"220 ProFTPD Server (Service de reanimation) [::ffff:10.9.0.1]\r\n"
PURE = b"220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220-You are user number 1 of 50 allowed.\r\n"
ISSUE = b"\r\nLinux 6.18.44-fc-v669 (vm) (pts/0)\r\n\r\n"
PROMPT = b"\xff\xfb\x03\xff\xfb\x01vm login: "


def test_software_and_system_of_known_greetings() -> None:
    ftp, telnet = DISSECTORS["ftp"], DISSECTORS["telnet"]
    assert said(ftp, FTP, SERVER) == {("sender", "server_software", "vsFTPd 3.0.3")}
    assert said(ftp, LOCAL, SERVER) == {("sender", "server_software", "ProFTPD")}
    assert said(ftp, PURE, SERVER) == {("sender", "server_software", "Pure-FTPd")}
    assert said(telnet, ISSUE, SERVER) == {
        ("sender", "operating_system", "Linux"),
        ("sender", "operating_system_version", "6.18.44-fc-v669"),
    }
    for row in (ftp, telnet):
        survives(row, [SAMPLES[row.service]], [SERVER])


def test_what_people_type_is_not_read() -> None:
    for service in ("ftp", "telnet", "smtp", "vnc"):
        row = DISSECTORS[service]
        for words in (b"USER durand\r\n", b"PASS vsFTPd 3.0.3 (vsFTPd 3.0.3)\r\n", b"Linux 6.1 (x", PROMPT):
            assert said(row, words, Way("tcp", sender="client")) == set()
    assert said(DISSECTORS["telnet"], PROMPT, SERVER) == set()


def test_makers_of_vnc() -> None:
    row = DISSECTORS["vnc"]
    assert said(row, b"RFB 003.008\n", SERVER) == said(row, b"\x02\x01\x02", SERVER) == set()
    assert said(row, b"RFB 005.000\n", SERVER) == {("sender", "server_software", "RealVNC")}
    assert said(row, b"\x03\x01\x02\x11", SERVER) == {("sender", "server_software", "UltraVNC")}
    assert said(row, b"RFB 003.889\n", SERVER) == {
        ("sender", "server_software", "Apple Remote Desktop"),
        ("sender", "operating_system", "macOS"),
    }
    assert [greetings.vnc_length(b) for b in (b"", b"RFB 00", b"RFB 003.008\n\1", b"\2\1\2")] == [0, 0, 12, 3]
    survives(row, [b"RFB 003.889\n"], [SERVER])


def test_ssh_states_its_software() -> None:
    row = DISSECTORS["ssh"]
    assert said(row, SSH, Way("tcp", sender="server")) == {
        ("sender", "ssh_software", "OpenSSH_9.2p1 Debian-2"),
        ("sender", "operating_system", "Debian"),
    }
    owned = b"SSH-2.0-OpenSSH_9.2p1 Bureau-du-Dr-Durand\r\n"
    assert said(row, owned) == {("sender", "ssh_software", "OpenSSH_9.2p1")}
    assert greetings.line(SSH) == len(SSH)
    assert greetings.line(SSH[:10]) == 0
    survives(row, [SSH])


def test_ftp_by_what_clients_ask_where_a_greeting_does_not_name_it() -> None:
    ftp = DISSECTORS["ftp"]
    assert not ftp.looks_like(b"220 Ready\r\n")
    for line in (b"FEAT\r\n", b"AUTH TLS\r\n", b"PASV\r\n"):
        assert ftp.looks_like(line)
        assert ftp.sender(line) == "client"
        assert said(ftp, line, Way("tcp", sender="client")) == set()
    assert ftp.sender(FTP) == "server"
    assert not ftp.looks_like(b"USER anonymous\r\n"), "POP3 has it too"


def test_an_answer_of_a_data_base_is_no_mailbox() -> None:
    assert not DISSECTORS["pop3"].looks_like(b"+OK\r\n")
