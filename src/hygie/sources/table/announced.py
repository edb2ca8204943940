"""What a switch heard of its neighbours by LLDP and CDP, as it prints it -> who is plugged in where.

What comes in: the lines that one command printed, in detail (a label and a value a line) or as a table. What goes out:
evidence "device:mac=..." where the neighbour gives a MAC address as its chassis, else "device:name=...", with its
addresses and the port that it is heard on. A name of 20 letters or more in a table may be cut short: it is left out.
Descriptions and platforms are not read.
Source: the output of `show lldp neighbors detail` and `show cdp neighbors detail` (Cisco IOS, NX-OS), `show lldp
neighbor-info` (Aruba CX), `show lldp info remote-device` (HP ProCurve), `display lldp neighbor-information` (Comware),
`display lldp neighbor` (Huawei), `show lldp neighbors` (Junos, EXOS), `/ip neighbor print` (RouterOS).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hygie.model.evidence import Evidence, Trait
from hygie.model.seams import Given
from hygie.names import fields
from hygie.sources.table.neighbours import PORT, is_quiet, names_device
from hygie.sources.table.rows import Doubts

_PAIR = re.compile(r"\s*[-*]?\s*([A-Za-z][\w ()/.\-]{0,40}?)(?:\s+:\s*|:\s+|:$)(\S.{0,250})?$")
_EQUAL = re.compile(r"([\w\-]{2,30})=(\"[^\"]{0,100}\"|\S{1,100})")
"""RouterOS: interface=ether1 mac-address=... identity="SW1"."""
_HEARD = re.compile(
    r"\s*(?:(\S{1,40}) has \d+ neighbo|LLDP neighbor-information of port \d+\s*\[(\S{1,40})\]"
    r"|LLDP Port (\S{1,20}) detected)",
    re.IGNORECASE,
)
"""Huawei, Comware and EXOS set the port above its neighbours."""
_LOCAL = frozenset(("local intf", "local port id", "local interface", "local port", "localport", "port", "interface"))
_CHASSIS = frozenset(
    ("chassis id", "chassisid", "neighbor chassis id", "neighbour chassis id", "remote chassis id", "mac address")
)
_NAME = frozenset(
    "system name;sysname;sys name;neighbor system name;neighbor chassis name;remote system name;device id;"
    "identity".split(";")
)
_CARD = frozenset(("port id", "portid", "neighbor port id", "remote port id"))
"""An end device may give its address as its port, and no MAC address as its chassis."""
_ADDRESS = frozenset(
    "ip;ip address;ipv4 address;ipv6 address;management address;management address value;neighbor management address;"
    "address;mgmt address;remote management address;address4;address6;management ipv4 address".split(";")
)
_FIELDS = {
    **dict.fromkeys(_LOCAL, "port"),
    **dict.fromkeys(_CHASSIS, "mac"),
    **dict.fromkeys(_NAME, "name"),
    **dict.fromkeys(_CARD, "card"),
    **dict.fromkeys(_ADDRESS, "ip"),
}
_LABELS = {
    "port": re.compile(r"local[- ]?(?:intf|intrfce|interface|port)|^\s*port\b", re.IGNORECASE),
    "mac": re.compile(r"(?:neighbor )?chassis[- ]?id", re.IGNORECASE),
    "name": re.compile(r"system[- ]name|sys-?name|device[- ]id|neighbor name", re.IGNORECASE),
}
"""What the head of a table says -> the column."""
_WORD = re.compile(r"\b(?:Gig|Ten|Fas|Eth|For|Hun|Two|Gi|Te|Fa|Fo|Hu)\s\d+(?:/\d+)*\b|[^\s|]+")
_CUT = 20
"""Letters of a name in a table from which it may be cut short."""
_NOTHING = re.compile(r"not advertised|not received|n/a|none", re.IGNORECASE)


class Value(NamedTuple):
    """What stands on a line."""

    text: str
    line: int


@dataclass(slots=True)
class Neighbour:
    """One neighbour, as far as it was read."""

    line: int
    port: Value | None = None
    mac: Value | None = None
    name: Value | None = None
    card: Value | None = None
    ip: list[Value] = field(default_factory=list)
    headed: bool = False
    """That its port stood before it, and holds for the next one too."""

    @property
    def begun(self) -> bool:
        """That more than a port is known."""
        return bool(self.mac or self.name or self.ip)


def read(rows: list[str], first: int, switch: str, given: Given, doubts: Doubts) -> Iterator[Evidence]:
    """Evidence of each neighbour; a doubt for each that nothing names. `first`: number of the first line."""
    one = Neighbour(first)
    head: dict[str, tuple[int, int]] = {}
    alone = ""
    for number, row in enumerate(rows, first):
        told = list(_told(row[:400]))
        if told:
            for what, text in told:
                done, one = _put(one, what, Value(text, number))
                if done:
                    yield from _evidence(done, switch, given, doubts)
        if told or _PAIR.match(row[:400]):
            head = {}
            continue
        headed = _head(row)
        head = headed or head
        if head and not headed:
            found = _line(row[:400], head, number, alone)
            alone = row.strip() if len(row.split()) == 1 and fields.host_name(row.strip()) else ""
            if found is not None:
                yield from _evidence(found, switch, given, doubts)
            elif _ported(row, head) or not is_quiet(row):
                doubts.line(f"line {number}")
    if one.begun:
        yield from _evidence(one, switch, given, doubts)


def count(rows: list[str]) -> int:
    """How many lines name a neighbour: by its chassis or its name, or in a table."""
    found = 0
    head: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows, 1):
        told = {what for what, _ in _told(row[:400])}
        headed = _head(row)
        found += bool(told & {"mac", "name"} or (head and not headed and _line(row[:400], head, number, "")))
        head = {} if told or _PAIR.match(row[:400]) else headed or head
    return found


def _told(row: str) -> Iterator[tuple[str, str]]:
    """Field and text of what a line says of a neighbour."""
    heard = _HEARD.match(row)
    if heard:
        yield "port", next(filter(None, heard.groups()))
        return
    for key, text in _EQUAL.findall(row):
        if fields.fold(key) in _FIELDS:
            yield _FIELDS[fields.fold(key)], text.strip('"')
    pair = _PAIR.match(row)
    what = _FIELDS.get(fields.fold(pair.group(1)), "") if pair else ""
    text = (pair.group(2) or "").strip().strip('"') if pair else ""
    if not what or not text or _NOTHING.fullmatch(text):
        return
    if what == "mac" and fields.ip(text):  # a chassis may be named by its address
        yield "ip", text
    elif what not in ("mac", "card") or fields.mac(text):
        yield what, text


def _put(one: Neighbour, what: str, value: Value) -> tuple[Neighbour | None, Neighbour]:
    """The neighbour that is done, if this begins another, and the one that the value was put to."""
    done = None
    again = {"port": one.port is not None and (one.begun or one.headed), "mac": one.mac, "name": one.name}.get(what)
    if again:
        done = one if one.begun else None
        kept = one.port if one.headed and what != "port" else None
        one = Neighbour(value.line, kept, headed=kept is not None)
    if what == "port":
        one.port, one.headed = value._replace(text=value.text.split(",")[0].strip()), not one.begun
    elif what == "mac":
        one.mac = value
    elif what == "name":
        one.name = value
    elif what == "card":
        one.card = value
    else:
        one.ip.append(value)
    return done, one


def _head(row: str) -> dict[str, tuple[int, int]]:
    """Where the labels of a table's head stand; {} where a line is none."""
    if len(row) > 300 or any(letter.isdigit() for letter in row):
        return {}
    found = {name: (f.start(), f.end()) for name, label in _LABELS.items() if (f := label.search(row.expandtabs()))}
    return found if "port" in found and len(found) > 1 else {}


