"""What each kind of Zeek log says of devices, and what it never does."""

import pytest

from hygie.sources.sensors import zeek_logs
from sources.sensors.made import covered, rows, said
from sources.sensors.test_zeek import tsv

ENDS = ["ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p"]
TALK = "1786320000.5 C1 10.1.1.10 40000 10.1.1.20"
CLIENT, SERVER = "device:ip=10.1.1.10", "device:ip=10.1.1.20"
CARD = "device:mac=02:50:46:00:45:10"


def told(kind: str, fields: list[str], line: str) -> set[tuple[str, str, str]]:
    return said(rows(tsv(kind, fields, line), "zeek"))


def test_dhcp() -> None:
    fields = "ts uids client_addr server_addr mac host_name client_fqdn domain requested_addr assigned_addr msg_types"
    line = "1786320000.5 C1,C2 - 10.1.1.2 02:50:46:00:45:10 MX800-REA-01 - chu.example 10.1.1.9 10.1.1.10 {}"
    found = told("dhcp", fields.split(), line.format("DISCOVER,OFFER,REQUEST,ACK"))
    assert {(CARD, "ip", "10.1.1.10"), (CARD, "host_name", "MX800-REA-01"), (CARD, "mac", CARD[11:])} <= found
    assert ("device:ip=10.1.1.2", "role", "dhcp server") in found
    for kinds in ("DISCOVER,OFFER,REQUEST,NAK", "DISCOVER,OFFER,REQUEST,ACK,DECLINE", "RELEASE"):
        assert not any(trait == "ip" for _, trait, _ in told("dhcp", fields.split(), line.format(kinds)))


def test_a_telephones_name_is_left_out() -> None:
    found = told("dhcp", ["ts", "mac", "host_name", "msg_types"], "1.5 02:50:46:00:45:10 iPhone-de-Marie DISCOVER")
    assert "Marie" not in str(found)


def test_http_keeps_devices_products_not_persons() -> None:
    fields = [*ENDS, "host", "uri", "username", "user_agent", "referrer"]
    line = f"{TALK} 80 www.private.example /patient?id=1 dupont {{}} http://other.example"
    assert told("http", fields, line.format("syngo/VB40")) == {(CLIENT, "http_user_agent", "syngo/VB40")}
    found = tsv("http", fields, line.format("X")).replace(b"X\t", b"Mozilla/5.0 (Windows NT 6.1) Firefox/60\t")
    assert said(rows(found, "zeek")) == {(CLIENT, "operating_system", "Windows NT 6.1")}


def test_ssh_ssl_ntlm() -> None:
    assert told("ssh", [*ENDS, "client", "server"], f"{TALK} 22 SSH-2.0-PuTTY_0.70 SSH-2.0-dropbear_2016.74") == {
        (CLIENT, "ssh_software", "PuTTY_0.70"),
        (SERVER, "ssh_software", "dropbear_2016.74"),
    }
    line = f"{TALK} 443 TLSv10 www.private.example CN=pump-01,O=Maker,emailAddress=a@b.example"
    assert told("ssl", [*ENDS, "version", "server_name", "subject"], line) == {
        (SERVER, "tls_version", "TLS 1.0"),
        (SERVER, "tls_certificate_subject", "CN=pump-01, O=Maker"),
    }
    fields = [*ENDS, "username", "hostname", "domainname", "server_nb_computer_name", "server_dns_computer_name"]
    assert told("ntlm", fields, f"{TALK} 445 dupont PC-12 CHU SRV-1 srv-1.chu.example") == {
        (CLIENT, "netbios_name", "PC-12"),
        (SERVER, "netbios_name", "SRV-1"),
        (SERVER, "host_name", "srv-1.chu.example"),
    }


def test_remote_maintenance_is_told_of_who_opens_it() -> None:
    found = told("ssl", [*ENDS, "server_name"], f"{TALK} 443 router7.teamviewer.com")
    assert found == {(CLIENT, "remote_maintenance", "TeamViewer")}


