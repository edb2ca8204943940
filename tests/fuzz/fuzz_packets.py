"""Damaged packets through the whole reading, both passes: `python3 dev.py fuzz packets [--packets N] [--seconds S]`.

Files of some thousand packets each (`packets`) are read to the last row by the compiled and by the plain pass. Found
is: an exception that readers may not raise, the death of the process, a file that takes longer than 120 seconds, memory
beyond a limit or growing from file to file, and any row that differs between both passes.

The reading is done by a process of its own, which is started again where it ends. Each file is made from its number:
`--again N` reads number N once more, in this process. Findings are left in build/fuzz/packets. Exits 1 where there are
any.
"""

import argparse
import gc
import json
import queue
import resource
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
if True:  # the paths come first
    from fuzz import packets
    from hygie.model.bulk import Bulk
    from hygie.model.evidence import Coverage
    from hygie.sources import UNREADABLE, capture
    from sources.capture import made

SEEDS = [ROOT / "examples", ROOT.parent / "shared" / "data" / "pcaps"]
SIZE = 3_000
"""Packets of a file."""
SLOW = 120
"""Seconds that one file may take."""
MOST_MEMORY = 1_500
"""Megabytes that the process may hold."""
GROWN = 300
"""Megabytes by which its memory may grow after the first files."""
SETTLED = 60
"""Files after which memory should not grow any more."""
MOST_FINDINGS = 20
WHAT = ("packets", "bytes")


class Told(NamedTuple):
    """What was read."""

    packets: int = 0
    files: int = 0
    processor: float = 0.0
    """Seconds."""
    early: float = 0.0
    """Megabytes held after the first files, and at most."""
    peak: float = 0.0
    found: tuple[str, ...] = ()


def main(arguments: list[str]) -> int:
    """Reads, prints the figures, gives the exit code."""
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    words.add_argument("--packets", type=int, default=100_000, help="read so many (100,000)")
    words.add_argument("--seconds", type=int, default=0, help="stop after so many seconds")
    words.add_argument("--first", type=int, default=1, metavar="N", help="number of the first file")
    words.add_argument("--into", type=Path, default=ROOT / "build" / "fuzz" / "packets")
    words.add_argument("--seeds", type=Path, nargs="*", default=SEEDS, help="folders of captures")
    words.add_argument("--again", type=int, metavar="N", help="read one file once more")
    words.add_argument("--work", type=int, metavar="N", help=argparse.SUPPRESS)
    given = words.parse_args(arguments)
    given.into.mkdir(parents=True, exist_ok=True)
    if given.work is not None:
        work(given.work, given.seeds)
        return 0
    if given.again is not None:
        data = packets.batch(given.again, packets.seeds(given.seeds), SIZE)
        (given.into / f"{given.again}.pcap").write_bytes(data)
        print(f"{read(data):,} packets: nothing found")
        return 0
    begin = time.monotonic()
    told = watched(given, begin)
    spent = time.monotonic() - begin
    print(
        f"{told.packets:,} packets in {told.files:,} files, both passes: {spent:.0f} s, {told.processor:.0f} s CPU, "
        f"{told.packets / max(spent, 1):,.0f} packets/s, memory {told.early:.0f} MB after the first files, "
        f"{told.peak:.0f} MB at most, {len(told.found)} findings"
    )
    for found in told.found:
        print(found)
    return 1 if told.found or not told.packets else 0


# ---------------------------------------------------------------- the process that reads


def work(first: int, folders: list[Path]) -> None:
    """Reads file after file until it is ended; says of each what came of it, one line of JSON."""
    source = packets.seeds(folders)
    number = first
    while True:
        print(json.dumps({"begun": number}), flush=True)
        data = packets.batch(number, source, SIZE)
        wrong = ""
        count = 0
        try:
            count = read(data)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "hygie" in frame.filename]
            place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            wrong = f"{type(error).__name__} at {place}: {str(error)[:300]}"
        gc.collect()
        used = resource.getrusage(resource.RUSAGE_SELF)
        told = {"number": number, "packets": count, "memory": held(), "cpu": used.ru_utime + used.ru_stime}
        print(json.dumps({**told, "most": used.ru_maxrss / 1024, "wrong": wrong}), flush=True)
        number += 1


