#!/usr/bin/env python3
"""Everything a developer does, with the standard library alone: `python3 dev.py VERB`.

The environment (.venv) is made on first use. Verbs:

    test [PYTEST...]          all tests, on two processes; or those named
    check [--offline]         style, types, import contracts, sizes, and that wheels exist for every Python and system
    lock [--upgrade]          requirements/*.txt anew from pyproject.toml
    bench [NAME]              benchmarks
    fuzz [SECONDS] [NAME...]  every parser against damaged input
    fuzz packets [...]        damaged packets by the million through the whole reading of captures
    docs                      the documentation's pages
    build                     wheel, source archive, offline archive

Any other goes to the program: `python3 dev.py assess examples/hospital`, `devices`, `--version`...
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "uv" / "bin" / "uv"
MARK = VENV / "hygie-environment"
"""What the environment was made from: place, level, hash of the level's requirement files."""
REQUIREMENTS = ROOT / "requirements"
RUN, DEV, DOCS = "run", "dev", "docs"
LEVELS = {RUN: ("run.txt",), DEV: ("dev.txt",), DOCS: ("dev.txt", "docs.txt")}
"""Requirement files of each level of the environment, lowest first; each holds the one before."""
OLDEST, NEWEST = (3, 11), (3, 14)
PYTHONS = tuple(f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1))
PLATFORMS = ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")


def main(arguments: Sequence[str]) -> int:
    """Does one verb and gives its exit code."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(f"Python {PYTHONS[0]} to {PYTHONS[-1]} is needed; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] in ("-h", "--help"):
        print((__doc__ or "").strip())
        return 0 if arguments else 2
    verb, rest = arguments[0], list(arguments[1:])
    own = {"test": test, "check": check, "lock": lock, "bench": bench, "fuzz": fuzz, "docs": docs, "build": build}
    if verb in own:
        environment(DOCS if verb == "docs" else DEV)
        return own[verb](rest)
    environment(RUN)
    return run([PYTHON, "-m", "hygie", verb, *rest], folder=None)


def environment(level: str) -> None:
    """Makes or completes the environment; does nothing when it is as the requirement files say."""
    place, made, state = (*mark(), "", "", "")[:3]
    order = list(LEVELS)
    if place == place_hash() and made in order:
        level = max(level, made, key=order.index)
        if made == level and state == fingerprint(level) and PYTHON.exists() and UV.exists():
            return
    moved = bool(place) and place != place_hash()
    if moved or not PYTHON.exists():
        print("Making the environment in .venv (once)...", file=sys.stderr)
        must([sys.executable, "-m", "venv", "--without-pip", *(["--clear"] if moved else []), VENV])
    if not UV.exists() or state != fingerprint(level):
        provide_uv()
    files = [REQUIREMENTS / name for name in LEVELS[level]]
    must([UV, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", "--compile-bytecode", *files])
    site = next((VENV / "lib").glob("python3*")) / "site-packages"
    (site / "hygie-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    MARK.write_text(f"{place_hash()} {level} {fingerprint(level)}\n", encoding="utf-8")


def mark() -> tuple[str, ...]:
    """What the environment was made from; () where there is none."""
    return tuple(MARK.read_text(encoding="utf-8").split()) if MARK.exists() else ()


def place_hash() -> str:
    """Hash of the project's place: programs of an environment hold its path, so a moved one is made anew."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]


def fingerprint(level: str) -> str:
    """Hash of a level's requirement files, those of uv with them."""
    total = hashlib.sha256()
    for name in ("uv.txt", *LEVELS[level]):
        total.update((REQUIREMENTS / name).read_bytes())
    return total.hexdigest()


def provide_uv() -> None:
    """Puts the pinned uv into .venv/uv, by the system's pip; does nothing where it is there already."""
    pins = REQUIREMENTS / "uv.txt"
    kept = UV.parents[1] / "pins.txt"
    if UV.exists() and kept.exists() and kept.read_bytes() == pins.read_bytes():
        return
    shutil.rmtree(UV.parents[1], ignore_errors=True)
    step: list[str | Path] = [
        *pip(),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]
    must([*step, "--target", UV.parents[1], "--require-hashes", "-r", pins], {"PIP_ROOT_USER_ACTION": "ignore"})
    shutil.copyfile(pins, kept)


