"""Words that people choose in the files that Hygie writes, back to the keys that they stand for, in both languages."""

from functools import cache

from hygie.facts.headings import ANSWERED
from hygie.names.fields import fold, yes_no
from hygie.names.standing import status
from hygie.words import LANGUAGES, catalogue

_ALSO = {"safety.": {"marginale": "marginal", "marginales": "marginal", "marginaux": "marginal"}}
"""Other forms that people write, by prefix: a "gravité" is feminine."""


@cache
def keys(prefix: str) -> dict[str, str]:
    """Folded text -> key without the prefix, of all texts whose key begins so ("answer.", "safety.", "mission.").

    People write "critical" where the file offers "critical (a death)": what stands in brackets may be left out.
    """
    found = dict(_ALSO.get(prefix, {}))
    for language in LANGUAGES:
        for key, text in catalogue(language).items():
            if key.startswith(prefix):
                found.setdefault(fold(text), key.removeprefix(prefix))
                found.setdefault(fold(text.partition("(")[0]), key.removeprefix(prefix))
                found.setdefault(fold(key.removeprefix(prefix)), key.removeprefix(prefix))
    return found


def standing(heading: str, text: str) -> list[str] | None:
    """Status that a cell tells, also where its heading asks and it says yes or no ("Réformé ?" - "Oui").

    [] where it tells none ("Réformé ?" - "Non": in use, or in store), None where it cannot be read.
    """
    told = yes_no(text) if (asked := ANSWERED.get(fold(heading))) else None
    found = status(text) if asked is None or told is None else asked[told == "no"]
    return None if found is None else [found] if found else []


def meaning(prefix: str, text: str) -> str:
    """The key that a text stands for; "" none."""
    known = keys(prefix)
    return known.get(fold(text), known.get(fold(text.partition("(")[0]), ""))
