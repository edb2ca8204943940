import re

import pytest

from hygie import words


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[|}]", text))


def test_both_languages_hold_the_same_keys_and_places() -> None:
    french, english = words.catalogue("fr"), words.catalogue("en")
    assert set(french) == set(english)
    assert {k for k in french if places(french[k]) != places(english[k])} == set()
    assert {k for k in french if not french[k] or not english[k]} == set()


def test_values_are_never_templates() -> None:
    assert words._fill("a {x} b {y}", {"x": "{y}", "y": "2"}, "en") == "a {y} b 2"
    assert words._fill("a {x", {"x": "1"}, "en") == "a {x"
    assert words._fill("{missing}", {}, "en") == "{missing}"
    assert words._fill("{missing|# a|# b}", {}, "en") == "{missing|# a|# b}"
    assert words._fill("{x|#|#}", {"x": "{y}", "y": "2"}, "en") == "{y}"


def test_a_key_without_text_shows_itself() -> None:
    assert words.say("en", "no.such.key", ["a=1"]) == "no.such.key a=1"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("0", "0 équipement", "0 devices"),
        ("1", "1 équipement", "1 device"),
        ("2", "2 équipements", "2 devices"),
        ("1.5", "1,5 équipement", "1.5 devices"),
        ("3.0", "3 équipements", "3 devices"),
        ("10", "10 équipements", "10 devices"),
        ("non précisé", "non précisé équipements", "non précisé devices"),
    ],
)
def test_what_is_counted_takes_the_form_of_its_number(value: str, french: str, english: str) -> None:
    assert words._fill("{n|# équipement|# équipements}", {"n": value}, "fr") == french
    assert words._fill("{n|# device|# devices}", {"n": value}, "en") == english


def test_nothing_may_have_a_form_of_its_own() -> None:
    text = "{n|aucun flux|un flux|# flux}{days|| en # jour| en # jours}"
    assert words._fill(text, {"n": "0", "days": "0.0"}, "fr") == "aucun flux"
    assert words._fill(text, {"n": "1", "days": "0.5"}, "fr") == "un flux en 0,5 jour"
    assert words._fill(text, {"n": "2", "days": "3.0"}, "fr") == "2 flux en 3 jours"


COUNTS = frozenset(
    "bytes connectable count days devices findings flows known listed met models read refused unwatched "
    "vulnerabilities".split()
)
"""Arguments that count things."""
NOUNS = re.compile(r"\{(\w+)\} (?!avis\b)[a-zéèê]+(?:s|x|ies)\b")
"""A bare number before a plural."""


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_text_leaves_the_plural_to_the_reader(language: str) -> None:
    """No "device(s)"; no bare number before a noun that is plural for some numbers only."""
    texts = words.catalogue(language)
    doubtful = {k: t for k, t in texts.items() if re.search(r"\w\((?:s|e|es|x|ies|y)\)", t)}
    assert doubtful == {}
    bare = {k: t for k, t in texts.items() if COUNTS & set(NOUNS.findall(t))}
    assert bare == {}
