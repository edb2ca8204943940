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


COMPUTERS = """Station de travail d'anesthésie|anaesthesia_machine
Poste de travail d'anesthésie|anaesthesia_machine
Workstation anesthésie|anaesthesia_machine
Anaesthesia work station|anaesthesia_machine
Console d'anesthésie|anaesthesia_machine
Poste anesthésie|anaesthesia_machine
Unité centrale respirateur|ventilator
UC RESPIRATEUR|ventilator
Station de travail ventilation|ventilator
Ventilator PC unit|ventilator
Unité centrale de dialyse|dialysis_machine
Poste de dialyse|dialysis_machine
Unité centrale de monitorage|central_station
Station de travail de monitorage|central_station
PIC iX central station|central_station
Alaris Gateway Workstation|infusion_gateway
Serveur pousse-seringues|infusion_gateway
Poste de pilotage pompes|infusion_gateway
Poste de travail d'interprétation|imaging_workstation
Écran de monitorage foetal|fetal_monitor
PC respirateur|?ventilator
Laptop ventilator|?ventilator
Computer respirator|?ventilator
Unité centrale pompe modulaire|?infusion_pump infusion_gateway
UNITE CENTRALE PERFUSEUR|?infusion_pump infusion_gateway
PC de programmation pompe|?infusion_pump infusion_gateway
UC moniteur|?patient_monitor central_station
PC de monitorage|?central_station
Station de travail radiothérapie|?linac treatment_planning
Ordinateur de dosimétrie|?treatment_planning
Workstation echographe|?ultrasound imaging_workstation
Ordinateur de commande scanner|?ct_scanner imaging_workstation
PC IRM|?mri imaging_workstation
Station de travail mammographie|?mammography imaging_workstation
Poste de travail PACS|?pacs imaging_workstation
Ordinateur gestion respirateur|?ventilator
PC portable ECG|?ecg_cart
PC Holter|?holter
Station de travail EEG|?eeg
PC automate biochimie|chemistry_analyser
PC automate|?chemistry_analyser lab_middleware
Tablette pousse-seringue|syringe_pump
PC de programmation pompe à perfusion|?infusion_pump infusion_gateway
Ordinateur de configuration pousse-seringue|?syringe_pump infusion_gateway
Tablette de commande bistouri|?electrosurgery
Imprimante ECG|?ecg_cart printer
SURVEILLANCE IRM|?patient_monitor temperature_monitoring building_management mri
Surveillance technique scanner|?temperature_monitoring ct_scanner
Séquenceur ADN|?microbiology_analyser
DNA sequencer|?microbiology_analyser
Poste de travail|workstation
PC portable|workstation
Unité centrale|workstation
Unité centrale + écran|workstation
PC secrétariat échographie|workstation
PC bureau dialyse|workstation
Poste de travail réanimation|workstation
PC supervision ventilation CTA|?building_management
PC ventilation technique|workstation
Imprimante d'étiquettes|printer
Imprimante échographe|printer""".splitlines()
"""A designation with a computer's word, and its kind; "?" and the kinds that are among those asked."""


@pytest.mark.parametrize("line", COMPUTERS)
def test_a_clinical_word_counts_more_than_a_computers(line: str) -> None:
    """A life-support device is never an office computer without a question."""
    designation, told = line.split("|")
    asked = facts.possible(designation)
    if not told.startswith("?"):
        assert (facts.named(designation)[0], asked) == (told, ())
        return
    assert facts.named(designation)[0] == ""
    assert set(told[1:].split()) <= set(asked)
    assert set(asked) <= set(facts.functions())


def test_a_computer_beside_no_clinical_word_stays_one() -> None:
    assert gateways.beside("workstation", ("pc",), ("", ""), ("cuisine",)) is None
    assert gateways.beside("printer", ("imprimante",), ("ultrasound", "echographe"), ("echographe",)) is None
    assert gateways.watched(("irm",), "mri") is None
