import io
import zipfile

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.pictures import decided, picture
from hygie.exports import workbook
from hygie.exports.workbook import Column, Marked, Page, hospital, questions
from hygie.model.evidence import Decision
from hygie.words import LANGUAGES, say
from spreadsheets import rows

SAID = (
    ("function:ventilator", "critical"),
    ("function:pacs", "catastrophic"),
    ("unit:Zéphyr 1", "mission failure"),
    ("unit:Zéphyr 2", "degraded"),
)


def cells(data: bytes, sheet: int = 0) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def xml(data: bytes) -> str:
    book = zipfile.ZipFile(io.BytesIO(data))
    return "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_hospital_confirmed_is_read_back(language: str) -> None:
    found = rows(hospital(decided(picture(), *SAID), language), "hospital")
    assert all(isinstance(row, Decision) for row in found)
    assert sorted((d.about, d.answer) for d in found) == sorted(SAID)
    assert {(d.who, d.when) for d in found} == {("Dr Roy", "2026-08-19")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_questions_are_read_back(language: str) -> None:
    known = decided(picture(), ("Q1", "different"), ("Q2", "sent by mail"))
    found = rows(questions(known, language), "questions")
    assert [(d.about, d.answer, d.who, d.when, d.note) for d in found if isinstance(d, Decision)] == [
        ("Q1", "different", "Dr Roy", "2026-08-19", "vu"),
        ("Q2", "sent by mail", "Dr Roy", "2026-08-19", "vu"),
    ]
    assert all(isinstance(d, Decision) for d in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_hygie_wrote_itself_is_no_decision(language: str) -> None:
    assert rows(hospital(picture(), language), "hospital") == []
    assert rows(questions(picture(), language), "questions") == []


def test_questions_say_in_words_what_to_answer_and_go_to_one_addressee() -> None:
    whole = cells(questions(picture(), "fr"))
    assert whole[0][0] == say("fr", "sheet.questions.note")
    assert whole[2][:4] == [
        "Q1",
        "établissement",
        "Est-ce le même équipement ? Zéphyr / b (probabilité 50 %)",
        "identiques / différents / je ne sais pas",
    ]
    assert [row[0] for row in cells(questions(picture(), "fr", to="Zéphyr"))[2:]] == ["Q2"]


def test_functions_of_the_fleet_come_gravest_first_with_what_was_assumed() -> None:
    page = cells(hospital(picture(), "en"))
    assert [row[0] for row in page[2:]] == ["infusion_pump", "ventilator", "ct_scanner", "pacs"]
    assert page[3][3:6] == ["catastrophic", "", ""]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert hospital(picture(), "fr") == hospital(picture(), "fr")
    assert questions(picture(), "fr") == questions(picture(), "fr")


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
    data = workbook.workbook([Page("x", [Column("a")], [[word] for word in DANGEROUS])])
    assert [row[0] for row in cells(data)[1:]] == DANGEROUS
    assert "<f>" not in xml(data) and "<hyperlink" not in xml(data)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), max_size=5))
def test_any_text_leaves_a_workbook_that_can_be_read(words: list[str]) -> None:
    data = workbook.workbook([Page("x", [Column("a")], [[word] for word in words])])
    assert len(cells(data)) >= 1
    assert "<f>" not in xml(data)


def test_numbers_stay_numbers_and_the_rest_becomes_text() -> None:
    data = workbook.workbook([Page("x", [Column(c) for c in "abcde"], [[1, 2.5, True, None, ("p", "q")]])])
    assert cells(data)[1] == [1.0, 2.5, "True", "", "p q"]


def test_long_texts_and_long_lists_are_cut_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET", 3)
    page = Page("x", [Column("a")], [["y" * 40_000]] * 5, more=lambda n: f"{n} more in x.csv")
    found = cells(workbook.workbook([page]))
    assert [len(str(row[0])) for row in found[1:4]] == [32_767] * 3
    assert [row[0] for row in found[4:]] == ["2 more in x.csv"]


def test_marked_cells_stand_out() -> None:
    data = workbook.workbook([Page("x", [Column("a"), Column("b")], [[Marked("out"), "in"]])])
    assert cells(data)[1] == ["out", "in"]
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    styles = [part.split('"')[0] for part in sheet.split('<c r="')[1:]]
    assert styles == ["A1", "B1", "A2", "B2"]
    marked, plain = (sheet.split(f'<c r="{cell}" s="')[1].split('"')[0] for cell in ("A2", "B2"))
    assert marked != plain
