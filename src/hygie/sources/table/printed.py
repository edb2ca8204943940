"""What network machines print on a terminal, line by line: ARP tables, MAC tables, bindings of addresses, wireless
clients, neighbours. One text may hold the answers to several commands, one after another.

What comes in: lines of text. What goes out: evidence "device:mac=..." with the line that it stands on; a doubt for each
line that means to be an entry and is none.

The command behind a prompt says what follows, until the next prompt. Without one, the shape of a line does: an IP and a
MAC address are an entry of an ARP table, a MAC address and a port one of a MAC table. The answers to other commands are
not read, whatever addresses stand in them: that is told once.
The switch is named by the prompt. A port with more than 8 addresses leads to another switch: its devices are not
plugged in there, which the confidence says.
Source: see `neighbours`, `layouts` and `announced`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from hygie.model.evidence import Evidence, Refusal, Trait
from hygie.model.seams import Given, Input
from hygie.names import fields
from hygie.sources.table import announced
from hygie.sources.table.layouts import Layout, layout, place, vlan_under
from hygie.sources.table.neighbours import command, is_quiet, mac_of, names_device, prompted
from hygie.sources.table.rows import Doubts, secret_lines

VLAN = re.compile(r"(?:vlan|vl|bvi|irb\.|vlanif|vlan-interface|vlan[._\-])\s?0*(\d{1,4})", re.IGNORECASE)
"""An interface that is named by its VLAN."""
_BELOW = re.compile(r"\s+(\d{1,4})/(?:-|\d{1,4})\s*")
"""Huawei sets the VLAN of an entry on the line below it: "330/-"."""
OPEN = re.compile(r"incomplete|failed|\(?no entry\)?", re.IGNORECASE)
"""What stands where an address was asked for and nobody answered."""
CROWD = 8
"""MAC addresses on a port from which it is taken for a link to another switch."""
_ITSELF = ("cpu", "router", "switch")
"""Ports that stand for the switch."""
_LONGEST = 300
"""Characters of a line that is an entry."""


class Sort(StrEnum):
    """What a part of the text holds."""

    SHAPED = "shaped"
    """No command is known: each line is what it looks like."""
    MAC = "mac"
    ARP = "arp"
    CLIENTS = "clients"
    """Wireless clients: a MAC address, and an IP address in some; names there are of people."""
    NEIGHBOURS = "neighbours"
    OTHER = "other"


_COMMANDS = (
    (Sort.OTHER, re.compile(r"inspection|access-list|\bcounters?\b|statistics|\bcount\b|aging|timeout|\bconfig")),
    (Sort.NEIGHBOURS, re.compile(r"\b(?:lldp|cdp|edp)\b.*\b(?:nei|remote|entry|ports\b)|/ip neighbor|\bcdp nei")),
    (
        Sort.ARP,
        re.compile(r"\barp\b|ipv6 nei|\bnd cache|snooping\b.*\bbind|device[- ]tracking|user-bind|source binding"),
    ),
    (
        Sort.CLIENTS,
        re.compile(
            r"\b(?:wireless|wlan|ap) client|\bclient (?:summ|all)|user-table|\bstations?\b|sta-info|dot11 assoc"
        ),
    ),
    (
        Sort.MAC,
        re.compile(
            r"^(?:do )?(?:sh\w*|dis\w*) mac\b|mac[-_ ]?addr|mac-learning|mac-table|address-table|switching table"
            r"|\bfdb\b|(?:bridge|switch) host|port-security|diag\w* switch mac"
        ),
    ),
)
"""What a command asks for, the first that fits."""


_ANNOUNCED = re.compile(
    r"\s*[-*]?\s*(?:neighbou?r )?chassis[- ]?id\s*:|entry address\(es\):|local interface +parent|local-port +chassis"
    r"|device id +local int|system name +local int|\s*localport \| chassisid",
    re.IGNORECASE,
)
"""What only lists of neighbours have, with or without a prompt above."""
_LEFT = re.compile(r"\b(?:disassociated|excluded|probing)\b", re.IGNORECASE)
"""A wireless client that is not there any more, or not yet."""


class Entry(NamedTuple):
    """One line that names a machine."""

    mac: str
    raw: str
    """The MAC address as it stands."""
    vlan: str
    line: int
    switch: str
    ip: str = ""
    written: str = ""
    """The IP address as it stands."""
    port: str = ""


class Part(NamedTuple):
    """Lines that one command printed, or all of a text without prompts."""

    sort: Sort
    switch: str
    first: int
    """Number of the first line."""
    rows: list[str]


def sort_of(asked: str, rows: list[str]) -> Sort:
    """What a command printed. One that is not known may have printed a table of MAC addresses: its head says so."""
    if not asked:
        return Sort.NEIGHBOURS if any(_ANNOUNCED.match(row[:200]) for row in rows) else Sort.SHAPED
    known = next((sort for sort, shape in _COMMANDS if shape.search(asked)), None)
    return known or (Sort.SHAPED if any(map(layout, rows)) else Sort.OTHER)


def parts(rows: list[str]) -> Iterator[Part]:
    """The parts of a text, in order."""
    first, asked, switch = 1, "", ""
    for number, row in enumerate(rows, 1):
        typed, name = command(row), prompted(row)
        if typed or name:
            yield _part(asked, switch, first, rows[first - 1 : number - 1])
            first, asked, switch = number + 1, typed, name or switch
    yield _part(asked, switch, first, rows[first - 1 :])


def _part(asked: str, switch: str, first: int, rows: list[str]) -> Part:
    return Part(sort_of(asked, rows), switch, first, rows)


def arp_entry(line: str, vlan: str = "", at: int = 0, switch: str = "") -> Entry | None:
    """The machine of a line with just one IP and one MAC address and little else; None for another line."""
    found = mac_of(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    mac, raw, before, behind = found
    words = [word.strip("(),;") for word in (*before, *behind)]
    known = [(fields.ip(word), word) for word in words if ("." in word or ":" in word) and fields.ip(word)]
    if len(known) != 1 or len(words) > 12 or len(line) > 200:
        return None
    vlan = next((m.group(1) for word in words if (m := VLAN.fullmatch(word))), "") or vlan
    return Entry(mac, raw, vlan, at, switch, known[0][0] or "", known[0][1])


def mac_entry(line: str, head: Layout | None, at: int = 0, switch: str = "") -> Entry | None:
    """The machine of a line with a MAC address, a port, and no IP address; None for another line."""
    found = mac_of(line)
    told = place(line, head) if found else None
    return Entry(found[0], found[1], told[0], at, switch, port=told[1]) if found and told else None


def _client(line: str, at: int, switch: str) -> Entry | None:
    """A wireless client: its MAC address is the line's first, and its IP address stands before or behind it."""
    found = mac_of(line) if len(line) <= _LONGEST and not _LEFT.search(line) else None
    if found is None:
        return None
    near = [word for word in (*found[2][-1:], *found[3][:1]) if "." in word or ":" in word]
    known = next(((ip, word) for word in near if (ip := fields.ip(word))), ("", ""))
    return Entry(found[0], found[1], "", at, switch, *known)


