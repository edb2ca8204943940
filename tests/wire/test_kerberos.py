"""Bytes made by Samba 4.17 as a domain controller, its `smbclient` (MIT Kerberos) and impacket's getTGT; the request
with an address is put together here: Windows gives its NetBIOS name so.
"""

import struct

import pytest

from hygie.wire import Way, kerberos
from wire.hostile import ber, said, survives

MACHINE = bytes.fromhex(
    "000000b46a81b13081aea103020105a20302010aa31530133011a10402020080a20904073005a0030101ffa4818a308187a0"
    "0703050050800000a1163014a003020101a10d300b1b09504f5354452d313224a20d1b0b4348552e4558414d504c45a32030"
    "1ea003020101a11730151b066b72627467741b0b4348552e4558414d504c45a511180f32303236313132343232343933325a"
    "a611180f32303236313132343232343933325aa70602040e32af3fa8053003020112"
)
PERSON = bytes.fromhex(
    "6a81b83081b5a103020105a20302010aa30e300c300aa10402020095a2020400a48198308195a00703050040810000a11530"
    "13a003020101a10c300a1b086d2e647572616e64a20d1b0b4348552e4558414d504c45a320301ea003020102a11730151b06"
    "6b72627467741b0b4348552e4558414d504c45a511180f32303237303532353133343935375aa611180f3230323730353235"
    "3133343935375aa70602040d27510ba8143012020112020111020114020113020110020117"
)
ERROR = bytes.fromhex(
    "7e82012f3082012ba003020105a10302011ea411180f32303236313132333232343935375aa50502030e44e9a603020119a7"
    "0d1b0b4348552e4558414d504c45a8153013a003020101a10c300a1b086d2e647572616e64a90d1b0b4348552e4558414d50"
    "4c45aa20301ea003020102a11730151b066b72627467741b0b4348552e4558414d504c45ab2b1b294e65656420746f207573"
    "652050412d454e432d54494d455354414d502f50412d504b2d41532d524551ac7c047a30783009a103020110a20204003009"
    "a10302010fa2020400300aa10402020093a20204003009a103020102a2020400300aa10402020088a2020400300aa1040202"
    "028fa20204003031a103020113a22a042830263024a003020112a1151b134348552e4558414d504c456d2e647572616e64a2"
    "06040400001000"
)
"""Of the answers, what stands before the sealed parts: as a capture of short packets has them."""
AS_REP = bytes.fromhex(
    "0000063a6b82063630820632a003020105a10302010ba23530333031a103020113a22a042830263024a003020112a1151b13"
    "4348552e4558414d504c456d2e647572616e64a206040400001000a30d1b0b4348552e4558414d504c45a4153013a0030201"
    "01a10c300a1b086d2e647572616e64a582046d6182046930820465a003020105a10d1b0b4348552e4558414d504c45a22030"
    "1ea003020102a11730151b066b72627467741b0b4348552e4558414d504c45a382042b30820427a003020112a103020101a2"
    "82041904820415a2506b"
)
TGS_REP = bytes.fromhex(
    "000006c26d8206be308206baa003020105a10302010da281dd3081da3081d7a10402020088a281ce0481cba081c83081c5a0"
    "81c23081bfa003020112a281b70481b48a1b727a6ae17f5021293c512a71c4e930fe07c3014aad25db2bac959646c3bda164"
    "eef431978aa6707e517404dc39e95eaa80e008197a3f6e61cb076311376757d940506bc9cf8693b14f217153d1071b39e662"
    "58bb2572ee29862fa364b0114c514a597dd5d5a11b9bb8fe09e2ffed6fe20ce348ef7f6d1116315e54d38d4679b17884e61d"
    "851227decfef95701d037f5bb1aeb2b66099c11e1d1cd309146bbcd814250485283178c6e88cd2e20fa854b9fb2ea3151b13"
    "57454c4c4b4e4f574e3a414e4f4e594d4f5553a421301fa00302010ba11830161b0957454c4c4b4e4f574e1b09414e4f4e59"
    "4d4f5553a582047d6182047930820475a003020105a10d1b0b4348552e4558414d504c45a2253023a003020101a11c301a1b"
    "04636966731b127372762d61642e6368752e6578616d706c65a382043630820432a003020112a103020101a2820424048204"
    "2066c40353cb4ae376af"
)

CONTROLLER = {("sender", "role", "domain controller"), ("sender", "workgroup", "CHU.EXAMPLE")}


def with_address(kind: int, name: bytes) -> bytes:
    def text(words: bytes) -> bytes:
        return ber(0x1B, words)

    cname = ber(0x30, ber(0xA0, ber(2, b"\1")), ber(0xA1, ber(0x30, text(b"m.durand"))))
    address = ber(0x30, ber(0xA0, ber(2, bytes((kind,)))), ber(0xA1, ber(4, name)))
    body = ber(0xA1, cname) + ber(0xA2, text(b"CHU.EXAMPLE")) + ber(0xA9, ber(0x30, address))
    parts = ber(0xA1, ber(2, b"\5")) + ber(0xA2, ber(2, b"\x0a")) + ber(0xA4, ber(0x30, body))
    return ber(0x6A, ber(0x30, parts))


ADDRESSED = with_address(20, b"POSTE-12       ")


def test_who_gives_tickets() -> None:
    for unit in (ERROR, AS_REP, TGS_REP):
        assert said(kerberos.DISSECTOR, unit, Way("tcp", sender="server")) == CONTROLLER


def test_machines_are_named_and_users_never() -> None:
    assert said(kerberos.DISSECTOR, MACHINE) == {("sender", "netbios_name", "POSTE-12")}
    assert said(kerberos.DISSECTOR, ADDRESSED) == {("sender", "netbios_name", "POSTE-12")}
    assert said(kerberos.DISSECTOR, with_address(2, b"\x0a\0\0\1")) == set()
    for unit in (PERSON, ERROR, AS_REP):
        assert b"m.durand" in unit
    assert said(kerberos.DISSECTOR, PERSON) == set()


def test_where_a_workstation_goes_is_not_said() -> None:
    assert b"srv-ad.chu.example" in TGS_REP
    assert "srv-ad" not in str(said(kerberos.DISSECTOR, TGS_REP))


def test_units() -> None:
    assert [kerberos.sender(u) for u in (MACHINE, PERSON, ERROR, AS_REP)] == ["client", "client", "server", "server"]
    assert kerberos.length(MACHINE + ERROR) == len(MACHINE)
    assert kerberos.length(AS_REP) == 4 + struct.unpack(">I", AS_REP[:4])[0]
    assert kerberos.length(MACHINE[:20]) == 0
    with pytest.raises(ValueError, match="no message"):
        kerberos.length(bytes(40))


def test_hostile() -> None:
    survives(kerberos.DISSECTOR, [MACHINE, PERSON, ERROR, AS_REP, TGS_REP, ADDRESSED])
