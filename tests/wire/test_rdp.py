"""Bytes made by xrdp 0.9 (TLS 1.2, a certificate as Windows makes one for itself) and FreeRDP 2.11."""

import pytest

from hygie.wire import DISSECTORS, Way, rdp
from wire.hostile import said, survives

REQUEST = bytes.fromhex("0300002e29e00000000000436f6f6b69653a206d737473686173683d6d2e647572616e640d0a0100080001000000")
CONFIRM = bytes.fromhex("030000130ed000001234000201080001000000")
HELLO = bytes.fromhex(
    "16030300410200003d030391adbb4339f11fea92c20901b9d6703b3a2195cd9922c9025030486ecb8aa49c00c030000015ff"
    "01000100000b0004030001020023000000170000"
)
CERTIFICATE = bytes.fromhex(
    "16030303330b00032f00032c000329308203253082020da00302010202141b0cdc6b86c202c8568d4ad2ba75c1b79841fe88"
    "300d06092a864886f70d01010b050030223120301e06035504030c17434f4e534f4c452d49524d2e6368752e6578616d706c"
    "65301e170d3236313132333233303032325a170d3236313232333233303032325a30223120301e06035504030c17434f4e53"
    "4f4c452d49524d2e6368752e6578616d706c6530820122300d06092a864886f70d01010105000382010f003082010a028201"
    "0100f5ddadf5f451cc7e474d1a318809088801a8dd85eaea2ceeaead0af70ebbcc02e3c033566af7c898f182fa3c5b8a75fa"
    "f181e37f943f50bf59fcf12686d380aabcea92c10129818d73a28e887761ddc46fb68d5a16dd30268ad17238a57d8687a81f"
    "c596b69414d23860c4398a2efe9910a129b2819ef57c3fbfb7304d5d5b97d2fe816d1be81dd40224c6297b234367db9bfc02"
    "90c7df322cc2a9b5f45554c35eedc5a5e84448772cfeafa4c88e69986b4784c5ea3eb2b6c6f9d2479d45609bb4e73c2d3436"
    "1160eefb271d536ce107694a406affb615dd7ea729c22407609d314c6e3486ea0b3f0ccdc9fe65bbbba45d0c17f987755242"
    "0049538c9733cd950203010001a3533051301d0603551d0e04160414d54445371d5d6c128a508355dd2f4004bb53dd2e301f"
    "0603551d23041830168014d54445371d5d6c128a508355dd2f4004bb53dd2e300f0603551d130101ff040530030101ff300d"
    "06092a864886f70d01010b0500038201010068080a58cae43cecb6a2edbc0d9199312c65a36fd3e371e502ba672f633a7ecc"
    "9f9318ca5bfaf9976a79e66eb7c01ddf6c8963feff19386ebe0496a69cc6c2e8ca2146c083418d6ae3e036268eb8cf8a05bd"
    "06e04e09c60d4398b5046072da9c65aa6a42d04b71386c9e3d8ec18757c4c119c93a60c5560c16daa4a2a6c8b69db3f37d0d"
    "8b7b593b9ff22393e3aeacbb616842c581cd605ed54c1a886ab40c029a263c3adff1561b82d6e93ffd8a9ad428fe6429d363"
    "9ae3876998b39184dcfea900271bdd4555d06df56e6485fd0609b776c3a3c9642cca4c68416d5ae2feac5ed904ba9d8e7ad8"
    "c8761425cc57dc70c6527b514fc480ab762908ba1a42780b"
)
PLAIN = bytes.fromhex("0300000b06e00000000000")
S7 = bytes.fromhex("0300001611e00000002e00c1020100c2020102c00109")
SERVER = Way("tcp", sender="server")


def test_the_machine_is_named_by_its_certificate() -> None:
    assert said(rdp.DISSECTOR, CERTIFICATE, SERVER) == {
        ("sender", "tls_certificate_subject", "CN=CONSOLE-IRM.chu.example"),
        ("sender", "host_name", "CONSOLE-IRM.chu.example"),
    }
    assert said(rdp.DISSECTOR, HELLO, SERVER) == {("sender", "tls_version", "TLS 1.2")}
    assert said(rdp.DISSECTOR, CERTIFICATE, Way("tcp", sender="client")) == set()


def test_the_user_is_never_said() -> None:
    assert b"mstshash=m.durand" in REQUEST
    assert said(rdp.DISSECTOR, REQUEST) == said(rdp.DISSECTOR, CONFIRM) == said(rdp.DISSECTOR, PLAIN) == set()


def test_told_from_others_on_the_same_frame() -> None:
    assert [rdp.looks_like(unit) for unit in (REQUEST, CONFIRM, PLAIN, S7, HELLO)] == [True, True, True, False, False]
    for unit in (REQUEST, CONFIRM):
        assert [name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit)] == ["rdp"]


def test_units() -> None:
    assert [rdp.sender(unit) for unit in (REQUEST, CONFIRM, HELLO)] == ["client", "server", "server"]
    assert rdp.length(REQUEST + HELLO) == len(REQUEST)
    assert rdp.length(HELLO + CERTIFICATE) == len(HELLO)
    assert rdp.length(REQUEST[:3]) == 0
    for odd in (b"\3\1\0\x0b", b"GET / HTTP/1.1"):
        with pytest.raises(ValueError, match="no"):
            rdp.length(odd)


def test_hostile() -> None:
    survives(rdp.DISSECTOR, [REQUEST, CONFIRM, PLAIN])
    for size in range(len(CERTIFICATE)):
        try:
            list(rdp.dissect(CERTIFICATE[:size], SERVER))
        except (ValueError, IndexError):
            continue
