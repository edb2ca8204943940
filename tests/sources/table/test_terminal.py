import pytest

from hygie.sources.table import kind_of
from spreadsheets import endures, refused, rows, said, source

CISCO = """SW-REA#terminal length 0
SW-REA#sh mac address-table
          Mac Address Table
Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
 120    0050.56a1.2011    DYNAMIC     Gi1/0/1
 120    0050.56a1.2012    DYNAMIC     Gi1/0/2
Total Mac Addresses for this criterion: 3
SW-REA#sh ip arp vlan 120
Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.1.1.1               12   0050.56a1.2011  ARPA   Vlan120
Internet  10.1.1.9                0   Incomplete      ARPA
SW-REA#
"""
JUNIPER = """admin@ex-labo> show ethernet-switching table
   Vlan                MAC                 MAC      Age    Logical                NH        RTR
   name                address             flags           interface              Index     ID
   labo                00:50:56:a1:20:11   D             -   ge-0/0/7.0             0         0

admin@ex-labo> show arp no-resolve
MAC Address       Address         Interface         Flags
00:50:56:a1:20:11 10.1.1.1        irb.130 [ge-0/0/7.0]           none
Total entries: 1
"""
ARUBA = """SW-6300# show mac-address-table
MAC Address          VLAN     Type                      Port
--------------------------------------------------------------
00:50:56:a1:20:11    220      dynamic                   1/1/9
SW-6300# show arp
IPv4 Address     MAC                Port         Physical Port   State
10.1.1.1         00:50:56:a1:20:11  vlan220      1/1/9           reachable
"""
PROCURVE = """HP-2530# show mac-address
  MAC Address   Port  VLAN
  ------------- ----- ----
  005056-a12011 5     120
HP-2530# show arp
  IP Address       MAC Address       Type    Port
  ---------------  ----------------- ------- ----
  10.1.1.1         005056-a12011     dynamic 5
"""
COMWARE = """<HPE>display mac-address
MAC Address      VLAN ID    State            Port/Nickname            Aging
0050-56a1-2011   120        Learned          GE1/0/3                  Y
<HPE>display arp
IP address      MAC address    VLAN/VSI   Interface/Link ID        Aging Type
10.1.1.1        0050-56a1-2011 120        GE1/0/3                  12    D
"""
HUAWEI = """<S5735>display mac-address
MAC Address    VLAN/VSI/BD                       Learned-From        Type
0050-56a1-2011 120/-/-                           GE0/0/3             dynamic
<S5735>display arp
IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN PVC
10.1.1.1        0050-56a1-2011  12        D-0         GE0/0/3
                                            120/-
"""
EXTREME = """* SW-EXT.3 # show fdb
MAC                                       VLAN Name( Tag)  Age  Flags          Port / Virtual Port List
00:50:56:a1:20:11                              biomed(0120) 0020 d m            1:3
* SW-EXT.4 # show iparp
VR            Destination      Mac                Age  Static  VLAN          VID   Port
VR-Default    10.1.1.1         00:50:56:a1:20:11    2      NO  biomed        120   1:3
"""
MIKROTIK = """[admin@MKT] > /interface bridge host print
Flags: X - disabled, I - invalid, D - dynamic, L - local, E - external
 #       MAC-ADDRESS        VID ON-INTERFACE                     BRIDGE
 0   D   00:50:56:A1:20:11  120 ether3                           bridge1
[admin@MKT] > /ip arp print
Flags: X - disabled, I - invalid, H - DHCP, D - dynamic, P - published, C - complete
 #    ADDRESS         MAC-ADDRESS       INTERFACE
 0 DC 10.1.1.1        00:50:56:A1:20:11 vlan120
"""
SESSIONS = {
    "cisco": (CISCO, "sw-rea"),
    "juniper": (JUNIPER, "ex-labo"),
    "aruba": (ARUBA, "sw-6300"),
    "procurve": (PROCURVE, "hp-2530"),
    "comware": (COMWARE, "hpe"),
    "huawei": (HUAWEI, "s5735"),
    "extreme": (EXTREME, "sw-ext"),
    "mikrotik": (MIKROTIK, "mkt"),
}


@pytest.mark.parametrize("name", SESSIONS)
def test_each_answer_of_a_session_is_read_as_what_it_is(name: str) -> None:
    text, switch = SESSIONS[name]
    found = rows(text, "terminal")
    told = said(found)["device:mac=00:50:56:a1:20:11"]
    assert (told["ip"], told["switch"]) == ("10.1.1.1", switch)
    assert told["switch_port"]
    assert refused(found) == []


def test_the_line_of_each_statement_is_told() -> None:
    places = {(row.trait.value, row.place) for row in rows(CISCO, "terminal") if row.subject.endswith("20:11")}
    assert {("switch_port", "line 7"), ("ip", "line 12")} <= places


