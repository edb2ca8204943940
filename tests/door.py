"""A small hospital in files, the command run on it, and everything that a workspace holds, as bytes."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import python_calamine as calamine
import xlsxwriter
from click.testing import CliRunner

from hygie import walk
from hygie.serve import asking, cli, feeding, handing, listening, trusting
from hygie.serve.clock import SystemClock
from hygie.sources.series import Terms
from hygie.store import Ledger, open_workspace

TODAY = "2026-09-01"
HEADINGS = ("N° inventaire", "Désignation", "Marque", "Modèle", "N° série", "Service", "Adresse IP", "Adresse MAC")
FLEET = (
    ("000101", "Respirateur de réanimation", "Aldebert Médical", "Zéphyr 5", "ZE100", "Réanimation", "10.1.2.3", ""),
    ("000102", "Moniteur patient", "Quillane", "Veille 3", "VE200", "Réanimation", "10.1.2.4", "02:00:00:00:00:04"),
    ("000103", "Scanner", "Norvane Imaging", "Spirale", "SP300", "Imagerie", "10.1.3.5", ""),
    ("000104", "Lit médicalisé", "Litorel", "Dormeo", "DO400", "Chirurgie", "", ""),
)


def gmao(*rows: tuple[str, ...], title: str = "", separator: str = ";") -> bytes:
    """An export as it comes in life: cp1252, dd/mm/yyyy; `title`: a line above the headings."""
    lines = [title] if title else []
    lines += [separator.join(row) for row in (HEADINGS, *(rows or FLEET))]
    return "\r\n".join(lines).encode("cp1252")


def plan(*networks: tuple[str, ...]) -> bytes:
    """An address plan."""
    rows = networks or (("20", "Biomédical", "10.1.2.0/24"), ("30", "Imagerie", "10.1.3.0/24"))
    return "\n".join(";".join(row) for row in (("VLAN", "Nom", "Réseau"), *rows)).encode()


LEASES = b"""Adresse IP;Adresse MAC;Nom d'h\xf4te
10.1.2.4;02:00:00:00:00:04;veille-4
10.1.2.9;02:00:00:00:00:09;inconnu-9
"""


def small(folder: Path, hospital: Path | None = None) -> Path:
    """A folder of few files; with the example hospital at hand, advisories, an SBOM and a short capture too."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gmao.csv").write_bytes(gmao())
    (folder / "plan.csv").write_bytes(plan())
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    if hospital is not None:
        for name in ("capture-rea.pcapng", "csaf/pfy-2026-007.json", "csaf/qs-2026-02.json", "statements.xlsx"):
            (folder / Path(name).name).write_bytes((hospital / name).read_bytes())
    return folder


# ---------------------------------------------------------------- the walk


def assess(workspace: Path, *paths: Path | str, site: str = "local", dated: str = "", source: str = "") -> str:
    """Assesses as the command does; gives the digest."""
    with open_workspace(workspace, write=True) as store:
        clock = SystemClock(TODAY)
        walk.assess(store, map(str, paths), Terms(site, source, dated), clock, lambda *_: None)
        walk.answer(store, walk.picture(store), "en")
        return store.digest()


def read(workspace: Path, *paths: Path | str, site: str = "local", dated: str = "", source: str = "") -> walk.Outcome:
    with open_workspace(workspace, write=True) as store:
        return walk.read(store, map(str, paths), Terms(site, source, dated), SystemClock(TODAY), lambda *_: None)


def live(store: Ledger, kind: str = "gmao") -> list[str]:
    """Names of the files of a kind that count."""
    return sorted(Path(r.name).name for r in walk.Ground(store, TODAY).readings if r.kind == kind)


def inventory(store: Ledger) -> set[str]:
    return {d.inventory for d in store.rows("device") if d.inventory}


# ---------------------------------------------------------------- the command


class Said(NamedTuple):
    code: int
    out: str
    err: str


def call(*words: Any, lang: str = "en") -> Said:
    """The command, in this process."""
    for family in (feeding, listening, asking, handing, trusting):
        for command in family.COMMANDS:
            cli.hygie.add_command(command)
    group = words[:2] if words[0] in ("feeds", "keys", "trust") else words[:1]
    result = CliRunner().invoke(cli.hygie, [*map(str, group), "--lang", lang, *map(str, words[len(group) :])])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def started(*words: Any, env: Mapping[str, str] | None = None, **more: Any) -> "subprocess.Popen[bytes]":
    """The command, in a process of its own."""
    root = Path(__file__).resolve().parent.parent
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "TMPDIR")}
    given = {**kept, "PYTHONPATH": str(root / "src"), "HOME": "/nonexistent", "LANG": "C.UTF-8", **(env or {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **more}
    return subprocess.Popen([sys.executable, "-m", "hygie", *map(os.fsdecode, words)], env=given, **pipes)


def run(*words: Any, env: Mapping[str, str] | None = None, **more: Any) -> Said:
    """The command, in a process of its own, to its end."""
    process = started(*words, env=env, **more)
    out, err = process.communicate(timeout=120)
    return Said(process.returncode, (out or b"").decode("utf-8", "replace"), (err or b"").decode("utf-8", "replace"))


# ---------------------------------------------------------------- what a workspace holds


def everything(folder: Path) -> bytes:
    """All bytes of a workspace: files as they are, and parts and workbooks unpacked."""
    pieces = []
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        data = file.read_bytes()
        pieces.append(data)
        if file.suffix == ".parquet":
            with duckdb.connect() as connection:
                pieces.append(
                    repr(connection.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall()).encode()
                )
        elif data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(file) as archive:
                pieces += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(pieces)


def cells(file: Path) -> dict[str, list[list[str]]]:
    """Sheets of a workbook."""
    book = calamine.CalamineWorkbook.from_path(file)
    return {n: [[str(c) for c in row] for row in book.get_sheet_by_name(n).to_python()] for n in book.sheet_names}


def fill(file: Path, heading: str, answers: Mapping[str, Mapping[str, str]]) -> None:
    """Writes into a workbook as a person would: {first cell: {heading: text}}; `heading`: of the first column."""
    sheets = cells(file)
    done = set()
    for rows in sheets.values():
        at = next((i for i, row in enumerate(rows) if row and row[0] == heading), None)
        if at is None:
            continue
        for row in rows[at + 1 :]:
            for column, text in answers.get(row[0], {}).items():
                row[rows[at].index(column)] = text
                done.add(row[0])
    assert done == set(answers), set(answers) - done
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, text in enumerate(row):
                    page.write_string(i, j, text)
    file.write_bytes(out.getvalue())
