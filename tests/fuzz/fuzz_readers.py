"""Fuzzes every parser with atheris, time-boxed: `python3 dev.py fuzz [SECONDS] [NAME...] [--runs N] [--into DIR]`.

SECONDS are for all targets together (60 where not said). A NAME is a target ("sources.csaf"), a group ("wire") or a
last part ("csaf"). Prints a table; exits 1 where something was found and leaves the input in a named file under
build/fuzz, from which `fuzz_readers.py --again FILE` repeats it. What counts as found: see `targets`; an input that
takes longer than 20 seconds or more than 2 GB; the death of the process.

The parsers are instrumented once; each target then runs in a child of its own, so that none ends the others.
"""

import argparse
import contextlib
import hashlib
import json
import mmap
import os
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
SECONDS = 60
SLOW = 20
"""Seconds that one input may take."""
MEMORY = 2048
"""Megabytes that a child may hold."""
GRACE = 60
"""Seconds after which a child that does not end is ended."""
RESTARTS = 3
"""How often a target goes on after the death of its process."""
DEATHS = {70: "too slow", 71: "too much memory", 77: "crash"}
"""Exit codes of libFuzzer."""


class Finding(NamedTuple):
    """Something that should not happen."""

    target: str
    what: str
    file: Path


class Box(NamedTuple):
    """How much a target may take, and where things lie."""

    seconds: int
    runs: int
    into: Path
    slow: int = SLOW
    memory: int = MEMORY


