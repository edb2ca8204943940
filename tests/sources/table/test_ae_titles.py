from pathlib import Path

from spreadsheets import endures, refused, rows, said

LIST = """AE Title;Hôte;Port;Description;N° inventaire;Rôle
CT1;10.1.1.1;104;Scanner;BM-1;Modalité
PACS;pacs.ch.example;11112;Archive;;archive
TITRE BEAUCOUP TROP LONG;10.1.1.2;104;x;;
IRM;10.1.1.3;99999;IRM;;autre
;10.1.1.4;104;y;;
"""


def test_titles() -> None:
    found = rows(LIST, "ae_titles")
    assert said(found) == {
        "device:ae=CT1": {
            "ae_title": "CT1", "ip": "10.1.1.1", "service": "tcp/104 dicom", "designation": "Scanner",
            "inventory_number": "BM1", "dicom_role": "modality",
        },
        "device:ae=PACS": {
            "ae_title": "PACS", "host_name": "pacs.ch.example", "service": "tcp/11112 dicom", "designation": "Archive",
            "dicom_role": "archive",
        },
        "device:ae=IRM": {"ae_title": "IRM", "ip": "10.1.1.3", "designation": "IRM"},
    }  # fmt: skip
    assert refused(found) == [("A4", "refusal.cell"), ("C5", "refusal.cell"), ("A6", "refusal.row")]


def test_it_endures_damage() -> None:
    endures("ae_titles", LIST.encode("cp1252"))


def test_the_example(hospital: Path) -> None:
    found = rows((hospital / "ae-titles.csv").read_bytes(), "ae_titles")
    assert len(said(found)) == 22
    assert said(found)["device:ae=AGENDAWL"]["service"] == "tcp/11113 dicom"
    assert refused(found) == []
