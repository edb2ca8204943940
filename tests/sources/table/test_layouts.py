import pytest

from hygie.sources.table import layouts, neighbours
from spreadsheets import endures, refused, rows, said

IOS = """SW-REA#show mac address-table dynamic
          Mac Address Table
-------------------------------------------
Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 330    0250.56a1.2011    DYNAMIC     Gi1/0/3
 210    0250.56a1.2012    DYNAMIC     Po1
Total Mac Addresses for this criterion: 2
"""
IOS_6500 = """COEUR-6509#sh mac-address-table
Legend: * - primary entry
        age - seconds since last seen
        n/a - not available

  vlan   mac address     type    learn     age              ports
------+----------------+--------+-----+----------+--------------------------
*  330  0250.56a1.2011   dynamic  Yes          5   Gi1/3
*  210  0250.56a1.2012   dynamic  Yes        220   Te2/4
"""
SMALL_BUSINESS = """CBS350-LABO#show mac address-table
Flags: I - Internal usage VLAN
Aging time is 300 sec

    Vlan          Mac Address         Port       Type
------------ --------------------- ---------- ----------
     330       02:50:56:a1:20:11    gi1/0/5    dynamic
     210       02:50:56:a1:20:12      Po1      dynamic
"""
NXOS = """N9K-DC1# show mac address-table
Legend:
        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC
        age - seconds since last seen,+ - primary entry using vPC Peer-Link,
   VLAN     MAC Address      Type      age     Secure NTFY Ports
---------+-----------------+--------+---------+------+----+------------------
*  330     0250.56a1.2011   dynamic  0         F      F    Eth1/12
+  210     0250.56a1.2012   dynamic  0         F      F    vPC Peer-Link
G    -     0250.56a1.2013   static   -         F      F    sup-eth1(R)
"""
IOS_XR = """RP/0/RSP0/CPU0:ASR9K-COEUR#show l2vpn forwarding bridge-domain mac-address location 0/0/CPU0
Mon Mar  9 10:12:33.123 CET
To Resynchronize MAC table from the Network Processors, use the command...

Mac Address    Type    Learned from/Filtered on    LC learned Resync Age/Last Change Mapped to
-------------- ------- --------------------------- ---------- ---------------------- --------------
0250.56a1.2011 dynamic Te0/0/0/1.330               N/A        14 Mar 10:12:33        N/A
0250.56a1.2012 dynamic BE20.210                    N/A        14 Mar 10:12:31        N/A
"""
ARUBA_CX = """SW-CX-6300# show mac-address-table
MAC age-time            : 300 seconds
Number of MAC addresses : 2

MAC Address          VLAN     Type                      Port
--------------------------------------------------------------
02:50:56:a1:20:11    330      dynamic                   1/1/5
02:50:56:a1:20:12    210      port-access-security      lag10
"""
PROCURVE = """SW-REA-2930F# show mac-address

 Status and Counters - Port Address Table

  MAC Address   Port     VLAN
  ------------- -------- ----
  025056-a12011 12       330
  025056-a12012 2/A1     210
"""
EXOS = """* X460G2-BLOC.7 # show fdb
Mac                     Vlan       Age  Flags         Port / Virtual Port List
------------------------------------------------------------------------------
02:50:56:a1:20:11   biomed(0330)  0012 d m           1:5
02:50:56:a1:20:12      labo(0210) 0210 d m           24

Flags : d - Dynamic, s - Static, p - Permanent, n - NetLogin, m - MAC, i - IP,

Total: 2 Static: 0  Perm: 0  Dyn: 2  Dropped: 0
"""
JUNOS_ELS = """admin@ex3400-labo> show ethernet-switching table

MAC flags (S - static MAC, D - dynamic MAC, L - locally learned, P - Persistent static
           SE - statistics enabled, NM - non configured MAC, R - remote PE MAC, O - ovsdb MAC)

Ethernet switching table : 2 entries, 2 learned
Routing instance : default-switch
   Vlan                MAC                 MAC      Age    Logical                NH        RTR
   name                address             flags           interface              Index     ID
   vlan330             02:50:56:a1:20:11   D             -   ge-0/0/7.0             0         0
   v210-labo           02:50:56:a1:20:12   D             -   ae0.0                  0         0
"""
JUNOS_OLD = """{master:0}
admin@ex4200-rea> show ethernet-switching table
Ethernet-switching table: 4 entries, 2 learned
  VLAN              MAC address       Type         Age Interfaces
  vlan330           *                 Flood          - All-members
  vlan330           02:50:56:a1:20:11 Learn       2:03 ge-0/0/7.0
  labo              *                 Flood          - All-members
  labo              02:50:56:a1:20:12 Learn          0 xe-0/1/0.0
"""
HUAWEI = """<S5735-BLOC>display mac-address
-------------------------------------------------------------------------------
MAC Address    VLAN/VSI/BD                       Learned-From        Type
-------------------------------------------------------------------------------
0250-56a1-2011 330/-/-                           GE0/0/14            dynamic
0250-56a1-2012 210/-/-                           Eth-Trunk1          dynamic
-------------------------------------------------------------------------------
Total items displayed = 2
"""
HUAWEI_OLD = """[S5700-LABO]dis mac-address dynamic
MAC address table of slot 0:
-------------------------------------------------------------------------------
MAC Address    VLAN/       PEVLAN CEVLAN Port            Type      LSP/LSR-ID
               VSI/SI                                              MAC-Tunnel
-------------------------------------------------------------------------------
0250-56a1-2011 330         -      -      GE0/0/14        dynamic   0/-
0250-56a1-2012 210         -      -      XGE0/0/1        dynamic   0/-
-------------------------------------------------------------------------------
Total matching items on slot 0 displayed = 2
"""
HUAWEI_CE = """[~CE6857-DC]display mac-address
Flags: * - Backup
BD   : bridge-domain   Age : dynamic MAC learned time in seconds
-------------------------------------------------------------------------------
MAC Address    VLAN/VSI/BD   Learned-From        Type                Age
-------------------------------------------------------------------------------
0250-56a1-2011 330/-/-       10GE1/0/14          dynamic             120
0250-56a1-2012 210/-/-       100GE1/0/1          dynamic             3307
-------------------------------------------------------------------------------
Total items: 2
"""
COMWARE = """<HPE5130>display mac-address
MAC Address      VLAN ID    State            Port/Nickname            Aging
0250-56a1-2011   330        Learned          GE1/0/7                  Y
0250-56a1-2012   210        Learned          BAGG1                    Y
"""
COMWARE_5 = """<A5120>display mac-address
MAC ADDR        VLAN ID  STATE          PORT INDEX               AGING TIME(s)
0250-56a1-2011  330      Learned        GigabitEthernet1/0/7     AGING
0250-56a1-2012  210      Learned        Ten-GigabitEthernet1/0/49 AGING

  ---  2 mac address(es) found  ---
"""
FORTISWITCH = """S524DF-REA # diagnose switch mac-address list

MAC: 02:50:56:a1:20:11  VLAN: 330 Port: port5(port-id 5)
  Flags: 0x00010440 [ hit dynamic src-hit native ]

MAC: 02:50:56:a1:20:12  VLAN: 210 Port: FlInK1_MLAG0_(trunk-id 1)
  Flags: 0x00010460 [ hit dynamic src-hit native move ]
"""
OS10 = """OS10-BLOC# show mac address-table
VlanId  Mac Address         Type        Interface
330     02:50:56:a1:20:11   dynamic     ethernet1/1/5
210     02:50:56:a1:20:12   dynamic     port-channel10
"""
OS9 = """S4048#show mac-address-table
Codes: *N - VLT Peer Synced MAC
VlanId     Mac Address           Type          Interface        State
 330     02:50:56:a1:20:11      Dynamic         Te 1/5          Active
 210     02:50:56:a1:20:12      Dynamic         Po 10           Active
"""
OMNISWITCH_6 = """-> show mac-address-table
Legend: Mac Address: * = address not valid

   Domain    Vlan/SrvcId/ISId     Mac Address       Type        Protocol   Operation    Interface
------------+-------------------+-------------------+-----------+----------+------------+-----------
    VLAN       330               02:50:56:a1:20:11   learned       ---      bridging      1/5
    VLAN       210               02:50:56:a1:20:12   learned       ---      bridging      0/3
Total number of Valid MAC addresses above = 2
"""
OMNISWITCH_8 = """OS6860-> show mac-learning
Legend: Mac Address: * = address not valid,

        Mac Address: & = duplicate static address,

   Domain    Vlan/SrvcId[:ISId]      Mac Address           Type          Operation          Interface
------------+----------------------+-------------------+------------------+-------------+-------------------------
       VLAN                     330  02:50:56:a1:20:11      dynamic             bridging                    1/1/5
       VLAN                     210  02:50:56:a1:20:12      dynamic             bridging                      0/3
"""
EDGESWITCH = """(UBNT EdgeSwitch) #show mac-addr-table

Address Entries Currently in Use............... 2

 VLAN ID  MAC Address         Interface              IfIndex  Status
-------  ------------------  ---------------------  -------  ------------
330      02:50:56:A1:20:11   0/5                    5        Learned
210      02:50:56:A1:20:12   3/1                    54       Learned
"""
UNIFI = """USW-LABO# swctrl mac show
Port  VLAN  MAC Address        Age(sec)  Type
----  ----  -----------------  --------  -------
   5   330  02:50:56:a1:20:11        12  Dynamic
  24   210  02:50:56:a1:20:12       120  Dynamic
"""
MIKROTIK = """[admin@MKT-LABO] > /interface bridge host print
Flags: X - disabled, I - invalid, D - dynamic, L - local, E - external
 #       MAC-ADDRESS        VID ON-INTERFACE            BRIDGE
 0   D   02:50:56:A1:20:11  330 ether5                  bridge1
 1   D   02:50:56:A1:20:12  210 sfp-sfpplus1            bridge1
"""
RUCKUS = """ICX7150#show mac-address
Total active entries from all ports = 2
MAC-Address     Port           Type          VLAN
0250.56a1.2011  1/1/5          Dynamic        330
0250.56a1.2012  1/2/1          Dynamic        210
"""
ALLIED = """awplus#show mac address-table
VLAN Port           MAC            State
330  port1.0.5      0250.56a1.2011 forward   dynamic
210  po1            0250.56a1.2012 forward   dynamic
"""
DLINK = """DGS-1510#show mac-address-table
 VID  VLAN Name        MAC Address       Port Type    Status
 ---- ---------------- ----------------- ---- ------- -------
 330  BIOMED           02-50-56-A1-20-11 5    Dynamic Forward
 210  LABO             02-50-56-A1-20-12 24   Dynamic Forward
"""

