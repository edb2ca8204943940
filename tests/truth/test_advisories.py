"""What an authority calls affected is never cleared: each product and version of real advisories, as a device."""

import csv
from collections import Counter
from pathlib import Path

from hygie import walk
from hygie.exports.tally import Tally
from hygie.model.knowledge import Statement, Status
from hygie.model.seams import Given
from hygie.names import ranges
from hygie.serve.clock import SystemClock
from hygie.sources.csaf import READER
from hygie.sources.opening import Content, files
from hygie.sources.series import Terms
from hygie.store import open_workspace

Thing = tuple[str, str, str]


def test_every_version_that_is_called_affected_is_found(shared: Path, tmp_path: Path) -> None:
    advisories = sorted((shared / "csaf-icsma").rglob("icsma-*.json"))
    things = said(advisories)
    write_gmao(tmp_path / "gmao.csv", list(things))
    with open_workspace(tmp_path / "workspace", write=True) as store:
        paths = [str(tmp_path / "gmao.csv"), *map(str, advisories)]
        walk.assess(store, paths, Terms(), SystemClock("2026-08-20"), lambda *_: None)
        tally = Tally(walk.picture(store))
    devices = {device.inventory: device for device in tally.picture.devices}
    verdicts: Counter[str] = Counter()
    for number, (thing, vulnerabilities) in enumerate(things.items()):
        device = devices[f"A{number:05}"]
        found = {f.vulnerability: f for f in tally.findings.get(tally.profile[device.id], ())}
        for vulnerability in vulnerabilities:
            verdict = found[vulnerability].verdict.value if vulnerability in found else "silent"
            verdicts[verdict] += 1
            assert verdict not in ("not affected", "fixed"), (thing, vulnerability)
    assert verdicts["affected"] > 1_200
    assert verdicts["silent"] <= 2


def said(advisories: list[Path]) -> dict[Thing, set[str]]:
    """(make, product, version) -> vulnerabilities, for versions that the advisories' own texts include."""
    found: dict[Thing, set[str]] = {}
    for item in files(advisories):
        assert isinstance(item, Content)
        for row in READER.read(item, Given("local", "R")):
            if isinstance(row, Statement) and row.status is Status.AFFECTED:
                for version in included(row.version):
                    found.setdefault((row.make, row.product, version), set()).add(row.vulnerability)
    return found


def included(text: str) -> list[str]:
    """Versions that a range names as lying inside; "" where it names none."""
    known = ranges.parse(text) if text else None
    ends = []
    for interval in known.intervals if known else ():
        if interval.end and interval.end_included:
            ends.append(interval.end)
        elif interval.start and interval.start_included:
            ends.append(interval.start)
    return ends or [""]


def write_gmao(file: Path, things: list[Thing]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("Asset ID", "Description", "Manufacturer", "Model", "Software Version"))
        for number, thing in enumerate(things):
            table.writerow((f"A{number:05}", "Device", *thing))