@pytest.mark.parametrize("name", ["cisco", "aruba", "extreme"])
def test_two_tables_without_a_prompt_are_told_apart_by_their_lines(name: str) -> None:
    bare = "\n".join(line for line in SESSIONS[name][0].split("\n") if "#" not in line)
    told = said(rows(bare, "terminal"))["device:mac=00:50:56:a1:20:11"]
    assert told["ip"] == "10.1.1.1"
    assert told["switch_port"]
    assert "switch" not in told


def test_a_second_table_far_below_is_read_too() -> None:
    many = "".join(f" 120    0050.56a1.{n:04x}    DYNAMIC     Gi1/0/{n % 40}\n" for n in range(600))
    head, tail = CISCO.split("SW-REA#sh ip arp", 1)
    found = rows(head.replace("Total", many + "Total") + "SW-REA#sh ip arp" + tail, "mac_table")
    assert said(found)["device:mac=00:50:56:a1:20:11"]["ip"] == "10.1.1.1"
    assert refused(found) == []


def test_answers_to_other_commands_are_told_once_and_not_read() -> None:
    other = """SW-REA#show interfaces Gi1/0/1
GigabitEthernet1/0/1 is up
  Hardware is Gigabit Ethernet, address is 0050.56a1.2099 (bia 0050.56a1.2099)
  Internet address is 10.9.9.9/24
SW-REA#show ip arp inspection log
10.9.9.8 0050.56a1.2098 Gi1/0/9
"""
    found = rows(CISCO + other, "terminal")
    assert set(said(found)) == {"device:mac=00:50:56:a1:20:11", "device:mac=00:50:56:a1:20:12"}
    assert refused(found) == [("line 15", "refusal.commands")]


def test_bindings_that_a_switch_has_seen() -> None:
    text = """SW-REA#show version
Cisco IOS Software
SW-REA#show ip dhcp snooping binding
MacAddress          IpAddress        Lease(sec)  Type           VLAN  Interface
------------------  ---------------  ----------  -------------  ----  --------------------
00:50:56:A1:20:11   10.1.1.1         85000       dhcp-snooping   120   GigabitEthernet1/0/1
Total number of bindings: 1
"""
    told = said(rows(text, "terminal"))["device:mac=00:50:56:a1:20:11"]
    assert (told["ip"], told["vlan"]) == ("10.1.1.1", "120")


WLC = """(Cisco Controller) >show client summary

Number of Clients................................ 2

MAC Address       AP Name                        Slot Status        WLAN  Auth Protocol         Port Wired
----------------- ------------------------------ ---- ------------- ----- ---- ---------------- ---- -----
00:50:56:a1:20:11 AP-REA-1                        0   Associated     2    Yes   802.11n(2.4 GHz) 1    N/A
00:50:56:a1:20:12 AP-REA-1                        0   Probing        2    No    802.11n(2.4 GHz) 1    N/A
"""
C9800 = """WLC#show wireless client summary
MAC Address    AP Name                                        Type ID   State             Protocol Method     Role
-------------------------------------------------------------------------------------------------------------------
0050.56a1.2011 AP-REA-1                                       WLAN 1    Run               11ac     Dot1x      Local
"""
AOS = """(Aruba7030) #show user-table
Users
-----
    IP              MAC            Name     Role    Age(d:h:m)  Auth    VPN link  AP name  Roaming   Essid/Bssid/Phy
----------     ------------       ------    ----    ----------  ----    --------  -------  -------   ---------------
10.1.1.1       00:50:56:a1:20:11  j.martin  biomed  00:00:43    802.1x            AP-1     Wireless  00:0b:86:11:22:33/a
User Entries: 1/1
"""


@pytest.mark.parametrize("text", [WLC, C9800, AOS], ids=["aireos", "9800", "aos"])
def test_clients_of_wireless_controllers_without_their_users(text: str) -> None:
    found = rows(text, "terminal")
    assert set(said(found)) == {"device:mac=00:50:56:a1:20:11"}
    assert "j.martin" not in str(found)
    assert refused(found) == []


def test_the_address_of_a_wireless_client() -> None:
    assert said(rows(AOS, "terminal"))["device:mac=00:50:56:a1:20:11"]["ip"] == "10.1.1.1"


def test_one_table_alone_keeps_its_kind() -> None:
    assert kind_of(source(CISCO.split("SW-REA#sh ip arp", maxsplit=1)[0])) == "mac_table"
    assert kind_of(source("SW-REA#sh ip arp" + CISCO.split("SW-REA#sh ip arp")[1])) == "arp"


def test_passwords_of_a_session_stay_out() -> None:
    found = rows(
        CISCO + "SW-REA#show run\nenable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\nusername anne password zut1\n",
        "terminal",
    )
    assert "hx5rVt7rPNoS4wqbXKX7m0" not in str(found)
    assert "zut1" not in str(found)
    assert "anne" not in str(found)


def test_it_endures_damage() -> None:
    for text in (CISCO, AOS):
        endures("terminal", text.encode())
