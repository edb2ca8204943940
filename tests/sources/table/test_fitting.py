import pytest

from hygie.sources.table import gmao
from spreadsheets import refused, rows, said, source

HEAD = "N° inventaire;Désignation;Marque;Modèle;"


def read_as(heading: str, *lines: str) -> dict[str, str]:
    found = gmao.understand(source("\n".join([heading, *lines]) + "\n").sheets()[0])
    assert found is not None
    return {column.heading: column.field for column in found.columns}


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("En service", "Réformé", "HS", "?"), "status"),
        (("Bâtiment A", "Bloc 2", "En service"), "location"),
        (("", "", ""), "location"),
    ],
)
def test_a_situation_is_a_status_or_a_place_as_its_cells_say(cells: tuple[str, ...], field: str) -> None:
    lines = [f"A{i};Pompe;X;Y;{cell}" for i, cell in enumerate(cells)]
    assert read_as(f"{HEAD}Situation", *lines)["Situation"] == field


def test_a_situation_beside_a_status_or_a_place() -> None:
    beside = read_as(f"{HEAD}Etat;Situation", "A1;Pompe;X;Y;En service;En service", "A2;Pompe;X;Y;HS;HS")
    assert (beside["Etat"], beside["Situation"]) == ("status", "")
    placed = read_as(f"{HEAD}Local;Situation", "A1;Pompe;X;Y;B12;En service", "A2;Pompe;X;Y;B13;Réformé")
    assert (placed["Local"], placed["Situation"]) == ("location", "status")


def test_a_units_number_beside_its_name() -> None:
    for heading in ("UF", "UF propriétaire", "UF affect."):
        columns = read_as(f"{HEAD}{heading};Service", "A1;Pompe;X;Y;2101;Réa", "A2;Pompe;X;Y;2102;Bloc")
        assert (columns[heading], columns["Service"]) == ("ward_code", "ward"), heading


def test_what_a_thing_is_stands_under_its_name_not_under_its_code() -> None:
    for code, name in (("Nature", "Lib. nature"), ("Famille", "Libellé famille"), ("Nature", "Nom commun")):
        columns = read_as(f"N° inventaire;{code};{name};Marque;Modèle", "A1;41007;Respirateur;X;Y")
        assert (columns[code], columns[name]) == ("", "designation")
    assert read_as("N° inventaire;Nature;Marque;Modèle", "A1;Respirateur;X;Y")["Nature"] == "designation"


def test_headings_of_english_exports() -> None:
    carl = "EQPT_CODE,EQPT_DESC,MANUF_NAME,MANUF_REF,SERIAL,SITE_CODE,COSTCENTER,LOCATION,INSTALL_DATE,STATUS,SW_REL"
    carl += ",HW_ADDR"
    line = "E1,Monitor,Philips,MX550,S1,ST-A,2101,A/0,15-MAR-19,ACTIVE,L.00,00-09-FB-10-00-00"
    found = rows(f"{carl}\n{line}\n{line.replace('E1', 'E2').replace('S1', 'S2')}\n", "gmao")
    told = said(found)["device:inv=E1"]
    assert (told["manufacturer"], told["model_number"], told["software_version"]) == ("Philips", "MX550", "L.00")
    assert (told["commissioned"], told["status"], told["mac"]) == ("2019-03-15", "in service", "00:09:fb:10:00:00")
    assert refused(found) == []
