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
        assert page[0] == [heading(pen, name, column) for column in columns(name)]
        assert len(page) == 1 + sum(1 for _ in TABLES[name].rows(KNOWN))


def test_the_flow_matrix_says_who_is_outside() -> None:
    page = sheets("fr")["Matrice de flux"]
    place = columns("flows").index("outside")
    assert [row[place] for row in page[1:]] == ["", "serveur extérieur"]
    assert "203.0.113.9" in page[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading(language: str) -> None:
    pen = Pen(language, [])
    assert [(t, c) for t in TABLES for c in columns(t) if heading(pen, t, c).startswith("column.")] == []
    assert heading(pen, "measures", "kind") != heading(pen, "devices", "kind")


def test_stable_words_are_said_in_the_language() -> None:
    found = sheets("fr")
    named = dict(zip(columns("findings"), found["Constats"][1], strict=True))
    assert (named["verdict"], named["speaker"]) == ("affecté", "le fabricant le dit")
    device = dict(zip(columns("devices"), found["Équipements"][1], strict=True))
    assert (device["kind"], device["connectable"], device["missing"]) == (
        "Respirateur de réanimation",
        "oui",
        "fournisseur",
    )
    assert found["Matrice de flux"][1][columns("flows").index("opened")] == "oui"
