import pytest

from hygie.facts import headings
from hygie.sources.table import columns
from spreadsheets import source

GMAO = columns.Headings("test", headings.DEVICE, (*headings.UNREAD, *headings.BOUGHT), frozenset(("ip",)))


def understood(text: str, saved: dict[str, str] | None = None) -> columns.Mapping:
    found = columns.mapping(source(text).sheets()[0], GMAO, saved)
    assert found is not None
    return found


def test_a_mapping_tells_what_it_does() -> None:
    head = "Inventaire;Libellé;Numéro série machine;Remarques;Chose;Adresse IP;IP"
    text = f"Parc;;;;\n{head}\nBM1;Lit;S1;note;c;10.1.1.1;10.1.1.2\n"
    found = understood(text)
    assert found.header == 1
    assert [(c.heading, c.field, c.how) for c in found.columns] == [
        ("Inventaire", "inventory_number", "known"),
        ("Libellé", "designation", "known"),
        ("Numéro série machine", "serial_number", "assumed"),
        ("Remarques", "", "free text"),
        ("Chose", "", "unknown"),
        ("Adresse IP", "ip", "known"),
        ("IP", "ip", "known"),
    ]
    assert [c.heading for c in found.assumed] == ["Numéro série machine"]
    assert [c.heading for c in found.unused] == ["Remarques", "Chose"]
    assert found.sample == (("BM1", "Lit", "S1", "", "", "10.1.1.1", "10.1.1.2"),)
    assert found.fields["ip"] == [5, 6]


def test_one_column_a_field_the_more_usual_word_first() -> None:
    found = understood("Famille;N° inventaire;Désignation;Date achat;Date mise en service\nx;1;y;2;3\n")
    assert [c.field for c in found.columns] == ["", "inventory_number", "designation", "", "commissioned"]
    assert [c.how for c in found.columns if not c.field] == ["second", "unread"]


def test_a_saved_mapping_finds_its_header_and_wins() -> None:
    found = understood("Alpha;Beta\nx;y\nAlpha bis;Inventaire\n", {"alpha": "serial_number", "Beta": "-"})
    assert found.header == 0
    assert [(c.field, c.how) for c in found.columns] == [("serial_number", "saved"), ("", "ignored")]


def test_no_header_no_mapping() -> None:
    assert columns.mapping(source("1;2;3\n4;5;6\n").sheets()[0], GMAO) is None
    assert columns.find_header(source("a;b\n").sheets()[0], GMAO) == -1
    assert columns.score(["Inventaire", "x"], GMAO) == 1.0


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Constr.", "manufacturer"), ("Fabr.", "manufacturer"), ("Fab.", "manufacturer"),
        ("Désign.", "designation"), ("Libellé équip.", "designation"), ("Localis.", "location"),
        ("Code bien", "inventory_number"), ("Code immo", "inventory_number"), ("N° immo.", "inventory_number"),
        ("Date bien", ""), ("Code barre", ""), ("Modl", ""), ("Sér.", ""), ("Comm.", ""), ("Constat.", ""),
    ],
)  # fmt: skip
def test_letters_in_common_are_no_meaning_and_words_cut_short_are_beginnings(heading: str, field: str) -> None:
    assert columns.guess(heading, GMAO)[0] == field


@pytest.mark.parametrize(
    ("heading", "field", "sure"),
    [
        ("Inventar-Nr / N° inv", "inventory_number", True), ("Gerät / Appareil", "designation", True),
        ("Gerät/Appareil", "designation", True), ("Gerät (Appareil)", "designation", True),
        ("Gerät - Appareil", "designation", True), ("Gerät | Appareil", "designation", True),
        ("Gerät Appareil", "designation", True), ("Inventar Nr. N° inv.", "inventory_number", True),
        ("Firma / Fabricant", "manufacturer", True), ("Modell / Modèle", "product", True),
        ("Hersteller", "manufacturer", True), ("Typ", "model_number", True), ("Standort", "location", True),
        ("Abteilung", "ward", True), ("Seriennr.", "serial_number", True), ("Software-Stand", "software_version", True),
        ("Kostenstelle / Centre de coût", "cost_centre", True), ("Seriennummer – N° de série", "serial_number", True),
        ("Connecté au réseau (O/N)", "connectable", True), ("Mise en service (JJ/MM/AAAA)", "commissioned", True),
        ("Apparat / Appareil", "designation", False), ("Fabricant (OEM d'origine)", "manufacturer", False),
        ("Service / Responsable", "", False), ("Inventaire / Désignation", "", False), ("Kuckuck / Uhr", "", False),
    ],
)  # fmt: skip
def test_a_heading_in_two_languages_is_what_its_halves_mean(heading: str, field: str, sure: bool) -> None:
    found, likeness, _ = columns.guess(heading, GMAO)
    assert (found, likeness >= columns.SURE) == (field, sure)


