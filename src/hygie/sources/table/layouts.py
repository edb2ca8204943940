"""Where the columns of a switch's printed table stand: the head tells which of a line's numbers is the VLAN, the port,
an age or an index.

What comes in: lines of text. What goes out: of a head, where its labels stand; of an entry, its VLAN and its port. A
cell belongs to the label that it stands under, else to the nearest: long cells push their neighbours aside.
Without a head, the shape of the words decides.
Source: the printed tables of Cisco IOS, NX-OS and IOS XR, Aruba CX, HP ProCurve, Comware, Huawei VRP, Junos, EXOS, Dell
OS10 and OS9, AOS (OmniSwitch), FASTPATH (EdgeSwitch), RouterOS and FortiSwitchOS.
"""

import re
from typing import NamedTuple

from hygie.names import fields
from hygie.sources.table.neighbours import MAC, PORT

_LABELS = {
    "mac": re.compile(r"mac[-_ ]?addr(?:ess)?|\bmac\b|hardware addr\w*|\blladdr\b", re.IGNORECASE),
    "port": re.compile(
        r"located on port|\blogical\b|learn(?:ed|t)[- ]from|on-interface|port\s*/\s*\w+|\bports?\b|\binterfaces?\b"
        r"|interface/\w+",
        re.IGNORECASE,
    ),
    "vlan": re.compile(r"\bvlan(?:\s*id|/\S+)?|\bvlans?\b|\bvid\b", re.IGNORECASE),
}
"""What a head says -> the column."""
_WORD = re.compile(r"vPC Peer-Link\S*|\b(?:Te|Gi|Fo|Hu|Fa|Tf|Twe|Po|Eth)\s\d+(?:/\d+)*\b|\S+")
_VLAN = re.compile(r"(\d{1,4})(?:/-){0,2}|\S*\((\d{4})\)|(?:vlan|vl|v)[-_]?0*(\d{1,4})", re.IGNORECASE)
_LABELLED = re.compile(r"\bVLAN:\s*(\d{1,4})\b.{0,40}?\bPort:\s*([\w.\-/]{1,40})", re.IGNORECASE)
"""FortiSwitchOS writes the names of the columns into each line."""
_UNIT = re.compile(r"\([^()]{0,20}\)")
"""What stands in brackets in a head: "TTL(10 Sec)"."""
_MOST = 300
"""Characters of a line that is a head or an entry."""


class Span(NamedTuple):
    """A word of a line and where it stands."""

    text: str
    start: int
    end: int


class Layout(NamedTuple):
    """Where the labels of a head stand; None for a column that it has not."""

    port: Span | None
    vlan: Span | None


def layout(line: str) -> Layout | None:
    """The columns of a head; None where a line is none: it names a MAC address and a port or VLAN, and no number."""
    row = line.expandtabs()
    if len(row) > _MOST or any(letter.isdigit() for letter in _UNIT.sub("", row)) or row.rstrip().endswith((">", "#")):
        return None
    found = {name: label.search(row) for name, label in _LABELS.items()}
    if not found["mac"] or not (found["port"] or found["vlan"]):
        return None
    port, vlan = (Span(f.group(), f.start(), f.end()) if (f := found[name]) else None for name in ("port", "vlan"))
    return Layout(port, vlan)


def place(line: str, head: Layout | None) -> tuple[str, str] | None:
    """VLAN ("" not told) and port of an entry; None where it names no port, or holds an IP address."""
    labelled = _LABELLED.search(line[:_MOST])
    if labelled:
        return fields.vlan(labelled.group(1)) or "", labelled.group(2)
    words = _words(line)
    if any(fields.ip(word.text.strip("(),;")) for word in words):
        return None
    ports = [word for word in words if PORT.fullmatch(word.text)]
    vlans = [word for word in words if vlan(word.text)]
    if head is not None and head.port:
        port = _port(ports, head.port)
        number = _nearest([v for v in vlans if v != port], head.vlan) if head.vlan else None
    else:
        port, number = _by_shape(ports, vlans)
    return (vlan(number.text) if number else "", port.text.replace(" ", "")) if port else None


def vlan(word: str) -> str:
    """Number that a cell for VLANs tells: "330", "330/-/-", "biomed(0330)", "vlan330"; "" none."""
    found = _VLAN.fullmatch(word)
    return (fields.vlan(next(filter(None, found.groups()))) or "") if found else ""


def vlan_under(line: str, head: Layout | None) -> str:
    """The number that stands under the head's VLAN in a line; "" none."""
    if head is None or head.vlan is None:
        return ""
    under = [w for w in _words(line) if w.text.isdigit() and w.start < head.vlan.end and head.vlan.start < w.end]
    return vlan(under[0].text) if len(under) == 1 else ""


def _words(line: str) -> list[Span]:
    """The words of a line but its MAC address."""
    row = line.expandtabs()[:_MOST]
    mac = MAC.search(row)
    spans = (Span(found.group(), found.start(), found.end()) for found in _WORD.finditer(row))
    return [span for span in spans if mac is None or span.end <= mac.start() or span.start >= mac.end()]


def _nearest(words: list[Span], label: Span) -> Span | None:
    """The word that stands under a label, else the one nearest to it."""
    return min(words, key=lambda word: _gap(word, label), default=None)


def _gap(word: Span, label: Span) -> int:
    return max(0, word.start - label.end + 1, label.start - word.end + 1)


def _port(ports: list[Span], label: Span) -> Span | None:
    """The port of a line: what stands under the label; a bare number beside it only where no port's name is there."""
    best = _nearest(ports, label)
    if best is not None and best.text.isdigit() and _gap(best, label):
        return _nearest([word for word in ports if not word.text.isdigit()], label) or best
    return best


def _by_shape(ports: list[Span], vlans: list[Span]) -> tuple[Span | None, Span | None]:
    """Port and VLAN of a line without a head: the last of the names with letters, else with slashes, else the last
    number; and the first number that is left."""
    named = [word for word in ports if any(letter.isalpha() for letter in word.text)]
    cut = [word for word in ports if not word.text.isdigit()]
    port = next((sort[-1] for sort in (named, cut, ports) if sort), None)
    left = [word for word in vlans if word != port]
    return port, next((word for word in left if not word.text[:1].isalpha()), left[0] if left else None)
