"""Captures: ours against the tools of the field, one pinned core, the file cached, medians, totals compared.

    python bench/capture.py FILE.pcap [--runs 3] [--only NAME...]

FILE: a capture of Ethernet frames, for example made by a capture generator. Tools that are missing are named. Rows of
ours: "pass" is the walk over records with flows and tagging, in process, `read()` included; "rows" a whole process to
the rows that rest; "register" a whole process to the stored register and report.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS: dict[str, list[str]] = {
    "capinfos": ["capinfos", "-M", "-c", "{file}"],
    "tcpdump": ["tcpdump", "-nn", "-r", "{file}", "-w", "/dev/null"],
    "nfpcapd": ["nfpcapd", "-r", "{file}", "-w", "{folder}"],
    "softflowd": ["softflowd", "-r", "{file}", "-d", "-n", "127.0.0.1:9"],
    "argus": ["argus", "-r", "{file}", "-w", "{folder}/argus.out"],
    "ndpiReader": ["ndpiReader", "-i", "{file}", "-q"],
    "tshark conv": ["tshark", "-q", "-r", "{file}", "-z", "conv,tcp", "-z", "conv,udp"],
    "tshark fields": ["tshark", "-r", "{file}", "-T", "fields", "-e", "eth.src", "-e", "ip.src", "-e", "_ws.col.Info"],
}


def main() -> None:
    """Runs and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    arguments = parser.parse_args()
    file = arguments.file.resolve()
    packets = counted(file)
    print(f"{file.name}: {file.stat().st_size / 1e9:.2f} GB, {packets:,} packets (capinfos); cores {os.cpu_count()}")
    print(f"{'tool':16}{'CPU s':>8}{'Mpps':>8}{'peak MB':>9}  answer")
    with tempfile.TemporaryDirectory() as folder:
        for name, run in rows(file, Path(folder)).items():
            if arguments.only and name not in arguments.only:
                continue
            if run is None:
                print(f"{name:16}{'missing':>8}")
                continue
            results = [run() for _ in range(arguments.runs)]
            load = statistics.median(result[0] for result in results)
            print(f"{name:16}{load:8.2f}{packets / load / 1e6:8.2f}{max(r[1] for r in results):9.0f}  {results[-1][2]}")


Run = Callable[[], tuple[float, float, str]]
"""Gives CPU seconds, peak MB, what it counted."""


def rows(file: Path, folder: Path) -> dict[str, Run | None]:
    """Tool -> how to run it; None missing."""
    found: dict[str, Run | None] = {}
    for name, command in PEERS.items():
        there = shutil.which(command[0]) is not None
        filled = [part.format(file=file, folder=folder) for part in command]
        found[name] = (lambda c=filled, n=name: peer(n, c)) if there else None  # type: ignore[misc]
    for what in ("pass", "rows", "register"):
        found[f"hygie {what}"] = lambda w=what: ours(w, file, folder)  # type: ignore[misc]
    return found


def counted(file: Path) -> int:
    """Packets by capinfos; 0 where it is missing."""
    if not shutil.which("capinfos"):
        return 0
    told = subprocess.run(["capinfos", "-M", "-c", str(file)], capture_output=True, text=True, check=True).stdout
    return int(re.sub(r"\D", "", told.rsplit(":", 1)[1]))


