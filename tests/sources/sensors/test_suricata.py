"""Suricata's events give what a capture of the same traffic gives; alerts, names visited and users stay out."""

import json
from typing import Any

import pytest

import hostile
from hygie.model.fleet import Flow
from hygie.sources import READERS
from sources.sensors.made import covered, flows, rows, said, told

READER = READERS["suricata"]
CLIENT, SERVER, CARD = "device:ip=10.1.1.10", "device:ip=10.1.1.20", "device:mac=02:50:46:00:45:10"


def event(kind: str, port: int = 104, **more: Any) -> dict[str, Any]:
    return {
        "timestamp": "2026-08-10T02:00:00.500000+0200",
        "flow_id": 1,
        "in_iface": "eth1",
        "event_type": kind,
        "src_ip": "10.1.1.10",
        "src_port": 40000,
        "dest_ip": "10.1.1.20",
        "dest_port": port,
        "proto": "TCP",
        **more,
    }


def flow(**more: Any) -> dict[str, Any]:
    counts = {
        "pkts_toserver": 6,
        "pkts_toclient": 4,
        "bytes_toserver": 419,
        "bytes_toclient": 277,
        "start": "2026-08-10T00:00:00.000001+0000",
        "end": "2026-08-10T00:00:20.603584+0000",
        "state": "closed",
    }
    tcp = {"tcp_flags": "1b", "tcp_flags_ts": "1b", "tcp_flags_tc": "1b", "syn": True}
    return event("flow", **{"flow": counts, "tcp": tcp, "app_proto": "failed", "vlan": [20], **more})


def eve(*events: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(one).encode() for one in events) + b"\n"


def about(*events: dict[str, Any]) -> set[tuple[str, str, str]]:
    return said(rows(eve(*events), "suricata"))


def test_conversations() -> None:
    cards = {"src_macs": ["02:50:46:00:45:10"], "dest_macs": ["00:1b:17:00:01:01"]}
    found = rows(eve(flow(ether=cards), flow(ether=cards, src_port=40001)), "suricata")
    (one,) = flows(found)
    assert (one.client, one.server, one.port, one.service, one.opened) == (
        *("10.1.1.10", "10.1.1.20", 104),
        *("dicom?", True),
    )
    assert (one.packets_out, one.packets_back, one.bytes_out, one.bytes_back) == (12, 8, 838, 554)
    assert (one.vlan, one.sensor, one.client_mac, one.place) == ("20", "eth1", "02:50:46:00:45:10", "line 1")
    assert (one.first, one.last) == (1786320000_000001, 1786320020_603584)
    assert (CARD, "ip", "10.1.1.10") in said(found)
    (watched,) = covered(found)
    assert (watched.packets, watched.bytes, watched.vlans, watched.networks) == (20, 1392, ("20",), ("10.1.1.0/24",))


def test_several_cards_are_nobodys_and_a_middle_tells_no_opening() -> None:
    (one,) = flows(
        rows(
            eve(flow(ether={"src_macs": ["02:50:46:00:45:10", "02:50:46:00:45:11"]}, tcp={}, app_proto="tls")),
            "suricata",
        )
    )
    assert (one.client_mac, one.service, one.opened) == ("", "tls", False)


def test_pings_and_ipv6() -> None:
    ping = flow(proto="IPv6-ICMP", src_ip="fd00::10", dest_ip="fd00::20", icmp_type=128, tcp={})
    (one,) = flows(rows(eve(ping), "suricata"))
    assert (one.client, one.transport, one.port, one.opened) == ("fd00::10", "icmp", 0, True)


def test_dhcp() -> None:
    ask = {"type": "request", "client_mac": "02:50:46:00:45:10", "dhcp_type": "request", "requested_ip": "10.1.1.10"}
    ask |= {
        "hostname": "MX800-REA-01",
        "vendor_class_identifier": "udhcp 1.2",
        "params": ["subnet_mask", "router", "42"],
    }
    ack = {"type": "reply", "client_mac": "02:50:46:00:45:10", "dhcp_type": "ack", "assigned_ip": "10.1.1.10"}
    found = about(event("dhcp", 67, dhcp=ask), event("dhcp", 68, dhcp=ack))
    assert {
        (CARD, "host_name", "MX800-REA-01"),
        (CARD, "dhcp_vendor_class", "udhcp 1.2"),
        (CARD, "dhcp_fingerprint", "1,3,42"),
        (CARD, "ip", "10.1.1.10"),
    } <= found
    ask["params"] = ["subnet_mask", "something new"]
    assert not any(trait == "dhcp_fingerprint" for _, trait, _ in about(event("dhcp", 67, dhcp=ask)))


