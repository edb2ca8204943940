from pathlib import Path

import pytest

from hygie.model.seams import Given
from hygie.sources.table import addresses
from spreadsheets import endures, refused, rows, said, source

PLAN = """Plan d'adressage au 01/07/2026;;;;;
VLAN;Réseau;Masque;Nom;Usage;Passerelle
10;10.1.0.0;255.255.0.0;ADM;Bureautique;10.1.0.1
20;10.2.0.0/24;;IMG;Imagerie;n/a
30;;;WIFI;Invités;
40;sur demande;;X;;
;;;;;
abc;10.3.0.0/16;;Y;;10.3.0.999
"""
HOSTS = """Adresse IP;Nom machine;Adresse MAC;Equipement;Service
10.1.1.1;ecg-1;02-00-00-00-00-01;ECG;Cardio
10.1.1.2;;;Moniteur;Réa
10.1.1.3;;;;
10.1.1.4;PC 4;;;
"""


def test_networks() -> None:
    found = rows(PLAN, "addresses")
    assert said(found) == {
        "zone:10.1.0.0/16": {
            "cidr": "10.1.0.0/16", "vlan": "10", "zone_name": "ADM", "zone_use": "Bureautique", "gateway": "10.1.0.1",
        },
        "zone:10.2.0.0/24": {"cidr": "10.2.0.0/24", "vlan": "20", "zone_name": "IMG", "zone_use": "Imagerie"},
        "zone:vlan=30": {"vlan": "30", "zone_name": "WIFI", "zone_use": "Invités"},
        "zone:vlan=40": {"vlan": "40", "zone_name": "X"},
        "zone:10.3.0.0/16": {"cidr": "10.3.0.0/16", "zone_name": "Y"},
    }  # fmt: skip
    assert refused(found) == [("B6", "refusal.cell"), ("A8", "refusal.cell"), ("F8", "refusal.cell")]
    assert addresses.dated(source(PLAN)) == "2026-07-01"


def test_machines() -> None:
    found = rows(HOSTS, "addresses")
    assert said(found) == {
        "device:mac=02:00:00:00:00:01": {
            "ip": "10.1.1.1", "host_name": "ecg-1", "mac": "02:00:00:00:00:01", "designation": "ECG", "ward": "Cardio",
        },
        "device:ip=10.1.1.2": {"ip": "10.1.1.2", "designation": "Moniteur", "ward": "Réa"},
        "device:ip=10.1.1.4": {"ip": "10.1.1.4"},
    }  # fmt: skip
    assert refused(found) == [("B5", "refusal.cell")]


def test_it_endures_damage() -> None:
    endures("addresses", PLAN.encode("cp1252"))


def test_the_example(hospital: Path) -> None:
    found = rows((hospital / "plan-adressage.xlsx").read_bytes(), "addresses")
    assert len(said(found)) == 11
    assert said(found)["zone:192.9.200.0/24"]["vlan"] == "40"
    assert refused(found) == []


def test_a_line_of_which_nothing_is_taken_is_told() -> None:
    text = "Adresse IP;Nom machine;Adresse MAC;Marque\n10.1.1.1;ecg-1;;\n10.1.1.2;;;Aldebert\n;ecg-2;;\n10.1.1.4;;;\n"
    assert refused(rows(text, "addresses")) == [("A3", "refusal.row"), ("A4", "refusal.row")]


def test_a_list_of_addresses_with_what_people_call_the_machines() -> None:
    found = rows(
        "IP;MAC;Nom\n10.1.1.5;00:1b:0d:00:00:01;ECHO-01\n10.1.1.6;00:1b:0d:00:00:02;Scope box 3\n", "addresses"
    )
    assert said(found) == {
        "device:mac=00:1b:0d:00:00:01": {"ip": "10.1.1.5", "mac": "00:1b:0d:00:00:01", "host_name": "echo-01"},
        "device:mac=00:1b:0d:00:00:02": {"ip": "10.1.1.6", "mac": "00:1b:0d:00:00:02", "designation": "Scope box 3"},
    }
    assert refused(found) == []


