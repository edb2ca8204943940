"""`--filter EXPR` on any table, and the words that its columns hold: the stable ones, and those of the screen."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from hygie import words
from hygie.exports.listing import Table
from hygie.facts import ssvc
from hygie.facts.functions import functions
from hygie.model.evidence import Speaker, Trait
from hygie.model.fleet import Connectable, Seen
from hygie.model.verdict import Authority, MeasureKind, Outcome, Verdict
from hygie.names.fields import fold
from hygie.serve.console import USAGE, Console

if TYPE_CHECKING:
    from hygie.store.expression import Words

NUMBERS = {
    **dict.fromkeys(("probability", "epss"), "f8"),
    **dict.fromkeys(("port", "packets_out", "packets_back", "bytes_out", "bytes_back"), "i8"),
    "opened": "?",
}
"""Numeric columns of tables that are views."""

MANY = 24
"""Words of a column that an error lists; of more, those that are most like the wrong one."""
NEAR = 8
"""Those."""


class Listed(NamedTuple):
    """A column of listed words."""

    text: str
    """Key of a word's text on the screen."""
    stable: Callable[[], Sequence[str]]
    """The words, from the least to the most where `ordered`."""
    ordered: bool = False


COLUMNS = {
    "verdict": Listed("verdict.{}", lambda: tuple(Verdict)),
    "speaker": Listed("speaker.{}", lambda: tuple(Speaker)),
    "outcome": Listed("outcome.{}", lambda: tuple(Outcome), ordered=True),
    "exposure": Listed("exposure.{}", lambda: ssvc.EXPOSURE, ordered=True),
    "safety": Listed("harm.{}", lambda: ssvc.SAFETY, ordered=True),
    "human_impact": Listed("impact.{}", lambda: ssvc.HUMAN, ordered=True),
    "exploited": Listed("answer.{}", lambda: ("yes",)),
    "connectable": Listed("connectable.word.{}", lambda: tuple(Connectable)),
    "seen": Listed("seen.{}", lambda: tuple(Seen)),
    "kind": Listed("function.{}", lambda: tuple(functions())),
    "missing": Listed("trait.{}", lambda: tuple(Trait)),
    "status": Listed("device_status.{}", lambda: ("in service", "spare", "out of service", "disposed")),
    "authority": Listed("authority.{}", lambda: tuple(Authority)),
    "decided_by": Listed("who.{}", lambda: ("biomedical", "it", "ward", "manufacturer", "management", "rssi")),
    "opened": Listed("opened.{}", lambda: ("true", "false")),
    "measures.kind": Listed("measure_kind.{}", lambda: tuple(MeasureKind)),
    "zones.source": Listed("zone.source.{}", lambda: ("plan", "observed", "presumed")),
}
"""Column, or table and column, -> its words."""


def chosen(
    console: Console, name: str, table: Table, rows: Iterable[tuple[Any, ...]], expression: str
) -> list[tuple[Any, ...]]:
    """The rows for which the expression holds; all without one. A wrong expression ends the program, with its place."""
    listed = list(rows)
    if not expression:
        return listed
    from hygie.store.expression import choose, kinds

    types = kinds(table.row) if table.row else {c: NUMBERS.get(c, "O") for c in table.columns}
    known = _words(name, table, listed)
    try:
        return choose(table.columns, types, listed, expression, known)
    except ValueError as error:
        key, *args = map(str, error.args)
        said = dict(arg.partition("=")[::2] for arg in args)
        sentence = "usage.expression_end" if said["place"] == "end" else "usage.expression"
        args.append(f"columns={', '.join(table.columns)}")
        if key == "expression.word":
            args.append(f"words={_listed(console, name, said['column'], known[said['column']].spoken, said['word'])}")
        console.fail(USAGE, sentence, *args, f"reason={console.text(key, *args)}")


def words_of(name: str, column: str, more: Iterable[str] = ()) -> "Words | None":
    """The words of a table's column, and `more` that it holds; None for a column of anything."""
    from hygie.store.expression import Words

    listed = _column(name, column)
    if listed is None:
        return None
    stable = [str(word) for word in listed.stable()]
    stable += sorted({word for word in more if word} - set(stable))
    return Words({word: _forms(listed.text.format(word), word) for word in stable}, fold, listed.ordered)


def meant(console: Console, name: str, column: str, text: str) -> str:
    """The stable word that a person means by `text`; one that is none ends the program, with the words that are."""
    words_here = words_of(name, column)
    if words_here is None:
        return text
    try:
        return words_here.meant("=", text)[0]
    except ValueError:
        told = _listed(console, name, column, words_here.spoken, text)
        reason = console.text("expression.word", f"column={column}", f"words={told}")
        console.fail(USAGE, "usage.word", f"text={text}", f"reason={reason}")


def _column(name: str, column: str) -> Listed | None:
    return COLUMNS.get(f"{name}.{column}") or COLUMNS.get(column)


def _words(name: str, table: Table, rows: Sequence[tuple[Any, ...]]) -> "dict[str, Words]":
    """Words of the columns that have some."""
    found = {}
    for place, column in enumerate(table.columns):
        if _column(name, column) is None:
            continue
        cells = (row[place] for row in rows)
        held = {str(word) for cell in cells for word in (cell if isinstance(cell, tuple) else (cell,))}
        if known := words_of(name, column, () if column in NUMBERS else held):
            found[column] = known
    return found


def _forms(key: str, word: str) -> tuple[str, ...]:
    """How a word may be written: itself, its texts in all languages, also without what they say in brackets."""
    texts = [words.catalogue(language).get(key, word) for language in words.LANGUAGES]
    forms = (form for text in (word, *texts) for form in (text, text.partition(" (")[0]))
    return tuple(dict.fromkeys(map(fold, forms)))


def _listed(console: Console, name: str, column: str, stable: Iterable[str], wrong: str) -> str:
    """Words as the screen shows them, the stable one in brackets where it is another; of many the likest."""
    listed, known = _column(name, column), list(stable)
    texts = words.catalogue(console.language)
    told = {word: texts.get(listed.text.format(word), word) if listed else word for word in known}
    if len(known) > MANY:
        given = fold(wrong)
        known = sorted(known, key=lambda word: -max(_alike(given, form) for form in (fold(word), fold(told[word]))))
        known = known[:NEAR]
    shown = [text if (text := told[word]) == word else f"{text} ({word})" for word in known]
    return ", ".join(shown + ["…"] * (len(told) > len(known)))


def _alike(one: str, other: str) -> float:
    """How like two texts are, 0 to 2; above 1 where the other holds the one."""
    return SequenceMatcher(None, one, other).ratio() + (one in other)
