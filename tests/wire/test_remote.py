"""Bytes made by OpenVPN 2.6 in all its forms, wireguard-go, pptp-linux 1.10, ike-scan 1.9.

TeamViewer's are put together after nDPI's description: the program itself is not to be had here.
"""

import pytest

from hygie.wire import DISSECTORS, Way, remote
from wire.hostile import said, survives

PLAIN = bytes.fromhex("380c4cec4e73c657320000000000")
SIGNED = bytes.fromhex("382f5354c063bc5f957a644f3ccd11e284ff39c4b53457c9f23abeafc1000000016b04c7800000000000")
LONGER = bytes.fromhex(
    "3831e243e515da70505dc9ee1fddb1498b6fd3d9883de718539ce23349960e5e533691cdcc9a18b2aa8204a6e2a1e18d6ffb"
    "c4d8a6872bf570dd4fa4ab16026172bb98879eb0f55f47000000016b04c7820000000000"
)
SEALED = bytes.fromhex(
    "3874c6b0a774209911000000016b04c784e33d1b8e00d1f4df3edd750b7292cf085317740ae6fae0c24559956ce0d1de1d8d46448eac"
)
SECOND = bytes.fromhex(
    "50228b8e84d7103a6d0f0000016b04c7868abf1b0f61fd9f013dd8ce5a675c45ca370fc6cedcd8b35b7e581593872a954bab"
    "0410419c2b5b0fd3e50a85f870475269b05236d4dc34262aecc6633238d7532f2063592c67bd12078f249dafeb03625651f8"
    "53ec2a375bde877c070302ece204218bafee487e75e158b89bee7ede269d74ba3e70e9bcf1047e8c4f040e0bdeb207da9d34"
    "e93a86fd40dd29063db7b34b2ef1533cda9c73f33fafba66b425c0f932a58d23e34f298095ab404d6dc3460a64ee1730fd2f"
    "8730cab7372ee89abe0cf37343ebd2849e3095458d8370fbc7638cdec7b1f3c7360cfd1d6dcad5b0923dbea31de7a83976b9"
    "998a18879531b57050f2b07e69b22681f52e5683218c43f559feef57250fef28dd63379eda3951a98ba97ab83f84b193673d"
    "e497a097e2425ff3ef508151bed99e2e374d2bf34e57d3475023f901d01ba8db91e6da1afb3e8ef6b91475c75aaaf474e337"
    "87012b"
)
OVER_TCP = bytes.fromhex("000e38992fe0b56f2d9c3d0000000000")
WIREGUARD = bytes.fromhex(
    "0100000052ec0ecc8520baf02ac8d6026ef7e6099443764e37496537caf6da95af02fe47eaf97771abff3a998f96c85ecd7f"
    "94246513d42c9e710b4b23b0a5781dd15cef211c679042617de4a55d666fd46b1c617256665ee1ec919a2294e52c6df6dd52"
    "06a10388db12c8bc76fdbbd47c58c2704a448ec0c967be0d96d88708fe4fe74600000000000000000000000000000000"
)
IKE2 = bytes.fromhex(
    "21e45727eff658a700000000000000002120220800000000000001282200006c000000680101000b0300000c0100000c800e"
    "01000300000c0100000c800e0080030000080100000303000008010000020300000802000002030000080200000103000008"
    "03000002030000080300000103000008040000020300000804000005000000080400000e2800008800020000b77f4c79e00b"
    "26e2306a93858a2c0008ac1c2fd5140da2903c41731d1c1aba1936630be0c276b99d0fea112f4d219dbd1b6f5d4e47d59e0c"
    "207806efce7aee37033892c2cd653df38b1e194b8144ca311b6f50fd348feb9bd0c66f4f64f98248a5d4a2e5ad383d36a321"
    "8c7b08b1eb57e18dac9fde8f22abaea68286f9e302ef00000018703091d6340a4d6de8110b3f98f7964429df057b"
)
IKE1 = bytes.fromhex(
    "0000000031aab596068d822b0000000000000000011002000000000000000150000001340000000100000001000001280101"
    "0008030000240101000080010005800200028003000180040002800b0001000c000400007080030000240201000080010005"
    "800200018003000180040002800b0001000c000400007080030000240301000080010001800200028003000180040002800b"
    "0001000c000400007080030000240401000080010001800200018003000180040002800b0001000c00040000708003000024"
    "0501000080010005800200028003000180040001800b0001000c000400007080030000240601000080010005800200018003"
    "000180040001800b0001000c000400007080030000240701000080010001800200028003000180040001800b0001000c0004"
    "00007080000000240801000080010001800200018003000180040001800b0001000c000400007080"
)
PPTP = bytes.fromhex("009c00011a2b3c4d00010000010000000000000300000003ffff00016c6f63616c").ljust(
    92, b"\0"
) + b"cananian".ljust(64, b"\0")
TEAMVIEWER = bytes.fromhex("17240a200088130000")
OVER_UDP = bytes(11) + bytes.fromhex("1724a2010000")
OPENVPN = (PLAIN, SIGNED, LONGER, SEALED, SECOND)
CLIENT, SERVER = Way("udp", sender="client"), Way("udp", sender="server")
SAMPLES = {
    "openvpn": (*OPENVPN, OVER_TCP),
    "wireguard": (WIREGUARD,),
    "ike": (IKE2, IKE1),
    "pptp": (PPTP,),
    "teamviewer": (TEAMVIEWER, OVER_UDP),
}
NAMES = {"openvpn": "OpenVPN", "wireguard": "WireGuard", "ike": "IPsec", "pptp": "PPTP", "teamviewer": "TeamViewer"}


