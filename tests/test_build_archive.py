"""What is handed out: the wheel's content, the SBOM, the archive's bytes and its installer."""

import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

METADATA = """Metadata-Version: 2.4
Name: {name}
Version: 1.0
Summary: A part
{lines}

Long words.
"""
HOUR = 1_790_000_000


@pytest.fixture(scope="module")
def build(root: Path) -> Iterator[ModuleType]:
    found = importlib.util.spec_from_file_location("build_archive", root / "tools" / "build_archive.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    yield module


def wheel(folder: Path, name: str, *lines: str, files: tuple[str, ...] = ()) -> Path:
    file = folder / f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(
            zipfile.ZipInfo(f"{name.replace('-', '_')}-1.0.dist-info/METADATA"),
            METADATA.format(name=name, lines="\n".join(lines)),
        )
        for one in files:
            made.writestr(one, "x")
    return file


def test_the_wheel_holds_what_the_main_job_needs(build: ModuleType, root: Path, tmp_path: Path) -> None:
    if not (root / "README.md").exists():
        pytest.skip("README.md is not written")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (made,) = tmp_path.glob("*.whl")
    assert build.lacking(made) == []
    with zipfile.ZipFile(made) as opened:
        names = set(opened.namelist())
        given = {
            file.relative_to(root / "examples" / "hospital") for file in (root / "examples" / "hospital").rglob("*")
        }
        code = {file.relative_to(root / "src") for file in (root / "src").rglob("*") if "__pycache__" not in file.parts}
        assert {f"hygie/serve/hospital/{file}" for file in given if file.suffix} <= names
        assert {str(file) for file in code if file.suffix} <= names
        assert not any(name.endswith((".pyc", ".orig", "truth.json")) for name in names)
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "hygie = hygie.serve.cli:run" in opened.read(entry).decode()


def test_a_wheel_that_lacks_something_is_told(build: ModuleType, tmp_path: Path) -> None:
    absent = build.lacking(wheel(tmp_path, "hygie", files=("hygie/serve/hospital/gmao.csv",)))
    assert r"hygie/serve/hospital/capture\.pcap" in absent
    assert r"hygie/serve/hospital/gmao\.csv" not in absent


def test_the_sbom_names_parts_licences_hashes_and_needs(build: ModuleType, tmp_path: Path) -> None:
    wheels = [
        wheel(
            tmp_path, "hygie", "License-Expression: Apache-2.0", "Requires-Dist: part-one>=1", "Requires-Dist: absent"
        ),
        wheel(tmp_path, "part-one", "License: MIT", "Requires-Dist: part-two; python_version < '3'"),
        wheel(tmp_path, "part-two", "Classifier: License :: OSI Approved :: BSD License"),
    ]
    text = build.sbom(wheels, HOUR)
    assert text == build.sbom(wheels[::-1], HOUR)
    bom = json.loads(text)
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["name"] == "hygie"
    assert bom["metadata"]["component"]["type"] == "application"
    assert bom["metadata"]["timestamp"].startswith("2026-09-21T")
    parts = {one["name"]: one for one in bom["components"]}
    assert set(parts) == {"part-one", "part-two"}
    assert parts["part-one"]["purl"] == "pkg:pypi/part-one@1.0"
    assert parts["part-one"]["hashes"] == [{"alg": "SHA-256", "content": build.sha256(wheels[1])}]
    assert parts["part-one"]["licenses"][0]["license"]["id"] == "MIT"
    assert parts["part-two"]["licenses"][0]["license"]["name"] == "BSD License"
    needs = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    assert needs["hygie==1.0"] == ["part-one==1.0"]
    assert needs["part-one==1.0"] == []


def test_the_same_folder_gives_the_same_bytes(build: ModuleType, tmp_path: Path) -> None:
    folders = [tmp_path / name / "hygie-1" for name in ("one", "two")]
    for folder, first in zip(folders, ("a", "b"), strict=True):
        (folder / "wheels").mkdir(parents=True)
        for name in sorted("ab", reverse=first == "b"):
            (folder / "wheels" / name).write_text(name)
        (folder / "install.sh").write_text("x")
        (folder / "install.sh").chmod(0o700)
    os.utime(folders[0] / "wheels" / "a", (1, 1))
    one, two = (build.packed(folder, HOUR) for folder in folders)
    assert one == two
    (tmp_path / "x.tar.gz").write_bytes(one)
    with tarfile.open(tmp_path / "x.tar.gz") as opened:
        entries = {entry.name: entry for entry in opened}
    assert list(entries) == ["hygie-1/install.sh", "hygie-1/wheels/a", "hygie-1/wheels/b"]
    assert {(entry.mtime, entry.uid, entry.uname) for entry in entries.values()} == {(HOUR, 0, "")}
    assert entries["hygie-1/install.sh"].mode == 0o755


def test_pins_are_taken_from_the_lock(build: ModuleType, root: Path, tmp_path: Path) -> None:
    lock = (root / "requirements" / "dev.txt").read_text(encoding="utf-8")
    pin = build.locked(lock, build.INSTALLER)
    assert pin.startswith("pip==")
    assert pin.count("==") == 1
    assert "--hash=sha256:" in pin
    with pytest.raises(LookupError, match="nothing is not locked"):
        build.locked(lock, "nothing")
    one = wheel(tmp_path, "part-one")
    assert build.requirements([one]) == f"part-one==1.0 --hash=sha256:{build.sha256(one)}\n"


@pytest.fixture
def archive(build: ModuleType, root: Path, tmp_path: Path) -> Path:
    """An archive whose pip writes down what it is asked, and gives a command."""
    folder = tmp_path / "archive"
    (folder / "wheels").mkdir(parents=True)
    values = {
        "VERSION": "1.0",
        "ARCH": build.platform.machine(),
        "PYTHON": build.PYTHON,
        "PIP": "pip.whl",
    }
    script = folder / "install.sh"
    script.write_text(build.filled((root / "tools" / "install.sh").read_text(encoding="utf-8"), values))
    script.chmod(0o755)
    (folder / "requirements.txt").write_text("")
    with zipfile.ZipFile(folder / "pip.whl", "w") as made:
        made.writestr(
            "pip/__main__.py",
            "import os, sys, pathlib\n"
            "here = pathlib.Path(sys.prefix, 'bin', 'hygie')\n"
            "here.write_text('#!/bin/sh\\necho hygie 1.0\\n')\n"
            "here.chmod(0o755)\n"
            "pathlib.Path(sys.prefix, 'asked').write_text('\\n'.join(sys.argv[1:] + sorted(os.environ)))\n",
        )
        made.writestr("pip/__init__.py", "")
    (folder / "SHA256SUMS").write_text(build.sums(folder))
    return folder


def install(archive: Path, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    home.mkdir(exist_ok=True)
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PYTHON": sys.executable, "PIP_INDEX_URL": "elsewhere"}
    command = [str(archive / "install.sh"), *words]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


def test_the_installer_needs_no_network_and_links_the_command(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    for _ in range(2):
        done = install(archive, home)
        assert done.returncode == 0, done.stderr
        assert "hygie 1.0" in done.stdout
        assert "is not in your PATH" in done.stdout
    place = home / ".local" / "share" / "hygie" / "1.0"
    assert (home / ".local" / "bin" / "hygie").resolve() == place / "bin" / "hygie"
    asked = (place / "asked").read_text().splitlines()
    assert {"--no-index", "--no-deps", "--require-hashes"} <= set(asked)
    assert "PIP_INDEX_URL" not in asked
    assert install(archive, home, str(tmp_path / "else where")).returncode == 0
    assert (tmp_path / "else where" / "1.0" / "pyvenv.cfg").exists()


def test_the_installer_refuses_what_was_changed_or_is_not_ours(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    strange = home / ".local" / "share" / "hygie" / "1.0"
    strange.mkdir(parents=True)
    done = install(archive, home)
    assert (done.returncode, "is no installation of Hygie" in done.stderr) == (3, True)
    strange.rmdir()
    (archive / "requirements.txt").write_text("evil")
    done = install(archive, home)
    assert (done.returncode, "damaged or was changed" in done.stderr) == (3, True)
    assert not strange.exists()


def test_the_installer_names_the_system_that_it_is_for(archive: Path, build: ModuleType, tmp_path: Path) -> None:
    script = archive / "install.sh"
    script.write_text(script.read_text().replace(build.platform.machine(), "s390x"))
    done = install(archive, tmp_path / "home")
    assert (done.returncode, "this archive is for Linux on s390x" in done.stderr) == (3, True)
    assert "[FOLDER]" in install(archive, tmp_path / "home", "--help").stdout
