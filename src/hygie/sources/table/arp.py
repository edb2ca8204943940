"""A router's or a machine's ARP table -> which address a MAC address bore.

Text of `show ip arp` (Cisco, VOSS), `show arp` (Aruba, HP, Juniper, ASA), `show arp all` (Palo Alto),
`display arp` (Huawei, Comware), `arp -a` (Windows, Unix), `ip neigh` (Linux), or a table with columns. Readings add up.
Source: see `neighbours`.
"""

from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.opening.text import lines
from hygie.sources.table import bearing, printed
from hygie.sources.table.columns import Headings, separated
from hygie.sources.table.neighbours import fits, names_device
from hygie.sources.table.printed import OPEN, VLAN, arp_entry
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, tables

HEADINGS = Headings("arp", headings.ARP, settle=bearing.settled)
_MORE = ("interface", "age", "type")


def recognises(look: Look) -> float:
    """Lines with an IP and a MAC address and little else; or such columns with an interface, an age or a type."""
    entries = sum(arp_entry(line) is not None for line in look.lines)
    rest = [line for line in look.lines if not OPEN.search(line)]
    if fits(rest, entries) and not separated(look.sheets):
        return 1.0
    return max((coverage(sheet, HEADINGS, ("ip",), ("mac",), _MORE) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence "device:mac=..." with address and VLAN; a Refusal for lines that look like entries and are none."""
    doubts = Doubts(source, given)
    if recognises(Look([], lines(source, 400))) and not separated(source.sheets()):
        yield from printed.read(lines(source), source, given, doubts)
    else:
        yield from _tables(source, given, doubts)
    yield from doubts.refusals()


def _tables(source: Input, given: Given, doubts: Doubts) -> Iterator[Any]:
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            yield cells
            continue
        for mac, ip in cells.pairs("mac", "ip"):
            if names_device(mac):
                subject = f"device:mac={mac}"
                yield from cells.say(subject, Trait.MAC, mac)
                yield from cells.say(subject, Trait.IP, ip)
                yield from cells.say(subject, Trait.HOST_NAME, cells.one("host_name", fields.host_name))
                for name in ("interface", "port"):
                    vlan = VLAN.fullmatch(cells.text(name))
                    yield from cells.say(subject, Trait.VLAN, vlan.group(1) if vlan else "", name)


TABLE = Table(
    "arp",
    5,
    recognises,
    read,
    snapshot=False,
    columns=columned(HEADINGS),
    fields=frozenset(("ip", "mac", "interface", "host_name")),
)
