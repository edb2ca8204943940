import pytest

from hygie.sources.opening import secrets

SECRETS = (
    "Compte maintenance : technicien, mot de passe : Zephyr2019!",
    "mdp: gds-rea42 (voir étiquette sous l'écran)",
    "MDP Admin12",
    "login: admin / Passw0rd",
    "admin/1234",
    "snmp community hospital",
    "community=public",
    "SNMP v2c communauté : lecture1",
    "code pin 4521",
    "psk: abcd1234",
    "pwd=azerty",
    "password is hunter2",
    "clé wifi: ABCD-1234",
)
HARMLESS = (
    "mot de passe à changer",
    "Mot de passe",
    "Communauté hospitalière de territoire",
    "Compte rendu / archivage",
    "Passerelle DICOM",
    "code service 1100",
    "Can all passwords be changed?",
    "Endoscope Pass HD",
    "Identifiant GMAO",
    "Lecteur de code 128",
    "10.1.2.3",
    "",
)


@pytest.mark.parametrize("text", SECRETS)
def test_secrets_are_found(text: str) -> None:
    assert secrets.find(text) in secrets.PATTERNS


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_are_left_alone(text: str) -> None:
    assert secrets.find(text) == ""


def test_the_quick_look_misses_nothing_that_a_pattern_finds() -> None:
    assert all(secrets.may_hold("x;y;" + text) for text in SECRETS)
    assert not secrets.may_hold("Lit;Litorel;Dormeo 3")


def test_a_long_cell_takes_no_time() -> None:
    assert secrets.find("mdp " * 100_000) in ("", *secrets.PATTERNS)
    assert secrets.find("a" * 200_000 + " mot de passe: x1y2z3") == ""
