import io

import pytest
import xlsxwriter

from hygie.model.evidence import Refusal
from hygie.model.seams import Given
from hygie.sources.table import READERS
from hygie.words import say
from spreadsheets import refused, rows, said, source, workbook

HEAD = "N° inventaire;Désignation;Marque;Modèle"


def told(text: str, **mapping: str) -> dict[str, Refusal]:
    return {row.reason: row for row in rows(text, "gmao", **mapping) if isinstance(row, Refusal)}


def test_what_is_assumed_is_told_with_the_command_until_it_is_confirmed() -> None:
    text = "N° inventaire;Libell. équipement;Marque;Modèle\n1;Lit;L;M\n2;Pompe;L;N\n"
    one = told(text)["refusal.assumed"]
    assert (one.place, one.args) == (
        "A1", ("columns=“Libell. équipement” (designation)", "heading=Libell. équipement"),
    )  # fmt: skip
    assert 'hygie mapping FILE --set "Libell. équipement=trait"' in say("en", one.reason, one.args)
    assert 'hygie mapping FICHIER --set "Libell. équipement=attribut"' in say("fr", one.reason, one.args)
    assert "refusal.assumed" not in told(text, **{"Libell._équipement": "designation"})


@pytest.mark.parametrize(
    "heading", ["Date achat", "Date d'acquisition", "Date reception", "Date acq.", "Purchase date"]
)
def test_a_purchase_is_no_first_service_and_is_told(heading: str) -> None:
    text = f"{HEAD};{heading}\n1;Lit;L;M;13/02/2020\n2;Lit;L;M;13/02/2021\n"
    assert not any("commissioned" in traits for traits in said(rows(text, "gmao")).values())
    assert told(text)["refusal.bought"].args == (f"heading={heading}",)
    beside = text.replace("Modèle;", "Modèle;Date de MES;").replace("M;", "M;14/03/2020;")
    assert "refusal.bought" not in told(beside)
    assert {traits["commissioned"] for traits in said(rows(beside, "gmao")).values()} == {"2020-03-14"}
    asked = text.replace(heading, "Acquis")
    assert {t["commissioned"] for t in said(rows(asked, "gmao", Acquis="commissioned")).values()} == {
        "2020-02-13", "2021-02-13",
    }  # fmt: skip


def test_dates_that_may_be_read_two_ways_are_told_once_a_file() -> None:
    text = f"{HEAD};Install Date;Warranty End\n1;Lit;L;M;03/04/2018;05/04/2020\n2;Lit;L;M;11/12/2018;\n"
    one = told(text)["refusal.order_dmy"]
    assert (one.place, one.args) == ("E1", ("columns=Install Date, Warranty End",))
    for sure in ("13/12/2018", "12/13/2018"):
        assert "refusal.order_dmy" not in told(text.replace("11/12/2018", sure))
    for same in ("2018-04-03", "04/04/2018", "03.04.2018"):
        alone = f"{HEAD};Install Date\n1;Lit;L;M;{same}\n"
        assert refused(rows(alone, "gmao")) == []


def test_lists_whose_lines_say_too_little_are_told() -> None:
    lines = "".join(f"{n};Lit;;M\n" for n in range(1, 5))
    assert told(f"{HEAD}\n{lines}5;Lit;L;M\n")["refusal.poor"].args == (
        "expected=manufacturer", "count=1", "total=5",
    )  # fmt: skip
    assert "refusal.poor" not in told(f"{HEAD}\n{lines.replace(';;', ';L;')}5;Lit;L;M\n")


def test_a_number_that_repeats_on_most_lines_is_told() -> None:
    lines = "".join(f"EC{n % 2};Lit;L;M;S{n}\n" for n in range(6))
    one = told(f"{HEAD};N° série\n{lines}")["refusal.repeats"]
    assert (one.place, one.args) == ("A1", ("count=6", "total=6", "heading=N° inventaire"))
    assert len(said(rows(f"{HEAD};N° série\n{lines}", "gmao"))) == 6


@pytest.mark.parametrize(
    "heading", ["UF responsable", "Service responsable", "Unité responsable", "Service gestionnaire"]
)
def test_a_ward_that_answers_for_a_device_is_no_person(heading: str) -> None:
    text = f"{HEAD};{heading};Responsable\n1;Lit;L;M;Imagerie;M. X\n"
    found = rows(text, "gmao")
    assert said(found)["device:inv=1"]["ward"] == "Imagerie"
    assert "M. X" not in str(found)
    assert refused(found) == []


def test_a_column_that_says_something_without_a_heading_is_told_by_its_place() -> None:
    text = f"{HEAD};;Local;\n1;Lit;L;M;x;B1;\n2;Lit;L;M;;B2;\n"
    assert told(text)["refusal.columns"].args == ("columns=E1",)
    assert refused(rows(text.replace("x", " "), "gmao")) == []


def test_what_is_not_seen_in_a_workbook_is_told() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = ("N° inventaire", "Désignation", "Marque")
        for name in ("Parc", "Vieux"):
            page = book.add_worksheet(name)
            for at, row in enumerate((head, (name, "Lit", "X"), (f"{name}2", "Lit", "X"))):
                page.write_row(at, 0, row)
            page.set_row(2, None, None, {"hidden": True})
        page.hide()
    found = rows(out.getvalue(), "gmao")
    assert refused(found)[:2] == [("", "refusal.hidden_rows"), ("Vieux", "refusal.hidden_sheet")]
    assert next(row for row in found if isinstance(row, Refusal)).args == ("count=2",)
    assert len(said(found)) == 4


def test_a_sheets_name_is_a_title() -> None:
    rows_ = [["N° inventaire", "Désignation", "Marque"], ["1", "Lit", "X"], ["2", "Lit", "X"]]
    sheets = {
        "Parc": rows_,
        "Réformés 2025": [rows_[0], ["3", "Lit", "X"]],
        "Sortis 2024": [rows_[0], ["4", "Lit", "X"]],
    }
    found = list(READERS["gmao"].read(source(workbook(sheets)), Given("local", "R1", today="2026-06-30")))
    told = said(found)
    assert [told[f"device:inv={n}"].get("status", "") for n in range(1, 5)] == ["", "", "disposed", ""]
    assert [r for r in refused(found) if r[1] == "refusal.title"] == [("Sortis 2024!A1", "refusal.title")]
