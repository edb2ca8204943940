from hygie.sources.table.answers import keys, meaning
from hygie.words import LANGUAGES, say


def test_words_of_both_languages_mean_their_keys() -> None:
    for language in LANGUAGES:
        for key in ("same", "different", "don't know", "yes", "no"):
            assert meaning("answer.", say(language, f"answer.{key}").upper()) == key
        for key in ("negligible", "marginal", "critical", "catastrophic"):
            assert meaning("safety.", say(language, f"safety.{key}")) == key
        for key in ("degraded", "crippled", "mef failure", "mission failure"):
            assert meaning("mission.", say(language, f"mission.{key}")) == key
    assert meaning("answer.", "peut-être") == ""
    assert keys("safety.")["critical"] == "critical"


def test_safety_words_are_known_in_the_feminine() -> None:
    for text, key in (("Marginale", "marginal"), ("critique", "critical"), ("négligeable", "negligible")):
        assert meaning("safety.", text) == key
