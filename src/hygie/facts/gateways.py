"""Words before a device's name that make another thing of it: a "passerelle pousse-seringues" is no syringe pump, and
a "middleware alarmes" is no laboratory's.

What comes in: the words of a designation (folded, singular, without connecting words), and the kind that its other
words name. What goes out: the kinds that it may be, one where that is sure, several where a person has to say.

To add a word: a row in `HEADS` with its part. To say what a kind's gateway is: a row in `GATEWAYS`.
Words of a mere computer do the same: a "station de travail d'anesthésie" is the anaesthesia machine, and of a "PC
respirateur" a person has to say. Neither is ever taken for an office computer without a question.

Source: what such systems are sold for (infusion management, central monitoring, alarm distribution as IEC 60601-1-8
describes distributed alarm systems, analyser connection); the judgement is Hygie's.
"""

from functools import cache
from typing import NamedTuple

HEADS = {
    "data": (
        "passerelle, gateway, concentrateur, middleware, hub, boitier connexion, boitier communication, "
        "boitier connectivite, boitier interface, module connectivite, module communication, convertisseur, "
        "interface connexion, interface communication, plateforme, plate forme"
    ),
    "server": "serveur, server",
    "dock": "station accueil, station accueille, docking station, dock, docking",
    "rack": "rack, base, colonne, tour, support communicant, station",
    "over": "superviseur, supervision, logiciel, software, gestion, gestionnaire",
}
"""Part -> words that name it. A "rack" or what is "over" changes only what `GATEWAYS` gives one kind for."""

TRAILING = ("gateway", "server", "hub", "middleware", "docking station", "dock")
"""Those that English sets behind the device."""

_LOGISTIC = "integration_engine server workstation"
_IMAGES = "pacs worklist_server imaging_workstation server"
_BEDSIDE = "central_station alarm_gateway integration_engine"

GATEWAYS = {
    "infusion_pump syringe_pump feeding_pump": "infusion_gateway",
    "patient_monitor": "central_station",
    "fetal_monitor": "fetal_monitor",
    "ventilator transport_ventilator anaesthesia_machine defibrillator incubator blood_pressure_monitor "
    "pulse_oximeter": _BEDSIDE,
    "chemistry_analyser haematology_analyser coagulation_analyser microbiology_analyser blood_gas_analyser "
    "glucose_meter": "lab_middleware",
    "linac brachytherapy": "treatment_planning",
    "ultrasound ct_scanner mri radiography mobile_xray c_arm mammography gamma_camera pet_ct cath_lab "
    "endoscopy_column ophthalmic_imaging slide_scanner electrophysiology": _IMAGES,
    "hospital_bed": "nurse_call alarm_gateway server",
    "ecg_cart holter stress_test dialysis_machine eeg pulmonary_function bone_densitometer scale thermometer "
    "steriliser washer_disinfector endoscope_washer surgical_robot blood_bank_fridge contrast_injector "
    "dialysis_water heart_lung_machine ecmo balloon_pump warming_device suction operating_light operating_table "
    "electrosurgery surgical_microscope phototherapy patient_lift": _LOGISTIC,
}
"""Kinds -> what a gateway or a server of theirs may be. Kinds that are no single devices (pacs, lis) are not here: a
"serveur PACS" is a PACS."""

DOCKS = {"infusion_pump syringe_pump feeding_pump": "infusion_gateway"}
"""Kinds -> what their dock is where it does more than hold them."""
_DOCKS_ASKED = {"glucose_meter": "glucose_meter lab_middleware", "patient_monitor": "patient_monitor central_station"}

SUBJECTS = {
    "pompe perfusion seringue pump infusion syringe": "infusion_gateway",
    "moniteur monitorage monitoring monitor": "central_station",
    "hl7 fhir interoperabilite": "integration_engine",
}
"""Words that name no kind by themselves and yet say what a gateway is for."""
_SUBJECTS_ASKED = {
    "automate analyseur analyser": "lab_middleware building_management",
    "notification alerte": "alarm_gateway nurse_call server",
    "dicom image imagerie": _IMAGES,
}
_LABORATORY = frozenset("laboratoire laboratory lab biologie".split())

_BARE = {
    "passerelle": "infusion_gateway central_station alarm_gateway integration_engine",
    "gateway": "infusion_gateway central_station alarm_gateway integration_engine",
    "concentrateur": "lab_middleware infusion_gateway integration_engine",
    "station accueil": "infusion_gateway workstation",
}
"""Words that stand without anything that says what they are for -> what they may be."""

