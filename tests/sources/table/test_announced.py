import pytest

from hygie.model.seams import Given
from hygie.sources.table import announced
from hygie.sources.table.rows import Doubts
from spreadsheets import endures, refused, rows, said, source

IOS = """SW-REA#show lldp neighbors detail
------------------------------------------------
Local Intf: Gi1/0/5
Chassis id: 0050.56a1.2011
Port id: 0050.56a1.2011
Port Description: eth0
System Name: MON-12

System Description:
Linux 5.10.0 armv7l at 10.9.9.9

Time remaining: 99 seconds
Management Addresses:
    IP: 10.1.1.1
    OID:
        1.3.6.1.4.1.9.
Vlan ID: - not advertised

------------------------------------------------
Local Intf: Gi1/0/6
Chassis id: 0050.56a1.2012
Port id: 1
System Name - not advertised
Management Addresses - not advertised
"""
NXOS = """N9K# show lldp neighbors detail
Device ID            Local Intf      Hold-time  Capability  Port ID

Chassis id: 0050.56a1.2011
Port id: eth0
Local Port id: Eth1/52
System Name: MON-12
System Description: Linux 5.10
Management Address: 10.1.1.1
Vlan ID: not advertised

Chassis id: 0050.56a1.2012
Port id: eth1
Local Port id: Eth1/53
System Name: not advertised
Management Address: not advertised
"""
CDP = """SW-REA#sh cdp nei det
-------------------------
Device ID: MON-12.ch.example(FOC1234X0AB)
Entry address(es):
  IP address: 10.1.1.1
Platform: vendor X,  Capabilities: Host
Interface: GigabitEthernet1/0/5,  Port ID (outgoing port): eth0
Holdtime : 154 sec

Version :
Software 1.2, Copyright (c) 1986-2015

Management address(es):
  IP address: 10.1.1.1
-------------------------
Device ID: MON-13
Entry address(es):
  IP address: 10.1.1.2
Interface: GigabitEthernet1/0/6,  Port ID (outgoing port): eth0
"""
ARUBA = """SW-6300# show lldp neighbor-info detail
Total Neighbor Entries          : 2
--------------------------------------------------------------------------------
Port                           : 1/1/5
Neighbor Entries               : 1
Neighbor Chassis-Name          : MON-12
Neighbor Chassis-ID            : 00:50:56:a1:20:11
Neighbor Management-Address    : 10.1.1.1
Neighbor Port-ID               : 00:50:56:a1:20:1f
--------------------------------------------------------------------------------
Port                           : 1/1/6
Neighbor System-Name           : PHONE-7
Neighbor Chassis-ID            : 10.1.1.2
Neighbor Port-ID               : 00:50:56:a1:20:12
"""
PROCURVE = """HP-2530# show lldp info remote-device detail

 LLDP Remote Device Information Detail

  Local Port   : 5
  ChassisType  : mac-address
  ChassisId    : 005056-a12011
  PortId       : 00 50 56 a1 20 11
  SysName      : MON-12
  Remote Management Address
     Type    : ipv4
     Address : 10.1.1.1
------------------------------------------------------------------------------
  Local Port   : 6
  ChassisId    : 005056-a12012
  SysName      :
"""
COMWARE = """<HPE>display lldp neighbor-information verbose
LLDP neighbor-information of port 5[GigabitEthernet1/0/5]:
 LLDP neighbor index : 1
 Chassis ID          : 0050-56a1-2011
 Port ID             : eth0
 System name         : MON-12
 System description  : Linux
 Management address  : 10.1.1.1

LLDP neighbor-information of port 6[GigabitEthernet1/0/6]:
 Chassis ID          : 0050-56a1-2012
"""
HUAWEI = """<S5735>display lldp neighbor
GigabitEthernet0/0/5 has 2 neighbor(s):

Neighbor index :1
Chassis ID     :0050-56a1-2011
Port ID        :eth0
System name         :MON-12
Management address type  :ipv4
Management address value :10.1.1.1

Neighbor index :2
Chassis ID     :0050-56a1-2012
Port ID        :eth0
"""
EXOS = """* SW-EXT.3 # show lldp neighbors detailed
LLDP Port 1:5 detected 1 neighbor
  Neighbor: 00:50:56:A1:20:11/eth0, age 12 seconds
    - Chassis ID type: MAC address (4)
      Chassis ID     : 00:50:56:A1:20:11
    - System Name: "MON-12"
    - Management Address Subtype: IPv4 (1)
      Management Address: 10.1.1.1
LLDP Port 1:6 detected 1 neighbor
      Chassis ID     : 00:50:56:A1:20:12
"""
ROUTEROS = """[admin@MKT] > /ip neighbor print detail
 0 interface=ether5 address=10.1.1.1 mac-address=00:50:56:A1:20:11
   identity="MON-12" platform="X" version="1"

 1 interface=ether6 mac-address=00:50:56:A1:20:12
"""
NAMED = {
    "ios": (IOS, "sw-rea", "Gi1/0/5"),
    "nxos": (NXOS, "n9k", "Eth1/52"),
    "aruba": (ARUBA, "sw-6300", "1/1/5"),
    "procurve": (PROCURVE, "hp-2530", "5"),
    "comware": (COMWARE, "hpe", "GigabitEthernet1/0/5"),
    "huawei": (HUAWEI, "s5735", "GigabitEthernet0/0/5"),
    "exos": (EXOS, "sw-ext", "1:5"),
    "routeros": (ROUTEROS, "mkt", "ether5"),
}


