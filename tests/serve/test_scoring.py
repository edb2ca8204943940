import csv
import io
import json
from pathlib import Path

import pytest

import door
from hygie.model.label import ATTRIBUTES
from hygie.register.scoring import ALL, DEVICE, TRAFFIC
from hygie.serve.scoring import LINES
from hygie.words import catalogue

HEAD = "N° inventaire;Adresse IP;Fonction clinique;Marque;Modèle"
LIST = (HEAD, "000101;;Respirateur;Aldebert Médical;Zéphyr 5", "000103;;irm;Norvane;", ";10.9.9.9;ecmo;Inconnue;")


@pytest.fixture
def checked(tmp_path: Path) -> Path:
    place = tmp_path / "verifies.csv"
    place.write_text("\n".join(LIST), encoding="utf-8")
    return place


def figures(workspace: Path, file: Path, *options: str) -> dict[tuple[str, str], dict[str, object]]:
    found = door.call("score", file, "--workspace", workspace, "--format", "json", *options)
    assert found.code == 0, found.err
    return {(row["basis"], row["attribute"]): row for row in json.loads(found.out)}


def test_figures_of_a_list(little: Path, checked: Path) -> None:
    rows = figures(little, checked)
    assert set(rows) == {(basis, attribute) for basis in (ALL, TRAFFIC) for attribute in (DEVICE, *ATTRIBUTES)}
    assert (rows[ALL, DEVICE]["known"], rows[ALL, DEVICE]["answered"]) == (3, 2)
    kind = rows[ALL, "kind"]
    assert (kind["known"], kind["answered"], kind["correct"], kind["wrong"]) == (2, 2, 1, 1)
    assert (kind["coverage"], kind["precision"]) == (1.0, 0.5)
    assert rows[ALL, "manufacturer"]["wrong"] == 0
    assert rows[TRAFFIC, DEVICE]["answered"] == 0


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_figures_name_no_device(little: Path, checked: Path, lang: str, form: str) -> None:
    found = door.call("score", checked, "--workspace", little, "--format", form, lang=lang)
    assert found.code == 0
    for secret in ("000101", "000103", "10.9.9.9", "Aldebert", "Norvane", "Zéphyr", "verifies", str(little), "D-"):
        assert secret not in found.out + found.err
    if form == "table":
        assert catalogue(lang)["score.shared"] in found.out
    if form == "csv":
        assert {row["basis"] for row in csv.DictReader(io.StringIO(found.out))} == {ALL, TRAFFIC}


def test_the_lines_behind_are_shown_only_when_asked(little: Path, checked: Path) -> None:
    found = door.call("score", checked, "--workspace", little, "--list", "--format", "json")
    rows = json.loads(found.out)
    assert [tuple(row) for row in rows] == [LINES] * 2
    assert (rows[0]["result"], rows[0]["line"], rows[0]["attribute"]) == ("wrong", "A3", "kind")
    assert (rows[0]["known"], rows[0]["told"]) == ("irm", "ct_scanner")
    assert (rows[1]["result"], rows[1]["line"], rows[1]["known"]) == ("missing", "A4", "10.9.9.9")
    assert catalogue("en")["score.private"] in found.err


def test_nothing_of_the_list_is_kept(little: Path, checked: Path) -> None:
    before = door.everything(little)
    figures(little, checked)
    assert door.everything(little) == before


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "refusal.checked.no_table"),
        (b"%PDF-1.7 nothing here", "refusal.checked.no_table"),
        ("Marque;Modèle\nNorvane;Spirale".encode(), "refusal.checked.no_key"),
        ("N° inventaire;Adresse IP\n000101;10.1.2.3".encode(), "refusal.checked.no_attribute"),
        ("N° inventaire;Marque\n;\n".encode(), "refusal.checked.empty"),
    ],
)
def test_a_wrong_file_is_told(little: Path, tmp_path: Path, lang: str, content: bytes, reason: str) -> None:
    place = tmp_path / "liste.csv"
    place.write_bytes(content)
    found = door.call("score", place, "--workspace", little, lang=lang)
    assert (found.code, found.out) == (3, "")
    assert catalogue(lang)[reason] in found.err


def test_what_cannot_be_read_of_a_list_is_told(little: Path, tmp_path: Path) -> None:
    place = tmp_path / "liste.csv"
    place.write_text("\n".join((HEAD, "000101;pas une adresse;Respirateur;;", ";;Respirateur;;")), encoding="utf-8")
    found = door.call("score", place, "--workspace", little)
    assert found.code == 1
    assert "B2" in found.err
    assert "A3" in found.err
    assert found.out


def test_an_absent_file_and_an_absent_workspace(little: Path, checked: Path, tmp_path: Path) -> None:
    assert door.call("score", tmp_path / "nowhere.csv", "--workspace", little).code == 2
    found = door.call("score", checked, "--workspace", tmp_path / "none")
    assert found.code == 3
    assert str(tmp_path / "none") in found.err


def test_another_site_has_none_of_these(little: Path, checked: Path) -> None:
    assert figures(little, checked, "--site", "elsewhere")[ALL, DEVICE]["answered"] == 0
