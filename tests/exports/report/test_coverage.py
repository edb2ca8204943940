from dataclasses import replace

from exports.pictures import DAY, NOON, device, picture, reading
from hygie.exports.pen import Pen
from hygie.exports.report.coverage import section, stale, unread
from hygie.exports.tally import Tally
from hygie.model.evidence import Refusal
from hygie.model.fleet import Zone
from hygie.model.picture import Picture
from hygie.model.verdict import Compared

PEN = Pen("fr", picture().readings)


def shown(known: Picture) -> dict[str, object]:
    return section(known, Tally(known), PEN)


def rows(known: Picture, title: str) -> list[list[str]]:
    (found,) = [one for one in section(known, Tally(known), PEN)["lists"] if one["title"] == title]
    return list(found["rows"])


def test_zones_say_how_long_they_were_observed_or_that_they_were_not() -> None:
    dark = Zone("Z2", "local", "NOIR", "10.9.0.0/24", "", "", "observed")
    known = picture()._replace(zones=[dark, *picture().zones])
    assert [(row[0], row[4], row[5]) for row in rows(known, "Zones")] == [
        ("Zéphyr", "plan d'adressage", "3 jours"),
        ("NOIR", "observée", "non observée"),
    ]


def test_sensors_say_what_they_lost() -> None:
    assert rows(picture(), "Sondes") == [["Zéphyr", "2026-08-10 12:00", "2026-08-13 12:00", "100", "1", "2", "0", "20"]]


def test_each_sensor_has_its_track() -> None:
    (one,) = picture().coverage
    other = replace(one, sensor="b", first=NOON + DAY, last=NOON + 2 * DAY)
    drawn = str(shown(picture()._replace(coverage=[one, other]))["timeline"])
    assert drawn.count('class="bar observed"') == 2
    assert shown(picture()._replace(coverage=[]))["timeline"] == ""


def test_the_age_of_the_knowledge_is_told_from_its_own_dates() -> None:
    found = {row[0]: row[1:] for row in rows(picture(), "Connaissance des vulnérabilités")}
    assert found["KEV (exploitées)"] == ["1", "18/08/2026", "2 jours"]
    assert found["EPSS"] == ["0", "aucune", ""]
    undated = picture()._replace(readings=[reading("E", "epss", "e", "")])
    assert {row[0]: row[1:] for row in rows(undated, "Connaissance des vulnérabilités")}["EPSS"] == ["1", "inconnu", ""]


def test_a_file_of_knowledge_for_two_sites_is_one() -> None:
    north = reading("N", "csaf", "north/adv.json", "2026-08-01")
    twice = [north, replace(north, id="S", site="south"), replace(north, id="O", sha256="other")]
    found = {row[0]: row[1:] for row in rows(picture()._replace(readings=twice), "Connaissance des vulnérabilités")}
    assert next(told for name, told in found.items() if "CSAF" in name)[0] == "2"


def test_lists_of_more_than_a_month_are_old() -> None:
    known = picture()._replace(
        readings=[reading("K", "kev", "k", "2026-07-20"), reading("E", "epss", "e", "2026-07-21")]
    )
    assert stale(known, PEN) == ["KEV (exploitées) (31 jours)", "NVD (absente ou sans date)"]


def test_what_was_not_read_says_file_place_reason_and_what_to_do() -> None:
    shown = unread(picture(), PEN)
    assert shown["rows"][0][:2] == ["gmao.csv", "cellule B3"]
    assert "demandez au fabricant" in shown["rows"][0][2]
    assert shown["secrets"] == ""
    told = unread(picture()._replace(readings=[replace(reading(), secrets=2)]), PEN)
    assert told["secrets"].startswith("2 cellules")


def test_a_system_that_no_rule_understands_is_listed_with_its_text_and_its_models() -> None:
    fleet = [replace(device(i, models=4), os="Système maison", os_version="") for i in range(4)]
    gone = replace(device(5), os="Autre", os_version="", status="disposed")
    found = rows(picture()._replace(devices=[*fleet, gone, device(6)]), "Systèmes d'exploitation non reconnus")
    assert found == [["Système maison", "4", "Zéphyr P0, Zéphyr P1, Zéphyr P2, …"]]


def test_designations_without_a_clinical_function_are_listed() -> None:
    named = replace(device(0), kind="", name="Bidule Zéphyr P0")
    other = replace(device(1), kind="", name="bidule Zéphyr P0")
    found = rows(
        picture()._replace(devices=[named, other]), "Désignations dont la fonction clinique n'est pas reconnue"
    )
    assert found == [["Bidule", "2", "Zéphyr P0"]]


def test_the_same_told_of_many_cells_is_one_line() -> None:
    bad = [Refusal("R1", "in/gmao.csv", f"B{n}", "refusal.mds2_blank") for n in range(2, 12)]
    (row, other) = unread(picture()._replace(refusals=[*bad, Refusal("", "in/x", "", "refusal.unknown")]), PEN)["rows"]
    assert row[1] == "cellule B2, cellule B3, cellule B4 (+ 7)" and other[0] == "x"


def test_less_than_a_day_is_told_in_hours() -> None:
    (one,) = picture().coverage
    for hours, text in ((5, "5 heures"), (0.2, "moins d'une heure"), (24, "1 jour")):
        short = replace(one, last=one.first + int(hours * DAY / 24))
        assert rows(picture()._replace(coverage=[short]), "Zones")[0][5] == text


def test_many_files_of_one_kind_are_one_line() -> None:
    many = [
        replace(reading(f"C{n}", "csaf", f"in/{n}.json", f"2026-01-{n + 10}"), stated=2, refused=1) for n in range(13)
    ]
    found = rows(picture()._replace(readings=[reading(), *many]), "Fichiers lus")
    assert found == [
        ["13 fichiers : readings.csv", "avis CSAF", "local", "22/01/2026", "26", "13", ""],
        ["gmao.csv", "export GMAO", "local", "01/08/2026", "7", "0", "R1"],
    ]


def test_sboms_say_how_much_of_them_could_be_compared_the_least_first() -> None:
    boms = [Compared("A", "Acme", "Pump", "1", 10, 9), Compared("B", "", "", "", 4, 0)]
    found = rows(picture()._replace(compared=boms), "SBOM")
    assert found == [["B", "4", "0"], ["Acme Pump 1", "10", "9"]]
