"""French and English: message keys and their texts.

What comes in: a language, a message key and its arguments. What goes out: a sentence. Rows hold keys and arguments
only (`Because`, `Refusal`, `Measure`, `Question`), so one workspace speaks both languages.

To add a text: one entry in `fr/<room>.po` and one in `en/<room>.po`, msgid = key, msgstr = text with `{name}`
placeholders. A test checks that both languages hold the same keys and placeholders.
Source: GNU gettext PO format.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from io import BytesIO

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """All texts of a language by key. Raises LookupError for a language that is not there."""
    from babel.messages.pofile import read_po

    if language not in LANGUAGES:
        raise LookupError(f"no texts in {language}")
    texts: dict[str, str] = {}
    for file in sorted(resources.files(__name__).joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".po"):
            for message in read_po(BytesIO(file.read_bytes()), abort_invalid=True):
                if message.id:
                    texts[str(message.id)] = str(message.string)
    return texts


def say(language: str, key: str, args: Iterable[str] = ()) -> str:
    """The sentence of `key` with args ("name=value" each). A key without text is shown as itself, with its args."""
    args = tuple(args)
    text = catalogue(language).get(key)
    if text is None:
        return " ".join((key, *args))
    values = dict(pair.partition("=")[::2] for pair in args)
    return _fill(text, values)


def _fill(text: str, values: dict[str, str]) -> str:
    """Puts values into {name} places; a missing one stays visible. Values are never read as templates."""
    parts: list[str] = []
    rest = text
    while True:
        before, brace, after = rest.partition("{")
        parts.append(before)
        if not brace:
            return "".join(parts)
        name, closing, rest = after.partition("}")
        if not closing:
            return "".join([*parts, "{", name])
        parts.append(values.get(name, "{" + name + "}"))