_ALARMS = frozenset("alarme alarm".split())
_CARRY = frozenset(
    "report renvoi gestion gestionnaire distribution diffusion routage transmission notification deportee "
    "management relay dispatch distributed centralisation serveur server passerelle gateway middleware concentrateur "
    "plateforme logiciel superviseur supervision hub messagerie".split()
)
"""Words beside "alarme" that say that alarms are carried to somebody."""
_OTHER_ALARMS = {
    "gaz fluide oxygene o2": "medical_gas_monitoring",
    "froid temperature congelateur refrigerateur froide": "temperature_monitoring",
    "technique ascenseur batiment gtb gtc": "building_management",
    "incendie feu ssi intrusion vol agression pti dati fugue cambriolage fire": "",
}
"""Words beside "alarme" that say that the alarms are not a patient's -> the kind; "" none of ours."""


PLAIN = ("workstation", "printer")
"""Kinds that say nothing of what care a thing serves: a clinical word beside them counts more."""
_WHOLE = frozenset(
    "anaesthesia_machine ventilator transport_ventilator dialysis_machine central_station infusion_gateway "
    "treatment_planning nurse_call imaging_workstation".split()
)
"""Kinds whose devices, or whose consoles, are themselves called a work station or a central unit."""
_STATIONS = frozenset(("station travail", "poste travail", "workstation", "unite centrale"))
"""Words that name such a device; the others ("PC", "tablette") name a computer beside it as well."""
_BESIDE_ASKED = {
    "infusion_pump syringe_pump feeding_pump": "{} infusion_gateway",
    "patient_monitor telemetry": "{} central_station",
    "linac brachytherapy": "{} treatment_planning",
    "ultrasound ct_scanner mri radiography mobile_xray c_arm mammography gamma_camera pet_ct cath_lab pacs "
    "endoscopy_column ophthalmic_imaging slide_scanner electrophysiology": "{} imaging_workstation",
    "chemistry_analyser haematology_analyser coagulation_analyser microbiology_analyser blood_gas_analyser "
    "glucose_meter": "{} lab_middleware",
}
"""Kinds -> what a computer with their name may be; it may be a workstation too."""
_SPOKEN = {
    "anesthesie anaesthesia anesthesia": "anaesthesia_machine",
    "ventilation respirator": "ventilator",
    "pompe perfusion pump infusion": "infusion_pump",
    "seringue syringe": "syringe_pump",
    "monitorage monitoring": "central_station",
    "moniteur monitor": "patient_monitor",
    "dialyse dialysis": "dialysis_machine",
    "radiotherapie radiotherapy": "linac",
    "echo echographique": "ultrasound",
    "automate analyseur analyser analyzer": "chemistry_analyser",
    "interpretation": "imaging_workstation",
    "sequenceur sequencer": "microbiology_analyser",
}
"""Words that name no kind by themselves and yet say what a computer serves."""
_COMPUTERS = frozenset("pc ordinateur tablette laptop computer tablet".split())
_HANDLING = frozenset(
    "programmation commande pilotage configuration parametrage maintenance reglage test formation service "
    "programming configuration setup training".split()
)
"""Words that say that it is a computer with which devices are handled."""
_OFFICE = frozenset("secretariat bureau accueil admission administratif administration office desk".split())
_AIR = frozenset("air cta batiment desenfumage gtb gtc climatisation technique".split())
_PRINTED = frozenset(("ecg_cart", "patient_monitor", "fetal_monitor", "defibrillator"))
"""Kinds that print themselves: whether the printer or the device is meant, a person has to say."""
_WATCH = frozenset("surveillance telesurveillance supervision telemaintenance".split())
_WATCHED = frozenset("mri ct_scanner pet_ct linac cath_lab gamma_camera".split())


class Other(NamedTuple):
    """What a designation names instead."""

    kinds: tuple[str, ...]
    """One where that is sure; several to ask about; none: nothing of ours, a mere holder."""
    words: str
    """The words that say so."""


def watched(words: tuple[str, ...], kind: str) -> Other | None:
    """What watches over a large machine: its technical state, or the patient in it; None where nothing says so."""
    if words[0] not in _WATCH or kind not in _WATCHED:
        return None
    return Other(("patient_monitor", "temperature_monitoring", "building_management", kind), " ".join(words))