def test_what_is_like_a_heading_of_persons_is_listed_not_passed_over() -> None:
    for heading, how in (("Responsables", "unread"), ("Responsable", "unread"), ("Responsable budget", "unknown")):
        (column,) = understood(f"Inventaire;Libellé;{heading}\n1;x;y\n").columns[2:]
        assert (column.field, column.how) == ("", how), heading


def test_what_is_assumed_has_to_bear_its_cells_out() -> None:
    kind = GMAO._replace(name="strict", fits=lambda field, texts: field != "serial_number" or "S1" in texts)
    for cell, field in (("S1", "serial_number"), ("x", "")):
        (sheet,) = source(f"Inventaire;Libellé;Numéro série machine\n1;x;{cell}\n").sheets()
        found = columns.mapping(sheet, kind)
        assert found is not None and found.columns[2].field == field
        assert found.columns[2].how == ("assumed" if field else "unknown")


def test_an_empty_column_takes_no_field_from_one_that_says_something() -> None:
    found = understood("Inventaire;N° inventaire;Libellé\n;A1;x\n-;A2;y\n")
    assert [c.field for c in found.columns] == ["", "inventory_number", "designation"]
    both = understood("N° inventaire;Inventaire;Libellé\n;;x\n")
    assert [c.field for c in both.columns] == ["inventory_number", "", "designation"]


TWO = """Code;Libellé;Constructeur;;Identification;;Affectation;Dates;
;;Nom;Référence modèle;N° de série;Version logicielle;Service utilisateur;Mise en service;Fin de garantie
E1;Moniteur;DRAGER;Delta XL;600;VF9;Réa;04/05/2011;
"""


def test_headings_in_two_lines_are_read_as_one_each() -> None:
    found = understood(TWO)
    assert found.header == 1
    told = {column.heading: column.field for column in found.columns}
    assert told == {
        "Code": "", "Libellé": "designation", "Constructeur": "manufacturer", "Référence modèle": "product",
        "N° de série": "serial_number", "Version logicielle": "software_version", "Service utilisateur": "ward",
        "Mise en service": "commissioned", "Fin de garantie": "warranty_end",
    }  # fmt: skip
    assert found.sample[0][2] == "DRAGER"
    split = understood("N°;Désignation;Marque;N°;\ninventaire;;;de série;Modèle\nA1;Lit;X;S1;M\n")
    assert [c.field for c in split.columns] == ["inventory_number", "designation", "manufacturer", "serial_number",
                                                "product"]  # fmt: skip


def test_a_line_of_data_or_a_title_is_no_second_line() -> None:
    one = understood("Inventaire;Libellé;Marque;Service\nA;Moniteur;Philips;Imagerie\nB;Pompe;BD;Service\n")
    assert (one.header, [c.heading for c in one.columns]) == (0, ["Inventaire", "Libellé", "Marque", "Service"])
    titled = understood("Hôpital;Service biomédical;;\nInventaire;Libellé;Chose;Service\nA1;Moniteur;x;Imagerie\n")
    assert [c.heading for c in titled.columns] == ["Inventaire", "Libellé", "Chose", "Service"]
    assert titled.columns[2].field == ""


def test_a_saved_mapping_moves_no_header() -> None:
    found = understood(TWO, {"Code": "inventory_number", "Constructeur": "manufacturer", "Identification": "-"})
    assert (found.header, found.columns[0].field, found.columns[4].field) == (1, "inventory_number", "serial_number")
    strange = "A;Moniteur;Lit\nZeug;Ding;Sache\n1;2;3\n"
    assert understood(strange, {"Zeug": "designation", "Ding": "serial_number"}).header == 1


def test_a_column_without_a_heading_is_named_by_its_place() -> None:
    text = "Parc;;;\nInventaire;Libellé;;\nA1;Lit;Philips;\n"
    (bare,) = (c for c in understood(text).columns if c.how == "unnamed")
    assert (bare.at, bare.heading, bare.field) == (2, "C2", "")
    assert understood(text).named == understood(text).columns[:2]
    told = understood(text, {"C2": "manufacturer"}).columns[2]
    assert (told.field, told.how) == ("manufacturer", "saved")
    assert understood(text, {"C2": "-"}).columns[2].how == "ignored"
