import pytest

from hygie import words
from hygie.facts import functions as facts
from hygie.facts import ssvc


def test_every_kind_is_whole() -> None:
    for key, kind in facts.functions().items():
        assert kind.key == key
        assert kind.safety in ssvc.SAFETY
        assert kind.serves in {"therapy", "monitoring", "diagnosis", "workflow"}
        assert kind.connectable in {"yes", "unknown", "no"}
        assert kind.marked in {"yes", "no", "unknown"}
        assert kind.words
        assert all(facts.folded(word) == word for word in kind.words)
    assert len(facts.functions()) == 85


def test_no_tolerable_interruption_without_a_source() -> None:
    assert {kind.interruption for kind in facts.functions().values()} == {""}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_kind_has_its_texts_and_its_own_rationale(language: str) -> None:
    texts = words.catalogue(language)
    for kind in facts.functions().values():
        for key in (kind.lost_without_device, kind.lost_without_network, kind.degraded_mode, kind.rationale):
            assert texts.get(key), key
        assert texts.get(f"function.{kind.key}"), kind.key
    rationales = [texts[kind.rationale] for kind in facts.functions().values()]
    assert len(set(rationales)) == len(rationales)


def test_no_phrase_means_two_kinds() -> None:
    owners: dict[tuple[str, ...], str] = {}
    for kind in facts.functions().values():
        for word in kind.words:
            assert owners.setdefault(tuple(word.split()), kind.key) == kind.key, word


@pytest.mark.parametrize(
    ("designation", "kind"),
    [
        ("Respirateur de réanimation", "ventilator"),
        ("RESPIRATEUR D'ANESTHÉSIE", "anaesthesia_machine"),
        ("Ventilateur de transport", "transport_ventilator"),
        ("Pousse-seringue électrique", "syringe_pump"),
        ("Pompes à perfusion", "infusion_pump"),
        ("Pompe à nutrition entérale", "feeding_pump"),
        ("Moniteur multiparamétrique", "patient_monitor"),
        ("Moniteur défibrillateur", "defibrillator"),
        ("Moniteur fœtal", "fetal_monitor"),
        ("Moniteur de pression artérielle", "blood_pressure_monitor"),
        ("Centrale de surveillance", "central_station"),
        ("Centrale de traitement d'air", "building_management"),
        ("Scanner 64 coupes", "ct_scanner"),
        ("Scanner de lames", "slide_scanner"),
        ("Scanner vésical", "ultrasound"),
        ("TEP-scanner", "pet_ct"),
        ("Lit médicalisé", "hospital_bed"),
        ("Table d'opération", "operating_table"),
        ("Table de radiologie télécommandée", "radiography"),
        ("Laveur-désinfecteur d'endoscopes", "endoscope_washer"),
        ("Incubateur à hémocultures", "microbiology_analyser"),
        ("Console d'interprétation", "imaging_workstation"),
        ("Serveur PACS", "pacs"),
        ("Infusion pump", "infusion_pump"),
        ("Intensive care ventilator", "ventilator"),
        ("Blood gas analyzer", "blood_gas_analyser"),
        ("Pump, syringe", "syringe_pump"),
        ("X-Ray, Mobile", "mobile_xray"),
    ],
)
def test_designations_as_they_come(designation: str, kind: str) -> None:
    assert facts.named(designation)[0] == kind


@pytest.mark.parametrize(
    "designation",
    [
        "Ventilateur de plafond",
        "Moniteur informatique 24 pouces",
        "Pompe à chaleur",
        "Lit d'appoint",
        "Balance de précision",
        "Incubateur CO2",
        "Batterie de défibrillateur",
        "Support moniteur multiparamétrique",
        "Sonde d'échographie",
        "Batterie, défibrillateur",
    ],
)
def test_traps_and_parts_give_no_kind_and_say_why(designation: str) -> None:
    kind, phrase = facts.named(designation)
    assert kind == ""
    assert phrase


@pytest.mark.parametrize("designation", ["Ventilateur", "Moniteur", "Pompe", "Centrale", "Automate"])
def test_a_word_that_may_mean_several_things_is_a_question(designation: str) -> None:
    assert facts.named(designation) == ("", "")
    assert facts.possible(designation)


def test_every_ambiguous_word_points_to_kinds_of_the_table() -> None:
    for kinds in facts.AMBIGUOUS.values():
        assert set(kinds) <= set(facts.functions())


