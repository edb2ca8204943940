"""Writes the large inputs of the size benchmark into bench/data (not tracked), from the public data beside the project.

What it makes, always the same bytes from the same data:
- gmao.csv: 25,000 lines of a GMAO as exported in France (cp1252, ";", dd/mm/yyyy), of which 6,000 are models that
  authorities' medical advisories name, in versions that these advisories name or just above;
- sbom/*.json: 500 CycloneDX 1.6 documents of 300 components each, 15 of them (`--vulnerable`) with names and versions
  of real CPE ranges, the others with names that no range knows; each describes one of the GMAO's models;
- nvd.json.gz: one page in the form of NVD's CVE API 2.0 with all CPE ranges at hand (47,708 CVEs, 209,654 matches);
  it has no descriptions and scores, because the ranges came without;
- epss.csv.gz: the full EPSS list of one day (360,142 rows) in its publisher's layout;
- kev.json.gz: CISA's list of known exploited vulnerabilities;
- csaf/*.json: the 292 advisories.

    python bench/inputs.py [--data FOLDER] [--into FOLDER] [--vulnerable 15]
"""

import argparse
import csv
import gzip
import io
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

LINES, NAMED, BOMS, COMPONENTS = 25_000, 6_000, 500, 300
SCORE_DAY = "2026-08-16"
"""Day on which the EPSS files at hand were taken."""

HEADINGS = (
    "N° inventaire;Code CNEH;Désignation;Marque;Modèle;N° de série;Version logicielle;Système d'exploitation;"
    "Fournisseur;Service;Pôle;Classe CE;Date de mise en service;Coût d'achat;Statut;Adresse MAC;Adresse IP"
).split(";")
THINGS = (
    ("Lit médicalisé", "Lits", 30),
    ("Tensiomètre", "Mesure", 14),
    ("Oxymètre de pouls", "Mesure", 10),
    ("Moniteur multiparamétrique", "Surveillance", 8),
    ("Pousse-seringue", "Perfusion", 10),
    ("Pompe à perfusion", "Perfusion", 8),
    ("Respirateur de réanimation", "Ventilation", 3),
    ("Échographe", "Imagerie", 3),
    ("Défibrillateur", "Urgence", 4),
    ("Électrocardiographe", "Exploration", 3),
    ("Générateur d'hémodialyse", "Dialyse", 2),
    ("Poste de travail", "Informatique", 5),
)
"""Designation, family and weight of what stands in a hospital in numbers."""
MAKERS = ("Aubrac", "Bellecour", "Cevenol", "Dombes", "Estuaire", "Fleury", "Garonne", "Hermine")
"""Invented makers of what no advisory names."""
WARDS = [
    f"{name} {floor}" for name in ("Réanimation", "Urgences", "Cardiologie", "Pédiatrie", "Bloc") for floor in "ABCD"
]
SYSTEMS = ("Windows 7 SP1", "Windows 10 1809", "Windows XP SP3", *("",) * 57)
"""Operating systems that a GMAO names, seldom: a model of twenty has one."""
UNNAMED = "Équipement biomédical"
"""Designation of the lines whose models advisories name."""
MODELS, VERSIONS = 6, 3
"""Models of one maker and family, and versions of one model in the house."""
VULNERABLE = 15
"""Components of a bill of materials that NVD's ranges name; the others have names that no range knows."""


class Model(NamedTuple):
    """Make, product and version as a GMAO would have them."""

    make: str
    product: str
    version: str


def models(folder: Path, chance: random.Random) -> list[Model]:
    """Models that the medical advisories name, each in up to four versions near those of the advisory's text."""
    found: dict[Model, None] = {}
    for file in sorted(folder.glob("20*/*.json")):
        for make, product, text in _leaves(json.loads(file.read_bytes())["product_tree"]["branches"], "", ""):
            numbers = re.findall(r"\d+(?:\.\d+)+|\d+", text)[:2] or [str(chance.randint(1, 9))]
            for number in numbers:
                for version in (number, f"{number}.1", f"{max(0, int(number.split('.')[0]) - 1)}.9"):
                    found[Model(make.strip(), product.strip(), version)] = None
    return list(found)


