import pytest

from hygie.facts import functions as facts
from hygie.facts import gateways

LINES = """PASSERELLE POUSSE-SERINGUES|infusion_gateway
Passerelle de pompes à perfusion|infusion_gateway
PASS. POMPES|infusion_gateway
SERVEUR DE POMPES A PERFUSION|infusion_gateway
SERVEUR PSE|infusion_gateway
STATION D'ACCUEIL POMPES|infusion_gateway
STATION D'ACCUEIL POUR POUSSE-SERINGUES|infusion_gateway
ST. ACCUEIL PSE|infusion_gateway
Rack de pousse-seringues|infusion_gateway
BASE POUSSE SERINGUE|infusion_gateway
CONCENTRATEUR POMPES|infusion_gateway
LOGICIEL DE GESTION DES POMPES|infusion_gateway
MIDDLEWARE PERFUSION|infusion_gateway
Infusion pump gateway|infusion_gateway
Syringe pump server|infusion_gateway
Infusion pump docking station|infusion_gateway
Base Primea|syringe_pump
Pompe à perfusion|infusion_pump
PASSERELLE DE MONITORAGE|central_station
PASSERELLE MONITEURS|central_station
PASSERELLE MONIT. PATIENT|central_station
SERVEUR MONITEURS MULTIPARAMETRIQUES|central_station
Patient monitor gateway|central_station
SERVEUR DE TELEMETRIE|telemetry
PASSERELLE TELEMETRIE|telemetry
MIDDLEWARE ALARMES|alarm_gateway
PASSERELLE D'ALARMES|alarm_gateway
SERVEUR D'ALARMES|alarm_gateway
SERVEUR DE REPORT D'ALARMES|alarm_gateway
REPORT D'ALARME RESPIRATEUR|alarm_gateway
CONCENTRATEUR D'ALARMES|alarm_gateway
PASSERELLE ALARMES MONITEURS|alarm_gateway
DISTRIBUTION D'ALARMES|alarm_gateway
CONNEXALL|alarm_gateway
ASCOM UNITE CONNECTIVITY MANAGER|alarm_gateway
Alarm management server|alarm_gateway
REPORT D'ALARME GAZ MEDICAUX|medical_gas_monitoring
REPORT D'ALARMES FROID|temperature_monitoring
REPORT D'ALARMES TECHNIQUES|building_management
REPORT ALARME INCENDIE|
APPEL MALADE|nurse_call
SERVEUR D'APPEL MALADE|nurse_call
PASSERELLE HL7|integration_engine
MIDDLEWARE LABO|lab_middleware
MIDDLEWARE DE LABORATOIRE|lab_middleware
MIDDLEWARE HEMATO / AUTOMATE HEMATO|lab_middleware
CONCENTRATEUR D'AUTOMATES|lab_middleware
PASSERELLE GAZ DU SANG|lab_middleware
SERVEUR PACS|pacs
SERVEUR DICOM|pacs
SERVEUR RIS|worklist_server
SERVEUR DOSIMETRIE|treatment_planning
SERVEUR|server
SERVEUR DE FICHIERS|server
SERVEUR IMPRIMANTES|server
CONCENTRATEUR D'OXYGENE|
CONCENTRATEUR O2|
STATION D'ACCUEIL DEFIBRILLATEUR|
STATION D'ACCUEIL PC PORTABLE|
COLONNE ENDOSCOPIE|endoscopy_column
PASSERELLE|?
GATEWAY|?
MIDDLEWARE|?
CONCENTRATEUR|?
PASSERELLE RESPIRATEURS|?
SERVEUR ECG|?
SERVEUR D'ECHOGRAPHIE|?
PASSERELLE DICOM|?
SERVEUR DE NOTIFICATION|?
STATION D'ACCUEIL MONITEUR PATIENT|?
STATION D'ACCUEIL LECTEUR DE GLYCEMIE|?
SERVEUR LABORATOIRE|?""".splitlines()
"""A designation and its kind: "?" is to be asked, "" none of the table's."""


@pytest.mark.parametrize("line", LINES)
def test_what_stands_for_devices_is_not_one_of_them(line: str) -> None:
    designation, kind = line.split("|")
    assert facts.named(designation)[0] == kind.replace("?", "")
    assert bool(facts.possible(designation)) == (kind == "?")


def test_a_bare_middleware_is_the_laboratorys_in_the_laboratory_and_asked_elsewhere() -> None:
    assert facts.named("Middleware", "", "Laboratoire")[0] == "lab_middleware"
    assert facts.named("Middleware", "", "Réanimation") == ("", "")
    assert "alarm_gateway" in facts.possible("Middleware", "", "Réanimation")


def test_every_kind_named_here_is_of_the_table() -> None:
    known = set(facts.functions())
    for keys, told in {**gateways.GATEWAYS, **gateways.DOCKS}.items():
        assert {*keys.split(), *told.split()} <= known
    for told in gateways.SUBJECTS.values():
        assert told in known


def test_a_word_that_changes_nothing_says_so() -> None:
    assert gateways.head(("moniteur", "patient")) is None
    assert gateways.alarms(("alarme",)) is None
    found = gateways.head(("serveur", "pacs"))
    assert found is not None
    assert gateways.instead(found, "pacs", ("serveur", "pacs")) is None