@pytest.mark.parametrize("service", SAMPLES)
def test_who_opens_it_is_said(service: str) -> None:
    row = DISSECTORS[service]
    for unit in SAMPLES[service]:
        assert said(row, unit, CLIENT) == {("sender", "remote_maintenance", NAMES[service])}
        assert said(row, unit, SERVER) == said(row, unit) == set()
        if not row.only_ports:
            assert row.sender(unit) == "client"
            found = [n for n, r in DISSECTORS.items() if r.carriers & row.carriers and r.looks_like(unit)]
            assert found[0] == service


def test_a_tunnel_is_less_sure_than_a_session() -> None:
    assert [one.confidence for one in DISSECTORS["ike"].dissect(IKE1, CLIENT)] == [remote.TUNNEL]
    assert [one.confidence for one in DISSECTORS["teamviewer"].dissect(TEAMVIEWER, CLIENT)] == [remote.SESSION]


def test_answers() -> None:
    answer = IKE2[:8] + b"answers." + IKE2[16:]
    assert remote.is_ike(answer)
    assert (remote.ike_sender(answer), said(DISSECTORS["ike"], answer, CLIENT)) == ("", set())
    reset = b"\x40" + bytes(range(1, 9)) + b"\1\0\0\0\0" + PLAIN[1:9] + bytes(4)
    assert (remote.openvpn_sender(reset), remote.openvpn_sender(b"\x40" + bytes(25))) == ("server", "")
    back = b"\2\0\0\0" + WIREGUARD[4:76] + bytes(16)
    assert remote.wireguard_sender(back) == "server"


def test_both_sides_of_pptp() -> None:
    assert [remote.pptp_sender(unit) for unit in (PPTP, PPTP[:9] + b"\2" + PPTP[10:], PPTP[:9])] == [
        "client",
        "server",
        "",
    ]


def test_what_only_resembles() -> None:
    assert not remote.is_wireguard(WIREGUARD[:-1] + b"x")
    assert not remote.is_ike(IKE2 + b"x")
    assert not remote.is_openvpn(PLAIN + b"x")
    assert not remote.is_openvpn(b"8" * 54)
    assert not remote.is_teamviewer(b"GET / HTTP/1.1")
    with pytest.raises(ValueError, match="no reset"):
        remote.openvpn_length(b"GET / HTTP/1.1\r\n")
    assert (remote.openvpn_length(OVER_TCP), remote.openvpn_length(OVER_TCP[:9])) == (len(OVER_TCP), 0)


def test_hostile() -> None:
    for service, units in SAMPLES.items():
        survives(DISSECTORS[service], units, [CLIENT])
