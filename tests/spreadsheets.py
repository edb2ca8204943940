"""Tables for tests: written as text or workbook, read by the reader that recognises them."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from hostile import flips, truncations
from hygie import sources
from hygie.model.bulk import Bulk
from hygie.model.evidence import Evidence, Refusal
from hygie.model.seams import Given, Reader
from hygie.sources.opening import UNREADABLE, Content, upload
from hygie.sources.table import kind_of


def workbook(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return out.getvalue()


def source(data: bytes | str, name: str = "x") -> Content:
    (one,) = upload(name, data if isinstance(data, bytes) else data.encode("cp1252"))
    assert isinstance(one, Content), one
    return one


def reader(data: bytes | str) -> Reader:
    found = sources.reader_of(source(data))
    assert isinstance(found, Reader), found
    return found


def rows(data: bytes | str, kind: str, **mapping: str) -> list[Any]:
    """All rows, by the reader that takes the content; it must be of this kind."""
    one = source(data)
    found = sources.reader_of(one)
    assert isinstance(found, Reader), found
    assert found.kind == kind
    given = Given("local", "R1", {k.replace("_", " "): v for k, v in mapping.items()})
    return list(sources.read(one, found, given))


def said(found: list[Any]) -> dict[str, dict[str, str]]:
    """Subject -> trait -> value, several values joined by spaces."""
    told: dict[str, dict[str, str]] = {}
    for row in found:
        if isinstance(row, Evidence):
            traits = told.setdefault(row.subject, {})
            traits[row.trait.value] = " ".join(filter(None, (traits.get(row.trait.value, ""), row.value)))
    return told


def refused(found: list[Any]) -> list[tuple[str, str]]:
    return [(row.place, row.reason) for row in found if isinstance(row, Refusal)]


def endures(kind: str, data: bytes) -> None:
    """Whatever is done to the bytes, the reader gives rows or refusals."""
    given = Given("local", "R1")
    table = sources.READERS[kind]
    for damaged in (*truncations(data), *flips(data, 300)):
        for one in upload("x", damaged):
            if isinstance(one, Refusal):
                continue
            try:
                kind_of(one)
                table.series(one)
                table.dated(one)
            except UNREADABLE:
                pass
            found = list(sources.read(one, table, given))
            assert {getattr(row, "reading", "R1") for row in found} <= {"R1"}
            if table.bulk is not None:
                listed = sources.read(one, table, given, bulk=True)
                spread = [row for some in listed for row in (some.rows() if isinstance(some, Bulk) else [some])]
                assert Counter(spread) == Counter(found)