@pytest.mark.parametrize("name", NAMED)
def test_details_of_many_makers(name: str) -> None:
    text, switch, port = NAMED[name]
    found = rows(text, "terminal")
    assert said(found)["device:mac=00:50:56:a1:20:11"] == {
        "mac": "00:50:56:a1:20:11",
        "host_name": "mon-12",
        "ip": "10.1.1.1",
        "switch": switch,
        "switch_port": port,
    }
    assert set(said(found)) == {"device:mac=00:50:56:a1:20:11", "device:mac=00:50:56:a1:20:12"}
    assert refused(found) == []


def test_cdp_names_what_gives_no_mac_address() -> None:
    found = rows(CDP, "terminal")
    assert said(found) == {
        "device:name=mon-12.ch.example": {
            "host_name": "mon-12.ch.example",
            "ip": "10.1.1.1",
            "switch": "sw-rea",
            "switch_port": "GigabitEthernet1/0/5",
        },
        "device:name=mon-13": {
            "host_name": "mon-13",
            "ip": "10.1.1.2",
            "switch": "sw-rea",
            "switch_port": "GigabitEthernet1/0/6",
        },
    }


def test_an_end_device_that_gives_its_address_as_its_port() -> None:
    told = said(rows(ARUBA, "terminal"))["device:mac=00:50:56:a1:20:12"]
    assert (told["ip"], told["host_name"], told["switch_port"]) == ("10.1.1.2", "phone-7", "1/1/6")


def test_a_port_holds_for_all_its_neighbours() -> None:
    assert said(rows(HUAWEI, "terminal"))["device:mac=00:50:56:a1:20:12"]["switch_port"] == "GigabitEthernet0/0/5"
    assert said(rows(NXOS, "terminal"))["device:mac=00:50:56:a1:20:12"]["switch_port"] == "Eth1/53"


