from pathlib import Path

from hygie.model.evidence import Evidence
from hygie.sources.table import kind_of, leases
from spreadsheets import endures, refused, rows, said, source

ISC = """# baux
authoring-byte-order little-endian;
lease 10.1.1.5 {
  starts 1 2026/08/10 06:00:00;
  ends never;
  cltt 1 2026/08/11 07:00:00;
  binding state active;
  hardware ethernet 02:00:00:00:00:05;
  set vendor-class-identifier = "MSFT 5.0";
  client-hostname "ECG-1";
}
lease 10.1.1.6 { starts epoch 1786341600; # Mon
  ends 1 2026/08/17 06:00:00; binding state free; hardware ethernet 2:0:0:0:0:6; }
lease 10.1.1.7 { binding state abandoned; }
lease 10.1.1.8 { binding state active; }
"""
DNSMASQ = (
    "1786946400 02:00:00:00:00:01 10.1.1.1 ecg-1 01:02:00:00:00:00:01\n1786946400 02:00:00:00:00:02 10.1.1.2 * *\n"
)
TABLE = (
    "Adresse IP du client;Nom;Expiration du bail;Type;ID unique;Description\n"
    "10.1.1.1;ecg-1.ch.example;17/08/2026 06:00:00;DHCP;020000000001;mdp: x1y2z3\n"
    "10.1.1.2;;17/08/2026;DHCP;pas une adresse;\n"
)
NETSH = """Changed the current scope context to 10.1.1.0 scope.

IP Address      - Subnet Mask    - Unique ID           - Lease Expires        -Type -Name
==========================================================================================
10.1.1.31       - 255.255.255.0  - 02-00-00-00-00-31   -24/11/2026 10:11:12    -D-  ECG-31.ch.example
10.1.1.32       - 255.255.255.0  - 02-00-00-00-00-32   - NEVER EXPIRES         -R-
10.1.1.34       - 255.255.255.0  - 02-00-00-00-00-34   -INACTIVE               -D-  OLD
10.1.1.33       - 255.255.255.0  - 52-41-53-20         - 7/30/2026 9:21:07 AM  -D-  RAS

No of Clients(version 4): 3 in the Scope : 10.1.1.0.
"""
KEA = """address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
10.1.1.36,02:00:00:00:00:36,01:02:00:00:00:00:36,4000,1763900000,1,0,0,ecg-36,0,,0
"""
DAY = 86_400_000_000


def test_isc() -> None:
    found = rows(ISC, "leases")
    told = said(found)
    assert told == {
        "device:mac=02:00:00:00:00:05": {
            "mac": "02:00:00:00:00:05",
            "ip": "10.1.1.5",
            "host_name": "ecg-1",
            "dhcp_vendor_class": "MSFT 5.0",
        },
    }
    assert refused(found) == [("line 15", "refusal.row")]
    times = {row.subject[-2:]: (row.first, row.last) for row in found if isinstance(row, Evidence)}
    start = 1_786_341_600_000_000
    assert times["05"] == (start, start + DAY + 3_600_000_000)
    assert leases.dated(source(ISC)) == "2026-08-10"


def test_a_lease_of_isc_that_is_over_tells_of_no_device() -> None:
    log = "lease 10.1.1.6 {{ starts epoch {0}; binding state {1}; hardware ethernet 2:0:0:0:0:6; }}\n"
    for state in ("free", "expired", "released", "backup", "abandoned"):
        assert said(rows(log.format(1786341600, "active") + log.format(1786341700, state), "leases")) == {}, state
    again = rows(log.format(1786341600, "free") + log.format(1786341700, "active"), "leases")
    assert set(said(again)) == {"device:mac=02:00:00:00:00:06"}
    coming = "lease 10.1.1.6 {\n binding state active;\n next binding state free;\n hardware ethernet 2:0:0:0:0:6;\n}\n"
    assert set(said(rows(coming, "leases"))) == {"device:mac=02:00:00:00:00:06"}


INFOBLOX = """header-lease,address,hardware,client_hostname,binding_state,starts,ends,network_view
lease,10.1.1.1,00:50:56:a1:20:11,us-epiq7,ACTIVE,2026-11-23T08:00:00Z,2026-11-24T20:00:00Z,default
lease,10.1.1.2,00:50:56:a1:20:12,us-old,EXPIRED,2026-01-23T08:00:00Z,2026-01-24T20:00:00Z,default
"""
WINDOWS = """"IPAddress","ScopeId","AddressState","ClientId","HostName","LeaseExpiryTime"
"10.1.1.1","10.1.1.0","Active","01-00-50-56-a1-20-11","mx","25/11/2026 08:00:00"
"10.1.1.2","10.1.1.0","InactiveReservation","00-50-56-a1-20-12","evita",""
"""
GUI = """Adresse IP du client;Nom;Expiration du bail;Type;ID unique;Description
10.1.1.1;mx;Réservation (active);DHCP;005056a12011;
10.1.1.2;evita;Réservation (inactive);DHCP;005056a12012;
"""


