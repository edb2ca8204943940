# ruff: noqa: E501
"""`statements.xlsx`: what makers (invented) said by letter, mail or telephone, one line each."""

from datetime import date
from pathlib import Path

from paperwork.writing import save_workbook

HEADINGS = (
    "Fabricant", "Produit", "Versions", "Sujet", "Autorisé", "Conditions", "Fin de support", "Interlocuteur", "Date", "Pièce",
)  # fmt: skip
AFTER = date(2027, 6, 30)

LINES: tuple[tuple[object, ...], ...] = (
    ("Norvane Imaging", "Lumira CT 128", "6.4.2", "Filtrage réseau", "oui",
     "TCP 3389 depuis la passerelle de télémaintenance seulement", "", "Support Norvane", date(2026, 3, 20), "courrier-2026-031.pdf"),
    ("Norvane Imaging", "Lumira MR 1.5", "", "Correctifs système", "non", "Validation par le fabricant avant tout correctif",
     date(2029, 12, 31), "Support Norvane", date(2026, 2, 2), "mail-2026-02-02.eml"),
    ("Norvane Imaging", "Ondine U9", "", "Correctifs", "oui", "Version 2.5.0 par le service biomédical, selon le guide", "",
     "Support Norvane", date(2026, 4, 25), "mail-2026-04-25.eml"),
    ("Aldebert Médical", "Zéphyr 5", "", "Filtrage réseau", "oui", "Laisser TCP 2575 et UDP 123 ; UDP 161 au choix", "",
     "M. le responsable sécurité", date(2026, 5, 20), "courrier-aldebert.pdf"),
    ("Aldebert Médical", "Zéphyr T", "", "Fin de support", "", "", AFTER, "Service client", date(2026, 5, 20), "courrier-aldebert.pdf"),
    ("Quillane Systems", "Veille Centrale", "8.0.2", "Antivirus", "non", "", "", "Hotline", date(2025, 11, 4), "compte-rendu-appel.txt"),
    ("Ostrelab Diagnostics", "Chimia 8", "", "Filtrage réseau", "oui", "Garder la liaison vers le middleware (TCP 2575)",
     date(2026, 12, 31), "Support Ostrelab", date(2026, 3, 1), "mail-2026-03-01.eml"),
    ("Ravenor Oncology", "Faisceau X1", "3.0.4", "Filtrage réseau", "non", "Le réseau fait partie du dispositif ; voir le fabricant",
     date(2030, 1, 1), "Ravenor service", date(2026, 4, 3), "lettre-ravenor.pdf"),
    ("Orlimont Santé", "Agenda RIS", "", "Correctifs système", "oui", "Mises à jour de la distribution, hors heures ouvrées", "",
     "Support Orlimont", date(2026, 1, 12), "contrat-annexe-3.pdf"),
    ("Perfalys", "Débit S", "3.0.0", "Correctifs système", "à l'étude", "", "", "Support Perfalys", date(2026, 6, 30), "mail-2026-06-30.eml"),
    ("Solvigne", "Régulis", "5.0", "Fin de support", "", "", date(2025, 1, 31), "Solvigne", date(2024, 9, 9), "lettre-solvigne.pdf"),
)  # fmt: skip
"""The lines, in the order of `HEADINGS`."""


def write(folder: Path) -> None:
    """`statements.xlsx`."""
    rows: list[list[object]] = [list(HEADINGS), *(list(line) for line in LINES)]
    save_workbook(folder / "statements.xlsx", [("Déclarations", rows)], "Service biomédical")
