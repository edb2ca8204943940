import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from hygie.model.evidence import Evidence, Refusal, Trait
from hygie.model.seams import Given
from hygie.sources.opening import Secret
from hygie.sources.table import gmao
from hygie.words import say
from spreadsheets import endures, refused, rows, said, source, workbook

HEAD = "N° inventaire;Désignation;Marque;Modèle;N° série;Date mise en service;Prix achat;Statut;Adresse MAC;Remarques"
CSV = f"""Centre hospitalier;;;;;;;;;
Export du 14/08/2026;;;;;;;;;
;;;;;;;;;
{HEAD}
000123;Respirateur;ACME;R1;SN-1;07/10/2020;1 847,00;En service;02-00-00-00-00-01;
BM-2;Moniteur;ACME;M1;;31/02/2020;abc;En service;;mdp: secret12
BM3;Scanner;Nor;CT;A1;2019;;Réformé;;Prêté à M. X
BM3;Console;Nor;CT;A2;;;;;
;Pompe;Perf;D;S9;;;;;
;Pousse-seringue;Perf;D;;;;;;
;;;;;;;Total;;
"""


def test_a_list_of_devices() -> None:
    found = rows(CSV, "gmao")
    told = said(found)
    assert told["device:inv=000123"] == {
        "inventory_number": "000123",
        "designation": "Respirateur",
        "manufacturer": "ACME",
        "product": "R1",
        "serial_number": "SN-1",
        "commissioned": "2020-10-07",
        "purchase_cost": "1847",
        "status": "in service",
        "mac": "02:00:00:00:00:01",
    }
    assert set(told) - {"device:inv=000123"} == {
        "device:inv=BM2",
        "device:inv=BM3#serial=A1",
        "device:inv=BM3#serial=A2",
        "device:serial=perf|S9",
        *(name for name in told if name.startswith("device:line=")),
    }
    assert told["device:inv=BM3#serial=A1"]["commissioned"] == "2019"
    raw = next(row for row in found if isinstance(row, Evidence) and row.trait == "purchase_cost")
    assert (raw.raw, raw.value, raw.place) == ("1 847,00", "1847", "G5")


def test_cells_that_cannot_be_read_are_refused_and_their_text_goes_nowhere() -> None:
    found = rows(CSV, "gmao")
    assert refused(found) == [("F6", "refusal.cell"), ("G6", "refusal.cell"), ("A11", "refusal.row")] or refused(
        found
    ) == [
        ("F6", "refusal.cell"),
        ("G6", "refusal.cell"),
        ("H11", "refusal.cell"),
        ("A11", "refusal.row"),
    ]
    assert "abc" not in str(found)


def test_free_text_is_not_read_and_secrets_are_counted() -> None:
    found = rows(CSV, "gmao")
    assert [row for row in found if isinstance(row, Secret)] == [Secret("J6", "password")]
    assert "secret12" not in str(found)
    assert "M. X" not in str(found)
    asked = rows(CSV, "gmao", Remarques="remark")
    assert "Prêté à M. X" in str(asked)
    assert "secret12" not in str(asked)


def test_a_saved_mapping_overrides() -> None:
    strange = CSV.replace("N° série", "Zone 51").replace("Modèle", "Bidule")
    assert "serial_number" not in said(rows(strange, "gmao"))["device:inv=000123"]
    told = said(rows(strange, "gmao", Zone_51="serial_number", Bidule="product", Marque="-"))["device:inv=000123"]
    assert (told["serial_number"], told["product"]) == ("SN-1", "R1")
    assert "manufacturer" not in told


def test_subjects_do_not_depend_on_the_order_of_lines() -> None:
    lines = CSV.rstrip("\n").split("\n")
    turned = "\n".join(lines[:4] + lines[4:][::-1])
    assert said(rows(turned, "gmao")) == said(rows(CSV, "gmao"))


