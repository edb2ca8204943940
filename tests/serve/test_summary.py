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