def _leaves(branches: list[dict[str, Any]], make: str, product: str) -> Iterator[tuple[str, str, str]]:
    """Vendor, product and version text of each product of a tree."""
    for branch in branches:
        make = branch["name"] if branch["category"] == "vendor" else make
        product = branch["name"] if branch["category"] == "product_name" else product
        if "product" in branch:
            yield make, product, branch["name"]
        yield from _leaves(branch.get("branches", []), make, product)


def write_gmao(into: Path, known: list[Model], chance: random.Random) -> None:
    """The GMAO export; lines of known models are spread among the others."""
    named = set(chance.sample(range(LINES), NAMED))
    weights = [weight for _, _, weight in THINGS]
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(HEADINGS)
    for line in range(LINES):
        designation, family, _ = chance.choices(THINGS, weights)[0]
        make = chance.choice(MAKERS)
        kind = chance.randint(1, MODELS)
        model = Model(make, f"{family[:3].upper()}-{100 + kind}", f"{kind}.{chance.randint(0, VERSIONS - 1)}")
        system = ""
        if line in named:
            place = chance.randrange(len(known))
            model, designation = known[place], UNNAMED
            system = SYSTEMS[place % len(SYSTEMS)]
        table.writerow(_row(line, designation, model, system, chance))
    into.joinpath("gmao.csv").write_bytes(out.getvalue().encode("cp1252", "replace"))


def _row(line: int, designation: str, model: Model, system: str, chance: random.Random) -> list[str]:
    """Cells of one line."""
    day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2008, 2025)}"
    linked = designation == UNNAMED
    mac = "02:" + ":".join(f"{chance.randint(0, 255):02x}" for _ in range(5)) if linked else ""
    return [
        f"{line + 1:06}",
        "",
        designation,
        model.make,
        model.product,
        f"SN{chance.randint(10**7, 10**8 - 1)}",
        model.version,
        system,
        f"{model.make} France",
        chance.choice(WARDS),
        f"Pôle {chance.randint(1, 9)}",
        chance.choice(("I", "IIa", "IIb")),
        day,
        f"{chance.randint(200, 90_000)},{chance.randint(0, 99):02}",
        chance.choice(("En service",) * 9 + ("Réformé",)),
        mac,
        f"10.{20 + line // 4096}.{line // 16 % 256}.{line % 16 + 1}" if linked else "",
    ]