def test_the_same_from_a_workbook() -> None:
    table = [line.split(";") for line in CSV.rstrip("\n").split("\n")]
    book = workbook({"Parc": [*table[:5], ["BM9", "Lit", "Lit SA", "L", 12.0, dt.date(2020, 1, 2), 1.5, "HS"]]})
    told = said(rows(book, "gmao"))
    assert told["device:inv=BM9"]["commissioned"] == "2020-01-02"
    assert told["device:inv=BM9"]["serial_number"] == "12"
    assert told["device:inv=BM9"]["status"] == "out of service"
    assert {row.place for row in rows(book, "gmao") if isinstance(row, Evidence)} >= {"Parc!A5", "Parc!F6"}


def test_sheets_that_are_no_list_are_told_and_notes_give_the_date() -> None:
    table = [line.split(";") for line in CSV.split("\n")[3:6]]
    other = [["Code", "Libellé long du code"], ["1", "Un"], ["2", "Deux"]]
    notes = [["Notes"], ["Extraction du 13/08/2026 par le service."]]
    book = workbook({"Parc": table, "Codes": other, "Notes": notes})
    assert [r.place for r in rows(book, "gmao") if isinstance(r, Refusal) and r.reason == "refusal.sheet"] == ["Codes"]
    assert gmao.dated(source(book)) == "2026-08-13"
    assert gmao.dated(source(CSV)) == "2026-08-14"


def test_the_series_is_the_layout() -> None:
    assert gmao.series(source(CSV)) == gmao.series(source(CSV.replace("000123", "000124")))
    assert gmao.series(source(CSV)) != gmao.series(source(CSV.replace("Marque", "Fabricant")))


def test_a_unit_has_a_name_and_a_number() -> None:
    both = "N° inventaire;Désignation;UF;Service\nBM1;Lit;1100;Réanimation\nBM2;Lit;1200;Urgences\n"
    assert said(rows(both, "gmao"))["device:inv=BM1"]["ward"] == "Réanimation"
    assert said(rows(both, "gmao"))["device:inv=BM1"]["ward_code"] == "1100"
    alone = "N° inventaire;Désignation;UF\nBM1;Lit;Réa\nBM2;Lit;Urgences\n"
    assert said(rows(alone, "gmao"))["device:inv=BM1"]["ward"] == "Réa"


def test_a_list_without_numbers_names_its_lines_by_what_they_say() -> None:
    text = "Libellé;Marque;Modèle;Service\nPompe;ACME;P1;Réa\nPompe;ACME;P1;Réa\nLit;Lit SA;L;Réa\n"
    names = sorted(said(rows(text, "gmao")))
    assert len(names) == 3
    assert sum(name.endswith("#2") for name in names) == 1
    assert all(name.startswith("device:line=") for name in names)
    more = text + "Scanner;Nor;CT;Imagerie\n"
    assert set(names) < set(said(rows(more, "gmao")))


def test_lines_that_sum_up_are_no_devices() -> None:
    text = (
        "N° inventaire;Désignation;Marque;Modèle\n"
        "000123;Lit;L;M\nTotal : 1 équipement;;;\nTotal;1;;\nPage 3;;;\nFIN-12;Lit;L;M\n"
    )
    found = rows(text, "gmao")
    assert set(said(found)) == {"device:inv=000123", "device:inv=FIN12"}
    assert refused(found) == [("A3", "refusal.row"), ("A4", "refusal.row"), ("A5", "refusal.row")]


def test_blanks_say_nothing() -> None:
    found = rows(
        "N° inventaire;Désignation;N° série;Réseau\nBM1;Lit;N/A;\nBM2;Lit;inconnu;Non\nBM3;Lit;-;Oui\n", "gmao"
    )
    told = said(found)
    assert ["serial_number" in traits for traits in told.values()] == [False] * 3
    assert [traits.get("connectable", "") for traits in told.values()] == ["", "no", "yes"]


def test_many_bad_cells_are_told_once() -> None:
    body = "".join(f"BM{n};L;Lit;jamais\n" for n in range(50))
    found = rows("N° inventaire;Marque;Modèle;Date mise en service\n" + body, "gmao")
    reasons = [reason for _, reason in refused(found)]
    assert reasons == ["refusal.cell"] * 10 + ["refusal.cells_more"]


def test_it_endures_damage() -> None:
    endures("gmao", CSV.encode("cp1252")[:900])


