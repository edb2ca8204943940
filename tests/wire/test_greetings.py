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


def test_ssh_states_its_software() -> None:
    row = DISSECTORS["ssh"]
    assert said(row, SSH, Way("tcp", sender="server")) == {("sender", "ssh_software", "OpenSSH_9.2p1")}
    assert greetings.line(SSH) == len(SSH)
    assert greetings.line(SSH[:10]) == 0
    survives(row, [SSH])
