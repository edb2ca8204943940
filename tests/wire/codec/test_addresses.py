from ipaddress import ip_address

import pytest

from hygie.wire.codec.addresses import card_of_eui64, ip_text, is_card, is_host, is_private, mac_text


@pytest.mark.parametrize(
    ("text", "private", "host"),
    [
        ("10.1.2.3", True, True),
        ("172.31.0.1", True, True),
        ("172.32.0.1", False, True),
        ("192.168.0.1", True, True),
        ("192.9.200.7", True, True),
        ("192.9.201.7", False, True),
        ("169.254.1.1", True, True),
        ("8.8.8.8", False, True),
        ("224.0.0.251", False, False),
        ("255.255.255.255", False, False),
        ("0.0.0.0", False, False),
        ("127.0.0.1", False, False),
        ("fd00::1", True, True),
        ("fe80::1", True, True),
        ("2001:db8::1", False, True),
        ("ff02::1", False, False),
        ("::1", False, False),
        ("::", False, False),
    ],
)
def test_what_addresses_are(text: str, private: bool, host: bool) -> None:
    raw = ip_address(text).packed
    assert (ip_text(raw), is_private(raw), is_host(raw)) == (text, private, host)


def test_cards() -> None:
    assert mac_text(bytes.fromhex("0200000000aa")) == "02:00:00:00:00:aa"
    assert is_card(bytes.fromhex("0200000000aa"))
    assert not is_card(bytes.fromhex("01005e0000fb"))
    assert not is_card(bytes(6))
    assert not is_card(b"")
    for odd in (lambda: mac_text(b"12"), lambda: ip_text(b"12345")):
        with pytest.raises(ValueError):
            odd()


def test_the_card_of_an_eui64() -> None:
    assert card_of_eui64(bytes.fromhex("080019fffe3ed02d")) == "08:00:19:3e:d0:2d"
    assert card_of_eui64(bytes.fromhex("00a037009a0053de")) == ""
    assert card_of_eui64(bytes.fromhex("0000000000000000")) == ""
    assert card_of_eui64(b"1234") == ""
