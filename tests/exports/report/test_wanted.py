from dataclasses import replace

import pytest

from exports.pictures import device, model, picture, reading
from hygie.exports.pen import Pen
from hygie.exports.report.wanted import ROWS, Wanted, section
from hygie.exports.tally import Tally
from hygie.model.evidence import Coverage
from hygie.model.fleet import Member, Seen, Zone
from hygie.model.picture import Picture
from hygie.words import LANGUAGES


def shown(known: Picture, language: str = "fr") -> list[Wanted]:
    return section(known, Tally(known), Pen(language, known.readings))


def alone() -> Picture:
    """A GMAO and nothing else."""
    fleet = [
        replace(device(i), seen=Seen.NOT_OBSERVABLE, zone="", addresses=(), macs=(), first=0, last=0) for i in range(3)
    ]
    return picture()._replace(
        readings=[reading(name="un dossier/parc biomed.csv")], devices=fleet, models=[model(0, devices=3)],
        findings=[], advisories=[], coverage=[], flows=[], zones=[], bindings=[],
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gmao_alone_is_told_each_thing_that_is_missing(language: str) -> None:
    found = shown(alone(), language)
    commands = [command for wanted in found for command in wanted.commands]
    assert len(found) == len(ROWS) - 2
    assert all(command.startswith("hygie ") for command in commands)
    assert "hygie mapping 'parc biomed.csv'" in commands and "hygie assess kev.json epss.csv.gz" in commands
    text = " ".join(wanted.what + wanted.brings for wanted in found)
    assert "Zéphyr P0 1.0 (3)" in text and "Zéphyr (3)" in text and "report." not in text and "{" not in text


def test_a_capture_alone_asks_for_the_gmao_first() -> None:
    known = picture()
    seen = [replace(d, seen=Seen.NO_GMAO) for d in known.devices]
    known = known._replace(devices=seen, readings=[reading("R2", "pcap", "in/a.pcap", "")])
    first = shown(known)[0]
    assert first.commands == ["hygie assess ma-gmao.xlsx"] and "5 équipements vus" in first.brings


def test_a_capture_under_another_site_than_the_gmao_is_told_with_both_commands() -> None:
    at_home = [replace(device(i), site="Site Nord", seen=Seen.NOT_OBSERVABLE) for i in range(2)]
    stray = replace(device(7), site="local", seen=Seen.NO_GMAO)
    known = picture()._replace(
        devices=[*at_home, stray],
        readings=[reading("R0", "csaf", "in/advisory.json"), reading(), reading("R2", "pcap", "in/a.pcap", "")],
        members=[Member(stray.id, "local/pcap", "device:mac=1", "link.alone", (), 1.0)],
    )
    first = shown(known)[0]
    assert first.commands == ["hygie forget R2", "hygie assess a.pcap --site 'Site Nord'"]
    assert "« local »" in first.brings and "Site Nord" in first.brings


def test_what_was_handed_over_is_not_asked_for_again() -> None:
    kinds = ("gmao", "csaf", "cve5", "nvd", "kev", "epss", "leases", "pcap")
    known = picture()._replace(
        readings=[reading(kind, kind, f"{kind}.x") for kind in kinds],
        models=[replace(model(0), mds2=("R9",))],
        devices=[replace(d, missing=()) for d in picture().devices],
    )
    assert shown(known) == []
    assert [one.commands for one in shown(alone()._replace(devices=[]))] == [["hygie assess captures/"]]


def test_a_capture_that_missed_zones_asks_for_these() -> None:
    dark = Zone("Z2", "local", "BLOC", "10.9.0.0/24", "", "", "plan")
    known = picture()
    fleet = [*known.devices, replace(device(9), zone="Z2")]
    sure = [Coverage("R2", "local", "span", 1, 2, 9, 9, 0, 0, 0, ("20",), ("10.0.0.0/24",))]
    found = shown(known._replace(devices=fleet, zones=[*known.zones, dark], coverage=sure))
    assert found[-1].what == "Une capture des zones qui n'ont pas été observées"
    assert "1 équipement s'y trouve" in found[-1].brings and "BLOC (1)" in found[-1].brings
