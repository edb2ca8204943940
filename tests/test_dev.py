"""dev.py, the lock files, and the rule that CI skips nothing: the parts that need no network."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dev(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module dev.py with its places in a folder of its own."""
    module = ModuleType("dev")
    module.__file__ = str(root / "dev.py")
    exec(compile((root / "dev.py").read_text(encoding="utf-8"), "dev.py", "exec"), module.__dict__)
    shutil.copytree(root / "requirements", tmp_path / "requirements")
    venv = tmp_path / ".venv"
    places = {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "UV": venv / "uv" / "bin" / "uv",
        "MARK": venv / "hygie-environment",
        "REQUIREMENTS": tmp_path / "requirements",
    }
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    return module


@pytest.fixture
def steps(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands of the set-up, written down and played: a venv makes a Python, pip makes uv."""
    done: list[list[str]] = []

    def must(command: list[object], settings: object = None) -> None:
        words = [str(word) for word in command]
        done.append(words)
        if "venv" in words:
            shutil.rmtree(dev.VENV, ignore_errors=True)
            (dev.VENV / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
            (dev.VENV / "bin").mkdir()
            dev.PYTHON.touch()
        if "--target" in words:
            dev.UV.parent.mkdir(parents=True)
            dev.UV.touch()

    monkeypatch.setattr(dev, "must", must)
    return done


@pytest.fixture
def pip(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system has a pip."""
    monkeypatch.setattr(dev, "pip", lambda: ["python3", "-m", "pip"])


def verbs(steps: list[list[str]]) -> list[str]:
    names = {"venv": "venv", "install": "uv", "sync": "sync"}
    told = [next(names[word] for word in step if word in names) for step in steps]
    steps.clear()
    return told


@pytest.mark.usefixtures("pip")
def test_the_environment_is_made_once(dev: ModuleType, steps: list[list[str]]) -> None:
    dev.environment(dev.RUN)
    assert verbs(steps) == ["venv", "uv", "sync"]
    dev.environment(dev.RUN)
    assert verbs(steps) == []
    pointer = dev.VENV / "lib" / "python3.11" / "site-packages" / "hygie-source.pth"
    assert pointer.read_text() == f"{dev.ROOT / 'src'}\n"


@pytest.mark.usefixtures("pip")
def test_a_higher_level_holds_the_lower_and_is_kept(dev: ModuleType, steps: list[list[str]]) -> None:
    dev.environment(dev.RUN)
    steps.clear()
    dev.environment(dev.DEV)
    assert verbs(steps) == ["sync"]
    dev.environment(dev.RUN)
    assert verbs(steps) == []
    with (dev.REQUIREMENTS / "dev.txt").open("a") as file:
        file.write("# changed\n")
    dev.environment(dev.RUN)
    assert [Path(word).name for word in steps[-1][-1:]] == ["dev.txt"]
    assert verbs(steps) == ["sync"]


@pytest.mark.usefixtures("pip")
def test_another_pin_of_uv_is_installed(dev: ModuleType, steps: list[list[str]]) -> None:
    dev.environment(dev.RUN)
    steps.clear()
    with (dev.REQUIREMENTS / "uv.txt").open("a") as file:
        file.write("# changed\n")
    dev.environment(dev.RUN)
    assert verbs(steps) == ["uv", "sync"]


@pytest.mark.usefixtures("pip")
def test_a_moved_folder_gets_a_new_environment(
    dev: ModuleType, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.environment(dev.DEV)
    steps.clear()
    monkeypatch.setattr(dev, "place_hash", lambda: "elsewhere")
    dev.environment(dev.RUN)
    assert "--clear" in steps[0]
    assert verbs(steps) == ["venv", "uv", "sync"]


@pytest.mark.usefixtures("pip")
def test_an_interrupted_setup_is_completed(dev: ModuleType, steps: list[list[str]]) -> None:
    dev.environment(dev.RUN)
    dev.MARK.unlink()
    steps.clear()
    dev.environment(dev.RUN)
    assert verbs(steps) == ["sync"]


def test_without_pip_and_rights_one_line_says_what_to_type(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "executable", "/bin/false")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo apt-get install python3-pip"):
        dev.pip()


def test_without_pip_root_gets_it_from_the_system(
    dev: ModuleType, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.sys, "executable", "/bin/false")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert dev.pip() == ["/usr/bin/python3", "-m", "pip"]
    assert [step[:2] for step in steps] == [["apt-get", "update"], ["apt-get", "install"]]


def test_other_pythons_are_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit, match=r"Python 3\.11 to 3\.14"):
        dev.main(["test"])


def test_help_names_every_verb(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n    {verb} " in told for verb in ("test", "check", "lock", "bench", "fuzz", "docs", "build"))
    assert dev.main([]) == 2


def test_other_verbs_go_to_the_program_where_the_user_stands(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    monkeypatch.setattr(dev, "environment", ran.append)
    monkeypatch.setattr(dev, "run", lambda command, folder: ran.append((command[1:], folder)) or 3)
    assert dev.main(["assess", "a b", "--lang", "fr"]) == 3
    assert ran == [dev.RUN, (["-m", "hygie", "assess", "a b", "--lang", "fr"], None)]


def test_a_failed_step_of_check_fails_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "run", lambda command: int("mypy" in command))
    assert dev.check(["--offline"]) == 1
    assert capfd.readouterr().err == "failed: mypy\n"


def test_a_missing_wheel_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(step: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        bad = "3.14" in step and "x86_64-pc-windows-msvc" in step
        return subprocess.CompletedProcess(step, int(bad), "", "no usable wheels\n" if bad else "")

    monkeypatch.setattr(dev.subprocess, "run", compiled)
    assert dev.wheels() == ["wheels for Python 3.14 on x86_64-pc-windows-msvc\nno usable wheels"]


def pinned(file: Path) -> dict[str, str]:
    """Package -> its pin lines with hashes, as a lock file has them."""
    blocks = file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {line.split("==")[0]: line for line in blocks if "==" in line and not line.lstrip().startswith("#")}


def canonical(requirement: str) -> str:
    return re.split("[<>=;]", requirement, maxsplit=1)[0].strip().replace("_", "-").lower()


def test_the_lock_holds_what_the_project_names(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"]
    assert (root / "requirements" / "run.in").read_text(encoding="utf-8").split("\n")[:-1] == wanted
    assert {canonical(line) for line in wanted} <= set(pinned(root / "requirements" / "run.txt"))
    for group in ("dev", "docs"):
        names = {canonical(line) for line in project["dependency-groups"][group]}
        assert names <= set(pinned(root / "requirements" / f"{group}.txt")), group


@pytest.mark.parametrize("name", ["run", "dev", "docs", "uv"])
def test_every_pin_has_hashes_and_no_address(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = pinned(root / "requirements" / f"{name}.txt")
    assert lines
    assert [package for package, line in lines.items() if "--hash=sha256:" not in line] == []
    assert "://" not in text
    assert "--index" not in text


def test_levels_hold_the_same_versions(root: Path) -> None:
    run, dev = (pinned(root / "requirements" / f"{name}.txt") for name in ("run", "dev"))
    assert {name: line for name, line in run.items() if dev.get(name, "").split() != line.split()} == {}


SKIPS = """
import pytest
{whole}
def test_one():
    pytest.skip("no hall here")
@pytest.mark.skipif(True, reason="no pump here")
def test_two():
    assert False
@pytest.mark.xfail(reason="known", strict=True)
def test_three():
    assert False
"""


@pytest.mark.parametrize(
    ("ci", "whole", "failures"),
    [("true", "", 2), ("", "", 0), ("true", 'pytest.skip("far", allow_module_level=True)', 1)],
)
def test_under_ci_a_skip_is_a_failure(root: Path, tmp_path: Path, ci: str, whole: str, failures: int) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(SKIPS.format(whole=whole))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-q",
        "-rN",
        "-c",
        os.devnull,
    ]
    done = subprocess.run(
        [*command, "--rootdir", tmp_path, tmp_path],
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) == bool(failures), done.stdout
    assert done.stdout.count("Under CI=true a skipped test is a failure.") == failures
    if failures == 2:
        assert "no hall here" in done.stdout
        assert "no pump here" in done.stdout


PACKAGES = {
    "capinfos": "wireshark-common",
    "chromium": "chromium",
    "dcmdump": "dcmtk",
    "echoscu": "dcmtk",
    "ip": "iproute2",
    "nfcapd": "nfdump",
    "nfdump": "nfdump",
    "nft": "nftables",
    "pdftotext": "poppler-utils",
    "softflowd": "softflowd",
    "storescp": "dcmtk",
    "tshark": "tshark",
    "unshare": "util-linux",
}
"""Program -> Debian package."""


def test_ci_installs_each_program_that_a_test_asks_for(root: Path) -> None:
    asked = set()
    for file in (root / "tests").rglob("*.py"):
        asked |= set(re.findall(r"""which\(["']([a-z0-9-]+)["']\)""", file.read_text(encoding="utf-8")))
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    installed = set(re.search(r"programs=\((.*)\)", script).group(1).split())
    assert asked
    assert {PACKAGES[name] for name in asked} <= installed
