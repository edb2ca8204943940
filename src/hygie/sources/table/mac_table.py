"""A switch's table of MAC addresses -> on which VLAN and port a MAC address was learnt.

Text of `show mac address-table` (Cisco), `show mac-address` (HP, Aruba), `display mac-address` (Huawei, Comware),
`show ethernet-switching table` (Junos), `show fdb` (EXOS) and the like (see `layouts`), or a table with columns.
The switch is named by the prompt above, by a column, or not at all. A port with more than 8 addresses leads to another
switch: its devices are not plugged in there, which the confidence says. Readings add up: a site has many switches.
Source: see `neighbours`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.opening.text import lines
from hygie.sources.table import bearing, printed
from hygie.sources.table.columns import Headings
from hygie.sources.table.neighbours import fits, names_device
from hygie.sources.table.printed import CROWD
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, tables

HEADINGS = Headings("mac_table", headings.MAC_TABLE, settle=bearing.settled)


def recognises(look: Look) -> float:
    """Lines with a MAC address, a port, and no IP address; or such columns."""
    found = (entry for part in printed.parts(look.lines) for _, _, entry in printed.entries(part))
    learnt = sum(entry is not None and bool(entry.port) for entry in found)
    if fits(look.lines, learnt) and not _tabular(look):
        return 1.0
    scores = (coverage(sheet, HEADINGS, ("mac",), ("switch_port",)) for sheet in look.sheets if sheet.rows)
    return max(scores, default=0.0)


def _tabular(look: Look) -> bool:
    """That a text has separated columns with headings of this kind."""
    return any(coverage(s, HEADINGS, ("mac",), ("switch_port",)) for s in look.sheets if s.separator)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence "device:mac=..." with VLAN, switch and port; a Refusal for lines that look like entries and are none."""
    doubts = Doubts(source, given)
    columned_ = given.mapping or getattr(source, "workbook", False) or _tabular(Look(source.sheets(), []))
    if source.sheets() and not columned_ and recognises(Look([], lines(source, 400))):
        yield from printed.read(lines(source), source, given, doubts)
    else:
        yield from _tables(source, given, doubts)
    yield from doubts.refusals()


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
                sure = 0.3 if ports[port] > CROWD else 1.0
                yield from cells.say(subject, Trait.MAC, mac)
                yield from cells.say(subject, Trait.VLAN, cells.one("vlan", fields.vlan))
                yield from cells.say(subject, Trait.HOST_NAME, cells.one("host_name", fields.host_name))
                yield from cells.say(subject, Trait.SWITCH, port[0].lower(), confidence=sure)
                yield from cells.say(subject, Trait.SWITCH_PORT, port[1], confidence=sure)


TABLE = Table(
    "mac_table",
    5,
    recognises,
    read,
    snapshot=False,
    columns=columned(HEADINGS),
    fields=frozenset(("mac", "vlan", "switch", "switch_port", "host_name")),
)
