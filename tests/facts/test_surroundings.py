import pytest

from hygie.facts import functions
from hygie.facts import surroundings as facts


@pytest.mark.parametrize(
    ("ward", "maker", "expected"),
    [
        ("Laboratoire de bactériologie", "", {"laboratory"}),
        ("LABO", "", {"laboratory"}),
        ("Collaboration", "", set()),
        ("", "BINDER GmbH", {"laboratory"}),
        ("Réanimation néonatale", "Binder", {"neonatal"}),
        ("Hématologie clinique", "", set()),
        ("", "", set()),
        ("", "Kernel Medical", set()),
    ],
)
def test_settings(ward: str, maker: str, expected: set[str]) -> None:
    assert facts.settings(ward, maker) == expected


def test_a_word_means_its_kind_not_or_is_asked() -> None:
    assert facts.means("incubateur", "Néonatologie", "") is True
    assert facts.means("incubateur", "Virologie", "") is False
    assert facts.means("incubateur", "Urgences", "") is None
    assert facts.means("autoclave", "Stérilisation", "") is True
    assert facts.means("autoclave", "Urgences", "Systec") is False
    assert facts.means("respirateur", "Laboratoire", "") is True


def test_every_word_would_give_a_kind_or_a_question() -> None:
    for phrase, sense in facts.SENSES.items():
        assert functions.elsewhere(phrase, "", "") is False
        assert (sense.never | sense.only) <= facts.WARDS.keys() | facts.MAKERS.keys()
        known = any(phrase in kind.words for kind in functions.functions().values())
        assert known or phrase in functions.AMBIGUOUS or phrase in functions.ALONE, phrase
