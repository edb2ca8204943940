import io
from pathlib import Path

import pytest
import xlsxwriter

from hygie.model.evidence import Refusal
from hygie.model.label import Label
from hygie.sources.opening import UNREADABLE, files
from hygie.sources.opening.content import Content
from hygie.sources.opening.folders import upload
from hygie.sources.table import checked

HEAD = "N° inventaire;N° de série;Adresse MAC;Adresse IP;Fonction clinique;Marque;Modèle;OS;Version OS;Version;Rôle"


def rows(folder: Path, *lines: str, head: str = HEAD) -> list[Label | Refusal]:
    place = folder / "liste.csv"
    place.write_bytes("\r\n".join((head, *lines)).encode("cp1252"))
    (content,) = files([place])
    assert isinstance(content, Content)
    return list(checked.read(content))


def test_a_line_is_what_names_the_device_and_what_is_known(tmp_path: Path) -> None:
    line = "000123;ZE-100;02-00-00-00-00-04 / 02:00:00:00:00:05;10.1.2.3;ventilator;Draeger;Evita;Windows 10;1809;4.2;"
    (label,) = rows(tmp_path, line)
    assert label == Label(
        "A2",
        (
            ("inventory_number", "000123"),
            ("serial_number", "ZE-100"),
            ("mac", "02:00:00:00:00:04"),
            ("mac", "02:00:00:00:00:05"),
            ("ip", "10.1.2.3"),
        ),
        (
            ("kind", "ventilator"),
            ("manufacturer", "Draeger"),
            ("model", "Evita"),
            ("operating_system", "Windows 10 1809"),
            ("version", "4.2"),
        ),
    )


def test_english_headings_and_words_for_the_kind(tmp_path: Path) -> None:
    (label,) = rows(tmp_path, "scan-1;CT scanner;Norvane", head="Host name;Description;Manufacturer")
    assert isinstance(label, Label)
    assert label.keys == (("host_name", "scan-1"),)
    assert dict(label.known) == {"kind": "CT scanner", "manufacturer": "Norvane"}


def test_lines_without_a_name_or_without_knowledge_are_refused(tmp_path: Path) -> None:
    found = rows(tmp_path, ";;;;ventilator;;;;;;", "000124;;;;;;;;;;", "000125;;;pas une adresse;ecmo;;;;;;")
    assert [one.place for one in found if isinstance(one, Label)] == ["A4"]
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [(one.place, one.reason) for one in refused] == [
        ("A2", "refusal.row"),
        ("A3", "refusal.row"),
        ("D4", "refusal.cell"),
    ]


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("Fonction clinique;Marque", "ecmo;X", "refusal.checked.no_key"),
        ("N° inventaire;Adresse MAC", "1;02:00:00:00:00:04", "refusal.checked.no_attribute"),
        ("N° inventaire;Marque", ";", "refusal.checked.empty"),
        ("rien de tout cela", "ni ici", "refusal.checked.no"),
    ],
)
def test_a_wrong_file_says_what_it_lacks(tmp_path: Path, head: str, line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        rows(tmp_path, line, head=head)


def test_a_list_that_nobody_checked_by_hand_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"refusal\.checked\.long"):
        rows(tmp_path, *("1;ecmo" for _ in range(checked.MOST + 1)), head="N° inventaire;Fonction clinique")


def test_secrets_are_not_read(tmp_path: Path) -> None:
    (label,) = (x for x in rows(tmp_path, "000126;;;;ecmo;mdp : Azerty123;;;;;") if isinstance(x, Label))
    assert "Azerty" not in str(label)


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Vérifiés")
        for row, cells in enumerate((("Adresse MAC", "Marque"), ("02:00:00:00:00:04", "Norvane"))):
            page.write_row(row, 0, cells)
    return out.getvalue()


def test_a_workbook_is_read_too() -> None:
    (content,) = upload("liste.xlsx", workbook())
    assert isinstance(content, Content)
    assert [one.place for one in checked.read(content) if isinstance(one, Label)] == ["Vérifiés!A2"]


CSV = "\r\n".join((HEAD, '000123;"ZE;1";02:00:00:00:00:04;10.1.2.3;ecmo;Né "x";;Windows 10;;4;')).encode()


def survives(data: bytes) -> None:
    for content in upload("liste", data):
        if isinstance(content, Content):
            try:
                assert all(isinstance(one, Label | Refusal) for one in checked.read(content))
            except UNREADABLE:
                continue


def test_cut_at_every_byte_and_flipped_bits() -> None:
    for size in range(len(CSV)):
        survives(CSV[:size])
    for at in range(len(CSV)):
        for bit in (1, 0x80):
            survives(CSV[:at] + bytes((CSV[at] ^ bit,)) + CSV[at + 1 :])


def test_a_damaged_workbook() -> None:
    data = workbook()
    for size in range(0, len(data), 997):
        survives(data[:size])
    for at in range(0, len(data), 1499):
        survives(data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :])
