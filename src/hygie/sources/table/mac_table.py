"""A switch's table of MAC addresses -> on which VLAN and port a MAC address was learnt.

Text of `show mac address-table` (Cisco), `show mac-address` (HP, Aruba), `display mac-address` (Huawei, Comware),
`show ethernet-switching table` (Junos), `show fdb` (EXOS) and the like (see `layouts`), or a table with columns.
The switch is named by the prompt above, by a column, or not at all. A port with more than 8 addresses leads to another
switch: its devices are not plugged in there, which the confidence says. Readings add up: a site has many switches.
Source: see `neighbours`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from hygie.facts import headings
from hygie.model.evidence import Evidence, Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.opening.text import lines
from hygie.sources.table.columns import Headings
from hygie.sources.table.layouts import Layout, layout, place
from hygie.sources.table.neighbours import fits, is_quiet, mac_of, names_device, prompted
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, secret_lines, tables

HEADINGS = Headings("mac_table", headings.MAC_TABLE)
_CROWD = 8
"""MAC addresses on a port from which it is taken for a link to another switch."""
_ITSELF = ("cpu", "router", "switch")
"""Ports that stand for the switch."""


class Learnt(NamedTuple):
    """One line of the table."""

    mac: str
    raw: str
    vlan: str
    port: str
    line: int


def recognises(look: Look) -> float:
    """Lines with a MAC address, a port, and no IP address; or such columns."""
    learnt = sum(entry is not None for _, _, entry, _ in _entries(look.lines))
    if fits(look.lines, learnt) and not _tabular(look):
        return 1.0
    scores = (coverage(sheet, HEADINGS, ("mac",), ("switch_port",)) for sheet in look.sheets if sheet.rows)
    return max(scores, default=0.0)


def _tabular(look: Look) -> bool:
    """That a text has separated columns with headings of this kind."""
    return any(coverage(s, HEADINGS, ("mac",), ("switch_port",)) for s in look.sheets if s.separator)


def _entry(line: str, number: int, head: Layout | None) -> Learnt | None:
    """What a line says; None where it holds no MAC address with a port, or an IP address too."""
    found = mac_of(line)
    told = place(line, head) if found else None
    return Learnt(found[0], found[1], told[0], told[1], number) if found and told else None


def _entries(rows: list[str]) -> Iterator[tuple[int, str, Learnt | None, str]]:
    """Each line with its number, what it says by the head above it, and the switch that the prompt above it names."""
    head, switch = None, ""
    for number, row in enumerate(rows, 1):
        if name := prompted(row):
            switch, head = name, None
        else:
            head = layout(row) or head
        yield number, row, _entry(row, number, head), switch


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence "device:mac=..." with VLAN, switch and port; a Refusal for lines that look like entries and are none."""
    doubts = Doubts(source, given)
    columned_ = given.mapping or getattr(source, "workbook", False) or _tabular(Look(source.sheets(), []))
    if source.sheets() and not columned_ and recognises(Look([], lines(source, 400))):
        rows = lines(source)
        yield from secret_lines(rows)
        yield from _text(rows, given, doubts)
    else:
        yield from _tables(source, given, doubts)
    yield from doubts.refusals()


def _text(rows: list[str], given: Given, doubts: Doubts) -> Iterator[Evidence]:
    entries = []
    for number, row, entry, switch in _entries(rows):
        if entry is None:
            if row.strip() and not is_quiet(row):
                doubts.line(f"line {number}")
        elif names_device(entry.mac) and entry.port.lower() not in _ITSELF:
            entries.append((entry, switch))
    crowds = Counter((entry.port, switch) for entry, switch in entries)
    for entry, switch in entries:
        subject, where = f"device:mac={entry.mac}", f"line {entry.line}"
        sure = 0.3 if crowds[entry.port, switch] > _CROWD else 1.0
        yield Evidence(given.reading, subject, Trait.MAC, entry.mac, entry.raw, where)
        if entry.vlan:
            yield Evidence(given.reading, subject, Trait.VLAN, entry.vlan, entry.vlan, where)
        if switch:
            yield Evidence(given.reading, subject, Trait.SWITCH, switch, switch, where, sure)
        yield Evidence(given.reading, subject, Trait.SWITCH_PORT, entry.port, entry.port, where, sure)


def _tables(source: Input, given: Given, doubts: Doubts) -> Iterator[Any]:
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            yield cells
            continue
        ports = Counter((cells.text("switch"), cells.text("switch_port")) for _ in cells.rows())
        for _ in cells.rows():
            mac = cells.one("mac", fields.mac)
            if not mac:
                doubts.line(cells.place("mac"))
            elif names_device(mac):
                subject = f"device:mac={mac}"
                port = (cells.text("switch"), cells.text("switch_port"))
                sure = 0.3 if ports[port] > _CROWD else 1.0
                yield from cells.say(subject, Trait.MAC, mac)
                yield from cells.say(subject, Trait.VLAN, cells.one("vlan", fields.vlan))
                yield from cells.say(subject, Trait.SWITCH, port[0].lower(), confidence=sure)
                yield from cells.say(subject, Trait.SWITCH_PORT, port[1], confidence=sure)


TABLE = Table(
    "mac_table",
    4,
    recognises,
    read,
    snapshot=False,
    columns=columned(HEADINGS),
    fields=frozenset(("mac", "vlan", "switch", "switch_port")),
)
