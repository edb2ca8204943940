"""Whether a thing has left, where no status says it: the day of its disposal, or the title above its lines.

A day of disposal that has come makes a line without a status one of a thing disposed of; one to come says nothing. The
title "Matériel réformé en 2025" does the same, where nothing in it leaves a doubt. A status that says the thing is
still there holds, and the cell is told: a person has to see it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from hygie.model.evidence import Trait
from hygie.model.seams import Sheet
from hygie.names import fields, standing
from hygie.sources.opening.refusals import shown
from hygie.sources.table.columns import Mapping
from hygie.sources.table.rows import DISPOSAL_DATE, Doubts, place
from hygie.sources.table.sections import Title

GONE = "disposed"
_FILLING = re.compile(
    r"\b(?:listes?|materiels?|equipements?|appareils?|dispositifs?|dm|biens?|actifs|biomedica\w+|medica\w+|exercice|annee|devices"
    r"|equipment|assets|list|gerate|gerats)\b"
)
"""What a title names beside what became of it."""
_SPOKEN = re.compile(
    r"\b(?:reforme\w*|rebut\w*|sorti\w*|cede\w*|vendus?|ventes?|detrui\w+|elimin\w+|declass\w+|ferraill\w+|retired|disposed"
    r"|corbeille\w*|archiv\w+|poubelle|historique|supprim\w+|trash|deleted|disposals?|scrapped|decommissioned|ausgemustert\w*|verschrottet\w*|entsorgt\w*)\b"
)
"""Words by which a title may speak of things that left."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class Leaving(NamedTuple):
    """The column of the days of disposal; `at` -1 where there is none."""

    sheet: Sheet
    at: int
    heading: str
    form: Callable[[str], str | None]
    """ISO date of a text; None unreadable."""
    day: str
    """Day to which the list speaks, ISO; "" not known."""
    statuses: bool
    """That a column gives the status."""


Sure = tuple[str, str]
"""Text and place of what says that a thing left."""


def leaving(sheet: Sheet, understood: Mapping, order: dict[int, str], day: str) -> Leaving:
    """The column of disposals of a table. `order`: of its dates, by column."""
    columns = understood.fields
    at = columns.get(DISPOSAL_DATE, [-1])[0]
    heading = next((c.heading for c in understood.columns if c.at == at), "")
    way = order.get(at, "dmy")
    return Leaving(sheet, at, heading, lambda text: fields.date(text, way), day, Trait.STATUS.value in columns)


def left(one: Leaving, row: int, texts: list[str], status: str, title: Title | None, doubts: Doubts) -> Iterator[Sure]:
    """What says that the thing of a line left, where its status does not. `status`: as its column says it, "" not."""
    text = texts[one.at] if 0 <= one.at < len(texts) else ""
    if not fields.is_blank(text):
        where = place(one.sheet, row, one.at)
        found = one.form(text)
        if found is None:
            doubts.add(where, one.heading, DISPOSAL_DATE)
        elif one.day and found <= one.day[: len(found)] and status != GONE:
            if status:
                doubts.add(where, one.heading, DISPOSAL_DATE, "refusal.left")
            else:
                yield text, where
                return
    if title is not None and status != GONE and says_gone(title.text, one.day):
        if status:
            doubts.add(place(one.sheet, row, 0), shown(title.text), DISPOSAL_DATE, "refusal.left_title")
        else:
            yield title.text, place(one.sheet, title.row, title.column)


def says_gone(title: str, day: str) -> bool:
    """That a title surely says that what stands below it has left: "Matériel réformé en 2025"."""
    folded = fields.fold(title)
    if not _SPOKEN.search(folded) or any(year > (day[:4] or "0") for year in _YEAR.findall(title)):
        return False
    if "reform" in folded and not re.search("réformé", unicodedata.normalize("NFC", title).casefold()):
        return False  # "Réformes 2026" may be those that are planned
    if standing.coming(title, day):
        return False
    words = [word for word in title.split() if not _FILLING.fullmatch(fields.fold(word))]
    return standing.status(" ".join(words)) == GONE


def speaks_of_gone(title: str) -> bool:
    """That a title may speak of things that have left, or will."""
    return _SPOKEN.search(fields.fold(title)) is not None


class Told(Protocol):
    """A column that is read."""

    @property
    def heading(self) -> str:
        """As it is written."""

    @property
    def field(self) -> Trait:
        """What it gives."""


def doubted(column: Told, text: str, values: list[str] | None, where: str, day: str, doubts: Doubts) -> None:
    """Tells of a cell that could not be read (`values` None), or that says more than its normal form. `day`: to which
    the list speaks, ISO 8601."""
    status = column.field is Trait.STATUS
    if status and (to_come := standing.coming(text, day)):
        doubts.add(where, column.heading, column.field.value, "refusal.planned", f"day={to_come}")
    elif values is None:
        why = "refusal.astray" if status and standing.astray(text) else "refusal.cell"
        doubts.add(where, column.heading, column.field.value, why)
