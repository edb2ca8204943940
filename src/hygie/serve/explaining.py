"""`device` and `why`: finds what an id means, gathers what was said of it, and lets `exports.chain` tell it."""

from collections.abc import Iterator, Sequence

from hygie import register, walk
from hygie.exports import chain
from hygie.exports.listing import finding_id
from hygie.exports.pen import Pen
from hygie.exports.tally import Tally, tally_of
from hygie.ground import Ground
from hygie.match.affected import Affected, affected
from hygie.model.fleet import Device
from hygie.model.picture import Picture
from hygie.model.verdict import Finding
from hygie.names import fields
from hygie.names.whereabouts import Whereabouts
from hygie.store import Ledger


def explain(store: Ledger, ident: str, question: str, language: str) -> list[str]:
    """Lines about a device, a finding or a measure; [] where nothing goes by this name."""
    picture = walk.picture(store)
    tally, pen = tally_of(picture), Pen(language, picture.readings)
    lines: list[str] = []
    for device in named_devices(picture.devices, ident):
        lines += chain.device(_known(store, picture, device), tally, pen)
    if lines or question == "device":
        return lines
    for device, finding in _findings(tally, ident):
        lines += chain.finding(_known(store, picture, device), finding, tally, pen)
    for measure in picture.measures:
        if measure.id == ident:
            lines += chain.measure(measure, tally, pen)
    return lines


def named_devices(devices: Sequence[Device], ident: str) -> list[Device]:
    """Devices by id, former id, inventory number, serial, MAC, address or name."""
    wanted = ident.lower()
    exact = [d for d in devices if wanted == d.id.lower() or wanted in [a.lower() for a in d.aliases]]
    if exact:
        return exact
    number = (fields.inventory(ident) or ident).lower()
    return [d for d in devices if {wanted, number} & _names(d)]


def _names(device: Device) -> set[str]:
    number = fields.inventory(device.inventory)
    names = {device.inventory, number, device.serial, *device.macs, *device.addresses}
    return {name.lower() for name in (*names, *device.host_names, *device.ae_titles) if name}


def _findings(tally: Tally, ident: str) -> Iterator[tuple[Device, Finding]]:
    """A device's finding by its id; a profile's finding by its id, on its first device that is not gone."""
    held: dict[str, list[Device]] = {}
    for device in tally.picture.devices:
        held.setdefault(tally.profile.get(device.id, ""), []).append(device)
    for finding in tally.picture.findings:
        devices = held.get(finding.profile, [])
        if finding.id == ident and devices:
            yield min(devices, key=lambda device: device.gone), finding
        for device in devices:
            if finding_id(device.id, finding.vulnerability) == ident.upper():
                yield device, finding


def _known(store: Ledger, picture: Picture, device: Device) -> chain.Known:
    """All that was said of a device, and its conversations."""
    members = [m for m in picture.members if m.device == device.id]
    evidence = store.select("evidence", "subject", [m.subject for m in members])
    drawn = store.select("conclusion", "device", [device.id])
    readings = {r.id: r for r in picture.readings}
    said = [
        chain.Statement(
            a.trait,
            a.value,
            a.winner,
            a.origin,
            a.speaker,
            a.confidence,
            a.raw,
            a.rule,
            a.rule_origin,
            a.rule_source,
        )
        for a in register.attributes(device, members, evidence, readings, drawn)
    ]
    traces = Whereabouts(picture.zones, picture.bindings).trace(picture.flows)
    mine = [t for t in traces if device.id in (t.client.device, t.server.device)]
    told: dict[tuple[str, str], set[str]] = {}
    for e in evidence:
        if e.reading in readings:
            told.setdefault((readings[e.reading].source, e.subject), set()).add(e.reading)
    return chain.Known(device, said, mine, {key: frozenset(found) for key, found in told.items()})


def hits(store: Ledger, picture: Picture, name: str) -> Affected:
    """Devices that an advisory or a vulnerability hits. Raises LookupError where nothing read speaks of it."""
    ground = Ground(store, picture.as_of)
    words = (picture.advisories, ground["statement"], ground["vulnerability"])
    return affected(name, *words, picture.findings, picture.profiles, picture.profile_of)
