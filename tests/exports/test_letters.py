import io
import zipfile

import pytest
import python_calamine
import xlsxwriter

from hygie.exports import letters
from hygie.model.evidence import Refusal
from hygie.model.knowledge import Permission, Statement
from hygie.sources.table import statements
from hygie.words import LANGUAGES, catalogue
from spreadsheets import rows, source


def filled(language: str, *added: list[str], example: bool = True) -> bytes:
    """The blank table with rows written below its example."""
    page = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(letters.blank(language)))
    table = [list(map(str, row)) for row in page.get_sheet_by_index(0).to_python()]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(page.sheet_names[0])
        for i, row in enumerate([*table[: 3 if example else 2], *added]):
            sheet.write_row(i, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_table_is_recognised_and_says_nothing(language: str) -> None:
    data = letters.blank(language)
    assert rows(data, "statements") == []
    assert statements.dated(source(data)) == ""
    assert data == letters.blank(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offered_word_is_read_back_as_what_it_says(language: str) -> None:
    texts = catalogue(language)
    allowed = texts["letters.answer.yes"]
    added = [["Norvane", "Lumira", "", texts[f"letters.subject.{key}"], allowed, "", "", "x", "2026-05-01", "a.pdf"]
             for key in letters.SUBJECTS]  # fmt: skip
    found = rows(filled(language, *added), "statements")
    assert [(row.subject, row.allowed) for row in found if isinstance(row, Permission)] == [
        (key, True) for key in letters.SUBJECTS
    ]
    asked = ("affected", "not_affected", "fixed", "studied")
    added = [["N", "L", "", "CVE-2026-0001", texts[f"letters.answer.{key}"], "", "", "x", "", "a"] for key in asked]
    found = rows(filled(language, *added), "statements")
    assert [row.status.name for row in found if isinstance(row, Statement)] == [
        "AFFECTED", "NOT_AFFECTED", "FIXED", "UNDER_INVESTIGATION",
    ]  # fmt: skip
    added = [["N", "L", "", texts["letters.subject.scan"], texts[f"letters.answer.{key}"], "", "", "x", "", "a"]
             for key in ("no", "studied")]  # fmt: skip
    found = rows(filled(language, *added, example=False), "statements")
    assert [row.allowed for row in found if isinstance(row, Permission)] == [False, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_that_was_changed_is_told_not_read(language: str) -> None:
    first = catalogue(language)["letters.make.example"]
    found = rows(filled(language, [first, "Autre", "", "antivirus", "oui", "", "", "x", "", "a.pdf"]), "statements")
    assert [(row.place.rpartition("!")[2], row.reason) for row in found if isinstance(row, Refusal)] == [
        ("A4", "refusal.example")
    ]
    assert len(found) == 1


def test_each_cell_has_its_help() -> None:
    book = zipfile.ZipFile(io.BytesIO(letters.blank("fr")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == len(letters.FIELDS)
    assert sheet.count('showErrorMessage="1"') == len(letters.FIELDS) - 2  # other words may be written in two of them
    for language in LANGUAGES:
        assert all(len(catalogue(language)[f"letters.{field}.help"]) <= 255 for field in letters.FIELDS)
