"""Tables that hospitals keep -> evidence, decisions, makers' words: one module a kind.

What comes in: the sheets of an office file or of a CSV, or the lines of a text. What goes out: rows with the cell or
line that each came from. A table is recognised by its headings, ids and lines, never by its file's name.

To add a kind: a module with `TABLE = Table(kind, version, recognises, read, ...)`, its headings in `facts.headings`,
one line in `TABLES`. `recognises` gives 0 to 1; the best kind wins, among equals the first.

`mapping` and `quality` are for the preview of a table, before anything is read. A person may say of what kind a table
is (`asked`): by its headings, so that the next export of the same form is read alike.
"""

import hashlib
from collections import abc
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from hygie.model.seams import Given, Input, Reader, Sheet
from hygie.names.fields import fold
from hygie.sources.opening.content import Content
from hygie.sources.opening.refusals import UNREADABLE
from hygie.sources.opening.text import lines, looks_tabular
from hygie.sources.table import (
    addresses,
    ae_titles,
    arp,
    endpoints,
    gmao,
    hospital,
    leases,
    mac_table,
    mds2,
    questions,
    rules,
    statements,
    terminal,
)
from hygie.sources.table.columns import Mapping
from hygie.sources.table.quality import Quality, quality
from hygie.sources.table.rows import Look, Table

__all__ = ["READERS", "TABLES", "Mapping", "Quality", "asked", "asked_in", "mapping", "quality", "shape"]

TABLES: dict[str, Table] = {
    one.kind: one
    for one in (
        mds2.TABLE,
        statements.TABLE,
        questions.TABLE,
        hospital.TABLE,
        terminal.TABLE,
        endpoints.TABLE,
        rules.TABLE,
        leases.TABLE,
        mac_table.TABLE,
        arp.TABLE,
        ae_titles.TABLE,
        gmao.TABLE,
        addresses.TABLE,
    )
}
"""Kind -> table, most specific first."""

_THRESHOLD = 0.5
_OF_ADDRESSES = (
    terminal.TABLE.kind,
    endpoints.TABLE.kind,
    leases.TABLE.kind,
    mac_table.TABLE.kind,
    arp.TABLE.kind,
    addresses.TABLE.kind,
)
"""Kinds that tell of addresses. A list that numbers things and says what they are is of devices, whatever addresses
stand in it: taken for one of these, its makers and models would be lost."""
_LINES = 400
"""Lines of a text that recognition looks at."""
_HEAD = 60
"""Rows of a table that hold its headings."""
_kinds: "WeakKeyDictionary[Input, str]" = WeakKeyDictionary()


def kind_of(source: Input) -> str:
    """The kind of table that a content is; "" none. Raises ValueError where it cannot be opened."""
    known = _kinds.get(source)
    if known is None:
        workbook = isinstance(source, Content) and source.workbook
        sheets = source.preview() if isinstance(source, Content) else source.sheets()
        look = Look(sheets, [] if workbook or not sheets else lines(source, _LINES))
        scores = {kind: table.recognises(look) for kind, table in TABLES.items()} if sheets else {"": 0.0}
        if scores.get(gmao.TABLE.kind, 0.0) >= _THRESHOLD and gmao.numbered(look):
            scores.update(dict.fromkeys(_OF_ADDRESSES, 0.0))
        best = max(scores, key=lambda kind: scores[kind])
        known = best if scores[best] >= _THRESHOLD else ""
        _kinds[source] = known
    return known


def mapping(source: Input, saved: dict[str, str] | None = None, kind: str = "") -> list[tuple[Sheet, Mapping]]:
    """How each sheet is understood by a kind of table, by the one that it is where none is told, of no kind as a list
    of devices.

    `saved`: heading -> trait, "-" ignores. Raises ValueError.
    """
    table = TABLES.get(kind or kind_of(source), gmao.TABLE)
    if table.columns is None:
        return []
    if table is gmao.TABLE:
        return [part for sheet in source.sheets() for part in gmao.parts(sheet, saved)]
    found = ((sheet, table.columns(sheet, saved)) for sheet in source.sheets())
    return [(sheet, understood) for sheet, understood in found if understood is not None]


def _reader(table: Table) -> Reader:
    def recognises(source: Input) -> bool:
        return kind_of(source) == table.kind

    def read(source: Input, given: Given) -> Iterator[Any]:
        return table.read(source, given)

    more = (table.snapshot, table.speaker, table.series, table.dated, table.bulk)
    return Reader(table.kind, table.version, recognises, read, *more)


READERS: dict[str, Reader] = {kind: _reader(table) for kind, table in TABLES.items()}
"""Kind -> reader."""


def asked_in(site: str) -> str:
    """Name under which a site's workspace keeps what kind a person said that tables are: shape -> kind."""
    return f"{site}/kinds"


def asked(source: Input, site: str, saved: Callable[[str], abc.Mapping[str, str]]) -> Reader | None:
    """The reader of the kind that a person said that tables of this shape are; None where nobody did. Raises
    nothing: what cannot be opened is nobody's."""
    tabular = isinstance(source, Content) and (source.workbook or looks_tabular(source.head))
    said = saved(asked_in(site)) if tabular else {}
    if said:
        with suppress(*UNREADABLE):
            return READERS.get(said.get(shape(source), ""))
    return None


def shape(source: Input) -> str:
    """Fingerprint of a table's headings, whatever its kind: the same from one export to the next; "" for no table.

    The headings are the row that most of any kind's are found in, else the first of the widest. Raises ValueError.
    """
    for sheet in source.preview() if isinstance(source, Content) else source.sheets():
        understood = [table.columns(sheet, None) for table in TABLES.values() if table.columns is not None]
        found = [(len(one.fields), -one.header) for one in understood if one is not None]
        rows = [sum(bool(cell.strip()) for cell in row) for row in islice(iter(sheet.rows), _HEAD)]
        if not found and max(rows, default=0) < 2:
            continue
        header = -max(found)[1] if found else rows.index(max(rows))
        said = "\x1f".join(fold(cell) for cell in sheet.rows[header])
        return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()
    return ""
