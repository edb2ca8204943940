import json
import zipfile
from pathlib import Path

import pytest

from door import call
from hygie.serve.handing import never_seen


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_is_written(little: Path, tmp_path: Path, lang: str) -> None:
    for form in ("csv", "json", "xlsx", "html"):
        target = tmp_path / form
        found = call("export", form, "-o", target, "--workspace", little, lang=lang)
        assert (found.code, found.err) == (0, ""), form
        assert target.exists()
    assert (tmp_path / "csv" / "devices.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((tmp_path / "json").read_text("utf-8"))["format"] == "hygie"
    assert zipfile.is_zipfile(tmp_path / "xlsx")


def test_one_table_to_standard_output(little: Path) -> None:
    found = call("export", "csv", "--table", "devices", "--workspace", little)
    assert found.code == 0
    assert "000101" in found.out


def test_wrong_formats_tables_and_places(little: Path, tmp_path: Path) -> None:
    for command in (("export", "pdf"), ("export", "csv", "--table", "cats"), ("export", "json", "--table", "devices")):
        found = call(*command, "--workspace", little)
        assert (found.code, bool(found.err)) == (2, True)
    file = tmp_path / "file"
    file.touch()
    for target in (file / "x.json", "/proc/none/x.json"):
        found = call("export", "json", "-o", target, "--workspace", little)
        assert (found.code, bool(found.err)) == (3, True)


@pytest.mark.parametrize("target", ["internet", "10.1.2.0/24", "000101"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_cutting(little: Path, target: str, form: str) -> None:
    found = call("cut", target, "--workspace", little, "--format", form)
    assert found.code in (0, 3)
    if target == "internet":
        assert found.code == 0


@pytest.fixture(scope="module")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two sites that have the same network and the same inventory number."""
    folder = tmp_path_factory.mktemp("sites")
    for site in ("est", "ouest"):
        file = folder / f"{site}.csv"
        file.write_text("Inventaire;Marque;Modèle;Adresse IP\nB1;Norvane;Lumira;10.77.52.9\n", "utf-8")
        assert call("read", file, "--site", site, "--workspace", folder / "w").code == 0
    assert call("assess", folder / "est.csv", "--site", "est", "--workspace", folder / "w").code == 0
    return folder / "w"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("target", ["10.77.52.0/24", "B1"])
def test_what_two_sites_have_is_cut_in_the_site_named(two_sites: Path, target: str, lang: str) -> None:
    found = call("cut", target, "--workspace", two_sites, lang=lang)
    assert (found.code, found.out) == (3, "")
    assert "est (" in found.err and "ouest (" in found.err and "--site" in found.err
    assert call("cut", target, "--site", "est", "--workspace", two_sites, lang=lang).code == 0
    assert call("cut", target, "--site", "nord", "--workspace", two_sites, lang=lang).code == 3


def test_never_seen_is_not_said_of_what_may_be_another() -> None:
    assert never_seen("cut.unknown.never_seen", "D-1", {"D-1"}) == "cut.unknown.perhaps_seen"
    assert never_seen("cut.unknown.never_seen", "D-2", {"D-1"}) == "cut.unknown.never_seen"
    assert never_seen("cut.unknown.no_zone", "D-1", {"D-1"}) == "cut.unknown.no_zone"


def test_the_blank_table_of_statements_needs_no_workspace(tmp_path: Path) -> None:
    target = tmp_path / "letters.xlsx"
    assert call("export", "statements", "--output", target, "--workspace", tmp_path / "none").code == 0
    assert target.read_bytes()[:2] == b"PK"
    assert not (tmp_path / "none").exists()
