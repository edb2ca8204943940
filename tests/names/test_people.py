import pytest

from handmade import row
from hygie.model import Decision
from hygie.names import people


@pytest.mark.parametrize(
    ("about", "answer", "value"),
    [
        ("function:pacs", "Critique", "critical"),
        ("function:pacs", "oui", people.CONFIRMED),
        ("function:pacs", "Confirmé", people.CONFIRMED),
        ("unit:Réanimation", "MEF failure", "mef failure"),
        ("unit:Réanimation", "Dégradée", "degraded"),
        ("exposure:D-1", "small", "small"),
        ("exposure:Z-1", "contrôlée", "controlled"),
    ],
)
def test_answers_as_people_write_them(about: str, answer: str, value: str) -> None:
    [word] = people.words([row(Decision, about=about, answer=answer, who="A. Martin", when="2026-01-02")]).values()
    assert word.value == value


@pytest.mark.parametrize(
    ("about", "answer", "who"),
    [
        ("function:pacs", "peut-être", "A. Martin"),
        ("function:pacs", "", "A. Martin"),
        ("function:pacs", "critique", " "),
        ("function:", "critique", "A. Martin"),
        ("link:1", "same", "A. Martin"),
    ],
)
def test_what_is_no_answer_or_nobody_s_is_not_taken(about: str, answer: str, who: str) -> None:
    assert people.words([row(Decision, about=about, answer=answer, who=who)]) == {}


def test_the_newest_word_wins_in_any_order() -> None:
    old = row(Decision, about="function:pacs", answer="marginale", who="A", when="2025-01-01")
    new = row(Decision, about="function:pacs", answer="critique", who="B", when="2026-01-01")
    assert people.words([old, new]) == people.words([new, old])
    assert people.words([new, old])["function", "pacs"].value == "critical"


def test_wards_meet_whatever_their_spelling() -> None:
    words = people.words([row(Decision, about="unit:Réanimation  médicale", answer="échec de la mission", who="A")])
    assert words["unit", people.folded("REANIMATION MEDICALE")].value == "mission failure"