ONE, OTHER = "device:mac=02:50:56:a1:20:11", "device:mac=02:50:56:a1:20:12"
EXPECTED = {
    IOS: ("330", "Gi1/0/3", "210", "Po1", "sw-rea"),
    IOS_6500: ("330", "Gi1/3", "210", "Te2/4", "coeur-6509"),
    SMALL_BUSINESS: ("330", "gi1/0/5", "210", "Po1", "cbs350-labo"),
    NXOS: ("330", "Eth1/12", "210", "vPCPeer-Link", "n9k-dc1"),
    IOS_XR: (None, "Te0/0/0/1.330", None, "BE20.210", "asr9k-coeur"),
    ARUBA_CX: ("330", "1/1/5", "210", "lag10", "sw-cx-6300"),
    PROCURVE: ("330", "12", "210", "2/A1", "sw-rea-2930f"),
    EXOS: ("330", "1:5", "210", "24", "x460g2-bloc"),
    JUNOS_ELS: ("330", "ge-0/0/7.0", None, "ae0.0", "ex3400-labo"),
    JUNOS_OLD: ("330", "ge-0/0/7.0", None, "xe-0/1/0.0", "ex4200-rea"),
    HUAWEI: ("330", "GE0/0/14", "210", "Eth-Trunk1", "s5735-bloc"),
    HUAWEI_OLD: ("330", "GE0/0/14", "210", "XGE0/0/1", "s5700-labo"),
    HUAWEI_CE: ("330", "10GE1/0/14", "210", "100GE1/0/1", "ce6857-dc"),
    COMWARE: ("330", "GE1/0/7", "210", "BAGG1", "hpe5130"),
    COMWARE_5: ("330", "GigabitEthernet1/0/7", "210", "Ten-GigabitEthernet1/0/49", "a5120"),
    FORTISWITCH: ("330", "port5", "210", "FlInK1_MLAG0_", "s524df-rea"),
    OS10: ("330", "ethernet1/1/5", "210", "port-channel10", "os10-bloc"),
    OS9: ("330", "Te1/5", "210", "Po10", "s4048"),
    OMNISWITCH_6: ("330", "1/5", "210", "0/3", None),
    OMNISWITCH_8: ("330", "1/1/5", "210", "0/3", "os6860"),
    EDGESWITCH: ("330", "0/5", "210", "3/1", "ubnt edgeswitch"),
    UNIFI: ("330", "5", "210", "24", "usw-labo"),
    MIKROTIK: ("330", "ether5", "210", "sfp-sfpplus1", "mkt-labo"),
    RUCKUS: ("330", "1/1/5", "210", "1/2/1", "icx7150"),
    ALLIED: ("330", "port1.0.5", "210", "po1", "awplus"),
    DLINK: ("330", "5", "210", "24", "dgs-1510"),
}
"""Printed table -> VLAN and port of two addresses, and the switch; a VLAN that is only named has no number."""
NAMES = [name for name, text in list(globals().items()) if isinstance(text, str) and text in EXPECTED]