def test_under_ip_stand_machines_or_networks() -> None:
    nets = rows("VLAN;IP;Nom\n12;10.1.1.0/24;Bloc\n13;10.1.2.0/24;Labo\n", "addresses")
    assert [*said(nets)] == ["zone:10.1.1.0/24", "zone:10.1.2.0/24"]
    hosts = rows("VLAN;IP;Nom\n12;10.1.1.5;echo-1\n13;10.1.2.6;echo-2\n", "addresses")
    assert [*said(hosts)] == ["device:name=echo-1", "device:name=echo-2"]


def test_a_saved_mapping_says_whether_lines_are_machines() -> None:
    text = "VLAN;Zone;Truc\n12;echo-1;10.1.1.5\n"
    saved = {"Zone": "host_name", "Truc": "ip"}
    found = [*addresses.read(source(text), Given("local", "R", saved))]
    assert said(found) == {"device:name=echo-1": {"host_name": "echo-1", "ip": "10.1.1.5", "vlan": "12"}}


@pytest.mark.parametrize(
    "mask",
    ["/24", "24", "/ 24", "24.0", "24 bits", "(/24)", "255.255.255.0", "255.255.255.0 (/24)", "255.255.255.0/24"],
)
def test_a_mask_in_every_writing(mask: str) -> None:
    found = rows(f"VLAN;Nom;Réseau;Masque\n12;Bloc;10.1.1.0;{mask}\n13;Labo;10.1.2.0;255.255.255.0\n", "addresses")
    assert [*said(found)] == ["zone:10.1.1.0/24", "zone:10.1.2.0/24"]
    assert refused(found) == []


@pytest.mark.parametrize("mask", ["/33", "255.255.0.255", "voir DSI", "/240"])
def test_a_mask_that_is_none_is_told_at_its_own_cell(mask: str) -> None:
    found = rows(f"VLAN;Nom;Réseau;Masque\n12;Bloc;10.1.1.0;{mask}\n13;Labo;10.1.2.0;255.255.255.0\n", "addresses")
    assert [*said(found)] == ["zone:vlan=12", "zone:10.1.2.0/24"]
    assert refused(found) == [("D2", "refusal.cell")]


def test_networks_of_infoblox_and_netbox() -> None:
    infoblox = "header-network,address*,netmask*,comment,network_view,EA-VLAN\n"
    infoblox += "network,10.1.2.0,255.255.255.0,Biomed,default,120\nnetwork,10.1.3.0,255.255.255.0,Labo,default,130\n"
    found = rows(infoblox, "addresses")
    assert {subject: told["vlan"] for subject, told in said(found).items()} == {
        "zone:10.1.2.0/24": "120",
        "zone:10.1.3.0/24": "130",
    }
    assert not any("zone_name" in told for told in said(found).values())
    netbox = "Prefix,Status,VRF,Site,VLAN,Role,Description\n10.1.1.0/24,Active,,CHU,Biomed (120),Medical,Monitorage\n"
    found = rows(netbox, "addresses")
    assert said(found)["zone:10.1.1.0/24"]["vlan"] == "120"


def test_machines_with_a_mask_are_no_networks() -> None:
    text = "Name,Address,MAC Address\nct1,10.1.1.1,00:50:56:a1:20:11\nct2,10.1.1.2,00:50:56:a1:20:12\n"
    assert len(said(rows(text, "addresses"))) == 2


def test_a_plan_with_a_state_is_neither_a_lease_nor_an_arp_table() -> None:
    text = "Adresse IP;Nom;Adresse MAC;Statut;Espace\n10.1.1.1;pump-gw;00:50:56:a1:20:11;En service;Local\n"
    assert said(rows(text, "addresses"))["device:mac=00:50:56:a1:20:11"]["host_name"] == "pump-gw"
