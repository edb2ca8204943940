"""Logs of Zeek, tab-separated and JSON, give what a capture of the same traffic gives."""

import gzip
import json
from pathlib import Path

import pytest

import hostile
from hygie.model.evidence import Refusal
from hygie.model.fleet import Flow
from hygie.sources import READERS, reader_of
from hygie.sources.opening import upload
from sources.sensors.made import GIVEN, covered, flows, rows, said, told

READER = READERS["zeek"]
FIELDS = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state history "
    "orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes orig_l2_addr resp_l2_addr vlan"
).split()
CARDS = "02:50:46:00:45:10 00:1b:17:00:01:01"
LINES = (
    f"1786320000.5 C1 10.1.1.10 40000 10.1.1.20 2575 tcp - 10.5 200 100 SF ShADadFf 10 700 8 500 {CARDS} 20",
    "1786320001.0 C2 10.1.1.10 40001 10.1.1.20 2575 tcp - - - - S0 S 1 60 0 0 02:50:46:00:45:10 - 20",
    "1786323700.0 C3 10.1.1.10 51000 10.1.9.9 443 tcp ssl 1.0 500 900 S1 ShADad 9 900 9 1200 - - -",
    "1786323700.0 C4 10.1.1.10 137 10.1.1.255 137 udp dns - - - S0 D 3 300 0 0 02:50:46:00:45:10 ff:ff:ff:ff:ff:ff 20",
    "1786323701.0 C5 10.1.9.9 104 10.1.1.10 41000 tcp - 2.0 50 60 OTH DadA 5 300 6 400 - - -",
)


def tsv(kind: str, fields: list[str], *lines: str) -> bytes:
    head = ["#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-", f"#path\t{kind}"]
    body = ["\t".join(("#fields", *fields)), *("\t".join(line.split(" ")) for line in lines), "#close\t2026"]
    return "\n".join((*head, *body, "")).encode()


def as_json(fields: list[str], *lines: str) -> bytes:
    numbers = {"ts", "duration", "id.orig_p", "id.resp_p", "orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts", "vlan"}
    numbers |= {"orig_ip_bytes", "resp_ip_bytes"}
    made = []
    for line in lines:
        pairs = zip(fields, line.split(" "), strict=True)
        made.append(json.dumps({k: json.loads(v) if k in numbers else v for k, v in pairs if v != "-"}))
    return "\n".join(made).encode()


CONN = tsv("conn", FIELDS, *LINES)


@pytest.mark.parametrize("data", [CONN, as_json(FIELDS, *LINES), CONN.replace(b"\n", b"\r\n")])
def test_connections(data: bytes) -> None:
    found = rows(data, "zeek")
    told_flows = {(f.client, f.server, f.port, f.service): f for f in reversed(flows(found))}
    first = told_flows["10.1.1.10", "10.1.1.20", 2575, "hl7?"]
    assert (first.packets_out, first.bytes_out, first.packets_back, first.bytes_back) == (10, 700, 8, 500)
    assert (first.opened, first.transport, first.vlan, first.sensor) == (True, "tcp", "20", "zeek")
    assert (first.first, first.last) == (1786320000_500000, 1786320011_000000)
    assert (first.client_mac, first.server_mac) == ("02:50:46:00:45:10", "00:1b:17:00:01:01")
    assert told_flows["10.1.1.10", "10.1.9.9", 443, "tls"].opened
    assert not told_flows["10.1.1.10", "10.1.1.255", 137, "netbios-ns"].packets_back
    # Nobody answered: whose card that would be is not known.
    assert [(f.packets_out, f.server_mac) for f in flows(found) if f.port == 2575] == [
        (10, "00:1b:17:00:01:01"),
        (1, ""),
    ]
    # Zeek met this one in its middle: the usual port tells who serves.
    late = told_flows["10.1.1.10", "10.1.9.9", 104, "dicom?"]
    assert (late.opened, late.packets_out, late.packets_back) == (False, 6, 5)
    assert ("device:mac=00:1b:17:00:01:01", "service", "tcp/2575 hl7?") in said(found)
    assert ("device:ip=10.1.9.9", "service", "tcp/443 tls") in said(found)
    assert ("device:mac=02:50:46:00:45:10", "ip", "10.1.1.10") in said(found)
    (watched,) = covered(found)
    assert (watched.packets, watched.bytes, watched.gaps, watched.vlans) == (51, 4360, 0, ("20",))
    assert watched.networks == ("10.1.1.0/24", "10.1.9.0/24")
    assert told(found) == []