@pytest.mark.parametrize("name", NAMES)
def test_vlan_and_port_of_every_maker(name: str) -> None:
    text = globals()[name]
    found = rows(text, "mac_table")
    told = said(found)
    vlan, port, other_vlan, other_port, switch = EXPECTED[text]
    assert (told[ONE].get("vlan"), told[ONE]["switch_port"], told[ONE].get("switch")) == (vlan, port, switch)
    assert (told[OTHER].get("vlan"), told[OTHER]["switch_port"]) == (other_vlan, other_port)
    assert [place for place, _ in refused(found)] == []


@pytest.mark.parametrize("name", NAMES)
def test_without_the_prompt_it_says_the_same_but_the_switch(name: str) -> None:
    text = globals()[name]
    lines = [line for line in text.splitlines() if not neighbours.prompted(line) and not line.startswith("->")]
    told = said(rows("\n".join(lines) + "\n", "mac_table"))
    vlan, port, other_vlan, other_port, _ = EXPECTED[text]
    assert (told[ONE].get("vlan"), told[ONE]["switch_port"], told[ONE].get("switch")) == (vlan, port, None)
    assert (told[OTHER].get("vlan"), told[OTHER]["switch_port"]) == (other_vlan, other_port)


def test_each_prompt_names_the_switch_of_what_follows() -> None:
    told = said(rows(IOS + PROCURVE.replace("025056-a12011", "025056-a12099"), "mac_table"))
    assert told[ONE]["switch"] == "sw-rea"
    assert told["device:mac=02:50:56:a1:20:99"]["switch"] == "sw-rea-2930f"


