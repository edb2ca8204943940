"""A list of devices that were checked by hand: what names each one, and what is known of it. It is never stored.

What comes in: a table, office file or CSV. What goes out: `Label` rows, and a Refusal for what could not be read.
Columns are recognised as those of a list of devices. A line needs one thing that names the device (inventory or serial
number, MAC, address, host name) and one that is known of it; a cell left blank is something that nobody knows.
"""

from collections.abc import Iterator
from types import MappingProxyType

from hygie.facts import headings
from hygie.model.evidence import Refusal, Trait
from hygie.model.label import Label
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.table.columns import Headings
from hygie.sources.table.rows import Cells, Doubts, normal, tables

HEADINGS = Headings("checked", MappingProxyType({**headings.DEVICE, "clinical_kind": headings.KINDS}))
KEYS = (Trait.INVENTORY, Trait.SERIAL, Trait.MAC, Trait.IP, Trait.HOST_NAME)
KNOWN: dict[str, tuple[Trait, ...]] = {
    "kind": (Trait.KIND, Trait.DESIGNATION),
    "manufacturer": (Trait.MANUFACTURER,),
    "model": (Trait.PRODUCT, Trait.COMMERCIAL_NAME, Trait.MODEL_NUMBER),
    "operating_system": (Trait.OS,),
    "version": (Trait.VERSION, Trait.FIRMWARE),
    "role": (Trait.ROLE,),
}
"""Attribute -> columns that may tell it, the first that says something counts."""
MOST = 20_000
"""Lines of a list that people checked by hand."""


def read(source: Input) -> Iterator[Label | Refusal]:
    """The lines. Raises ValueError(message key, "name=value"...) for what is no such list, and what opening raises."""
    given = Given("", "")
    doubts = Doubts(source, given)
    sheets = source.sheets()
    if not any(sum(bool(cell.strip()) for cell in row) > 1 for sheet in sheets for row in sheet.rows):
        raise ValueError("refusal.checked.no_table")
    if sum(len(sheet.rows) for sheet in sheets) > MOST:
        raise ValueError("refusal.checked.long", f"limit={MOST}")
    understood, lines = 0, 0
    missing = "refusal.checked.no_key"
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            continue
        has_key = any(cells.has(trait) for trait in KEYS)
        if not has_key or not any(cells.has(trait) for traits in KNOWN.values() for trait in traits):
            missing = "refusal.checked.no_key" if not has_key else "refusal.checked.no_attribute"
            continue
        understood += 1
        for _ in cells.rows():
            label = _label(cells, doubts)
            lines += label is not None
            if label is not None:
                yield label
    if not understood:
        raise ValueError(missing)
    if not lines:
        raise ValueError("refusal.checked.empty")
    yield from doubts.refusals()


def _label(cells: Cells, doubts: Doubts) -> Label | None:
    """One line; None where it names no device or says nothing of it, which is a doubt."""
    keys = tuple((trait.value, key) for trait in KEYS for key in _keys(cells, trait))
    known = tuple((attribute, text) for attribute in KNOWN if (text := _known(cells, attribute)))
    if not keys or not known:
        doubts.line(cells.place(""))
        return None
    return Label(cells.place(""), keys, known)


def _keys(cells: Cells, trait: Trait) -> list[str]:
    """Normal forms of a cell that names the device; what is none of its kind is a doubt."""
    text = cells.text(trait)
    found = normal(trait, text) if text else []
    if found is None:
        cells.refuse(trait, trait.value)
    return found or []


def _known(cells: Cells, attribute: str) -> str:
    """What a line says of an attribute; a system with the version that stands in a column of its own."""
    text = next((fields.clean(text) for trait in KNOWN[attribute] if (text := cells.text(trait))), "")
    more = cells.text(Trait.OS_VERSION) if text and attribute == "operating_system" else ""
    return f"{text} {more}".strip()
