import pytest

from hygie.sources.table import fitting, gmao
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


@pytest.mark.parametrize(
    ("field", "fit", "unfit"),
    [
        ("inventory_number", ["A1", "A2", "B7"], ["Ventilateur", "Ventilateur", "Ventilateur"]),
        ("inventory_number", ["00012", "00013"], ["Moniteur", "Scanner", "Pompe"]),
        ("serial_number", ["S1", "S2", "S3"], ["EC1", "EC1", "EC1", "EC2"]),
        ("operating_system", ["Windows 10", "Linux"], ["03/04/2015", "05/04/2015", "2015-04-31"]),
        ("manufacturer", ["3M", "GE"], ["41007", "41008"]),
        ("commissioned", ["03/04/2015", "12/31/2020"], ["Réa", "Bloc"]),
        ("status", ["En service", "HS"], ["Bloc", "Réa"]),
        ("mac", ["00:09:fb:aa:bb:01"], ["Oui", "Non"]),
        ("purchase_cost", ["1 200,00 €", "3000"], ["13/02/2020", "14/02/2020"]),
        ("ip", ["10.1.1.1", "10.1.1.2"], ["B12", "B13"]),
    ],
)
def test_what_a_column_was_assumed_to_hold_has_to_show_in_its_cells(
    field: str, fit: list[str], unfit: list[str]
) -> None:
    assert fitting.bears_out(field, fit) and fitting.bears_out(field, [])
    assert not fitting.bears_out(field, unfit)


def test_columns_that_melted_devices_into_one() -> None:
    head = "Inventar-Nr / N° inv\tGerät / Appareil\tFirma / Fabricant\tModell / Modèle\n"
    found = rows(head + "".join(f"{n}\tBeatmung / Ventilateur\tHamilton\tC{n}\n" for n in (1, 2, 3)), "gmao")
    assert {name: traits["product"] for name, traits in said(found).items()} == {
        f"device:inv={n}": f"C{n}" for n in (1, 2, 3)
    }
    assert refused(found) == []


def test_a_first_service_is_no_operating_system() -> None:
    head = "N° GMAO;Dénomination;Fabricant;Réf. commerciale;Mise en exploitation"
    found = rows(f"{head}\n1;Pompe;B;X;13/04/2015\n2;Pompe;B;X;2015-04-31\n", "gmao")
    assert said(found)["device:inv=1"]["commissioned"] == "2015-04-13"
    assert not any("operating_system" in traits for traits in said(found).values())
    assert refused(found) == [("E3", "refusal.cell")]
    assert read_as("N° inventaire;Désignation;Marque;Exploitation", "1;Lit;L;13/02/2020")["Exploitation"] == ""
