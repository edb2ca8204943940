import pytest

from hygie.model.evidence import Evidence, Refusal
from hygie.model.seams import Given
from hygie.sources.table import gmao, leaving
from hygie.words import say
from spreadsheets import refused, said, source

DAY = Given("local", "R1", today="2026-06-30")
HEAD = "N° inventaire;Désignation;Marque;Modèle"


def read(text: str, given: Given = DAY) -> list[object]:
    return list(gmao.read(source(text), given))


@pytest.mark.parametrize(
    "heading",
    ["Date de réforme", "Dt réforme", "DATE_REFORME", "Date de sortie", "Date sortie inventaire", "Réformé le",
     "Date de mise au rebut", "Disposal date", "Retirement Date", "Ausmusterung", "Date de déclassement"],
)  # fmt: skip
def test_a_day_of_disposal_that_has_come_tells_the_status(heading: str) -> None:
    found = read(f"{HEAD};{heading}\n1;Moniteur;P;M;15/03/2019\n2;Moniteur;P;M;\n3;Moniteur;P;M;31/12/2026\n")
    told = said(found)
    assert [told[f"device:inv={n}"].get("status", "") for n in (1, 2, 3)] == ["disposed", "", ""]
    assert refused(found) == []
    (status,) = (row for row in found if isinstance(row, Evidence) and row.trait == "status")
    assert (status.raw, status.place) == ("15/03/2019", "E2")


def test_the_day_is_that_of_the_list_where_it_is_known() -> None:
    text = f"{HEAD};Date de réforme\n1;Moniteur;P;M;15/03/2025\n"
    assert "status" not in said(read(text, DAY._replace(dated="2024-01-01")))["device:inv=1"]
    assert "status" not in said(read("Export du 01/02/2024;;;;\n" + text))["device:inv=1"]
    assert "status" not in said(read(text, Given("local", "R1")))["device:inv=1"]


def test_a_status_that_says_otherwise_holds_and_the_cell_is_told() -> None:
    lines = "1;P;X;Y;En service;15/03/2019\n2;P;X;Y;Réformé;15/03/2019\n3;P;X;Y;;15/03/2019\n4;P;X;Y;HS;15/03/2019\n"
    found = read(f"{HEAD};Statut;Date de réforme\n{lines}5;P;X;Y;En service;31/02/2019\n")
    told = said(found)
    assert [told[f"device:inv={n}"].get("status", "") for n in range(1, 6)] == [
        "in service", "disposed", "disposed", "out of service", "in service",
    ]  # fmt: skip
    assert refused(found) == [("F2", "refusal.left"), ("F5", "refusal.left"), ("F6", "refusal.cell")]
    (first, *_) = (row for row in found if isinstance(row, Refusal))
    assert "Date de réforme" in say("fr", first.reason, first.args)


def test_many_that_say_otherwise_are_told_once() -> None:
    lines = "".join(f"{n};P;X;Y;En service;15/03/2019\n" for n in range(15))
    reasons = [reason for _, reason in refused(read(f"{HEAD};Statut;Date de réforme\n{lines}"))]
    assert reasons == ["refusal.left"] * 10 + ["refusal.left_more"]


@pytest.mark.parametrize(
    "title",
    ["Matériel réformé en 2025", "Sorties d'inventaire 2025", "Équipements réformés", "Matériels mis au rebut",
     "Appareils vendus", "Disposed equipment", "MATÉRIEL RÉFORMÉ"],
)  # fmt: skip
def test_a_title_that_surely_says_so_tells_the_status_of_its_lines(title: str) -> None:
    found = read(f"{HEAD}\n1;P;X;Y\n{title};;;\n2;P;X;Y\n{HEAD}\n3;P;X;Y\nTotal;2;;\n4;P;X;Y\n")
    told = said(found)
    assert [told[f"device:inv={n}"].get("status", "") for n in range(1, 5)] == ["", "disposed", "disposed", ""]
    (status, _) = (row for row in found if isinstance(row, Evidence) and row.trait == "status")
    assert (status.raw, status.place) == (title, "A3")


@pytest.mark.parametrize(
    "title", ["Matériel à réformer", "Réformes 2026", "Propositions de réforme", "Réformés en 2030", "MATERIEL REFORME"]
)
def test_a_title_that_may_say_so_is_told(title: str) -> None:
    found = read(f"{HEAD}\n1;P;X;Y\n{title};;;\n2;P;X;Y\n")
    assert not any("status" in traits for traits in said(found).values())
    assert ("A3", "refusal.title") in refused(found)


def test_a_title_says_nothing_of_what_a_column_says() -> None:
    found = read(f"{HEAD};Statut\n1;P;X;Y;\nMatériel réformé;;;;\n2;P;X;Y;En service\n3;P;X;Y;\n")
    told = said(found)
    assert [told[f"device:inv={n}"].get("status", "") for n in (1, 2, 3)] == ["", "in service", "disposed"]
    assert ("A4", "refusal.left_title") in refused(found)


def test_other_titles_say_nothing() -> None:
    for title in ("Cardiologie", "Matériel en service", "Parc biomédical 2025"):
        assert not leaving.speaks_of_gone(title) and not leaving.says_gone(title, "2026-06-30")


def test_a_title_with_a_day_to_come_takes_nothing_away() -> None:
    assert leaving.says_gone("Matériel réformé au 31/12/2025", "2026-06-30")
    assert not leaving.says_gone("Matériel réformé au 31/12/2026", "2026-06-30")
