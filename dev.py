#!/usr/bin/env python3
"""Everything a developer does, with the standard library alone: `python3 dev.py VERB`.

The environment (.venv) is made on first use. Verbs: test, check, lock, bench, fuzz, docs, build; any other goes to
`hygie` (`assess examples/hospital`, `devices`, `serve`...).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "uv" / "bin" / "uv"
UV_PIN = ("--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt"))
RUN, DEV, DOCS = "run", "dev", "docs"
LEVELS = {RUN: ("run.txt",), DEV: ("dev.txt",), DOCS: ("dev.txt", "docs.txt")}
"""Requirement files of each level of the environment; dev holds run."""
ORDER = (RUN, DEV, DOCS)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")


def main(arguments: Sequence[str]) -> int:
    """Does one verb and gives its exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    verb, rest = arguments[0], list(arguments[1:])
    own = {"test": test, "check": check, "lock": lock, "bench": bench, "fuzz": fuzz, "docs": docs, "build": build}
    if verb in own:
        environment(DOCS if verb == "docs" else DEV)
        return own[verb](rest)
    environment(RUN)
    return run([PYTHON, "-m", "hygie", verb, *rest])


def environment(level: str) -> None:
    """Makes or completes the environment; does nothing when it is as the requirement files say."""
    mark = VENV / "hygie-level"
    wanted = fingerprint(level)
    for higher in ORDER[ORDER.index(level) :]:
        if mark.exists() and mark.read_text(encoding="utf-8") == f"{higher} {fingerprint(higher)}":
            return
    if not PYTHON.exists():
        print("Making the environment in .venv (once)...", file=sys.stderr)
        must([sys.executable, "-m", "venv", "--without-pip", VENV])
    if not UV.exists():
        must([*pip(), "install", "--quiet", "--disable-pip-version-check", "--target", UV.parents[1], *UV_PIN])
    files = [ROOT / "requirements" / name for name in LEVELS[level]]
    must([UV, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", "--compile-bytecode", *files])
    site = next((VENV / "lib").glob("python3*")) / "site-packages"
    (site / "hygie-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    mark.write_text(f"{level} {wanted}", encoding="utf-8")


def fingerprint(level: str) -> str:
    """Hash of a level's requirement files and of the place that the environment was made in."""
    total = hashlib.sha256(str(ROOT).encode())
    for name in LEVELS[level]:
        total.update((ROOT / "requirements" / name).read_bytes())
    return total.hexdigest()


def pip() -> list[str]:
    """The system's pip; installed by apt as root where it is missing, else the one line to type is printed."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [sys.executable, "-m", "pip"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        must(["apt-get", "update", "-qq"])
        must(["apt-get", "install", "-y", "-qq", "python3-pip"])
        return ["/usr/bin/python3", "-m", "pip"]
    sys.exit("pip is missing. Please run once:  sudo apt-get install python3-pip")


def test(arguments: list[str]) -> int:
    """All tests, or those named."""
    return run([PYTHON, "-m", "pytest", *(arguments or ["-n", "2", "--dist", "loadfile"])])


def check(arguments: list[str]) -> int:
    """Style, types, import contracts, sizes; and that wheels exist for every supported Python and system."""
    steps: list[list[str | Path]] = [
        [PYTHON, "-m", "ruff", "check", "."],
        [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        [PYTHON, "-m", "mypy"],
        [VENV / "bin" / "lint-imports"],
        [PYTHON, "-m", "pytest", "tests/test_house.py"],
    ]
    failed = [" ".join(map(str, step[1:] or step)) for step in steps if run(step)]
    if "--offline" not in arguments:
        failed += wheels()
    for line in failed:
        print("failed:", line, file=sys.stderr)
    return 1 if failed else 0


def wheels() -> list[str]:
    """Combinations of Python and system for which some requirement has no wheel."""
    failed = []
    for python in PYTHONS:
        for platform in PLATFORMS:
            step = [str(UV), "pip", "compile", "--quiet", "--no-header", "--only-binary", ":all:"]
            step += ["--python-version", python, "--python-platform", platform, str(ROOT / "requirements" / "run.in")]
            if subprocess.run([*step, "-o", os.devnull], check=False, cwd=ROOT).returncode:
                failed.append(f"wheels for Python {python} on {platform}")
    print(f"wheels: {len(PYTHONS) * len(PLATFORMS) - len(failed)} of {len(PYTHONS) * len(PLATFORMS)} resolve")
    return failed


def lock(arguments: list[str]) -> int:
    """Writes requirements/*.txt anew from pyproject.toml; `--upgrade` takes newer versions."""
    folder = ROOT / "requirements"
    base = [UV, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    base += ["--python-version", "3.11", *arguments]
    groups: dict[str, list[str | Path]] = {
        "run": [folder / "run.in"],
        "dev": [folder / "run.in", "--group", "dev"],
        "docs": ["--group", "docs", "-c", folder / "dev.txt"],
    }
    (folder / "run.in").write_text("\n".join(dependencies()) + "\n", encoding="utf-8")
    return max(run([*base, *groups[name], "-o", folder / f"{name}.txt"]) for name in groups)


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
    """Fuzzes every parser with atheris, time-boxed: `dev.py fuzz [SECONDS] [NAME...]`."""
    return run([PYTHON, ROOT / "tests" / "fuzz" / "fuzz_readers.py", *arguments])


def docs(arguments: list[str]) -> int:
    """Builds the documentation's pages into build/docs."""
    return run([VENV / "bin" / "zensical", "build", *arguments])


def build(arguments: list[str]) -> int:
    """Wheel, source archive, and the offline archive with all wheels, hashes and the SBOM."""
    return run([PYTHON, ROOT / "tools" / "build_archive.py", *arguments])


def run(command: Sequence[str | Path]) -> int:
    """Runs a command in the project's folder and gives its exit code."""
    settings = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    folder = ROOT if command[1:2] != ["-m"] or "hygie" not in command[2:3] else None
    return subprocess.run([str(part) for part in command], cwd=folder, env=settings, check=False).returncode


def must(command: Sequence[str | Path]) -> None:
    """Runs a command of the set-up; ends with its words where it fails."""
    done = subprocess.run([str(part) for part in command], check=False)
    if done.returncode:
        sys.exit(f"could not set up: {' '.join(map(str, command[:5]))}... gave {done.returncode}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
