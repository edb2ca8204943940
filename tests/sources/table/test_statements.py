from pathlib import Path

from hygie.model.evidence import Speaker
from hygie.model.knowledge import Advisory, Permission, Statement, Status
from hygie.sources.table import statements
from spreadsheets import endures, refused, rows, said, source

FILE = """Fabricant;Produit;Versions;Sujet;Autorisé;Conditions;Fin de support;Interlocuteur;Date;Pièce
ACME;R1;1.2;Filtrage réseau;oui;TCP 104;;Paul;14/08/2026;a.pdf
ACME;R1;;Correctifs système;à l'étude;;31/12/2029;Paul;02/08/2026;b.pdf
ACME;R1;;Fin de support;;;2030;Paul;;b.pdf
ACME;R1;<2.0;CVE-2024-1111 et cve-2024-2222;non concerné;composant absent;;Paul;03/08/2026;c.pdf
ACME;R1;;CVE-2024-3333;oui;;;Paul;;c.pdf
ACME;R1;;Peinture;peut-être;;;Paul;;d.pdf
;R1;;Antivirus;non;;;Paul;;d.pdf
ACME;R1;;Fin de support;;;;Paul;;d.pdf
"""


def test_permissions() -> None:
    found = [row for row in rows(FILE, "statements") if isinstance(row, Permission)]
    assert [(p.subject, p.allowed, p.version, p.condition, p.who, p.dated, p.document, p.place) for p in found] == [
        ("network_control", True, "1.2", "TCP 104", "Paul", "2026-08-14", "a.pdf", "E2"),
        ("os_update", None, "", "", "Paul", "2026-08-02", "b.pdf", "E3"),
        ("other: Peinture", None, "", "", "Paul", "", "d.pdf", "E7"),
    ]
    assert {p.speaker for p in found} == {Speaker.MANUFACTURER}


def test_support_dates_are_evidence_of_the_model() -> None:
    told = said(rows(FILE, "statements"))
    assert told["model:ACME|R1|"]["support_end"] == "2029-12-31 2030"


def test_a_word_about_a_vulnerability_is_a_statement() -> None:
    found = rows(FILE, "statements")
    assert [
        (s.vulnerability, s.status, s.version, s.version_is_range, s.document)
        for s in found
        if isinstance(s, Statement)
    ] == [
        ("CVE-2024-1111", Status.NOT_AFFECTED, "<2.0", True, "c.pdf"),
        ("CVE-2024-2222", Status.NOT_AFFECTED, "<2.0", True, "c.pdf"),
    ]
    assert [(a.document, a.speaker, a.released) for a in found if isinstance(a, Advisory)] == [
        ("c.pdf", Speaker.MANUFACTURER, "2026-08-03")
    ]


def test_a_status_comes_with_what_it_hangs_on() -> None:
    head = "Manufacturer;Product;Versions;Subject;Allowed;Conditions;Date;Document\n"
    lines = (
        "ACME;R1;2.0;CVE-2024-1;not affected;only on isolated network;;a.pdf",
        "ACME;R1;2.0;CVE-2024-2;non concerné sauf si WiFi;Aucune;;a.pdf",
        "ACME;R1;2.0;CVE-2024-3;not fixed;-;;a.pdf",
        "ACME;R1;2.0;CVE-2024-4;we do not know;;;a.pdf",
        "ACME;R1;2.0;CVE-2024-5;affected in 1.0, not affected in 2.0;;;a.pdf",
    )
    found = rows(head + "\n".join(line.replace("CVE-2024-", "CVE-2024-000") for line in lines), "statements")
    assert [(s.status, s.limits) for s in found if isinstance(s, Statement)] == [
        (Status.NOT_AFFECTED, ("condition=only on isolated network",)),
        (Status.NOT_AFFECTED, ("condition=non concerné sauf si WiFi",)),
        (Status.AFFECTED, ()),
        (Status.UNKNOWN, ()),
    ]
    assert sorted(refused(found)) == [("D6", "refusal.row"), ("E6", "refusal.cell")]


def test_what_says_nothing_is_told() -> None:
    found = refused(rows(FILE, "statements"))
    assert sorted(found) == [
        ("A8", "refusal.maker"),
        ("D6", "refusal.row"),
        ("D9", "refusal.row"),
        ("E6", "refusal.cell"),
        ("E7", "refusal.allowed"),
    ]
    assert statements.dated(source(FILE)) == "2026-08-14"


def test_it_endures_damage() -> None:
    endures("statements", FILE.encode("cp1252"))


def test_the_example(hospital: Path) -> None:
    found = rows((hospital / "statements.xlsx").read_bytes(), "statements")
    assert refused(found) == []
    words = {(p.product, p.subject): p.allowed for p in found if isinstance(p, Permission)}
    assert words["Lumira CT 128", "network_control"] is True
    assert words["Veille Centrale", "antivirus"] is False
    assert words["Débit S", "os_update"] is None
    assert said(found)["model:Solvigne|Régulis|5.0"]["support_end"] == "2025-01-31"
