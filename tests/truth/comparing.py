"""Joins the program's answer on the example with `tests/truth.json`: what a careful person concludes."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from hygie.exports.tally import OPEN, Tally
from hygie.model.fleet import Device
from hygie.model.picture import Picture

TRUTH = Path(__file__).parents[1] / "truth.json"


class Comparison:
    """Truth beside answer."""

    def __init__(self, picture: Picture) -> None:
        self.truth: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
        self.picture = picture
        self.tally = Tally(picture)

    @cached_property
    def pairs(self) -> dict[str, Device]:
        """ref -> the device that shares a MAC, or an inventory number and serial, or else the serial or number."""
        found: dict[str, Device] = {}
        for true in self.truth["devices"]:
            if best := max(self.picture.devices, key=lambda d: self._likeness(true, d)):
                if self._likeness(true, best) > 0:
                    found[true["ref"]] = best
        return found

    def _likeness(self, true: dict[str, Any], device: Device) -> int:
        macs = bool(set(true["macs"]) & set(device.macs))
        number = bool(true["inventory"]) and true["inventory"] == device.inventory
        serial = bool(true["serial"]) and true["serial"].lower() == device.serial.lower()
        return 4 * macs + 3 * (number and serial) + 2 * (number and not true["system"]) + (serial and not number)

    def device_differences(self, *fields: str) -> Iterator[str]:
        """Each field of each device that is not as in the truth."""
        for true in self.truth["devices"]:
            device = self.pairs.get(true["ref"])
            if device is None:
                yield f"{true['ref']}: no device"
                continue
            for field in fields:
                want, got = true[field], ANSWERS[field](self, device)
                if want != got:
                    yield f"{true['ref']}.{field}: want {want!r}, got {got!r}"

    def findings(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        """(ref, vulnerability) -> verdict, speaker, document."""
        found = {}
        for ref, device in self.pairs.items():
            for one in self.tally.findings.get(self.tally.profile.get(device.id, ""), ()):
                found[ref, one.vulnerability] = (one.verdict.value, one.speaker.value, one.document)
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


ANSWERS = {
    "inventory": lambda c, d: d.inventory,
    "site": lambda c, d: d.site,
    "kind": lambda c, d: d.kind,
    "make": lambda c, d: d.make,
    "product": lambda c, d: d.product,
    "version": lambda c, d: d.version,
    "serial": lambda c, d: d.serial,
    "macs": lambda c, d: sorted(d.macs),
    "ips": lambda c, d: sorted(d.addresses),
    "ward": lambda c, d: d.ward,
    "connectable": lambda c, d: d.connectable.value,
    "seen": lambda c, d: d.seen.value,
    "exposure": lambda c, d: c.picture.standings[d.id][0],
}