def test_only_leases_and_reservations_in_use_are_presence() -> None:
    for text in (INFOBLOX, WINDOWS, GUI):
        found = rows(text, "leases")
        assert set(said(found)) == {"device:mac=00:50:56:a1:20:11"}
        assert refused(found) == []


def test_the_state_of_an_address_in_a_plan_is_none_of_a_lease() -> None:
    assert kind_of(source("Adresse IP;Adresse MAC;Nom;Etat\n10.1.1.1;00:50:56:a1:20:11;pump-gw;Actif\n")) == "addresses"


def test_dnsmasq() -> None:
    assert said(rows(DNSMASQ, "leases")) == {
        "device:mac=02:00:00:00:00:01": {"mac": "02:00:00:00:00:01", "ip": "10.1.1.1", "host_name": "ecg-1"},
        "device:mac=02:00:00:00:00:02": {"mac": "02:00:00:00:00:02", "ip": "10.1.1.2"},
    }
    assert leases.dated(source(DNSMASQ)) == ""


def test_netsh() -> None:
    found = rows(NETSH, "leases")
    assert said(found) == {
        "device:mac=02:00:00:00:00:31": {
            "mac": "02:00:00:00:00:31",
            "ip": "10.1.1.31",
            "host_name": "ecg-31.ch.example",
        },
        "device:mac=02:00:00:00:00:32": {"mac": "02:00:00:00:00:32", "ip": "10.1.1.32"},
    }
    assert refused(found) == [("line 8", "refusal.row")]


def test_kea() -> None:
    found = rows(KEA, "leases")
    assert said(found) == {
        "device:mac=02:00:00:00:00:36": {"mac": "02:00:00:00:00:36", "ip": "10.1.1.36", "host_name": "ecg-36"}
    }
    assert refused(found) == []


def test_windows_says_when_a_lease_ends_not_when_it_began() -> None:
    found = rows(TABLE, "leases")
    assert said(found)["device:mac=02:00:00:00:00:01"]["host_name"] == "ecg-1.ch.example"
    assert {row.first for row in found if isinstance(row, Evidence)} == {0}
    assert refused(found) == [("E3", "refusal.cell"), ("A3", "refusal.row")]
    assert "x1y2z3" not in str(found)


def test_a_cut_file_keeps_what_comes_before() -> None:
    found = rows(ISC[: ISC.index("hardware ethernet 2:0")], "leases")
    assert len(said(found)) == 1
    assert refused(found) == [("line 12", "refusal.truncated")]


def test_it_endures_damage() -> None:
    for text in (ISC, DNSMASQ, TABLE, NETSH, KEA):
        endures("leases", text.encode())


def test_the_example(hospital: Path) -> None:
    for name, count in (("baux-dhcp.txt", 0), ("baux-dhcp.csv", 10)):
        found = rows((hospital / name).read_bytes(), "leases")
        assert refused(found) == []
        assert len(said(found)) == count or name.endswith("txt")
    text = (hospital / "baux-dhcp.txt").read_text()
    assert sum(row.trait == "ip" for row in rows(text, "leases")) == text.count("\nlease ")


def test_a_declined_lease_tells_of_no_device() -> None:
    table = (
        '"IPAddress";"ScopeId";"ClientId";"HostName";"AddressState";"LeaseExpiryTime"\n'
        '"10.1.41.69";"10.1.41.0";"00-50-56-a1-20-11";"srv1.ch.example";"Active";"24/11/2026 08:12:44"\n'
        '"10.1.41.99";"10.1.41.0";"00-50-56-a1-20-12";"old";"Declined";""\n'
    )
    found = rows(table, "leases")
    assert set(said(found)) == {"device:mac=00:50:56:a1:20:11"}
    assert refused(found) == []


def test_a_lease_that_kea_gave_back_tells_of_no_device() -> None:
    head = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
    line = "10.9.2.{0},00:09:fb:aa:bb:{0},,86400,1790086400,2,0,0,mon-{0},{1},\n"
    found = rows(head + "".join(line.format(30 + state, state) for state in range(4)), "leases")
    assert set(said(found)) == {"device:mac=00:09:fb:aa:bb:30"}
    assert refused(found) == []
    words = "ip address,mac address,host name,state,expire\n10.1.1.{0},00:09:fb:aa:bb:{0},mon,{1},1\n"
    for state, count in (("1", 1), ("Expired-Reclaimed", 0), ("declined", 0), ("active", 1)):
        assert len(said(rows(words.format("31", state), "leases"))) == count, state
