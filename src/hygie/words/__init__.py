"""French and English: message keys and their texts.

What comes in: a language, a message key and its arguments. What goes out: a sentence. Rows hold keys and arguments
only (`Because`, `Refusal`, `Measure`, `Question`), so one workspace speaks both languages.

To add a text: one entry in `fr/<room>.po` and one in `en/<room>.po`, msgid = key, msgstr = text with `{name}`
placeholders. A test checks that both languages hold the same keys and placeholders.

What is counted reads right for every number: `{name|one|many}` gives the form that the language takes for the number,
`{name|none|one|many}` has a form of its own for 0; in a form, `#` stands for the number. A sentence may count several
things ("{devices|# device|# devices} of {models|# model|# models}"), which gettext's plural entries do not allow.
Source: GNU gettext PO format; Unicode CLDR, plural rules of French and English.
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
    return _fill(text, values, language)


def _fill(text: str, values: dict[str, str], language: str) -> str:
    """Puts values into {name} places; a missing one stays visible. Values are never read as templates."""
    parts: list[str] = []
    rest = text
    while True:
        before, brace, after = rest.partition("{")
        parts.append(before)
        if not brace:
            return "".join(parts)
        place, closing, rest = after.partition("}")
        if not closing:
            return "".join([*parts, "{", place])
        name, *forms = place.split("|")
        if name not in values:
            parts.append("{" + place + "}")
        else:
            parts.append(_counted(values[name], forms, language) if forms else values[name])


def _counted(value: str, forms: list[str], language: str) -> str:
    """The form for a number: (none,) one, many. What is no number takes the last form, as written."""
    number = _number(value)
    if number is None:
        return forms[-1].replace("#", value)
    if len(forms) > 2 and number == 0:
        form = forms[0]
    else:
        form = forms[-2] if _is_one(number, language) else forms[-1]
    return form.replace("#", figure(language, value))


def _is_one(number: float, language: str) -> bool:
    """Whether the language takes the singular: French below 2, English for 1 alone."""
    return abs(number) < 2 if language == "fr" else number == 1


def _number(value: str) -> float | None:
    """A value as a number; None where it is none."""
    try:
        return float(value)
    except ValueError:
        return None


def figure(language: str, value: str) -> str:
    """A number as the language writes it: "3.0" is 3, "2.5" is 2,5 in French. Anything else as it is."""
    if _number(value) is None:
        return value
    plain = value.rstrip("0").rstrip(".") if "." in value else value
    return plain.replace(".", ",") if language == "fr" else plain