def test_a_head_tells_where_its_columns_stand() -> None:
    head = layouts.layout("  MAC Address   Port     VLAN")
    assert head is not None
    assert head.port is not None
    assert head.vlan is not None
    assert (head.port.start, head.vlan.start) == (16, 25)
    assert layouts.layout("Mac Address Table") is None
    assert layouts.layout(" 330    0250.56a1.2011    DYNAMIC     Gi1/0/3") is None


def test_numbers_of_vlans() -> None:
    for cell in ("330", "330/-/-", "biomed(0330)", "vlan330", "VLAN_330"):
        assert layouts.vlan(cell) == "330"
    for cell in ("v210-labo", "5000", "0", "-", "Gi1/0/3"):
        assert layouts.vlan(cell) == ""


def test_what_names_no_port_or_holds_an_address_is_no_entry() -> None:
    assert layouts.place("330 0250.56a1.2011 dynamic", None) == ("", "330")
    assert layouts.place("0250.56a1.2011 dynamic", None) is None
    assert layouts.place("10.1.1.1 0250.56a1.2011 Gi1/0/3", None) is None


@pytest.mark.parametrize("name", ["HUAWEI", "MIKROTIK", "FORTISWITCH"])
def test_they_endure_damage(name: str) -> None:
    endures("mac_table", globals()[name].encode())
