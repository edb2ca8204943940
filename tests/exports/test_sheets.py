import io
import zipfile

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.exports import sheets
from hygie.exports.sheets import Column, Marked, Page, Pick, workbook


def cells(data: bytes, sheet: int = 0) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def xml(data: bytes) -> str:
    book = zipfile.ZipFile(io.BytesIO(data))
    return "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/"))


DANGEROUS = [
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    '=HYPERLINK("http://x.example","y")',
    "http://x.example",
    "{=A1}",
    "000123",
]


def test_nothing_from_outside_becomes_a_formula_a_number_or_a_link() -> None:
    data = workbook([Page("x", [Column("a")], [[word] for word in DANGEROUS])])
    assert [row[0] for row in cells(data)[1:]] == DANGEROUS
    assert "<f>" not in xml(data) and "<hyperlink" not in xml(data)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), max_size=5))
def test_any_text_leaves_a_workbook_that_can_be_read(words: list[str]) -> None:
    data = workbook([Page("x", [Column("a")], [[word] for word in words])])
    assert len(cells(data)) >= 1
    assert "<f>" not in xml(data)


def test_numbers_stay_numbers_and_the_rest_becomes_text() -> None:
    data = workbook([Page("x", [Column(c) for c in "abcde"], [[1, 2.5, True, None, ("p", "q")]])])
    assert cells(data)[1] == [1.0, 2.5, "True", "", "p q"]


def test_long_texts_and_long_lists_are_cut_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET", 3)
    page = Page("x", [Column("a")], [["y" * 40_000]] * 5, more=lambda n: f"{n} more in x.csv")
    found = cells(workbook([page]))
    assert [len(str(row[0])) for row in found[1:4]] == [32_767] * 3
    assert [row[0] for row in found[4:]] == ["2 more in x.csv"]


def test_marked_cells_stand_out() -> None:
    data = workbook([Page("x", [Column("a"), Column("b")], [[Marked("out"), "in"]])])
    assert cells(data)[1] == ["out", "in"]
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    styles = [part.split('"')[0] for part in sheet.split('<c r="')[1:]]
    assert styles == ["A1", "B1", "A2", "B2"]
    marked, plain = (sheet.split(f'<c r="{cell}" s="')[1].split('"')[0] for cell in ("A2", "B2"))
    assert marked != plain


def test_cells_offer_words_and_help() -> None:
    columns = [Column("a", choices=("x", "y"), filled=True, help="h" * 300), Column("b", choices=("x",), other=True)]
    data = workbook([Page("s", [*columns, Column("c", quiet=True)], [["", "", Pick("", ("p", "q"))]], blank=3)])
    sheet = xml(data)
    assert '<formula1>"x,y"</formula1>' in sheet and '<formula1>"p,q"</formula1>' in sheet
    assert f'prompt="{"h" * 255}"' in sheet
    assert 'sqref="A2:A5"' in sheet and 'sqref="C2"' in sheet
    kept = [part for part in sheet.split("<dataValidation ")[1:] if 'sqref="B2:B5"' in part]
    assert len(kept) == 1 and "showErrorMessage" not in kept[0]


def test_a_list_that_the_format_cannot_hold_is_left_out() -> None:
    data = workbook([Page("s", [Column("a", choices=("x, y",)), Column("b", choices=("z" * 300,))], [["", ""]])])
    assert "dataValidation" not in xml(data)
