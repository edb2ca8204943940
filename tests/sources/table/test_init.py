from pathlib import Path

import pytest

from hygie import sources
from hygie.model.evidence import Decision, Refusal
from hygie.model.seams import Given
from hygie.sources.table import READERS, TABLES, asked, kind_of, mapping, shape
from spreadsheets import reader, rows, said, source, workbook

SAMPLES = {
    "gmao": "N° inventaire;Désignation;Marque\nBM1;Lit;X\n",
    "addresses": "VLAN;Réseau;Nom;Usage\n10;10.1.0.0/24;ADM;Bureautique\n",
    "leases": "IPAddress,ScopeId,ClientId,HostName,AddressState\n10.1.1.1,10.1.1.0,02-00-00-00-00-01,a,Active\n",
    "mac_table": "Vlan;Mac Address;Type;Port\n10;0050.56a1.2011;DYNAMIC;Gi1/0/1\n",
    "arp": "IP address;MAC address;Interface;Age\n10.1.1.1;0050.56a1.2011;Vlan10;3\n",
    "ae_titles": "AE Title;Hôte;Port;Description\nCT1;10.1.1.1;104;Scanner\n",
    "statements": "Fabricant;Produit;Versions;Sujet;Autorisé;Date;Pièce\nX;Y;1;Antivirus;oui;01/02/2026;a.pdf\n",
    "questions": "Identifiant;Question;Réponse;Nom;Date\nq1;?;oui;Anne;\n",
    "rules": "règle;lit;motif;sauf;conclut;valeur;confiance;source\nr1;host_name;^irm;;product;IRM;0,9;plan\n",
    "hospital": "Clé;Fonction clinique;Gravité;Confirmé par;Date\nventilator;x;critique;Anne;\n",
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_is_told_by_its_headings(kind: str) -> None:
    assert reader(SAMPLES[kind]).kind == kind
    cells = [line.split("," if kind == "leases" else ";") for line in SAMPLES[kind].strip().split("\n")]
    assert reader(workbook({"Feuil1": [["Titre"], [], *cells]})).kind == kind


def test_what_is_no_table_of_these_is_none() -> None:
    for text in ("", "a;b\n1;2\n", "Bonjour,\nvoici la liste demandée.\n", "1;2;3\n4;5;6\n", '{"a": 1}'):
        assert kind_of(source(text)) == ""
    told = sources.reader_of(source("Alpha;Beta;Gamma\n1;2;3\n4;5;6\n"))
    assert isinstance(told, Refusal)
    assert told.reason == "refusal.header"


def test_readers_are_the_tables() -> None:
    assert list(READERS) == list(TABLES)
    assert {kind for kind, one in READERS.items() if one.snapshot} == {
        "mds2", "statements", "ae_titles", "gmao", "addresses", "endpoints", "rules",
    }  # fmt: skip


def test_every_table_of_the_example_is_recognised(hospital: Path) -> None:
    expected = {
        "gmao.csv": "gmao", "gmao-biomed.xlsx": "gmao", "plan-adressage.xlsx": "addresses", "baux-dhcp.csv": "leases",
        "baux-dhcp.txt": "leases", "table-mac.txt": "mac_table", "arp.txt": "arp", "ae-titles.csv": "ae_titles",
        "statements.xlsx": "statements",
    }  # fmt: skip
    assert {name: kind_of(source((hospital / name).read_bytes())) for name in expected} == expected


def test_the_preview_of_a_mapping(hospital: Path) -> None:
    ((sheet, understood), *_) = mapping(source((hospital / "gmao.csv").read_bytes()))
    assert understood.header == 3
    assert len(sheet.rows) == 398
    assert understood.unused[0].heading == "Remarques"


SHORTENED = (
    "N° matricule mat.;Nature du matériel;Mque;Réf. commerciale;Num. sér.;Lieu d'affectation;Nom machine;@IP;@MAC\n"
    "M-1;Pousse-seringue;Fresenius Kabi;Agilia;FK1;HDJ;;10.1.1.1;\n"
    "M-2;Pompe;B. Braun;Infusomat;BB1;HDJ;;;\n"
    "M-3;Moniteur;Mindray;T1;MM1;HDJ;mon-3;10.1.1.3;02-00-00-00-00-03\n"
)


@pytest.mark.parametrize("first", ["N° matricule mat.", "N° inventaire", "Plouf"])
@pytest.mark.parametrize("make", ["Mque", "Mqe", "Fab.", "Marque", "Plaf"])
def test_a_list_that_numbers_things_and_names_them_is_of_devices_whatever_addresses_it_holds(
    first: str, make: str
) -> None:
    text = SHORTENED.replace("N° matricule mat.", first).replace("Mque", make)
    found = rows(text, "gmao")
    assert len(said(found)) == 3
    assert {traits["serial_number"] for traits in said(found).values()} == {"FK1", "BB1", "MM1"}
    told = [row.args for row in found if isinstance(row, Refusal) and row.reason == "refusal.columns"]
    odd = ", ".join(name for name in (first, make) if name in ("Plouf", "Plaf"))
    assert told == ([(f"columns={odd}",)] if odd else [])


def test_columns_that_are_not_understood_are_told_whatever_the_table(hospital: Path) -> None:
    for kind, text in SAMPLES.items():
        if kind in ("gmao", "questions"):
            continue
        mark = "," if kind == "leases" else ";"
        head, line = text.strip().split("\n")
        found = rows(f"{head}{mark}Plouf\n{line}{mark}x\n", kind)
        told = [row for row in found if isinstance(row, Refusal) and row.reason == "refusal.columns_other"]
        assert [(row.place, row.args) for row in told] == [("A1", ("columns=Plouf",))], kind
    for name in ("plan-adressage.xlsx", "baux-dhcp.csv", "ae-titles.csv"):
        found = list(rows((hospital / name).read_bytes(), kind_of(source((hospital / name).read_bytes()))))
        assert not [row for row in found if isinstance(row, Refusal) and row.reason == "refusal.columns_other"]


def test_the_columns_of_every_kind_can_be_shown() -> None:
    for kind in set(SAMPLES) - {"questions"}:
        ((_, understood),) = mapping(source(SAMPLES[kind]))
        assert any(column.field for column in understood.columns), kind
    ((_, plan),) = mapping(source(SAMPLES["addresses"]))
    assert plan.columns[1].field == "cidr"
    assert mapping(source("CT;CT2\n1;2\n")) == []


def test_the_shape_of_a_table_is_that_of_its_headings_whatever_the_lines() -> None:
    one, other = (source(f"Repère;Quoi;Où\n{line}\n") for line in ("1;Scanner;Imagerie", "2;;"))
    assert shape(one) == shape(other) != ""
    assert shape(source("Repère;Quoi;Qui\n1;Scanner;Norvane\n")) != shape(one)
    assert shape(source("du texte\nsans colonnes\n")) == ""
    assert shape(source("Liste du parc\n\nN° inventaire;Désignation\n1;Scanner\n")) == shape(
        source("N° inventaire;Désignation\n7;Scope\n8;Lit\n")
    )


def test_what_a_person_says_of_a_shape_holds_for_the_site() -> None:
    table = source("IP;MAC;Nom\n10.1.1.5;00:1b:0d:00:00:01;echo-1\n")
    said = {"north/kinds": {shape(table): "arp"}, "south/kinds": {"other": "gmao"}}
    found = asked(table, "north", lambda name: said.get(name, {}))
    assert found is READERS["arp"]
    assert asked(table, "south", lambda name: said.get(name, {})) is None
    assert asked(source("\x00\x01binary"), "north", lambda name: said.get(name, {})) is None


@pytest.mark.parametrize("kind", ["statements", "hospital", "arp", "leases", "mac_table"])
def test_a_table_that_is_said_to_be_of_a_kind_that_it_does_not_fit_is_told(kind: str) -> None:
    given = Given("local", "R", {})
    found = [*READERS[kind].read(source("Repère;Quoi;Où\n1;Scanner;Imagerie\n2;Scope;Bloc\n"), given)]
    assert [row.reason for row in found if isinstance(row, Refusal)] == ["refusal.sheet"]


def test_saved_columns_hold_for_the_hospitals_own_table() -> None:
    text = "Clé;Gravité;Signataire\nventilator;catastrophique;Mme Durand\n"
    found = [*READERS["hospital"].read(source(text), Given("local", "R", {"Signataire": "who"}))]
    assert [(row.about, row.who) for row in found if isinstance(row, Decision)] == [
        ("function:ventilator", "Mme Durand")
    ]
