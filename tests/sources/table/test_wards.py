import pytest

from hygie.model.evidence import Evidence
from hygie.sources.table.sections import Title
from hygie.sources.table.wards import ward_of
from spreadsheets import refused, rows, said

HEAD = "N° inventaire;Désignation;Marque;Modèle\n"


@pytest.mark.parametrize(
    ("text", "ward"),
    [
        ("* Service : Soins intensifs", "Soins intensifs"), ("SERVICE: Réanimation", "Réanimation"),
        ("UF 2403 : Bloc central", "Bloc central"), ("Unité fonctionnelle : Urgences", "Urgences"),
        ("Ward: ICU", "ICU"), ("Afdeling: Spoed", "Spoed"), ("Service", ""), ("Service :", ""),
        ("Service biomédical", ""),
        ("En service : 12 moniteurs", ""), ("Moniteurs : tous", ""), ("Service : ?", ""),
    ],
)  # fmt: skip
def test_the_ward_that_a_title_names(text: str, ward: str) -> None:
    assert ward_of(Title(text, 3, 0)) == ward


def test_the_title_of_the_whole_list_may_name_who_keeps_it() -> None:
    assert ward_of(Title("Service : Biomédical", 0, 0), above_header=True) == ""
    assert ward_of(Title("Service : Réanimation", 0, 0), above_header=True) == "Réanimation"
    assert ward_of(None) == ""


def test_lines_below_have_it_until_the_next_title_or_sum() -> None:
    lines = (
        "* Service : Soins intensifs;;;\n1;P;X;Y\n2;P;X;Y\nSous-total : 2;;;\n3;P;X;Y\nService : Urgences;;;\n4;P;X;Y\n"
    )
    found = rows(HEAD + lines + "Matériel de prêt;;;\n5;P;X;Y\n", "gmao")
    told = said(found)
    wards = [told[f"device:inv={n}"].get("ward", "") for n in range(1, 6)]
    assert wards == ["Soins intensifs", "Soins intensifs", "", "Urgences", ""]
    first = next(row for row in found if isinstance(row, Evidence) and row.trait == "ward")
    assert (first.place, first.raw) == ("A2", "Soins intensifs")
    assert [where for where, _ in refused(found)] == ["A5", "A9"]


def test_a_column_says_it_better() -> None:
    text = "N° inventaire;Désignation;Marque;Service\nService : Urgences;;;\n1;P;X;Bloc\n2;P;X;\n"
    told = said(rows(text, "gmao"))
    assert [told[f"device:inv={n}"]["ward"] for n in (1, 2)] == ["Bloc", "Urgences"]
