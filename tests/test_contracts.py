"""Each import contract really fails where it is broken: one bad import is planted in a copy of the tree."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = {
    "rooms": [
        ("facts/ports.py", "import hygie.wire"),
        ("sources/kev.py", "import hygie.register"),
        ("store/columns.py", "import hygie.walk"),
        ("model/seams.py", "import hygie.names"),
    ],
    "sources": [
        ("sources/kev.py", "from hygie.sources import epss"),
        ("sources/csaf/tree.py", "from hygie.sources.capture import pcap"),
        ("sources/nvd.py", "import hygie.sources"),
        ("sources/capture/plain.py", "from hygie.sources.sensors import zeek"),
        ("sources/sensors/zeek.py", "from hygie.sources.table import arp"),
    ],
    "opening": [("sources/opening/text.py", "from hygie.sources import kev")],
    "wire": [("wire/ssdp.py", "from hygie.wire import http"), ("wire/way.py", "from hygie.wire import dns")],
    "codec": [
        ("wire/codec/names.py", "from hygie.wire.way import Way"),
        ("wire/codec/names.py", "from hygie.wire import dns"),
    ],
    "drawing": [("exports/drawing/marks.py", "from hygie.exports import cells")],
    "pure": [
        ("register/fold.py", "import os"),
        ("match/judge.py", "import time"),
        ("risk/safety.py", "from pathlib import Path"),
        ("act/__init__.py", "import subprocess"),
    ],
}
"""Contract -> places and the import that it must refuse there."""


@pytest.fixture(scope="module")
def contracts(root: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(root / ".importlinter", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def tree(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(root / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.csv"))
    shutil.copy(root / ".importlinter", folder)
    return folder


def linted(tree: Path, contract: str) -> tuple[int, str]:
    """Exit code and words of lint-imports on the copy."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", "--contract", contract],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_each_contract_has_its_plants(contracts: configparser.ConfigParser) -> None:
    assert {name.split(":")[2] for name in contracts if name.startswith("importlinter:contract:")} == set(PLANTED)


@pytest.mark.parametrize(
    ("contract", "place", "line"), [(name, *plant) for name, plants in PLANTED.items() for plant in plants]
)
def test_a_bad_import_breaks_its_contract(
    tree: Path, contracts: configparser.ConfigParser, contract: str, place: str, line: str
) -> None:
    file = tree / "src" / "hygie" / place
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n\n{line}\n", encoding="utf-8")
    try:
        code, told = linted(tree, contract)
    finally:
        file.write_text(before, encoding="utf-8")
    name = contracts[f"importlinter:contract:{contract}"]["name"]
    module = f"hygie.{place.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"
    assert code == 1, told
    assert f"{name} BROKEN" in told
    assert re.search(rf"-\s+{re.escape(module)} -> ", told)


def test_a_new_room_must_be_named(tree: Path) -> None:
    room = tree / "src" / "hygie" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text('"""Odds and ends."""\n')
    try:
        code, told = linted(tree, "rooms")
    finally:
        shutil.rmtree(room)
    assert code == 1
    assert "attic" in told
