import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.standing import astray, coming, status

OPEN = """
Proposé à la réforme|Non réformé|Mis à disposition|Réforme refusée|Sortie de réparation|Réforme annulée
Service non vendu|À réformer|Réforme en cours|Réforme en attente|Réforme demandée|Réforme prévue 2027
Pas encore réformé|Réforme validée|Proposition de réforme|En instance de réforme|Réforme sous réserve
Réforme ?|Réformé : non|Réforme suspendue|hors réforme|Réforme reportée|Candidat à la réforme
Réforme envisagée|Remplace un appareil réformé|Réformé puis remis en service|Réforme 2027|REFORME 2027
Réforme au 31/12/2027|Mise au rebut 2027|Réforme comptable|Bon pour réforme|Disponible|R|Vente annulée
Cession refusée|Non détruit|Sortie pour prêt|Sortie de stock|Pas en stock|Réservé au bloc|Inutilisé|Unused
Not disposed|Proposed for disposal|Disposal pending|Disposal rejected|Disposal cancelled|To be retired
Not retired|Retirement planned|Scrap request refused|Not yet sold|Never decommissioned
Decommission planned|Disposed?|code 7|Réparé|Panne réparée|Pas en panne|Retour de réparation
Réparation terminée|Non hors service|Hors service refusé|Non utilisé|Mise en service prévue
Sous séquestre|Archivé|Archived|Restitué|Non restitué|À restituer|Restitué au service|Restitué au fournisseur ?
Retourné au fournisseur|Cédé au service de réanimation|Cédé à la clinique puis récupéré|Pas cédé à la clinique|À céder
Cédé au CH de Z - annulé|Cession en cours|Fin de prêt|Retour de prêt|Prêt refusé|Plus en prêt|Prêté au CHU|En prêt ?
Cédé au CHU prévu 2027|Restitué au fournisseur refusé
En attente de mise en service|Secours annulé ?|EN SERVICE - REFORME PROPOSEE|EN SERVICE - REFORME
Dé-réformé|DÉ-RÉFORMÉ|DE-REFORME|Déréformé|Dé réformé|Ex-réformé|Pré-réformé|PRE-REFORME|N - Réformé|0 - Réformé
Rebut 0|Perdu|Perdue|Volé|Vol|Sorti|Sortie|Disparu|Introuvable|Lost|Stolen|Réformé suite à vol
"""
SAID = {
    "disposed": """
Réformé|REFORME|Réforme|Réformée|REF|Réformé le 12/03/2019|REFORME LE 12/03/2019|Réformé 2019|Réformé - HS|Disposed
Réformé, remplacé par E0203|Mis au rebut|Mis à la réforme le 3 mars 2020|Sorti d'inventaire|Sorti du parc|Hors parc
Vendu|Donné|R - Rebut|2 - Réformé
Cédé à la clinique X|Cédé à l'hôpital de Y le 3/4/2024|Cédée au CH de Z|Cédé à ...|Cédé à titre gratuit
Vendu à la clinique X|Restitué au fournisseur|Restituée au loueur le 1/2/2024|Handed back to the supplier
Cédé|Détruit|Disposed of on 2020-01-01|Retired|Scrapped 2019|Decommissioned|Sold|Éliminé""",
    "out of service": """
HS|Hors service|En panne - attente pièces|En réparation chez Philips|In repair|Under repair|Broken|Réparation en cours
Pas en service|Non fonctionnel|not in use|no longer in use|Inactif|Désactivé|non opérationnel|out of order
Restitué au fournisseur pour réparation|En prêt - HS|Indisponible|OUTOFORDER|OUT_OF_ORDER|Condemned""",
    "spare": "En stock|Secours|Réserve|Spare|in storage|Magasin|Stock de pièces|En service / secours",
    "in service": """
En service|EN SERV.|ENSERVICE|Operating|Actif|Réactivé|Active|In use|Utilisé|opérationnel|Remis en service|ES
Prêt|En exploitation|ES - En service|En prêt|EN PRET FOURNISSEUR|En prêt au service Réanimation|On loan
Mise en service 2019|En fonction|En service (non connecté)|Réparé - en service|In service - never repaired""",
}


