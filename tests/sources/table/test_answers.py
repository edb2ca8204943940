from hygie.sources.table.answers import keys, meaning, standing
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


def test_a_heading_that_asks_tells_what_yes_and_no_mean() -> None:
    assert standing("Réformé ?", "Oui") == ["disposed"]
    assert standing("Réformé ?", "Non") == []
    assert standing("Active?", "No") == ["out of service"]
    assert standing("Active?", "Yes") == standing("Statut", "En service") == ["in service"]
    assert standing("Active?", "Retired") == ["disposed"]
    assert standing("Statut", "Oui") is None
    assert standing("Active?", "plouf") is None