def _line(row: str, head: dict[str, tuple[int, int]], number: int, alone: str) -> Neighbour | None:
    """The neighbour of a table's line; None where nothing names it. `alone`: a long name on the line above."""
    words = [(f.group(), f.start(), f.end()) for f in _WORD.finditer(row.expandtabs())]
    cards = [word for word in words if fields.mac(word[0]) and not word[0].isdigit()]
    ports = [word for word in words if PORT.fullmatch(word[0])]
    port, card = _under(ports, head["port"]), _under(cards, head["mac"]) if "mac" in head else None
    named = _under(words, head["name"]) if "name" in head else None
    name = alone or (named[0] if named and named[0] != (port and port[0]) else "")
    if fields.mac(name) or len(name) >= _CUT > len(alone) or name.endswith(".."):
        name = ""
    card = card or (cards[0] if cards else None)
    if not card and not (name and port):
        return None
    one = Neighbour(number)
    one.port = Value(port[0].replace(" ", ""), number) if port else None
    one.mac = Value(card[0], number) if card else None
    one.name = Value(name, number) if name else None
    return one


def _ported(row: str, head: dict[str, tuple[int, int]]) -> bool:
    """That a line of a table has a port where ports stand."""
    words = ((f.group(), f.start(), f.end()) for f in _WORD.finditer(row[:400].expandtabs()))
    ports = [word for word in words if PORT.fullmatch(word[0]) and not word[0].isalpha()]
    return _under(ports, head["port"]) is not None


def _under(words: list[tuple[str, int, int]], label: tuple[int, int]) -> tuple[str, int, int] | None:
    """The word that stands under a label."""
    return next((word for word in words if word[1] < label[1] and label[0] < word[2]), None)


def _evidence(one: Neighbour, switch: str, given: Given, doubts: Doubts) -> Iterator[Evidence]:
    named = one.mac or one.card
    mac = fields.mac(named.text) if named else None
    mac = mac if mac and names_device(mac) else None
    host = fields.host_name(re.sub(r"\(.*", "", one.name.text).strip()) if one.name else None
    if not (mac or host):
        doubts.line(f"line {one.line}")
        return
    subject = f"device:mac={mac}" if mac else f"device:name={host}"
    said: list[tuple[Trait, str, Value]] = []
    if named and mac:
        said.append((Trait.MAC, mac, named))
    if one.name and host:
        said.append((Trait.HOST_NAME, host, one.name))
    addresses = [(ip, value) for value in one.ip if (ip := fields.ip(value.text.split(",")[0].split(" ")[0]))]
    said.extend((Trait.IP, ip, value) for ip, value in dict(addresses).items())
    if one.port and PORT.fullmatch(one.port.text):
        said.append((Trait.SWITCH, switch, one.port))
        said.append((Trait.SWITCH_PORT, one.port.text, one.port))
    for trait, text, value in said:
        if text:
            raw = text if trait is Trait.SWITCH else value.text
            yield Evidence(given.reading, subject, trait, text, raw, f"line {value.line}")