def words(text: str) -> list[str]:
    return [word for line in text.strip().splitlines() for word in line.split("|")]


def test_what_is_proposed_denied_cancelled_or_to_come_is_left_open() -> None:
    assert {word: status(word) for word in words(OPEN)} == dict.fromkeys(words(OPEN))


@pytest.mark.parametrize("key", SAID)
def test_what_a_status_says(key: str) -> None:
    assert {word: status(word) for word in words(SAID[key])} == dict.fromkeys(words(SAID[key]), key)


GONE = ("réformé", "REFORME", "Réforme", "mise à la réforme", "vendu", "mis au rebut", "sorti d'inventaire", "cédé",
        "détruit", "disposed", "retired", "scrapped", "sold", "decommissioned", "volé")  # fmt: skip
HEDGES = (
    "non", "pas", "pas encore", "jamais", "proposé", "proposition de", "refusé", "annulé", "annulée", "prévu",
    "à prévoir", "demandé", "demande de", "en cours", "en attente", "en instance", "reporté", "suspendu",
    "envisagé", "rejeté", "éventuel", "futur", "bientôt", "avant", "sauf", "not", "not yet", "never", "proposed",
    "planned", "pending", "requested", "cancelled", "rejected", "denied", "to be", "scheduled", "soon",
)  # fmt: skip


def test_no_hedge_before_or_after_leaves_a_word_for_gone_standing() -> None:
    for gone, hedge in itertools.product(GONE, HEDGES):
        for text in (
            f"{hedge} {gone}",
            f"{gone} {hedge}",
            f"{gone} - {hedge}",
            f"{hedge} : {gone}",
            f"{gone} ({hedge})",
        ):
            assert status(text) != "disposed", text
            assert status(text.upper()) != "disposed", text


@given(st.text(max_size=60))
def test_any_text_gives_one_of_four_or_none(text: str) -> None:
    assert status(text) in (None, "in service", "spare", "out of service", "disposed")


@given(st.text(alphabet=st.characters(whitelist_categories=("Ll",)), min_size=3, max_size=9))
def test_an_unknown_word_beside_gone_leaves_it_open(word: str) -> None:
    assert status(f"réformé {word}") in ("disposed", None)
    assert status(f"zz{word}qq réformé") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ausgemustert", "disposed"), ("Verschrottet", "disposed"), ("Déclassé", "disposed"),
        ("Mis au rancart", "disposed"), ("in Betrieb", "in service"), ("Außer Betrieb", "out of service"),
        ("defekt", "out of service"), ("Installed", "in service"), ("Lager", "spare"), ("Retiré", None),
        ("Missing", None), ("Nicht ausgemustert", None), ("Pending Install", None),
    ],
)  # fmt: skip
def test_words_of_switzerland_belgium_quebec_and_english_programs(text: str, expected: str | None) -> None:
    assert status(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("REFORME LE 01/02/2028", "2028-02-01"), ("Réformé au 31/12/2026", "2026-12-31"), ("Réforme 2027", "2027"),
        ("Réformé fin 2027", "2027"), ("Sorti d'inventaire 12/2026", "2026-12"), ("Réformé le 12/03/2019", ""),
        ("Réformé", ""), ("En service (à réformer 2027)", "2027"), ("En service 2027", ""),
        ("Disposed on 2027-01-02", "2027-01-02"),
        ("Réformé le 12/03/2019, remplacé en 2027", ""), ("Réformé le 24/11/2026", ""), ("Réformé en 2026", ""),
        ("Réformé 31/12/26", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_day_to_come_beside_a_word_for_gone(text: str, day: str) -> None:
    assert coming(text, "2026-11-24") == day
    assert coming(text, "") == ""


def test_lost_stolen_and_out_are_told_apart_from_gone() -> None:
    assert all(map(astray, ("Perdu", "VOLÉ", "Vol", "Sorti", "Introuvable", "Lost", "Non retrouvé", "Missing")))
    assert not any(map(astray, ("Réformé", "Sorti d'inventaire", "En service", "Volume", "Détruit", "")))
