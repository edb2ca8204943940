"""A router's or a machine's ARP table -> which address a MAC address bore.

Text of `show ip arp` (Cisco, VOSS), `show arp` (Aruba, HP, Juniper, ASA), `show arp all` (Palo Alto),
`display arp` (Huawei, Comware), `arp -a` (Windows, Unix), `ip neigh` (Linux), or a table with columns. Readings add up.
Source: see `neighbours`.
"""

import re
from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Evidence, Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.opening.text import lines
from hygie.sources.table.columns import Headings
from hygie.sources.table.layouts import layout, vlan_under
from hygie.sources.table.neighbours import fits, is_quiet, mac_of, names_device, prompted
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, secret_lines, tables

HEADINGS = Headings("arp", headings.ARP)
_VLAN = re.compile(r"(?:vlan|vl|bvi|irb\.|vlanif|vlan-interface|vlan[._\-])\s?0*(\d{1,4})", re.IGNORECASE)
_BELOW = re.compile(r"\s+(\d{1,4})/(?:-|\d{1,4})\s*")
"""Huawei sets the VLAN of an entry on the line below it: "330/-"."""
_MORE = ("interface", "age", "type")
_OPEN = re.compile(r"incomplete|failed|\(?no entry\)?", re.IGNORECASE)


def recognises(look: Look) -> float:
    """Lines with an IP and a MAC address and little else; or such columns with an interface, an age or a type."""
    entries = sum(_entry(line) is not None for line in look.lines)
    rest = [line for line in look.lines if not _OPEN.search(line)]
    if fits(rest, entries) and not _tabular(look):
        return 1.0
    return max((coverage(sheet, HEADINGS, ("ip",), ("mac",), _MORE) for sheet in look.sheets), default=0.0)


def _tabular(look: Look) -> bool:
    """That a text has separated columns."""
    return any(
        sheet.separator and sum(sum(map(bool, row)) > 1 for row in sheet.rows) > len(sheet.rows) // 2
        for sheet in look.sheets
    )


def _entry(line: str) -> tuple[str, str, str, str, str] | None:
    """IP, MAC, both as they stand, and VLAN of a line; None where it holds not just one of each."""
    found = mac_of(line)
    if found is None or len(line) > 200:
        return None
    mac, raw, before, behind = found
    words = [word.strip("(),;") for word in (*before, *behind)]
    known = [(fields.ip(word), word) for word in words if ("." in word or ":" in word) and fields.ip(word)]
    if len(known) != 1 or len(words) > 12:
        return None
    vlan = next((m.group(1) for word in words if (m := _VLAN.fullmatch(word))), "")
    return known[0][0] or "", mac, known[0][1], raw, vlan


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence "device:mac=..." with address and VLAN; a Refusal for lines that look like entries and are none."""
    doubts = Doubts(source, given)
    if recognises(Look([], lines(source, 400))) and not _tabular(Look(source.sheets(), [])):
        rows = lines(source)
        yield from secret_lines(rows)
        yield from _text(rows, given, doubts)
    else:
        yield from _tables(source, given, doubts)
    yield from doubts.refusals()


def _text(rows: list[str], given: Given, doubts: Doubts) -> Iterator[Evidence]:
    head = None
    for number, row in enumerate(rows, 1):
        head = None if prompted(row) else layout(row) or head
        entry = _entry(row)
        if entry is None:
            if row.strip() and not is_quiet(row) and not _OPEN.search(row):
                doubts.line(f"line {number}")
            continue
        ip, mac, written, raw, vlan = entry
        if not names_device(mac):
            continue
        vlan = vlan or _below(rows, number) or vlan_under(row, head)
        subject, where = f"device:mac={mac}", f"line {number}"
        yield Evidence(given.reading, subject, Trait.MAC, mac, raw, where)
        yield Evidence(given.reading, subject, Trait.IP, ip, written, where)
        if vlan:
            yield Evidence(given.reading, subject, Trait.VLAN, vlan, vlan, where)


def _below(rows: list[str], at: int) -> str:
    """VLAN on the line with this index, where it holds nothing else; "" none."""
    found = _BELOW.fullmatch(rows[at]) if at < len(rows) else None
    return (fields.vlan(found.group(1)) or "") if found else ""


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
                vlan = _VLAN.fullmatch(cells.text("interface"))
                yield from cells.say(subject, Trait.VLAN, vlan.group(1) if vlan else "", "interface")


TABLE = Table(
    "arp",
    4,
    recognises,
    read,
    snapshot=False,
    columns=columned(HEADINGS),
    fields=frozenset(("ip", "mac", "interface")),
)
