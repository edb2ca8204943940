"""An address plan -> networks ("zone:<cidr>"), or machines with their addresses ("device:mac=...").

Networks: VLAN, network, name, use, gateway. Machines: address with MAC, name or designation; a machine is named by its
inventory number, MAC address, host name, else by its address, which is enough within one plan.
"""

import re
from collections import abc
from collections.abc import Iterator
from itertools import islice
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.opening.text import below
from hygie.sources.table.columns import Headings, Mapping, mapping
from hygie.sources.table.rows import (
    Cells,
    Doubts,
    Look,
    Table,
    coverage,
    is_table,
    layout,
    normal,
    without_secrets,
)
from hygie.sources.table.titles import date_in, titles

NETWORKS = Headings("networks", headings.ADDRESSES, headings.ADDRESSES_UNREAD)
HOSTS = Headings("hosts", headings.HOSTS, headings.HOSTS_UNREAD)
_TELLING = ("zone_name", "zone_use", "vlan", "gateway", "listing")
_WHO = ("mac", "host_name", "designation", "inventory_number")
_MACHINES = frozenset(("ip", *_WHO))
_NETS = frozenset(("cidr", "mask", "gateway", "zone_name", "zone_use"))
"""What a saved mapping says only of machines, and only of networks."""
_TRAITS = frozenset(trait.value for trait in Trait)
_TOLD = ("manufacturer", "product", "serial_number", "ae_title", "operating_system")
"""What tells of a machine without naming it: a line of these alone is none of a free address."""


def _networks(sheet: Sheet) -> float:
    """How well a sheet fits a list of networks; the network's column must hold some."""
    score = max(
        coverage(sheet, NETWORKS, ("cidr",), _TELLING), coverage(sheet, NETWORKS, ("vlan",), ("zone_name", "zone_use"))
    )
    understood = mapping(sheet, NETWORKS) if score else None
    if understood is None:
        return 0.0
    at = understood.fields.get("cidr", [-1])[0]
    if at >= 0:
        cells = _some(sheet, understood, at)
        heading = next(fields.fold(column.heading) for column in understood.columns if column.at == at)
        if heading == "address" and "listing" not in understood.fields:
            return 0.0
        marks = "/" if heading in headings.EITHER and "mask" not in understood.fields else ".:"
        if not any(mark in cell for cell in cells for mark in marks):
            return 0.0
    return score


def _some(sheet: Sheet, understood: Mapping, at: int) -> list[str]:
    """The first cells of a column that say something."""
    rows = below(sheet.rows, understood.header + 1)
    return list(islice((row[at] for row in rows if at < len(row) and row[at].strip()), 50))


def _hosts(sheet: Sheet) -> float:
    """How well a sheet fits a list of machines; the addresses' column must not hold networks alone."""
    score = coverage(sheet, HOSTS, ("ip",), _WHO) * 0.95
    understood = mapping(sheet, HOSTS) if score else None
    if understood is None:
        return 0.0
    cells = _some(sheet, understood, understood.fields["ip"][0])
    return 0.0 if cells and all("/" in cell for cell in cells) else score


def recognises(look: Look) -> float:
    """Networks with a name or use, or addresses with a machine."""
    return max((max(_fits(sheet)) for sheet in look.sheets), default=0.0)


def _fits(sheet: Sheet) -> tuple[float, float]:
    """How well a sheet fits a list of networks, and one of machines."""
    return _networks(sheet), _hosts(sheet)


def columns(sheet: Sheet, saved: abc.Mapping[str, str] | None = None) -> Mapping | None:
    """How a sheet's columns are understood, as networks or as machines; `saved`: heading -> field."""
    return mapping(sheet, NETWORKS if _of_networks(sheet, saved or {}) else HOSTS, saved)


