"""DHCP leases -> which address a MAC address held, under which name, and when.

Four forms: ISC dhcpd.leases, dnsmasq.leases, the text of `netsh dhcp server scope ... show clients 1`, and tables: what
a Windows DHCP server exports (CSV, XLSX), the CSV files of Kea, Infoblox and other appliances. A lease that has
expired, is free, was declined, abandoned or given back, and a reservation that is not in use, tell of no device that is
there; of ISC, whose file is a log, the last record of an address counts. A lease of ISC holds its address from `starts`
to `ends`; the other forms tell when it will end, not when it began: no time is stated then. Readings add up: a site may
have several servers.
Source: ISC dhcpd.leases(5); Kea Administrator Reference Manual (lease files' columns and states); dnsmasq(8),
"leasefile"; Windows Server, netsh dhcp.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from hygie.facts import headings
from hygie.model.evidence import Evidence, Trait
from hygie.model.seams import Given, Input, Sheet
from hygie.names import fields
from hygie.sources.opening.text import lines
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, secret_lines, tables

HEADINGS = Headings("leases", headings.LEASES, headings.LEASES_UNREAD, free=frozenset(("description",)))
_MORE = ("lease_end", "lease_start", "state", "scope")
_BEGIN = re.compile(r"\s*lease\s+(\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]+)\s*\{")
_TIME = re.compile(r"(starts|ends|cltt)\s+(?:\d\s+(\d{4})/(\d\d)/(\d\d)\s+(\d\d):(\d\d):(\d\d)|epoch\s+(\d{1,12}))")
_HARDWARE = re.compile(r"hardware\s+\S+\s+([0-9a-fA-F:]{11,23})\s*;")
_NAME = re.compile(r'client-hostname\s+"([^"]*)"')
_CLASS = re.compile(r'set\s+vendor-class-identifier\s*=\s*"([^"]*)"')
_STATE = re.compile(r"(?<!next )(?<!rewind )binding\s+state\s+(\w+)")
_KEA = frozenset(("1", "2", "3"))
"""States in Kea's lease files: declined, expired and reclaimed, released; 0 is a lease in use."""
_DNSMASQ = re.compile(
    r"(\d{1,12})\s+((?:\d\d-)?[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5})\s+(\d{1,3}(?:\.\d{1,3}){3})\s+(\S+)\s+\S+\s*"
)
_NETSH = re.compile(
    r"\s*(\d{1,3}(?:\.\d{1,3}){3})\s+-\s?\d{1,3}(?:\.\d{1,3}){3}\s+-\s?((?:[0-9a-f]{2}-){5}[0-9a-f]{2})-?\s"
    r".{0,60}?-\s?[NDBUR]\s?-?(?:\s+(\S{1,253}))?\s*",
    re.IGNORECASE,
)
_INACTIVE = re.compile(r"-\s*(?:INACTIVE|INACTIF)\b", re.IGNORECASE)
"""Instead of an end: a reservation that is not in use."""
_NETSH_BEGIN = re.compile(r"\s*\d{1,3}(?:\.\d{1,3}){3}\s+-\s?\d{1,3}(?:\.\d{1,3}){3}\s+-")
_OF_KEA = "valid_lifetime"
"""Heading that Kea's lease files have."""
_PARTED = re.compile(r"[.:\- ]")
_OPEN_LINES = 200
"""Lines that one lease may have."""


def recognises(look: Look) -> float:
    """Blocks of ISC, lines of dnsmasq or netsh, or columns of addresses with an end or a state."""
    filled = [line for line in look.lines if line.strip() and not line.lstrip().startswith("#")]
    if any(_BEGIN.match(line) or _NETSH.fullmatch(line) for line in filled):
        return 1.0
    if filled and sum(bool(_DNSMASQ.fullmatch(line)) for line in filled) > len(filled) * 0.6:
        return 1.0
    return max((_fits(sheet) for sheet in look.sheets), default=0.0)


