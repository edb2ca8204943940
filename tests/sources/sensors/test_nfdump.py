"""Files of nfdump, packed or not, made by hand and by the program."""

import bz2
import shutil
import signal
import socket
import struct
import subprocess
import time
from pathlib import Path

import pytest

import hostile
from hygie.model.fleet import Flow
from hygie.sources import READERS
from sources.sensors.made import covered, flows, nfdump_file, nfdump_record, rows, told
from sources.sensors.test_packing import LZ4

READER = READERS["nfdump"]
BLOCK = nfdump_record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0) + nfdump_record(
    "10.1.2.20", "10.1.1.10", (104, 40000), (4, 900), 1
)


@pytest.mark.parametrize("data", [nfdump_file(BLOCK), nfdump_file(bz2.compress(BLOCK), 2)])
def test_a_conversation(data: bytes) -> None:
    found = rows(data, "nfdump")
    (flow,) = flows(found)
    assert (flow.client, flow.server, flow.port, flow.opened) == ("10.1.1.10", "10.1.2.20", 104, True)
    assert (flow.packets_out, flow.bytes_out, flow.packets_back, flow.bytes_back) == (5, 500, 4, 900)
    assert (flow.sensor, flow.vlan, flow.place) == ("10.0.0.254", "20", "record 1")
    assert told(found) == []


def test_ipv6() -> None:
    block = nfdump_record("fd00:1::10", "2001:db8:5:6:7:8:9:a", (40000, 443), (5, 500), 0, flags=2)
    (flow,) = flows(rows(nfdump_file(block), "nfdump"))
    assert (flow.client, flow.server) == ("fd00:1::10", "2001:db8:5:6:7:8:9:a")


def test_a_sample_is_told() -> None:
    block = bytearray(BLOCK)
    block[10] |= 2
    found = rows(nfdump_file(bytes(block)), "nfdump")
    assert told(found) == [("refusal.netflow.scaled", ())]
    assert [one.networks for one in covered(found)] == [()]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (nfdump_file(BLOCK, layout=1), ("refusal.nfdump.old", ())),
        (nfdump_file(BLOCK, 4), ("refusal.nfdump.packed", ("detail=zstd",))),
        (nfdump_file(BLOCK, encryption=1), ("refusal.nfdump.packed", ("detail=encryption",))),
        (nfdump_file(LZ4[:-1], 3), ("refusal.nfdump.block", ())),
        (nfdump_file(BLOCK)[:-3], ("refusal.truncated", ("detail=EOFError",))),
    ],
)
def test_what_is_not_read_is_told(data: bytes, reason: tuple[str, tuple[str, ...]]) -> None:
    assert told(rows(data, "nfdump")) == [reason]


def test_a_record_that_does_not_hold_costs_itself_alone() -> None:
    bad = bytearray(BLOCK)
    struct.pack_into("<H", bad, 14, 9)  # its first element ends within itself
    found = rows(nfdump_file(bytes(bad)), "nfdump")
    assert told(found) == [("refusal.sensor.record", ())]
    assert [(flow.packets_out, flow.packets_back) for flow in flows(found)] == [(0, 4)]


def test_damage() -> None:
    for data in (nfdump_file(BLOCK), nfdump_file(bz2.compress(BLOCK), 2)):
        for broken in (*hostile.truncations(data), *hostile.flips(data)):
            found = hostile.endures(READER, broken)
            assert sum(isinstance(row, Flow) for row in found) <= 2


def test_files_that_nfdump_wrote(hospital: Path, tmp_path: Path) -> None:
    places = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"
    exporter, collector, dump = (shutil.which(name, path=places) for name in ("softflowd", "nfcapd", "nfdump"))
    if not exporter or not collector or not dump:
        pytest.skip("softflowd, nfcapd and nfdump are not here")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    flowdir = tmp_path / "flows"
    flowdir.mkdir()
    listening = subprocess.Popen(
        [collector, "-b", "127.0.0.1", "-p", port, "-w", str(flowdir), "-t", "3600", "-B", "4000000"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.7)
    own = ["-p", str(tmp_path / "pid"), "-c", "none"]
    command = [
        exporter,
        "-a",
        "-T",
        "ether",
        "-r",
        str(hospital / "capture.pcap"),
        "-v",
        "9",
        "-n",
        f"127.0.0.1:{port}",
    ]
    subprocess.run(
        [*command, "-d", "-m", "100000", *own],
        check=True,
        timeout=60,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.7)
    listening.send_signal(signal.SIGTERM)
    listening.wait(10)
    (written,) = flowdir.glob("nfcapd.2*")
    summary = subprocess.run(
        [dump, "-r", str(written), "-I"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    counts = dict(line.split(": ", 1) for line in summary.splitlines() if ": " in line)
    plain = flows(rows(written.read_bytes(), "nfdump"))
    assert sum(flow.packets_out + flow.packets_back for flow in plain) == int(counts["Packets"])
    assert sum(flow.bytes_out + flow.bytes_back for flow in plain) == int(counts["Bytes"])
    for option in ("-z", "-y", "-j"):
        packed = tmp_path / f"packed{option}"
        subprocess.run(
            [dump, "-r", str(written), "-w", str(packed), option], check=True, capture_output=True, timeout=60
        )
        assert packed.stat().st_size < written.stat().st_size / 2
        assert _counted(flows(rows(packed.read_bytes(), "nfdump"))) == _counted(plain)


def _counted(found: list[Flow]) -> list[tuple[str, str, int, int, int, int]]:
    return sorted((f.client, f.server, f.port, f.packets_out, f.packets_back, f.first) for f in found)
