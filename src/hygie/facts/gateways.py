"""Words before a device's name that make another thing of it: a "passerelle pousse-seringues" is no syringe pump, and
a "middleware alarmes" is no laboratory's.

What comes in: the words of a designation (folded, singular, without connecting words), and the kind that its other
words name. What goes out: the kinds that it may be, one where that is sure, several where a person has to say.

To add a word: a row in `HEADS` with its part. To say what a kind's gateway is: a row in `GATEWAYS`.
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


class Other(NamedTuple):
    """What a designation names instead."""

    kinds: tuple[str, ...]
    """One where that is sure; several to ask about; none: nothing of ours, a mere holder."""
    words: str
    """The words that say so."""


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