def test_both_exports_of_the_example(hospital: Path) -> None:
    for name, count, secrets in (("gmao.csv", 394, 2), ("gmao-biomed.xlsx", 144, 0)):
        if not (hospital / name).exists():
            pytest.fail("the example is missing")
        found = rows((hospital / name).read_bytes(), "gmao")
        assert len(said(found)) == count
        assert sum(isinstance(row, Secret) for row in found) == secrets
        assert refused(found) == []
        assert all("inventory_number" in traits for traits in said(found).values())


def test_columns_that_are_not_understood_are_told_once() -> None:
    found = rows(
        "N° inventaire;Modèle;Marque;Plouf;Remarques;Vide\n1;Moniteur;Aldebert;x;ok;\n2;Lit;Aldebert;y;;\n", "gmao"
    )
    told = [row for row in found if isinstance(row, Refusal)]
    assert [(row.reason, row.args, row.place) for row in told] == [("refusal.columns", ("columns=Plouf",), "A1")]


def test_what_no_column_gives_is_told_once() -> None:
    (told,) = (row for row in rows("Code bien;Désignation\n1;Lit\n2;Lit\n", "gmao") if isinstance(row, Refusal))
    assert (told.reason, told.place) == ("refusal.essential", "A1")
    assert told.args == ("expected=manufacturer, product", "example=manufacturer")
    assert "manufacturer, product" in say("fr", told.reason, told.args)
    text = "Libellé;Constructeur;Modèle\nLit;L;M\nPompe;L;N\n"
    (told,) = (row for row in rows(text, "gmao") if isinstance(row, Refusal))
    assert told.args == ("expected=inventory_number", "example=inventory_number")
    short = rows("Désign.;Constr.;Mod.;N° série\nLit;L;M;S1\nPompe;L;N;S2\n", "gmao")
    assert refused(short) == [("A1", "refusal.assumed")]
    (told,) = (row for row in short if isinstance(row, Refusal))
    assert told.args == ("columns=“Désign.” (designation)", "heading=Désign.")


def test_a_list_longer_than_a_hospitals_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gmao, "MOST", 3)
    long = source("N° inventaire;Désignation;Marque\n1;a;b\n2;a;b\n3;a;b\n")
    with pytest.raises(ValueError, match=r"refusal\.devices"):
        gmao.series(long)
    with pytest.raises(ValueError, match=r"refusal\.devices"):
        next(gmao.read(long, Given("local", "R")))


def test_what_is_forgotten_of_a_columns_texts_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gmao, "_REMEMBERED", 2)
    lines = "".join(f"BM{n};Pompe;Marque {n % 3}\n" for n in range(9))
    told = said(rows(f"N° inventaire;Désignation;Marque\n{lines}", "gmao"))
    assert {name: row["manufacturer"] for name, row in told.items()} == {
        f"device:inv=BM{n}": f"Marque {n % 3}" for n in range(9)
    }


def numbers(text: str) -> list[Refusal]:
    return [row for row in rows(text, "gmao") if isinstance(row, Refusal) and row.reason == "refusal.number"]


def test_a_column_that_may_give_the_inventory_number_is_asked_for_with_the_command() -> None:
    text = "Numéro;Désignation;Marque;Modèle;N° série\nB-7;Lit;L;M;S1\nB-9;Pompe;L;N;S2\n"
    (told,) = numbers(text)
    command = f'hygie mapping local/gmao/{gmao.series(source(text))} --set "Numéro=inventory_number"'
    assert told.place == "A1" and command in say("fr", told.reason, told.args)
    assert command in say("en", told.reason, told.args)
    sap = "Equipment;Description of technical object;Manufacturer of Asset;Model number\n101;Bed;L;M\n107;Pump;L;N\n"
    assert [row.args[0] for row in numbers(sap)] == ["heading=Equipment"]


@pytest.mark.parametrize(
    "text",
    [
        "Numéro;Désignation;Marque\n1;Lit;L\n2;Pompe;L\n3;Lit;L\n",
        "Numéro;Désignation;Marque\nA;Lit;L\nA;Pompe;L\nA;Lit;L\n",
        "Numéro;N° inventaire;Désignation;Marque\nB-7;1;Lit;L\nB-9;2;Pompe;L\n",
        "Numéro;Désignation;Marque\nB-7;Lit;L\n;;\n",
    ],
    ids=["counts the lines", "says one thing", "has another number", "one line"],
)
def test_a_number_that_tells_nothing_apart_is_not_asked_for(text: str) -> None:
    assert numbers(text) == []