def pinned(command: list[str], inside: Path | None = None) -> tuple[float, float, str]:
    """CPU seconds, peak MB and output of a command on one core."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    timed = ["taskset", "-c", "0", "/usr/bin/time", "-f", "peak=%M", *command]
    done = subprocess.run(timed, capture_output=True, text=True, check=False, cwd=inside, env=settings)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    load = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = re.findall(r"peak=(\d+)", done.stderr)
    if done.returncode and "hygie" not in " ".join(command):
        return load, 0.0, f"failed: {done.stderr.strip().splitlines()[-2:]}"
    return load, int(peak[-1]) / 1024 if peak else 0.0, done.stdout + done.stderr


def peer(name: str, command: list[str]) -> tuple[float, float, str]:
    """Runs a peer; its answer as far as it tells one."""
    load, peak, told = pinned(command)
    if name == "tshark conv":
        tcp, udp = (
            (part.count("<->") for part in told.split("UDP Conversations")[:2][::-1]) if "UDP" in told else (0, 0)
        )
        return load, peak, f"{tcp + udp:,} TCP and UDP conversations"
    answer = re.findall(r"(?:Number of packets|flows|Unique flows)[^0-9]{1,30}([0-9][0-9 ,]*)", told)
    return load, peak, (answer[0].strip() if answer else "")


def ours(what: str, file: Path, folder: Path) -> tuple[float, float, str]:
    """Runs Hygie."""
    if what == "register":
        workspace = folder / "workspace"
        shutil.rmtree(workspace, ignore_errors=True)
        load, peak, told = pinned([sys.executable, "-m", "hygie", "assess", str(file), "--workspace", str(workspace)])
        devices = re.findall(r"(\d+) (?:devices|équipements)", told)
        return load, peak, f"{devices[0] if devices else '?'} devices"
    load, peak, told = pinned([sys.executable, str(Path(__file__).resolve()), "--own", what, str(file)])
    own = re.findall(r"own=([0-9.]+)", told)
    answer = told.split("answer=")[-1].splitlines()[0] if "answer=" in told else told[-200:]
    return float(own[0]) if own else load, peak, answer


def own(what: str, file: Path) -> None:
    """One of our rows, in a process of its own."""
    if what == "pass":
        # The first time compiled code is loaded, or made.
        only_pass(file, tell=False)
        only_pass(file, tell=True)
        return
    from hygie.model.bulk import Bulk
    from hygie.model.seams import Given
    from hygie.sources import capture

    flows = statements = packets = 0
    form = capture.PCAP if file.open("rb").read(4) != b"\x0a\x0d\x0d\x0a" else capture.PCAPNG
    source = Held(file)
    for row in capture.walk(source, Given("bench", "bench"), form, True):
        if isinstance(row, Bulk):
            flows += len(row)
            packets += sum(row.columns["packets_out"]) + sum(row.columns["packets_back"])
        else:
            statements += 1
    print(f"answer={flows:,} conversations of {packets:,} packets, {statements:,} other rows")


def only_pass(file: Path, tell: bool) -> None:
    """Walk over records, flows, tagging: nothing is read of payloads."""
    from hygie.kernel import columns as c
    from hygie.sources.capture import gathering
    from hygie.sources.capture.fast import Batch, Fast, alone
    from hygie.sources.capture.frames import Frame, Interface
    from hygie.sources.capture.metering import Rooms
    from hygie.sources.capture.window import Window

    begin = time.process_time()
    interfaces: list[Interface] = []
    meter = Fast(interfaces, Rooms(10_000_000, 10_000_000, 10_000_000))
    events = 0
    with file.open("rb", buffering=0) as stream:
        for item in gathering.of_pcap(Window(stream, gathering.CHUNK), interfaces):  # type: ignore[arg-type]
            if isinstance(item, Batch | Frame):
                batch = alone(item) if isinstance(item, Frame) else item
                events += sum(len(told) for told, _ in meter.passes(batch, unbound))
    spent = time.process_time() - begin
    halves = meter.halves_so_far()
    begun = (halves[:, c.TALK] == range(len(halves))) & (halves[:, c.META] < c.BARE)
    flows = sum(int(((halves[begun, c.META] >> 8) == protocol).sum()) for protocol in (6, 17))
    packets = int(meter.metered().sensors[:, c.N_PACKETS].sum())
    if tell:
        print(f"own={spent:.3f}\nanswer={packets:,} packets, {flows:,} TCP and UDP flows, {events:,} worth reading")


def unbound(*_: int) -> None:
    """The tables have room for all."""


class Held:
    """A file as the readers want it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name, self.path, self.size = file.name, str(file), file.stat().st_size

    def open(self):  # type: ignore[no-untyped-def]
        """A stream from the first byte."""
        return self.file.open("rb", buffering=0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--own"]:
        own(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
