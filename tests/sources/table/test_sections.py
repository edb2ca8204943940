import pytest

from hygie.model.evidence import Refusal
from hygie.sources.table import gmao, sections
from spreadsheets import refused, rows, said, source, workbook

HEAD = "N° inventaire;Désignation;Marque;Modèle;N° série;Service"
LINES = "100;Scanner;Siemens;Somatom;S1;Imagerie\n101;Echographe;GE;Vivid;S2;Cardio\n"
OTHER = "N° inventaire;Marque;Modèle;Désignation;N° série;Date sortie"


@pytest.mark.parametrize("between", ["", ";;;;;\n", "Autre liste;;;;;\n", ";;;;;\nAutre liste;;;;;\n;;;;;\n"])
def test_a_second_table_is_read_by_its_own_header(between: str) -> None:
    text = f"{HEAD}\n{LINES}{between}{OTHER}\n90;Dräger;Primus;Respirateur;S9;\n"
    told = said(rows(text, "gmao"))
    assert set(told) == {"device:inv=100", "device:inv=101", "device:inv=90"}
    assert told["device:inv=90"] == {
        "inventory_number": "90", "manufacturer": "Dräger", "product": "Primus", "designation": "Respirateur",
        "serial_number": "S9",
    }  # fmt: skip
    assert told["device:inv=101"]["manufacturer"] == "GE"


def test_the_same_header_again_goes_on() -> None:
    text = f"{HEAD}\n{LINES}{HEAD}\n102;Pompe;BBraun;Space;S3;Réa\n"
    assert set(said(rows(text, "gmao"))) == {f"device:inv={n}" for n in (100, 101, 102)}
    assert refused(rows(text, "gmao")) == []


def test_a_second_table_that_is_no_list_is_refused_from_its_header_on() -> None:
    text = f"{HEAD}\n{LINES};;;;;\nService;Responsable;Téléphone;;;\nCardio;M. X;1234;;;\nRéa;Mme Y;1235;;;\n"
    found = rows(text, "gmao")
    assert set(said(found)) == {"device:inv=100", "device:inv=101"}
    assert refused(found) == [("A5", "refusal.section")]
    assert "M. X" not in str(found)


def test_places_in_a_second_table_are_those_of_the_sheet() -> None:
    first, other = ([line.split(";") for line in text.split("\n")] for text in (f"{HEAD}\n{LINES}", OTHER))
    book = workbook({"Parc": [*first, [""], *other, ["90", "Dräger", "Primus", "Respirateur", "S9", "jamais"]]})
    found = rows(book, "gmao")
    assert said(found)["device:inv=90"]["product"] == "Primus"
    assert {r.place for r in found if not isinstance(r, Refusal) and r.subject == "device:inv=90"} == {
        f"Parc!{letter}7" for letter in "ABCDE"
    }
    assert refused(found) == [("Parc!F7", "refusal.cell")]
    assert [understood.header for _, understood in gmao.parts(source(book).sheets()[0])] == [0, 5]


@pytest.mark.parametrize(
    "line",
    [
        "Total;2", "Total : 2 équipements", "TOTAL GENERAL;2", "Sous-total Cardio;1", "Sous total;1", "Sous-total",
        "Nombre total;2", "Totaux;2;3", "Grand total;2", "Subtotal ICU;1", "Zwischensumme;4", "Gesamt;4",
        "Total général", "Réformés 2025",
        "Matériel réformé en 2025", "Cardiologie", "Nombre de lignes : 12", "Page 3",
    ],
)  # fmt: skip
def test_sums_and_titles_are_no_devices(line: str) -> None:
    text = f"{HEAD}\n{LINES}{line}{';' * (5 - line.count(';'))}\n102;Pompe;BBraun;Space;S3;Réa\n"
    found = rows(text, "gmao")
    assert set(said(found)) == {f"device:inv={n}" for n in (100, 101, 102)}
    assert [place for place, reason in refused(found) if reason == "refusal.row"] == ["A4"]


@pytest.mark.parametrize("number", ["FIN-12", "INV 00123", "TOTAL-3", "BM 4711", "A1"])
def test_a_number_alone_on_its_line_stays_a_device(number: str) -> None:
    found = said(rows(f"{HEAD}\n{LINES}{number};;;;;\n", "gmao"))
    assert len(found) == 3


def test_a_devices_line_is_no_header_and_no_sum() -> None:
    text = f"{HEAD}\n{LINES}Service;Equipement;Marque X;Modèle Y;S7;Imagerie\nTotal;Scanner;Siemens;Go;S8;Imagerie\n"
    (sheet,) = source(text).sheets()
    understood = gmao.understand(sheet)
    assert understood is not None
    assert len(list(sections.sections(sheet, understood, gmao.HEADINGS, lambda _s, found: found))) == 1
    assert not sections.sums_up("Total;Scanner;Siemens;Go;S8;Imagerie".split(";"))


def test_what_stands_alone() -> None:
    assert sections.lone(["", " a ", ""]) == 1
    assert sections.lone(["a", "b"]) == sections.lone(["", " "]) == sections.lone([]) == -1
    assert sections.title_of(["", "Parc réformé"], 4) == sections.Title("Parc réformé", 4, 1)
    assert sections.title_of(["BM-123", ""], 4) is None
    assert sections.title_of(["aa:bb:cc:dd:ee:ff", ""], 4) is None
    (sheet,) = source("Liste\n;\nA;B\n").sheets()
    title = sections.title_above(sheet, 2)
    assert title is not None and (title.text, title.row) == ("Liste", 0)


def test_tables_without_end_are_refused_from_the_last_that_is_read_on() -> None:
    other = f"{OTHER}\n{{0}};Dräger;Primus;Respirateur;;\n{HEAD}\n{{0}}b;Scanner;GE;Go;;\n"
    found = rows(f"{HEAD}\n{LINES}" + "".join(other.format(n) for n in range(200, 240)), "gmao")
    assert len(said(found)) == 2 + sections.MOST - 1
    assert [reason for _, reason in refused(found) if reason == "refusal.section"] == ["refusal.section"]


def test_a_second_header_that_is_repeated_goes_on() -> None:
    text = f"{HEAD}\n{LINES}{OTHER}\n90;Dräger;Primus;Respirateur;;\n{OTHER}\n91;GE;Aisys;Respirateur;;\n"
    (sheet,) = source(text).sheets()
    assert [understood.header for _, understood in gmao.parts(sheet)] == [0, 3]
    assert set(said(rows(text, "gmao"))) == {f"device:inv={n}" for n in (100, 101, 90, 91)}
