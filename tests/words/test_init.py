import re

from hygie import words


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_hold_the_same_keys_and_places() -> None:
    french, english = words.catalogue("fr"), words.catalogue("en")
    assert set(french) == set(english)
    assert {k for k in french if places(french[k]) != places(english[k])} == set()
    assert {k for k in french if not french[k] or not english[k]} == set()


def test_values_are_never_templates() -> None:
    assert words._fill("a {x} b {y}", {"x": "{y}", "y": "2"}) == "a {y} b 2"
    assert words._fill("a {x", {"x": "1"}) == "a {x"
    assert words._fill("{missing}", {}) == "{missing}"


def test_a_key_without_text_shows_itself() -> None:
    assert words.say("en", "no.such.key", ["a=1"]) == "no.such.key a=1"
