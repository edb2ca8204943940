"""The main job on a large hospital: 25,000 GMAO lines, 500 SBOMs, the full EPSS, KEV, 292 advisories, NVD's ranges.

Makes the inputs where they are missing (bench/inputs.py), runs `assess` in a process of its own on two cores, and
prints wall time, CPU time, peak memory, and findings by verdict.

    python bench/size.py [--runs 3] [--heavy]

`--heavy`: three times as many components of each SBOM have known vulnerabilities.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INPUTS = {"usual": 15, "heavy": 45}
"""Name of the inputs -> components of each SBOM, of 300, that known vulnerabilities name."""


def main() -> None:
    """Runs and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, default=None, help="Keep the last workspace here.")
    parser.add_argument("--heavy", action="store_true")
    arguments = parser.parse_args()
    inputs = made("heavy" if arguments.heavy else "usual")
    walls, loads, peaks = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        for _ in range(arguments.runs):
            shutil.rmtree(workspace, ignore_errors=True)
            wall, load, peak = once(inputs, workspace)
            walls.append(wall)
            loads.append(load)
            peaks.append(peak)
        verdicts, report = counted(workspace)
        if arguments.keep:
            shutil.copytree(workspace, arguments.keep, dirs_exist_ok=True)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"runs {arguments.runs}, cores {os.cpu_count()}, load average {load}")
    print(f"wall s   median {statistics.median(walls):.1f}   all {[round(w, 1) for w in walls]}")
    print(f"CPU s    median {statistics.median(loads):.1f}")
    print(f"peak MB  {max(peaks):.0f}")
    print(f"report   {report / 1e6:.1f} MB")
    for verdict, count in verdicts.items():
        print(f"{verdict:14} {count}")


def made(name: str) -> Path:
    """The folder of these inputs, made where it is missing."""
    folder = ROOT / "bench" / "data" / name
    if not (folder / "gmao.csv").exists():
        command = [
            sys.executable,
            str(ROOT / "bench" / "inputs.py"),
            "--into",
            str(folder),
            "--vulnerable",
            str(INPUTS[name]),
        ]
        subprocess.run(command, check=True)
    return folder


def once(inputs: Path, workspace: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of one run, all its processes together."""
    command = [sys.executable, "-m", "hygie", "assess", str(inputs), "--workspace", str(workspace), "--quiet"]
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--as-of", "2026-08-20", "--lang", "en"], env=settings, stdout=subprocess.DEVNULL
    )
    peak = 0.0
    while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        peak = max(peak, resident(process.pid))
        time.sleep(0.1)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in (0, 1):
        sys.exit(f"assess gave {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, max(peak, used.ru_maxrss / 1024)


def resident(process: int) -> float:
    """Megabytes that a process and its children hold now; 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        threads = Path(f"/proc/{process}/task").glob("*/children")
        children = [child for thread in threads for child in thread.read_text().split()]
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20 + sum(resident(int(child)) for child in children)


def counted(workspace: Path) -> tuple[dict[str, int], int]:
    """Device findings by verdict, and the report's size in bytes."""
    from hygie import walk
    from hygie.exports.tally import Tally
    from hygie.store import open_workspace

    with open_workspace(workspace, write=False) as store:
        tally = Tally(walk.picture(store))
        counts = Counter({str(verdict): count for verdict, count in tally.verdicts.items()})
    return dict(counts), (workspace / "report.html").stat().st_size


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