def read(data: bytes) -> int:
    """Reads a file with both passes; how many packets it had. Raises what readers may not, AssertionError.

    One file in three with tables that are full at once: what is folded then comes in parts of the one and the other
    size, and only sums are equal.
    """
    small = len(data) % 3 == 0
    compiled, ended = rows(data, True, small)
    plain, also = rows(data, False, small)
    packets = sum(row.packets for row in plain if type(row).__name__ == "Coverage")
    if small:
        compiled, plain = summed(compiled), summed(plain)
    for one, other in zip(compiled, plain, strict=False):
        if one != other:
            raise AssertionError(f"passes differ: compiled {one!r:.120}, plain {other!r:.120}")
    if len(compiled) != len(plain) or ended != also:
        raise AssertionError(f"passes differ: {len(compiled)} and {len(plain)} rows, ended by {ended!r} and {also!r}")
    return packets


def summed(found: list[Any]) -> list[Any]:
    """Packets and bytes of all conversations, and what the sensors covered."""
    flows = [row for row in found if type(row).__name__ == "Flow"]
    packets, size = (sum(getattr(row, f"{what}_out") + getattr(row, f"{what}_back") for row in flows) for what in WHAT)
    covered = [(row.sensor, row.packets, row.bytes, row.unread, row.gaps) for row in found if type(row) is Coverage]
    return [packets, size, *covered]


def rows(data: bytes, compiled: bool, small: bool) -> tuple[list[Any], str]:
    """All rows, and the name of what the stream's end raised."""
    found: list[Any] = []
    rooms, most = (capture.Rooms(200, 200, 200), 100) if small else (capture.ROOMS, capture.MOST_CONVERSATIONS)
    try:
        for row in capture.walk(made.Held(data), made.GIVEN, made.form(data), compiled, rooms, most):
            found.extend(row.rows() if isinstance(row, Bulk) else [row])
    except UNREADABLE as error:
        return found, f"{type(error).__name__}: {error}"
    return found, ""


def held() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


# ---------------------------------------------------------------- the process that watches


def watched(given: argparse.Namespace, begin: float) -> Told:
    """Has files read until enough was."""
    told, number = Told(), given.first
    while told.packets < given.packets and len(told.found) < MOST_FINDINGS and not late(given, begin):
        told, number = child(given, told, number, begin)
    return told


def late(given: argparse.Namespace, begin: float) -> bool:
    """Whether the time is over."""
    return bool(given.seconds) and time.monotonic() - begin > given.seconds


def child(given: argparse.Namespace, told: Told, number: int, begin: float) -> tuple[Told, int]:
    """One process, until enough was read or it is ended: what was read by then, and the number to go on with."""
    command = [sys.executable, __file__, "--work", str(number), "--seeds", *map(str, given.seeds)]
    log = (given.into / "log").open("ab")
    with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=passed, args=(process.stdout, lines), daemon=True).start()
        started, wrong, before = number, "", told.processor
        while not wrong and told.packets < given.packets and not late(given, begin):
            try:
                line = json.loads(lines.get(timeout=SLOW) or "null")
            except queue.Empty:
                wrong = f"file {number}: took longer than {SLOW} seconds"
                break
            if line is None:
                wrong = f"file {number}: the process ended with {process.wait()}"
            elif "begun" in line:
                number = line["begun"]
            else:
                told = added(told, line, before, line["number"] - started)
                wrong = grown(line, told, line["number"] - started)
                number += 1
                progress(given.into, told)
        process.kill()
    if wrong:
        told = told._replace(found=(*told.found, wrong))
        number += "took longer" in wrong or "ended with" in wrong
    return told, number


def passed(stream: IO[str] | None, lines: "queue.SimpleQueue[str]") -> None:
    """Each line; at the end an empty one."""
    for line in stream or ():
        lines.put(line)
    lines.put("")


def added(told: Told, line: dict[str, Any], before: float, files: int) -> Told:
    """With one more file."""
    found = told.found
    if line["wrong"] and not any(line["wrong"][:60] in known for known in found):
        found = (*found, f"file {line['number']}: {line['wrong']}")
    return Told(
        told.packets + line["packets"],
        told.files + 1,
        before + line["cpu"],
        line["memory"] if files <= SETTLED else told.early,
        max(told.peak, line["most"]),
        found,
    )


def grown(line: dict[str, Any], told: Told, files: int) -> str:
    """What is wrong with its memory; "" nothing."""
    if line["most"] > MOST_MEMORY:
        return f"file {line['number']}: {line['most']:.0f} MB"
    if files > SETTLED and line["memory"] > told.early + GROWN:
        return f"by file {line['number']} memory grew from {told.early:.0f} to {line['memory']:.0f} MB"
    return ""


def progress(into: Path, told: Told) -> None:
    """How far it is, for who looks."""
    (into / "progress.json").write_text(json.dumps(told._asdict()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
