"""A PACS's list of AE titles -> which DICOM application answers where ("device:ae=...").

Source: DICOM PS3.5 6.2 (AE title), PS3.15 (port 104 and 11112).
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.rows import (
    Cells,
    Doubts,
    Look,
    Table,
    columned,
    coverage,
    is_table,
    layout,
    without_secrets,
)
from hygie.sources.table.titles import date_in, titles

HEADINGS = Headings("ae_titles", headings.AE_TITLES, free=frozenset())
_PLACE = ("ip", "port", "designation", "mac", "station_name")
_TEXTS = (
    Trait.DESIGNATION,
    Trait.MANUFACTURER,
    Trait.PRODUCT,
    Trait.WARD,
    Trait.LOCATION,
    Trait.DICOM_ROLE,
    Trait.SITE,
)
_ROLES = {
    "modality": "modality",
    "modalite": "modality",
    "archive": "archive",
    "pacs": "archive",
    "worklist": "worklist",
    "printer": "printer",
    "imprimante": "printer",
    "workstation": "workstation",
    "console": "workstation",
}
"""Folded word -> role."""


def recognises(look: Look) -> float:
    """A column of AE titles and one that says where they answer."""
    return max((coverage(sheet, HEADINGS, ("ae_title",), _PLACE) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of every title; a Refusal for what is none."""
    doubts = Doubts(source, given)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        understood = mapping(sheet, HEADINGS, given.mapping)
        if understood is None or "ae_title" not in understood.fields:
            if is_table(sheet):
                yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))
            continue
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            yield from _title(cells, doubts)
    yield from doubts.refusals()


def _title(cells: Cells, doubts: Doubts) -> Iterator[Any]:
    title = cells.one("ae_title", fields.ae_title, Trait.AE_TITLE.value)
    if not title:
        if not cells.text("ae_title"):
            doubts.line(cells.place("ae_title"))
        return
    subject = f"device:ae={title}"
    yield from cells.say(subject, Trait.AE_TITLE, title)
    where = cells.text("ip")
    ip = fields.ip(where)
    yield from cells.say(subject, Trait.IP, ip or "", "ip")
    if where and ip is None:
        yield from cells.say(subject, Trait.HOST_NAME, cells.one("ip", fields.host_name, Trait.IP.value), "ip")
    port = cells.one("port", _port, "port")
    yield from cells.say(subject, Trait.SERVICE, f"tcp/{port} dicom" if port else "", "port")
    yield from cells.say(subject, Trait.MAC, cells.one("mac", fields.mac, Trait.MAC.value))
    yield from cells.say(subject, Trait.STATION_NAME, cells.text("station_name"), "station_name")
    yield from cells.say(subject, Trait.INVENTORY, cells.one("inventory_number", fields.inventory))
    yield from cells.say(subject, Trait.SERIAL, cells.one("serial_number", fields.serial))
    for trait in _TEXTS:
        text = cells.text(trait.value)
        if trait is Trait.DICOM_ROLE:
            text = _ROLES.get(fields.fold(text), "")
        yield from cells.say(subject, trait, text)


def _port(text: str) -> str | None:
    """A TCP port."""
    return str(int(text)) if text.isascii() and text.isdigit() and 0 < int(text) < 65536 else None


def dated(source: Input) -> str:
    """Date in a title above the header."""
    return date_in(titles(source.sheets(), HEADINGS))


def series(source: Input) -> str:
    """Fingerprint of the headings: another program's list is another source."""
    return layout(source, HEADINGS)


TABLE = Table(
    "ae_titles",
    3,
    recognises,
    read,
    snapshot=True,
    series=series,
    dated=dated,
    columns=columned(HEADINGS),
    fields=frozenset(HEADINGS.fields) - {"modality"},
)
