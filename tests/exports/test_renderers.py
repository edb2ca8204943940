import io

import pytest
import python_calamine

from exports.pictures import picture
from hygie.exports.listing import TABLES, columns
from hygie.exports.pen import Pen
from hygie.exports.renderers import RENDERERS, heading
from hygie.words import LANGUAGES

KNOWN = picture()


def sheets(language: str) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(RENDERERS["xlsx"](KNOWN, language)["hygie.xlsx"]))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", RENDERERS)
def test_every_format_gives_the_same_bytes_twice(form: str, language: str) -> None:
    files = RENDERERS[form](KNOWN, language)
    assert files == RENDERERS[form](KNOWN, language)
    assert all(files.values())


def test_a_csv_for_each_table_that_spreadsheets_read_as_utf_8() -> None:
    files = RENDERERS["csv"](KNOWN, "fr")
    assert list(files) == [f"{name}.csv" for name in TABLES]
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_a_sheet_for_each_table_with_headings_in_words(language: str) -> None:
    pen, found = Pen(language, []), sheets(language)
    assert list(found) == [pen.text(f"table.{name}") for name in TABLES]
    for name, page in zip(TABLES, found.values(), strict=True):
        assert page[0] == [heading(pen, column) for column in columns(name)]
        assert len(page) == 1 + sum(1 for _ in TABLES[name].rows(KNOWN))


def test_the_flow_matrix_says_who_is_outside() -> None:
    page = sheets("fr")["Matrice de flux"]
    place = columns("flows").index("outside")
    assert [row[place] for row in page[1:]] == ["", "serveur extérieur"]
    assert "203.0.113.9" in page[2]


def test_a_column_without_words_keeps_its_name() -> None:
    assert heading(Pen("fr", []), "no_such_column") == "no_such_column"
