import re
from pathlib import Path

import pytest

from door import TODAY, call


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_summary_speaks_of_both_safeties_and_of_its_limits(hospital: Path, whole: Path, lang: str) -> None:
    found = call("assess", "--workspace", whole, "--as-of", TODAY, lang=lang)
    assert found.code == 0
    lines = found.out.splitlines()
    assert len(lines) < 40
    said = found.out
    for name in ("report.html", "questions.xlsx", "hospital.xlsx"):
        assert str(whole / name) in said
    for word in {"fr": ("affecté", "inconnu", "sûrs"), "en": ("affected", "unknown", "safe")}[lang]:
        assert word in said
    assert re.search(r"\b2\b.*(password|mot de passe)", said)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_a_source_of_vulnerabilities_it_says_that_alone(tmp_path: Path, lang: str) -> None:
    (tmp_path / "gmao.csv").write_text("N° inventaire;Désignation;Marque;Modèle\nB-1;Scanner;Aldebert;Z5\n", "utf-8")
    said = call("assess", tmp_path / "gmao.csv", "--workspace", tmp_path / "w", "--as-of", TODAY, lang=lang).out
    assert {"fr": "Aucune source de vulnérabilités", "en": "No source of vulnerabilities"}[lang] in said
    for word in {"fr": ("affecté 0", "nommé"), "en": ("affected 0", "named by")}[lang]:
        assert word not in said
