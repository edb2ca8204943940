from pathlib import Path

import pytest

from hygie.sources.table import kind_of
from spreadsheets import endures, refused, rows, said, source

CISCO = """sw-coeur#show ip arp
Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.1.1.254              -   0000.0c9f.f001  ARPA   Vlan20
Internet  10.1.1.9               12   Incomplete      ARPA
Internet  10.1.1.1               12   0050.56a1.2011  ARPA   Vlan20
"""
WINDOWS = """
Interface : 10.1.1.50 --- 0xb
  Adresse Internet      Adresse physique      Type
  10.1.1.1              00-50-56-a1-20-11     dynamique
  10.1.1.255            ff-ff-ff-ff-ff-ff     statique
"""
UNIX = """? (10.1.1.1) at 00:50:56:a1:20:11 [ether] on eth0
pacs.ch.example (10.1.1.2) at 0:50:56:a1:20:12 on en0 ifscope [ethernet]
? (10.1.1.3) at <incomplete> on eth0
"""
LINUX = """10.1.1.1 dev eth0 lladdr 00:50:56:a1:20:11 REACHABLE
fe80::1 dev eth0 lladdr 00:50:56:a1:20:12 router STALE
10.1.1.9 dev eth0 FAILED
"""

PALO_ALTO = """admin@PA> show arp all

maximum of entries supported :      3000
default timeout:                    1800 seconds
total ARP entries in table :        2
total ARP entries shown :           2
status: s - static, c - complete, e - expiring, i - incomplete

interface         ip address      hw address        port              status   ttl
--------------------------------------------------------------------------------
ethernet1/3.92    10.1.1.1        00:50:56:a1:20:11 ethernet1/3         c        1502
ethernet1/3.92    10.1.1.7        (incomplete)      ethernet1/3         i        1
"""
ASA = "fw# show arp\n\tinside 10.1.1.1 0050.56a1.2011 120\n\tinside 10.1.1.2 0050.56a1.2012 34\n"
VOSS = """VSP:1#show ip arp
IP_ADDRESS      MAC_ADDRESS       VLAN   PORT         TYPE    TTL(10 Sec) TUNNEL
--------------------------------------------------------------------------------
10.1.1.1        00:50:56:a1:20:11 92     1/3          DYNAMIC 2158
10.1.1.2        00:50:56:a1:20:12 92     1/4          DYNAMIC 2158
"""
PROC = """IP address       HW type     Flags       HW address            Mask     Device
10.1.1.1         0x1         0x2         00:50:56:a1:20:11     *        eth0
"""
OPENBSD = """Host                                 Ethernet Address    Netif Expire    Flags
10.1.1.1                             00:50:56:a1:20:11     em1 19m56s
"""


@pytest.mark.parametrize(
    "text",
    [CISCO, WINDOWS, UNIX, LINUX, PALO_ALTO, ASA, VOSS, PROC, OPENBSD],
    ids=["cisco", "windows", "unix", "linux", "palo alto", "asa", "voss", "proc", "openbsd"],
)
def test_tables_of_many_machines(text: str) -> None:
    found = rows(text, "arp")
    assert said(found)["device:mac=00:50:56:a1:20:11"]["ip"] == "10.1.1.1"
    assert refused(found) == []
    assert not any("ff:ff" in subject for subject in said(found))


def test_vlan_comes_from_the_interface() -> None:
    assert said(rows(CISCO, "arp"))["device:mac=00:50:56:a1:20:11"]["vlan"] == "20"
    assert said(rows(VOSS, "arp"))["device:mac=00:50:56:a1:20:11"]["vlan"] == "92"


def test_a_damaged_line_is_told() -> None:
    found = rows(CISCO.replace("0050.56a1.2011", "0050.56a1.20"), "arp")
    assert refused(found) == [("line 5", "refusal.row")]


def test_columns() -> None:
    text = "IP address;MAC address;Interface;Age\n10.1.1.1;0050.56a1.2011;Vlan20;3\n10.1.1.2;;Vlan20;3\n"
    found = rows(text, "arp")
    assert said(found)["device:mac=00:50:56:a1:20:11"]["vlan"] == "20"
    assert refused(found) == [("A3", "refusal.row")]


def test_prose_that_names_addresses_is_no_table() -> None:
    text = "Bonjour,\nle PACS 10.1.1.1 (00:50:56:a1:20:11) ne répond plus.\nMerci de voir 10.1.1.2 aussi.\nAnne\n"
    assert kind_of(source(text)) == ""


def test_it_endures_damage() -> None:
    for text in (CISCO, LINUX):
        endures("arp", text.encode())


def test_the_example(hospital: Path) -> None:
    text = (hospital / "arp.txt").read_text()
    found = rows(text, "arp")
    assert sum(row.trait == "ip" for row in found) == text.count("ARPA")
    assert refused(found) == []


HUAWEI = """<S6730-COEUR>display arp
IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN PVC
------------------------------------------------------------------------------
10.1.1.254      0250-56a1-20fe            I -         Vlanif330
10.1.1.1        0050-56a1-2011  12        D-0         GE0/0/3
                                            330/-
------------------------------------------------------------------------------
Total:2         Dynamic:1       Static:0     Interface:1
"""
COMWARE = """<HPE5130>display arp
  Type: S-Static   D-Dynamic   O-Openflow   R-Rule   M-Multiport  I-Invalid
IP address      MAC address    VLAN     Interface                Aging Type
10.1.1.1        0050-56a1-2011 330      GE1/0/3                  12    D
"""
MIKROTIK = """[admin@MKT] > /ip arp print
Flags: X - disabled, I - invalid, H - DHCP, D - dynamic, P - published, C - complete
 #    ADDRESS         MAC-ADDRESS       INTERFACE
 0 DC 10.1.1.1        00:50:56:A1:20:11 vlan330
"""
JUNOS = """{master:0}
admin@mx204> show arp no-resolve
MAC Address       Address         Interface                Flags
00:50:56:a1:20:11 10.1.1.1        irb.330                  none
"""


@pytest.mark.parametrize("text", [HUAWEI, COMWARE, MIKROTIK, JUNOS], ids=["huawei", "comware", "mikrotik", "junos"])
def test_prompts_that_look_like_other_formats(text: str) -> None:
    found = rows(text, "arp")
    told = said(found)["device:mac=00:50:56:a1:20:11"]
    assert (told["ip"], told["vlan"]) == ("10.1.1.1", "330")
    assert refused(found) == []
