"""Files of datagrams, one after the other, as one exporter sent them."""

import shutil
import socket
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import hostile
from hygie.model.fleet import Flow
from hygie.sources import READERS, recognise
from sources.sensors.made import FIELDS, covered, flows, ipfix, record, rows, said, template, told, v5, v9

READER = READERS["netflow"]
FORTH = record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0, card="02:50:46:00:45:10", vlan=20)
BACK = record("10.1.2.20", "10.1.1.10", (104, 40000), (4, 900), 1, card="00:1b:17:00:01:01", vlan=30)
FIFTH = v5(
    ("10.1.1.10", "10.1.2.20", 40000, 104, 6, 0x1B, 5, 500, 1000),
    ("10.1.2.20", "10.1.1.10", 104, 40000, 6, 0x1B, 4, 900, 1001),
)
NINTH = v9((0, template(300, *FIELDS))) + v9((300, FORTH), number=2) + v9((300, BACK), number=3)
TENTH = ipfix((2, template(300, *FIELDS))) + ipfix((300, FORTH)) + ipfix((300, BACK), number=1)


@pytest.mark.parametrize("data", [FIFTH, NINTH, TENTH])
def test_each_version_gives_the_conversation(data: bytes) -> None:
    found = rows(data, "netflow")
    (flow,) = flows(found)
    assert (flow.client, flow.server, flow.transport, flow.port) == ("10.1.1.10", "10.1.2.20", "tcp", 104)
    assert (flow.packets_out, flow.bytes_out, flow.packets_back, flow.bytes_back) == (5, 500, 4, 900)
    assert (flow.service, flow.opened, flow.sensor) == ("dicom?", True, "netflow")
    assert ("device:ip=10.1.2.20", "service", "tcp/104 dicom?") in said(found)
    assert told(found) == []
    (watched,) = covered(found)
    assert (watched.packets, watched.bytes) == (9, 1400)
    assert watched.networks == ("10.1.1.0/24", "10.1.2.0/24") if data is FIFTH else watched.vlans == ("20",)


def test_a_routers_card_is_nobodys() -> None:
    found = rows(TENTH, "netflow")
    assert not any(subject.startswith("device:mac=") and trait == "ip" for subject, trait, _ in said(found))
    (flow,) = flows(found)
    assert (flow.client_mac, flow.server_mac) == ("", "")


def test_cards_of_one_network_are_the_devices_own() -> None:
    back = record("10.1.1.20", "10.1.1.10", (104, 40000), (4, 900), 1, card="00:1b:17:00:01:01")
    forth = record("10.1.1.10", "10.1.1.20", (40000, 104), (5, 500), 0, card="02:50:46:00:45:10")
    found = rows(ipfix((2, template(300, *FIELDS)), (300, forth + back)), "netflow")
    assert ("device:mac=02:50:46:00:45:10", "ip", "10.1.1.10") in said(found)
    assert ("device:mac=00:1b:17:00:01:01", "ip", "10.1.1.20") in said(found)


def test_a_sample_covers_nothing() -> None:
    found = rows(v5(("10.1.1.10", "10.1.2.20", 40000, 104, 6, 0x1B, 5, 500, 1000), sampling=1000), "netflow")
    assert told(found) == [("refusal.netflow.sampled", ("rate=1000",))]
    assert [(one.networks, one.vlans, one.packets) for one in covered(found)] == [((), (), 5)]


def test_templates_that_are_missing_are_told() -> None:
    found = rows(ipfix((300, FORTH)), "netflow")
    assert told(found) == [("refusal.netflow.template", ("count=1",))]


def test_what_is_between_datagrams_ends_the_reading() -> None:
    found = rows(FIFTH + FIFTH + b"rubbish", "netflow")
    assert [(flow.packets_out, flow.packets_back) for flow in flows(found)] == [(10, 8)]
    assert told(found)[-1] == ("refusal.netflow.frame", ())
    found = rows(FIFTH + FIFTH[:-1], "netflow")
    assert told(found)[-1][0] == "refusal.truncated"


@pytest.mark.parametrize("other", [b"", b"\0\5", b"\0\5\0\1" + bytes(68), b"\0\x0a\0\x14" + bytes(16), b"\0\x09" * 40])
def test_other_contents(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


@pytest.mark.parametrize("data", [FIFTH, NINTH, TENTH])
def test_damage(data: bytes) -> None:
    for broken in (*hostile.truncations(data), *hostile.flips(data)):
        found = hostile.endures(READER, broken)
        assert sum(isinstance(row, Flow) for row in found) <= 6


@pytest.mark.parametrize("version", ["5", "9", "10"])
def test_a_real_exporter_counts_what_the_capture_counts(version: str, hospital: Path, tmp_path: Path) -> None:
    exporter = shutil.which("softflowd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not exporter:
        pytest.skip("softflowd is not here")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(1.0)
        to = f"127.0.0.1:{listener.getsockname()[1]}"
        command = [exporter, "-a", "-r", str(hospital / "capture.pcap"), "-v", version, "-n", to, "-d", "-m", "100000"]
        own = ["-p", str(tmp_path / "pid"), "-c", "none"]
        running = subprocess.Popen([*command, *own], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        parts = []
        while True:
            try:
                parts.append(listener.recv(65_535))
            except TimeoutError:
                break
    assert running.wait(30) == 0
    capture = hospital / "capture.pcap"
    known = recognise(hostile.content(capture.read_bytes()))
    assert known is not None
    seen = flows(list(known.read(hostile.content(capture.read_bytes()), hostile.GIVEN)))
    exported = flows(rows(b"".join(parts), "netflow"))
    assert sum(f.packets_out + f.packets_back for f in exported) == sum(f.packets_out + f.packets_back for f in seen)
    assert _conversations(exported) == _conversations(seen)


def _conversations(found: list[Flow]) -> Counter[tuple[str, str, str, int, str]]:
    """Packets by client, server, transport, port and way; without DHCP, whose clients an exporter cannot tell apart."""
    counted: Counter[tuple[str, str, str, int, str]] = Counter()
    for flow in found:
        if flow.port not in (67, 68):
            counted[flow.client, flow.server, flow.transport, flow.port, "out"] += flow.packets_out
            counted[flow.client, flow.server, flow.transport, flow.port, "back"] += flow.packets_back
    return counted