def _fits(sheet: Sheet) -> float:
    """How well a sheet fits: addresses with an end, a state or a scope are leases only where the heading says so; the
    state of an address in a plan is none of a lease."""
    score = coverage(sheet, HEADINGS, ("ip",), ("mac",), _MORE)
    understood = mapping(sheet, HEADINGS) if score else None
    if understood is None or {"lease_end", "lease_start"} & set(understood.fields):
        return score
    said = {fields.fold(column.heading) for column in understood.columns}
    return score if said & headings.LEASES_ONLY else 0.0


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence "device:mac=..." with address and name; a Refusal for each lease that cannot be used."""
    doubts = Doubts(source, given)
    start = lines(source, 400)
    if recognises(Look([], start)):
        yield from _text(lines(source), given, doubts)
    else:
        yield from _table(source, given, doubts)
    yield from doubts.refusals()


def _text(rows: list[str], given: Given, doubts: Doubts) -> Iterator[Any]:
    yield from secret_lines(rows)
    over = _over(rows)
    at = 0
    while at < len(rows):
        found = _BEGIN.match(rows[at])
        if found:
            end = next((i for i in range(at, min(at + _OPEN_LINES, len(rows))) if "}" in rows[i]), -1)
            if end < 0:
                raise ValueError("refusal.truncated", f"place=line {at + 1}")
            if found.group(1) not in over:
                yield from _lease(found.group(1), " ".join(rows[at : end + 1]), at + 1, given, doubts)
            at = end
        elif _DNSMASQ.fullmatch(rows[at]):
            yield from _dnsmasq(rows[at], at + 1, given)
        elif found := _NETSH.fullmatch(rows[at]):
            if not _INACTIVE.search(rows[at]):
                yield from _held(given, f"line {at + 1}", found.group(2), found.group(1), found.group(3) or "")
        elif re.match(r"\s*lease\b", rows[at]) or _NETSH_BEGIN.match(rows[at]):
            doubts.line(f"line {at + 1}")
        at += 1


def _over(rows: list[str]) -> set[str]:
    """Addresses whose last record says that the lease is not in use."""
    states: dict[str, str] = {}
    address = ""
    for row in rows:
        found = _BEGIN.match(row)
        if found:
            address = found.group(1)
            states[address] = ""
        state = _STATE.search(row) if address else None
        if state:
            states[address] = state.group(1).lower()
    return {address for address, state in states.items() if state in headings.NOT_PRESENT}


def _lease(address: str, block: str, line: int, given: Given, doubts: Doubts) -> Iterator[Evidence]:
    """One block; one without hardware is a doubt."""
    where = f"line {line}"
    hardware = _HARDWARE.search(block)
    mac = fields.mac(hardware.group(1)) if hardware else None
    ip = fields.ip(address)
    if mac is None or ip is None:
        doubts.line(where)
        return
    times = {found.group(1): _instant(found) for found in _TIME.finditer(block)}
    first = times.get("starts", 0)
    last = times.get("ends", 0) or times.get("cltt", 0)
    name, vendor = _NAME.search(block), _CLASS.search(block)
    host = fields.host_name(name.group(1)) if name else None
    said = (
        (Trait.MAC, mac, hardware.group(1) if hardware else mac),
        (Trait.IP, ip, address),
        (Trait.HOST_NAME, host or "", name.group(1) if name else ""),
        (Trait.DHCP_VENDOR_CLASS, fields.clean(vendor.group(1)) if vendor else "", vendor.group(1) if vendor else ""),
    )
    for trait, value, raw in said:
        if value:
            yield Evidence(given.reading, f"device:mac={mac}", trait, value, raw, where, 1.0, first, max(first, last))


def _instant(found: "re.Match[str]") -> int:
    """Microseconds since 1970 UTC (dhcpd writes UTC); 0 where the date is none."""
    if found.group(8):
        return int(found.group(8)) * 1_000_000
    try:
        when = dt.datetime(*(int(found.group(i)) for i in range(2, 8)), tzinfo=dt.UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return 0
    return int(when.timestamp()) * 1_000_000


def _dnsmasq(row: str, line: int, given: Given) -> Iterator[Evidence]:
    found = _DNSMASQ.fullmatch(row)
    if found is not None:
        name = found.group(4) if found.group(4) != "*" else ""
        yield from _held(given, f"line {line}", found.group(2)[-17:], found.group(3), name)


def _held(given: Given, where: str, hardware: str, address: str, name: str) -> Iterator[Evidence]:
    """A lease of one line, without the time at which it began."""
    mac, ip = fields.mac(hardware), fields.ip(address)
    if mac is None or ip is None:
        return
    host = fields.host_name(name) or ""
    for trait, value, raw in ((Trait.MAC, mac, hardware), (Trait.IP, ip, address), (Trait.HOST_NAME, host, name)):
        if value:
            yield Evidence(given.reading, f"device:mac={mac}", trait, value, raw, where)


def _table(source: Input, given: Given, doubts: Doubts) -> Iterator[Any]:
    for cells in tables(source, given, HEADINGS, doubts):
        if not isinstance(cells, Cells):
            yield cells
            continue
        for _ in cells.rows():
            if _unused(cells):
                continue
            mac, ip = cells.one("mac", _hardware, Trait.MAC.value), cells.one("ip", fields.ip)
            if not (mac and ip):
                doubts.line(cells.place("ip"))
                continue
            subject = f"device:mac={mac}"
            yield from cells.say(subject, Trait.MAC, mac)
            yield from cells.say(subject, Trait.IP, ip)
            yield from cells.say(subject, Trait.HOST_NAME, cells.one("host_name", fields.host_name))


def _unused(cells: Cells) -> bool:
    """That a lease is not in use; Windows says so of a reservation in the column of the end."""
    states = {cells.text("state").strip(), *(fields.fold(cells.text(name)) for name in ("state", "lease_end"))}
    return bool(states & (headings.NOT_PRESENT | (_KEA if cells.headed(_OF_KEA) else frozenset())))


def _hardware(text: str) -> str | None:
    """A MAC address, also behind the 01 of a client's id (RFC 2132 9.14: hardware type 1 is Ethernet)."""
    digits = _PARTED.sub("", text)
    return fields.mac(text) or (fields.mac(digits[2:]) if len(digits) == 14 and digits.startswith("01") else None)


def dated(source: Input) -> str:
    """Day of the last lease that began; "" where the form does not say when they begin."""
    latest = ""
    for row in lines(source) if recognises(Look([], lines(source, 400))) else []:
        found = _TIME.search(row)
        if found and found.group(1) == "starts" and found.group(2):
            latest = max(latest, "-".join(found.group(2, 3, 4)))
    return latest if fields.date(latest) else ""


TABLE = Table(
    "leases",
    5,
    recognises,
    read,
    snapshot=False,
    dated=dated,
    columns=columned(HEADINGS),
    fields=frozenset(("ip", "mac", "host_name")),
)
