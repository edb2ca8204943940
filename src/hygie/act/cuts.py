"""What stops if the internet, a zone or a device is cut: from observed flows and the clinical table.

What comes in: "internet", a zone's id, name or network, a device's id (or an alias of it), the site where several have
a zone of that name, and a ground. What goes out: a `Cut`:
losses ward by ward, and what nobody can tell because it was not observed.

Cutting a zone is cutting it from everything else: conversations inside it are taken to go on. Cutting a device is
cutting all of its conversations. Cutting the internet is cutting conversations with addresses outside the hospital.
A flow that is not listed may still exist: it was not observed in the stated days.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from hygie.act.ground import Ground
from hygie.act.network import Conversation, conversation
from hygie.facts.functions import function_of
from hygie.model.fleet import Connectable, Device, Zone
from hygie.names import people
from hygie.names.whereabouts import GROUP, OUTSIDE, End, Trace, Watch, Whereabouts, calendar_days

INTERNET = "internet"


class Loss(NamedTuple):
    """One device that loses one conversation."""

    ward: str
    """ "" unknown."""
    device: str
    """Id; "" an address that stands for no device of the register."""
    name: str
    """Device's name, else its address."""
    kind: str
    """Clinical kind; "" unknown."""
    service: str
    port: str
    """ "tcp/104"."""
    peer: str
    """Device id or address at the other end."""
    peer_name: str
    opens: bool
    """It opens the conversation itself (as far as was seen)."""
    flows: int
    """Observed flows of the conversation."""
    days: float
    """How long it was watched: coverage of the device's zone."""
    watched_days: int
    """Calendar days (UTC) on which it was watched, if only for a while."""
    active_days: int
    """Calendar days of those on which it took place."""
    first: int
    last: int
    """Microseconds since 1970 UTC."""
    lost: str
    """Message key: what is lost without the network."""
    degraded: str
    """Message key: how the ward works meanwhile."""
    validated: bool
    """A named person confirmed the clinical function."""
    origin: str
    """ "<reading>#<place>" of its first flow."""


class Unknown(NamedTuple):
    """Something that nobody can tell."""

    reason: str
    """Message key, `cut.unknown.*`."""
    ward: str
    device: str
    """Id; "" where it speaks of a zone."""
    name: str
    zone: str
    """Id; "" unknown."""


class Cut(NamedTuple):
    """The answer."""

    target: str
    """internet, or the id of the zone or device."""
    name: str
    rows: tuple[Loss, ...]
    """By ward, device, service, peer."""
    unknown: tuple[Unknown, ...]
    days: float
    """How long the zones concerned were watched, in days: the least of them; 0 where one was not watched."""


def cut(target: str, ground: Ground, site: str = "") -> Cut:
    """What stops. Raises LookupError for a target that is neither "internet", a zone nor a device; ValueError, with the
    zones ("<site> (<id>)"), for one that several zones go by. `site`: where the zone is; "" anywhere.
    """
    devices: dict[str, Device] = {d.id: d for d in ground["device"]}
    zones: dict[str, Zone] = {z.id: z for z in ground["zone"]}
    watch = Watch(zones.values(), ground["coverage"])
    found, name, stops, concerned = _target(target, site, devices, zones)
    traces = Whereabouts(zones.values(), ground["binding"]).trace(ground["flow"])
    groups: dict[tuple[str, Conversation], list[tuple[Trace, bool]]] = {}
    for trace in traces:
        if trace.server.side != GROUP and stops(trace):
            key = conversation(trace)
            for end, opens in ((trace.client, True), (trace.server, False)):
                if end.side != OUTSIDE:
                    groups.setdefault((end.device or end.address, key), []).append((trace, opens))
    confirmed = {key for what, key in people.words(ground["decision"]) if what == "function"}
    rows = sorted(_loss(seen, devices, watch, confirmed) for seen in groups.values())
    heard = {row.device for row in rows}
    unknown = _unknown(found, concerned, heard, zones, watch)
    days = min((watch.days.get(z, 0.0) for z in _zones(found, concerned, zones)), default=0.0)
    return Cut(found, name, tuple(rows), tuple(sorted(unknown)), days)