def test_a_column_that_was_set_aside_is_not_asked_for_again() -> None:
    text = "Numéro;Désignation;Marque\nB-7;Lit;L\nB-9;Pompe;L\n"
    asked = gmao.read(source(text), Given("local", "R", {"Numéro": "-"}))
    assert not [row for row in asked if isinstance(row, Refusal) and row.reason == "refusal.number"]


def test_a_risk_class_of_the_united_states_is_no_ce_class() -> None:
    for heading in ("Risk Class", "Device Class", "FDA class"):
        found = said(
            rows(f"Asset;Description;Manufacturer;{heading}\nME-1;Bed;L;Class I\nME-2;Pump;L;Class II\n", "gmao")
        )
        assert len(found) == 2 and not any("ce_class" in traits for traits in found.values())
    found = said(rows("Asset;Description;Manufacturer;CE class\nME-1;Bed;L;I\nME-2;Pump;L;IIb\n", "gmao"))
    assert [traits["ce_class"] for traits in found.values()] == ["I", "IIb"]


@pytest.mark.parametrize(
    ("heading", "trait"),
    [
        ("NUM_INV;LIB_EQUIPEMENT;LIB_MARQUE;LIB_MODELE", "inventory_number designation manufacturer product"),
        ("NUM_SERIE;LIB_LOCAL;DT_MES;Désignation", "serial_number location commissioned designation"),
        ("Code U.F.;Libellé U.F.;Désignation;Cl. CE;Poste technique", "ward_code ward designation ce_class location"),
        ("Désignation objet technique;Fabricant de l'immobilisation", "designation manufacturer"),
        ("N° série fabricant;Statut utilisateur;Équipement", "serial_number status designation"),
        ("UF;LIB_UF;Désignation;Marque", "ward_code ward designation manufacturer"),
        ("Libellé modèle;Désignation;Point de structure;Indicateur ABC", "product designation location criticality"),
    ],
)  # fmt: skip
def test_headings_of_well_known_programs(heading: str, trait: str) -> None:
    (sheet,) = source(f"{heading}\n{';'.join('x' * (heading.count(';') + 1))}\n").sheets()
    understood = gmao.understand(sheet)
    assert understood is not None
    assert [column.field for column in understood.columns] == trait.split()


def test_a_last_line_that_is_shorter_than_all_others_is_told() -> None:
    text = "N° inventaire;Modèle;Marque\n1;Pompe;ACME\n2;Pompe;ACME\n"
    assert refused(rows(text, "gmao")) == []
    assert refused(rows(text + '3;"Pom', "gmao")) == [("A4", "refusal.cut")]
    assert refused(rows(text.replace("1;Pompe;ACME", "1;Pompe") + "3;Pompe", "gmao")) == []


def test_a_ward_merged_over_its_devices_is_each_ones() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Parc")
        page.write_row(0, 0, ["Service", "Code bien", "Modèle", "Marque"])
        page.merge_range(1, 0, 3, 0, "Réanimation")
        for at in range(1, 5):
            page.write_row(at, 1, [f"EQ{at}", "V", "M"])
    found = rows(out.getvalue(), "gmao")
    assert [traits.get("ward", "") for traits in said(found).values()] == ["Réanimation"] * 3 + [""]
    assert [row.place for row in found if isinstance(row, Evidence) and row.trait == "ward"] == [
        "Parc!A2", "Parc!A3", "Parc!A4",
    ]  # fmt: skip


def test_one_impossible_date_turns_no_column_and_one_column_tells_for_another() -> None:
    head = "Asset Tag,Description,Manufacturer,Model,In Service Date,Warranty Expires\n"
    lines = ("U1,V,D,V500,12/31/2015,03/04/2017\n", "U2,P,B,A,03/04/2016,\n", "U3,P,B,A,13/13/2020,05/06/2021\n")
    found = rows(head + "".join(lines), "gmao")
    told = said(found)
    assert [told[f"device:inv=U{n}"].get("commissioned", "") for n in (1, 2, 3)] == ["2015-12-31", "2016-03-04", ""]
    assert [told[f"device:inv=U{n}"].get("warranty_end", "") for n in (1, 2, 3)] == ["2017-03-04", "", "2021-05-06"]
    assert refused(found) == [("E4", "refusal.cell")]


