import struct

import pytest

from hygie.wire.codec import ntlm
from wire.test_smb import authenticate, challenge


def test_a_challenge() -> None:
    assert {(what, value) for what, value, _ in ntlm.facts(b"junk" + challenge())} == {
        ("computer", "SRV-PACS"),
        ("domain", "CHU"),
        ("dns_computer", "srv-pacs.chu.example"),
        ("build", "Windows 10.0.17763"),
    }


def test_an_answer_without_its_user() -> None:
    assert {(what, value) for what, value, _ in ntlm.facts(authenticate())} == {
        ("workstation", "POSTE-12"),
        ("build", "Windows 6.1.7601"),
    }


def test_the_version_that_every_mac_gives_tells_nothing() -> None:
    """Of a client; a server that says so is a Windows without service pack."""
    mac = authenticate().replace((7601).to_bytes(2, "little") + bytes(3), (7600).to_bytes(2, "little") + bytes(3))
    assert mac != authenticate()
    assert {what for what, *_ in ntlm.facts(mac)} == {"workstation"}


def test_nothing_and_broken() -> None:
    assert list(ntlm.facts(b"no such thing")) == []
    for size in range(8, len(challenge())):
        try:
            list(ntlm.facts(challenge()[:size]))
        except (ValueError, struct.error):
            continue
    with pytest.raises(ValueError, match="cut"):
        list(ntlm.facts(authenticate()[:80]))
