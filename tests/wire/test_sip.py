"""The registration was made by baresip 1.0, the call by SIPp 3.6. The telephones' words are their makers' defaults."""

import pytest

from hygie.wire import Way, sip
from wire.hostile import said, survives

REGISTER = (
    b"REGISTER sip:127.0.0.1:45081 SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 127.0.0.1:45080;branch=z9hG4bK1b209d3043a237f6;rport\r\n"
    b"Contact: <sip:durand-0x55b3f3a78160@127.0.0.1:45080>;expires=30\r\n"
    b"Max-Forwards: 70\r\n"
    b"To: <sip:durand@127.0.0.1:45081>\r\n"
    b"From: <sip:durand@127.0.0.1:45081>;tag=4ed743091756e563\r\n"
    b"Call-ID: 77ec0925ddcfd010\r\n"
    b"CSeq: 42215 REGISTER\r\n"
    b"User-Agent: baresip v1.0.0 (x86_64/linux)\r\n"
    b"Allow: INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER\r\n"
    b"Content-Length: 0\r\n"
    b"\r\n"
)
INVITE = (
    b"INVITE sip:service@127.0.0.1:45070 SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 127.0.0.1:45060;branch=z9hG4bK-31508-1-0\r\n"
    b"From: sipp <sip:sipp@127.0.0.1:45060>;tag=31508SIPpTag001\r\n"
    b"To: service <sip:service@127.0.0.1:45070>\r\n"
    b"Call-ID: 1-31508@127.0.0.1\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Contact: sip:sipp@127.0.0.1:45060\r\n"
    b"Max-Forwards: 70\r\n"
    b"Subject: Performance Test\r\n"
    b"Content-Type: application/sdp\r\n"
    b"Content-Length:   129\r\n"
    b"\r\n"
    b"v=0\r\n"
    b"o=user1 53655765 2353687637 IN IP4 127.0.0.1\r\n"
    b"s=-\r\n"
    b"c=IN IP4 127.0.0.1\r\n"
    b"t=0 0\r\n"
    b"m=audio 6004 RTP/AVP 0\r\n"
    b"a=rtpmap:0 PCMU/8000\r\n"
)
RINGING = (
    b"SIP/2.0 180 Ringing\r\n"
    b"Via: SIP/2.0/UDP 127.0.0.1:45060;branch=z9hG4bK-31508-1-0\r\n"
    b"From: sipp <sip:sipp@127.0.0.1:45060>;tag=31508SIPpTag001\r\n"
    b"To: service <sip:service@127.0.0.1:45070>;tag=31506SIPpTag011\r\n"
    b"Call-ID: 1-31508@127.0.0.1\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Contact: <sip:127.0.0.1:45070;transport=UDP>\r\n"
    b"Content-Length: 0\r\n"
    b"\r\n"
)
PROXIED = REGISTER.replace(b"Via: ", b"Via: SIP/2.0/UDP 10.9.0.4;branch=z9hG4bK1, ", 1)
AGENT = b"baresip v1.0.0 (x86_64/linux)"


def spoken(agent: bytes) -> set[tuple[str, str, str]]:
    return said(sip.DISSECTOR, REGISTER.replace(AGENT, agent))


def test_a_program_names_itself() -> None:
    assert said(sip.DISSECTOR, REGISTER) == {("sender", "http_user_agent", "baresip v1.0.0")}
    assert said(sip.DISSECTOR, INVITE) == said(sip.DISSECTOR, RINGING) == set()


@pytest.mark.parametrize(
    ("agent", "make", "product", "version"),
    [
        (b"Yealink SIP-T46S 66.84.0.15", "Yealink", "SIP-T46S", "66.84.0.15"),
        (b"PolycomVVX-VVX_411-UA/5.9.5.0614", "Polycom", "VVX_411", "5.9.5.0614"),
        (b"Cisco-CP8841/11.5.1", "Cisco", "CP8841", "11.5.1"),
    ],
)
def test_a_telephone_is_known(agent: bytes, make: str, product: str, version: str) -> None:
    found = spoken(agent)
    assert {("sender", "manufacturer", make), ("sender", "product", product)} < found
    assert {("sender", "firmware_version", version), ("sender", "clinical_kind", "ip_phone")} < found


def test_what_a_proxy_passes_on_is_not_its_own() -> None:
    assert said(sip.DISSECTOR, PROXIED) == set()
    short = PROXIED.replace(b"Via:", b"v:").replace(b"User-Agent: " + AGENT, b"User-Agent: Yealink T46S 66.84.0.15")
    assert said(sip.DISSECTOR, short) == set()


def test_a_telephone_system_names_itself_in_answers() -> None:
    answer = RINGING.replace(b"Contact:", b"Server: Asterisk PBX 20.5.0\r\nContact:")
    assert said(sip.DISSECTOR, answer) == {("sender", "server_software", "Asterisk PBX 20.5.0")}
    assert [one.confidence for one in sip.dissect(answer, Way("udp"))] == [0.7]


def test_the_card_in_an_instance() -> None:
    contact = b'Contact: <sip:1234@10.9.0.7>;+sip.instance="<urn:uuid:00000000-0000-0000-0000-0004f2aabbcc>"'
    unit = REGISTER.replace(b"Max-Forwards: 70", contact).replace(b"Contact: <sip:durand-", b"X: <", 1)
    assert ("sender", "mac", "00:04:f2:aa:bb:cc") in said(sip.DISSECTOR, unit)
    other = unit.replace(b"00000000-0000-0000-0000-", b"12345678-0000-0000-0000-")
    assert "00:04" not in str(said(sip.DISSECTOR, other))


def test_nobody_is_named() -> None:
    for agent in (
        b"Linphone Desktop/4.2.5 (pc-durand) Debian",
        b"iPhone de Marie",
        b"durand@chu.example",
        b"Marie's iPad",
    ):
        found = str(spoken(agent)) + str(said(sip.DISSECTOR, INVITE))
        assert not any(word in found.lower() for word in ("durand", "marie", "service"))
    assert ("sender", "http_user_agent", "Linphone Desktop/4.2.5") in spoken(b"Linphone Desktop/4.2.5 (pc-durand)")


def test_units_and_ends() -> None:
    assert sip.DISSECTOR.sender(REGISTER) == "client"
    assert sip.DISSECTOR.sender(RINGING) == "server"
    assert sip.DISSECTOR.sender(b"x") == ""
    assert sip.DISSECTOR.length(INVITE) == len(INVITE)
    assert sip.DISSECTOR.length(INVITE + REGISTER) == len(INVITE)
    assert sip.DISSECTOR.length(INVITE[:40]) == sip.DISSECTOR.length(b"INV") == 0
    with pytest.raises(ValueError, match="no message"):
        sip.DISSECTOR.length(b"GET / HTTP/1.1\r\n\r\n")


def test_hostile() -> None:
    survives(sip.DISSECTOR, [REGISTER, INVITE, RINGING])