def test_a_designation_nobody_knows_names_nothing() -> None:
    assert facts.named("Truc bleu") == ("", "")
    assert facts.named("") == ("", "")
    assert facts.UNKNOWN_SAFETY == "marginal"


def test_life_support_is_never_below_critical() -> None:
    table = facts.functions()
    for key in ("ventilator", "infusion_pump", "syringe_pump", "linac", "dialysis_water"):
        assert table[key].safety == "catastrophic"
    for key in ("anaesthesia_machine", "ecmo", "heart_lung_machine", "dialysis_machine", "central_station", "cath_lab"):
        assert table[key].safety == "critical"


def test_an_unknown_kind_is_marginal_and_unknown() -> None:
    for key in ("", "no_such_kind"):
        kind = facts.function_of(key)
        assert (kind.safety, kind.serves, kind.marked, kind.connectable) == (
            "marginal",
            "unknown",
            "unknown",
            "unknown",
        )
    assert facts.function_of("pacs").key == "pacs"


LINES = """Incubateur|Binder|Bactériologie|
Incubateur|Dräger|Néonatologie|incubator
Incubateur||Pédiatrie|incubator
Incubateur||Bloc opératoire|?
Incubateur CO2|Thermo|AMP|
Incubateur de plaquettes|Helmer|EFS|blood_bank_fridge
Moniteur|Philips|Réanimation|?
Moniteur 24 pouces|Dell|Imagerie|
Moniteur diagnostic|Barco|Imagerie|imaging_workstation
Moniteur de contrôle vidéo|Sony|Bloc opératoire|
Moniteur fœtal|Philips|Maternité|fetal_monitor
Pompe|B. Braun|Médecine|?
Pompe à morphine|Smiths|Soins palliatifs|infusion_pump
Pompe péristaltique|Gilson|Laboratoire|
Pompe d'arthroscopie|Arthrex|Bloc opératoire|
Centrifugeuse|Hettich|Laboratoire|
Autoclave|Systec|Bactériologie|
Autoclave|Getinge|Stérilisation|steriliser
Laveur|Getinge|Stérilisation|washer_disinfector
Laveur de microplaques|Bio-Rad|Laboratoire|
Laveur de sols|Kärcher|Bionettoyage|
Table|Maquet|Bloc opératoire|?
Table d'examen|Promotal|Consultations|
Table d'opération|Maquet|Bloc opératoire|operating_table
Bain-marie|Memmert|Laboratoire|
Microscope|Olympus|Anatomopathologie|
Microscope|Zeiss|Bloc ORL|?
Microscope opératoire|Zeiss|Bloc ORL|surgical_microscope
Automate|Roche|Biochimie|?
Automate programmable|Schneider|Services techniques|building_management
Générateur|Fresenius|Dialyse|?
Générateur de vapeur||Stérilisation|
Générateur de dialyse|Fresenius|Dialyse|dialysis_machine
Console|Philips|IRM|?
Console de jeux|Sony|Pédiatrie|
Injecteur|Medrad|Scanner|contrast_injector
Injecteur|Agilent|Laboratoire|
Analyseur|Radiometer|Réanimation|?
Analyseur de sécurité électrique|Fluke|Biomédical|
Analyseur de respirateur|Fluke|Biomédical|
Analyseur de composition corporelle|Seca|Nutrition|scale
Aspirateur|Dyson|Bionettoyage|
Aspirateur|Medela|Bloc opératoire|suction
Congélateur|Liebherr|Cuisine|
Réfrigérateur|Liebherr|Pharmacie|blood_bank_fridge
Ventilateur|Rowenta|Accueil|
Scanner|Fujitsu|Secrétariat|
Scanner|Norvane|Imagerie|ct_scanner
Balance|Mettler Toledo|Laboratoire|
Balance|Seca|Pédiatrie|scale
Station météo|||
Centrale de réservation|||""".splitlines()
"""Designation, maker, ward, and the kind: "?" is to be asked, "" is none of the table's, nor asked."""


@pytest.mark.parametrize("line", LINES)
def test_lines_of_a_gmao_as_a_biomedical_engineer_reads_them(line: str) -> None:
    designation, maker, ward, kind = line.split("|")
    assert facts.named(designation, maker, ward)[0] == kind.replace("?", "")
    assert bool(facts.possible(designation, maker, ward)) == (kind == "?")


def test_a_designation_that_says_nothing_is_vague() -> None:
    assert facts.is_vague("Équipements biomédicaux")
    assert facts.is_vague("ÉQUIPEMENT BIOMÉDICAL")
    assert not facts.is_vague("Respirateur")
