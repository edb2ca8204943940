import io
import zipfile

import pytest
import python_calamine
import xlsxwriter

from exports.pictures import decided, picture
from hygie.exports.workbook import hospital, questions
from hygie.model.evidence import Decision
from hygie.sources.series import last_words
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


def refilled(data: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """The workbook with, in rows whose first cell is a key, the cell of one text written otherwise."""
    old = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        for name in old.sheet_names:
            sheet = book.add_worksheet(name)
            for i, row in enumerate(old.get_sheet_by_name(name).to_python()):
                was, now = changes.get(str(row[0]), ("", ""))
                sheet.write_row(i, 0, [now if was and str(cell) == was else str(cell) for cell in row])
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_is_cleared_is_taken_back_and_the_rest_repeats_itself(language: str) -> None:
    known = decided(picture(), ("Q1", "different"), ("Q2", "sent by mail"), ("finding:0000000000000001", "fixed"))
    data = refilled(questions(known, language), {"Q1": (say(language, "answer.different"), "")})
    found = rows(data, "questions")
    assert [(d.about, d.first, d.replaces) for d in found] == [
        ("withdrawn:Q1", "", ("R9",)),
        ("Q2", "R9", ()),
        ("finding:0000000000000001", "R9", ()),
    ]
    left = last_words([*known.decisions, *found], [])
    assert {d.about for d in left} == {"withdrawn:Q1", "Q2", "finding:0000000000000001"}
    again = questions(known._replace(decisions=left), language)
    assert rows(again, "questions") == found[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confirmation_that_is_cleared_is_taken_back(language: str) -> None:
    known = decided(picture(), *SAID)
    changes = {
        "ventilator": (say(language, "safety.critical"), ""),
        "Zéphyr 2": (say(language, "mission.degraded"), ""),
        "pacs": (say(language, "safety.catastrophic"), say(language, "safety.marginal")),
    }
    found = rows(refilled(hospital(known, language), changes), "hospital")
    assert sorted((d.about, d.answer if d.first or not d.about.startswith("w") else "", d.first) for d in found) == [
        ("function:pacs", "marginal", ""),
        ("unit:Zéphyr 1", "mission failure", "R9"),
        ("withdrawn:function:ventilator", "", ""),
        ("withdrawn:unit:Zéphyr 2", "", ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_decided_about_things_that_are_gone_stays_in_the_files(language: str) -> None:
    gone = (("function:linac", "marginal"), ("unit:Ancienne unité", "degraded"), ("finding:gone", "accepted"))
    known = decided(picture(), *gone, ("kind:old word", "ventilator"), ("exposure:D-gone", "small"))
    confirmed = hospital(known, language)
    for sheet, name in ((0, "linac"), (1, "Ancienne unité")):
        (row,) = [row for row in cells(confirmed, sheet) if row[0] == name]
        assert say(language, "sheet.absent") in row
    asked = questions(known, language)
    earlier = cells(asked, 2)
    assert [row[0] for row in earlier[2:]] == ["exposure:D-gone", "finding:gone", "kind:old word"]
    found = [*rows(confirmed, "hospital"), *rows(asked, "questions")]
    assert {(d.about, d.answer, d.first) for d in found} == {(d.about, d.answer, "R9") for d in known.decisions}


def test_a_ward_that_is_spelled_otherwise_now_keeps_its_decision() -> None:
    page = cells(hospital(decided(picture(), ("unit:ZEPHYR 1", "degraded")), "en"), 1)
    assert [row[:2] for row in page if row[0] in ("ZEPHYR 1", "Zéphyr 1")] == [["ZEPHYR 1", 1.0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_may_be_picked_and_notes_say_how_to_write_any_other(language: str) -> None:
    data = questions(picture(devices=10, each=10), language)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [say(language, f"sheet.{name}") for name in ("questions", "findings")]
    assert "finding:" in str(cells(data, 1)[0][0]) and "hygie export csv --table findings" in str(cells(data, 1)[0][0])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet2.xml").decode()
    assert ",".join(say(language, key) for key in ("verdict.affected", "verdict.not affected")) in sheet
    assert rows(data, "questions") == []


def test_a_maker_gets_its_questions_alone() -> None:
    data = questions(decided(picture(each=10), ("finding:gone", "fixed")), "en", to="Zéphyr")
    assert python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names == ["Questions"]


def test_nothing_from_outside_becomes_a_formula_in_what_people_fill() -> None:
    known = decided(picture('=HYPERLINK("http://x.example")', each=10), ("Q1", "=1+1"), ("unit:=2+2", "=3"))
    for data in (questions(known, "fr"), hospital(known, "fr")):
        assert "<f>" not in xml(data) and "<hyperlink" not in xml(data)