Stops = Callable[[Trace], bool]


def _target(
    target: str, site: str, devices: dict[str, Device], zones: dict[str, Zone]
) -> tuple[str, str, Stops, list[Device]]:
    """Id, name, which flows stop, and the devices that the question is about."""
    if target.casefold() == INTERNET:
        every = list(devices.values())
        return INTERNET, INTERNET, lambda t: OUTSIDE in (t.client.side, t.server.side), every
    device = devices.get(target) or next((d for d in devices.values() if target in d.aliases), None)
    if device is not None:
        mine = device.id
        return mine, device.name, lambda t: mine in (t.client.device, t.server.device), [device]
    zone = _zone(target, site, zones.values())
    inside = [d for d in devices.values() if d.zone == zone.id]
    return zone.id, zone.name, lambda t: (t.client.zone == zone.id) != (t.server.zone == zone.id), inside


def _zone(target: str, site: str, zones: Iterable[Zone]) -> Zone:
    """The one zone that goes by a name."""
    named = [z for z in zones if target in (z.id, z.name, z.cidr) and site in ("", z.site)]
    if not target or not named:
        raise LookupError(target)
    if len(named) > 1:
        raise ValueError(", ".join(sorted(f"{z.site} ({z.id})" for z in named)))
    return named[0]


def _loss(seen: list[tuple[Trace, bool]], devices: dict[str, Device], watch: Watch, confirmed: set[str]) -> Loss:
    """One device's loss of one conversation."""
    first, opens = min(seen, key=lambda s: (s[0].flow.first, s[0].flow.reading, s[0].flow.place))
    end, peer = (first.client, first.server) if opens else (first.server, first.client)
    device = devices.get(end.device)
    function = function_of(device.kind if device else "")
    flows = [trace.flow for trace, _ in seen]
    zone = device.zone if device else end.zone
    met = [(f.first, f.last) for f in flows]
    return Loss(
        ward=device.ward if device else "",
        device=end.device,
        name=_name(end, devices),
        kind=function.key,
        service=first.flow.service,
        port=f"{first.flow.transport}/{first.flow.port}",
        peer=peer.device or peer.address,
        peer_name=_name(peer, devices),
        opens=opens,
        flows=len(flows),
        days=watch.days.get(zone, 0.0),
        watched_days=watch.calendar(zone, *met),
        active_days=calendar_days(met),
        first=min(f.first for f in flows),
        last=max(f.last for f in flows),
        lost=function.lost_without_network,
        degraded=function.degraded_mode,
        validated=function.key in confirmed,
        origin=first.origin,
    )


def _name(end: End, devices: dict[str, Device]) -> str:
    device = devices.get(end.device)
    return device.name if device and device.name else end.device or end.address


def _zones(target: str, concerned: Iterable[Device], zones: dict[str, Zone]) -> set[str]:
    """Zones that had to be watched for the answer to be whole."""
    if target in zones:
        return {target}
    return {d.zone for d in concerned if d.connectable is not Connectable.NO}


def _unknown(
    target: str, concerned: Iterable[Device], heard: set[str], zones: dict[str, Zone], watch: Watch
) -> Iterable[Unknown]:
    """Devices whose silence says nothing, and zones that nobody watched."""
    for device in concerned:
        if device.connectable is Connectable.NO or device.id in heard:
            continue
        if not device.zone:
            reason = "cut.unknown.no_zone"
        elif device.zone not in watch.days:
            reason = "cut.unknown.not_watched"
        elif not device.first:
            reason = "cut.unknown.never_seen"
        else:
            continue
        yield Unknown(reason, device.ward, device.id, device.name or device.id, device.zone)
    for zone in zones.values():
        if zone.id not in watch.days and target in (INTERNET, zone.id):
            yield Unknown("cut.unknown.zone", "", "", zone.name, zone.id)
