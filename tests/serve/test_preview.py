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
