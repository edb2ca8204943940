import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hostile
from door import assess, small
from exports.pictures import picture
from hygie import sources
from hygie.act.cuts import Loss
from hygie.exports import workbook
from hygie.exports.cells import comma_separated
from hygie.exports.listing import TABLES
from hygie.exports.renderers import RENDERERS
from hygie.model.evidence import Refusal, Speaker
from hygie.sources.opening import files, upload
from hygie.sources.own import READER
from hygie.words import LANGUAGES, say

KNOWN = picture()


def kind(data: bytes, name: str = "sample") -> str:
    (one,) = upload(name, data)
    return getattr(one if isinstance(one, Refusal) else sources.reader_of(one), "kind", "refused")


def exported(language: str) -> Iterator[tuple[str, bytes]]:
    for form, render in RENDERERS.items():
        if form != "statements":  # an empty table that people fill in, and that is then read
            yield from render(KNOWN, language).items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_export_is_known_and_says_nothing(language: str) -> None:
    for name, data in exported(language):
        assert kind(data, name) == "own", name
        known = [row for row in hostile.rows(READER, data) if getattr(row, "reason", "") != "refusal.own_answers"]
        assert known == []
    assert (READER.speaker, READER.snapshot) == (Speaker.HYGIE, True)


@pytest.mark.parametrize("name", TABLES)
def test_listings_are_known(name: str) -> None:
    table = TABLES[name]
    rows = [row for row, _ in zip(table.rows(KNOWN), range(3), strict=False)]
    assert kind(comma_separated(table.columns, rows).replace("\r\n", "\n").encode()) == "own"
    listed = [dict(zip(table.columns, map(str, row), strict=True)) for row in rows]
    if listed:
        assert kind(json.dumps(listed, indent=1).encode()) == "own"
    resaved = ";".join(f'"{column}"' for column in table.columns)  # as a French spreadsheet writes it
    assert kind(f"{resaved}\n".encode() * 2) == "own"


def test_what_is_lost_is_known() -> None:
    assert kind(",".join(Loss._fields).encode() + b"\n") == "own"


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_to_fill_in_are_read_back(language: str) -> None:
    assert kind(workbook.questions(KNOWN, language)) == "questions"
    assert kind(workbook.hospital(KNOWN, language)) == "hospital"


@pytest.mark.parametrize(
    "data",
    [
        b"id,site,name\n1,a,b\n",
        "N° inventaire;Désignation;Marque\nBM1;Moniteur;Quillane\n".encode(),
        b'{"format": "other", "version": "1"}',
        b'[{"id": 1}]',
        b"<!DOCTYPE html>\n<title>Hygie</title>",
        b"PK\x03\x04 not a workbook",
        b"",
    ],
)
def test_what_others_wrote_is_not_ours(data: bytes) -> None:
    assert kind(data) != "own"


def test_a_workbook_of_many_sheets_by_another_is_not_ours() -> None:
    mine = RENDERERS["xlsx"](KNOWN, "en")["hygie.xlsx"]
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(mine)) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">Hygie<", b">Somebody<"))
    assert kind(other.getvalue()) != "own"


def test_a_workspace_is_known_by_its_place(tmp_path: Path) -> None:
    assess(tmp_path / "old", small(tmp_path / "in"))
    (tmp_path / "old" / "hygie.toml").write_text("keep_days = 3\n")
    found = {Path(one.name).name: sources.reader_of(one) for one in files([tmp_path / "old"])}  # type: ignore[arg-type]
    left = {name: reader for name, reader in found.items() if getattr(reader, "kind", "") != "own"}
    assert {name: getattr(reader, "kind", "refused") for name, reader in left.items()} == {
        "questions.xlsx": "questions",
        "hospital.xlsx": "hospital",
    }
    (tmp_path / "old" / "hygie.db").rename(tmp_path / "elsewhere.db")
    parts = [sources.reader_of(one) for one in files([tmp_path / "old" / "parts"])]  # type: ignore[arg-type]
    assert parts
    assert not any(getattr(reader, "kind", "") == "own" for reader in parts)


def test_damage_is_endured() -> None:
    csv = RENDERERS["csv"](KNOWN, "en")["zones.csv"]
    book = RENDERERS["xlsx"](KNOWN, "en")["hygie.xlsx"]
    for data in (*hostile.truncations(csv[:600]), *hostile.flips(csv[:600])):
        assert hostile.endures(READER, data) == []
    step = max(1, len(book) // 60)
    for data in (*(book[:end] for end in range(0, len(book), step)), *hostile.flips(book, 40)):
        assert hostile.endures(READER, data) == []


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_answers_in_an_exported_table_of_questions_are_refused_in_words(mark: str) -> None:
    columns = TABLES["questions"].columns
    place = columns.index("answer")

    def table(*answers: str) -> bytes:
        rows = [["q"] * place + [answer] + ["1"] * (len(columns) - place - 1) for answer in answers]
        return "\ufeff".encode() + "\r\n".join(mark.join(row) for row in [columns, *rows]).encode()

    assert kind(table("same", "")) == "own"
    (said,) = hostile.rows(READER, table("", "same", " ", "another"))
    assert isinstance(said, Refusal)
    assert (said.reason, said.args, said.place, said.whole) == ("refusal.own_answers", ("count=2",), "G3", False)
    assert hostile.rows(READER, table("", " ")) == hostile.rows(READER, table()) == []
    for language in LANGUAGES:
        assert "questions.xlsx" in say(language, said.reason, said.args)