def beside(plain: str, phrase: tuple[str, ...], behind: tuple[str, str], rest: tuple[str, ...]) -> Other | None:
    """What a computer (or printer) is, with its other words: `plain` of `PLAIN`, the words that say it, the kind and
    phrase of the others. None where no clinical word stands beside it, and where an office's does.
    """
    kind, spoken = behind
    if not kind and not spoken:
        table = _spread(_SPOKEN)
        kind = next((table[word] for word in rest if word in table), "")
    if not kind or kind in ("workstation", "server", "printer", "network_equipment", "ip_phone"):
        return None
    said = " ".join((*phrase, *rest))
    if plain == "printer":
        return Other((kind, plain), said) if kind in _PRINTED else None
    if _OFFICE & set(rest) or (kind == "ventilator" and _AIR & set(rest)):
        return None
    if " ".join(phrase) in _STATIONS and kind in _WHOLE and not _HANDLING & set(rest):
        return Other((kind,), said)
    return Other((*_spread(_BESIDE_ASKED).get(kind, "{}").format(kind).split(), plain), said)


def handling(words: tuple[str, ...], told: tuple[str, str]) -> Other | None:
    """What a computer is that begins a designation and handles what it names ("PC de programmation pompe à perfusion");
    None for a device's own name."""
    if words[0] not in _COMPUTERS or not _HANDLING & set(words):
        return None
    return beside("workstation", words[:1], told, words[1:])


def _spread(table: dict[str, str]) -> dict[str, str]:
    return {key: told for keys, told in table.items() for key in keys.split()}


@cache
def _heads() -> dict[tuple[str, ...], str]:
    return {tuple(word.split()): part for part, words in HEADS.items() for word in words.split(", ")}


def alarms(words: tuple[str, ...]) -> Other | None:
    """What carries alarms to somebody; None where a designation does not speak of that."""
    if not _ALARMS & set(words) or not _CARRY & set(words):
        return None
    others = _spread(_OTHER_ALARMS)
    said = " ".join(words)
    found = next((others[word] for word in words if word in others), "alarm_gateway")
    return Other((found,) if found else (), said)


class Head(NamedTuple):
    """A word that makes another thing of a device."""

    part: str
    at: int
    length: int
    rest: tuple[str, ...]
    """What it is for."""


def head(words: tuple[str, ...]) -> Head | None:
    """The first such word of a designation, else one that ends it in English; None without one."""
    table = _heads()
    for at in range(len(words)):
        for length in (2, 1):
            part = table.get(words[at : at + length])
            if part is None:
                continue
            if words[at + length :]:
                return Head(part, at, length, words[at + length :])
            behind = at > 0 and " ".join(words[at : at + length]) in TRAILING
            return Head(part, at, length, words[:at] if behind else ())
    return None


def instead(found: Head, kind: str, words: tuple[str, ...]) -> Other | None:
    """What a designation names that begins so, whose rest names `kind` ("" none); None where the word changes
    nothing."""
    said = " ".join(words)
    if kind:
        return _of_kind(found.part, kind, said)
    told = _by_subject(found)
    if told:
        return Other(tuple(told.split()), said)
    bare = _BARE.get(" ".join(words[found.at : found.at + found.length]), "")
    return Other(tuple(bare.split()), said) if bare else None


def _by_subject(found: Head) -> str:
    """Kinds that the words behind a gateway's speak of; "" none."""
    sure, asked = _spread(SUBJECTS), _spread(_SUBJECTS_ASKED)
    told = next((sure[word] for word in found.rest if word in sure), "")
    if found.part in ("rack", "over"):
        return told if told == "infusion_gateway" or found.part == "over" else ""
    if told or found.part == "dock":
        return told if found.part != "dock" or told == "infusion_gateway" else ""
    if _LABORATORY & set(found.rest):
        return "lab_middleware" if found.part == "data" else "lab_middleware lis server"
    return next((asked[word] for word in found.rest if word in asked), "")


def _of_kind(part: str, kind: str, said: str) -> Other | None:
    told = _spread(DOCKS if part in ("dock", "rack") else GATEWAYS).get(kind, "")
    if part == "dock":
        return Other(tuple((told or _DOCKS_ASKED.get(kind, "")).split()), said)
    if not told or (part == "over" and " " in told):
        return None
    return Other(tuple(told.split()), said)