def _of_networks(sheet: Sheet, saved: abc.Mapping[str, str]) -> bool:
    """Whether a sheet is taken for a list of networks: as a saved mapping says, else as it fits."""
    said = set(saved.values())
    if said & _MACHINES != said & _NETS:
        return not said & _MACHINES
    networks, hosts = _fits(sheet)
    return networks >= hosts


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of every network and machine; a Refusal for sheets and cells that could not be read."""
    doubts = Doubts(source, given)
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        networks, hosts = _fits(sheet)
        understood = columns(sheet, given.mapping)
        if understood is None or not (networks or hosts or given.mapping):
            if is_table(sheet):
                yield Refusal(given.reading, source.name, sheet.name, "refusal.sheet", (f"sheet={sheet.name}",))
            continue
        is_plan = _of_networks(sheet, given.mapping)
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            yield from _network(cells) if is_plan else _host(cells, understood, doubts)
    yield from doubts.refusals()


def _network(cells: Cells) -> Iterator[Any]:
    """One network; a VLAN without a network is named by its number."""
    text, mask = cells.text("cidr"), cells.text("mask")
    cidr = fields.cidr(text) or (fields.cidr(f"{text}/{_mask(mask)}") if text and mask else None)
    if text and cidr is None:
        cells.refuse("mask" if mask and fields.ip(text) else "cidr", Trait.CIDR.value)
    vlan = cells.one("vlan", _vlan, Trait.VLAN.value)
    if not cidr and not vlan:
        if not text:
            cells.refuse("vlan", Trait.VLAN.value)
        return
    subject = f"zone:{cidr}" if cidr else f"zone:vlan={vlan}"
    yield from cells.say(subject, Trait.CIDR, cidr or "", "cidr")
    yield from cells.say(subject, Trait.VLAN, vlan)
    yield from cells.say(subject, Trait.ZONE_NAME, cells.text("zone_name"))
    yield from cells.say(subject, Trait.ZONE_USE, cells.text("zone_use"))
    yield from cells.say(subject, Trait.GATEWAY, cells.one("gateway", fields.ip, Trait.GATEWAY.value))
    yield from cells.say(subject, Trait.SITE, cells.text("site"))


_NAMED_VLAN = re.compile(r"[^()]{1,80}\((\d{1,4})\)")
_BITS = re.compile(r"\(?/?\s*(\d{1,3})(?:\.0)?\s*(?:bits?)?\)?", re.IGNORECASE)
_DOTTED = re.compile(r"/?\s*(\d{1,3}(?:\.\d{1,3}){3})\s*(?:\(?\s*/\s*\d{1,2}\s*\)?)?")


def _vlan(text: str) -> str | None:
    """A VLAN's number, also as NetBox writes it: "Biomed (120)"."""
    named = _NAMED_VLAN.fullmatch(text)
    return fields.vlan(named.group(1) if named else text)


def _mask(text: str) -> str:
    """A mask as it follows a network: "/24", "24 bits" and "24.0" (a spreadsheet's number) are "24",
    "255.255.255.0 (/24)" is "255.255.255.0"."""
    found = _BITS.fullmatch(text) or _DOTTED.fullmatch(text)
    return found.group(1) if found else text


def _host(cells: Cells, understood: Mapping, doubts: Doubts) -> Iterator[Any]:
    """One machine. A free address, with nothing beside it, says nothing."""
    ip = cells.one("ip", fields.ip, Trait.IP.value)
    said = {name: cells.text(name) for name in understood.fields if name in _TRAITS}
    if not ip or not any(said.get(name) for name in _WHO):
        if any(said.get(name) for name in (*_WHO, *_TOLD)) and not (said.get("ip") and not ip):  # that cell is told
            doubts.line(cells.place("ip"))
        return
    number, mac = fields.inventory(said.get("inventory_number", "")), fields.mac(said.get("mac", ""))
    host = fields.host_name(said.get("host_name", ""))
    named = (("inv", number), ("mac", mac), ("name", host), ("ip", ip))
    key, value = next(pair for pair in named if pair[1])
    called = any(c.field == Trait.HOST_NAME and fields.fold(c.heading) in headings.CALLED for c in understood.columns)
    for name, text in said.items():
        values = normal(Trait(name), text) if text else []
        if values is None and name == Trait.HOST_NAME and called and not said.get("designation"):
            yield from cells.say(f"device:{key}={value}", Trait.DESIGNATION, text, name)
            continue
        if values is None:
            cells.refuse(name, name)
        for found in values or ():
            yield from cells.say(f"device:{key}={value}", Trait(name), found)


def dated(source: Input) -> str:
    """Date in a title above the header."""
    return date_in(titles(source.sheets(), NETWORKS))


def series(source: Input) -> str:
    """Fingerprint of the headings: a list of machines does not replace a plan of networks."""
    return layout(source, NETWORKS, HOSTS)


TABLE = Table(
    "addresses",
    4,
    recognises,
    read,
    snapshot=True,
    series=series,
    dated=dated,
    columns=columns,
    fields=_TRAITS | _NETS,
)
