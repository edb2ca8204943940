"""A list of endpoints: what a network access control (Aruba ClearPass, Cisco ISE, FortiNAC), an address management
(phpIPAM, NetBox, Infoblox, EfficientIP SOLIDserver, BlueCat) or a wireless controller (Meraki, Aruba, Cisco, Ruckus)
exports -> machines with their MAC address, address and name.

Such a list remembers what it once met: to stand there is not to be there. It tells of presence only where a column says
when a machine was last seen. Free, expired or deprecated addresses tell of nothing. A list is recognised by a heading
that no other kind of table has; the name in it is the machine's, never the switch's.
Not read: people, free text, and what an appliance guesses of a machine (category, profile, operating system).
Source: headings in the exports' documentation of these products, as far as it is public.
"""

from collections import abc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.table.columns import Column, Headings, Mapping, mapping
from hygie.sources.table.neighbours import names_device
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, data, layout, tables
from hygie.sources.table.titles import date_in, titles

_PERSONS = frozenset(
    "user users username utilisateur owner login identity person email mail upn account compte".split()
)
"""Words of headings under which stand people, whatever the heading is like."""


def _settled(_: Sheet, found: Mapping) -> Mapping:
    """The columns without those of people."""
    return found._replace(columns=tuple(map(_without_persons, found.columns)))


def _without_persons(column: Column) -> Column:
    person = column.how == "assumed" and not _PERSONS.isdisjoint(fields.fold(column.heading).split())
    return column._replace(field="", how="unread") if person else column


HEADINGS = Headings("endpoints", headings.ENDPOINTS, headings.ENDPOINTS_UNREAD, free=frozenset(), settle=_settled)
_WHO = ("mac", "ip", "host_name")


def recognises(look: Look) -> float:
    """Columns of two of MAC address, address and name, and one that only such lists have."""
    return max((_fits(sheet) for sheet in look.sheets), default=0.0)


def _fits(sheet: Sheet) -> float:
    if not coverage(sheet, HEADINGS, ("mac", "ip")):
        return 0.0
    understood = mapping(sheet, HEADINGS)
    if understood is None or sum(name in understood.fields for name in _WHO) < 2:
        return 0.0
    if {*_WHO, "last_seen"} <= set(understood.fields):
        return 1.0
    said = {fields.fold(cell) for cell in sheet.rows[understood.header]}
    return 1.0 if said & headings.ENDPOINTS_ONLY else 0.0


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of every endpoint; a Refusal for cells that could not be read and for lines that name none."""
    doubts = Doubts(source, given)
    orders = {sheet.name: _order(sheet, given.mapping) for sheet in source.sheets()}
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            yield cells
            continue
        for _ in cells.rows():
            yield from _endpoint(cells, orders.get(cells.sheet_name, "dmy"), doubts)
    yield from doubts.refusals()


def _order(sheet: Sheet, saved: abc.Mapping[str, str]) -> str:
    """Order of day and month in the column of the last time that a machine was seen."""
    understood: Mapping | None = mapping(sheet, HEADINGS, saved)
    at = understood.fields.get("last_seen", [-1])[0] if understood else -1
    if understood is None or at < 0:
        return "dmy"
    return fields.date_order({row[at] for _, row in data(sheet, understood.header) if at < len(row)})


def _endpoint(cells: Cells, order: str, doubts: Doubts) -> Iterator[Any]:
    """One endpoint. An address that is free, or that nothing stands beside, says nothing."""
    if fields.fold(cells.text("state")) in headings.NOT_PRESENT:
        return
    mac = cells.one("mac", fields.mac, Trait.MAC.value)
    mac = mac if not mac or names_device(mac) else ""
    addresses = fields.ips(cells.text("ip")) if cells.text("ip") else []
    if addresses is None:
        cells.refuse("ip", Trait.IP.value)
    named = cells.text("host_name")
    host = fields.host_name(named) or ""
    described = cells.text("designation") or ("" if host else named)
    if not (mac or host or (addresses and described)):
        if addresses is not None and (named or described or cells.written("mac").strip()) and not mac:
            doubts.line(cells.place("mac"))
        return
    subject = f"device:mac={mac}" if mac else f"device:name={host}" if host else f"device:ip={(addresses or [''])[0]}"
    day = cells.one("last_seen", lambda text: fields.date(text, order) or fields.date(text), "date")
    seen = _instant(day)
    yield from cells.say(subject, Trait.MAC, mac, first=seen, last=seen)
    for ip in addresses or ():
        yield from cells.say(subject, Trait.IP, ip, first=seen, last=seen)
    yield from cells.say(subject, Trait.HOST_NAME, host)
    yield from cells.say(
        subject, Trait.DESIGNATION, described, "designation" if cells.text("designation") else "host_name"
    )
    yield from cells.say(subject, Trait.VLAN, cells.one("vlan", fields.vlan))
    yield from cells.say(subject, Trait.SWITCH, cells.text("switch").lower())
    if cells.text("switch"):
        yield from cells.say(subject, Trait.SWITCH_PORT, cells.text("switch_port"))


def _instant(day: str) -> int:
    """Microseconds since 1970 UTC at which a day begins; 0 for none, and where less than a day is told."""
    if len(day) != len("2026-11-24"):
        return 0
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 1_000_000


def dated(source: Input) -> str:
    """Date in a title above the header."""
    return date_in(titles(source.sheets(), HEADINGS))


def series(source: Input) -> str:
    """Fingerprint of the headings: another product's list is another source."""
    return layout(source, HEADINGS)


TABLE = Table(
    "endpoints",
    1,
    recognises,
    read,
    snapshot=True,
    series=series,
    dated=dated,
    columns=columned(HEADINGS),
    fields=frozenset(HEADINGS.fields),
)
