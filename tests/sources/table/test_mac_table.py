from pathlib import Path

import pytest

from hygie.model.evidence import Evidence
from spreadsheets import endures, refused, rows, said, workbook

CISCO = """sw-bloc#show mac address-table
          Mac Address Table
-------------------------------------------
Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
  20    0050.56a1.2011    DYNAMIC     Gi1/0/1
* 30    0250.56a1.2012    dynamic     Po12
Total Mac Addresses for this criterion: 2
sw-bloc#
"""
HP = """HP-5412# show mac-address
 Status and Counters - Port Address Table

  MAC Address   Port  VLAN
  ------------- ----- ----
  005056-a12011 A24   20
  025056-a12012 7     30
"""
ARUBA = """MAC age-time            : 300 seconds
Number of MAC addresses : 1
MAC Address          VLAN     Type     Port
--------------------------------------------------------------
00:50:56:a1:20:11    20       dynamic  1/1/24
"""
JUNIPER = """Ethernet switching table : 1 entries, 1 learned
   Vlan     MAC            MAC      Age    Logical
   name     address        flags           interface
   20       00:50:56:a1:20:11   D     -   ge-0/0/1.0
"""
EXPECTED = {
    CISCO: ("20", "gi1/0/1", "sw-bloc"),
    HP: ("20", "a24", "hp-5412"),
    ARUBA: ("20", "1/1/24", None),
    JUNIPER: ("20", "ge-0/0/1.0", None),
}


@pytest.mark.parametrize("text", EXPECTED, ids=["cisco", "hp", "aruba", "juniper"])
def test_makers_tables(text: str) -> None:
    found = rows(text, "mac_table")
    told = said(found)["device:mac=00:50:56:a1:20:11"]
    vlan, port, switch = EXPECTED[text]
    assert (told["vlan"], told["switch_port"].lower(), told.get("switch")) == (vlan, port, switch)
    assert refused(found) == []


def test_a_bare_port_number_is_told_from_the_vlan_by_the_head() -> None:
    told = said(rows(HP, "mac_table"))["device:mac=02:50:56:a1:20:12"]
    assert (told["vlan"], told["switch_port"]) == ("30", "7")


def test_groups_and_the_switch_itself_are_no_devices() -> None:
    assert set(said(rows(CISCO, "mac_table"))) == {"device:mac=00:50:56:a1:20:11", "device:mac=02:50:56:a1:20:12"}


def test_a_crowded_port_leads_to_another_switch() -> None:
    lines = [f"  20    0050.56a1.2{n:03}    DYNAMIC     Gi1/0/48" for n in range(9)]
    found = rows("Vlan    Mac Address       Type        Ports\n" + "\n".join(lines) + "\n", "mac_table")
    assert {row.confidence for row in found if isinstance(row, Evidence) and row.trait == "switch_port"} == {0.3}
    assert {row.confidence for row in found if isinstance(row, Evidence) and row.trait == "mac"} == {1.0}


def test_lines_that_mean_to_be_entries_and_are_none_are_told() -> None:
    found = rows(CISCO.replace("0250.56a1.2012", "0250.56a1.20"), "mac_table")
    assert refused(found) == [("line 8", "refusal.row")]


def test_tables_with_columns() -> None:
    table = [
        ["Switch", "VLAN", "MAC Address", "Port"],
        ["SW1", 20, "0050.56a1.2011", "Gi1/0/1"],
        ["SW1", 20, "zut", "Gi1/0/2"],
    ]
    found = rows(workbook({"Feuil1": table}), "mac_table")
    assert said(found)["device:mac=00:50:56:a1:20:11"] == {
        "mac": "00:50:56:a1:20:11",
        "vlan": "20",
        "switch": "sw1",
        "switch_port": "Gi1/0/1",
    }
    assert refused(found) == [("Feuil1!C3", "refusal.cell"), ("Feuil1!C3", "refusal.row")]


def test_it_endures_damage() -> None:
    endures("mac_table", CISCO.encode())


def test_the_example(hospital: Path) -> None:
    text = (hospital / "table-mac.txt").read_text()
    found = rows(text, "mac_table")
    assert len(said(found)) == text.count("DYNAMIC")
    assert refused(found) == []
