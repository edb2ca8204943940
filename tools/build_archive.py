"""Builds what is handed out, into dist/: `python3 dev.py build [--no-archive]`.

1. The wheel (the example hospital inside) and the source archive, by hatchling; what must be in the wheel is checked.
2. On Linux, `hygie-VERSION-linux-ARCH-pyX.Y.tar.gz`: every wheel of requirements/run.txt for the running Python,
   fetched by hash; pip's own wheel; Hygie's wheel; `requirements.txt` with all hashes; the SBOM; `install.sh`;
   `SHA256SUMS`.
3. The SBOM beside it (CycloneDX 1.6 JSON, validated), and `dist/SHA256SUMS`.

The same commit and locks give the same bytes: times are the commit's (or SOURCE_DATE_EPOCH), owners are nobody.

Source: CycloneDX 1.6 (ECMA-424); PyPA core metadata 2.4; reproducible-builds.org, SOURCE_DATE_EPOCH.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import io
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OLDEST_TIME = 1_580_601_600
"""2 February 2020: the time of files where there is no commit to ask (hatchling's own default)."""
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
INSTALLER = "pip"
"""Runs out of its wheel on the hospital's side; it is no part of Hygie."""
WANTED = (
    r"hygie/serve/hospital/capture\.pcap",
    r"hygie/serve/hospital/gmao\.csv",
    r"hygie/serve/hospital/csaf/.*\.json",
    r"hygie/serve/hospital/mds2/.*\.xlsx",
    r"hygie/serve/hospital/sbom/.*\.json",
    r"hygie/words/fr/.*\.po",
    r"hygie/words/en/.*\.po",
    r"hygie/exports/report/page/.*\.html",
    r"hygie/exports/report/page/.*\.css",
    r"hygie/facts/oui\..*",
    r"hygie/facts/mds2\.txt",
    r"hygie/sources/opening/child\.py",
    r"hygie-[^/]*\.dist-info/licenses/LICENSE",
)
"""Files without which the installed program does not do its work."""


def main(arguments: list[str]) -> int:
    """Builds all, prints what was made."""
    words = argparse.ArgumentParser(description="Wheel, source archive, offline archive, SBOM, into dist/.")
    words.add_argument("--no-archive", action="store_true", help="wheel and source archive only: needs no network")
    words.add_argument("--into", type=Path, default=ROOT / "dist")
    given = words.parse_args(arguments)
    shutil.rmtree(given.into, ignore_errors=True)
    given.into.mkdir(parents=True)
    time = source_time()
    wheel = packages(given.into, time)
    if not given.no_archive and sys.platform == "linux":
        offline(given.into, wheel, time)
    (given.into / "SHA256SUMS").write_text(sums(given.into), encoding="utf-8")
    for file in sorted(given.into.iterdir()):
        print(f"{file.stat().st_size:>12}  {file.relative_to(given.into.parent)}")
    return 0


def source_time() -> int:
    """Seconds since 1970 that files get: SOURCE_DATE_EPOCH, else the commit's, else a fixed one."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else OLDEST_TIME


def packages(into: Path, time: int) -> Path:
    """Wheel and source archive in `into`; gives the wheel. Raises SystemExit where one lacks something."""
    must([sys.executable, "-m", "hatchling", "build", "-d", str(into)], {"SOURCE_DATE_EPOCH": str(time)})
    (wheel,) = into.glob("*.whl")
    absent = lacking(wheel)
    if absent:
        sys.exit(f"{wheel.name} lacks: {', '.join(absent)}")
    return wheel


def lacking(wheel: Path) -> list[str]:
    """Patterns of `WANTED` that no file of a wheel matches."""
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    return [pattern for pattern in WANTED if not any(re.fullmatch(pattern, name) for name in names)]


def offline(into: Path, wheel: Path, time: int) -> None:
    """The offline archive and the SBOM, in `into`."""
    version = wheel.name.split("-")[1]
    name = f"hygie-{version}-linux-{platform.machine()}-py{PYTHON}"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        fetched = fetch(folder)
        (installer,) = (one for one in fetched if canonical(one) == INSTALLER)
        runs = sorted({*fetched, Path(shutil.copy2(wheel, folder / "wheels"))} - {installer})
        installer.rename(folder / installer.name)
        bom = sbom(runs, time)
        (into / f"{name}.cdx.json").write_text(bom, encoding="utf-8")
        (folder / "sbom.cdx.json").write_text(bom, encoding="utf-8")
        (folder / "requirements.txt").write_text(requirements(runs), encoding="utf-8")
        shutil.copy2(ROOT / "LICENSE", folder)
        values = {"VERSION": version, "ARCH": platform.machine(), "PYTHON": PYTHON, "PIP": installer.name}
        script = folder / "install.sh"
        script.write_text(filled((ROOT / "tools" / "install.sh").read_text(encoding="utf-8"), values), encoding="utf-8")
        script.chmod(0o755)
        (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")
        (into / f"{name}.tar.gz").write_bytes(packed(folder, time))


def fetch(folder: Path) -> list[Path]:
    """Wheels of the program and of the installer into `folder`/wheels, each checked against its locked hash."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    pin = folder / "installer.txt"
    pin.write_text(locked(lock, INSTALLER), encoding="utf-8")
    step = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    step += ["--only-binary", ":all:", "--require-hashes", "-d", str(wheels)]
    must([*step, "-r", str(ROOT / "requirements" / "run.txt"), "-r", str(pin)], {})
    pin.unlink()
    return sorted(wheels.glob("*.whl"))


def locked(lock: str, name: str) -> str:
    """The lines of one package in a lock file. Raises LookupError where it is not there."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if not found:
        raise LookupError(f"{name} is not locked")
    return found.group()


def requirements(wheels: Iterable[Path]) -> str:
    """Pins and hashes of exactly these wheels."""
    lines = (f"{canonical(one)}=={one.name.split('-')[1]} --hash=sha256:{sha256(one)}\n" for one in wheels)
    return "".join(sorted(lines))


def filled(script: str, values: Mapping[str, str]) -> str:
    """A script with its @NAMES@ replaced. Raises ValueError where one is left."""
    for name, value in values.items():
        script = script.replace(f"@{name}@", value)
    if left := re.findall(r"@[A-Z]+@", script):
        raise ValueError(f"nothing for {left}")
    return script


def sbom(wheels: Sequence[Path], time: int) -> str:
    """CycloneDX 1.6 JSON of the program: each wheel with version, licence, hash, and what needs what.

    Raises SystemExit where the schema refuses it.
    """
    metadata = {canonical(one): head(one) for one in wheels}
    parts = {canonical(one): part(one, metadata[canonical(one)]) for one in wheels}
    program = parts["hygie"]
    program.type = ComponentType.APPLICATION
    bom = Bom(components=[one for name, one in parts.items() if name != "hygie"])
    bom.metadata.component = program
    bom.metadata.timestamp = dt.datetime.fromtimestamp(time, dt.UTC)
    bom.metadata.tools.components.add(this_component())
    for name, one in parts.items():
        bom.register_dependency(one, [parts[need] for need in needs(metadata[name]) if need in parts])
    bom.serial_number = uuid5(NAMESPACE_URL, "".join(sorted(f"{n}={p.version}" for n, p in parts.items())) + str(time))
    text = JsonV1Dot6(bom).output_as_string(indent=2) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"the SBOM does not hold: {wrong}")
    return text


def part(wheel: Path, metadata: Message) -> Component:
    """A wheel as a component."""
    name, version = canonical(wheel), metadata["Version"]
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}=={version}",
        purl=PackageURL("pypi", None, name, version),
        description=metadata["Summary"],
        licenses=licences(metadata),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256(wheel))],
    )


def licences(metadata: Message) -> list[License]:
    """What the package declares: an SPDX expression, else its classifiers, else a short text; [] where it is silent."""
    factory = LicenseFactory()
    declared = LicenseAcknowledgement.DECLARED
    if expression := metadata["License-Expression"]:
        return [factory.make_from_string(expression, license_acknowledgement=declared)]
    marks = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    text = (metadata["License"] or "").strip()
    if text and "\n" not in text and len(text) <= 64:
        return [factory.make_from_string(text, license_acknowledgement=declared)]
    return [factory.make_with_name(mark, acknowledgement=declared) for mark in sorted(set(marks))]


def needs(metadata: Message) -> list[str]:
    """Names of what a package requires on this Python and system, extras left out."""
    asked = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    here: dict[str, Any] = {**default_environment(), "extra": ""}
    return [canonicalize_name(one.name) for one in asked if one.marker is None or one.marker.evaluate(here)]


def head(wheel: Path) -> Message:
    """Core metadata of a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (one for one in opened.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        return HeaderParser().parsestr(opened.read(name).decode("utf-8"))


def canonical(wheel: Path) -> str:
    """Name of a wheel's package."""
    return str(canonicalize_name(wheel.name.split("-")[0]))


def sha256(file: Path) -> str:
    """Hash of a file, hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def sums(folder: Path) -> str:
    """Lines for `sha256sum --check`, of every file below but itself."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one != folder / "SHA256SUMS")
    return "".join(f"{sha256(file)}  {file.relative_to(folder)}\n" for file in files)


def packed(folder: Path, time: int) -> bytes:
    """A folder as tar.gz: names in order, one time, no owner."""
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=time, filename="", compresslevel=6) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = tarfile.TarInfo(f"{folder.name}/{file.relative_to(folder)}")
            entry.size, entry.mtime = file.stat().st_size, time
            entry.mode = 0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644
            with file.open("rb") as stream:
                tar.addfile(entry, stream)
    return out.getvalue()


def must(command: list[str], settings: Mapping[str, str]) -> None:
    """Runs a step; ends where it fails."""
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode:
        sys.exit(f"failed: {' '.join(command[:6])}...")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
