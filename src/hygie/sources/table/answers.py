"""Words that people choose in the files that Hygie writes, back to the keys that they stand for, in both languages."""

from functools import cache

from hygie.names.fields import fold
from hygie.words import LANGUAGES, catalogue


@cache
def keys(prefix: str) -> dict[str, str]:
    """Folded text -> key without the prefix, of all texts whose key begins so ("answer.", "safety.", "mission.")."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for key, text in catalogue(language).items():
            if key.startswith(prefix):
                found.setdefault(fold(text), key.removeprefix(prefix))
                found.setdefault(fold(key.removeprefix(prefix)), key.removeprefix(prefix))
    return found


def meaning(prefix: str, text: str) -> str:
    """The key that a text stands for; "" none."""
    return keys(prefix).get(fold(text), "")
