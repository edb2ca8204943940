"""Joins the program's answer on the example with `tests/truth.json`: what a careful person concludes.

Only notation is made equal: how a record or a document is cited, letter case and domain of a machine's name, the name
of a protocol's part. Everything else, spellings too, has to be the same.
"""

import json
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from hygie.exports.tally import OPEN, Tally
from hygie.model.fleet import Device
from hygie.model.picture import Picture
from hygie.names.whereabouts import GROUP, OUTSIDE, End, Whereabouts

TRUTH = Path(__file__).parents[1] / "truth.json"

SERVICES = {
    "dicom-store": "dicom", "dicom-worklist": "dicom", "dicom-query": "dicom", "dicom-echo": "dicom", "hl7-oru": "hl7",
    "hl7-adt": "hl7", "netbios": "netbios-ns", "wsdiscovery": "ws-discovery",
}  # fmt: skip
"""What the truth calls a service -> what the program calls the protocol."""

Pair = tuple[str, str]
"""Device (ref) and vulnerability."""


class Comparison:
    """Truth beside answer."""

    def __init__(self, picture: Picture) -> None:
        self.truth: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
        self.picture = picture
        self.tally = Tally(picture)
        self.files = {r.id: r.name.rsplit("/", 1)[-1] for r in picture.readings}

    @cached_property
    def pairs(self) -> dict[str, Device]:
        """ref -> the device that shares a MAC, or an inventory number and serial, or else the serial or number."""
        found: dict[str, Device] = {}
        for true in self.truth["devices"]:
            best = max(self.picture.devices, key=lambda d: self._likeness(true, d))
            if self._likeness(true, best) > 0:
                found[true["ref"]] = best
        return found

    def _likeness(self, true: dict[str, Any], device: Device) -> int:
        macs = bool(set(true["macs"]) & set(device.macs))
        number = bool(true["inventory"]) and true["inventory"] == device.inventory
        serial = bool(true["serial"]) and true["serial"].lower() == device.serial.lower()
        return 4 * macs + 3 * (number and serial) + 2 * (number and not true["system"]) + (serial and not number)

    @cached_property
    def refs(self) -> dict[str, str]:
        """Device id -> ref."""
        return {device.id: ref for ref, device in self.pairs.items()}

    def device_differences(self, *fields: str) -> Iterator[str]:
        """Each field of each device that is not as in the truth."""
        for true in self.truth["devices"]:
            device = self.pairs.get(true["ref"])
            if device is None:
                yield f"{true['ref']}: no device"
                continue
            for field in fields:
                got = ANSWERS[field](self, device)
                if not ACCEPTED.get(field, equal)(true, field, got):
                    yield f"{true['ref']}.{field}: want {true[field]!r}, got {got!r}"

    def mates(self, device: Device) -> list[str]:
        """Refs of the other members of its system."""
        same = (d for d in self.picture.devices if device.system and d.system == device.system and d is not device)
        return sorted(self.refs.get(d.id, d.id) for d in same)

    def vlan(self, device: Device) -> int:
        """Of its zone; 0 none."""
        return next((int(z.vlan or 0) for z in self.picture.zones if z.id == device.zone), 0)

    @cached_property
    def documents(self) -> dict[str, str]:
        """Document id -> file that carries it, of documents that are cited by an address."""
        return {a.document: self.files[a.reading] for a in self.picture.advisories if ":" in a.document}

    def cited(self, document: str) -> str:
        """A document as the truth cites it: "CVE-... (cna:BD)" is the CVE's record, an OpenVEX id its file."""
        return self.documents.get(document, document.partition(" (")[0])

    @cached_property
    def findings(self) -> dict[Pair, tuple[str, str, str]]:
        """Verdict, speaker, document; a device that is not in the truth stands under its id."""
        found = {}
        for device in self.picture.devices:
            for one in self.tally.findings.get(self.tally.profile.get(device.id, ""), ()):
                key = (self.refs.get(device.id, device.id), one.vulnerability)
                found[key] = (one.verdict.value, one.speaker.value, self.cited(one.document))
        return found

    def priority(self, ref: str, vulnerability: str) -> dict[str, str]:
        """SSVC inputs and outcome of a device's finding; {} none."""
        device = self.pairs[ref]
        for one in self.tally.findings.get(self.tally.profile.get(device.id, ""), ()):
            if one.vulnerability == vulnerability and one.verdict in OPEN:
                found = self.tally.priority(one.id, device)
                if found:
                    names = "exploitation exposure automatable safety mission human_impact".split()
                    return {name: getattr(found, name) for name in names} | {"outcome": found.outcome.value}
        return {}

    def flows(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """(client, server, protocol, transport, port) -> whether outside, packets, first and last day."""
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        for trace in Whereabouts(self.picture.zones, self.picture.bindings).trace(self.picture.flows):
            flow = trace.flow
            key = (self.end(trace.client), self.end(trace.server), flow.service, flow.transport, str(flow.port))
            new = {"outside": trace.server.side == OUTSIDE, "packets": 0, "first": flow.first, "last": flow.last}
            seen = found.setdefault(key, new)
            seen["packets"] += flow.packets_out + flow.packets_back
            seen["first"], seen["last"] = min(seen["first"], flow.first), max(seen["last"], flow.last)
        return found

    def end(self, end: End) -> str:
        """Ref of a device, "group" for broadcast and multicast, else the address."""
        return "group" if end.side == GROUP else self.refs.get(end.device, end.address)


def equal(true: dict[str, Any], field: str, got: Any) -> bool:
    """As in the truth."""
    return bool(true[field] == got)


def same_set(true: dict[str, Any], field: str, got: Any) -> bool:
    """The same values, in any order."""
    return sorted(true[field]) == sorted(got)


def named(true: dict[str, Any], field: str, got: Any) -> bool:
    """Every name is the machine's, whatever its case and domain; none where nobody tells one."""
    return {name.partition(".")[0].lower() for name in got} == ({true[field].lower()} if true[field] else set())


def titled(true: dict[str, Any], field: str, got: Any) -> bool:
    """The one AE title; none where nobody tells one."""
    return list(got) == ([true[field]] if true[field] else [])


def system(true: dict[str, Any], field: str, got: Any) -> bool:
    """As the GMAO says; where it says nothing, what traffic may tell is what it really runs."""
    return bool(got == true[field] or (not true[field] and got in (true["os_real"], true["os_told"])))


def seen(true: dict[str, Any], field: str, got: Any) -> bool:
    """Where the tie between GMAO and traffic is doubtful, what is said while nobody has answered is right too."""
    return got == true[field] or (bool(true["seen_while_doubtful"]) and got == true["seen_while_doubtful"])


ANSWERS: dict[str, Callable[[Comparison, Device], Any]] = {
    "inventory": lambda c, d: d.inventory,
    "site": lambda c, d: d.site,
    "kind": lambda c, d: d.kind,
    "make": lambda c, d: d.make,
    "product": lambda c, d: d.product,
    "version": lambda c, d: d.version,
    "serial": lambda c, d: d.serial,
    "os": lambda c, d: d.os,
    "os_version": lambda c, d: d.os_version,
    "macs": lambda c, d: d.macs,
    "ips": lambda c, d: d.addresses,
    "host": lambda c, d: d.host_names,
    "ae": lambda c, d: d.ae_titles,
    "ward": lambda c, d: d.ward,
    "vlan": lambda c, d: c.vlan(d),
    "connectable": lambda c, d: d.connectable.value,
    "system": lambda c, d: c.mates(d),
    "role": lambda c, d: d.role,
    "seen": lambda c, d: d.seen.value,
    "exposure": lambda c, d: c.picture.standings[d.id][0],
}
"""Field of a device in the truth -> what the program says."""

ACCEPTED: dict[str, Callable[[dict[str, Any], str, Any], bool]] = {
    "macs": same_set, "ips": same_set, "system": same_set, "host": named, "ae": titled, "os": system, "seen": seen,
}  # fmt: skip
"""Field -> when the answer is right, where that is not plain equality."""