def pip() -> list[str]:
    """The system's pip; installed by apt as root where it is missing, else the one line to type is printed."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [sys.executable, "-m", "pip"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        must(["apt-get", "update", "-qq"])
        must(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-pip"])
        return ["/usr/bin/python3", "-m", "pip"]
    sys.exit("pip is missing. Please run once:  sudo apt-get install python3-pip")


def test(arguments: list[str]) -> int:
    """All tests, or those named."""
    return run([PYTHON, "-m", "pytest", *(arguments or ["-n", "2", "--dist", "loadfile"])])


def check(arguments: list[str]) -> int:
    """Style, types, import contracts, sizes; and that wheels exist for every supported Python and system."""
    steps: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
        "ruff format --check": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "lint-imports": [VENV / "bin" / "lint-imports", "--no-logo"],
        "tests/test_house.py": [PYTHON, "-m", "pytest", "tests/test_house.py"],
    }
    failed = [name for name, step in steps.items() if run(step)]
    if "--offline" not in arguments:
        failed += wheels()
    for name in failed:
        print("failed:", name, file=sys.stderr)
    return 1 if failed else 0


def wheels() -> list[str]:
    """Pairs of Python and system for which some locked package has no wheel, or no answer came."""
    pairs = [(python, platform) for python in PYTHONS for platform in PLATFORMS]
    with ThreadPoolExecutor(4) as pool:
        failed = [told for told in pool.map(lambda pair: wheels_of(*pair), pairs) if told]
    print(f"wheels: {len(pairs) - len(failed)} of {len(pairs)} pairs of Python and system have all")
    return failed


def wheels_of(python: str, platform: str) -> str:
    """What is wrong for one Python and system; "" where each locked package has a wheel."""
    step = [str(UV), "pip", "compile", "--quiet", "--no-header", "--only-binary", ":all:", "-o", os.devnull]
    step += ["--python-version", python, "--python-platform", platform, str(REQUIREMENTS / "run.txt")]
    done = subprocess.run(step, check=False, cwd=ROOT, capture_output=True, text=True)
    return f"wheels for Python {python} on {platform}\n{done.stderr.strip()}" if done.returncode else ""


def lock(arguments: list[str]) -> int:
    """Writes requirements/*.txt anew from pyproject.toml; `--upgrade` takes newer versions."""
    base: list[str | Path] = [UV, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    base += ["--python-version", PYTHONS[0], *arguments]
    groups: dict[str, list[str | Path]] = {
        RUN: ["requirements/run.in"],
        DEV: ["requirements/run.in", "--group", "dev", "-c", "requirements/run.txt"],
        DOCS: ["--group", "docs", "-c", "requirements/dev.txt"],
    }
    (REQUIREMENTS / "run.in").write_text("\n".join(dependencies()) + "\n", encoding="utf-8")
    return max(run([*base, *groups[name], "-o", f"requirements/{name}.txt"]) for name in groups)


def dependencies() -> list[str]:
    """What pyproject.toml says the program needs."""
    import tomllib

    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return [str(line) for line in found]


def bench(arguments: list[str]) -> int:
    """Benchmarks: `dev.py bench` lists them, `dev.py bench size` runs one."""
    if not arguments:
        print("\n".join(sorted(file.stem for file in (ROOT / "bench").glob("*.py"))))
        return 0
    return run([PYTHON, ROOT / "bench" / f"{arguments[0]}.py", *arguments[1:]])


def fuzz(arguments: list[str]) -> int:
    """Fuzzes every parser, time-boxed: `dev.py fuzz [SECONDS] [NAME...]`, 60 seconds over all where not said; or the
    reading of captures as a whole, by number of packets: `dev.py fuzz packets [--packets N]`."""
    if arguments[:1] == ["packets"]:
        return run([PYTHON, ROOT / "tests" / "fuzz" / "fuzz_packets.py", *arguments[1:]])
    return run([PYTHON, ROOT / "tests" / "fuzz" / "fuzz_readers.py", *arguments])


def docs(arguments: list[str]) -> int:
    """Builds the documentation's pages into build/docs."""
    return run([VENV / "bin" / "zensical", "build", *arguments])


def build(arguments: list[str]) -> int:
    """Wheel, source archive, and the offline archive with all wheels, hashes and the SBOM, into dist/."""
    return run([PYTHON, ROOT / "tools" / "build_archive.py", *arguments])


def run(command: Sequence[str | Path], folder: Path | None = ROOT) -> int:
    """Runs a command with the environment's programs at hand, in a folder (None: here); gives its exit code."""
    settings = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([str(part) for part in command], cwd=folder, env=settings, check=False).returncode


def must(command: Sequence[str | Path], settings: Mapping[str, str] | None = None) -> None:
    """Runs a command of the set-up; ends with its words where it fails."""
    done = subprocess.run([str(part) for part in command], check=False, env={**os.environ, **(settings or {})})
    if done.returncode:
        sys.exit(f"could not set up: {' '.join(map(str, command[:5]))}... gave {done.returncode}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
