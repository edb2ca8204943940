from pathlib import Path

import pytest

from door import call, gmao
from hygie.model.evidence import Trait


def test_how_columns_are_understood(tmp_path: Path) -> None:
    export = tmp_path / "gmao.csv"
    export.write_bytes(gmao(("1", "Scanner", "Norvane", "Spirale", "S1", "Imagerie", "not an address", "")))
    for lang in ("fr", "en"):
        found = call("read", "--dry-run", export, "--workspace", tmp_path / "w", lang=lang)
        assert found.code in (0, 1)
        for word in ("N° inventaire", "inventory_number", "Adresse IP", "100 %"):
            assert word in found.out
    assert not (tmp_path / "w").exists()


def test_a_saved_mapping_is_shown(tmp_path: Path) -> None:
    export, workspace = tmp_path / "gmao.csv", tmp_path / "w"
    export.write_bytes(gmao())
    call("mapping", export, "--set", "Service=location", "--workspace", workspace)
    shown = call("mapping", export, "--workspace", workspace)
    assert "location" in shown.out
    source = next(word for word in shown.out.split() if word.startswith("local/gmao/"))
    assert "Service" in call("mapping", source, "--workspace", workspace).out


@pytest.mark.parametrize(("lang", "word"), [("fr", "Les intitulés sont"), ("en", "The headings are")])
def test_a_heading_that_the_source_has_not_is_refused(tmp_path: Path, lang: str, word: str) -> None:
    export, workspace = tmp_path / "gmao.csv", tmp_path / "w"
    export.write_bytes(gmao())
    found = call("mapping", export, "--set", "Numero serie=serial_number", "--workspace", workspace, lang=lang)
    assert (found.code, found.out) == (2, "")
    assert word in found.err
    assert "N° inventaire" in found.err
    assert found.err.rstrip().endswith(("N° série ?", "N° série?"))
    assert not workspace.exists()


def test_a_heading_is_saved_as_the_source_writes_it(tmp_path: Path) -> None:
    export, workspace = tmp_path / "gmao.csv", tmp_path / "w"
    export.write_bytes(gmao())
    for heading, trait in (("n° SERIE", "model_number"), ("N° série", "-")):
        assert call("mapping", export, "--set", f"{heading}={trait}", "--workspace", workspace).code == 0
    source = next(w for w in call("mapping", export, "--workspace", workspace).out.split() if w.startswith("local/"))
    rows = [line.split() for line in call("mapping", source, "--workspace", workspace).out.splitlines()]
    assert [row for row in rows if "série" in row] == [["N°", "série", "-"]]
    assert [row for row in rows if "SERIE" in row] == []


def test_headings_of_a_named_source_are_those_of_its_file(tmp_path: Path) -> None:
    export, workspace = tmp_path / "gmao.csv", tmp_path / "w"
    export.write_bytes(gmao())
    assert call("read", export, "--source", "Optim", "--workspace", workspace).code == 0
    assert call("mapping", "Optim", "--set", "Service=location", "--workspace", workspace).code == 0
    wrong = call("mapping", "Optim", "--set", "Batiment=location", "--workspace", workspace)
    assert (wrong.code, "Désignation" in wrong.err) == (2, True)
    export.unlink()
    gone = call("mapping", "Optim", "--set", "Batiment=location", "--workspace", workspace, lang="fr")
    assert gone.code == 0
    assert "n'ont pas pu être vérifiés" in gone.out


def test_what_a_column_may_mean_is_listed(tmp_path: Path) -> None:
    for lang, word in (("fr", "numéro de série"), ("en", "serial number")):
        found = call("mapping", "--traits", lang=lang)
        assert found.code == 0
        assert [trait for trait in Trait if f" {trait.value} " not in found.out] == []
        assert " disposal_date " in found.out
        assert word in found.out
    assert call("mapping", "--workspace", tmp_path / "w").code == 2


def test_a_trait_that_is_none_is_told_with_those_like_it(tmp_path: Path) -> None:
    export = tmp_path / "gmao.csv"
    export.write_bytes(gmao())
    for wrong in ("serial", "numéro de série", "serial_nunber", "serial number"):
        for lang in ("fr", "en"):
            found = call("mapping", export, "--set", f"N° série={wrong}", "--workspace", tmp_path / "w", lang=lang)
            assert (found.code, found.out) == (2, "")
            assert "hygie mapping --traits" in found.err
            assert "serial_number" in found.err
            assert "docs/" not in found.err
    found = call("mapping", export, "--set", "N° série", "--workspace", tmp_path / "w")
    assert (found.code, "HEADING=trait" in found.err) == (2, True)


ODD = "Repère;Quoi;Qui;Où\nBM1;Échographe;Norvane;Urgences\nBM2;Scanner;Norvane;Imagerie\n"
"""A list of devices of which no heading is known."""
PLAN = "IP;MAC;Nom;Service\n10.1.1.5;00:1b:0d:00:00:01;echo-1;Urgences\n10.1.1.6;00:1b:0d:00:00:02;tdm-1;Imagerie\n"