def entries(part: Part) -> Iterator[tuple[int, str, Entry | None]]:
    """Each line of a part with its number and the machine that it names; None for one that names none."""
    head = None
    for at, row in enumerate(part.rows):
        number, found = part.first + at, None
        head = layout(row) or head
        if part.sort in (Sort.ARP, Sort.SHAPED):
            found = arp_entry(row, _below(part.rows, at + 1) or vlan_under(row, head), number, part.switch)
        if part.sort in (Sort.MAC, Sort.SHAPED) and found is None:
            found = mac_entry(row, head, number, part.switch)
        if part.sort is Sort.CLIENTS:
            found = _client(row, number, part.switch)
        yield number, row, found


def _below(rows: list[str], at: int) -> str:
    """VLAN on the line with this index, where it holds nothing else; "" none."""
    found = _BELOW.fullmatch(rows[at]) if at < len(rows) else None
    return (fields.vlan(found.group(1)) or "") if found else ""


def read(rows: list[str], source: Input, given: Given, doubts: Doubts) -> Iterator[Any]:
    """Evidence of all that is read of a text, with the secrets of its lines; a Refusal for what is not read."""
    yield from secret_lines(rows)
    found: list[Entry] = []
    others: list[int] = []
    for part in parts(rows):
        if part.sort is Sort.OTHER:
            others.extend([part.first - 1] if any(row.strip() for row in part.rows) else [])
        elif part.sort is Sort.NEIGHBOURS:
            yield from announced.read(part.rows, part.first, part.switch, given, doubts)
        else:
            found.extend(_certain(part, doubts))
    yield from _evidence(found, given)
    if others:
        args = (f"count={len(others)}", f"line={others[0]}")
        yield Refusal(given.reading, source.name, f"line {others[0]}", "refusal.commands", args)


def _certain(part: Part, doubts: Doubts) -> Iterator[Entry]:
    """The machines of a part; a doubt for each line that means to be an entry and is none."""
    for number, row, entry in entries(part):
        if entry is None:
            left = part.sort is Sort.CLIENTS and _LEFT.search(row)
            if row.strip() and not is_quiet(row) and not OPEN.search(row) and not left:
                doubts.line(f"line {number}")
        elif names_device(entry.mac) and entry.port.lower() not in _ITSELF:
            yield entry


def _evidence(found: Iterable[Entry], given: Given) -> Iterator[Evidence]:
    found = list(found)
    crowds = Counter((entry.port, entry.switch) for entry in found if entry.port)
    for entry in found:
        subject, where = f"device:mac={entry.mac}", f"line {entry.line}"
        sure = 0.3 if crowds[entry.port, entry.switch] > CROWD else 1.0
        yield Evidence(given.reading, subject, Trait.MAC, entry.mac, entry.raw, where)
        if entry.ip:
            yield Evidence(given.reading, subject, Trait.IP, entry.ip, entry.written, where)
        if entry.vlan:
            yield Evidence(given.reading, subject, Trait.VLAN, entry.vlan, entry.vlan, where)
        if entry.port and entry.switch:
            yield Evidence(given.reading, subject, Trait.SWITCH, entry.switch, entry.switch, where, sure)
        if entry.port:
            yield Evidence(given.reading, subject, Trait.SWITCH_PORT, entry.port, entry.port, where, sure)
