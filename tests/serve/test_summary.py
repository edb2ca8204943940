import json
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


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_sbom_of_which_nothing_can_be_compared_is_told(tmp_path: Path, lang: str) -> None:
    (tmp_path / "gmao.csv").write_text("N° inventaire;Désignation;Marque;Modèle\nB-1;Pompe;Perfalys;P7\n", "utf-8")
    product = {"type": "device", "name": "P7", "manufacturer": {"name": "Perfalys"}}
    for number, name in enumerate(("log4j", "house-made")):
        document = {
            "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
            "serialNumber": f"urn:uuid:00000000-0000-4000-8000-00000000000{number}",
            "metadata": {"component": product}, "components": [{"type": "library", "name": name, "version": "2.14.1"}],
        }  # fmt: skip
        (tmp_path / f"{number}.json").write_text(json.dumps(document), "utf-8")
    match = {"vulnerable": True, "criteria": "cpe:2.3:a:apache:log4j:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.15.0"}
    cve = {"id": "CVE-2021-44228", "configurations": [{"nodes": [{"operator": "OR", "cpeMatch": [match]}]}]}
    page = {"format": "NVD_CVE", "version": "2.0", "totalResults": 1, "vulnerabilities": [{"cve": cve}]}
    (tmp_path / "nvd.json").write_text(json.dumps(page), "utf-8")
    said = call("assess", tmp_path, "--workspace", tmp_path / "w", "--as-of", TODAY, lang=lang).out
    assert {"fr": "1 sur 2 composants de 2 SBOM", "en": "1 of 2 components of 2 SBOMs"}[lang] in said
    assert {"fr": "De 1 SBOM, aucun composant", "en": "Of 1 SBOM no component"}[lang] in said
