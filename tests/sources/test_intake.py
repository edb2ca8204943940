import os
from pathlib import Path

import pytest

from door import gmao, plan
from hygie.model.evidence import Reading
from hygie.serve.clock import SystemClock
from hygie.sources.intake import SPILL, Rows, Shelf, intake
from hygie.sources.series import UNREAD, Terms

PASSWORD = "mot de passe : Zephyr2019!"


def shelf(*known: Reading, mapping: dict[str, str] | None = None, moved: list[tuple[str, str]] | None = None) -> Shelf:
    taken = [] if moved is None else moved
    return Shelf(SystemClock(), known, lambda _: mapping or {}, (), lambda one, other: taken.append((one, other)))


def take(path: Path | str, where: Shelf, terms: Terms | None = None) -> tuple[Reading, Rows | None]:
    (found,) = intake([str(path)], terms or Terms(), where)
    return found


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "gmao.csv"
    file.write_bytes(gmao())
    return file


def test_a_file_is_read_once(export: Path) -> None:
    reading, rows = take(export, shelf())
    assert rows is not None
    assert (reading.kind, reading.stated, reading.refused, reading.path) == (
        "gmao",
        len(rows["evidence"]),
        0,
        str(export),
    )
    assert {row.reading for row in rows["evidence"]} == {reading.id}
    assert take(export, shelf(reading)) == (reading, None)


def test_twice_in_one_run_too(export: Path) -> None:
    found = list(intake([str(export), str(export)], Terms(), shelf()))
    assert [rows is None for _, rows in found] == [False, True]


def test_the_path_is_whole_wherever_one_stands(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once, _ = take(export, shelf())
    monkeypatch.chdir(export.parent)
    other, _ = take("gmao.csv", shelf())
    assert (other.path, other.id) == (once.path, once.id)


def test_secrets_are_counted_and_not_kept(export: Path) -> None:
    rows = [("1", "Respirateur", PASSWORD, "Zéphyr", "S1", "Réanimation", "", "")]
    export.write_bytes(gmao(*rows))
    reading, kept = take(export, shelf())
    assert reading.secrets == 1
    assert "Zephyr2019" not in repr((reading, kept))


def test_columns_understood_otherwise_are_another_reading_that_retires_the_first(export: Path) -> None:
    first, _ = take(export, shelf())
    other, rows = take(export, shelf(first, mapping={"N° série": "-"}))
    assert rows is not None
    assert (other.id != first.id, other.supersedes) == (True, first.id)
    assert "serial_number" not in {row.trait.value for row in rows["evidence"]}


def test_what_is_put_back_takes_its_place_again(export: Path) -> None:
    first, _ = take(export, shelf())
    good = export.read_bytes()
    export.write_bytes(gmao(("9", "Scanner", "Norvane", "Spirale", "S9", "Imagerie", "", "")))
    second, _ = take(export, shelf(first))
    assert second.supersedes == first.id
    export.write_bytes(good)
    moved: list[tuple[str, str]] = []
    known, rows = take(export, shelf(first, second, moved=moved))
    assert (known.id, rows, moved) == (first.id, None, [(first.id, second.id)])


def test_a_refused_file_has_a_reading_that_is_tried_again(tmp_path: Path) -> None:
    file = tmp_path / "what.bin"
    file.write_bytes(b"\x00\x01\x02 nothing")
    reading, rows = take(file, shelf())
    assert (reading.kind, reading.refused) == (UNREAD, 1)
    again, retold = take(file, shelf(reading))
    assert (again.id, retold) == (reading.id, rows)
    file.write_bytes(plan())
    mended, _ = take(file, shelf(reading))
    assert (mended.kind, mended.supersedes) == ("addresses", reading.id)


def test_a_file_that_cannot_be_opened_leaves_its_refusal_when_it_can(tmp_path: Path) -> None:
    file = tmp_path / "locked.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    reading, _ = take(file, shelf())
    assert (reading.kind, reading.path) == (UNREAD, str(file))
    file.write_bytes(plan())
    assert take(file, shelf(reading))[0].supersedes == reading.id


def test_a_date_given_once_is_known_again(export: Path) -> None:
    dated, _ = take(export, shelf(), Terms(dated="2026-05-01"))
    assert dated.dated == "2026-05-01"
    assert take(export, shelf(dated)) == (dated, None)
    other, rows = take(export, shelf(dated), Terms(dated="2026-06-01"))
    assert (other.dated, rows is None) == ("2026-06-01", False)


def test_names_that_are_no_text_are_shown_and_kept(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"gmao-\xe9t\xe9.csv")).write_bytes(gmao())
    reading, rows = take(tmp_path, shelf())
    assert rows
    assert reading.path.endswith("gmao-\\xe9t\\xe9.csv")
    reading.name.encode()
    assert take(tmp_path, shelf(reading)) == (reading, None)


def test_a_long_list_leaves_as_columns_where_somebody_takes_them(tmp_path: Path) -> None:
    lines = [f"CVE-2021-{n},0.1,0.2" for n in range(1_000, 1_000 + SPILL + 2_000)]
    file = tmp_path / "epss.csv"
    file.write_text("\n".join(["cve,epss,percentile", *lines, "broken"]) + "\n", encoding="ascii")
    taken: list[tuple[str, str, int]] = []
    reading, rows = take(file, shelf()._replace(spill=lambda *told: taken.append((*told[:2], len(told[2])))))
    assert rows is not None
    assert set(rows) == {"refusal"}
    assert {told[:2] for told in taken} == {(reading.id, "score")}
    assert len(taken) == 2
    assert sum(count for *_, count in taken) == reading.stated == len(lines)
    held, whole = take(file, shelf())
    assert whole is not None
    assert (held.stated, len(whole["score"]), held.refused) == (len(lines), len(lines), 1)
