import pytest

from hygie.model.evidence import Evidence
from hygie.sources.table import kind_of
from spreadsheets import endures, refused, rows, said, source, workbook

MAC = "device:mac=00:50:56:a1:20:11"
CLEARPASS = (
    '"MAC Address","Hostname","Device Category","Device OS Family","IP Address","Status","Switch IP","Port","Added"\n'
    '"005056a12011","PUMP-GW","Medical Device","Linux","10.1.1.1","Known","10.0.0.1","Gi1/0/20","2026-11-20"\n'
)
ISE = """MACAddress,EndPointPolicy,IdentityGroup,ip,host-name,NAS-IP-Address,Location,OUI,operating-system-result
00:50:56:A1:20:11,Philips-Patient-Monitor,Medical,10.1.1.1,pump-gw,10.0.0.1,REA,Philips Medical Systems,
00:50:56:A1:20:12,Unknown,Unknown,,,10.0.0.1,,Philips Medical Systems,
"""
FORTINAC = """Host Name,Registered To,Physical Address,IP Address,Location,Status,Host Role,Vendor Name
PUMP-GW,j.martin,00:50:56:A1:20:11,10.1.1.1,SW1 Gi1/0/20,Connected,NAC-Default,VMware
"""
PHPIPAM = """ip address;ip state;description;hostname;fw_object;mac;owner;device;port;note
10.1.1.1;Used;Passerelle des pompes;pump-gw;;00:50:56:a1:20:11;J. Martin;;;
10.1.1.2;Reserved;;;;;;;;
10.1.1.3;Offline;Vieux serveur;old;;;;;;
10.1.1.4;Free;;gone;;;;;;
"""
NETBOX = """IP Address,VRF,Status,Role,Tenant,Assigned,DNS Name,Description
10.1.1.1/24,,Active,,Biomed,True,pump-gw,Passerelle
10.1.1.2/24,,Deprecated,,Biomed,False,gone,
"""
INFOBLOX_HOST = """header-hostrecord,fqdn*,addresses,comment,configure_for_dns,mac_address,network_view
hostrecord,pump-gw,10.1.1.1,mdp: x1y2z3,True,00:50:56:a1:20:11,default
"""
INFOBLOX_FIXED = """header-fixedaddress,ip_address*,_new_ip_address,mac_address,name,comment,network_view
fixedaddress,10.1.1.1,,00:50:56:a1:20:11,PUMP-GW,,default
"""
SOLIDSERVER = """IP address;IP name;MAC address;Space;IP class name
10.1.1.1;pump-gw;00:50:56:a1:20:11;Local;medical
"""
BLUECAT = """IP Address,Name,MAC Address,State,Type,Host Records
10.1.1.1,pump-gw,00-50-56-A1-20-11,DHCP_RESERVED,IP4Address,pump-gw.ch.example
10.1.1.2,,,GATEWAY,IP4Address,
10.1.1.3,old,00-50-56-A1-20-13,DHCP_FREE,IP4Address,
"""
SEEN = """Adresse MAC;Nom d'hôte;Adresse IP;Commutateur;Port;Dernière vue
00:50:56:a1:20:11;pump-gw;10.1.1.1;SW-1;Gi1/0/1;20/11/2026 10:00
"""
WIRELESS = """Status,Description,Last seen,Usage,OS,IPv4 address,MAC address,VLAN,Connected to,Port
online,pump-gw,2026-11-20 10:00,1MB,Windows 7,10.1.1.1,00:50:56:a1:20:11,160,SW-REA,12
"""
RUCKUS = """Hostname;Nom d'utilisateur;Adresse MAC;Adresse IP;Point d'accès;SSID;VLAN
pump-gw;j.martin;00:50:56:a1:20:11;10.1.1.1;AP-1;BIOMED;160
"""