def test_kerberos_names_machines_only() -> None:
    fields = [*ENDS, "request_type", "client", "service", "success"]
    found = told("kerberos", fields, f"{TALK} 88 AS PC-12$/CHU.EXAMPLE krbtgt/CHU.EXAMPLE T")
    assert found == {
        (CLIENT, "netbios_name", "PC-12"),
        (SERVER, "role", "domain controller"),
        (SERVER, "workgroup", "CHU.EXAMPLE"),
    }
    found = told("kerberos", fields, f"{TALK} 88 AS dupont/CHU.EXAMPLE cifs/private F")
    assert found == set()


def test_snmp_never_tells_communities() -> None:
    fields = [*ENDS, "version", "community", "display_string"]
    found = told("snmp", fields, f"{TALK} 161 2c secret Printer")
    assert found == {
        (CLIENT, "cleartext_protocol", "snmp v2c"),
        (SERVER, "cleartext_protocol", "snmp v2c"),
        (SERVER, "snmp_description", "Printer"),
    }


@pytest.mark.parametrize(
    ("kind", "words", "wanted"),
    [
        ("SSH::SERVER", "OpenSSH_9.2p1", {("device:ip=10.1.1.20", "ssh_software", "OpenSSH_9.2p1")}),
        ("HTTP::SERVER", "Apache/2.2", {("device:ip=10.1.1.20", "http_server", "Apache/2.2")}),
        ("FTP::SERVER", "vsFTPd", {("device:ip=10.1.1.20", "server_software", "vsFTPd")}),
        ("OS::WINDOWS", "Windows", {("device:ip=10.1.1.20", "operating_system", "Windows")}),
        ("HTTP::BROWSER", "Mozilla/5.0", set()),
        ("Software::UNKNOWN", "x", set()),
    ],
)
def test_software(kind: str, words: str, wanted: set[tuple[str, str, str]]) -> None:
    fields = ["ts", "host", "host_p", "software_type", "name", "unparsed_version"]
    assert told("software", fields, f"1786320000.5 10.1.1.20 - {kind} x {words}") == wanted


def test_what_is_known() -> None:
    line = "1786320000.5 10.1.1.20 443 tcp SSL,SSH"
    assert told("known_services", ["ts", "host", "port_num", "port_proto", "service"], line) == {
        (SERVER, "service", "tcp/443 tls"),
        (SERVER, "service", "tcp/443 ssh"),
    }
    assert told("known_hosts", ["ts", "host"], "1786320000.5 10.1.1.20") == {(SERVER, "ip", "10.1.1.20")}
    found = told("known_devices", ["ts", "mac", "dhcp_host_name"], "1786320000.5 02:50:46:00:45:10 MX800")
    assert (CARD, "host_name", "MX800") in found
    fields = ["ts", "host", "port_num", "subject", "issuer_subject"]
    found = told("known_certs", fields, "1786320000.5 10.1.1.20 443 CN=pacs,O=CHU CN=ca")
    assert found == {(SERVER, "tls_certificate_subject", "CN=pacs, O=CHU")}


def test_losses_of_the_sensor() -> None:
    fields = ["ts", "peer", "pkts_proc", "bytes_recv", "pkts_dropped"]
    lines = ("1786320000.5 zeek 1000 500000 7", "1786320300.5 zeek 500 250000 3")
    (watched,) = covered(rows(tsv("stats", fields, *lines), "zeek"))
    assert (watched.packets, watched.bytes, watched.lost) == (1500, 750000, 10)


def test_kinds_are_told_apart_in_json() -> None:
    for kind, signs in zeek_logs.SIGNS:
        assert zeek_logs.kind_of(dict.fromkeys(signs)) == kind
        assert kind in zeek_logs.READ
    assert zeek_logs.kind_of({"_path": "ssh", "proto": 1, "conn_state": 1}) == "ssh"
    assert zeek_logs.kind_of({"ts": 1, "uid": 2}) == ""