def write_boms(
    into: Path, ranges: duckdb.DuckDBPyConnection, known: list[Model], chance: random.Random, vulnerable: int
) -> None:
    """Bills of materials of the known models, each with so many components that ranges name."""
    parts = ranges.execute(
        """select vendor, product, list_sort(list_distinct(list(coalesce(vei, vee, vsi, nullif(version, '*'), '1.0'))))
        from ranges where part = 'a' and vuln group by vendor, product order by vendor, product"""
    ).fetchall()
    folder = into / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    for number, model in enumerate(chance.sample(known, BOMS)):
        components = []
        for vendor, product, versions in chance.sample(parts, vulnerable):
            version = re.sub(r"\\(.)", r"\1", chance.choice(versions))
            escaped = re.sub(r"([^A-Za-z0-9._-])", r"\\\1", version)
            cpe = f"cpe:2.3:a:{vendor}:{product}:{escaped}:*:*:*:*:*:*:*"
            components.append(
                {
                    "type": "library",
                    "bom-ref": f"c{len(components)}",
                    "publisher": vendor,
                    "name": re.sub(r"\\(.)", r"\1", product),
                    "version": version,
                    "cpe": cpe,
                }
            )
        for place in range(vulnerable, COMPONENTS):
            name, version = f"module-{chance.randint(1, 9_000)}", f"{chance.randint(0, 9)}.{chance.randint(0, 20)}.0"
            purl = f"pkg:npm/{name}@{version}"
            components.append(
                {"type": "library", "bom-ref": f"c{place}", "name": name, "version": version, "purl": purl}
            )
        document = {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{number:08x}-0000-4000-8000-{chance.getrandbits(48):012x}",
            "version": 1,
            "metadata": {
                "timestamp": "2026-01-01T00:00:00Z",
                "supplier": {"name": model.make},
                "component": {"type": "device", "bom-ref": "main", "name": model.product, "version": model.version},
            },
            "components": components,
        }
        folder.joinpath(f"{number:03}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def write_nvd(into: Path, ranges: duckdb.DuckDBPyConnection) -> None:
    """All ranges as one page of NVD's API."""
    fields = "part vendor product version update edition lang sw_edition target_sw target_hw other".split()
    names = ", ".join(f'"{field}"' for field in fields)
    rows = ranges.execute(
        f"""select cve, src, cfg, node, cop, nop, neg, vuln, {names}, vsi, vse, vei, vee
        from ranges order by cve, src, cfg, node, {names}, vsi, vse, vei, vee"""
    )
    items: list[dict[str, Any]] = []
    before: tuple[Any, ...] = ()
    bounds = ("versionStartIncluding", "versionStartExcluding", "versionEndIncluding", "versionEndExcluding")
    while chunk := rows.fetchmany(10_000):
        for cve, src, cfg, node, cop, nop, neg, vuln, *rest in chunk:
            if before[:1] != (cve,):
                items.append({"cve": {"id": cve, "configurations": []}})
            configurations = items[-1]["cve"]["configurations"]
            if before[:3] != (cve, src, cfg):
                configurations.append({"operator": cop, "nodes": []})
            if before[:4] != (cve, src, cfg, node):
                configurations[-1]["nodes"].append({"operator": nop, "negate": neg, "cpeMatch": []})
            before = (cve, src, cfg, node)
            match = {"vulnerable": vuln, "criteria": ":".join(("cpe", "2.3", *rest[:11]))}
            match.update({key: bound for key, bound in zip(bounds, rest[11:], strict=True) if bound is not None})
            configurations[-1]["nodes"][-1]["cpeMatch"].append(match)
    page = {
        "resultsPerPage": len(items),
        "startIndex": 0,
        "totalResults": len(items),
        "format": "NVD_CVE",
        "version": "2.0",
        "timestamp": "2026-08-21T00:00:00.000",
        "vulnerabilities": items,
    }
    write_packed(into / "nvd.json.gz", json.dumps(page, separators=(",", ":")).encode())


def write_epss(into: Path, folder: Path) -> None:
    """The yearly files as the publisher's one list."""
    lines = [f"#model_version:v2025.03.14,score_date:{SCORE_DAY}T00:00:00+0000", "cve,epss,percentile"]
    for file in sorted(folder.glob("CVE_*_EPSS.csv")):
        lines += sorted(line.replace(";", ",") for line in file.read_text(encoding="ascii").splitlines() if line)
    write_packed(into / "epss.csv.gz", "\n".join([*lines, ""]).encode("ascii"))


def write_packed(file: Path, data: bytes) -> None:
    """Gzip without name and time, so that the bytes are always the same."""
    with file.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as packed:
        packed.write(data)


def main() -> None:
    """Makes all of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA, help="folder of public data")
    options.add_argument("--into", type=Path, default=ROOT / "bench" / "data")
    options.add_argument("--vulnerable", type=int, default=VULNERABLE, help="components of each SBOM that ranges name")
    chosen = options.parse_args()
    if not chosen.data.is_dir():
        raise SystemExit(f"{chosen.data} is not here: the benchmark needs the public data")
    into: Path = chosen.into
    into.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2)
    advisories = chosen.data / "csaf-icsma"
    known = models(advisories, chance)
    write_gmao(into, known, chance)
    ranges = duckdb.connect()
    source = str(chosen.data / "bench-vulns" / "nvd_ranges.parquet")
    ranges.execute("create table ranges as select * from read_parquet(?)", [source])
    write_boms(into, ranges, known, chance, chosen.vulnerable)
    write_nvd(into, ranges)
    write_epss(into, chosen.data / "kev-epss" / "epss")
    shutil.copyfile(chosen.data / "kev-epss" / "kev" / "known_exploited_vulnerabilities.json.gz", into / "kev.json.gz")
    into.joinpath("csaf").mkdir(exist_ok=True)
    for file in sorted(advisories.rglob("*.json")):
        shutil.copyfile(file, into / "csaf" / file.name)
    total = sum(file.stat().st_size for file in into.rglob("*") if file.is_file())
    print(
        f"{into}: {len(known)} models, {total / 1e6:.0f} MB in {sum(1 for f in into.rglob('*') if f.is_file())} files"
    )


if __name__ == "__main__":
    main()
