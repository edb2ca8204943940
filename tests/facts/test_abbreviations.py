import pytest

from hygie.facts import functions as facts
from hygie.facts.abbreviations import written_out

LINES = """MONITEUR MULTIPARAM.|patient_monitor
MONIT. MULTIPARAM|patient_monitor
MONIT. PATIENT|patient_monitor
MONIT SURV PATIENT|patient_monitor
MONITEUR MULTI-PARAM.|patient_monitor
MONIT. TRANSP.|patient_monitor
MONIT. CARD.|patient_monitor
MONIT. ECG|patient_monitor
SCOPE MULTIPARAM|patient_monitor
MONIT. FOETAL|fetal_monitor
CENTRALE SURV.|central_station
CENTR. MONITORAGE|central_station
CENTRALE MONIT.|central_station
TELEMET.|telemetry
RESPI REA|ventilator
RESPI. NEONAT.|ventilator
RESP. REA|ventilator
RESPI TRANSP|transport_ventilator
RESPI ANESTH.|anaesthesia_machine
VENTIL. NEONATAL|ventilator
VENTIL. REA|ventilator
VENTIL. ARTIF.|ventilator
VENTILATEUR DE DOMICILE|ventilator
APP. ANESTH / STATION ANESTH.|anaesthesia_machine
POMPE PERF.|infusion_pump
POMPE VOLUM.|infusion_pump
POMPE A PERF VOLUMETR.|infusion_pump
POMPE PCA|infusion_pump
POMPE NUT. ENTERALE|feeding_pump
POUSSE SERING.|syringe_pump
P. SERINGUE|syringe_pump
PSE|syringe_pump
DEFIB. SEMI-AUTO|defibrillator
DEFIBRIL. MONITEUR|defibrillator
STIMULATEUR CARD. EXT.|defibrillator
GENERATEUR D'EERC|dialysis_machine
GENE. DIALYSE|dialysis_machine
GENER. HEMODIAL.|dialysis_machine
TRAIT. EAU DIALYSE|dialysis_water
TABLE CHAUFFANTE|incubator
TABLE REA NEONAT.|incubator
TABLE REA NNE|incubator
COUV. FERMEE|incubator
INCUB. NEONAT.|incubator
PHOTOTHER.|phototherapy
AUTOMATE HEMATO|haematology_analyser
AUTOM. HEMATO|haematology_analyser
AUTOMATE IMMUNO-HEMATO|haematology_analyser
AUTOMATE IMMUNO|chemistry_analyser
AUTOM. BIOCHIM.|chemistry_analyser
AUTOMATE COAG.|coagulation_analyser
AUTOM. HEMOST.|coagulation_analyser
AUTOMATE BACTERIO|microbiology_analyser
ANALYS. GAZ DU SANG|blood_gas_analyser
LECT. GLYCEMIE|glucose_meter
LECTEUR GLYC.|glucose_meter
ECHO PORTABLE|ultrasound
ECHO CARDIO|ultrasound
ECHOGR. OBST.|ultrasound
MAMMO NUM.|mammography
AMPLI BRILL.|c_arm
TABLE TELECOM.|radiography
GENE RX|radiography
SALLE CORO|cath_lab
INJ. SCANNER|contrast_injector
INJECTEUR PDC|contrast_injector
SCANO 64 C|ct_scanner
OSTEODENSITO.|bone_densitometer
BIST. ELECTRIQUE|electrosurgery
SCIALYT. BLOC|operating_light
TABLE OP.|operating_table
MICROSCOPE OP.|surgical_microscope
COLONNE COELIO|endoscopy_column
COL. ENDO|
LAVEUR ENDOSCOPE|endoscope_washer
AUTOCL. 150L|steriliser
ASPI. CHIR.|suction
RECHAUF. SANG|warming_device
COUVERTURE CHAUF.|warming_device
TENSIO. ELECTR.|blood_pressure_monitor
SATURO.|pulse_oximeter
SPIRO.|pulmonary_function
POLYSOMNO|eeg
EPR. EFFORT|stress_test
ENREG. HOLTER|holter
CONGEL. -80|blood_bank_fridge
REFRIG. MEDICAMENTS|blood_bank_fridge
IMP. ETIQUETTES|printer
PESE PERS.|scale
BATT. DEFIB|
SONDE ECHO|
TABLE ECHO|
CTA VENTIL.|building_management
EXPLO. FONCT. RESPI.|
POLYGRAPHE VENTIL.|eeg
PPV|?
SAP|?
ECHO|?
MONIT.|?
VENTIL.|?
AUTOM.|?
GENE|?
ANALYS.|?
AMPLI|?
ANGIO|?
INCUB.|?""".splitlines()
"""A designation in short, and its kind: "?" is to be asked, "" none of the table's."""


@pytest.mark.parametrize("line", LINES)
def test_designations_in_short(line: str) -> None:
    designation, kind = line.split("|")
    assert facts.named(designation)[0] == kind.replace("?", "")
    assert bool(facts.possible(designation)) == (kind == "?")


def test_an_abbreviation_is_written_out_at_its_place_only() -> None:
    assert written_out(("respi", "rea")) == ("respirateur", "reanimation")
    assert written_out(("explo", "respi")) == ("explo", "respi")
    assert written_out(("echo", "portable")) == ("echographe", "portable")
    assert written_out(("echo",)) == ("echo",)
    assert written_out(("automate", "immuno", "hemato")) == ("automate", "immuno", "hematologie")
    assert written_out(()) == ()


def test_what_may_mean_two_things_offers_them() -> None:
    assert facts.possible("PPV") == ("infusion_pump", "ventilator")
    assert "ultrasound" in facts.possible("ECHO")


def test_a_heated_table_in_the_kitchen_is_no_newborns() -> None:
    assert facts.named("Table chauffante", "", "Cuisine centrale")[0] == ""
    assert facts.named("Table chauffante", "", "Maternité")[0] == "incubator"
