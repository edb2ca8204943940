from pathlib import Path

from door import call, gmao


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