def test_what_protocols_say() -> None:
    shell = {"client": {"software_version": "PuTTY_0.70"}, "server": {"software_version": "OpenSSH_9.2p1"}}
    assert about(event("ssh", 22, ssh=shell)) == {
        (CLIENT, "ssh_software", "PuTTY_0.70"),
        (SERVER, "ssh_software", "OpenSSH_9.2p1"),
    }
    sealed = {"subject": "C=FR, O=CHU, CN=pacs-01", "version": "TLS 1.2", "sni": "www.private.example"}
    assert about(event("tls", 443, tls=sealed)) == {
        (SERVER, "tls_version", "TLS 1.2"),
        (SERVER, "tls_certificate_subject", "CN=pacs-01, O=CHU"),
    }
    asked = {"hostname": "www.private.example", "url": "/patient/1", "http_user_agent": "syngo/VB40", "server": "nginx"}
    assert about(event("http", 80, http=asked)) == {
        (CLIENT, "http_user_agent", "syngo/VB40"),
        (SERVER, "http_server", "nginx"),
    }
    signed = {"domain": "CHU", "user": "dupont", "host": "PC-12", "version": "10.0 build 19041 rev 15"}
    assert about(event("smb", 445, smb={"dialect": "3.11", "filename": "private.docx", "ntlmssp": signed})) == {
        (SERVER, "smb_dialect", "SMB 3.1.1"),
        (CLIENT, "netbios_name", "PC-12"),
        (CLIENT, "smb_os", "Windows 10.0.19041"),
    }


def test_answers_stand_as_their_packet_went() -> None:
    turned = {"src_ip": "10.1.1.20", "src_port": 88, "dest_ip": "10.1.1.10", "dest_port": 40000}
    ticket = {"msg_type": "KRB_AS_REP", "cname": "PC-12$", "realm": "CHU.EXAMPLE", "sname": "cifs/private"}
    assert about(event("krb5") | turned | {"krb5": ticket}) == {
        (CLIENT, "netbios_name", "PC-12"),
        (SERVER, "role", "domain controller"),
        (SERVER, "workgroup", "CHU.EXAMPLE"),
    }
    assert about(event("krb5") | turned | {"krb5": {**ticket, "cname": "dupont", "msg_type": "KRB_AS_REQ"}}) == set()
    readable = event("snmp", 161, snmp={"version": 1, "community": "secret"})
    assert {value for _, _, value in about(readable)} == {"snmp v1"}


def test_bindings_and_losses() -> None:
    binding = {
        "opcode": "reply",
        "src_mac": "02:50:46:00:45:10",
        "src_ip": "10.1.1.10",
        "dest_mac": "00:1b:17:00:01:01",
    }
    found = about(event("arp", arp={**binding, "dest_ip": "10.1.1.20"}))
    assert (CARD, "ip", "10.1.1.10") in found
    assert lost((60, 12)) == 12
    assert lost((60, 12), (68, 15), (8, 2)) == 17
    assert lost((90_000, 500), (90_008, 503)) == 3


def lost(*told_drops: tuple[int, int]) -> int:
    """What events of (seconds since the start, packets lost so far) make of it."""
    stats = [event("stats", stats={"uptime": up, "capture": {"kernel_drops": drops}}) for up, drops in told_drops]
    (watched,) = covered(rows(eve(flow(), *stats), "suricata"))
    return watched.lost


def test_alerts_and_names_are_left_out_and_the_rest_is_told() -> None:
    names = event("dns", 53, dns={"rrname": "www.private.example"})
    alert = event("alert", alert={"signature": "ET TROJAN", "severity": 1})
    found = rows(eve(names, alert, event("tftp", 69), event("tftp", 69), flow()), "suricata")
    assert told(found) == [("refusal.suricata.kind", ("kind=tftp", "count=2"))]
    assert "private" not in str(found) and "TROJAN" not in str(found)


def test_lines_that_do_not_hold_are_told_without_their_content() -> None:
    found = rows(
        eve(flow(), flow(src_ip="DUPONT")) + b'{"event_type": "flow", DUPONT\n' + eve(flow(flow=7)), "suricata"
    )
    assert told(found) == [("refusal.sensor.line", ())] * 2
    assert "DUPONT" not in str(found)


@pytest.mark.parametrize("other", [b"", b"{}", b'{"timestamp": "x"}', b"[]", b"event_type"])
def test_other_contents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_damage() -> None:
    data = eve(flow())
    for broken in (*list(hostile.truncations(data))[::3], *hostile.flips(data, 200)):
        assert sum(isinstance(row, Flow) for row in hostile.endures(READER, broken)) <= 1
    for one in (
        flow(ether={"src_macs": ["x"]}),
        event("dhcp", dhcp={"params": ["1"]}),
        event("smb", smb={"ntlmssp": {}}),
    ):
        for odd in hostile.swaps(one):
            hostile.endures(READER, odd + b"\n" + odd)
