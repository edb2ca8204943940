import pytest

from hygie.model.knowledge import Status
from hygie.names import answers

STATUSES = {
    "not affected": Status.NOT_AFFECTED,
    "Non concerné": Status.NOT_AFFECTED,
    "n'est pas vulnérable": Status.NOT_AFFECTED,
    "unaffected": Status.NOT_AFFECTED,
    "affected": Status.AFFECTED,
    "Affecté, correctif en cours d'étude": Status.AFFECTED,
    "concerné": Status.AFFECTED,
    "not fixed": Status.AFFECTED,
    "pas encore corrigé": Status.AFFECTED,
    "unresolved": Status.AFFECTED,
    "corrigé : non": Status.AFFECTED,
    "fixed": Status.FIXED,
    "Corrigée": Status.FIXED,
    "affected, fixed in 12.3.1": Status.FIXED,
    "under study": Status.UNDER_INVESTIGATION,
    "à l'étude": Status.UNDER_INVESTIGATION,
    "en cours": Status.UNDER_INVESTIGATION,
    "pending": Status.UNDER_INVESTIGATION,
    "we do not know": Status.UNKNOWN,
    "oui": None,
    "": None,
    "affected in 2.0, not affected in 3.0": None,
    "not affected, not fixed": None,
}


@pytest.mark.parametrize("answer", STATUSES)
def test_the_status_of_an_answer(answer: str) -> None:
    assert answers.status(answer) is STATUSES[answer]


@pytest.mark.parametrize(
    "answer",
    [
        "not affected if isolated", "Non affecté sauf si WiFi activé", "a priori non concerné", "probably not affected",
        "fixed, only with option X", "non vulnérable sous réserve du pare-feu", "partiellement corrigé",
    ],
)  # fmt: skip
def test_words_that_limit_or_doubt_an_answer(answer: str) -> None:
    assert answers.hangs(answer)


@pytest.mark.parametrize("answer", ["not affected", "Non concerné", "fixed", "corrigé en 12.3.1", "under study"])
def test_a_plain_answer_hangs_on_nothing(answer: str) -> None:
    assert not answers.hangs(answer)


def test_a_sentence_beside_a_status() -> None:
    assert answers.conditional("Not exploitable as long as the device stays on the isolated MC network.")
    assert answers.conditional("Uniquement si le pare-feu intégré est actif")
    assert not answers.conditional("Linux TCP/IP used and therefore not vulnerable.")
    assert not answers.conditional("An attacker could read files if the flaw were there; the code is not present.")


def test_a_column_of_conditions_may_say_that_there_is_none() -> None:
    assert answers.condition("Aucune") == answers.condition("none") == answers.condition("") == ""
    assert answers.condition("only on isolated MC network") == "only on isolated MC network"
