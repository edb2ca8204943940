import pytest

from hygie.act.upkeep import Updates, names_programme, system_of, upkeep
from hygie.facts.systems import systems

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("os", "published", "updates"),
    [
        ("Windows Server 2022", "2026-10-01", Updates.COME),
        ("VxWorks 6.9", "2026-10-01", Updates.COME),
        ("maison", "2026-10-01", Updates.COME),
        ("", "2026-10-01", Updates.COME),
        ("Windows 10 1809", "2026-10-01", Updates.PERHAPS),
        ("Windows 10 22H2", "2026-10-01", Updates.EXTENDED),
        ("Ubuntu 18.04", "2019-01-01", Updates.EXTENDED),
        ("Windows 7", "2019-05-16T19:29:00", Updates.LAST),
        ("Windows 7", "2020-01-14", Updates.LAST),
        ("Windows 7", "2020-01-15", Updates.NONE),
        ("Windows 7", "", Updates.NONE),
        ("Windows XP", "2019-05-16", Updates.NONE),
    ],
)
def test_what_a_system_still_gets(os: str, published: str, updates: Updates) -> None:
    assert upkeep(system_of(os, ""), published, TODAY).updates is updates


def test_a_programme_that_the_manufacturer_names_counts() -> None:
    seven = systems()["windows-7"]
    assert upkeep(seven, "2022-01-01", TODAY, "ESU inclus au contrat").updates is Updates.EXTENDED
    assert upkeep(seven, "2022-01-01", TODAY, "Tester après installation").updates is Updates.NONE


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("Extended Security Updates of the maker's", True),
        ("mises à jour de sécurité prolongées comprises", True),
        ("couvert par un support étendu", True),
        ("We do not offer extended security updates.", False),
        ("ESU is not available for this product", False),
        ("Aucun support étendu", False),
        ("No antivirus. Extended security updates are included.", True),
        ("résumé", False),
        ("", False),
    ],
)
def test_words_for_a_programme(word: str, named: bool) -> None:
    assert names_programme(word) is named
