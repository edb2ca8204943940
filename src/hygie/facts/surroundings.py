"""Where a thing stands and who makes it, as far as that tells what its name means: an "incubateur" in bacteriology
warms cultures, one in neonatology warms a newborn.

What comes in: the ward and the maker as a table has them. What goes out: settings ("laboratory", "neonatal", ...), none
where neither tells; and, for words whose meaning hangs on them (`SENSES`), whether a word means its kind there.

To add a setting: a row in `WARDS` or `MAKERS`. To add a word: a row in `SENSES`, its phrase as in `facts.functions`.
Source: names of wards as French hospitals write them, and what the makers sell; the judgement is Hygie's.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

WARDS = {
    "laboratory": (
        "lab labo laboratoire laboratory bacterio biolog biochim microbio virolog parasitolog mycolog anapath "
        "anatomopatho anatomie cytolog cytogen serolog toxicolog hemostase histolog pma amp fiv procreation efs "
        "biochemistry pathology hematimetrie"
    ),
    "neonatal": (
        "neonat nicu maternite maternity obstetr pediatr paediatr naissance nursery prematures accouchement kangourou "
        "nouveau smur samu"
    ),
    "imaging": "imagerie radiolog imaging scanner irm scanographie mammograph angiograph",
    "sterile": "sterilisation sterilization",
    "endoscopy": "endoscop",
    "kitchen": "cuisine restauration office kitchen self cafeteria plonge",
    "cleaning": "bionettoyage menage lingerie blanchisserie nettoyage cleaning laundry",
    "desk": "admission secretariat archives accueil administration direction bureau facturation standard economat",
}
"""Setting -> beginnings of words of a ward's name (folded); words of fewer than five letters stand whole."""

MAKERS = {
    "laboratory": (
        "agilent, anaerobe, biomerieux, binder, carbolite, eppendorf, esco, firlabo, froilabo, gilson, grant, "
        "heraeus, hettich, infors, jouan, julabo, k systems, kern, lauda, memmert, mettler, new brunswick, nuaire, "
        "ohaus, panasonic healthcare, phc, phcbi, planer, precisa, sanyo, sartorius, sheldon, shel lab, shimadzu, "
        "systec, thermo, vitrolife, vwr, waters"
    ),
    "neonatal": (
        "air shields, atom, bertocchi, david, drager, draeger, fanem, ge, ginevri, heinen, hill rom, mediprema, "
        "natus, ohmeda, weyer"
    ),
    "household": (
        "calor, dyson, garmin, karcher, moulinex, nilfisk, numatic, polti, rowenta, seb, tefal, tomtom, tristar"
    ),
    "desk": "aoc, brother, dell, epson, fujitsu, iiyama, kyocera, lenovo, lg, ricoh, samsung display, viewsonic, xerox",
}
"""Setting -> makers of whom nothing else of the words in `SENSES` is met (folded; a name begins with one of these)."""


class Sense(NamedTuple):
    """When a word means its kind."""

    never: frozenset[str]
    """Settings in which it means something else."""
    only: frozenset[str] = frozenset()
    """Settings in which it surely means its kind; in none of either a person is asked. Empty: wherever it is not
    excluded."""


def _sense(never: str, only: str = "") -> Sense:
    return Sense(frozenset(never.split()), frozenset(only.split()))


SENSES = {
    "incubateur": _sense("laboratory", "neonatal"),
    "incubator": _sense("laboratory", "neonatal"),
    "autoclave": _sense("laboratory"),
    "laveur": _sense("laboratory cleaning kitchen household"),
    "injecteur": _sense("laboratory"),
    "balance": _sense("laboratory kitchen household"),
    "refrigerateur": _sense("kitchen"),
    "congelateur": _sense("kitchen"),
    "aspirateur": _sense("cleaning kitchen household"),
    "scanner": _sense("desk laboratory"),
    "scope": _sense("endoscopy"),
    "traitement d eau": _sense("laboratory sterile kitchen"),
    "traitement de l eau": _sense("laboratory sterile kitchen"),
    "systeme de navigation": _sense("household"),
    "microscope": _sense("laboratory"),
    "middleware": _sense("", "laboratory"),
    "table chauffante": _sense("laboratory kitchen"),
    "moniteur": _sense("laboratory desk household"),
    "monitor": _sense("laboratory desk household"),
    "ventilateur": _sense("desk household kitchen"),
    "pompe": _sense("laboratory kitchen household cleaning"),
    "pump": _sense("laboratory kitchen household cleaning"),
    "console": _sense("desk household"),
    "centrale": _sense("cleaning household"),
    "generateur": _sense("laboratory cleaning kitchen household"),
    "table": _sense("laboratory desk kitchen cleaning household"),
}
"""Phrase that would give a kind, or a question -> where it does."""


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple((stem, setting) for setting, stems in WARDS.items() for stem in stems.split())


@cache
def _makers() -> tuple[tuple[str, str], ...]:
    return tuple((f"{name} ", setting) for setting, names in MAKERS.items() for name in names.split(", "))


@lru_cache(maxsize=16384)
def settings(ward: str, maker: str) -> frozenset[str]:
    """Settings that a ward or a maker tells; none where neither does. The ward comes first: a maker tells only where
    the ward says nothing."""
    words = _folded(ward).split()
    told = {
        setting
        for stem, setting in _stems()
        if any(word.startswith(stem) if len(stem) >= 5 else word == stem for word in words)
    }
    made = f"{_folded(maker)} "
    by_maker = {setting for name, setting in _makers() if made.startswith(name)}
    return frozenset(told or by_maker)


def means(phrase: str, ward: str, maker: str) -> bool | None:
    """Whether a phrase means its kind there; None where a person has to say."""
    sense = SENSES.get(phrase)
    if sense is None:
        return True
    found = settings(ward, maker)
    if found & sense.only:
        return True
    if found & sense.never or (maker and settings("", maker) & sense.never):
        return False
    return None if sense.only else True


def _folded(text: str) -> str:
    """Lower case, no accents, words of letters and digits parted by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
