import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from hostile import flips
from hygie.model.evidence import Refusal
from hygie.rights.giving import lacking
from hygie.sources import reader_of
from hygie.sources.opening import UNREADABLE, Content, Limits, files, office, upload

BOOKS = Path(__file__).with_name("books")


def book(path: Path, cells: dict[tuple[int, int], object], sheet: str = "Parc", **more: object) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        page = workbook.add_worksheet(sheet)
        for (row, column), value in cells.items():
            page.write(row, column, value)
        if more.get("hidden"):
            other = workbook.add_worksheet("Caché")
            other.write(0, 0, "x")
            other.hide()
            page.merge_range(5, 0, 5, 2, "fusion")
    return path


def content(path: Path) -> Content:
    (one,) = files([path])
    assert isinstance(one, Content)
    return one


def test_cells_are_text_in_their_places(tmp_path: Path) -> None:
    cells = {(1, 1): 123.0, (1, 2): dt.datetime(2020, 1, 2), (1, 3): "00012", (1, 4): 1.5, (1, 5): True, (2, 1): "é"}  # noqa: DTZ001
    (sheet,) = content(book(tmp_path / "x.xlsx", cells)).sheets()
    assert sheet.name == "Parc"
    assert sheet.rows[0] == [""] * 6
    assert sheet.rows[1] == ["", "123", "2020-01-02", "00012", "1.5", "TRUE"]
    assert sheet.rows[2][1] == "é"


def test_hidden_sheets_and_merged_cells_are_read(tmp_path: Path) -> None:
    sheets = content(book(tmp_path / "x.xlsx", {(0, 0): "a"}, hidden=True)).sheets()
    assert [sheet.name for sheet in sheets] == ["Parc", "Caché"]
    assert sheets[0].rows[5][0] == "fusion"


def test_two_distant_cells_cost_the_child_its_life_and_nothing_more(tmp_path: Path) -> None:
    far = content(book(tmp_path / "far.xlsx", {(0, 0): "x", (1_048_575, 16_383): "y"}))
    assert len(far.bytes()) < 6000
    with pytest.raises(ValueError, match=r"refusal\.(office|cells)"):
        far.sheets()
    assert content(book(tmp_path / "x.xlsx", {(0, 0): "fine"})).sheets()[0].rows == [["fine"]]


def test_open_document_sheets_are_read() -> None:
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    cells = (
        cell.format("string", "", "000123"),
        cell.format("float", 'office:value="12"', "12,00"),
        cell.format("date", 'office:date-value="2020-01-02"', "02/01/20"),
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Parc"><table:table-row>{"".join(cells)}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"/>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    (one,) = upload("x.ods", out.getvalue())
    assert isinstance(one, Content)
    (sheet,) = one.sheets()
    assert (sheet.name, sheet.rows) == ("Parc", [["000123", "12", "2020-01-02"]])


def test_limits(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {(0, 0): "x", (99, 9): "y"})
    with pytest.raises(ValueError, match=r"refusal\.cells"):
        office.sheets(path.read_bytes(), Limits(office_cells=999))
    with pytest.raises(ValueError, match=r"refusal\.large"):
        office.sheets(path.read_bytes(), Limits(office=100))
    assert len(office.sheets(path.read_bytes(), Limits(office_cells=1000))[0].rows) == 100


def test_a_child_that_dies_is_replaced(tmp_path: Path) -> None:
    reader, limits = office.Office(), Limits()
    data = book(tmp_path / "x.xlsx", {(0, 0): "x"}).read_bytes()
    assert reader.read(data, limits)[0].rows == [["x"]]
    child = reader._child
    assert child is not None
    child.kill()
    child.wait()
    assert reader.read(data, limits)[0].rows == [["x"]]
    with pytest.raises(ValueError, match=r"refusal\.damaged"):
        reader.read(b"PK\x03\x04nothing", limits)
    assert reader._child is not None
    reader.close()
    reader.close()


def test_a_child_that_is_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("import sys, time\nsys.stdin.buffer.read(1)\ntime.sleep(60)\n")
    monkeypatch.setattr(office, "_SCRIPT", silent)
    reader = office.Office()
    with pytest.raises(ValueError, match=r"refusal\.office"):
        reader.read(b"x", Limits(office_seconds=0))
    assert reader._child is None


def test_damaged_books_are_refused(tmp_path: Path) -> None:
    data = book(tmp_path / "x.xlsx", {(0, 0): "x", (3, 3): "y"}).read_bytes()
    for damaged in (*(data[:end] for end in range(0, len(data), 97)), *flips(data, 60)):
        for one in upload("x.xlsx", damaged):
            if isinstance(one, Refusal):
                continue
            try:
                one.sheets()
            except UNREADABLE:
                continue


def test_the_child_starts_where_nothing_is_installed_beside_it(tmp_path: Path) -> None:
    data = book(tmp_path / "x.xlsx", {(0, 0): "x"}).read_bytes()
    before = Path.cwd()
    os.chdir(tmp_path)
    (tmp_path / "msgspec.py").write_text("raise SystemExit(3)")
    try:
        reader = office.Office()
        assert reader.read(data, Limits())[0].rows == [["x"]]
        reader.close()
    finally:
        os.chdir(before)


@pytest.mark.parametrize("name", ["list.xls", "list.ods", "list.xlsb"])
def test_workbooks_as_real_programs_write_them(name: str) -> None:
    (sheet, *_) = content(BOOKS / name).sheets()
    assert sheet.name == "Parc biomédical"
    assert sheet.rows[0][0] == "Export du 14/08/2026"
    assert sheet.rows[1][:4] == ["N° inventaire", "Désignation", "Marque", "Modèle"]
    assert sheet.rows[2][:8] == [
        *("000123", "Respirateur de réanimation", "Alvéo", "R-7", "SN0001", "2019-03-14", "18470.5", "En service")
    ]
    assert sheet.rows[3][:8] == [
        *("4567", "Pousse-seringue", "Perfusia", "P 20", "0042", "2021-12-01", "990", "Réformé")
    ]


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_workbooks_behind_a_password_are_told_as_such(name: str) -> None:
    (one,) = files([BOOKS / name])
    told = one if isinstance(one, Refusal) else reader_of(one)
    assert isinstance(told, Refusal)
    assert told.reason == "refusal.encrypted"


def test_its_process_has_no_rights_left() -> None:
    if lacking():
        pytest.skip("kernel without Landlock or seccomp")
    reader = office.Office()
    try:
        child = reader._running(Limits().office_memory)
        with pytest.raises(ValueError, match="refusal"):
            reader.read(b"no workbook", Limits())
        status = Path(f"/proc/{child.pid}/status").read_text()
        found = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert (found["NoNewPrivs"], found["Seccomp"], found["CapEff"]) == ("1", "2", "0" * 16)
    finally:
        reader.close()