IOS_TABLE = """SW-REA#show lldp neighbors
Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device

Device ID           Local Intf     Hold-time  Capability      Port ID
MON-12              Gi1/0/5        120        S               0050.56a1.2011
0050.56a1.2012      Gi1/0/6        120                        0050.56a1.2012
rtr-testbed-core-eas Gi1/0/7       120        R               Gi0/1
SW2                 Gi1/0/8        120        B               Gi0/13

Total entries displayed: 4
"""
CDP_TABLE = """SW-REA#show cdp neighbors
Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID
MON-12           Gig 1/0/5         154              H     X         eth0
a-very-long-name.ch.example
                 Gig 1/0/6         154              H     X         eth0
"""
ARUBA_TABLE = """SW# show lldp neighbor-info

LOCAL-PORT  CHASSIS-ID         PORT-ID          PORT-DESC               TTL      SYS-NAME
------------------------------------------------------------------------------------------
1/1/5       00:50:56:a1:20:11  1/1/28           1/1/28                  120      MON-12
mgmt        00:50:56:a1:20:12  Gi1/0/23         rtr-testbed-ag...       120      6648-6658
"""
PROCURVE_TABLE = """HP# show lldp info remote-device

  LocalPort | ChassisId          PortId             PortDescr SysName
  --------- + ------------------ ------------------ --------- ------------------
  5         | 005056-a12011      00 50 56 a1 20 11            MON-12
  6         | 005056-a12012      1                  1         11215p-swi006-g...
"""
JUNOS_TABLE = """admin@ex> show lldp neighbors
Local Interface    Parent Interface    Chassis Id          Port info          System Name
ge-0/0/5           -                   00:50:56:a1:20:11   ge-0/0/1           mon-12
ge-0/0/6           -                   00:50:56:a1:20:12   ge-0/0/0           vmx3
"""
COMWARE_TABLE = """<HPE>display lldp neighbor-information list
Chassis ID : * -- -- Nearest nontpmr bridge neighbor
             Default -- -- Nearest bridge neighbor
System Name          Local Interface Chassis ID      Port ID
MON-12               XGE1/0/5        0050-56a1-2011  Ten-GigabitEthernet1/0/30
SW-TEST-002          XGE1/0/17       0050-56a1-2012  Ten-GigabitEthernet1/0/29
"""


@pytest.mark.parametrize(
    ("text", "port"),
    [
        (IOS_TABLE, "Gi1/0/5"),
        (ARUBA_TABLE, "1/1/5"),
        (PROCURVE_TABLE, "5"),
        (JUNOS_TABLE, "ge-0/0/5"),
        (COMWARE_TABLE, "XGE1/0/5"),
    ],
    ids=["ios", "aruba", "procurve", "junos", "comware"],
)
def test_tables_of_many_makers(text: str, port: str) -> None:
    found = rows(text, "terminal")
    told = said(found)["device:mac=00:50:56:a1:20:11"]
    assert (told["host_name"], told["switch_port"]) == ("mon-12", port)
    assert "device:mac=00:50:56:a1:20:12" in said(found)


def test_a_name_that_may_be_cut_short_is_no_name() -> None:
    found = said(rows(IOS_TABLE, "terminal"))
    assert set(found) == {"device:mac=00:50:56:a1:20:11", "device:mac=00:50:56:a1:20:12", "device:name=sw2"}
    assert refused(rows(IOS_TABLE, "terminal")) == [("line 8", "refusal.row")]
    assert "host_name" not in said(rows(PROCURVE_TABLE, "terminal"))["device:mac=00:50:56:a1:20:12"]


def test_a_long_name_stands_on_a_line_of_its_own() -> None:
    found = said(rows(CDP_TABLE, "terminal"))
    assert found["device:name=mon-12"]["switch_port"] == "Gig1/0/5"
    assert found["device:name=a-very-long-name.ch.example"]["switch_port"] == "Gig1/0/6"


@pytest.mark.parametrize("text", [IOS, NXOS, HUAWEI, JUNOS_TABLE, PROCURVE_TABLE])
def test_a_list_without_a_prompt_is_read_by_its_shape(text: str) -> None:
    bare = text.split("\n", 1)[1]
    assert "device:mac=00:50:56:a1:20:11" in said(rows(bare, "terminal"))


def test_what_is_counted_is_what_names_a_neighbour() -> None:
    assert announced.count(IOS.split("\n")) == 3
    assert announced.count(JUNOS_TABLE.split("\n")) == 2
    assert announced.count(["Bonjour", "Port: 5"]) == 0


def test_a_neighbour_that_nothing_names_is_told() -> None:
    doubts = Doubts(source("x"), Given("local", "R1"))
    lines = ["Local Intf: Gi1/0/5", "Management Address: 10.1.1.1"]
    assert list(announced.read(lines, 7, "sw", Given("local", "R1"), doubts)) == []
    assert refused(list(doubts.refusals())) == [("line 7", "refusal.row")]


def test_long_lines_do_not_hold_it_up() -> None:
    text = JUNOS_TABLE + " " * 200_000 + "x\n" + "Chassis ID" + " " * 200_000 + "\n" + "a" * 200_000 + ":\n"
    assert len(said(rows(text, "terminal"))) == 2


def test_it_endures_damage() -> None:
    for text in (IOS, ROUTEROS, PROCURVE_TABLE):
        endures("terminal", text.encode())