def test_headings_that_ask_and_headings_with_dots_and_revisions() -> None:
    head = "N° inventaire;Modèle;Marque;SW Rev;O.S.;Réformé ?\n"
    text = head + "1;V;D;2.5;Windows 10;Oui\n2;V;D;2.6;;Non\n3;V;D;;;peut-être\n"
    found = rows(text, "gmao")
    assert said(found)["device:inv=1"] | {"product": "", "manufacturer": ""} == {
        "inventory_number": "1", "product": "", "manufacturer": "", "software_version": "2.5",
        "operating_system": "Windows 10", "status": "disposed",
    }  # fmt: skip
    assert "status" not in said(found)["device:inv=2"]
    assert refused(found) == [("F4", "refusal.cell")]
    found = rows("Asset Tag,Model,Make,Active?,Rév. soft\nA1,V,D,No,D25\nA2,V,D,Yes,\n", "gmao")
    assert [traits["status"] for traits in said(found).values()] == ["out of service", "in service"]
    assert said(found)["device:inv=A1"]["software_version"] == "D25"


def test_a_line_with_a_cell_cut_in_two_is_told_and_not_read() -> None:
    text = "N° inventaire;Désignation;Marque;Modèle;N° série\nA1;Pompe; à perfusion;Fresenius;Agilia;S1\n"
    found = rows(text + "A2;Respirateur;Hamilton;T1;S2\n", "gmao")
    assert refused(found) == [("A2", "refusal.row_over")]
    assert set(said(found)) == {"device:inv=A2"}


def test_a_status_with_a_day_to_come_is_in_use_and_lost_is_left_open() -> None:
    words = (
        "Réformé le 01/02/2028",
        "Réforme 2027",
        "Réformé le 01/02/2020",
        "Perdu",
        "Volé",
        "Sorti",
        "Dé-réformé",
        "",
    )
    text = "N° inventaire;Désignation;Marque;Modèle;Etat\n" + "".join(f"{i};P;X;Y;{w}\n" for i, w in enumerate(words))
    found = list(gmao.read(source(text), Given("local", "R1", today="2026-11-24")))
    told = said(found)
    assert [told[f"device:inv={i}"].get("status", "") for i in range(len(words))] == (
        ["in service", "in service", "disposed"] + [""] * 5
    )
    assert refused(found) == [("E2", "refusal.planned"), ("E3", "refusal.planned"), ("E5", "refusal.astray"),
                              ("E6", "refusal.astray"), ("E7", "refusal.astray"), ("E8", "refusal.cell")]  # fmt: skip
    days = [arg for row in found if isinstance(row, Refusal) for arg in row.args if arg.startswith("day=")]
    assert days == ["day=2028-02-01", "day=2027"]
    many = text + "".join(f"x{i};P;X;Y;Volé\n" for i in range(20))
    assert (
        refused(list(gmao.read(source(many), Given("local", "R1", today="2026-11-24"))))[-1][1] == "refusal.astray_more"
    )


def test_a_list_without_any_line_is_refused_whole() -> None:
    for text in (f"{HEAD}\n", f"{HEAD}\n;;;;;;;Total;;\n"):
        last = [row for row in rows(text, "gmao") if isinstance(row, Refusal) and row.whole]
        assert [row.reason for row in last] == ["refusal.no_device"]
    assert not [row for row in rows(CSV, "gmao") if isinstance(row, Refusal) and row.whole]


def test_a_huge_cell_costs_itself_alone() -> None:
    text = "N° inventaire;Désignation;Marque;Modèle\nG1;" + "A" * 200_000 + ";GE;Optima\nG2;Scanner;GE;Optima\n"
    found = rows(text.encode(), "gmao")
    assert {e.value for e in found if isinstance(e, Evidence) and e.trait is Trait.INVENTORY} == {"G1", "G2"}
    assert [r.place for r in found if isinstance(r, Refusal) and r.reason == "refusal.cell"] == ["B2"]