def test_a_person_says_what_kind_a_table_is(tmp_path: Path) -> None:
    """And the next export with the same headings is read alike, until the word is taken back."""
    export, workspace = tmp_path / "a.csv", tmp_path / "w"
    export.write_text(ODD)
    assert "1" in call("read", export, "--workspace", workspace).out
    traits = ("Repère=inventory_number", "Quoi=designation", "Qui=manufacturer", "Où=ward")
    asked = [word for trait in traits for word in ("--set", trait)]
    told = call("mapping", export, "--kind", "gmao", *asked, "--workspace", workspace)
    assert told.code == 0, told.err
    assert "inventory_number" in told.out
    later = tmp_path / "b.csv"
    later.write_text(ODD.replace("BM2", "BM3"))
    call("assess", later, "--workspace", workspace)
    assert "BM3" in call("devices", "--workspace", workspace, "--format", "csv").out
    assert call("mapping", later, "--kind", "-", "--workspace", workspace).code == 3  # it looks like no table
    again = call("mapping", later, "--workspace", workspace)
    assert (again.code, "no table" in again.err or "n'est pas un tableau" in again.err) == (3, True)


def test_a_table_that_looks_like_another_kind_is_read_once_as_what_a_person_says(tmp_path: Path) -> None:
    plan, workspace = tmp_path / "plan.csv", tmp_path / "w"
    plan.write_text(PLAN)
    assert call("assess", plan, "--workspace", workspace).code in (0, 1)
    assert "echo-1" in call("devices", "--workspace", workspace, "--format", "csv").out
    assert call("mapping", plan, "--kind", "arp", "--workspace", workspace).code == 0
    assert call("assess", plan, "--workspace", workspace).code in (0, 1)
    devices = call("devices", "--workspace", workspace, "--format", "csv").out
    assert "00:1b:0d:00:00:01" in devices
    assert "echo-1" not in devices  # an ARP table tells no names; what was read of the plan does not count any more
    shown = call("mapping", plan, "--workspace", workspace, "--lang", "en")
    assert "local/arp" in shown.out
    assert call("mapping", plan, "--kind", "-", "--workspace", workspace).code == 0
    assert "local/addresses/" in call("mapping", plan, "--workspace", workspace).out


@pytest.mark.parametrize(("lang", "word"), [("fr", "Les types sont"), ("en", "The kinds are")])
def test_a_kind_that_is_none_is_told_with_those_that_are(tmp_path: Path, lang: str, word: str) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN)
    found = call("mapping", plan, "--kind", "gmoa", "--workspace", tmp_path / "w", lang=lang)
    assert (found.code, word in found.err) == (2, True)
    found = call("mapping", "local/arp", "--kind", "gmao", "--workspace", tmp_path / "w", lang=lang)
    assert found.code == 2


def test_what_a_kind_of_table_does_not_read_is_refused(tmp_path: Path) -> None:
    plan, workspace = tmp_path / "arp.csv", tmp_path / "w"
    plan.write_text("IP Address;MAC Address;Interface;Age\n10.1.1.5;00:1b:0d:00:00:01;Vlan12;3\n")
    found = call("mapping", plan, "--set", "Age=warranty_end", "--workspace", workspace)
    assert (found.code, "interface, ip, mac" in found.err) == (2, True)


def test_columns_of_letters_can_be_set(tmp_path: Path) -> None:
    letters, workspace = tmp_path / "letters.csv", tmp_path / "w"
    letters.write_text(
        "Société;Modèle;Objet;Autorisé;Document\nNorvane;Lumira;antivirus;non;lettre.pdf\n", encoding="utf-8"
    )
    told = call("mapping", letters, "--kind", "statements", "--set", "Société=make", "--workspace", workspace)
    assert told.code == 0, told.err
    read = call("read", letters, "--workspace", workspace, lang="en")
    assert read.code == 0, read.out
    shown = call("read", "--dry-run", letters, "--workspace", workspace, lang="en")
    assert "permission 1" in shown.out


def test_the_end_of_a_name_means_a_source_of_any_kind(tmp_path: Path) -> None:
    plan, workspace = tmp_path / "plan.csv", tmp_path / "w"
    plan.write_text(PLAN)
    assert call("read", plan, "--source", "Réseau", "--workspace", workspace).code in (0, 1)
    assert call("mapping", "Réseau", "--set", "Service=location", "--workspace", workspace).code == 0
    assert "local/addresses/Réseau" in call("mapping", plan, "--source", "Réseau", "--workspace", workspace).out
    assert "location" in call("mapping", "Réseau", "--workspace", workspace).out
    export = tmp_path / "gmao.csv"
    export.write_bytes(gmao())
    assert call("read", export, "--source", "Réseau", "--workspace", workspace).code in (0, 1)
    found = call("mapping", "Réseau", "--workspace", workspace)
    assert (found.code, "local/gmao/Réseau" in found.err) == (2, True)
