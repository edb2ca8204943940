"""Words and shapes that tables of switches and routers share: MAC tokens, ports, prompts, lines that say nothing.

Source: the output of `show mac address-table`, `display mac-address` and `show ip arp` of the makers that `layouts`
names.
"""

import re

from hygie.names import fields

MAC = re.compile(
    r"(?<![\w.:\-])(?:[0-9a-fA-F]{4}[.\-][0-9a-fA-F]{4}[.\-][0-9a-fA-F]{4}|[0-9a-fA-F]{2}(?:[:\-][0-9a-fA-F]{2}){5}"
    r"|[0-9a-fA-F]{6}-[0-9a-fA-F]{6}|[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5})(?![\w.:\-])"
)
"""A MAC address within a line."""

PORT = re.compile(
    r"(?:[A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){0,3}-?\s?\d+(?:[/.:]\d+){0,4}|\d+(?:/\d+){1,3}|\d{1,2}:\d{1,3}|[A-Z]\d{1,3}"
    r"|\d{1,3}GE\d+(?:/\d+){1,3}|\d{1,2}/[A-Z]\d{1,3}|\d{1,3}|[Tt]rk\d+|lag\d+|vtep\S+|vPC Peer-Link|"
    r"CPU|Router|Switch)(?:\(\S*\))?"
)
"""A port's name: Gi1/0/1, 1/1/24, A24, Trk1, ge-0/0/1.0, Eth-Trunk1, 100GE1/0/1, 1:24, 24."""

_COMMAND = r"\s*(?=sh|do|dis|diag|get|exec|swctrl|/|$)"
_BARE = re.compile(r"\s*->\s*(?=show)")
"""The prompt of an OmniSwitch, which names nothing."""
_PROMPTS = tuple(
    re.compile(shape + _COMMAND, re.IGNORECASE)
    for shape in (
        r"\s*(?:\*\s*)?(?:Slot-\d+\s+)?(?:RP/[\w/]+:)?(?:[\w.\-]+@)?(\w[\w.\-]*?)(?:\.\d+(?=\s+#))?-?(?:\([\w\-]+\))?\s*[#>]",
        r"\s*<~?([\w.\-]{1,64})>",
        r"\s*\[[~*]?(?:[\w.\-]+@)?([\w.\-]{1,64})\](?:\s*[>#])?",
        r"\s*\(([\w.\- ]{1,64})\)\s*[#>]",
    )
)
"""Prompts with the command behind them: "sw#show", "<SW>display", "[SW]display", "[admin@SW] > /ip", "(SW) #show"."""
_ENTRY = re.compile(
    r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\b[0-9a-fA-F]{2,4}(?:[.:\-][0-9a-fA-F]{2,4}){2,}\b|\b\d{1,2}/\d{1,2}/\d{1,2}\b"
)
"""What shows that a line means to be an entry: an IP address, something like a MAC address, a port."""
_OWN = re.compile(
    r"\s*(?:interface|[\w.\-]+\s*[#>]|[!#%]|Internet address|<[\w.\-~]+>|"
    r"\[[\w.\-~*@]+\]\s*(?:[>#]|dis|$)|->|\{\w+:\d+\}"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d)",
    re.IGNORECASE,
)
"""Lines of the machine itself: "Interface: 10.1.2.3 --- 0xb", prompts, remarks."""
_HEAD = re.compile(
    r"hardware addr|hw addr|ethernet address|switching table|mac[ _-]?address|address table|adresse physique"
    r"|adresse internet|physical address"
    r"|mac +vlan|virtual port list|vlan +port +mac|on-interface|vlan: \d+ +port:"
    r"|lladdr|hwaddress|located on port|\[ether\]",
    re.IGNORECASE,
)
GROUP = ("01:00:5e:", "33:33:", "01:80:c2:", "01:00:0c:")
"""MAC addresses of groups and of protocols."""


def prompted(line: str) -> str:
    """Name at the prompt that a line begins with; "" where it shows none."""
    found = next((found for prompt in _PROMPTS if (found := prompt.match(line[:200]))), None)
    return found.group(1).lower() if found else ""


def command(line: str) -> str:
    """What a person typed behind a prompt, in lower case and with single spaces; "" where a line shows no prompt or
    nothing behind it."""
    found = next((found for prompt in (*_PROMPTS, _BARE) if (found := prompt.match(line[:200]))), None)
    return " ".join(line[found.end() : 200].lower().split()) if found else ""


def is_quiet(line: str) -> bool:
    """That a line without a readable MAC address belongs to the output's furniture: heads, rules, totals, prompts."""
    return _OWN.match(line) is not None or _ENTRY.search(line) is None


def fits(lines: list[str], entries: int) -> bool:
    """That lines of which `entries` could be read are such an output: hardly anything else, and enough of them."""
    filled = [line for line in lines if line.strip()]
    quiet = sum(is_quiet(line) for line in filled)
    if entries and any(_HEAD.search(line) for line in filled[:40]):
        return entries + quiet >= len(filled) * 0.6
    return bool(entries) and entries + quiet >= len(filled) * 0.8 and entries >= len(filled) * 0.5


def mac_of(line: str) -> "tuple[str, str, list[str], list[str]] | None":
    """MAC address in a line, in normal form and as it stands, and the words before and behind it; None without one."""
    found = MAC.search(line)
    value = fields.mac(found.group()) if found else None
    if found is None or value is None:
        return None
    return value, found.group(), line[: found.start()].split(), line[found.end() :].split()


def names_device(mac: str) -> bool:
    """That an address may stand for a device: neither group, nor zero, nor broadcast."""
    return (
        not mac.startswith(GROUP) and mac not in ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff") and not int(mac[1], 16) & 1
    )
