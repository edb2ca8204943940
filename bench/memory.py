"""Memory that reading a capture takes, by how many flows it has: made flows, or those of a capture.

    python bench/memory.py [--flows 1000000 4300000] [--alive 50000] [--devices 20000]
    python bench/memory.py --file FILE

The made capture is never written down: it comes as a stream of TCP connections of four packets each (opening, answer,
a payload, a payload back) between devices and 1,000 servers, each connection on a port of its own; `--alive` of them
are open at once. Each row is a process of its own that reads to the last row and keeps none; its peak is what the
system says (resident, shared libraries with it). Not counted: writing the rows down.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

HEAD = bytes.fromhex("d4c3b2a1020004000000000000000000") + (262_144).to_bytes(4, "little") + (1).to_bytes(4, "little")
SERVERS, PACKETS, LENGTH = 1_000, 4, 70
"""Servers; packets of a connection; bytes of a packet."""
RECORD = 16 + LENGTH
AT_ONCE = 20_000
PAYLOAD = b"\x17\x03\x03\0\x0b" + bytes(11)
FLAGS = (0x02, 0x12, 0x18, 0x18)


class Made:
    """A capture that is made as it is read."""

    def __init__(self, flows: int, alive: int, devices: int) -> None:
        self.name = self.path = "made"
        self.size = -1
        self.passing = True
        self.flows, self.alive, self.devices = flows, alive, devices
        self.at, self.left = 0, HEAD
        self.packet = np.frombuffer(bytes(8) + 2 * LENGTH.to_bytes(4, "little") + packet(), np.uint8)

    def open(self) -> "Made":
        """Itself: it is read once."""
        return self

    def __enter__(self) -> "Made":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def readinto(self, into: memoryview) -> int:
        """The next bytes."""
        if not self.left:
            self.left = self.more()
        size = min(len(into), len(self.left))
        into[:size] = self.left[:size]
        self.left = self.left[size:]
        return size

    def read(self, size: int = -1) -> bytes:
        """The next bytes; at most so many."""
        held = bytearray(size if size >= 0 else 1 << 20)
        return bytes(held[: self.readinto(memoryview(held))])

    def more(self) -> memoryview:
        """The next packets: of each connection one, `alive` connections later the next."""
        steps = np.arange(self.at, min(self.at + AT_ONCE, self.flows + (PACKETS - 1) * self.alive))
        self.at += len(steps)
        flow = (steps[:, None] - self.alive * np.arange(PACKETS)).ravel()
        turn = np.tile(np.arange(PACKETS), len(steps))
        step = np.repeat(steps, PACKETS)
        there = (flow >= 0) & (flow < self.flows)
        return memoryview(self.records(flow[there], turn[there], step[there] * PACKETS + turn[there]).ravel())

    def records(self, flow: np.ndarray, turn: np.ndarray, number: np.ndarray) -> np.ndarray:
        """One row of bytes a packet."""
        rows = np.tile(self.packet, (len(flow), 1))
        rows[:, 0:4] = (1_700_000_000 + number // 20_000).astype("<u4")[:, None].view(np.uint8)
        rows[:, 4:8] = (number % 20_000 * 50).astype("<u4")[:, None].view(np.uint8)
        device, server = flow % self.devices, flow * 7 % SERVERS
        port = 1024 + flow // self.devices % 64_000
        back = (turn % 2 == 1)[:, None]
        cards = [bytes_of(0x020000000000 + device, 6), bytes_of(0x020100000000 + server, 6)]
        ends = [bytes_of(0x0A200000 + device + device // 250, 4), bytes_of(0x0A140001 + server + server // 250, 4)]
        ports = [bytes_of(port, 2), bytes_of(np.full(len(flow), 443), 2)]
        for begin, size, (one, other) in ((16, 6, cards[::-1]), (22, 6, cards), (42, 4, ends), (46, 4, ends[::-1])):
            rows[:, begin : begin + size] = np.where(back, other, one)
        rows[:, 50:52], rows[:, 52:54] = np.where(back, ports[1], ports[0]), np.where(back, ports[0], ports[1])
        rows[:, 63] = np.array(FLAGS, np.uint8)[turn]
        rows[turn < 2, 32:34] = bytes_of(np.array([40]), 2)  # the first two carry nothing, and are padded
        return rows


def bytes_of(values: np.ndarray, size: int) -> np.ndarray:
    """Numbers as bytes, high byte first, n x size."""
    return values.astype(">u8")[:, None].view(np.uint8)[:, 8 - size :]


def packet() -> bytes:
    """Ethernet, IPv4, TCP, a payload of encrypted data."""
    internet = bytes.fromhex("4500") + (LENGTH - 14).to_bytes(2, "big") + bytes.fromhex("000100004006") + bytes(10)
    tcp = bytes(12) + b"\x50\0\x02\0" + bytes(4)
    return (bytes(12) + b"\x08\0" + internet + tcp + PAYLOAD)[:LENGTH].ljust(LENGTH, b"\0")


class Held:
    """A file as the readers want it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name, self.path, self.size = file.name, str(file), file.stat().st_size

    def open(self):  # type: ignore[no-untyped-def]
        """A stream from the first byte."""
        return self.file.open("rb", buffering=0)


def own(source: object) -> None:
    """Reads, in a process of its own, and says what it took."""
    from hygie.model.bulk import Bulk
    from hygie.model.seams import Given
    from hygie.sources import capture

    flows = packets = others = 0
    for row in capture.walk(source, Given("bench", "bench"), capture.PCAP, True):  # type: ignore[arg-type]
        if isinstance(row, Bulk):
            flows += len(row)
        else:
            others += 1
            packets += getattr(row, "packets", 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{packets:>13,}{flows:>14,}{others:>12,}{used.ru_utime + used.ru_stime:>9.1f}{used.ru_maxrss / 1024:>9.0f}")


def main() -> None:
    """Runs and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, nargs="*", default=[1_000_000, 4_300_000])
    parser.add_argument("--alive", type=int, default=50_000)
    parser.add_argument("--devices", type=int, default=20_000)
    parser.add_argument("--file", type=Path, default=None)
    parser.add_argument("--own", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.own:
        own(Held(given.file) if given.file else Made(given.flows[0], given.alive, given.devices))
        return
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"load average {load}")
    print(f"{'flows':<14}{'packets':>13}{'conversations':>14}{'other rows':>12}{'CPU s':>9}{'peak MB':>9}{'s':>7}")
    for flows in given.flows if given.file is None else [0]:
        words = ["--file", str(given.file)] if given.file else ["--flows", str(flows)]
        words += ["--alive", str(given.alive), "--devices", str(given.devices)]
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--own", *words], check=True, capture_output=True, text=True
        )
        name = given.file.name if given.file else f"{flows:,}"
        print(f"{name:<14}{done.stdout.rstrip()}{time.perf_counter() - begin:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