def test_packed_logs_and_several_in_one() -> None:
    (one,) = upload("conn.log.gz", gzip.compress(CONN))
    assert not isinstance(one, Refusal)
    reader = reader_of(one)
    assert not isinstance(reader, Refusal) and reader.kind == "zeek"
    assert len(flows(list(reader.read(one, GIVEN)))) == 5
    ssh = tsv("ssh", ["ts", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "server"], SSH)
    found = rows(CONN + ssh, "zeek")
    assert ("device:mac=00:1b:17:00:01:01", "ssh_software", "OpenSSH_9.2p1") in said(found)


SSH = "1786320000.5 10.1.1.10 40000 10.1.1.20 22 SSH-2.0-OpenSSH_9.2p1"


def test_silences_are_counted() -> None:
    later = LINES[0].replace("1786320000.5", "1786333000.5")
    assert [one.gaps for one in covered(rows(tsv("conn", FIELDS, LINES[0], later), "zeek"))] == [1]


def test_what_is_not_read_is_told_without_its_content() -> None:
    names = tsv("dns", ["ts", "uid", "id.orig_h", "query"], "1786320000.5 C1 10.1.1.10 www.private.example")
    found = rows(names, "zeek")
    assert told(found) == [("refusal.zeek.kind", ("kind=dns", "count=1"))]
    broken = rows(CONN + b"1786320000.5\tDUPONT\n" + b"x\t" * 19 + b"y\n", "zeek")
    assert told(broken) == [("refusal.sensor.line", ())] * 2
    assert "DUPONT" not in str(broken) and "private" not in str(found)
    assert len(flows(broken)) == 5


def test_many_broken_lines_are_added_up() -> None:
    found = told(rows(CONN + b"rubbish\n" * 250, "zeek"))
    assert len(found) == 101
    assert found[-1] == ("refusal.sensor.more", ("count=150",))


def test_real_logs_of_the_program(shared: Path) -> None:
    for file in sorted((shared / "zeek-logs").rglob("*.log")):
        data = file.read_bytes().replace(b"XXXXXXXXXX.XXXXXX", b"1700000000.123456")
        found = rows(data, "zeek")
        if "conn/" in file.as_posix():
            assert flows(found) and told(found) == []
    erspan = rows(
        (shared / "zeek-logs/conn/core.erspanI.log").read_bytes().replace(b"XXXXXXXXXX.XXXXXX", b"1700000000.1"), "zeek"
    )
    (flow,) = flows(erspan)
    assert (flow.client, flow.transport, flow.packets_out, flow.bytes_back) == ("172.16.133.2", "icmp", 5, 420)


@pytest.mark.parametrize("other", [b"", b"{}", b"#separator \\x09\n", b'{"ts": 1, "a": 2}', b"#fields\tts\tuid\n"])
def test_other_contents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_damage() -> None:
    short = tsv("conn", FIELDS, LINES[0], LINES[3])
    for data in (short, as_json(FIELDS, LINES[0], LINES[3])):
        for broken in (*list(hostile.truncations(data))[::3], *hostile.flips(data, 200)):
            assert sum(isinstance(row, Flow) for row in hostile.endures(READER, broken)) <= 2
    for odd in hostile.swaps(json.loads(as_json(FIELDS, LINES[0]))):
        hostile.endures(READER, odd + b"\n" + odd)