@pytest.mark.parametrize(
    "text",
    [CLEARPASS, ISE, FORTINAC, PHPIPAM, INFOBLOX_HOST, INFOBLOX_FIXED, SOLIDSERVER, RUCKUS, BLUECAT, SEEN],
    ids=[
        "clearpass",
        "ise",
        "fortinac",
        "phpipam",
        "infoblox host",
        "infoblox fixed",
        "solidserver",
        "ruckus",
        "bluecat",
        "seen",
    ],
)
def test_the_name_of_an_endpoint_is_its_own(text: str) -> None:
    found = rows(text, "endpoints")
    told = said(found)[MAC]
    assert (told["host_name"], told["ip"]) == ("pump-gw", "10.1.1.1")
    assert refused(found) == []
    for hidden in ("j.martin", "J. Martin", "x1y2z3"):
        assert hidden not in str(found)


def test_where_an_endpoint_is_plugged_in() -> None:
    told = said(rows(CLEARPASS, "endpoints"))[MAC]
    assert (told["switch"], told["switch_port"]) == ("10.0.0.1", "Gi1/0/20")
    assert "operating_system" not in told


def test_an_endpoint_of_a_mac_address_alone() -> None:
    assert said(rows(ISE, "endpoints"))["device:mac=00:50:56:a1:20:12"] == {
        "mac": "00:50:56:a1:20:12",
        "switch": "10.0.0.1",
    }


def test_addresses_that_are_free_say_nothing_and_those_that_are_down_do() -> None:
    assert set(said(rows(PHPIPAM, "endpoints"))) == {MAC, "device:name=old"}
    assert set(said(rows(BLUECAT, "endpoints"))) == {MAC}
    assert set(said(rows(NETBOX, "endpoints"))) == {"device:name=pump-gw"}


def test_a_list_tells_of_presence_only_by_the_day_on_which_something_was_seen() -> None:
    day = 1_763_596_800_000_000 + 365 * 86_400_000_000
    seen = {row.last for row in rows(WIRELESS, "endpoints") if isinstance(row, Evidence) and row.trait == "mac"}
    assert seen == {day}
    assert {row.last for row in rows(ISE, "endpoints") if isinstance(row, Evidence)} == {0}


def test_days_of_a_list_whose_month_comes_first() -> None:
    text = WIRELESS.replace("2026-11-20 10:00", "11/20/2026 10:00")
    assert {row.last for row in rows(text, "endpoints") if row.trait == "ip"} == {
        row.last for row in rows(WIRELESS, "endpoints") if row.trait == "ip"
    }


def test_what_names_nothing_or_cannot_be_read_is_told() -> None:
    text = ISE + "pas une adresse,Unknown,Unknown,,,10.0.0.1,,,\n,Unknown,,10.1.1.500,x,,,,\n"
    assert refused(rows(text, "endpoints")) == [("A4", "refusal.cell"), ("A4", "refusal.row"), ("D5", "refusal.cell")]


def test_a_workbook_and_a_saved_mapping() -> None:
    table = [["MAC Address", "Appelé", "Device Category", "IP Address"], ["005056a12011", "pump-gw", "x", "10.1.1.1"]]
    found = rows(workbook({"Feuil1": table}), "endpoints")
    assert refused(found) == [("Feuil1!A1", "refusal.columns_other")]


def test_a_heading_of_people_is_never_taken_for_a_name() -> None:
    text = "MAC Address;IP Address;Client User Name;SSID\n00:50:56:a1:20:11;10.1.1.1;jmartin;BIOMED\n"
    found = rows(text, "endpoints")
    assert said(found)[MAC] == {"mac": "00:50:56:a1:20:11", "ip": "10.1.1.1"}
    assert "jmartin" not in str(found)


def test_a_list_of_devices_with_a_category_stays_one() -> None:
    text = "N° inventaire;Device Category;Marque;Modèle;Adresse MAC;Adresse IP;N° série\n"
    text += "A1;Moniteur;Philips;MX450;00:50:56:a1:20:11;10.1.1.1;DE1\nA2;Moniteur;Philips;MX450;;;DE2\n"
    assert kind_of(source(text)) == "gmao"


def test_it_endures_damage() -> None:
    for text in (CLEARPASS, PHPIPAM, WIRELESS):
        endures("endpoints", text.encode())