def main(arguments: list[str]) -> int:
    """Fuzzes, prints the table, gives the exit code."""
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    words.add_argument("seconds", nargs="?", type=int, default=SECONDS, metavar="SECONDS")
    words.add_argument("names", nargs="*", metavar="NAME")
    words.add_argument("--runs", type=int, default=-1, help="at most so many inputs a target")
    words.add_argument("--into", type=Path, default=ROOT / "build" / "fuzz", help="folder of corpora and findings")
    words.add_argument("--again", type=Path, metavar="FILE", help="run one input that was found")
    given = words.parse_args(arguments)
    if not given.again and not instrumented(given.into):
        print(
            "atheris is not here (it has wheels for Python 3.11 to 3.13 on Linux): nothing was fuzzed.", file=sys.stderr
        )
        return 2
    from fuzz.targets import targets

    known = targets()
    if given.again:
        name = given.again.name.split("--")[0]
        known[name].run(given.again.read_bytes())
        print(f"{name}: nothing found")
        return 0
    chosen = {name: one for name, one in known.items() if wanted(name, given.names)}
    if not chosen:
        print("No such target. Targets:", *known, file=sys.stderr)
        return 2
    box = Box(max(1, given.seconds // len(chosen)), given.runs, given.into)
    return fuzz(chosen, box, ROOT / "examples")


def wanted(name: str, names: list[str]) -> bool:
    """Whether a target is named."""
    group, _, last = name.partition(".")
    return not names or bool({name, group, last} & set(names))


def instrumented(into: Path) -> bool:
    """Loads the parsers with atheris' coverage; False where atheris is missing. Its chatter goes to a file."""
    into.mkdir(parents=True, exist_ok=True)
    try:
        import atheris
    except ImportError:
        return False
    with redirected(into / "instrumenting.log"), atheris.instrument_imports(include=["hygie"]):
        import fuzz.targets  # noqa: F401
    return True


class redirected(contextlib.AbstractContextManager[None]):  # noqa: N801
    """Standard output and error of this process and its libraries into a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        sys.stdout.flush()
        self.kept = (os.dup(1), os.dup(2))
        opened = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(opened, 1)
        os.dup2(opened, 2)
        os.close(opened)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        for place, kept in zip((1, 2), self.kept, strict=True):
            os.dup2(kept, place)
            os.close(kept)


def fuzz(chosen: Mapping[str, object], box: Box, examples: Path | None) -> int:
    """Fuzzes each target in turn; 1 where something was found."""
    if examples:
        from fuzz import seeds

        in_child(lambda: seeds.write(examples, chosen, box.into / "seeds"), box.into / "seeds.log", 300)
    print(f"{'target':<28}{'inputs':>10}{'findings':>10}")
    findings: list[Finding] = []
    silent = []
    for name, target in chosen.items():
        count, found = one(target, box)
        print(f"{name:<28}{count:>10}{len(found):>10}", flush=True)
        findings += found
        if not count:
            silent.append(name)
    for finding in findings:
        print(f"\n{finding.target}: {finding.what}\n    {finding.file}")
    for name in silent:
        print(f"\n{name}: not one input ran; see {box.into / name / 'log'}")
    return 1 if findings or silent else 0


def one(target: object, box: Box) -> tuple[int, list[Finding]]:
    """Inputs that ran and what was found, restarted where the process died."""
    name = target.name
    home = box.into / name
    for folder in (home / "corpus", box.into / "seeds" / name):
        folder.mkdir(parents=True, exist_ok=True)
    notes = home / "notes.jsonl"
    notes.unlink(missing_ok=True)
    counter = mmap.mmap(-1, 8)
    deaths: list[Finding] = []
    end = time.monotonic() + box.seconds
    for attempt in range(1 + RESTARTS):
        left = max(1, round(end - time.monotonic()))
        before = set(home.glob("death-*"))
        code = in_child(partial(play, target, box, counter, left, attempt), home / "log", left + box.slow + GRACE)
        if code == 0:
            break
        what = DEATHS.get(code, f"the process ended with {code}")
        death = next(iter(set(home.glob("death-*")) - before), home / "log")
        deaths.append(Finding(name, what, keep(death, box.into, name)))
        if time.monotonic() >= end:
            break
    told = [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []
    return struct.unpack("q", counter[:8])[0], [Finding(name, n["what"], Path(n["file"])) for n in told] + deaths


def keep(death: Path, into: Path, name: str) -> Path:
    """The input of a death under a name that tells its target."""
    if death.name == "log":
        return death
    file = into / f"{name}--{death.name.removeprefix('death-')}"
    return death.replace(file)


def in_child(work: Callable[[], object], log: Path, seconds: int) -> int:
    """Does work in a forked process whose words go to a file; its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        redirected(log).__enter__()
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - this process ends here, with the reason in its log
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    end = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)


def play(target: object, box: Box, counter: mmap.mmap, seconds: int, attempt: int) -> None:
    """libFuzzer over one target; does not return. Exceptions are noted, each place once, and it goes on."""
    import atheris

    known: set[str] = set()
    count = struct.unpack("q", counter[:8])[0]

    def run(data: bytes) -> None:
        nonlocal count
        count += 1
        counter[:8] = struct.pack("q", count)
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            note(target.name, error, data, box.into, known)

    with atheris.instrument_imports(include=["hygie"]):
        run(b"")
    runs = min((limit for limit in (box.runs, target.runs) if limit >= 0), default=-1)
    home = box.into / target.name
    options = {
        "max_total_time": seconds,
        "timeout": box.slow,
        "rss_limit_mb": box.memory,
        "max_len": target.longest,
        "runs": runs,
        "seed": 1 + attempt,
        "artifact_prefix": f"{home}/death-",
        "reload": 0,
        "detect_leaks": 0,
        "print_final_stats": 1,
    }
    words = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup(["fuzz", *words, str(home / "corpus"), str(box.into / "seeds" / target.name)], run)
    atheris.Fuzz()


def note(name: str, error: Exception, data: bytes, into: Path, known: set[str]) -> None:
    """Writes down a finding with its input, unless its place is known."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "hygie" in f.filename or "targets" in f.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    # A broken promise stands where it is checked: its words tell one from another.
    mark = f"{type(error).__name__} {place} {str(error)[:40] if isinstance(error, AssertionError) else ''}"
    if mark in known:
        return
    known.add(mark)
    file = into / f"{name}--{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    told = {"what": f"{type(error).__name__} at {place}: {str(error)[:200]}", "file": str(file)}
    with (into / name / "notes.jsonl").open("a") as notes:
        notes.write(json.dumps(told) + "\n")
    traceback.print_exception(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
