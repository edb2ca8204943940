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


NAMED = ("Xymed", "Modèle KK100", "12.3.1", "Dr Martin", "lettre-7.pdf")

PLAIN = [
    "not affected", "Not Affected.", "NOT AFFECTED", "unaffected", "Unaffected!", "not impacted", "is not affected",
    "not vulnerable", "not concerned", "We are not affected by this vulnerability.", "This product is not affected",
    "not affected (CVE-2025-0001)", "Not affected by CVE-2025-0001", "never affected", "the device isn't affected",
    "We confirm that the product is not affected", "not affected, all versions", "not affected (12/06/2026)",
    "Non concerné", "non affecté", "NON AFFECTÉ", "Non affectée.", "pas concerné", "n'est pas vulnérable", "non exposé",
    "Nos équipements ne sont pas touchés par cette faille", "Notre produit n’est pas concerné", "« non affecté »",
    "Modèle KK100 : non affecté", "Xymed Modèle KK100 12.3.1 - non affecté", "non affecté - Dr Martin, 12/06/2026",
    "Bonjour, nous confirmons que le produit n'est pas affecté. Cordialement, Dr Martin",
    "non affecté (toutes versions)",
    "fixed", "Fixed.", "has been fixed", "fixed in 12.3.1", "fixed in version 12.3.1", "affected, fixed in 12.3.1",
    "patched", "Corrigé", "corrigée", "corrigé en 12.3.1", "Affecté, corrigé en version 12.3.1", "a été corrigé",
    "corrigé le 02/03/2026", "résolu", "under study",
]  # fmt: skip
DOUBTED = [
    "non affecté ?", "non affecté (à confirmer)", "non affecté - à vérifier",
    "non affecté (en attente de confirmation)",
    "non affecté (réponse provisoire)", "normalement non affecté", "non affecté en principe",
    "non affecté en l'état actuel de l'analyse", "non affecté d'après nos premières investigations",
    "non affecté, analyse en cours", "non affecté selon le commercial", "not affected (TBC)",
    "not affected pending analysis", "unaffected?", "non affecté à ce jour", "non affecté (oral)",
    "non affecté (sans garantie)", "non affecté, correctif conseillé", "ne semble pas affecté", "likely not affected",
    "devrait être non affecté", "probablement non affecté", "non affecté a priori", "non affecté sauf Wi-Fi",
    "non affecté en 2.2", "non affecté*", "non affecté...", "non affecté à 90 %", "non affecté, non confirmé",
    "pas encore affecté", "pas directement concerné", "Modèle KK200 : non affecté", "sans doute pas concerné",
    "not affected to our knowledge", "not yet affected", "not directly affected", "not affected (verbal)",
    "not affected as of today", "not affected according to sales", "we cannot confirm that it is not affected",
    "not affected, review ongoing", "we think it is not affected", "not affected in the default configuration",
    "not affected, to the best of our knowledge", "unaffected (draft)", "not affected - preliminary", "~ not affected",
    "n'est pas non affecté", "sera corrigé", "corrigé prochainement", "corrigé fin 2027", "corrigé le 02/03/2027",
    "corrigé (à confirmer)", "corrigé ?", "corrigé sous 30 jours", "corrigé en 13.0", "will be fixed", "to be fixed",
    "fixed soon", "fixed in the next release", "fixed (TBC)", "fixed?", "fixed in 2027", "being fixed",
]  # fmt: skip


@pytest.mark.parametrize("answer", PLAIN)
def test_a_plain_answer_hangs_on_nothing(answer: str) -> None:
    assert not answers.hangs(answer, NAMED, "2026-06-12")


@pytest.mark.parametrize("answer", DOUBTED)
def test_whatever_is_left_of_an_answer_that_clears_makes_it_hang_on_something(answer: str) -> None:
    assert answers.status(answer) in (Status.NOT_AFFECTED, Status.FIXED, None)
    assert answers.hangs(answer, NAMED, "2026-06-12")


def test_names_and_days_are_plain_only_where_they_go_with_the_answer() -> None:
    assert not answers.hangs("corrigé en 12.3.1", ("12.3.1",))
    assert answers.hangs("corrigé en 12.3.1", ("12.3",))
    assert not answers.hangs("fixed 2026-06-11", dated="2026-06-12") and answers.hangs("fixed 2026-06-13", dated="")


def test_a_sentence_beside_a_status() -> None:
    assert answers.conditional("Not exploitable as long as the device stays on the isolated MC network.")
    assert answers.conditional("Uniquement si le pare-feu intégré est actif")
    assert not answers.conditional("Linux TCP/IP used and therefore not vulnerable.")
    assert not answers.conditional("An attacker could read files if the flaw were there; the code is not present.")


def test_a_column_of_conditions_may_say_that_there_is_none() -> None:
    assert answers.condition("Aucune") == answers.condition("none") == answers.condition("") == ""
    assert answers.condition("only on isolated MC network") == "only on isolated MC network"
